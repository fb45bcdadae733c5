"""A person asks the leader for a word on one of the own entries, once for each."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.feedback import ASKED, Card, card
from bot.actions.leading import leaders_over, local_day
from bot.refusal import Refusal
from bot.skp.dealings import waiting_since
from db import calendars, entries, feedback, letters, teams
from db.letters import Written
from db.models.entries import Entry
from db.models.people import Employee


@dataclass(frozen=True)
class Asking:
    """Whether a word on an entry can be asked for now, and whether it has been."""

    open: bool = False
    asked: bool = False


async def asking_of(
    session: AsyncSession, employee: Employee, entry: Entry, *, today: dt.date
) -> Asking:
    """Tell whether a person can ask for a word on one of the own entries, or has."""
    leaders = await leaders_over(session, employee, on=today)
    ids = {one.id or 0 for one in leaders}
    if await letters.with_letter(session, ids, ASKED, str(entry.id)):
        return Asking(asked=True)
    if not entry.text or not any(within_reach(one) for one in leaders):
        return Asking()
    return Asking(open=await waits(session, employee, entry, leaders[0], today=today))


def within_reach(leader: Employee) -> bool:
    """Tell whether a leader can be written to."""
    here = leader.telegram_id is not None and leader.consented_at is not None
    return here and leader.unreachable_since is None


async def waits(
    session: AsyncSession, employee: Employee, entry: Entry, leader: Employee, *, today: dt.date
) -> bool:
    """Tell whether an entry waits for a leader's word, so that it stands in the leader's queue."""
    member = await teams.member(session, leader, employee.id or 0, on=today)
    calendar = await calendars.calendar_of(session, leader, on=today)
    if member is None or entry.day < max(member.since, waiting_since(today, calendar)):
        return False
    return await feedback.is_waiting(session, employee, entry.id or 0)


async def ask(
    session: AsyncSession, employee: Employee, entry_id: int, *, now: dt.datetime
) -> list[str]:
    """Ask whoever leads a person for a word on one of the own entries, and name those."""
    today = local_day(employee, now)
    entry = await entries.own(session, employee, entry_id)
    if entry is None:
        raise Refusal("This button no longer works.")
    found = await asking_of(session, employee, entry, today=today)
    if found.asked:
        raise Refusal("You have asked for feedback on this entry already.")
    if not found.open:
        raise Refusal("Feedback on this entry can no longer be asked for.")
    leaders = [one for one in await leaders_over(session, employee, on=today) if within_reach(one)]
    await letters.put(session, [Written(one.id or 0, ASKED, str(entry_id), now) for one in leaders])
    return [one.address or one.name for one in leaders]


async def still_asked(
    session: AsyncSession, leader: Employee, entry_id: int, *, today: dt.date
) -> Card | None:
    """Show an entry that a leader is asked about, while it waits and is the leader's to see."""
    try:
        shown = await card(session, leader, entry_id, waiting=0, today=today)
    except Refusal:
        return None
    owner = await session.get(Employee, shown.employee_id)
    waiting = owner is not None and await feedback.is_waiting(session, owner, entry_id)
    return shown if waiting else None
