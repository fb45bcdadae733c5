"""Questions about where a team's RHK stand; the database sums, because there are many entries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import sqlmodel
from sqlalchemy import ColumnElement, case, func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from db.entries import Amount
from db.models.entries import Entry
from db.models.people import Unit
from db.models.plans import Holiday, Indicator, Plan, WorkResult
from db.plans import Measure, Outcome, measure, outcome
from db.teams import rows


@dataclass(frozen=True)
class Sum:
    """What entries of one RHK in one unit add up to, and the last day they speak of.

    `before` is what they had added up to by an earlier day; nothing when there was no entry yet.
    """

    amount: Amount
    last: dt.date
    before: Amount | None


async def outcomes(
    session: AsyncSession, employee_ids: Collection[int], *, year: int
) -> dict[int, list[Outcome]]:
    """List the RHK of a year of some people with their IKI, by person."""
    query = (
        sqlmodel.select(WorkResult, Indicator)
        .join(Plan, col(Plan.id) == col(WorkResult.plan_id))
        .join(Indicator, col(Indicator.work_result_id) == col(WorkResult.id), isouter=True)
        .where(col(Plan.employee_id).in_(employee_ids), col(Plan.year) == year)
        .order_by(col(WorkResult.number), col(Indicator.id))
    )
    found: dict[int, tuple[WorkResult, list[Measure]]] = {}
    for result, indicator in await session.exec(query):
        _, measures = found.setdefault(result.id or 0, (result, []))
        # The outer join gives no IKI where an RHK has none, which its type does not tell.
        if indicator is not None:
            measures.append(measure(indicator))
    people: dict[int, list[Outcome]] = defaultdict(list)
    for result, measures in found.values():
        people[result.employee_id].append(outcome(result, measures))
    return people


async def sums(
    session: AsyncSession, work_result_ids: Collection[int], *, before: dt.date = dt.date.min
) -> list[Sum]:
    """Add up what the entries of some RHK say, unit by unit; percents stand by themselves."""
    in_percent = col(Entry.percent).is_not(None)
    last = func.max(func.coalesce(col(Entry.last_day), col(Entry.day)))
    earlier = col(Entry.day) < before
    query = (
        select(
            col(Entry.work_result_id),
            func.sum(col(Entry.quantity)),
            col(Entry.unit),
            func.sum(col(Entry.percent)),
            last,
            func.count(case((earlier, 1))),
            func.sum(case((earlier, col(Entry.quantity)))),
            func.sum(case((earlier, col(Entry.percent)))),
        )
        .where(col(Entry.work_result_id).in_(work_result_ids), kept())
        .group_by(col(Entry.work_result_id), col(Entry.unit), in_percent)
    )
    found = []
    for key, quantity, unit, percent, day, count, old_quantity, old_percent in await rows(
        session, query
    ):
        old = Amount(key, old_quantity, unit, old_percent) if count else None
        found.append(Sum(Amount(key, quantity, unit, percent), day, old))
    return found


async def latest(
    session: AsyncSession, work_result_ids: Collection[int], *, before: dt.date | None = None
) -> list[Amount]:
    """List the last value of some RHK in each unit, the oldest first; also as it was before."""
    newest = func.row_number().over(
        partition_by=(
            col(Entry.work_result_id),
            col(Entry.unit),
            col(Entry.percent).is_(None),
            col(Entry.quantity).is_(None),
        ),
        order_by=(col(Entry.day).desc(), col(Entry.id).desc()),
    )
    known = select(
        col(Entry.work_result_id),
        col(Entry.quantity),
        col(Entry.unit),
        col(Entry.percent),
        col(Entry.day).label("day"),
        col(Entry.id).label("id"),
        newest.label("place"),
    ).where(
        col(Entry.work_result_id).in_(work_result_ids),
        kept(),
        or_(col(Entry.quantity).is_not(None), col(Entry.percent).is_not(None)),
    )
    if before is not None:
        known = known.where(col(Entry.day) < before)
    ranked = known.subquery()
    query = (
        select(ranked.c.work_result_id, ranked.c.quantity, ranked.c.unit, ranked.c.percent)
        .where(ranked.c.place == 1)
        .order_by(ranked.c.day, ranked.c.id)
    )
    return [Amount(*row) for row in await rows(session, query)]


async def free_days(
    session: AsyncSession, unit_ids: Collection[int], *, first: dt.date, end: dt.date
) -> dict[int, dict[dt.date, str]]:
    """Give the holidays of some units; a holiday of a unit is one of every unit below it, too."""
    above = (
        select(col(Unit.id).label("unit_id"), col(Unit.id).label("id"))
        .where(col(Unit.id).in_(unit_ids))
        .cte("above", recursive=True)
    )
    above = above.union(
        select(above.c.unit_id, col(Unit.parent_id))
        .join(above, above.c.id == col(Unit.id))
        .where(col(Unit.parent_id).is_not(None))
    )
    own = select(above.c.unit_id, col(Holiday.day), col(Holiday.name)).join(
        above, col(Holiday.unit_id) == above.c.id
    )
    shared = select(col(Holiday.day), col(Holiday.name)).where(col(Holiday.unit_id).is_(None))
    within = (col(Holiday.day) >= first, col(Holiday.day) < end)
    common = dict(tuple(row) for row in await rows(session, shared.where(*within)))
    found = {unit_id: common.copy() for unit_id in unit_ids}
    for unit_id, day, name in await rows(session, own.where(*within)):
        found[unit_id][day] = name
    return found


def kept() -> ColumnElement[bool]:
    """Hold for entries that count."""
    return col(Entry.state) == EntryState.KEPT
