"""What a scheduled letter says, worked out as it is carried: plain values for its words."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import feedback, obstacles, plan_approvals
from bot.actions.calendars import Fast
from bot.actions.leading import local_day, people_seen
from bot.actions.obstacles import Hindrance
from bot.actions.occasions import WEEK, gaps, periods_of
from bot.actions.plan_approvals import Waiting
from bot.actions.plan_views import plan_view
from bot.actions.rhythms import Person
from bot.actions.team_views import Scale, View
from bot.actions.teams import Team, survey
from bot.skp.periods import Period, month_of, week_of, year_of
from bot.skp.reminders import Kind
from bot.skp.timetables import closing, welcome_step
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
    """What a period still lacks, and how many working days of it are left, today included.

    The period is named as rencana aksi name it; `short` are RHK below their target of the year,
    with how far they are.
    """

    name: str
    left: int
    missed: tuple[dt.date, ...]
    unlinked: int
    idle: tuple[int, ...]
    short: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True)
class Waits:
    """What waits for a leader's word: what holds people up, and how many entries."""

    plans: tuple[Waiting, ...]
    obstacles: tuple[Hindrance, ...]
    entries: int


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


async def ending(
    session: AsyncSession, employee: Employee, person: Person, about: dt.date
) -> Ending | None:
    """Tell exactly what a month, a quarter or a year lacks before it ends; nothing: no answer."""
    period = closing(about, person.calendar)
    if period is None:
        return None
    so_far, month = Period(period.start, about), month_of(about)
    if period != month:
        shifts = await calendars.shifts_of(session, [person.id], first=period.start, end=period.end)
        known = replace(person.calendar, shifts=shifts.get(person.id, {}))
        person = replace(person, calendar=known)
    found = await gaps(session, {person.id: person}, [person.id], so_far)
    loose = await silences.loose(session, [person.id], period)
    left = Ending(
        name=name_of(period),
        left=person.calendar.working_days(about, period.end),
        missed=tuple(found.get(person.id, ())),
        unlinked=loose[person.id].unlinked if person.id in loose else 0,
        idle=tuple(await silences.idle_results(session, person.id, about.year, period)),
        short=await below_target(session, employee, about) if period == year_of(about) else (),
    )
    # That an RHK rests for a month alone is no lack.
    lacks = left.missed or left.unlinked or (period != month and (left.idle or left.short))
    return left if lacks else None


def name_of(period: Period) -> str:
    """Name a period that ends with a month as rencana aksi do."""
    first = period.start
    if period == year_of(first):
        return f"{first.year}"
    return periods_of(first)[period != month_of(first)]


async def below_target(
    session: AsyncSession, employee: Employee, about: dt.date
) -> tuple[tuple[int, Decimal], ...]:
    """List the RHK whose target of the year is not reached, though something was done for it."""
    views = await plan_view(session, employee, today=about)
    shares = [(one.number, one.leading.stand.share) for one in views if one.leading]
    return tuple((number, share) for number, share in shares if share and share < 1)


async def waits(session: AsyncSession, leader: Employee, now: dt.datetime) -> Waits | None:
    """Tell what waits for a leader, also in whose place one leads; nothing: no answer."""
    today = local_day(leader, now)
    people = await people_seen(session, leader, on=today)
    held = await obstacles.of_team(session, leader, people, today=today)
    found = Waits(
        plans=tuple(await plan_approvals.queue(session, leader, now=now)),
        obstacles=tuple(one for one in held if one.answer is None),
        entries=len(await feedback.queue(session, leader, today=today)),
    )
    return found if found.plans or found.obstacles or found.entries else None


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
