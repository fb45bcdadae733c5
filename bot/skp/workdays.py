import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

ONE_DAY = dt.timedelta(days=1)
FRIDAY = 4
PROMPT_BEFORE_END = dt.timedelta(minutes=15)


class WorkWeek(IntEnum):
    """Count the working days of a week, which begins on Monday."""

    FIVE = 5
    SIX = 6


@dataclass(frozen=True)
class Hours:
    """Hold when work begins and how long it and its breaks last."""

    start: dt.time
    weekly: dt.timedelta
    pause: dt.timedelta
    friday_pause: dt.timedelta


# Perpres 21/2023. It sets no end of the day: the end is these hours split evenly over the week.
USUAL = Hours(
    dt.time(7, 30), dt.timedelta(hours=37.5), dt.timedelta(minutes=60), dt.timedelta(minutes=90)
)
RAMADAN = Hours(
    dt.time(8, 0), dt.timedelta(hours=32.5), dt.timedelta(minutes=30), dt.timedelta(minutes=60)
)


@dataclass(frozen=True)
class WorkCalendar:
    """Know which days are worked, from the length of the week and the days that are free.

    Raises `ValueError` for a week of neither five nor six days.
    """

    week: int
    holidays: Mapping[dt.date, str] | frozenset[dt.date]

    def __post_init__(self) -> None:
        WorkWeek(self.week)

    def is_working(self, day: dt.date) -> bool:
        """Tell whether the day is worked."""
        return day.weekday() < self.week and day not in self.holidays

    def working_days(self, start: dt.date, end: dt.date) -> int:
        """Count the working days from the start up to, not including, the end."""
        if end <= start:
            return 0
        weeks, rest = divmod((end - start).days, 7)
        tail = sum((start.weekday() + n) % 7 < self.week for n in range(rest))
        free = sum(start <= day < end and day.weekday() < self.week for day in self.holidays)
        return weeks * self.week + tail - free

    def next_working(self, day: dt.date) -> dt.date:
        """Find the first working day after the day."""
        return self.shift(day, 1)

    def previous_working(self, day: dt.date) -> dt.date:
        """Find the last working day before the day."""
        return self.shift(day, -1)

    def shift(self, day: dt.date, n: int) -> dt.date:
        """Go n working days forward, or back when n is negative."""
        step = ONE_DAY if n > 0 else -ONE_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working(day):
                day += step
        return day


def end_of_day(
    day: dt.date,
    week: int = WorkWeek.FIVE,
    leave_at: dt.time | None = None,
    ramadan: bool = False,  # noqa: FBT001, FBT002  The season is a fact of the day, not a mode.
) -> dt.time:
    """Tell when work ends: at the agency's own hour where it has set one.

    In a five-day week that is 16:00, on Fridays 16:30; in Ramadan 15:00 and 15:30.
    """
    if leave_at is not None:
        return leave_at
    hours = RAMADAN if ramadan else USUAL
    pause = hours.friday_pause if day.weekday() == FRIDAY else hours.pause
    return (dt.datetime.combine(day, hours.start) + hours.weekly / WorkWeek(week) + pause).time()


def default_prompt(
    day: dt.date,
    week: int = WorkWeek.FIVE,
    leave_at: dt.time | None = None,
    ramadan: bool = False,  # noqa: FBT001, FBT002  The season is a fact of the day, not a mode.
) -> dt.time:
    """Tell when to ask for the day's entry: a quarter of an hour before work ends."""
    end = dt.datetime.combine(day, end_of_day(day, week, leave_at, ramadan))
    return (end - PROMPT_BEFORE_END).time()


def is_worked(local: dt.datetime, week: int, leave_at: dt.time | None, *, free: bool) -> bool:
    """Tell whether somebody is at work at a moment of the own clock; `free` is a day off."""
    day = local.date()
    if free or day.weekday() >= week:
        return False
    return USUAL.start <= local.time() < end_of_day(day, week, leave_at)
