"""What a leader lets the bot say in the unit's group: thanks, and never a name."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.leading import leader_of, local_day
from bot.actions.team_views import View
from bot.refusal import Refusal
from db import letters, teams, unit_groups
from db.letters import Written
from db.models.people import Employee
from db.models.quiz import UnitGroup


@dataclass(frozen=True)
class Post:
    """Into which group something goes, and whether it went there before."""

    group: str
    before: bool


async def group_of(
    session: AsyncSession, author: Employee, view: View, *, today: dt.date
) -> UnitGroup | None:
    """Find the group of the unit whose team a person leads."""
    leader = await leader_of(session, author, view.of, on=today)
    place = await teams.unit_of(session, leader, on=today)
    return await unit_groups.of_unit(session, author, place[0]) if place else None


async def post(
    session: AsyncSession,
    author: Employee,
    view: View,
    said: tuple[str, str, dict[str, Any]],
    *,
    now: dt.datetime,
) -> Post:
    """Put something (its kind, what it is about, its data) into the unit's group, once."""
    today = local_day(author, now)
    group = await group_of(session, author, view, today=today)
    if group is None:
        raise Refusal("This unit has no group with me yet.")
    kind, about, data = said
    period = f"{group.id}:{about}"
    before = await letters.with_letter(session, {author.id or 0}, kind, period)
    await letters.put(session, [Written(author.id or 0, kind, period, now, data=data)])
    return Post(group.title, bool(before))
