"""What a leader asks in words of the team's people: who is excused, and whom a name means."""

import datetime as dt
import re
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.teams import Team
from bot.skp.people import AbsenceKind
from bot.skp.workdays import ONE_DAY
from db import teams
from db.teams import Member

WORD = re.compile(r"[^\W_]+")
# Forms of address tell nothing of who is meant.
FORMS = {"bu", "ibu", "pak", "bapak", "mas", "mbak", "kak", "kakak", "bli", "kang", "teh", "dr"}


@dataclass(frozen=True)
class Excused:
    """One person's days away, the first and the last included."""

    name: str
    kind: AbsenceKind
    first: dt.date
    last: dt.date


async def excused(session: AsyncSession, team: Team) -> list[Excused]:
    """List who of a team is away in the whole stretch it is seen in, by day and name."""
    members = {line.member.id: line.member for line in team.lines}
    found = [
        Excused(
            members[one.employee_id].name,
            one.kind,
            max(one.first, members[one.employee_id].since),
            one.last,
        )
        for one in await teams.away(session, list(members), team.view.whole)
    ]
    # What was before a leader's own time stays there.
    theirs = [one for one in found if max(one.first, team.view.whole.start) < one.last + ONE_DAY]
    return sorted(theirs, key=lambda one: (one.first, one.name))


def named(team: Team, words: str) -> list[Member]:
    """List whom of a team a name means: all its words stand in their name or form of address."""
    asked = set(WORD.findall(words.casefold())) - FORMS
    if not asked:
        return []
    members = [line.member for line in team.lines]
    return [
        one for one in members if asked <= set(WORD.findall(f"{one.name} {one.address}".casefold()))
    ]
