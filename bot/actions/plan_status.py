"""How far a person's plan is: its state, what waits with the rater, and what came back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.plan_changes import wished_target
from bot.skp.periods import year_of
from bot.skp.plans import PlanState, SubmissionState
from bot.understanding.plan_targets import Target
from db import plan_details
from db.models.people import Employee


@dataclass(frozen=True)
class Wish:
    """What an approved RHK is to become."""

    text: str | None
    target: Target | None


@dataclass(frozen=True)
class Status:
    """How far a plan is; without one the state is empty."""

    year: int
    state: PlanState | None = None
    rater: str | None = None
    # Of every RHK of the plan, by key.
    states: Mapping[int, PlanState] = field(default_factory=dict)
    wishes: Mapping[int, Wish] = field(default_factory=dict)
    waiting: int | None = None
    since: dt.datetime | None = None
    answer: str | None = None
    additional: int = 0

    @property
    def open(self) -> bool:
        """Tell whether there is something to hand in, and nothing of the plan waits already."""
        drafts = PlanState.DRAFT in self.states.values() or bool(self.wishes)
        return self.waiting is None and drafts

    @property
    def revises(self) -> bool:
        """Tell whether what is handed in changes a plan that was approved."""
        return self.state is PlanState.APPROVED


async def status_of(session: AsyncSession, employee: Employee, *, today: dt.date) -> Status:
    """Tell how far a person's plan of the year is."""
    additional = await plan_details.additional_entries(session, employee, year_of(today))
    plan = await plan_details.plan_of(session, employee, today.year)
    if plan is None:
        return Status(today.year, additional=additional)
    last = await plan_details.last_submission(session, plan)
    waits = last is not None and last.state is SubmissionState.SUBMITTED
    found = await plan_details.results_of(session, plan)
    wishes = await plan_details.proposals_of(session, plan)
    rater = await plan_details.rater_of(session, plan)
    return Status(
        year=plan.year,
        state=plan.state,
        rater=rater.name if rater else None,
        states={one.id or 0: one.state for one in found},
        wishes={key: Wish(one.text, wished_target(one)) for key, one in wishes.items()},
        waiting=last.id if last is not None and waits else None,
        since=last.submitted_at if last is not None and waits else None,
        answer=last.answer if last is not None and last.state is SubmissionState.RETURNED else None,
        additional=additional,
    )
