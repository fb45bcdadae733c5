"""Whether somebody asks for one RHK of their own, or for what they logged on some days."""

import re

from bot.understanding.intents import opened
from bot.understanding.spelling import read
from bot.understanding.words import Words, load_words

LONGEST = 60
_MARKS = re.compile(r"[^a-z0-9 /-]+")
_ASKS = r"(?:progres|perkembangan|capaian|realisasi|status|posisi|lihat|tampilkan|cek|bagaimana)"
_ENDS = r"(?:bagaimana|berapa|berapa persen|sampai mana|sudah berapa(?: persen)?|progresnya)"
_RESULT = re.compile(
    rf"^(?:(?:{_ASKS}|sudah|berapa|persen|sampai mana) )+rhk(?: nomor| ke)? ?(\d{{1,3}})(?: saya)?"
    rf"(?: {_ENDS})*$|^rhk(?: nomor)? ?(\d{{1,3}})(?: saya)? {_ENDS}$"
)
_BEFORE = r"(?:(?:apa saja|apa|mana|lihat|tampilkan|tunjukkan|buka|cek|minta) )"
_AFTER = r"(?: (?:saya|apa saja|apa|mana|ada berapa|berapa|isinya|sudah))"
_LOG = r"(?:catatan|riwayat|entri)(?:ku|nya)?(?: harian)?(?: saya)?"
_DAYS = re.compile(
    rf"^{_BEFORE}+{_LOG} (?P<asked>[a-z0-9 /-]+?){_AFTER}*$"
    rf"|^{_LOG} (?P<named>[a-z0-9 /-]+?){_AFTER}+$"
)


def result_asked(text: str, words: Words | None = None) -> int | None:
    """Read the number of the RHK that `progres RHK 2` asks for."""
    found = _RESULT.match(_line(text, words))
    return int(found[1] or found[2]) if found else None


def days_asked(text: str, words: Words | None = None) -> str | None:
    """Read the words that must name days in `catatan kemarin apa saja`."""
    found = _DAYS.match(_line(text, words))
    return (found["asked"] or found["named"]) if found else None


def _line(text: str, words: Words | None) -> str:
    """Give the plain words of a short line; of a long one nothing."""
    if len(text) > LONGEST or "\n" in text:
        return ""
    known = words or load_words()
    return " ".join(_MARKS.sub(" ", opened(read(text, known).line, known)).split())
