"""Read the one value somebody types when asked for it: an amount or a day."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import category

from bot.skp.workdays import ONE_DAY
from bot.understanding.numerals import number_of
from bot.understanding.proposal import Profile
from bot.understanding.sentence import understand

AMOUNT = re.compile(r"\s*(?P<number>\d[\d.,]{0,20})\s*(?P<unit>%|[^\W\d][^\d]{0,60})?\s*")
PERCENT = {"%", "persen", "percent", "prosen"}
TODAY = re.compile(r"\b(hari ini|tadi|barusan|sekarang|today)\b")
YESTERDAY = re.compile(r"\byesterday\b")
WEEKDAYS = (
    ("senin", "monday"),
    ("selasa", "tuesday"),
    ("rabu", "wednesday"),
    ("kamis", "thursday"),
    ("jumat", "friday"),
    ("sabtu", "saturday"),
    ("minggu", "sunday"),
)
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
LONGEST = 40


@dataclass(frozen=True)
class Amount:
    """A number with its unit, or a percentage from 0 to 100."""

    value: Decimal
    unit: str | None
    percent: bool


def read_amount(text: str) -> Amount | None:
    """Read `6`, `6 balita`, `1.250 lembar`, `2,5 jam` or `75%`; anything else is no amount."""
    # Marks that only change the direction of writing come along when text is copied.
    match = AMOUNT.fullmatch("".join(one for one in text if category(one) != "Cf"))
    value = number_of(match["number"].rstrip(".,")) if match else None
    if match is None or value is None:
        return None
    unit = " ".join((match["unit"] or "").split())
    if unit.lower() in PERCENT:
        return Amount(value, None, percent=True)
    return Amount(value, unit or None, percent=False)


def read_days(text: str, now: dt.datetime) -> tuple[dt.date, dt.date] | None:
    """Read a day or a run of days, both included; `now` is the person's own clock."""
    words = " ".join(text.lower().split())
    if not words or len(words) > LONGEST:
        return None
    if YESTERDAY.search(words):
        return now.date() - ONE_DAY, now.date() - ONE_DAY
    heard = understand(words, now, Profile("", ()))
    if not {int(year) for year in YEAR.findall(words)} <= {heard.day.year, heard.last_day.year}:
        return None
    nothing = understand("", now, Profile("", ()))
    if (heard.day, heard.last_day) != (nothing.day, nothing.last_day):
        return heard.day, heard.last_day
    return (heard.day, heard.last_day) if names(words, heard.day) else None


def names(words: str, day: dt.date) -> bool:
    """Tell whether words name a day: as today, by its weekday or by its number."""
    if TODAY.search(words) or any(name in words for name in WEEKDAYS[day.weekday()]):
        return True
    return str(day.day) in re.findall(r"\d+", words)
