"""A message told anew: its entries follow the new words, become one, or one for each activity."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import corrections, entries, evidence
from bot.actions.activities import Hold, Part, opened, parts_of, subjects, turn, view
from bot.actions.corrections import Grip
from bot.actions.entries import Typed, Wording
from bot.actions.plausibility import questioned
from bot.actions.receipts import Told
from bot.refusal import Refusal
from bot.skp.activities import paired
from bot.skp.entries import EntryState
from db import entries as questions
from db.models.entries import Entry
from db.models.people import Employee


async def merge(session: AsyncSession, employee: Employee, hold: Hold) -> Told:
    """Make one entry of all that a message told of, with everything that proves it."""
    found, told = await opened(session, employee, hold)
    if told.stale or len(found) == 1:
        return told
    first, *others = found
    text = "\n".join(one.text for one in found)
    heard = await entries.hear(session, employee, text, sent_at=first.created_at)
    first.part = 0
    wording = Wording(text, heard, (await former_days(session, employee, found))[0])
    await entries.reword(session, employee, first, wording, now=hold.now)
    await evidence.move(session, others, first)
    for one in others:
        turn(session, one, EntryState.DELETED, now=hold.now)
    await session.flush()
    return await view(session, employee, [first], dataclasses.replace(hold, version=None))


async def split(session: AsyncSession, employee: Employee, grip: Grip) -> Told:
    """Make an entry for each activity again."""
    entry, receipt = await corrections.opened(session, employee, grip)
    if receipt.stale:
        return Told((receipt,), stale=True)
    heard = await entries.hear(session, employee, entry.text, sent_at=entry.created_at)
    if not heard.told or entry.arrival_id is None:
        raise Refusal("This button no longer works.")
    shaped = await shape(session, employee, [entry], parts_of(entry.text, heard), now=grip.now)
    hold = Hold(entry.arrival_id, None, grip.now, grip.edit_days)
    return await view(session, employee, shaped, hold)


async def complete(
    session: AsyncSession, employee: Employee, entry_id: int, typed: Typed, *, edit_days: int
) -> Told | None:
    """Give an entry that was sent without words its sentence; nothing comes back when it has one.

    From now on the sentence's own message is the one that is followed when it is edited.
    """
    entry = await questions.own(session, employee, entry_id, change=True)
    if entry is None or entry.text:
        return None
    entry.chat_id, entry.message_id = typed.chat_id, typed.message_id
    told = await follow(session, employee, [entry], typed, edit_days=edit_days)
    return Told(tuple([await questioned(session, one) for one in told.receipts]))


async def edited(
    session: AsyncSession, employee: Employee, typed: Typed, *, edit_days: int
) -> tuple[Told, int | None] | None:
    """Follow a message that was edited in Telegram: what it tells of now, and where that stands.

    Nothing comes back when the message had made no entry.
    """
    found = await questions.of_message(session, employee, typed.chat_id or 0, typed.message_id or 0)
    if not found:
        return None
    hold = Hold(found[0].arrival_id or 0, None, typed.sent_at, edit_days)
    told = await view(session, employee, found, hold)
    stands = await questions.receipt_at(session, typed.chat_id, subjects(told))
    if told.changeable:
        told = await follow(session, employee, found, typed, edit_days=edit_days)
    return told, stands


async def follow(
    session: AsyncSession,
    employee: Employee,
    found: Sequence[Entry],
    typed: Typed,
    *,
    edit_days: int,
) -> Told:
    """Let entries follow the new words of their message; whoever joined them keeps them joined."""
    first = found[0]
    heard = await entries.hear(session, employee, typed.text, sent_at=first.created_at)
    parts = parts_of(typed.text, heard)
    if len(found) == 1 and len(parts) > 1 and await joined(session, employee, first):
        parts = [Part(typed.text, heard)]
    shaped = await shape(session, employee, found, parts, now=typed.sent_at)
    hold = Hold(first.arrival_id or 0, None, typed.sent_at, edit_days)
    return await view(session, employee, shaped, hold)


async def joined(session: AsyncSession, employee: Employee, entry: Entry) -> bool:
    """Tell whether an entry holds several activities because the person wanted it so."""
    heard = await entries.hear(session, employee, entry.text, sent_at=entry.created_at)
    return bool(heard.told)


async def shape(
    session: AsyncSession,
    employee: Employee,
    found: Sequence[Entry],
    parts: Sequence[Part],
    *,
    now: dt.datetime,
) -> list[Entry]:
    """Let entries become those of some activities: each follows the one it is most like."""
    former = await former_days(session, employee, found)
    follows = paired([one.text for one in found], [part.text for part in parts])
    numbers = await numbering(session, employee, found, follows)
    first, shaped = found[0], []
    for part, place, number in zip(parts, follows, numbers, strict=True):
        if place is None:
            entry = await entries.add(session, employee, as_first(first, part, number), part.heard)
            links = part.heard.proposal.links
            evidence.add_links(session, entry, links, now=now)
            await evidence.copy_files(session, first, entry)
        else:
            entry, day = found[place], former[place]
            entry.part = number
            if entry.text != part.text or day not in {None, part.heard.proposal.day}:
                wording = Wording(part.text, part.heard, day)
                await entries.reword(session, employee, entry, wording, now=now)
        shaped.append(entry)
    for place, one in enumerate(found):
        if place not in follows:
            turn(session, one, EntryState.DELETED, now=now)
    await session.flush()
    return shaped


def as_first(first: Entry, part: Part, number: int) -> Typed:
    """Take an activity as if it had been told with the first one."""
    return Typed(
        text=part.text,
        sent_at=first.created_at,
        arrival_id=first.arrival_id,
        chat_id=first.chat_id,
        message_id=first.message_id,
        album_id=first.album_id,
        part=number,
    )


async def numbering(
    session: AsyncSession,
    employee: Employee,
    found: Sequence[Entry],
    follows: Sequence[int | None],
) -> list[int]:
    """Number the activities in the order of the words; a number is never given twice."""
    if len(follows) == 1:
        return [0]
    if list(follows) == list(range(len(found))):
        return [one.part for one in found]
    last = await questions.last_part(session, employee, found[0].arrival_id or 0)
    return [(last or 0) + place for place in range(1, len(follows) + 1)]


async def former_days(
    session: AsyncSession, employee: Employee, found: Sequence[Entry]
) -> list[dt.date | None]:
    """Tell which day the words of each entry say, read together as they were told."""
    text = "\n".join(one.text for one in found)
    heard = await entries.hear(session, employee, text, sent_at=found[0].created_at)
    told = heard.told if len(found) > 1 else (heard.proposal,)
    if len(told) != len(found):
        return [None] * len(found)
    return [one.day for one in told]
