"""What is counted in whole numbers, and parts of it that a sentence names all the same."""

import re
from decimal import Decimal

from bot.understanding.numerals import number_of
from bot.understanding.words import load_words

# Groups of units of which there is no half: half a person is a slip of the hand.
GROUPS = frozenset(
    {"orang", "keluarga", "rumah", "tempat", "kelompok", "kendaraan", "hewan", "dokumen"}
)
# These stand in such a group for their meaning, but are measured or have parts.
DIVISIBLE = frozenset(
    {"halaman", "meter lari arsip", "lahan", "kebun", "jalan", "ruas jalan", "saluran", "drainase"}
)
_FRACTION = re.compile(
    r"(?<![\w.,:/-])(\d{1,12}[.,]\d{1,6}) +([^\W\d_]+)(?: +([^\W\d_]+))?", re.UNICODE
)
# What such a number is otherwise: an hour, money, a number of something.
_NAMED = re.compile(r"\b(?:jam|jm|pukul|pkl|sampai|s/d|rp|no|nomor|versi|pasal)\.? *$")
_CLOCK = re.compile(r"\d\d[.,]\d\d")


def is_whole(unit: str | None) -> bool:
    """Tell whether something is counted in whole numbers."""
    known = load_words().units.get((unit or "").casefold())
    return known is not None and known.group in GROUPS and known.name not in DIVISIBLE


def part_of_whole(text: str) -> str | None:
    """Find a number with a fraction before what has no parts: `1,5 balita`."""
    line = text.casefold()
    for found in _FRACTION.finditer(line):
        number, *said = found.groups()
        value = number_of(number)
        named = _NAMED.search(line[: found.start()]) or _CLOCK.fullmatch(number)
        if value is None or not is_broken(value) or named:
            continue
        unit = next((u for u in (" ".join(filter(None, said)), said[0]) if is_whole(u)), None)
        if unit is not None:
            return f"{number} {unit}"
    return None


def is_broken(value: Decimal | None) -> bool:
    """Tell whether a number has a fraction."""
    return value is not None and value != value.to_integral_value()
