"""A leader's word on an entry, and what comes back: said in a tap, carried at once."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.leading import leaders_seen, led_person, local_day, people_seen
from bot.actions.words import clipped
from bot.refusal import Refusal
from bot.skp.dealings import PHRASES, FeedbackKind, Phrase, waiting_since
from bot.skp.entries import EvidenceKind
from bot.skp.workdays import ONE_DAY
from db import calendars, cascades, feedback, letters
from db import evidence as proofs
from db.feedback import Waiting
from db.models.dealings import Feedback
from db.models.entries import Entry
from db.models.messages import Letter
from db.models.people import Employee
from db.teams import Member

FEEDBACK, REPLY, WITHDRAWN = "feedback", "feedback-reply", "feedback-withdrawn"
# The letter with which a person asks for a word; its period is the entry.
ASKED = "feedback-asked"


@dataclass(frozen=True)
class Card:
    """One entry that waits for a word, whether that was asked for, and how many wait."""

    entry_id: int
    employee_id: int
    name: str
    day: dt.date
    text: str
    quantity: Decimal | None
    unit: str | None
    percent: Decimal | None
    number: int | None
    late: bool
    evidence: tuple[EvidenceKind, ...]
    waiting: int
    asked: bool = False


@dataclass(frozen=True)
class Word:
    """What a leader says: its kind, and a phrase or the leader's own words."""

    kind: FeedbackKind
    phrase: Phrase | None = None
    text: str | None = None


@dataclass(frozen=True)
class Given:
    """What was said, and to whom."""

    id: int
    name: str
    kind: FeedbackKind


@dataclass(frozen=True)
class Said:
    """What was said of an entry, as its reader sees it."""

    id: int
    author: str
    kind: FeedbackKind
    phrase: Phrase | None
    text: str | None
    entry_id: int
    entry_text: str
    day: dt.date
    thanked: bool
    reply: str | None


async def queue(session: AsyncSession, leader: Employee, *, today: dt.date) -> list[Waiting]:
    """List what waits for a word of a leader: what was asked for first, then the newest."""
    found, _ = await lined_up(session, leader, today=today)
    return found


async def lined_up(
    session: AsyncSession, leader: Employee, *, today: dt.date
) -> tuple[list[Waiting], set[int]]:
    """List what waits for a word of a leader, in all the teams led, and what was asked for."""
    people = await people_seen(session, leader, on=today)
    calendar = await calendars.calendar_of(session, leader, on=today)
    since = waiting_since(today, calendar)
    found = await feedback.waiting(session, people, since=since)
    asked = await asked_of(session, leader, since=since, today=today)
    return sorted(found, key=lambda one: rank(one.entry_id, asked)), asked


async def asked_of(
    session: AsyncSession, leader: Employee, *, since: dt.date, today: dt.date
) -> set[int]:
    """Tell on which entries a word was asked for since a day, of a leader or in that one's place.

    The day before is looked at, too, because days begin at different hours.
    """
    leaders = {one.id or 0 for one in await leaders_seen(session, leader, on=today)}
    begin = dt.datetime.combine(since - ONE_DAY, dt.time(), dt.UTC)
    return set(map(int, await letters.periods(session, leaders, ASKED, since=begin)))


def rank(entry_id: int, asked: Collection[int]) -> tuple[bool, int]:
    """Give the place of an entry among those that wait."""
    return entry_id not in asked, -entry_id


async def next_card(
    session: AsyncSession,
    leader: Employee,
    *,
    before: int | None = None,
    again: bool = False,
    today: dt.date,
) -> Card | None:
    """Show the first entry that waits, or the first behind an entry that was passed.

    `again` begins anew after the oldest one, so that what was skipped comes after all others.
    """
    found, asked = await lined_up(session, leader, today=today)
    passed = None if before is None else rank(before, asked)
    chosen = next(
        (one for one in found if passed is None or rank(one.entry_id, asked) > passed), None
    )
    if chosen is None and again:
        chosen = next(iter(found), None)
    if chosen is None:
        return None
    return await card(session, leader, chosen.entry_id, waiting=len(found), today=today)


async def card(
    session: AsyncSession, leader: Employee, entry_id: int, *, waiting: int, today: dt.date
) -> Card:
    """Show one entry of somebody one leads."""
    entry, member = await entry_seen(session, leader, entry_id, today=today)
    goals = await cascades.goals_by_id(session, [entry.work_result_id or 0])
    evidence = (await proofs.of_entries(session, [entry_id])).get(entry_id, [])
    leaders = {one.id or 0 for one in await leaders_seen(session, leader, on=today)}
    return Card(
        entry_id=entry_id,
        employee_id=member.id,
        name=member.address or member.name,
        day=entry.day,
        text=entry.text,
        quantity=entry.quantity,
        unit=entry.unit,
        percent=entry.percent,
        number=goals[0].number if goals else None,
        late=entry.late,
        evidence=tuple(one.kind for one in evidence),
        waiting=waiting,
        asked=bool(await letters.with_letter(session, leaders, ASKED, str(entry_id))),
    )


async def entry_seen(
    session: AsyncSession, leader: Employee, entry_id: int, *, today: dt.date
) -> tuple[Entry, Member]:
    """Load an entry that somebody logged under a leader, or refuse."""
    entry = await feedback.entry_of(session, entry_id)
    if entry is not None:
        member = await led_person(session, leader, entry.employee_id, on=today)
        if member is not None and (entry.last_day or entry.day) >= member.since:
            return entry, member
    raise Refusal("This button no longer works.")


async def give(
    session: AsyncSession, leader: Employee, entry_id: int, word: Word, *, now: dt.datetime
) -> Given:
    """Say something of an entry, and send it at once; the same tap twice says it once."""
    today = local_day(leader, now)
    entry, member = await entry_seen(session, leader, entry_id, today=today)
    if word.phrase is not None and word.phrase not in PHRASES[word.kind]:
        raise Refusal("This button no longer works.")
    name = member.address or member.name
    last = await feedback.last_of_entry(session, leader, entry_id)
    text = clipped(word.text)
    if last is not None and last.created_at >= entry.changed_at:
        said = (last.kind, last.phrase, last.text)
        if said == (word.kind, word.phrase, text):
            return Given(last.id or 0, name, word.kind)
    given = Feedback(
        entry_id=entry_id,
        employee_id=entry.employee_id,
        author_id=leader.id or 0,
        kind=word.kind,
        phrase=word.phrase,
        text=text,
        created_at=now,
    )
    session.add(given)
    await session.flush()
    await send(session, FEEDBACK, given, given.employee_id, now=now)
    return Given(given.id or 0, name, word.kind)


async def take_back(
    session: AsyncSession, leader: Employee, feedback_id: int, *, now: dt.datetime
) -> int:
    """Take a word back and give the entry it was on; who has read it is told so."""
    given = await feedback.of_author(session, leader, feedback_id, change=True)
    if given is None:
        raise Refusal("This button no longer works.")
    if given.undone_at is None:
        given.undone_at = now
        session.add(given)
        await session.flush()
        if await letters.was_sent(session, given.employee_id, FEEDBACK, str(given.id)):
            await send(session, WITHDRAWN, given, given.employee_id, now=now)
    return given.entry_id


async def thank(
    session: AsyncSession, employee: Employee, feedback_id: int, *, now: dt.datetime
) -> None:
    """Thank for a word; once is enough."""
    given = await read(session, employee, feedback_id, change=True)
    given.thanked_at = given.thanked_at or now
    session.add(given)


async def reply(
    session: AsyncSession, employee: Employee, feedback_id: int, text: str, *, now: dt.datetime
) -> str:
    """Answer a word with one's own, and tell whom."""
    given = await read(session, employee, feedback_id, change=True)
    given.reply, given.replied_at = clipped(text), now
    session.add(given)
    await session.flush()
    await send(session, REPLY, given, given.author_id, now=now)
    author = await session.get(Employee, given.author_id)
    return (author.address or author.name) if author else ""


async def read(
    session: AsyncSession, employee: Employee, feedback_id: int, *, change: bool = False
) -> Feedback:
    """Load what was said to a person, or refuse."""
    given = await feedback.of_reader(session, employee, feedback_id, change=change)
    if given is None:
        raise Refusal("This button no longer works.")
    return given


async def said(session: AsyncSession, employee: Employee, feedback_id: int) -> Said:
    """Show what was said to a person."""
    given = await read(session, employee, feedback_id)
    ((_, entry, author, _),) = await feedback.by_keys(session, [given.id or 0])
    return as_said(given, entry, author)


def as_said(given: Feedback, entry: Entry, author: Employee) -> Said:
    """Turn what was said into plain values."""
    return Said(
        id=given.id or 0,
        author=author.address or author.name,
        kind=given.kind,
        phrase=given.phrase,
        text=given.text,
        entry_id=given.entry_id,
        entry_text=entry.text,
        day=entry.day,
        thanked=given.thanked_at is not None,
        reply=given.reply,
    )


async def send(
    session: AsyncSession, kind: str, given: Feedback, employee_id: int, *, now: dt.datetime
) -> None:
    """Put what was said into the post; a reply may change, so each one is a letter of its own."""
    period = str(given.id)
    if kind == REPLY:
        period = f"{given.id}:{int(now.timestamp())}"
    letter = Letter(employee_id=employee_id, kind=kind, period=period, due_at=now)
    await letters.put(session, [letter])
