"""Questions about what people set out to do: the RHK of a year and what measures them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Date, Row, Select, bindparam, func, literal, or_, union_all
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from bot.skp.plans import Aggregation, Aspect, Direction, ResultKind
from db.models.entries import Entry
from db.models.people import Employee, Placement
from db.models.plans import ActionPlan, Indicator, Plan, WorkResult


@dataclass(frozen=True)
class Measure:
    """One IKI of an RHK."""

    text: str
    aspect: Aspect
    target: Decimal
    unit: str
    aggregation: Aggregation
    direction: Direction = Direction.UP


@dataclass(frozen=True)
class Outcome:
    """One RHK with the IKI that measure it, the one that leads first."""

    id: int
    number: int
    kind: ResultKind
    text: str
    themes: tuple[str, ...]
    keywords: tuple[str, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Outlook:
    """What a person is to reach in a year, and in which position."""

    position: str
    results: tuple[Outcome, ...]

    def numbered(self, number: int | None) -> Outcome | None:
        """Find the RHK with a number."""
        return next((one for one in self.results if one.number == number), None)

    def known(self, work_result_id: int | None) -> Outcome | None:
        """Find the RHK with a key."""
        return next((one for one in self.results if one.id == work_result_id), None)


POSITION = (
    select(Placement.position)
    .where(
        col(Placement.employee_id) == bindparam("person"),
        col(Placement.since) <= bindparam("day", type_=Date()),
        or_(col(Placement.until).is_(None), col(Placement.until) > bindparam("day", type_=Date())),
    )
    .order_by(col(Placement.since).desc())
    .limit(1)
    .scalar_subquery()
)
# Asked at every message; a question that is put together once is answered much quicker, and so
# is one for columns instead of rows.
OUTLOOK: Select[*tuple[Any, ...]] = (
    columns(
        col(WorkResult.id),
        col(WorkResult.number),
        col(WorkResult.kind),
        col(WorkResult.text),
        col(WorkResult.themes),
        col(WorkResult.keywords),
        col(Indicator.text).label("measured"),
        col(Indicator.aspect),
        col(Indicator.target),
        col(Indicator.unit),
        col(Indicator.aggregation),
        col(Indicator.direction),
        POSITION.label("position"),
    )
    .join(Plan, col(Plan.id) == col(WorkResult.plan_id))
    .join(Indicator, col(Indicator.work_result_id) == col(WorkResult.id), isouter=True)
    .where(col(Plan.employee_id) == bindparam("person"), col(Plan.year) == bindparam("year"))
    .order_by(col(WorkResult.number), col(Indicator.id))
)


async def outlook(session: AsyncSession, employee: Employee, *, on: dt.date) -> Outlook:
    """List a person's RHK of the day's year with their IKI, in one question.

    Without a plan the list is empty, and so is the position.
    """
    wanted = {"person": employee.id, "day": on, "year": on.year}
    connection = await session.connection()
    rows = (await connection.execute(OUTLOOK, wanted)).all()
    position = next((row.position for row in rows if row.position), "")
    results = [list(same) for _, same in groupby(rows, key=lambda row: row.id)]
    return Outlook(position, tuple(outcome(same[0], measured(same)) for same in results))


def measured(rows: list[Row[Any]]) -> list[Measure]:
    """Take the IKI of one RHK; the outer join gives an empty one where it has none."""
    return [
        Measure(row.measured, row.aspect, row.target, row.unit, row.aggregation, row.direction)
        for row in rows
        if row.measured is not None
    ]


def measure(indicator: Indicator) -> Measure:
    """Take what is needed of an IKI."""
    return Measure(
        text=indicator.text,
        aspect=indicator.aspect,
        target=indicator.target,
        unit=indicator.unit,
        aggregation=indicator.aggregation,
        direction=indicator.direction,
    )


def outcome(result: WorkResult | Row[Any], measures: list[Measure]) -> Outcome:
    """Put an RHK and its IKI together; the quantity leads, since it is what people count."""
    leading = sorted(measures, key=lambda one: one.aspect is not Aspect.QUANTITY)
    return Outcome(
        id=result.id or 0,
        number=result.number,
        kind=result.kind,
        text=result.text,
        themes=tuple(result.themes),
        keywords=tuple(result.keywords),
        measures=tuple(leading),
    )


@dataclass(frozen=True)
class Hints:
    """What else tells an RHK: rencana aksi by RHK, and sentences with the number put right."""

    planned: dict[int, list[str]]
    corrected: tuple[tuple[str, int | None], ...]


LESSONS = 40
PLANNED = (
    select(
        literal(0).label("lesson"),
        col(ActionPlan.id).label("id"),
        col(ActionPlan.text).label("text"),
        col(ActionPlan.work_result_id).label("number"),
    )
    .join(WorkResult, col(WorkResult.id) == col(ActionPlan.work_result_id))
    .where(
        col(WorkResult.employee_id) == bindparam("person"),
        col(ActionPlan.period).in_(bindparam("periods", expanding=True)),
    )
    .subquery()
)
LINKED = (
    select(
        literal(1).label("lesson"),
        col(Entry.id).label("id"),
        col(Entry.text).label("text"),
        col(WorkResult.number).label("number"),
    )
    .join(WorkResult, col(WorkResult.id) == col(Entry.work_result_id), isouter=True)
    .where(
        col(Entry.employee_id) == bindparam("person"),
        col(Entry.day) >= bindparam("since", type_=Date()),
        col(Entry.by_hand),
        col(Entry.state) == EntryState.KEPT,
    )
    .order_by(col(Entry.id).desc())
    .limit(LESSONS)
    .subquery()
)
BOTH = union_all(select(*PLANNED.c), select(*LINKED.c)).subquery()
HINTS = select(BOTH.c.lesson, BOTH.c.id, BOTH.c.text, BOTH.c.number)


async def hints(
    session: AsyncSession, employee: Employee, *, periods: Iterable[str], year: int
) -> Hints:
    """List a person's rencana aksi of some periods, and what was linked by hand in a year."""
    wanted = {"person": employee.id, "periods": list(periods), "since": dt.date(year, 1, 1)}
    rows = sorted(await session.exec(HINTS, params=wanted), key=lambda row: row[:2])
    planned: dict[int, list[str]] = {}
    for lesson, _, text, work_result_id in rows:
        if not lesson:
            planned.setdefault(work_result_id, []).append(text)
    # The newest sentence comes first.
    corrected = tuple((text, number) for lesson, _, text, number in reversed(rows) if lesson)
    return Hints(planned, corrected)


async def single_action_plans(
    session: AsyncSession, nip: str | None
) -> dict[tuple[int, str], str | None]:
    """Give the rencana aksi of an RHK and a period where there is one; several give nothing."""
    query = (
        select(
            ActionPlan.work_result_id,
            ActionPlan.period,
            func.min(ActionPlan.text),
            func.count(),
        )
        .join(WorkResult, col(WorkResult.id) == col(ActionPlan.work_result_id))
        .join(Employee, col(Employee.id) == col(WorkResult.employee_id))
        .group_by(col(ActionPlan.work_result_id), col(ActionPlan.period))
    )
    if nip is not None:
        query = query.where(col(Employee.nip) == nip)
    rows = await session.exec(query)
    return {(key, period): text if count == 1 else None for key, period, text, count in rows}


async def own_result(
    session: AsyncSession, employee: Employee, work_result_id: int
) -> WorkResult | None:
    """Find one of a person's own RHK."""
    query = select(WorkResult).where(
        col(WorkResult.id) == work_result_id, col(WorkResult.employee_id) == employee.id
    )
    return (await session.exec(query)).first()


async def supported(session: AsyncSession, employee: Employee, *, year: int) -> list[str]:
    """List the leader's RHK that a person's own RHK of a year support, each once."""
    own = aliased(WorkResult)
    query = (
        select(col(WorkResult.text))
        .join(own, col(own.parent_id) == col(WorkResult.id))
        .join(Plan, col(Plan.id) == col(own.plan_id))
        .where(col(own.employee_id) == employee.id, col(Plan.year) == year)
        .order_by(col(WorkResult.text))
        .distinct()
    )
    return list(await session.exec(query))
