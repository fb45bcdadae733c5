"""Questions about the cascade: which RHK stand on which, and what their entries come to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, select, union
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.cascade import Link
from bot.skp.plans import Aspect, ResultKind
from db.keys import among
from db.models.people import Employee
from db.models.plans import FormerParent, Indicator, Plan, WorkResult
from db.plans import Measure
from db.team_questions import rows

COLUMNS = (
    col(WorkResult.id),
    col(WorkResult.employee_id),
    col(WorkResult.number),
    col(WorkResult.kind),
    col(WorkResult.text),
    col(WorkResult.themes),
    col(WorkResult.parent_id),
    col(Indicator.text),
    col(Indicator.aspect),
    col(Indicator.target),
    col(Indicator.unit),
    col(Indicator.aggregation),
    col(Indicator.direction),
)


@dataclass(frozen=True)
class Goal:
    """One RHK in the cascade with the IKI that measure it, the one that leads first."""

    id: int
    owner: int
    number: int
    kind: ResultKind
    text: str
    themes: tuple[str, ...]
    parent: int | None
    measures: tuple[Measure, ...]

    @property
    def leading(self) -> Measure | None:
        """Give the IKI that stands for the whole RHK."""
        return self.measures[0] if self.measures else None


async def goals_of(session: AsyncSession, employee: Employee, *, year: int) -> list[Goal]:
    """List a person's RHK of a year by number."""
    return await goals(session, col(Plan.employee_id) == employee.id, col(Plan.year) == year)


async def goals_of_people(
    session: AsyncSession, employee_ids: Collection[int], *, year: int
) -> list[Goal]:
    """List the RHK of a year of some people."""
    return await goals(session, among(col(Plan.employee_id), employee_ids), col(Plan.year) == year)


async def goals_on(session: AsyncSession, parent_ids: Collection[int]) -> list[Goal]:
    """List the RHK that stand directly on some others, or once stood on them."""
    standing = select(col(WorkResult.id)).where(among(col(WorkResult.parent_id), parent_ids))
    moved = select(col(FormerParent.work_result_id)).where(
        among(col(FormerParent.parent_id), parent_ids)
    )
    # One list of keys: with an OR between the two, PostgreSQL goes through all RHK.
    return await goals(session, col(WorkResult.id).in_(union(standing, moved)))


async def is_stood_on(session: AsyncSession, owner: Employee, work_result_id: int) -> bool:
    """Tell whether somebody else's RHK stands directly on one of the owner's."""
    query = (
        select(col(WorkResult.id))
        .where(
            col(WorkResult.parent_id) == work_result_id,
            col(WorkResult.employee_id) != owner.id,
        )
        .limit(1)
    )
    return bool(await rows(session, query))


async def goals_by_id(session: AsyncSession, ids: Collection[int]) -> list[Goal]:
    """List some RHK."""
    return await goals(session, among(col(WorkResult.id), ids))


async def themed_goals(session: AsyncSession, code: str, *, year: int) -> list[Goal]:
    """List the RHK of a year that name a theme themselves."""
    # The codes are a small list kept as JSON, which both databases can read as text.
    names = cast(col(WorkResult.themes), String).like(f'%"{code}"%')
    return await goals(session, names, col(Plan.year) == year)


async def goals(session: AsyncSession, *conditions: ColumnElement[bool]) -> list[Goal]:
    """List the RHK that meet some conditions, each person's by number."""
    query = (
        select(*COLUMNS)
        .join(Plan, col(Plan.id) == col(WorkResult.plan_id))
        .join(Indicator, col(Indicator.work_result_id) == col(WorkResult.id), isouter=True)
        .where(*conditions)
        .order_by(col(WorkResult.employee_id), col(WorkResult.number), col(Indicator.id))
    )
    found: dict[int, tuple[Any, list[Measure]]] = {}
    for row in await rows(session, query):
        _, measures = found.setdefault(row[0], (row, []))
        if row[7] is not None:
            measures.append(Measure(*row[7:]))
    return [goal(row, measures) for row, measures in found.values()]


def goal(row: Any, measures: list[Measure]) -> Goal:
    """Put an RHK and its IKI together; the quantity leads, since it is what people count."""
    leading = measures
    if len(measures) > 1:
        leading = sorted(measures, key=lambda one: one.aspect is not Aspect.QUANTITY)
    key, owner, number, kind, text, themes, parent, *_ = row
    named = tuple(themes or ())
    return Goal(key, owner, number, kind, text, named, parent, tuple(leading))


async def links(session: AsyncSession, found: Collection[Goal]) -> dict[int, Link]:
    """Tell what each of some RHK supports, now and formerly."""
    former: dict[int, list[tuple[dt.date, int | None]]] = defaultdict(list)
    query = (
        select(
            col(FormerParent.work_result_id),
            col(FormerParent.until),
            col(FormerParent.parent_id),
        )
        .where(among(col(FormerParent.work_result_id), [one.id for one in found]))
        .order_by(col(FormerParent.until))
    )
    for key, until, parent in await rows(session, query):
        former[key].append((until, parent))
    return {one.id: Link(one.parent, tuple(former.get(one.id, ()))) for one in found}


async def keep_former(
    session: AsyncSession, found: Collection[tuple[int, int | None, dt.date]]
) -> None:
    """Keep what some RHK (key, former parent) served up to a day; what is kept already stays."""
    query = select(col(FormerParent.work_result_id), col(FormerParent.until)).where(
        among(col(FormerParent.work_result_id), [key for key, _, _ in found])
    )
    there = {(key, until) for key, until in await rows(session, query)}
    session.add_all(
        FormerParent(work_result_id=key, parent_id=parent, until=until)
        for key, parent, until in found
        if (key, until) not in there
    )
    await session.flush()
