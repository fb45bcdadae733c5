"""Hand a plan or a change to it in, and take that back before it is decided."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.leading import local_day
from bot.refusal import Refusal
from bot.skp.plans import OUTCOMES, Move, PlanState, SubmissionState, is_reason, moved
from db import acting, approvals, letters, people, plan_details
from db.models.approvals import Submission
from db.models.messages import AuditRecord, Letter
from db.models.people import Employee
from db.models.plans import Plan


async def needs_reason(session: AsyncSession, employee: Employee, *, today: dt.date) -> bool:
    """Tell whether a reason is to be given: a plan that was approved is being revised."""
    plan = await ready(session, employee, today=today)
    return plan.state is not PlanState.DRAFT


async def ready(session: AsyncSession, employee: Employee, *, today: dt.date) -> Plan:
    """Load the person's plan if there is something to hand in and somebody to hand it to."""
    plan = await plan_details.plan_of(session, employee, today.year, change=True)
    if plan is None:
        raise Refusal("There is nothing to submit yet. Add an RHK first.")
    if await plan_details.waiting_submission(session, plan) is not None:
        raise Refusal("It is with your superior already.")
    drafts = await plan_details.results_of(session, plan, PlanState.DRAFT)
    if not drafts and not await plan_details.proposals_of(session, plan):
        raise Refusal("There is nothing to submit yet. Add an RHK first.")
    if plan.rater_id is None:
        place = await people.placement_of(session, employee, on=today)
        plan.rater_id = place[0].supervisor_id if place else None
        session.add(plan)
    if plan.rater_id is None:
        raise Refusal(
            "I know no superior of yours who could approve it. Please ask your unit's admin; your"
            " drafts stay and can be used meanwhile."
        )
    return plan


async def submit(
    session: AsyncSession,
    employee: Employee,
    *,
    now: dt.datetime,
    today: dt.date,
    reason: str | None = None,
) -> int:
    """Put the drafts and wishes of a plan before its rater, who is told; give the key."""
    plan = await ready(session, employee, today=today)
    if plan.state is not PlanState.DRAFT and not is_reason(reason or ""):
        raise Refusal("Please give the reason in one sentence of at most 500 characters.")
    submission = Submission(
        plan_id=plan.id or 0,
        employee_id=employee.id or 0,
        state=OUTCOMES[Move.SUBMIT],
        reason=reason if plan.state is not PlanState.DRAFT else None,
        submitted_at=now,
    )
    session.add(submission)
    await session.flush()
    await move(session, plan, PlanState.DRAFT, Move.SUBMIT)
    note(session, employee, submission, Move.SUBMIT, now)
    await tell(session, employee, plan, submission)
    return submission.id or 0


async def tell(
    session: AsyncSession, employee: Employee, plan: Plan, submission: Submission
) -> None:
    """Tell the rater, and whoever stands in, of what was handed in."""
    raters = [plan.rater_id or 0]
    on = local_day(employee, submission.submitted_at)
    others = await acting.acting_for(session, raters, on=on)
    raters += [one.id or 0 for one in others if one.id not in (plan.rater_id, employee.id)]
    found = [
        Letter(
            employee_id=one,
            kind=approvals.SUBMITTED,
            period=str(submission.id),
            data={"name": employee.name, "revises": submission.reason is not None},
            due_at=submission.submitted_at,
        )
        for one in raters
    ]
    await letters.put(session, found)


async def withdraw(
    session: AsyncSession, employee: Employee, submission_id: int, *, now: dt.datetime
) -> None:
    """Take back what is not decided yet; it is a draft again."""
    submission = await approvals.own(session, employee, submission_id)
    if submission is None or submission.state is not SubmissionState.SUBMITTED:
        raise Refusal("This button no longer works.")
    plan = await session.get_one(Plan, submission.plan_id)
    submission.state, submission.decided_at = OUTCOMES[Move.WITHDRAW], now
    session.add(submission)
    await move(session, plan, PlanState.SUBMITTED, Move.WITHDRAW)
    await approvals.drop_letter(session, submission, error=letters.UNWANTED)
    note(session, employee, submission, Move.WITHDRAW, now)
    await session.flush()


async def move(session: AsyncSession, plan: Plan, state: PlanState, made: Move) -> None:
    """Move a plan and those of its RHK that are in a state."""
    for result in await plan_details.results_of(session, plan, state):
        result.state = moved(result.state, made)
        session.add(result)
    plan.state = moved(plan.state, made)
    session.add(plan)
    await session.flush()


def note(
    session: AsyncSession, actor: Employee, submission: Submission, made: Move, now: dt.datetime
) -> None:
    """Note in the audit who moved what."""
    said = submission.reason if made is Move.SUBMIT else submission.answer
    session.add(
        AuditRecord(
            at=now,
            actor_id=actor.id,
            subject_id=submission.employee_id,
            action=f"plan.{OUTCOMES[made].value}",
            details={"submission": submission.id} | ({"reason": said} if said else {}),
        )
    )
