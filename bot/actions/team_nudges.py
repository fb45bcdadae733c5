"""A leader asks kindly for the entry of today; a second tap asks nobody twice."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.leading import local_day
from bot.actions.occasions import NUDGE
from bot.actions.team_views import Presence, Scale, View
from bot.actions.teams import survey
from bot.refusal import Refusal
from bot.skp.quiet import is_quiet
from db import letters
from db.letters import Written
from db.models.people import Employee


@dataclass(frozen=True)
class Nudged:
    """How many are asked now, and how many had been asked today already."""

    now: int
    before: int


async def ask(
    session: AsyncSession, leader: Employee, view: View, employee_id: int, *, now: dt.datetime
) -> Nudged:
    """Ask one of the team, or with 0 all who have no entry today and can be reached."""
    today = local_day(leader, now)
    if view.day != today:
        raise Refusal("This button no longer works.")
    if is_quiet(now.astimezone(ZoneInfo(leader.zone)).time()):
        raise Refusal("In the quiet hours, 18.00 to 07.00, nobody is asked.")
    team = await survey(session, leader, View(Scale.DAY, today, view.of), today=today)
    if team is None:
        raise Refusal("This button no longer works.")
    silent = {
        line.member.id
        for line in team.lines
        if line.presence is Presence.MISSING and line.member.in_bot and line.member.reachable
    }
    chosen = silent & {employee_id} if employee_id else silent
    period = today.isoformat()
    before = await letters.with_letter(session, chosen, NUDGE, period)
    fresh = sorted(chosen - before)
    await letters.put(session, [Written(one, NUDGE, period, now) for one in fresh])
    return Nudged(len(fresh), len(before))
