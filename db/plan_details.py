"""Questions about a plan beyond its RHK: its state, what was handed in, what lies below an RHK."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from bot.skp.periods import Period
from bot.skp.plans import PlanState, SubmissionState
from db.models.approvals import Proposal, Submission
from db.models.entries import Entry
from db.models.people import Employee
from db.models.plans import ActionPlan, Indicator, Plan, WorkResult


@dataclass(frozen=True)
class Done:
    """What one entry counted, and when."""

    day: dt.date
    quantity: Decimal | None
    unit: str | None


async def plan_of(
    session: AsyncSession, employee: Employee, year: int, *, change: bool = False
) -> Plan | None:
    """Find a person's plan of a year; a change holds its row."""
    query = select(Plan).where(col(Plan.employee_id) == employee.id, col(Plan.year) == year)
    if change:
        query = query.with_for_update()
    return (await session.exec(query)).first()


async def rater_of(session: AsyncSession, plan: Plan) -> Employee | None:
    """Find who rates a plan."""
    return await session.get(Employee, plan.rater_id) if plan.rater_id else None


async def held(
    session: AsyncSession, employee: Employee, work_result_id: int
) -> tuple[WorkResult, Plan] | None:
    """Find one of a person's own RHK with its plan, and hold the plan for a change."""
    query = (
        select(WorkResult, Plan)
        .join(Plan, col(Plan.id) == col(WorkResult.plan_id))
        .where(col(WorkResult.id) == work_result_id, col(WorkResult.employee_id) == employee.id)
        .with_for_update(of=Plan)
    )
    return (await session.exec(query)).first()


async def results_of(
    session: AsyncSession, plan: Plan, state: PlanState | None = None
) -> list[WorkResult]:
    """List the RHK of a plan by their number, all or those of one state."""
    query = select(WorkResult).where(col(WorkResult.plan_id) == plan.id)
    if state is not None:
        query = query.where(col(WorkResult.state) == state)
    return list(await session.exec(query.order_by(col(WorkResult.number))))


async def proposals_of(session: AsyncSession, plan: Plan) -> dict[int, Proposal]:
    """Give what RHK of a plan are to become, by RHK."""
    query = (
        select(Proposal)
        .join(WorkResult, col(WorkResult.id) == col(Proposal.work_result_id))
        .where(col(WorkResult.plan_id) == plan.id)
    )
    return {one.work_result_id: one for one in await session.exec(query)}


async def proposal_of(session: AsyncSession, result: WorkResult) -> Proposal | None:
    """Give what one RHK is to become."""
    query = select(Proposal).where(col(Proposal.work_result_id) == result.id)
    return (await session.exec(query)).first()


async def indicators_of(
    session: AsyncSession, work_result_ids: Collection[int]
) -> dict[int, list[Indicator]]:
    """Give the IKI of some RHK, by RHK."""
    query = (
        select(Indicator)
        .where(col(Indicator.work_result_id).in_(work_result_ids))
        .order_by(col(Indicator.id))
    )
    found: dict[int, list[Indicator]] = {}
    for one in await session.exec(query):
        found.setdefault(one.work_result_id, []).append(one)
    return found


async def steps_of(
    session: AsyncSession, work_result_ids: Collection[int]
) -> dict[int, list[ActionPlan]]:
    """Give the rencana aksi of some RHK by their period, by RHK."""
    query = (
        select(ActionPlan)
        .where(col(ActionPlan.work_result_id).in_(work_result_ids))
        .order_by(col(ActionPlan.period), col(ActionPlan.id))
    )
    found: dict[int, list[ActionPlan]] = {}
    for one in await session.exec(query):
        found.setdefault(one.work_result_id, []).append(one)
    return found


async def last_submission(session: AsyncSession, plan: Plan) -> Submission | None:
    """Find what was handed in last of a plan."""
    query = select(Submission).where(col(Submission.plan_id) == plan.id)
    return (await session.exec(query.order_by(col(Submission.id).desc()).limit(1))).first()


async def waiting_submission(session: AsyncSession, plan: Plan) -> Submission | None:
    """Find what of a plan waits for the rater."""
    query = select(Submission).where(
        col(Submission.plan_id) == plan.id, col(Submission.state) == SubmissionState.SUBMITTED
    )
    return (await session.exec(query)).first()


async def additional_entries(session: AsyncSession, employee: Employee, period: Period) -> int:
    """Count a person's additional tasks of a period, which belong to no RHK."""
    query = select(func.count()).where(
        col(Entry.employee_id) == employee.id,
        col(Entry.state) == EntryState.KEPT,
        col(Entry.additional),
        col(Entry.day) >= period.start,
        col(Entry.day) < period.end,
    )
    return (await session.exec(query)).one()


async def entries_under(session: AsyncSession, result: WorkResult) -> int:
    """Count what was logged under an RHK and is not deleted."""
    query = select(func.count()).where(
        col(Entry.work_result_id) == result.id, col(Entry.state) != EntryState.DELETED
    )
    return (await session.exec(query)).one()


async def done_under(session: AsyncSession, employee: Employee, work_result_id: int) -> list[Done]:
    """List what the kept entries under one of a person's RHK counted."""
    query = select(col(Entry.day), col(Entry.quantity), col(Entry.unit)).where(
        col(Entry.work_result_id) == work_result_id,
        col(Entry.employee_id) == employee.id,
        col(Entry.state) == EntryState.KEPT,
    )
    return [Done(*row) for row in await session.exec(query)]


async def remove(session: AsyncSession, result: WorkResult) -> None:
    """Delete an RHK with all that lies below it; what was logged under it stays, unlinked."""
    for model in (Indicator, ActionPlan, Proposal):
        await session.execute(delete(model).where(col(model.work_result_id) == result.id))
    under = col(Entry.work_result_id) == result.id
    await session.execute(update(Entry).where(under).values(work_result_id=None))
    below = col(WorkResult.parent_id) == result.id
    await session.execute(update(WorkResult).where(below).values(parent_id=None))
    await session.execute(delete(WorkResult).where(col(WorkResult.id) == result.id))
    session.expunge(result)
