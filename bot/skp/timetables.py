"""What comes to one person on one day, by the clock alone: pure sums over a work calendar."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.skp.periods import Period, month_of, quarter_of, week_of, year_of
from bot.skp.quiet import LATEST, QUIET_UNTIL, out_of_quiet
from bot.skp.reminders import (
    ORDER,
    SET,
    WITH_DAYS,
    WITH_HOUR,
    Habits,
    Kind,
    Wishes,
    learned_prompt,
)
from bot.skp.tips import SETTLED
from bot.skp.workdays import ONE_DAY, PROMPT_BEFORE_END, WorkCalendar

MORNING = dt.time(8, 0)
FOLLOW_UP_AFTER = dt.timedelta(minutes=60)
# A second question sooner than this would be impatience.
SOONEST_FOLLOW_UP = dt.timedelta(minutes=30)
# On which weekday what comes once a week comes by itself.
WEEKLY = {Kind.GUIDANCE: 3, Kind.QUIZ: 4}
# So many working days before a period ends, the last included, what is missing in it is counted.
CLOSING_DAYS = ((year_of, (10, 5, 3, 1)), (quarter_of, (5, 3, 1)), (month_of, (3, 1)))
# On which working days after somebody has come in a newcomer is told something.
WELCOME_DAYS = (1, 3, 5)
# So long before a Ramadan its dates are asked for, week by week.
SEASON_AHEAD = dt.timedelta(days=21)
# So long after its hour a thing may still come when it is only then found to be due.
LATE = dt.timedelta(hours=1)
HOURLESS = (Kind.PROMPT, Kind.FOLLOW_UP)


@dataclass(frozen=True)
class Slot:
    """One kind at an hour of the person's own clock, and the day that it speaks of."""

    at: dt.time
    kind: Kind
    about: dt.date


def timetable(
    day: dt.date,
    calendar: WorkCalendar,
    wishes: Wishes,
    habits: Habits,
    came_in: dt.date | None = None,
) -> list[Slot]:
    """List what comes on a day, the earliest first.

    Whether anything is still wanted then (has the person logged? is there a team?) is not asked.
    """
    slots = evening(day, calendar, wishes, habits)
    if calendar.is_working(day):
        for kind in SET:
            if kind in HOURLESS or not wishes.is_on(kind, habits):
                continue
            if comes(kind, day, calendar, wishes.of(kind).days, came_in):
                slots.append(Slot(wishes.of(kind).at or MORNING, kind, day))
    return sorted(slots, key=lambda slot: (slot.at, ORDER[slot.kind]))


def evening(day: dt.date, calendar: WorkCalendar, wishes: Wishes, habits: Habits) -> list[Slot]:
    """Tell when to ask for an entry, and when once more; a night's shift is asked for after it."""
    if not wishes.is_on(Kind.PROMPT, habits):
        return []
    slots = []
    for about in (day - ONE_DAY, day):
        if not calendar.is_working(about):
            continue
        moment = prompt_moment(about, calendar, wishes)
        if moment.date() != day:
            continue
        slots.append(Slot(moment.time(), Kind.PROMPT, about))
        again = follow_up(moment, calendar, about)
        if again is not None and wishes.is_on(Kind.FOLLOW_UP, habits):
            slots.append(Slot(again, Kind.FOLLOW_UP, about))
    return slots


def prompt_moment(day: dt.date, calendar: WorkCalendar, wishes: Wishes) -> dt.datetime:
    """Tell when to ask for a working day: at the own hour, at the usual one, or as work ends.

    Whoever works in shifts is asked as each shift ends.
    """
    own = wishes.prompt_at
    if own is None and wishes.learned_at is not None:
        own = learned_prompt(wishes.learned_at)
    if own is not None and day not in calendar.shifts:
        return dt.datetime.combine(day, own)
    return usual_moment(day, calendar)


def usual_moment(day: dt.date, calendar: WorkCalendar) -> dt.datetime:
    """Give the moment a quarter of an hour before work ends, outside the quiet hours."""
    start, end = calendar.hours(day)
    return out_of_quiet(start, end - PROMPT_BEFORE_END)


def follow_up(moment: dt.datetime, calendar: WorkCalendar, about: dt.date) -> dt.time | None:
    """Tell when to ask once more; not before work ends, never in the evening or the day after."""
    if moment.date() != about:
        return None
    last = dt.datetime.combine(about, LATEST)
    again = min(max(moment + FOLLOW_UP_AFTER, usual_moment(about, calendar)), last)
    return again.time() if again - moment >= SOONEST_FOLLOW_UP else None


def comes(
    kind: Kind, day: dt.date, calendar: WorkCalendar, days: str, came_in: dt.date | None
) -> bool:
    """Tell whether a kind comes on a working day: on chosen weekdays, or on its usual days."""
    if kind in WITH_DAYS and days:
        return str(day.isoweekday()) in days
    month, week = month_of(day), week_of(day)
    if kind is Kind.WELCOME:
        return came_in is not None and welcome_step(came_in, day, calendar) is not None
    if kind is Kind.RAMADAN and not open_season(day, calendar):
        return False
    if kind is Kind.CLOSING:
        settled = came_in is None or day >= came_in + SETTLED
        return settled and closing(day, calendar) is not None
    if kind in WEEKLY:
        return day.isoweekday() == WEEKLY[kind]
    since = {Kind.PLAN: day, Kind.WAITING: day, Kind.ACTION_PLAN: month.start}.get(kind, week.start)
    # The first working day since then.
    return not calendar.working_days(since, day)


def closing(day: dt.date, calendar: WorkCalendar) -> Period | None:
    """Tell the end of which period is counted down to on a working day; the longest one counts."""
    month = month_of(day)
    left = calendar.working_days(day, month.end)
    for period_of, days in CLOSING_DAYS:
        period = period_of(day)
        if period.end == month.end and left in days:
            return period
    return None


def open_season(day: dt.date, calendar: WorkCalendar) -> bool:
    """Tell whether a Ramadan whose dates nobody has confirmed is near."""
    return any(
        not season.confirmed and season.start - SEASON_AHEAD <= day < season.end
        for season in calendar.seasons
    )


def welcome_step(came_in: dt.date, day: dt.date, calendar: WorkCalendar) -> int | None:
    """Tell which of the words of welcome belongs to a day, if any does, counted from 0."""
    gone = calendar.working_days(came_in + ONE_DAY, day + ONE_DAY)
    return WELCOME_DAYS.index(gone) if gone in WELCOME_DAYS else None


def push(wanted: Sequence[Slot], later: Collection[Slot], left: int) -> list[Slot]:
    """Choose what goes out now as one message, when so many more may come today.

    The last one is kept for the evening's prompt; what would have taken it waits and joins it.
    """
    if not wanted or left <= 0:
        return []
    asks = any(slot.kind is Kind.PROMPT for slot in wanted)
    if left == 1 and not asks and any(slot.kind is Kind.PROMPT for slot in later):
        return []
    return sorted(wanted, key=lambda slot: ORDER[slot.kind])


def too_late(slot: Slot, now: dt.datetime) -> bool:
    """Tell whether a change came too long after an hour for what would have come then.

    What asks for an entry is still worth asking in the evening.
    """
    return slot.kind in WITH_HOUR and dt.datetime.combine(now.date(), slot.at) < now - LATE


def next_look(now: dt.datetime, slots: Sequence[Slot]) -> dt.datetime:
    """Tell when to look at a person again: at the next hour of the day, else in the morning."""
    later = [slot.at for slot in slots if slot.at > now.time()]
    if later:
        return dt.datetime.combine(now.date(), min(later))
    return dt.datetime.combine(now.date() + ONE_DAY, QUIET_UNTIL)
