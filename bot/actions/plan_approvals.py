"""What a rater does about the plans of the own people: look, approve, give back with a reason."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.leading import leaders_seen, local_day
from bot.actions.plan_changes import measures_of, put_target, wished_target
from bot.actions.plan_submissions import move, note
from bot.refusal import Refusal
from bot.skp.plans import (
    OUTCOMES,
    Aspect,
    Direction,
    Move,
    PlanState,
    ResultKind,
    SubmissionState,
    is_reason,
)
from db import approvals, letters, plan_details
from db.models.approvals import Proposal, Submission
from db.models.messages import Letter
from db.models.people import Employee
from db.models.plans import ActionPlan, Indicator, Plan, WorkResult


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a rater."""

    id: int
    name: str
    year: int
    since: dt.datetime
    revises: bool


@dataclass(frozen=True)
class Goal:
    """A target: a number with its unit, which one that falls is not to pass."""

    value: Decimal
    unit: str
    falls: bool


@dataclass(frozen=True)
class Asked:
    """One RHK that is to be approved; a changed one says what it was and what it is to be."""

    number: int
    kind: ResultKind
    text: str
    targets: tuple[Goal, ...]
    steps: int
    new_text: str | None = None
    new_target: Goal | None = None
    changes: bool = False


@dataclass(frozen=True)
class Case:
    """One thing that was put before a rater, with all that is to be approved."""

    id: int
    person_id: int
    name: str
    year: int
    since: dt.datetime
    state: SubmissionState
    reason: str | None
    answer: str | None
    results: tuple[Asked, ...]

    @property
    def waits(self) -> bool:
        """Tell whether it is still to be decided."""
        return self.state is SubmissionState.SUBMITTED


Found = tuple[Submission, Plan, Employee]


async def queue(session: AsyncSession, leader: Employee, *, now: dt.datetime) -> list[Waiting]:
    """List what waits for a rater or for whoever stands in, the oldest first."""
    day = local_day(leader, now)
    raters = await leaders_seen(session, leader, on=day)
    return [
        Waiting(
            submission.id or 0,
            person.name,
            plan.year,
            submission.submitted_at,
            revises=submission.reason is not None,
        )
        for submission, plan, person in await approvals.waiting(session, raters, on=day)
    ]


async def loaded(
    session: AsyncSession,
    leader: Employee,
    submission_id: int,
    *,
    now: dt.datetime,
    change: bool = False,
) -> Found:
    """Load what was put before a rater, also for whoever stands in, or refuse."""
    day = local_day(leader, now)
    raters = await leaders_seen(session, leader, on=day)
    found = await approvals.one(session, raters, submission_id, on=day, change=change)
    if found is None:
        raise Refusal("This button no longer works.")
    return found


async def look(
    session: AsyncSession, leader: Employee, submission_id: int, *, now: dt.datetime
) -> Case:
    """Show a rater what is to be approved."""
    return await case_of(session, await loaded(session, leader, submission_id, now=now))


async def case_of(session: AsyncSession, found: Found) -> Case:
    """Gather what belongs to a submission."""
    submission, plan, person = found
    results = await plan_details.results_of(session, plan)
    keys = [one.id or 0 for one in results]
    measures = await plan_details.indicators_of(session, keys)
    steps = await plan_details.steps_of(session, keys)
    wishes = await plan_details.proposals_of(session, plan)
    asked = [
        asked_of(one, measures.get(one.id or 0, []), steps.get(one.id or 0, []), wishes)
        for one in results
        if one.state is PlanState.SUBMITTED or one.id in wishes
    ]
    return Case(
        id=submission.id or 0,
        person_id=submission.employee_id,
        name=person.name,
        year=plan.year,
        since=submission.submitted_at,
        state=submission.state,
        reason=submission.reason,
        answer=submission.answer,
        results=tuple(asked) if submission.state is SubmissionState.SUBMITTED else (),
    )


def asked_of(
    result: WorkResult,
    measures: list[Indicator],
    steps: list[ActionPlan],
    wishes: dict[int, Proposal],
) -> Asked:
    """Tell what is asked for one RHK."""
    wish = wishes.get(result.id or 0)
    return Asked(
        number=result.number,
        kind=result.kind,
        text=result.text,
        targets=tuple(
            Goal(one.target, one.unit, one.direction is Direction.DOWN) for one in measures
        ),
        steps=len(steps),
        new_text=wish.text if wish else None,
        new_target=new_goal(wish, measures) if wish else None,
        changes=wish is not None,
    )


def new_goal(wish: Proposal, measures: list[Indicator]) -> Goal | None:
    """Give the wished target; one that says no direction keeps that of the IKI it replaces."""
    target = wished_target(wish)
    if target is None:
        return None
    leading = next((one for one in measures if one.aspect is Aspect.QUANTITY), None)
    leading = leading or (measures[0] if measures else None)
    falling = leading is not None and leading.direction is Direction.DOWN
    return Goal(target.value, target.unit, target.falls or (falling and not target.rises))


async def approve(
    session: AsyncSession, leader: Employee, submission_id: int, *, now: dt.datetime
) -> Case:
    """Approve what was handed in; wishes become true, and the person is told."""
    found = await undecided(session, leader, submission_id, now=now)
    plan = found[1]
    await move(session, plan, PlanState.SUBMITTED, Move.APPROVE)
    wishes = await plan_details.proposals_of(session, plan)
    for result in await plan_details.results_of(session, plan):
        if result.id in wishes:
            await grant(session, result, wishes[result.id])
    return await decide(session, leader, found, Move.APPROVE, now)


async def give_back(
    session: AsyncSession, leader: Employee, submission_id: int, reason: str, *, now: dt.datetime
) -> Case:
    """Give back what was handed in, with the reason, which reaches the person."""
    words = " ".join(reason.replace("\x00", "").split())
    if not is_reason(words):
        raise Refusal("Please give the reason in one sentence of at most 500 characters.")
    found = await undecided(session, leader, submission_id, now=now)
    submission, plan, _ = found
    submission.answer = words
    await move(session, plan, PlanState.SUBMITTED, Move.RETURN)
    return await decide(session, leader, found, Move.RETURN, now)


async def undecided(
    session: AsyncSession, leader: Employee, submission_id: int, *, now: dt.datetime
) -> Found:
    """Load and hold what is still to be decided, or refuse; of two taps only one decides."""
    found = await loaded(session, leader, submission_id, now=now, change=True)
    if found[0].state is not SubmissionState.SUBMITTED:
        raise Refusal("This is decided or taken back already.")
    return found


async def grant(session: AsyncSession, result: WorkResult, wish: Proposal) -> None:
    """Let an RHK become what was wished."""
    result.text = wish.text or result.text
    session.add(result)
    target = wished_target(wish)
    if target is not None:
        put_target(session, result, await measures_of(session, result), target)
    await session.delete(wish)


async def decide(
    session: AsyncSession, leader: Employee, found: Found, made: Move, now: dt.datetime
) -> Case:
    """Note what was decided, and tell the person at once."""
    submission, _, person = found
    submission.state, submission.decided_at = OUTCOMES[made], now
    submission.decider_id = leader.id
    session.add(submission)
    note(session, leader, submission, made, now)
    await session.flush()
    await approvals.drop_letter(session, submission, error=letters.UNWANTED)
    letter = Letter(
        employee_id=person.id or 0,
        kind=approvals.DECIDED,
        period=str(submission.id),
        data={
            "name": leader.address or leader.name,
            "approved": made is Move.APPROVE,
            "answer": submission.answer,
        },
        due_at=now,
    )
    await letters.put(session, [letter])
    return await case_of(session, found)
