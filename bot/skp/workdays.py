import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from bot.skp.seasons import Season

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
Shift = tuple[dt.time, dt.time]


@dataclass(frozen=True)
class WorkCalendar:
    """Know which days are worked and from when to when.

    In a month in which a person has shifts, the days with a shift are worked and no others, be
    they Sundays or holidays. Raises `ValueError` for a week of neither five nor six days.
    """

    week: int
    holidays: Mapping[dt.date, str] | frozenset[dt.date]
    shifts: Mapping[dt.date, Shift] = field(default_factory=dict)
    leave_at: dt.time | None = None
    seasons: Sequence[Season] = ()

    def __post_init__(self) -> None:
        WorkWeek(self.week)

    @cached_property
    def _rostered(self) -> frozenset[tuple[int, int]]:
        return frozenset((day.year, day.month) for day in self.shifts)

    def is_working(self, day: dt.date) -> bool:
        """Tell whether the day is worked."""
        if self.shifts and (day.year, day.month) in self._rostered:
            return day in self.shifts
        return day.weekday() < self.week and day not in self.holidays

    def is_ramadan(self, day: dt.date) -> bool:
        """Tell whether the hours of Ramadan hold on the day."""
        return any(day in season for season in self.seasons)

    def hours(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """Tell from when to when a working day is worked, on the person's own clock.

        A shift that ends no later than it begins ends on the next day.
        """
        shift = self.shifts.get(day)
        if shift is not None:
            start, end = (dt.datetime.combine(day, time) for time in shift)
            return start, end if end > start else end + ONE_DAY
        ramadan = self.is_ramadan(day)
        start = dt.datetime.combine(day, (RAMADAN if ramadan else USUAL).start)
        end = dt.datetime.combine(day, end_of_day(day, self.week, self.leave_at, ramadan))
        return start, end

    def working_days(self, start: dt.date, end: dt.date) -> int:
        """Count the working days from the start up to, not including, the end."""
        if end <= start:
            return 0
        # A team shares its calendars, and asks each of them the same for everybody.
        counted = self._counted.get((start, end))
        if counted is None:
            counted = self._counted[start, end] = self._count(start, end)
        return counted

    @cached_property
    def _counted(self) -> dict[tuple[dt.date, dt.date], int]:
        return {}

    def _count(self, start: dt.date, end: dt.date) -> int:
        if self.shifts:
            return sum(self.is_working(start + n * ONE_DAY) for n in range((end - start).days))
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

    In a five-day week that is 16:00, on Fridays 16:30; in Ramadan 15:00 and 15:30. An agency's own
    hour is one of the usual months: in Ramadan nobody is taken to stay longer than the rule says.
    """
    if leave_at is not None and not ramadan:
        return leave_at
    hours = RAMADAN if ramadan else USUAL
    pause = hours.friday_pause if day.weekday() == FRIDAY else hours.pause
    end = (dt.datetime.combine(day, hours.start) + hours.weekly / WorkWeek(week) + pause).time()
    return end if leave_at is None else min(leave_at, end)


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
