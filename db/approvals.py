"""Questions of a rater about what waits for approval; whoever rates nobody finds nothing."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.plans import SubmissionState
from db.letters import sought
from db.models.approvals import Submission
from db.models.messages import Letter
from db.models.people import Employee, Placement
from db.models.plans import Plan
from db.states import LetterState

# The kinds of letters: what was handed in, to the rater; what was decided, to the owner.
SUBMITTED = "plan-submitted"
DECIDED = "plan-decided"
MOST_SHOWN = 50


def rated_by(raters: Sequence[Employee]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Match the plans that name as their rater a person, or somebody in whose place one decides.

    The first of the raters is the person; nobody decides about the own plan.
    """
    in_name_of = [one.id for one in raters]
    return col(Plan.rater_id).in_(in_name_of), col(Plan.employee_id) != in_name_of[0]


def seated(on: dt.date) -> ColumnElement[bool]:
    """Match whoever has a place in the agency on a day, wherever that is by now."""
    return exists().where(
        col(Placement.employee_id) == col(Submission.employee_id),
        col(Placement.since) <= on,
        or_(col(Placement.until).is_(None), col(Placement.until) > on),
    )


async def waiting(
    session: AsyncSession, raters: Sequence[Employee], *, on: dt.date
) -> list[tuple[Submission, Plan, Employee]]:
    """List what waits for raters on a day, the oldest first; of whoever left nothing waits."""
    query = (
        select(Submission, Plan, Employee)
        .join(Plan, col(Plan.id) == col(Submission.plan_id))
        .join(Employee, col(Employee.id) == col(Submission.employee_id))
        .where(col(Submission.state) == SubmissionState.SUBMITTED, *rated_by(raters), seated(on))
        .order_by(col(Submission.submitted_at), col(Submission.id))
        .limit(MOST_SHOWN)
    )
    return list(await session.exec(query))


async def one(
    session: AsyncSession,
    raters: Sequence[Employee],
    submission_id: int,
    *,
    on: dt.date,
    change: bool = False,
) -> tuple[Submission, Plan, Employee] | None:
    """Find one thing that was put before raters, decided or not; a change holds it."""
    query = (
        select(Submission, Plan, Employee)
        .join(Plan, col(Plan.id) == col(Submission.plan_id))
        .join(Employee, col(Employee.id) == col(Submission.employee_id))
        .where(col(Submission.id) == submission_id, *rated_by(raters), seated(on))
    )
    if change:
        query = query.with_for_update(of=(Submission, Plan))
    return (await session.exec(query)).first()


async def own(session: AsyncSession, employee: Employee, submission_id: int) -> Submission | None:
    """Find something a person has handed in, and hold it."""
    query = (
        select(Submission)
        .where(col(Submission.id) == submission_id, col(Submission.employee_id) == employee.id)
        .with_for_update()
    )
    return (await session.exec(query)).first()


async def drop_letter(session: AsyncSession, submission: Submission, *, error: str) -> None:
    """Let the letters to the rater and to whoever stands in go that have not been carried yet."""
    await session.execute(
        update(Letter)
        .where(
            sought(SUBMITTED, str(submission.id)),
            col(Letter.state) == LetterState.DUE,
        )
        .values(state=LetterState.DROPPED, error=error)
        .execution_options(synchronize_session=False)
    )
