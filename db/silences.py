"""Questions about days without an entry, prompts without an answer, and hours of logging."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from bot.skp.periods import Period
from bot.skp.workdays import ONE_DAY
from db.keys import among
from db.models.days import PlanItem
from db.models.entries import Absence, Entry
from db.models.messages import Letter
from db.models.people import Employee
from db.models.plans import ActionPlan, Plan, WorkResult
from db.states import LetterState
from db.team_questions import rows

KEPT = col(Entry.state) == EntryState.KEPT


class Loose(NamedTuple):
    """How many entries of a period are linked to nothing, and how many have no proof."""

    unlinked: int
    entries: int


class FirstEntry(NamedTuple):
    """When somebody first logged on a day, and when they had been asked, if they had."""

    employee_id: int
    day: dt.date
    at: dt.datetime
    asked_at: dt.datetime | None


async def fully_logged(
    session: AsyncSession, employee_ids: Collection[int], days: Sequence[dt.date]
) -> set[int]:
    """Tell who has an entry on each of these days; entries of several days are not counted."""
    query = (
        select(col(Entry.employee_id))
        .where(among(col(Entry.employee_id), employee_ids), col(Entry.day).in_(days), KEPT)
        .group_by(col(Entry.employee_id))
        .having(func.count(func.distinct(col(Entry.day))) >= len(days))
    )
    return set((await session.execute(query)).scalars())


async def covered(
    session: AsyncSession, employee_ids: Collection[int], period: Period
) -> dict[int, set[dt.date]]:
    """Give the days of a period on which some people logged or were away, by person."""
    until = func.coalesce(col(Entry.last_day), col(Entry.day))
    entries = select(col(Entry.employee_id), col(Entry.day), until).where(
        among(col(Entry.employee_id), employee_ids),
        KEPT,
        col(Entry.day) < period.end,
        or_(col(Entry.day) >= period.start, col(Entry.last_day) >= period.start),
    )
    absences = select(col(Absence.employee_id), col(Absence.first), col(Absence.last)).where(
        among(col(Absence.employee_id), employee_ids),
        col(Absence.first) < period.end,
        col(Absence.last) >= period.start,
    )
    found: dict[int, set[dt.date]] = defaultdict(set)
    for query in (entries.distinct(), absences):
        for employee_id, first, last in await session.execute(query):
            day = max(first, period.start)
            while day <= last and day < period.end:
                found[employee_id].add(day)
                day += ONE_DAY
    return found


async def loose(
    session: AsyncSession, employee_ids: Collection[int], period: Period
) -> dict[int, Loose]:
    """Count entries of a period, and of these what is linked to nothing, by person."""
    nothing = and_(col(Entry.work_result_id).is_(None), ~col(Entry.additional))
    query = (
        select(
            col(Entry.employee_id),
            func.sum(case((nothing, 1), else_=0)),
            func.count(),
        )
        .where(
            among(col(Entry.employee_id), employee_ids),
            KEPT,
            col(Entry.day) >= period.start,
            col(Entry.day) < period.end,
        )
        .group_by(col(Entry.employee_id))
    )
    return {
        key: Loose(int(unlinked), entries) for key, unlinked, entries in await rows(session, query)
    }


async def without_action_plan(
    session: AsyncSession, employee_ids: Collection[int], year: int, periods: Collection[str]
) -> dict[int, list[int]]:
    """List the numbers of RHK without a rencana aksi for any of some periods, by person.

    Left out is whoever has none at all in the year: they do not plan with this bot.
    """
    other = aliased(WorkResult)
    plans_here = exists().where(
        col(ActionPlan.work_result_id) == col(other.id), col(other.plan_id) == col(Plan.id)
    )
    planned = exists().where(
        col(ActionPlan.work_result_id) == col(WorkResult.id), col(ActionPlan.period).in_(periods)
    )
    query = (
        select(col(WorkResult.employee_id), col(WorkResult.number))
        .join(Plan, col(Plan.id) == col(WorkResult.plan_id))
        .where(
            among(col(WorkResult.employee_id), employee_ids),
            col(Plan.year) == year,
            plans_here,
            ~planned,
        )
        .order_by(col(WorkResult.number))
    )
    found: dict[int, list[int]] = defaultdict(list)
    for employee_id, number in await rows(session, query):
        found[employee_id].append(number)
    return found


async def planned_on(
    session: AsyncSession, employee_ids: Collection[int], day: dt.date
) -> set[int]:
    """Tell who has written down what to do on a day."""
    query = select(col(PlanItem.employee_id)).where(
        among(col(PlanItem.employee_id), employee_ids), col(PlanItem.day) == day
    )
    return set((await session.execute(query)).scalars())


async def snoozed_on(
    session: AsyncSession, employee_ids: Collection[int], day: dt.date, kind: str
) -> set[int]:
    """Tell who has asked to be reminded again on a day."""
    query = select(col(Letter.employee_id)).where(
        among(col(Letter.employee_id), employee_ids),
        col(Letter.kind) == kind,
        col(Letter.period) > day.isoformat(),
        col(Letter.period) < (day + ONE_DAY).isoformat(),
    )
    return set((await session.execute(query)).scalars())


async def heard_of(session: AsyncSession, employee_ids: Collection[int]) -> set[int]:
    """Tell who of those left in peace has logged since."""
    query = select(col(Employee.id)).where(
        among(col(Employee.id), employee_ids),
        exists().where(
            col(Entry.employee_id) == col(Employee.id),
            col(Entry.day) >= col(Employee.still_since),
            KEPT,
        ),
    )
    return set((await session.execute(query)).scalars())


async def unanswered(
    session: AsyncSession,
    employee_ids: Collection[int],
    kind: str,
    days: Sequence[dt.date],
    *,
    fewest: int,
) -> dict[int, list[str]]:
    """List the days of prompts after which nothing was logged, the newest first, by person.

    Only people with so many of them at least are listed; what else may excuse a day is not asked.
    """
    since = exists().where(
        col(Entry.employee_id) == col(Letter.employee_id),
        col(Entry.day) >= min(days),
        col(Entry.created_at) >= col(Letter.sent_at),
        KEPT,
    )
    query = (
        select(col(Letter.employee_id), col(Letter.period))
        .where(
            among(col(Letter.employee_id), employee_ids),
            col(Letter.kind) == kind,
            col(Letter.period).in_([day.isoformat() for day in days]),
            col(Letter.state) == LetterState.SENT,
            ~since,
        )
        .order_by(col(Letter.period).desc())
    )
    found: dict[int, list[str]] = defaultdict(list)
    for employee_id, period in await rows(session, query):
        found[employee_id].append(period)
    return {key: periods for key, periods in found.items() if len(periods) >= fewest}


async def last_of(
    session: AsyncSession, employee_ids: Collection[int], kind: str
) -> dict[int, str]:
    """Give the newest period for which some people got a kind of letter, by person."""
    query = (
        select(col(Letter.employee_id), func.max(col(Letter.period)))
        .where(
            among(col(Letter.employee_id), employee_ids),
            col(Letter.kind) == kind,
            col(Letter.state) == LetterState.SENT,
        )
        .group_by(col(Letter.employee_id))
    )
    return {row[0]: row[1] for row in await rows(session, query)}


async def first_entries(
    session: AsyncSession, employee_ids: Collection[int], kind: str, since: dt.date
) -> list[FirstEntry]:
    """List when some people first logged on each day since one, with the prompt they had got."""
    first = (
        select(
            col(Entry.employee_id),
            col(Entry.day),
            func.min(col(Entry.created_at)).label("at"),
        )
        .where(
            among(col(Entry.employee_id), employee_ids),
            col(Entry.day) >= since,
            ~col(Entry.late),
            KEPT,
        )
        .group_by(col(Entry.employee_id), col(Entry.day))
    )
    asked = select(col(Letter.employee_id), col(Letter.period), col(Letter.sent_at)).where(
        among(col(Letter.employee_id), employee_ids),
        col(Letter.kind) == kind,
        col(Letter.period) >= since.isoformat(),
        col(Letter.sent_at).is_not(None),
    )
    sent = {(key, period): at for key, period, at in await rows(session, asked)}
    return [
        FirstEntry(key, day, at, sent.get((key, day.isoformat())))
        for key, day, at in await rows(session, first)
    ]


async def idle_results(
    session: AsyncSession, employee_id: int, year: int, period: Period
) -> list[int]:
    """List the numbers of a person's RHK for which nothing was logged in a period."""
    done = exists().where(
        col(Entry.work_result_id) == col(WorkResult.id),
        KEPT,
        col(Entry.day) >= period.start,
        col(Entry.day) < period.end,
    )
    query = (
        select(col(WorkResult.number))
        .join(Plan, col(Plan.id) == col(WorkResult.plan_id))
        .where(col(WorkResult.employee_id) == employee_id, col(Plan.year) == year, ~done)
        .order_by(col(WorkResult.number))
    )
    return list((await session.execute(query)).scalars())


async def by_result(
    session: AsyncSession, employee_id: int, period: Period
) -> list[tuple[int, int]]:
    """Count a person's entries of a period by the number of their RHK, the most first."""
    count = func.count()
    query = (
        select(col(WorkResult.number), count)
        .join(Entry, col(Entry.work_result_id) == col(WorkResult.id))
        .where(
            col(Entry.employee_id) == employee_id,
            KEPT,
            col(Entry.day) >= period.start,
            col(Entry.day) < period.end,
        )
        .group_by(col(WorkResult.number))
        .order_by(count.desc(), col(WorkResult.number))
    )
    return [(number, entries) for number, entries in await rows(session, query)]


async def logged_days(session: AsyncSession, employee_id: int, period: Period) -> set[dt.date]:
    """Give the days of a period on which a person has logged something."""
    query = select(col(Entry.day)).where(
        col(Entry.employee_id) == employee_id,
        KEPT,
        col(Entry.day) >= period.start,
        col(Entry.day) < period.end,
    )
    return set((await session.execute(query)).scalars())
