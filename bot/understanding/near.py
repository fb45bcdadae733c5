"""Short words with a slip, put right only by what stands next to them: `malam tadt`, `8 jem 10`."""

import re

from rapidfuzz.distance import OSA

from bot.understanding.almanac import WEEKDAYS
from bot.understanding.phrases import names
from bot.understanding.slips import is_known
from bot.understanding.words import Words

_HOUR = re.compile(r"(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?|setengah")
_DAY = re.compile(r"[1-9]|[12]\d|3[01]")
_PLEASE = "tolong"
_SCALES = names("puluh belas ratus ribu juta")
_DIGITS = names("satu dua tiga empat lima enam tujuh delapan sembilan")
_PARTS = names("pagi siang sore malam")
_SPELLS = names("hari minggu bulan") | frozenset(WEEKDAYS)
_FROM = names("dari sampai mulai hingga - sejak tadi selesai pulang start smp")
_TILL = _PARTS | names("sampai - hingga wib wita wit tadi smp")
_PEOPLE = names("bapak ibu pak bu mas mbak kak bang saudara mbah an desa")
_SHORTEST, _LONGEST = 2, 6
# `heri` is a name, and `dalu` the night in Java.
_NEVER = names("heri hari dalu")


def in_their_place(pieces: list[str], words: Words) -> list[str]:
    """Put right the unknown short words that can be but one word where they stand."""
    mended = list(pieces)
    for place, piece in enumerate(pieces):
        if not _SHORTEST <= len(piece) <= _LONGEST or not piece.isalpha() or piece in _NEVER:
            continue
        before = mended[place - 1] if place else ""
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        follows = pieces[place + 2] if place + 2 < len(pieces) else ""
        if _is_date(piece, before, after, follows, words):
            mended[place] = "tanggal"
            continue
        wanted = () if before in _PEOPLE else _wanted(before, after, follows)
        if wanted and not (is_known(piece, words) or piece in words.labels):
            mended[place] = next((w for w in wanted if _is_near(piece, w)), piece)
    return mended


def _is_date(piece: str, before: str, after: str, follows: str, words: Words) -> bool:
    """Tell whether a word before a number is `tgl` with a slip; `tlg` is read as `tolong`."""
    if not _DAY.fullmatch(after):
        return False
    if piece == _PLEASE:
        return follows in {"sampai", "-"}
    near = len(piece) == len("tgl") and _is_near(piece, "tgl") and not is_known(piece, words)
    return near and not before.isalnum() and follows not in words.units


def _wanted(before: str, after: str, follows: str) -> tuple[str, ...]:
    """List the words that may stand between others."""
    wanted: list[str] = []
    hour = bool(_HOUR.fullmatch(after))
    if hour and (before in _FROM or follows in _TILL or after == "setengah" or "." in after):
        wanted.append("jam")
    if before[:1].isdigit() and hour and follows == "menit":
        wanted.append("jam")
    if after in _SCALES:
        wanted += sorted(_DIGITS)
    if before in _SPELLS:
        wanted += ["lalu", "ini", "depan"] if before != "hari" else ["lalu", "ini"]
    if before in _PARTS:
        wanted += ["tadi", "ini"]
    if after == "ini" or (before[:1].isdigit() and after in {"lalu", "terakhir"}):
        wanted.append("hari")
    if before == "terima":
        wanted.append("kasih")
    return tuple(wanted)


def _is_near(said: str, word: str) -> bool:
    return len(said) >= len(word) - 1 and OSA.distance(said, word, score_cutoff=1) <= 1
