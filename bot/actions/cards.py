"""What a scheduled letter says, worked out as it is carried: plain values for its words."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.calendars import Fast
from bot.actions.occasions import WEEK, gaps, periods_of
from bot.actions.rhythms import Person
from bot.actions.team_views import Scale, View
from bot.actions.teams import Team, survey
from bot.skp.periods import Period, month_of, week_of
from bot.skp.reminders import Kind
from bot.skp.timetables import welcome_step
from bot.skp.workdays import ONE_DAY
from db import calendars, day_plans, silences
from db.models.people import Employee


@dataclass(frozen=True)
class Planned:
    """One thing that somebody means to do, and whether it is done."""

    id: int
    text: str
    done: bool


@dataclass(frozen=True)
class Missed:
    """Working days without an entry, each with what was planned for it."""

    days: tuple[tuple[dt.date, tuple[Planned, ...]], ...]


@dataclass(frozen=True)
class Ending:
    """What a month still lacks, and how many working days of it are left, today included."""

    month: dt.date
    left: int
    missed: tuple[dt.date, ...]
    unlinked: int
    idle: tuple[int, ...]


@dataclass(frozen=True)
class Unplanned:
    """The RHK that have no rencana aksi in a month."""

    month: dt.date
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Recap:
    """A week of one person: the days worked and logged, and the entries by RHK."""

    first: dt.date
    last: dt.date
    worked: int
    logged: int
    entries: int
    results: tuple[tuple[int, int], ...]


async def plans_of(
    session: AsyncSession, employee_id: int, days: tuple[dt.date, ...]
) -> dict[dt.date, tuple[Planned, ...]]:
    """Give what a person meant to do on some days."""
    found = await day_plans.of_days(session, employee_id, days)
    return {
        day: tuple(Planned(item.id or 0, item.text, item.entry_id is not None) for item in items)
        for day, items in found.items()
    }


async def missed(session: AsyncSession, person: Person, about: dt.date) -> Missed:
    """List the days of the last week that have no entry."""
    found = await gaps(session, {person.id: person}, [person.id], Period(about - WEEK, about))
    days = tuple(found.get(person.id, ()))
    plans = await plans_of(session, person.id, days)
    return Missed(tuple((day, plans.get(day, ())) for day in days))


async def ending(session: AsyncSession, person: Person, about: dt.date) -> Ending:
    """Tell exactly what a month lacks before it ends."""
    month = month_of(about)
    so_far = Period(month.start, about)
    found = await gaps(session, {person.id: person}, [person.id], so_far)
    loose = await silences.loose(session, [person.id], month)
    return Ending(
        month=month.start,
        left=person.calendar.working_days(about, month.end),
        missed=tuple(found.get(person.id, ())),
        unlinked=loose[person.id].unlinked if person.id in loose else 0,
        idle=tuple(await silences.idle_results(session, person.id, about.year, month)),
    )


async def unplanned(session: AsyncSession, person: Person, about: dt.date) -> Unplanned:
    """List the RHK without a rencana aksi for the month that begins."""
    found = await silences.without_action_plan(session, [person.id], about.year, periods_of(about))
    return Unplanned(month_of(about).start, tuple(found.get(person.id, ())))


async def recap(session: AsyncSession, person: Person, about: dt.date) -> Recap:
    """Sum up the week before a day."""
    week = week_of(about - WEEK)
    loose = await silences.loose(session, [person.id], week)
    empty = await gaps(session, {person.id: person}, [person.id], week)
    days = await silences.logged_days(session, person.id, week)
    logged = sum(person.calendar.is_working(day) for day in days)
    return Recap(
        first=week.start,
        last=week.end - ONE_DAY,
        worked=logged + len(empty.get(person.id, ())),
        logged=logged,
        entries=loose[person.id].entries if person.id in loose else 0,
        results=tuple(await silences.by_result(session, person.id, week)),
    )


async def digest(
    session: AsyncSession, leader: Employee, person: Person, about: dt.date
) -> Team | None:
    """Survey a leader's team: the week before, or the day before where it comes daily."""
    days = str(person.looked.reminders.get(Kind.DIGEST, {}).get("days", ""))
    if len(days) > 1:
        view = View(Scale.DAY, person.calendar.previous_working(about))
    else:
        view = View(Scale.WEEK, week_of(about).start - ONE_DAY)
    return await survey(session, leader, view, today=about)


async def fast(session: AsyncSession, about: dt.date) -> Fast | None:
    """Find the Ramadan whose dates are to be confirmed next."""
    found = await calendars.ramadans(session)
    near = (one for one in found if one.confirmed_at is None and one.last >= about)
    first = next(near, None)
    return Fast(first.id or 0, first.first, first.last, confirmed=False) if first else None


def welcome(person: Person, about: dt.date) -> int:
    """Tell which of the words of welcome is next."""
    return welcome_step(person.came_in, about, person.calendar) or 0
