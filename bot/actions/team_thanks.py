"""A leader thanks the team: one message to each, once a week, and into the group without names."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.leading import local_day
from bot.actions.team_groups import Post, group_of, post
from bot.actions.teams import Team
from bot.refusal import Refusal
from bot.skp.periods import week_of
from db import letters, teams
from db.letters import Written
from db.models.people import Employee

THANKS, GROUP_THANKS = "team-thanks", "group-thanks"


@dataclass(frozen=True)
class Thanks:
    """What thanks would say, whom they can reach, and who of these logged this week."""

    author: str
    unit: str
    everyone: frozenset[int]
    logged: frozenset[int]
    before: bool


@dataclass(frozen=True)
class Thanked:
    """How many are thanked, and the title of the group that may read it, too."""

    people: int
    group: str | None


async def offer(session: AsyncSession, author: Employee, team: Team, *, today: dt.date) -> Thanks:
    """Tell whom thanks of a leader would reach this week, and whether they were sent already."""
    members = {one.member.id: one.member for one in team.lines}
    found = await teams.logged(session, members, week_of(today))
    busy = {row.employee_id for row in found if row.last >= members[row.employee_id].since}
    reached = frozenset(key for key, one in members.items() if one.in_bot and one.reachable)
    before = await letters.with_letter(session, set(members), THANKS, period(author, today))
    name = author.address or author.name
    return Thanks(name, team.unit, reached, reached & busy, bool(before))


async def send(
    session: AsyncSession, author: Employee, team: Team, *, logged_only: bool, now: dt.datetime
) -> Thanked:
    """Thank all of a team, or those who logged this week; once a week."""
    today = local_day(author, now)
    thanks = await offer(session, author, team, today=today)
    if thanks.before:
        raise Refusal("You have thanked this team this week already.")
    chosen = sorted(thanks.logged if logged_only else thanks.everyone)
    if not chosen:
        raise Refusal("There is nobody to be thanked yet.")
    data = {"author": thanks.author, "unit": thanks.unit}
    written = [Written(one, THANKS, period(author, today), now, data=data) for one in chosen]
    await letters.put(session, written)
    group = await group_of(session, author, team.view, today=today)
    return Thanked(len(chosen), group.title if group else None)


async def tell_group(
    session: AsyncSession, author: Employee, team: Team, *, now: dt.datetime
) -> Post:
    """Put the thanks into the unit's group, once a week; nobody is named in it."""
    monday = week_of(local_day(author, now)).start
    said = (GROUP_THANKS, monday.isoformat(), {"unit": team.unit})
    return await post(session, author, team.view, said, now=now)


def period(author: Employee, today: dt.date) -> str:
    """Name the thanks of one leader in one week."""
    return f"{author.id}:{week_of(today).start.isoformat()}"
