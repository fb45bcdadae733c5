"""What is to be reached: the number and the unit that somebody writes beside a plan's line."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from bot.understanding.numerals import number_of, spoken_numbers
from bot.understanding.phrases import either, names
from bot.understanding.words import Words, load_words

MOST = Decimal(10) ** 12
UNIT_WORDS, SHORT_UNIT_WORDS = 5, 3
LONGEST_UNIT = 60

_FLAGS = re.IGNORECASE
_SCALES = {
    "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6,
    "miliar": 10**9, "milyar": 10**9, "triliun": 10**12,
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?P<money>rp\.?\s*)?(?P<number>\d[\d.,]*)"
    rf"(?:\s*(?P<scale>{either(' '.join(_SCALES))})\b)?\s*(?P<unit>%|[^\W\d_][^\d;|=]*)?",
    _FLAGS,
)
_AT_LEAST = re.compile(
    r"^(?:target(?:nya)?\s*[:=]?\s*|minimal\s+|min\.?\s+|paling sedikit\s+|sekurang-kurangnya\s+"
    r"|sebanyak\s+|sejumlah\s+|sebesar\s+|total\s+|[≥>]=?\s*)+",
    _FLAGS,
)
_AT_MOST = re.compile(
    r"^(?:target(?:nya)?\s*[:=]?\s*)?(?:turun\s+(?:menjadi|jadi|ke)\s+(?:maksimal\s+)?"
    r"|maksimal\s+|maksimum\s+|maks?\.?\s+|paling\s+(?:banyak|tinggi|lama|besar)\s+"
    r"|tidak\s+(?:lebih|melebihi)\s+(?:dari\s+)?|[≤<]=?\s*)",
    _FLAGS,
)
_NO_LESS = re.compile(
    r"^(?:target(?:nya)?\s*[:=]?\s*)?(?:minimal\s|min\.?\s|paling sedikit\s"
    r"|sekurang-kurangnya\s|[≥>])",
    _FLAGS,
)
_COUNTED = re.compile(r"\s*[(\[](?P<how>jumlah|kumulatif|terakhir|posisi|rilis)[)\]]\s*$", _FLAGS)
_HOW = {
    "jumlah": "sum", "kumulatif": "sum", "terakhir": "latest", "posisi": "latest",
    "rilis": "release",
}  # fmt: skip
_A_YEAR = re.compile(
    r"\s*(?:(?:/|per|tiap|setiap|dalam|selama|untuk|pada|di)\s*)*"
    r"(?:(?:1|satu)\s+)?(?:setahun|tahunan|(?<![a-z])(?:tahun|thn)(?:\s+20\d\d)?)\s*$",
    _FLAGS,
)
_MORE_OFTEN = re.compile(
    r"(?:/|\bper|\btiap|\bsetiap)\s*(?:hari|minggu|pekan|bulan|bln|triwulan|semester)"
    r"|\b(?:sehari|seminggu|sepekan|sebulan)\b",
    _FLAGS,
)
_PERCENT = names("% persen percent prosen")
# Shares, scores and indices are not added up: the newest value is what counts.
_LATEST = names("persen indeks index nilai skor rasio")

# How a target is parted from the line, the surest first; the last ones take few words only.
_PARTINGS = (
    (re.compile(r"(?P<text>.+);\s*(?P<amount>[^;]+)"), UNIT_WORDS, True),
    (
        re.compile(
            r"(?P<text>.+?)[\s,;:(\[=–—-]+target(?:nya)?(?:\s+tahunan|\s+setahun)?\b\s*[:=]?\s*"
            r"(?P<amount>[^;)\]]+)[)\]]?",
            _FLAGS,
        ),
        UNIT_WORDS,
        True,
    ),
    (re.compile(r"(?P<text>.+)\s*[(\[]\s*(?P<amount>[^()\[\]]+)[)\]]"), UNIT_WORDS, False),
    (re.compile(r"(?P<text>.+)(?:\s[-–—]|→|->|=|:)\s*(?P<amount>[^;]+)"), SHORT_UNIT_WORDS, False),
    (re.compile(r"(?P<text>.+),\s+(?P<amount>[^;]+)"), SHORT_UNIT_WORDS, False),
)
_AT_THE_END = re.compile(r".+\b(?:sebanyak|sejumlah|sebesar)\s+(?P<amount>[^;]+)", _FLAGS)
_PERCENT_LAST = re.compile(r"[^\d]+\s(?P<number>\d[\d.,]*)\s*(?:%|persen)", _FLAGS)
_WITHIN = re.compile(r"(?<![\w.,/-])(?P<number>\d[\d.,]*)\s+(?P<rest>[^\W\d_].*)")


class Unread(StrEnum):
    """Tell why a target was not taken, so that the person can mend it."""

    NUMBER = "number"
    UNIT = "unit"
    OFTEN = "often"


@dataclass(frozen=True, slots=True)
class Target:
    """A number with its unit, and how values come together: `sum`, `latest` or `release`.

    One that falls is not to be passed: at most so many complaints, at most 14 percent. One that
    rises says so itself: at least 80 percent.
    """

    value: Decimal
    unit: str
    counted: str = "sum"
    falls: bool = False
    rises: bool = False


@dataclass(frozen=True, slots=True)
class Parted:
    """A line without its target, the target, and why there is none although one was meant."""

    text: str
    target: Target | None = None
    unread: Unread | None = None


def part(line: str) -> Parted:
    """Part a line from its target; what only mentions a number keeps all its words."""
    counted = _COUNTED.search(line)
    bare = line[: counted.start()] if counted else line
    meant: Unread | None = None
    for pattern, most, sure in _PARTINGS:
        found = pattern.fullmatch(bare)
        amount = read_target(found["amount"], counted, most) if found else None
        if found and isinstance(amount, Target):
            return Parted(found["text"].rstrip(" ,;:-–—"), amount)
        if amount is Unread.OFTEN or (sure and isinstance(amount, Unread)):
            meant = meant or amount
    last = _AT_THE_END.fullmatch(bare)
    amount = read_target(last["amount"], counted, SHORT_UNIT_WORDS) if last else None
    if isinstance(amount, Target):
        return Parted(bare, amount)
    return Parted(line, None, meant)


def read_target(
    text: str, counted: re.Match[str] | None = None, most: int = UNIT_WORDS
) -> Target | Unread | None:
    """Read `40 balita`, `100%`, `Rp2 juta` or `dua kegiatan`; nothing else is a target."""
    counted = counted or _COUNTED.search(text)
    plain = " ".join(_COUNTED.sub("", text).split()).strip(" .,:")
    falls, rises = _AT_MOST.match(plain) is not None, _NO_LESS.match(plain) is not None
    plain = _AT_LEAST.sub("", _AT_MOST.sub("", plain))
    yearless = _A_YEAR.sub("", plain)
    # "1 tahun" counts years; "12 laporan per tahun" counts reports.
    plain = yearless if re.search(r"[^\W\d_]|%", yearless) else plain
    found = _AMOUNT.fullmatch(plain) or _AMOUNT.fullmatch(_spoken(plain))
    value = number_of(found["number"].rstrip(".,")) if found else None
    if found is None or value is None:
        return Unread.NUMBER if re.match(r"\d", plain) else None
    value *= _SCALES.get((found["scale"] or "").lower(), 1)
    unit = " ".join((found["unit"] or "").split()).strip(" .,:-–—/")
    if found["money"]:
        unit = "rupiah"
    if unit.lower() in _PERCENT:
        unit = "persen"
    checked = _checked(value, unit, counted, most)
    if not isinstance(checked, Target):
        return checked
    return replace(checked, falls=falls, rises=rises)


def _checked(
    value: Decimal, unit: str, counted: re.Match[str] | None, most: int
) -> Target | Unread | None:
    if not unit:
        return Unread.UNIT
    if _MORE_OFTEN.search(unit):
        return Unread.OFTEN
    if len(unit.split()) > most or len(unit) > LONGEST_UNIT or not 0 < value <= MOST:
        return None
    how = _HOW[counted["how"].lower()] if counted else usually_counted(unit)
    return Target(value, unit, how)


def usually_counted(unit: str) -> str:
    """Tell how values of a unit come together where nothing else is said."""
    return "latest" if unit.lower().split()[0] in _LATEST else "sum"


def _spoken(plain: str) -> str:
    """Write number words at the beginning as digits: `dua kegiatan`."""
    return " ".join(spoken_numbers(plain.lower().split(), load_words()))


def within(line: str) -> Target | None:
    """Find the one thing that is counted inside a line: `kunjungan 6 balita` counts six balita."""
    percent = _PERCENT_LAST.fullmatch(line)
    share = number_of(percent["number"].rstrip(".,")) if percent else None
    if share:
        return Target(share, "persen", "latest")
    found = _WITHIN.search(line)
    if found is None or _WITHIN.search(found["rest"]):
        return None
    words = load_words()
    unit = _known_unit(found["rest"].lower(), words)
    value = number_of(found["number"].rstrip(".,"))
    if unit is None or value is None or not 0 < value <= MOST:
        return None
    return Target(value, unit)


def _known_unit(rest: str, words: Words) -> str | None:
    """Give the known unit with which a text begins; hours and days count nothing here."""
    pieces = re.findall(r"[^\W\d_]+", rest)
    for length in words.unit_lengths.get(pieces[0], ()):
        name = " ".join(pieces[:length])
        if name in words.units and words.units[name].group != "waktu":
            return name
    return None
