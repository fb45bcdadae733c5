"""Questions about what people set out to do: the RHK of a year and what measures them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.plans import Aggregation, Aspect, ResultKind
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


async def outlook(session: AsyncSession, employee: Employee, *, on: dt.date) -> Outlook:
    """List a person's RHK of the day's year with their IKI, in one question.

    Without a plan the list is empty, and so is the position.
    """
    position = (
        select(Placement.position)
        .where(
            col(Placement.employee_id) == employee.id,
            col(Placement.since) <= on,
            or_(col(Placement.until).is_(None), col(Placement.until) > on),
        )
        .order_by(col(Placement.since).desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(WorkResult, Indicator, position)
        .join(Plan, col(Plan.id) == col(WorkResult.plan_id))
        .join(Indicator, col(Indicator.work_result_id) == col(WorkResult.id), isouter=True)
        .where(col(Plan.employee_id) == employee.id, col(Plan.year) == on.year)
        .order_by(col(WorkResult.number), col(Indicator.id))
    )
    rows = list(await session.exec(query))
    found: dict[int, tuple[WorkResult, list[Measure]]] = {}
    for result, indicator, _ in rows:
        _, measures = found.setdefault(result.id or 0, (result, []))
        # The outer join gives no IKI where an RHK has none, which its type does not tell.
        if indicator is not None:
            measures.append(measure(indicator))
    held = next((str(row[2]) for row in rows if row[2]), "")
    return Outlook(held, tuple(outcome(result, measures) for result, measures in found.values()))


def measure(indicator: Indicator) -> Measure:
    """Take what is needed of an IKI."""
    return Measure(
        text=indicator.text,
        aspect=indicator.aspect,
        target=indicator.target,
        unit=indicator.unit,
        aggregation=indicator.aggregation,
    )


def outcome(result: WorkResult, measures: list[Measure]) -> Outcome:
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


async def action_plans(
    session: AsyncSession, employee: Employee, periods: Iterable[str]
) -> list[tuple[int, str]]:
    """List a person's rencana aksi of some periods: the RHK's key and the text."""
    query = (
        select(ActionPlan.work_result_id, ActionPlan.text)
        .join(WorkResult, col(WorkResult.id) == col(ActionPlan.work_result_id))
        .where(col(WorkResult.employee_id) == employee.id, col(ActionPlan.period).in_(periods))
        .order_by(col(ActionPlan.id))
    )
    return [(key, text) for key, text in await session.exec(query)]


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
