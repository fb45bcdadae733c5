"""Free text becomes an entry: heard, saved at once, linked when that is sure."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import evidence
from bot.actions.evidence import Enclosure
from bot.actions.receipts import Receipt, Surroundings, Window, receipt_of, written
from bot.refusal import Refusal
from bot.skp.entries import EntryState
from bot.understanding.proposal import Correction, Profile, Proposal, Result
from bot.understanding.sentence import understand
from db import entries, plans
from db.models.entries import Entry
from db.models.people import Employee
from db.plans import Outcome, Outlook

# Whoever writes before four in the morning still means the working day before.
NIGHT = dt.timedelta(hours=4)
LARGEST = Decimal(10) ** 12
UNIT_LIMIT = 60


@dataclass(frozen=True)
class Typed:
    """What a person sent: the words, what came with them, and where it stands in the chat."""

    text: str
    sent_at: dt.datetime
    arrival_id: int | None = None
    chat_id: int | None = None
    message_id: int | None = None
    album_id: str | None = None
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True)
class Heard:
    """What a sentence seems to mean, and the RHK it was compared with."""

    proposal: Proposal
    outlook: Outlook


async def hear(
    session: AsyncSession, employee: Employee, text: str, *, sent_at: dt.datetime
) -> Heard:
    """Understand a sentence with the person's RHK of the year it speaks of."""
    local = sent_at.astimezone(ZoneInfo(employee.zone))
    outlook = await plans.outlook(session, employee, on=local.date())
    proposal = understand(text, local, await profile(session, employee, outlook, local.date()))
    if proposal.day.year != local.year and proposal.day < local.date():
        outlook = await plans.outlook(session, employee, on=proposal.day)
        known = await profile(session, employee, outlook, proposal.day)
        proposal = understand(text, local, known)
    return Heard(proposal, outlook)


async def profile(
    session: AsyncSession, employee: Employee, outlook: Outlook, on: dt.date
) -> Profile:
    """Describe the person to the ear: the position, the RHK, and what was put right before."""
    if not outlook.results:
        return Profile(outlook.position, ())
    named = (f"{on:%Y-%m}", f"{on.year}-TW{(on.month - 1) // 3 + 1}")
    hints = await plans.hints(session, employee, periods=named, year=on.year)
    return Profile(
        outlook.position,
        tuple(described(one, hints.planned.get(one.id, [])) for one in outlook.results),
        tuple(Correction(text, number) for text, number in hints.corrected),
    )


def described(result: Outcome, planned: list[str]) -> Result:
    """Describe one RHK to the ear."""
    leading = result.measures[0] if result.measures else None
    return Result(
        number=result.number,
        text=result.text,
        unit=leading.unit if leading else None,
        target=leading.target if leading else None,
        keywords=result.keywords,
        plans=tuple(planned),
    )


async def record(
    session: AsyncSession,
    employee: Employee,
    typed: Typed,
    *,
    edit_days: int,
    heard: Heard | None = None,
) -> Receipt:
    """Save what a person did, with its proof, and tell where the RHK stands now."""
    heard = heard or await hear(session, employee, typed.text, sent_at=typed.sent_at)
    entry = Entry(
        employee_id=employee.id or 0,
        day=heard.proposal.day,
        text=typed.text,
        arrival_id=typed.arrival_id,
        chat_id=typed.chat_id,
        message_id=typed.message_id,
        album_id=typed.album_id,
        created_at=typed.sent_at,
        changed_at=typed.sent_at,
    )
    fill(entry, heard, typed.sent_at.astimezone(ZoneInfo(employee.zone)))
    session.add(entry)
    await session.flush()
    kinds = Counter(
        [
            *evidence.add_links(session, entry, heard.proposal.links, now=typed.sent_at),
            *evidence.add_files(session, entry, typed.enclosures, now=typed.sent_at),
        ]
    )
    await session.flush()
    today = typed.sent_at.astimezone(ZoneInfo(employee.zone)).date()
    return await written(
        session, employee, entry, Surroundings(heard.outlook, kinds, Window(today, edit_days))
    )


def fill(entry: Entry, heard: Heard, local: dt.datetime) -> None:
    """Put what was heard into an entry; nothing is invented and nothing lies in the future."""
    proposal, today = heard.proposal, local.date()
    last = min(proposal.last_day, today)
    entry.day = min(proposal.day, last)
    entry.last_day = last if last > entry.day else None
    entry.late = last < (local - NIGHT).date()
    entry.start, entry.end, entry.minutes = proposal.start, proposal.end, proposal.minutes
    entry.quantity = sane(proposal.quantity)
    unit = proposal.unit if entry.quantity is not None else None
    entry.unit = unit[:UNIT_LIMIT] if unit else None
    entry.percent = sane(proposal.percent, Decimal(100))
    link(entry, heard)


def link(entry: Entry, heard: Heard) -> None:
    """Link an entry when the ear is sure; what a person chose by hand stays."""
    nearest = [heard.outlook.numbered(number) for number in heard.proposal.nearest]
    entry.nearest = [one.id for one in nearest if one][:3]
    if entry.by_hand:
        return
    result = heard.outlook.numbered(heard.proposal.result)
    entry.work_result_id = result.id if result else None


def sane(value: Decimal | None, largest: Decimal = LARGEST) -> Decimal | None:
    """Keep a number that can be meant."""
    return value if value is not None and 0 <= value <= largest else None


async def rewrite(
    session: AsyncSession, employee: Employee, entry: Entry, typed: Typed, *, edit_days: int
) -> Receipt:
    """Understand an entry's new words as if they had been sent when the entry was.

    A day that was set by hand stays: it is one that the old words did not say.
    """
    former = await hear(session, employee, entry.text, sent_at=entry.created_at)
    chosen = (entry.day, entry.last_day, entry.late)
    by_hand = bool(entry.text) and entry.day != former.proposal.day
    entry.text = typed.text
    heard = await hear(session, employee, entry.text, sent_at=entry.created_at)
    fill(entry, heard, entry.created_at.astimezone(ZoneInfo(employee.zone)))
    if by_hand and heard.proposal.day == former.proposal.day:
        entry.day, entry.last_day, entry.late = chosen
    entry.version += 1
    entry.changed_at = typed.sent_at
    session.add(entry)
    await evidence.renew_links(session, entry, heard.proposal.links, now=typed.sent_at)
    await session.flush()
    today = typed.sent_at.astimezone(ZoneInfo(employee.zone)).date()
    return await receipt_of(session, employee, entry, today=today, edit_days=edit_days)


async def complete(
    session: AsyncSession, employee: Employee, entry_id: int, typed: Typed, *, edit_days: int
) -> Receipt | None:
    """Give an entry that was sent without words its sentence; nothing comes back when it has one.

    From now on the sentence's own message is the one that is followed when it is edited.
    """
    entry = await entries.own(session, employee, entry_id, change=True)
    if entry is None or entry.text:
        return None
    entry.chat_id, entry.message_id = typed.chat_id, typed.message_id
    return await rewrite(session, employee, entry, typed, edit_days=edit_days)


async def made_by(
    session: AsyncSession, employee: Employee, arrival_id: int, *, today: dt.date, edit_days: int
) -> Receipt | None:
    """Show the entry that an arrival has made, if it has made one."""
    entry = await entries.of_arrival(session, employee, arrival_id)
    if entry is None or entry.state is EntryState.DELETED:
        return None
    return await receipt_of(session, employee, entry, today=today, edit_days=edit_days)


async def edited(
    session: AsyncSession, employee: Employee, typed: Typed, *, edit_days: int
) -> tuple[Receipt, int | None] | None:
    """Follow a message that was edited in Telegram: the new receipt and where the old one stands.

    Nothing comes back when the message had made no entry.
    """
    entry = await entries.of_message(session, employee, typed.chat_id or 0, typed.message_id or 0)
    if entry is None:
        return None
    stands = await entries.receipt_at(session, entry.chat_id, entry.id or 0)
    today = typed.sent_at.astimezone(ZoneInfo(employee.zone)).date()
    now = await receipt_of(session, employee, entry, today=today, edit_days=edit_days)
    if not now.changeable or typed.text == entry.text:
        return now, stands
    return await rewrite(session, employee, entry, typed, edit_days=edit_days), stands


async def repeat(
    session: AsyncSession, employee: Employee, *, now: dt.datetime, arrival_id: int, edit_days: int
) -> Receipt:
    """Log today what the newest entry of an earlier day holds; its proof stays where it is."""
    today = now.astimezone(ZoneInfo(employee.zone)).date()
    earlier = await entries.newest_before(session, employee, today)
    if earlier is None:
        raise Refusal("There is no earlier entry to repeat. Write one sentence.")
    entry = Entry(
        employee_id=employee.id or 0,
        day=today,
        text=earlier.text,
        quantity=earlier.quantity,
        unit=earlier.unit,
        work_result_id=earlier.work_result_id if earlier.day.year == today.year else None,
        additional=earlier.additional,
        by_hand=earlier.by_hand,
        arrival_id=arrival_id,
        created_at=now,
        changed_at=now,
    )
    session.add(entry)
    await session.flush()
    return await receipt_of(session, employee, entry, today=today, edit_days=edit_days)
