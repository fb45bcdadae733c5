"""Questions about where a team's RHK stand; the database sums, because there are many entries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Date,
    Executable,
    Integer,
    bindparam,
    null,
    select,
    union_all,
)
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.periods import Period
from bot.skp.plans import Aspect
from db.entries import Amount
from db.keys import among
from db.models.people import Unit
from db.models.plans import Holiday, Indicator, Plan, WorkResult
from db.plans import Measure, Outcome
from db.sums import NO_SUMS, left, sums_of
from db.team_questions import KEYS, rows


@dataclass(frozen=True)
class Sum:
    """What entries of one RHK in one unit add up to, and the last day they speak of.

    `before` is what they had added up to by an earlier day; nothing when there was no entry yet.
    """

    amount: Amount
    last: dt.date
    before: Amount | None


FIRST, END = bindparam("first", type_=Date()), bindparam("end", type_=Date())
OUTCOMES = (
    select(
        col(WorkResult.employee_id),
        col(WorkResult.id),
        col(WorkResult.number),
        col(WorkResult.kind),
        col(WorkResult.text),
        col(Indicator.text),
        col(Indicator.aspect),
        col(Indicator.target),
        col(Indicator.unit),
        col(Indicator.aggregation),
        col(Indicator.direction),
    )
    .join(Plan, col(Plan.id) == col(WorkResult.plan_id))
    .join(Indicator, col(Indicator.work_result_id) == col(WorkResult.id), isouter=True)
    .where(among(col(Plan.employee_id), KEYS), col(Plan.year) == bindparam("year", type_=Integer()))
    .order_by(col(WorkResult.number), col(Indicator.id))
)


def days_off_of_units() -> Executable:
    """Select the holidays of some units and of those above them, and with no unit those of all."""
    above = (
        select(col(Unit.id).label("unit_id"), col(Unit.id).label("id"))
        .where(among(col(Unit.id), KEYS))
        .cte("above", recursive=True)
    )
    above = above.union(
        select(above.c.unit_id, col(Unit.parent_id))
        .join(above, above.c.id == col(Unit.id))
        .where(col(Unit.parent_id).is_not(None))
    )
    within = (col(Holiday.day) >= FIRST, col(Holiday.day) < END)
    own = (
        select(above.c.unit_id, col(Holiday.day), col(Holiday.name))
        .join(above, col(Holiday.unit_id) == above.c.id)
        .where(*within)
    )
    shared = select(null().label("unit_id"), col(Holiday.day), col(Holiday.name)).where(
        col(Holiday.unit_id).is_(None), *within
    )
    return union_all(own, shared)


DAYS_OFF = days_off_of_units()


async def outcomes(
    session: AsyncSession, employee_ids: Collection[int], *, year: int
) -> dict[int, list[Outcome]]:
    """List the RHK of a year of some people with their IKI, by person."""
    found: dict[int, tuple[Any, list[Measure]]] = {}
    for row in await rows(session, OUTCOMES, keys=list(employee_ids), year=year):
        _, measures = found.setdefault(row[1], (row, []))
        # The outer join gives no IKI where an RHK has none.
        if row[5] is not None:
            measures.append(Measure(*row[5:]))
    people: dict[int, list[Outcome]] = defaultdict(list)
    for row, measures in found.values():
        owner, key, number, kind, text = row[:5]
        leading = sorted(measures, key=lambda one: one.aspect is not Aspect.QUANTITY)
        people[owner].append(Outcome(key, number, kind, text, (), (), tuple(leading)))
    return people


async def sums(
    session: AsyncSession, work_result_ids: Collection[int], *, before: dt.date = dt.date.min
) -> list[Sum]:
    """Add up what the entries of some RHK say, unit by unit; percents stand by themselves.

    What came since the earlier day is little, so it is summed by itself and taken off.
    """
    whole = await sums_of(session, work_result_ids, Period(dt.date.min, dt.date.max))
    since = whole
    if before != dt.date.min:
        since = await sums_of(session, work_result_ids, Period(before, dt.date.max))
    found = []
    for kind, one in whole.items():
        off = since.get(kind, NO_SUMS)
        old = left(kind, one, off) if one.entries > off.entries else None
        found.append(Sum(left(kind, one, NO_SUMS), one.last, old))
    return found


async def free_days(
    session: AsyncSession, unit_ids: Collection[int], *, first: dt.date, end: dt.date
) -> dict[int, dict[dt.date, str]]:
    """Give the holidays of some units; a holiday of a unit is one of every unit below it, too."""
    lines = await rows(session, DAYS_OFF, keys=list(unit_ids), first=first, end=end)
    common = {day: name for unit_id, day, name in lines if unit_id is None}
    found = {unit_id: common.copy() for unit_id in unit_ids}
    for unit_id, day, name in lines:
        if unit_id is not None:
            found[unit_id][day] = name
    return found
