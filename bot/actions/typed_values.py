"""Read the one value somebody types when asked for it: an amount, a day or hours."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import category

from bot.skp.workdays import ONE_DAY
from bot.understanding.clocks import clock_of
from bot.understanding.numerals import number_of
from bot.understanding.phrases import blank
from bot.understanding.proposal import Profile
from bot.understanding.sentence import understand
from bot.understanding.spelling import read
from bot.understanding.words import load_words

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
TO = r"(?:-|–|—|to|until|sampai|hingga|s\.?/?d\.?)"
EXACT = re.compile(rf"([01]?\d|2[0-3])[.:]([0-5]\d) ?{TO} ?([01]?\d|2[0-3])[.:]([0-5]\d)")
BARE = re.compile(rf"\d{{1,2}}(?:[.:]\d\d)? ?{TO} ?\d")
ENGLISH = (
    (re.compile(r"(?<=\d)(?= ?(?:hours?|h|minutes?|mins?)\b)"), " "),
    (re.compile(r"\b(?:hours?|h)\b"), "jam"),
    (re.compile(r"\b(?:minutes?|mins?)\b"), "menit"),
    (re.compile(r"\b(?:to|until)\b"), "sampai"),
)
DAY_OF_MINUTES = 24 * 60
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
LONGEST = 40


@dataclass(frozen=True)
class Amount:
    """A number with its unit, or a percentage from 0 to 100."""

    value: Decimal
    unit: str | None
    percent: bool


@dataclass(frozen=True)
class Hours:
    """When work began and ended, or only how many minutes it took."""

    start: dt.time | None
    end: dt.time | None
    minutes: int


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


def read_hours(text: str) -> Hours | None:
    """Read `8-10`, `08.00–10.30`, `22.00-02.00`, `2 jam` or `90 menit`; anything else is none."""
    words = " ".join(text.lower().split())
    if not words or len(words) > LONGEST:
        return None
    exact = EXACT.fullmatch(words)
    if exact is not None:
        hour, minute, last_hour, last_minute = map(int, exact.groups())
        return between(dt.time(hour, minute), dt.time(last_hour, last_minute))
    for pattern, standard in ENGLISH:
        words = pattern.sub(standard, words)
    line = read(f"jam {words}" if BARE.match(words) else words, load_words()).line
    clock = clock_of(line)
    # Whoever writes more than hours tells of something else.
    if clock.minutes is None or any(map(str.isalnum, blank(line, clock.spans))):
        return None
    whole = clock.start is not None and clock.end is not None
    return Hours(*((clock.start, clock.end) if whole else (None, None)), clock.minutes)


def between(start: dt.time, end: dt.time) -> Hours | None:
    """Give the hours between two times of the day; work may last beyond midnight."""
    minutes = ((end.hour - start.hour) * 60 + end.minute - start.minute) % DAY_OF_MINUTES
    return Hours(start, end, minutes) if minutes else None
