"""Several activities told in one message."""

import re

from bot.understanding.spelling import canonical
from bot.understanding.stems import stem
from bot.understanding.words import Words

_LINES = re.compile(r"\s*(?:\n+|;)\s*(?:\d{1,2}[.)]\s+|[-•*]\s+)?")
_THEN = re.compile(
    r"[,.]?\s+(?:(?:dan\s+)?(?:lalu|kemudian|trus|terus|selanjutnya|dilanjut(?:kan)?|habis\s+itu|abis\s+itu|setelah\s+itu|sorenya|siangnya))\s+",
    re.IGNORECASE,
)
_MARK = re.compile(r"^\s*(?:\d{1,2}[.)]\s+|[-•*]\s+)")
_MOST = 10
_LONGEST = 4000


def activities_of(text: str, words: Words) -> tuple[str, ...]:
    """Part a message into its activities, as typed; mostly it is one."""
    pieces = [_MARK.sub("", piece).strip() for piece in _LINES.split(text[:_LONGEST])]
    pieces = [part for piece in pieces for part in _then(piece, words)]
    pieces = [piece for piece in pieces if piece]
    if (
        len(pieces) < 2
        or len(pieces) > _MOST
        or not all(_is_work(piece, words) for piece in pieces)
    ):
        return (text,)
    return tuple(pieces)


def _then(piece: str, words: Words) -> list[str]:
    parts = _THEN.split(piece)
    return parts if len(parts) > 1 and all(_is_work(part, words) for part in parts) else [piece]


def _is_work(piece: str, words: Words) -> bool:
    """Tell whether a piece names work of its own."""
    found = re.findall(r"[^\W\d_]{2,40}", piece.lower())[:40]
    if len(found) < 2:
        return False
    return any(
        part in words.activity or stem(part, words) in words.activity
        for word in found
        for part in canonical(word, words).split()
    )
