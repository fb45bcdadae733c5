"""Weekdays and months by name, and the nearest day of each."""

import datetime as dt

_WEEKDAY_NAMES = (
    ("senin", "sen"),
    ("selasa", "sel"),
    ("rabu", "rab"),
    ("kamis", "kam"),
    ("jumat", "jum"),
    ("sabtu", "sab"),
    ("minggu", "ahad"),
)
WEEKDAYS = {name: day for day, names in enumerate(_WEEKDAY_NAMES) for name in names}
_MONTH_NAMES = (
    "januari februari maret april mei juni juli agustus september oktober november desember"
)
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), start=1)}
ONE_DAY = dt.timedelta(days=1)
NIGHT_ENDS = 4
_LONG_PAST = 120


def evening_of(sent_at: dt.datetime) -> dt.date:
    """Give the day to which an hour belongs: before four in the morning it is the day before."""
    return (sent_at - dt.timedelta(hours=NIGHT_ENDS)).date()


def monday(day: dt.date) -> dt.date:
    """Give the Monday of a day's week."""
    return day - day.weekday() * ONE_DAY


def weekday_before(day: dt.date, weekday: int, *, include: bool) -> dt.date:
    """Give the latest such weekday before a day, or on it if that is included."""
    back = (day.weekday() - weekday) % 7
    return day - (back or (0 if include else 7)) * ONE_DAY


def weekday_after(day: dt.date, weekday: int) -> dt.date:
    """Give the next such weekday from a day on."""
    return day + (weekday - day.weekday()) % 7 * ONE_DAY


def next_month(day: dt.date) -> dt.date:
    """Give the first day of the month after a day's."""
    return (day.replace(day=1) + 31 * ONE_DAY).replace(day=1)


def latest(today: dt.date, number: int) -> dt.date | None:
    """Give the latest day of that number that is not after today."""
    first = today.replace(day=1)
    for _ in range(3):
        day = date_of(first.year, first.month, number)
        if day and day <= today:
            return day
        first = (first - ONE_DAY).replace(day=1)
    return None


def past(today: dt.date, number: int, month: int, year: str | None) -> dt.date | None:
    """Give the day of that number and month; without a year the latest, if not long past."""
    if year:
        return date_of(int(year), month, number)
    day = date_of(today.year, month, number)
    if day and day > today:
        day = date_of(today.year - 1, month, number)
        return day if day and (today - day).days <= _LONG_PAST else None
    return day


def date_of(year: int, month: int, number: int) -> dt.date | None:
    """Make a date, or nothing of what is none."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None
