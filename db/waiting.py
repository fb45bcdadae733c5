"""Questions about which leaders something waits for; many leaders at once."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.plans import SubmissionState
from db.feedback import answered
from db.keys import among
from db.models.approvals import Submission
from db.models.dealings import Obstacle
from db.models.entries import Entry
from db.models.people import Acting, Placement
from db.models.plans import Plan
from db.rhythms import in_force
from db.sums import kept


async def leaders_of(
    session: AsyncSession, employee_ids: Collection[int], day: dt.date
) -> dict[int, set[int]]:
    """Give whose work some people see to on a day: their own, and whose in place they lead.

    The answer is by leader.
    """
    query = select(col(Acting.leader_id), col(Acting.employee_id)).where(
        among(col(Acting.employee_id), employee_ids),
        col(Acting.since) <= day,
        or_(col(Acting.until).is_(None), col(Acting.until) > day),
    )
    found = {employee_id: {employee_id} for employee_id in employee_ids}
    for leader_id, employee_id in await session.execute(query):
        found.setdefault(leader_id, set()).add(employee_id)
    return found


async def held_up(
    session: AsyncSession, leader_ids: Collection[int], day: dt.date, *, before: dt.datetime
) -> set[int]:
    """Tell for whom a plan or an obstacle has waited since before a moment."""
    plans = (
        select(col(Plan.rater_id))
        .join(Submission, col(Submission.plan_id) == col(Plan.id))
        .where(
            among(col(Plan.rater_id), leader_ids),
            col(Submission.state) == SubmissionState.SUBMITTED,
            col(Submission.submitted_at) < before,
        )
    )
    obstacles = (
        select(col(Placement.supervisor_id))
        .join(Obstacle, col(Obstacle.employee_id) == col(Placement.employee_id))
        .where(
            among(col(Placement.supervisor_id), leader_ids),
            in_force(day),
            col(Obstacle.closed_at).is_(None),
            col(Obstacle.answer).is_(None),
            col(Obstacle.created_at) < before,
        )
    )
    return set((await session.execute(plans.union(obstacles))).scalars())


async def unanswered(
    session: AsyncSession, leader_ids: Collection[int], day: dt.date, *, since: dt.date
) -> set[int]:
    """Tell for whom an entry waits that was logged since a day under them."""
    query = (
        select(col(Placement.supervisor_id))
        .join(Entry, col(Entry.employee_id) == col(Placement.employee_id))
        .where(
            among(col(Placement.supervisor_id), leader_ids),
            in_force(day),
            kept(),
            col(Entry.day) >= since,
            col(Entry.day) >= col(Placement.since),
            ~answered(),
        )
        .distinct()
    )
    return set((await session.execute(query)).scalars())
