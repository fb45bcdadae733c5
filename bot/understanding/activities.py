"""Several activities told in one message."""

import re
from collections.abc import Sequence

from bot.understanding.phrases import either, names
from bot.understanding.slips import canonical
from bot.understanding.stems import stem
from bot.understanding.words import Words

_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?(?:\n[ \n]*|;) ?(?:\d{1,2}[.)] |[-•*] )?")
_LINKING = either(
    "lalu kemudian trus terus selanjutnya dilanjut dilanjutkan habis_itu abis_itu setelah_itu "
    "sorenya siangnya"
)
_THEN = re.compile(rf"[,.]? (?:dan )?{_LINKING} ", re.IGNORECASE)
_COMMA = re.compile(r" ?, ")
_OWN_TIME = re.compile(
    r"(?:tadi )?(?:pagi|siang|sore|malam|senin|selasa|rabu|kamis|jum'?at|sabtu|ahad|kemarin|kmrn"
    r"|hari ini|jam \d|tgl \d|tanggal \d)",
    re.IGNORECASE,
)
_JOINED = re.compile(r" ?, (?:dan )?| dan ", re.IGNORECASE)
_BEFORE_A_DEED = re.compile(
    r"(?:(?:tadi|saya|kami|juga|sudah|ikut|pagi|siang|sore|malam|hari ini) ){0,3}", re.IGNORECASE
)
_DEEDS = names(
    "rapat rakor posyandu penyuluhan konseling kunjungan sosialisasi edukasi pelatihan bimtek "
    "imunisasi vaksinasi pemeriksaan penimbangan pengukuran pendampingan pembinaan pemantauan "
    "monitoring supervisi survei verifikasi validasi timbang ukur input entri periksa rekap susun "
    "buat kunjungi dampingi bimbing latih pasang bagikan salurkan"
)
_OWN_COUNT = re.compile(r"(?<![\d.,/])\d+ ?[^\W\d_]{2,}")
_MARK = re.compile(r"^ ?(?:\d{1,2}[.)] |[-•*] )")
_MOST = 10
_LONGEST = 2000


def activities_of(text: str, words: Words) -> tuple[str, ...]:
    """Part a message into its activities, as typed; mostly it is one."""
    plain = _SPACES.sub(" ", text[:_LONGEST])
    pieces = [_MARK.sub("", piece).strip() for piece in _LINES.split(plain)]
    pieces = [
        part
        for piece in pieces
        for own in _timed(piece, words)
        for then in _then(own, words)
        for part in _counted(then, words)
    ]
    pieces = [piece for piece in pieces if piece]
    if (
        len(pieces) < 2
        or len(pieces) > _MOST
        or not all(_is_work(piece, words) for piece in pieces)
    ):
        return (text,)
    return tuple(pieces)


def _timed(piece: str, words: Words) -> list[str]:
    """Part at the commas after which a time of its own begins."""
    parts = _COMMA.split(piece)
    timed = all(_OWN_TIME.match(part) for part in parts)
    return parts if timed and all(_is_work(part, words) for part in parts) else [piece]


def have_own_times(parts: Sequence[str]) -> bool:
    """Tell whether each activity begins with a time of its own."""
    return all(_OWN_TIME.match(part) for part in parts)


def _counted(piece: str, words: Words) -> list[str]:
    """Part before each deed, if all that is told of has a count or a time of its own."""
    parts: list[str] = []
    begun = 0
    for joint in _JOINED.finditer(piece):
        if _begins_with_a_deed(piece[joint.end() :], words):
            parts.append(piece[begun : joint.start()])
            begun = joint.end()
    parts.append(piece[begun:])
    own = all(_OWN_COUNT.search(part) or _OWN_TIME.match(part) for part in parts)
    begins = own and all(_begins_with_a_deed(part, words) for part in parts)
    return parts if begins and all(_is_work(part, words) for part in parts) else [piece]


def _begins_with_a_deed(piece: str, words: Words) -> bool:
    first = re.match(r"[^\W\d_]{4,30}", _BEFORE_A_DEED.sub("", piece.lower(), count=1))
    if first is None:
        return False
    word = canonical(first[0], words)
    return word in _DEEDS or (
        word.startswith(("me", "ber")) and stem(word, words) in words.activity
    )


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
