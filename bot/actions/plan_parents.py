"""Tie an RHK to the one of the superior that it serves (RHK pimpinan yang diintervensi)."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.plan_changes import Grip, loaded, record
from bot.actions.receipts import ResultLine
from bot.refusal import Refusal
from bot.skp.plans import PlanState
from db import plan_details
from db.models.people import Employee
from db.models.plans import WorkResult

MOST = 4


async def choices(session: AsyncSession, employee: Employee, grip: Grip) -> list[ResultLine]:
    """List the RHK of the plan's rater that one of the person's own may serve."""
    return [
        ResultLine(one.id or 0, one.number, one.text)
        for one in await above(session, employee, grip)
    ]


async def choose(session: AsyncSession, employee: Employee, grip: Grip, parent_id: int) -> None:
    """Tie an RHK to one of the rater's; one without themes takes over those of that one."""
    result, _ = await loaded(session, employee, grip)
    parent = next(
        (one for one in await above(session, employee, grip) if one.id == parent_id), None
    )
    if parent is None:
        raise Refusal("This button no longer works.")
    record(session, employee, grip, "plan.linked", rhk=result.number, parent=parent_id)
    result.parent_id = parent_id
    result.themes = result.themes or list(parent.themes)
    session.add(result)
    await session.flush()


async def above(session: AsyncSession, employee: Employee, grip: Grip) -> list[WorkResult]:
    """Load the rater's RHK; an approved tie stays, since it belongs to what was approved."""
    result, plan = await loaded(session, employee, grip)
    if result.state is not PlanState.DRAFT and result.parent_id is not None:
        raise Refusal("This RHK is tied to one of your superior's already, and approved so.")
    rater = await plan_details.rater_of(session, plan)
    theirs = await plan_details.plan_of(session, rater, plan.year) if rater else None
    return (await plan_details.results_of(session, theirs))[:MOST] if theirs else []
