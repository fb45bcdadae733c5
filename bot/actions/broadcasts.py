"""What an admin says to many at once: written, shown, sent, stopped, reported."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.staff import admin_only
from bot.refusal import Refusal
from bot.skp.quiet import end_of_quiet
from db import broadcasts, letters
from db.letters import PER_SECOND
from db.models.messages import AuditRecord, Broadcast, Letter
from db.models.people import Employee, Unit
from db.states import BroadcastState, LetterState

LONGEST = 3500
NAMED = (letters.BLOCKED, letters.UNCERTAIN, letters.STOPPED)


@dataclass(frozen=True)
class Place:
    """A unit that can be chosen."""

    id: int
    name: str


@dataclass(frozen=True)
class Preview:
    """A broadcast as it would go out: to how many, how fast, and how many sleep now."""

    id: int
    text: str
    unit: str | None
    people: int
    quiet: int

    @property
    def seconds(self) -> int:
        """Tell about how long it takes."""
        return -(-self.people // PER_SECOND)


@dataclass(frozen=True)
class Standing:
    """How far a broadcast is."""

    id: int
    unit: str | None
    state: BroadcastState
    sent: int
    blocked: int
    uncertain: int
    stopped: int
    other: int
    waiting: int

    @property
    def people(self) -> int:
        """Count everybody it was meant for."""
        arrived = self.sent + self.blocked + self.uncertain
        return arrived + self.stopped + self.other + self.waiting


async def loaded(session: AsyncSession, admin: Employee, broadcast_id: int) -> Broadcast:
    """Load a broadcast of the admin's own, or refuse."""
    admin_only(admin)
    broadcast = await broadcasts.own(session, admin, broadcast_id)
    if broadcast is None:
        raise Refusal("This button no longer works.")
    return broadcast


async def write(
    session: AsyncSession,
    admin: Employee,
    text: str,
    *,
    now: dt.datetime,
    unit_id: int | None = None,
) -> int:
    """Keep what the admin wrote as the one draft, and give its key.

    A draft is never changed but replaced, so that the button under an old preview cannot send
    another text than the one above it.
    """
    admin_only(admin)
    words = text.replace("\x00", "").strip()
    if not words:
        raise Refusal("The text is empty. Write what everybody should read.")
    # Telegram counts as its own strings do.
    length = len(words.encode("utf-16-le")) // 2
    if length > LONGEST:
        raise Refusal(
            "The text has {length} characters; a broadcast may have at most {limit}. Please"
            " shorten it and send it again.",
            length=length,
            limit=LONGEST,
        )
    await broadcasts.forget_drafts(session, admin)
    draft = Broadcast(author_id=admin.id or 0, unit_id=unit_id, text=words, created_at=now)
    session.add(draft)
    await session.flush()
    return draft.id or 0


async def places(session: AsyncSession, admin: Employee, text: str = "") -> list[Place]:
    """List the units part of whose name this is."""
    admin_only(admin)
    found = await broadcasts.units_named(session, admin, text.strip())
    return [Place(unit.id or 0, unit.name) for unit in found]


async def address(
    session: AsyncSession, admin: Employee, broadcast_id: int, unit_id: int | None
) -> None:
    """Choose whom a draft goes to: a unit with those below it, or everybody."""
    draft = await loaded(session, admin, broadcast_id)
    unit = await broadcasts.unit_of(session, admin, unit_id) if unit_id is not None else None
    if draft.state is not BroadcastState.DRAFT or (unit is None) != (unit_id is None):
        raise Refusal("This button no longer works.")
    draft.unit_id = unit_id
    session.add(draft)


async def preview(
    session: AsyncSession, admin: Employee, broadcast_id: int, *, now: dt.datetime
) -> Preview:
    """Show a draft with the number of people it reaches now."""
    draft = await loaded(session, admin, broadcast_id)
    if draft.state is not BroadcastState.DRAFT:
        raise Refusal("This button no longer works.")
    reach = await broadcasts.reach(session, draft.unit_id, on=own_day(admin, now))
    quiet = sum(count for zone, count in reach.items() if waits(zone, now) is not None)
    unit = await unit_name(session, admin, draft)
    return Preview(broadcast_id, draft.text, unit, sum(reach.values()), quiet)


async def send(
    session: AsyncSession, admin: Employee, broadcast_id: int, *, now: dt.datetime, at_once: bool
) -> Standing:
    """Put a broadcast's letters into the post; a second tap sends nothing twice."""
    draft = await loaded(session, admin, broadcast_id)
    on = own_day(admin, now)
    zones = await broadcasts.reach(session, draft.unit_id, on=on)
    if draft.state is BroadcastState.DRAFT and not zones:
        raise Refusal("Nobody here can be reached yet. Choose other addressees.")
    if await broadcasts.take_draft(session, draft, at_once=at_once, sent_at=now):
        await session.refresh(draft)
        due = {zone: now if at_once else waits(zone, now) or now for zone in zones}
        await broadcasts.put_letters(session, draft, due, on=on)
        session.add(note(admin, "broadcast.sent", draft, now))
    return await standing(session, draft)


async def stop(
    session: AsyncSession, admin: Employee, broadcast_id: int, *, now: dt.datetime
) -> Standing:
    """Drop what nobody has claimed yet; what is on its way arrives."""
    broadcast = await loaded(session, admin, broadcast_id)
    if broadcast.state is BroadcastState.SENDING:
        broadcast.state, broadcast.stopped_at = BroadcastState.STOPPED, now
        session.add(broadcast)
        await session.flush()
        await broadcasts.stop(session, broadcast, error=letters.STOPPED)
        session.add(note(admin, "broadcast.stopped", broadcast, now))
    return await standing(session, broadcast)


async def look(session: AsyncSession, admin: Employee, broadcast_id: int) -> Standing:
    """Show how far a broadcast is."""
    broadcast = await loaded(session, admin, broadcast_id)
    if broadcast.state is BroadcastState.DRAFT:
        raise Refusal("This button no longer works.")
    return await standing(session, broadcast)


async def drop(session: AsyncSession, admin: Employee, broadcast_id: int) -> None:
    """Delete a draft."""
    draft = await loaded(session, admin, broadcast_id)
    if draft.state is not BroadcastState.DRAFT:
        raise Refusal("This button no longer works.")
    await session.delete(draft)


async def close(session: AsyncSession, *, now: dt.datetime) -> None:
    """End the broadcasts of which nothing is left to carry, each with a report to its author."""
    for broadcast in await broadcasts.settled(session):
        if broadcast.state is BroadcastState.SENDING:
            broadcast.state = BroadcastState.DONE
        broadcast.finished_at = now
        session.add(broadcast)
        report = Letter(
            employee_id=broadcast.author_id,
            kind=broadcasts.REPORT,
            period=str(broadcast.id),
            due_at=now,
        )
        await session.flush()
        await letters.put(session, [report])


async def standing(session: AsyncSession, broadcast: Broadcast) -> Standing:
    """Count what became of a broadcast's letters so far."""
    counted: Counter[str] = Counter()
    for state, error, number in await broadcasts.tally(session, broadcast):
        if state == LetterState.DROPPED:
            counted[error if error is not None and error in NAMED else "other"] += number
        else:
            counted["sent" if state == LetterState.SENT else "waiting"] += number
    unit = await session.get(Unit, broadcast.unit_id) if broadcast.unit_id else None
    return Standing(
        id=broadcast.id or 0,
        unit=unit.name if unit else None,
        state=broadcast.state,
        sent=counted["sent"],
        blocked=counted[letters.BLOCKED],
        uncertain=counted[letters.UNCERTAIN],
        stopped=counted[letters.STOPPED],
        other=counted["other"],
        waiting=counted["waiting"],
    )


async def unit_name(session: AsyncSession, admin: Employee, broadcast: Broadcast) -> str | None:
    """Name the unit a broadcast goes to; nothing when it goes to all."""
    if broadcast.unit_id is None:
        return None
    unit = await broadcasts.unit_of(session, admin, broadcast.unit_id)
    return unit.name if unit else None


def waits(zone: str, now: dt.datetime) -> dt.datetime | None:
    """Tell until when a zone's quiet hours last; None outside them."""
    end = end_of_quiet(now.astimezone(ZoneInfo(zone)))
    return end.astimezone(dt.UTC) if end else None


def own_day(admin: Employee, now: dt.datetime) -> dt.date:
    """Tell the day it is where the admin is."""
    return now.astimezone(ZoneInfo(admin.zone)).date()


def note(admin: Employee, action: str, broadcast: Broadcast, now: dt.datetime) -> AuditRecord:
    """Record what an admin did with a broadcast."""
    told = {"broadcast": broadcast.id, "unit": broadcast.unit_id}
    return AuditRecord(at=now, actor_id=admin.id, action=action, details=told)
