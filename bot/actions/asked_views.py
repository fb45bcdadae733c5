"""Read which day, week or month somebody asks for after a command."""

import datetime as dt
import re

from bot.actions.team_views import Scale, View
from bot.actions.typed_values import read_days
from bot.skp.periods import month_of, week_of
from bot.skp.workdays import ONE_DAY
from bot.understanding.almanac import MONTHS, WEEKDAYS, date_of
from bot.understanding.spelling import read
from bot.understanding.words import load_words

SCALES = {
    "hari": Scale.DAY,
    "day": Scale.DAY,
    "minggu": Scale.WEEK,
    "pekan": Scale.WEEK,
    "week": Scale.WEEK,
    "bulan": Scale.MONTH,
    "month": Scale.MONTH,
}
THIS = re.compile(r"^this | ini$")
# Beside these a word means something else than a day: "rapat 20 nov" is searched for.
OF_DAYS = set(WEEKDAYS) | {
    *("hari", "ini", "tadi", "kemarin", "minggu", "bulan", "lalu", "yang", "tanggal"),
    *("today", "yesterday", *MONTHS),
}
MONTH = re.compile(rf"(?:bulan )?({'|'.join(MONTHS)})(?: (20\d\d))?")
LETTERS = re.compile(r"[^\W\d_]+")
ISO_MONTH = re.compile(r"(20\d\d)-(\d{1,2})")


def read_view(text: str, now: dt.datetime) -> View | None:
    """Read `hari`, `bulan`, `kemarin`, `minggu lalu`, `oktober` or `20 nov`; else nothing.

    `now` is the person's own clock. What lies ahead is nothing, too: there is nothing to see yet.
    """
    words, today = " ".join(text.lower().split()), now.date()
    scale = SCALES.get(THIS.sub("", words))
    if scale is not None:
        return View(scale, today)
    line = read(words, load_words()).line.strip()
    named = month_named(words, line, today)
    if named is not None:
        return named
    if not OF_DAYS.issuperset(LETTERS.findall(line)):
        return None
    days = read_days(words, now)
    return None if days is None else stretch(*days, today)


def month_named(words: str, line: str, today: dt.date) -> View | None:
    """Read a month by its number, or by its name; without a year it is the latest one."""
    iso, spoken = ISO_MONTH.fullmatch(words), MONTH.fullmatch(line)
    if iso:
        year, month = int(iso[1]), int(iso[2])
    elif spoken:
        month = MONTHS[spoken[1]]
        year = int(spoken[2] or today.year - (month > today.month))
    else:
        return None
    first = date_of(year, month, 1)
    if first is None or first > today:
        return None
    return View(Scale.MONTH, min(month_of(first).end - ONE_DAY, today))


def stretch(first: dt.date, last: dt.date, today: dt.date) -> View | None:
    """Find the day, week or month that some days are, as far as it has come."""
    if last > today:
        return None
    if first == last:
        return View(Scale.DAY, last)
    for scale, whole in ((Scale.WEEK, week_of(last)), (Scale.MONTH, month_of(last))):
        if first == whole.start and last == min(whole.end - ONE_DAY, today):
            return View(scale, last)
    return None
