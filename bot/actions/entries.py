"""Free text becomes an entry: heard, saved at once, linked when that is sure."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import evidence
from bot.actions.evidence import Enclosure
from bot.actions.plausibility import questioned
from bot.actions.receipts import Receipt, Surroundings, Window, receipt_of, written
from bot.understanding.activities import have_own_times
from bot.understanding.links import links_of
from bot.understanding.proposal import Correction, Profile, Proposal, Result
from bot.understanding.sentence import understand, understand_parts
from db import plans
from db.models.entries import Entry
from db.models.people import Employee
from db.plans import Outcome, Outlook

# Whoever writes before four in the morning still means the working day before.
NIGHT = dt.timedelta(hours=4)
LARGEST = Decimal(10) ** 12
UNIT_LIMIT = 60
# The ear parts no longer text; what is longer stays whole, so that no word of it is lost.
PARTED = 2000


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
    # From 1 when the message tells of several activities, 0 when this is all it tells.
    part: int = 0


@dataclass(frozen=True)
class Heard:
    """What a sentence seems to mean, the RHK it was compared with, and its several activities."""

    proposal: Proposal
    outlook: Outlook
    told: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class Wording:
    """New words of an entry; `former` is the day the old words said, if that is known."""

    text: str
    heard: Heard
    former: dt.date | None


async def hear(
    session: AsyncSession, employee: Employee, text: str, *, sent_at: dt.datetime
) -> Heard:
    """Understand a sentence with the person's RHK of the year it speaks of."""
    local = sent_at.astimezone(ZoneInfo(employee.zone))
    outlook = await plans.outlook(session, employee, on=local.date())
    known = await profile(session, employee, outlook, local.date())
    proposal = understand(text, local, known)
    if proposal.day.year != local.year and proposal.day < local.date():
        outlook = await plans.outlook(session, employee, on=proposal.day)
        known = await profile(session, employee, outlook, proposal.day)
        proposal = understand(text, local, known)
    told = understand_parts(proposal, local, known) if len(text) <= PARTED else ()
    return Heard(proposal, outlook, told if sure(told, proposal.day.year) else ())


def sure(told: Sequence[Proposal], year: int) -> bool:
    """Tell whether activities stand each for itself, all in one year.

    Each has a number or an RHK, or a time of its own.
    """
    timed = have_own_times([part for one in told for part in one.parts])
    return len(told) > 1 and all(
        one.day.year == year
        and (timed or one.quantity is not None or one.percent is not None or one.result is not None)
        for one in told
    )


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
    """Save one activity, with its proof, and tell where the RHK stands now."""
    heard = heard or await hear(session, employee, typed.text, sent_at=typed.sent_at)
    entry = await add(session, employee, typed, heard)
    links = evidence.add_links(session, entry, heard.proposal.links, now=typed.sent_at)
    files = evidence.add_files(session, entry, typed.enclosures, now=typed.sent_at)
    await session.flush()
    today = typed.sent_at.astimezone(ZoneInfo(employee.zone)).date()
    names = tuple(one.name for one in typed.enclosures if one.name)
    around = Surroundings(
        heard.outlook,
        Counter([*links, *files]),
        Window(today, edit_days),
        names,
        heard.proposal.misdated,
    )
    return await questioned(session, await written(session, employee, entry, around))


async def add(session: AsyncSession, employee: Employee, typed: Typed, heard: Heard) -> Entry:
    """Add the entry that some words make."""
    entry = Entry(
        employee_id=employee.id or 0,
        day=heard.proposal.day,
        text=typed.text,
        arrival_id=typed.arrival_id,
        part=typed.part,
        chat_id=typed.chat_id,
        message_id=typed.message_id,
        album_id=typed.album_id,
        created_at=typed.sent_at,
        changed_at=typed.sent_at,
    )
    fill(entry, heard, typed.sent_at.astimezone(ZoneInfo(employee.zone)))
    session.add(entry)
    await session.flush()
    return entry


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
    """Understand an entry's new words as if they had been sent when the entry was."""
    former = await hear(session, employee, entry.text, sent_at=entry.created_at)
    heard = await hear(session, employee, typed.text, sent_at=entry.created_at)
    wording = Wording(typed.text, heard, former.proposal.day)
    await reword(session, employee, entry, wording, now=typed.sent_at)
    today = typed.sent_at.astimezone(ZoneInfo(employee.zone)).date()
    return await receipt_of(session, employee, entry, today=today, edit_days=edit_days)


async def reword(
    session: AsyncSession, employee: Employee, entry: Entry, wording: Wording, *, now: dt.datetime
) -> None:
    """Put new words into an entry, and what is understood of them.

    A day that was set by hand stays: it is one that the old words did not say.
    """
    heard, former = wording.heard, wording.former
    chosen = (entry.day, entry.last_day, entry.late)
    by_hand = bool(entry.text) and former is not None and entry.day != former
    links = links_of(entry.text)
    entry.text = wording.text
    fill(entry, heard, entry.created_at.astimezone(ZoneInfo(employee.zone)))
    if by_hand and heard.proposal.day == former:
        entry.day, entry.last_day, entry.late = chosen
    entry.version += 1
    entry.changed_at = now
    session.add(entry)
    await evidence.renew_links(session, entry, links, heard.proposal.links, now=now)
    await session.flush()
