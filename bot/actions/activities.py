"""What one message tells of: an entry for each activity, made and taken back together."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import entries
from bot.actions.entries import Heard, Typed
from bot.actions.receipts import Receipt, Told, receipt_of
from bot.refusal import Refusal
from bot.skp.entries import EntryState
from db import entries as questions
from db.models.entries import Entry
from db.models.people import Employee


@dataclass(frozen=True)
class Hold:
    """What a button holds of all that a message told of, and when it was tapped."""

    arrival_id: int
    version: int | None
    now: dt.datetime
    edit_days: int


@dataclass(frozen=True)
class Part:
    """One activity of a message and what is understood of it."""

    text: str
    heard: Heard


async def record(
    session: AsyncSession,
    employee: Employee,
    typed: Typed,
    *,
    edit_days: int,
    heard: Heard | None = None,
) -> Told:
    """Save what a message tells of; what came with it proves each of its activities."""
    heard = heard or await entries.hear(session, employee, typed.text, sent_at=typed.sent_at)
    parts = parts_of(typed.text, heard)
    shown = []
    for number, part in enumerate(parts, start=1):
        own = dataclasses.replace(typed, text=part.text, part=number if len(parts) > 1 else 0)
        shown.append(
            await entries.record(session, employee, own, edit_days=edit_days, heard=part.heard)
        )
    return Told(tuple(shown))


def parts_of(text: str, heard: Heard) -> list[Part]:
    """Part a message where the ear is sure; else it is one activity."""
    if not heard.told:
        return [Part(text, heard)]
    return [
        Part(own, Heard(one, heard.outlook))
        for own, one in zip(heard.proposal.parts, heard.told, strict=True)
    ]


async def made_by(session: AsyncSession, employee: Employee, hold: Hold) -> Told | None:
    """Show what an arrival has made, if it has made anything; what was deleted stays away."""
    found = await questions.of_arrival(session, employee, hold.arrival_id)
    if found:
        return await view(session, employee, found, hold)
    if await questions.last_part(session, employee, hold.arrival_id) is not None:
        raise Refusal("This button no longer works.")
    return None


async def look(session: AsyncSession, employee: Employee, hold: Hold) -> Told:
    """Show what an arrival has made as it is now."""
    found = await questions.of_arrival(session, employee, hold.arrival_id)
    if not found:
        raise Refusal("This button no longer works.")
    return await view(session, employee, found, hold)


async def view(
    session: AsyncSession, employee: Employee, found: Sequence[Entry], hold: Hold
) -> Told:
    """Write the receipts of entries; they are stale when the button is from an older version."""
    today = hold.now.astimezone(ZoneInfo(employee.zone)).date()
    shown = [
        await receipt_of(session, employee, one, today=today, edit_days=hold.edit_days)
        for one in found
    ]
    told = Told(tuple(shown))
    return dataclasses.replace(told, stale=hold.version not in {None, told.version})


async def opened(session: AsyncSession, employee: Employee, hold: Hold) -> tuple[list[Entry], Told]:
    """Take hold of all that a message told of, if it may still change."""
    found = await questions.of_arrival(session, employee, hold.arrival_id)
    if not found:
        raise Refusal("This button no longer works.")
    told = await view(session, employee, found, hold)
    if not told.stale and not told.changeable:
        raise Refusal(
            "This entry can no longer be changed. It stays in your record as it is.", way="history"
        )
    return found, told


async def undo(session: AsyncSession, employee: Employee, hold: Hold) -> Told:
    """Take all that a message told of back; it can return."""
    return await turned(session, employee, hold, EntryState.UNDONE)


async def restore(session: AsyncSession, employee: Employee, hold: Hold) -> Told:
    """Bring all that was taken back of a message."""
    return await turned(session, employee, hold, EntryState.KEPT)


async def turned(session: AsyncSession, employee: Employee, hold: Hold, state: EntryState) -> Told:
    """Bring all entries of a message into a state."""
    found, told = await opened(session, employee, hold)
    if told.stale:
        return told
    for one in found:
        if one.state is not state:
            turn(session, one, state, now=hold.now)
    await session.flush()
    return await view(session, employee, found, dataclasses.replace(hold, version=None))


def turn(session: AsyncSession, entry: Entry, state: EntryState, *, now: dt.datetime) -> None:
    """Bring one entry into another state, under a new version."""
    entry.state, entry.version, entry.changed_at = state, entry.version + 1, now
    session.add(entry)


def subjects(told: Told) -> set[str]:
    """Name what a message may be about that shows these entries, together or one of them."""
    return {subject(told), *map(subject_of, told.receipts)}


def subject(told: Told) -> str:
    """Name what an answer is about: an entry, or all that one message told of."""
    return subject_of(told.only) if told.only else f"entries:{told.arrival_id}"


def subject_of(shown: Receipt) -> str:
    """Name an entry as what an answer is about."""
    return f"entry:{shown.entry_id}"
