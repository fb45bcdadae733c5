"""What a leader lets the bot say in the unit's group: sums and thanks, and never a name."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.leading import leader_of, local_day
from bot.actions.team_views import View
from bot.actions.teams import Team
from bot.refusal import Refusal
from bot.skp.small_groups import FEW
from db import letters, team_totals, teams, unit_groups
from db.letters import Written
from db.models.people import Employee
from db.models.quiz import UnitGroup

TOTALS = "group-totals"


@dataclass(frozen=True)
class Totals:
    """What may be told of a team where others read along; it names nobody."""

    unit: str
    view: View
    people: int
    logged: int
    entries: int
    themes: tuple[str, ...]


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


async def offer(
    session: AsyncSession, author: Employee, team: Team, *, today: dt.date
) -> tuple[str, Totals | None] | None:
    """Show what the unit's group, if there is one, would read of a team, and its title."""
    group = await group_of(session, author, team.view, today=today)
    return (group.title, await totals_of(session, team)) if group else None


async def totals_of(session: AsyncSession, team: Team) -> Totals | None:
    """Sum a team up so that no sum tells of a person; of a few people nothing is told."""
    members = {one.member.id: one.member.since for one in team.lines}
    if len(members) < FEW:
        return None
    return Totals(
        unit=team.unit,
        view=team.view,
        people=len(members),
        logged=sum(one.entries > 0 for one in team.lines),
        entries=sum(one.entries for one in team.lines),
        themes=tuple(await team_totals.themes_logged(session, members, team.view.period)),
    )


async def tell_totals(
    session: AsyncSession, author: Employee, team: Team, *, now: dt.datetime
) -> Post:
    """Put the totals of a stretch into the unit's group; on one day they are told once."""
    told = await totals_of(session, team)
    if told is None:
        raise Refusal("Totals of fewer than three people would tell of persons; they stay here.")
    data = {
        "unit": told.unit,
        "scale": int(told.view.scale),
        "day": told.view.day.isoformat(),
        "people": told.people,
        "logged": told.logged,
        "entries": told.entries,
        "themes": list(told.themes),
    }
    about = f"{int(told.view.scale)}:{told.view.day.isoformat()}"
    return await post(session, author, team.view, (TOTALS, about, data), now=now)


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
