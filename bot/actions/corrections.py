"""Put an entry right: another RHK, number, day, hours or words; take it back, bring it back."""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import evidence
from bot.actions.entries import LARGEST, NIGHT, UNIT_LIMIT, Typed, rewrite
from bot.actions.evidence import Enclosure
from bot.actions.plausibility import measured
from bot.actions.receipts import Receipt, receipt_of
from bot.actions.typed_values import DAY_OF_MINUTES, Amount, Hours
from bot.refusal import Refusal
from bot.skp.entries import EntryState
from db import entries, plans
from db.models.entries import Entry
from db.models.people import Employee


@dataclass(frozen=True)
class Grip:
    """What a button holds of an entry, and when it was tapped; no version fits every one."""

    entry_id: int
    version: int | None
    now: dt.datetime
    edit_days: int


async def look(session: AsyncSession, employee: Employee, grip: Grip) -> Receipt:
    """Show one of a person's own entries as it is now."""
    entry = await entries.own(session, employee, grip.entry_id)
    if entry is None:
        raise Refusal("This button no longer works.")
    return await view(session, employee, entry, grip)


async def view(session: AsyncSession, employee: Employee, entry: Entry, grip: Grip) -> Receipt:
    """Write an entry's receipt; it is stale when the button came from an older version."""
    receipt = await receipt_of(
        session, employee, entry, today=today_of(employee, grip), edit_days=grip.edit_days
    )
    stale = grip.version is not None and grip.version != entry.version
    return dataclasses.replace(receipt, stale=stale)


async def opened(session: AsyncSession, employee: Employee, grip: Grip) -> tuple[Entry, Receipt]:
    """Take hold of an entry that may still change; a stale grip changes nothing."""
    entry = await entries.own(session, employee, grip.entry_id, change=True)
    if entry is None:
        raise Refusal("This button no longer works.")
    receipt = await view(session, employee, entry, grip)
    if not receipt.stale and not receipt.changeable:
        raise Refusal(
            "This entry can no longer be changed. It stays in your record as it is.", way="history"
        )
    return entry, receipt


async def changed(session: AsyncSession, employee: Employee, entry: Entry, grip: Grip) -> Receipt:
    """Keep a change under a new version and write the new receipt."""
    entry.version += 1
    entry.changed_at = grip.now
    session.add(entry)
    await session.flush()
    return await view(session, employee, entry, dataclasses.replace(grip, version=entry.version))


async def relink(
    session: AsyncSession, employee: Employee, grip: Grip, work_result_id: int
) -> Receipt:
    """Link an entry to another of the person's own RHK; none (0) makes it a tugas tambahan."""
    entry, receipt = await opened(session, employee, grip)
    if receipt.stale:
        return receipt
    if work_result_id and not await plans.own_result(session, employee, work_result_id):
        raise Refusal("This button no longer works.")
    first = entry.work_result_id is None and not entry.additional
    entry.work_result_id = work_result_id or None
    entry.additional = not work_result_id
    entry.by_hand = True
    shown = await changed(session, employee, entry, grip)
    # Without an RHK there was no target that the figure could be compared with.
    return await measured(session, shown) if first else shown


async def undo(session: AsyncSession, employee: Employee, grip: Grip) -> Receipt:
    """Take an entry back; it can return."""
    return await turned(session, employee, grip, EntryState.UNDONE)


async def restore(session: AsyncSession, employee: Employee, grip: Grip) -> Receipt:
    """Bring an undone entry back."""
    return await turned(session, employee, grip, EntryState.KEPT)


async def delete(session: AsyncSession, employee: Employee, grip: Grip) -> Receipt:
    """Delete an entry; it does not return."""
    return await turned(session, employee, grip, EntryState.DELETED)


async def turned(
    session: AsyncSession, employee: Employee, grip: Grip, state: EntryState
) -> Receipt:
    """Bring an entry into another state."""
    entry, receipt = await opened(session, employee, grip)
    if receipt.stale or entry.state is state:
        return receipt
    entry.state = state
    return await changed(session, employee, entry, grip)


async def set_amount(
    session: AsyncSession, employee: Employee, grip: Grip, amount: Amount
) -> Receipt:
    """Put another amount into an entry; without a unit the old one stays, or the RHK's own."""
    entry, receipt = await opened(session, employee, grip)
    if receipt.stale:
        return receipt
    if amount.percent:
        if not 0 <= amount.value <= 100:
            raise Refusal("A percentage lies between 0 and 100.")
        entry.percent = amount.value
        return await changed(session, employee, entry, grip)
    if not 0 < amount.value <= LARGEST:
        raise Refusal("The amount must be more than zero.")
    entry.quantity = amount.value
    known = receipt.stand.unit if receipt.stand and not receipt.stand.in_percent else None
    entry.unit = (amount.unit or entry.unit or known or "")[:UNIT_LIMIT] or None
    return await changed(session, employee, entry, grip)


async def set_days(
    session: AsyncSession, employee: Employee, grip: Grip, days: tuple[dt.date, dt.date]
) -> Receipt:
    """Move an entry to another day or run of days, none of them in the future."""
    entry, receipt = await opened(session, employee, grip)
    if receipt.stale:
        return receipt
    first, last = days
    if last > receipt.today:
        raise Refusal("An entry cannot lie in the future.")
    if last < opened_since(receipt.today):
        raise Refusal("This day is too long ago. Entries go back to the beginning of last year.")
    entry.day, entry.last_day = first, last if last > first else None
    written = entry.created_at.astimezone(ZoneInfo(employee.zone))
    entry.late = last < (written - NIGHT).date()
    if entry.day.year != receipt.day.year:
        entry.work_result_id, entry.nearest = None, []
    return await changed(session, employee, entry, grip)


async def set_hours(session: AsyncSession, employee: Employee, grip: Grip, hours: Hours) -> Receipt:
    """Put other hours into an entry, or only how long it took."""
    entry, receipt = await opened(session, employee, grip)
    if receipt.stale:
        return receipt
    days = ((entry.last_day or entry.day) - entry.day).days + 1
    if hours.minutes > days * DAY_OF_MINUTES:
        raise Refusal("That is longer than the entry's own days. Write the hours again.")
    entry.start, entry.end, entry.minutes = hours.start, hours.end, hours.minutes
    return await changed(session, employee, entry, grip)


def opened_since(today: dt.date) -> dt.date:
    """Tell the first day an entry may be moved to."""
    return dt.date(today.year - 1, 1, 1)


async def set_text(session: AsyncSession, employee: Employee, grip: Grip, typed: Typed) -> Receipt:
    """Put another sentence into an entry and understand it anew."""
    entry, receipt = await opened(session, employee, grip)
    if receipt.stale:
        return receipt
    return await rewrite(session, employee, entry, typed, edit_days=grip.edit_days)


async def attach(
    session: AsyncSession,
    employee: Employee,
    grip: Grip,
    enclosures: tuple[Enclosure, ...],
    links: tuple[str, ...] = (),
) -> Receipt:
    """Add bukti dukung to an entry."""
    entry = await entries.own(session, employee, grip.entry_id)
    if entry is None:
        raise Refusal("This entry is no longer there, so nothing was added to it.", way="history")
    if not all(map(evidence.is_safe, links)):
        raise Refusal(
            "This link cannot be kept, so nothing was added. Send the whole address that begins"
            " with https://."
        )
    evidence.add_files(session, entry, enclosures, now=grip.now)
    evidence.add_links(session, entry, links, now=grip.now)
    await session.flush()
    return await view(session, employee, entry, grip)


def today_of(employee: Employee, grip: Grip) -> dt.date:
    """Tell the day it is where the person is."""
    return grip.now.astimezone(ZoneInfo(employee.zone)).date()
