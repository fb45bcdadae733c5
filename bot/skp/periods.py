import datetime as dt
import re
from dataclasses import dataclass

from bot.skp.workdays import ONE_DAY, WorkCalendar

NAME = re.compile(r"(?P<year>[12][0-9]{3})(?:-(?P<month>[0-9]{1,2})|-?TW *(?P<quarter>[1-4]))?")


@dataclass(frozen=True)
class Period:
    """Hold a run of days from the start up to, not including, the end."""

    start: dt.date
    end: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day < self.end


def day_of(day: dt.date) -> Period:
    """Give the day itself as a period."""
    return Period(day, day + ONE_DAY)


def week_of(day: dt.date) -> Period:
    """Give the week the day falls in, from Monday to the next."""
    monday = day - day.weekday() * ONE_DAY
    return Period(monday, monday + 7 * ONE_DAY)


def month_of(day: dt.date) -> Period:
    """Give the month the day falls in."""
    return _months(day.year, day.month, 1)


def quarter_of(day: dt.date) -> Period:
    """Give the quarter (triwulan) the day falls in."""
    return _months(day.year, (day.month - 1) // 3 * 3 + 1, 3)


def year_of(day: dt.date) -> Period:
    """Give the year the day falls in."""
    return _months(day.year, 1, 12)


def named(name: str) -> Period:
    """Read the name of a period: `2026-11`, `2026-TW4` or `2026`.

    Raises `ValueError` for any other name and for a month that does not exist.
    """
    match = NAME.fullmatch(name.strip().upper())
    if match is None:
        raise ValueError(f"{name!r} is no period; write it like 2026-11 or 2026-TW4.")
    year = int(match["year"])
    if match["quarter"] is not None:
        return _months(year, int(match["quarter"]) * 3 - 2, 3)
    if match["month"] is not None:
        return _months(year, int(match["month"]), 1)
    return _months(year, 1, 12)


def edit_until(
    day: dt.date, calendar: WorkCalendar, days: int = 5, *, written_on: dt.date | None = None
) -> dt.date:
    """Tell from which day on an entry is closed: the first day on which it can no longer change.

    It stays open for the month of its day, and at least for so many working days, the day it was
    written on included. An entry written late gets these days from its writing.
    """
    counted_from = max(day, written_on or day)
    last = calendar.shift(counted_from - ONE_DAY, days)
    return max(month_of(day).end, last + ONE_DAY)


def _months(year: int, first: int, count: int) -> Period:
    after = year * 12 + first - 1 + count
    return Period(dt.date(year, first, 1), dt.date(after // 12, after % 12 + 1, 1))
