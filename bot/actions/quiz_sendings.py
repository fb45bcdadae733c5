"""Send a quiz as a widyaiswara: into a unit's group, or to people one by one; totals come back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import quiz as rounds
from bot.actions.broadcasts import Place, waits
from bot.actions.guidance import widyaiswara_only
from bot.actions.quiz import Asking
from bot.refusal import Refusal
from bot.skp.quiz import ROUND, Offer
from bot.skp.small_groups import FEW
from db import letters, quiz_sendings, unit_groups
from db.letters import Written
from db.models.messages import AuditRecord
from db.models.people import Employee, Unit
from db.models.quiz import QuizGroupPoll, QuizSending, UnitGroup
from db.quiz import IN_GROUP
from db.quiz_sendings import SENT
from db.states import Priority

# The letters of a group go out one after the other, the greeting first.
APART = dt.timedelta(seconds=2)


@dataclass(frozen=True)
class Sending:
    """A quiz as its author sees it; the group is named where it goes into one."""

    id: int
    theme: str
    questions: tuple[str, ...]
    unit: str | None
    group: str | None
    people: int
    sent_at: dt.datetime | None


@dataclass(frozen=True)
class Totals:
    """What came back: how many answered, and by question how many rightly of how many.

    Where so few answered that a total tells what each of them did, nothing is told.
    """

    answered: int
    few: bool
    by_question: Mapping[str, tuple[int, int]]


async def _own(session: AsyncSession, author: Employee, sending_id: int) -> QuizSending:
    widyaiswara_only(author)
    sending = await quiz_sendings.own(session, author, sending_id)
    if sending is None:
        raise Refusal("This button no longer works.")
    return sending


async def _draft(session: AsyncSession, author: Employee, sending_id: int) -> QuizSending:
    sending = await _own(session, author, sending_id)
    if sending.sent_at is not None:
        raise Refusal("This quiz is already on its way.")
    return sending


async def _plain(session: AsyncSession, sending: QuizSending) -> Sending:
    unit = await session.get(Unit, sending.unit_id) if sending.unit_id else None
    group = await session.get(UnitGroup, sending.group_id) if sending.group_id else None
    return Sending(
        id=sending.id or 0,
        theme=sending.theme,
        questions=tuple(sending.questions),
        unit=unit.name if unit else None,
        group=group.title if group else None,
        people=sending.people,
        sent_at=sending.sent_at,
    )


async def recent(session: AsyncSession, author: Employee) -> list[Sending]:
    """List what a widyaiswara has sent last."""
    widyaiswara_only(author)
    return [await _plain(session, one) for one in await quiz_sendings.recent(session, author)]


async def begin(
    session: AsyncSession, author: Employee, theme: str, offers: Sequence[str], *, now: dt.datetime
) -> Sending:
    """Begin a quiz about a theme with its first questions; what was begun before is let go."""
    widyaiswara_only(author)
    if not offers:
        raise Refusal("There are no questions about this theme.")
    await quiz_sendings.forget_drafts(session, author)
    sending = QuizSending(
        author_id=author.id or 0, theme=theme, questions=list(offers[:ROUND]), created_at=now
    )
    session.add(sending)
    await session.flush()
    return await _plain(session, sending)


async def other_questions(
    session: AsyncSession, author: Employee, sending_id: int, offers: Mapping[str, Sequence[str]]
) -> Sending:
    """Take the theme's next questions instead; after the last the first come again."""
    sending = await _draft(session, author, sending_id)
    some = offers.get(sending.theme, ())
    last = sending.questions[-1] if sending.questions else ""
    start = some.index(last) + 1 if last in some else 0
    chosen = [*some[start:], *some[:start]][:ROUND]
    sending.questions = chosen or sending.questions
    session.add(sending)
    await session.flush()
    return await _plain(session, sending)


async def places(session: AsyncSession, author: Employee, text: str) -> list[Place]:
    """List the units part of whose name this is."""
    widyaiswara_only(author)
    found = await quiz_sendings.units_named(session, author, text.strip())
    return [Place(unit.id or 0, unit.name) for unit in found]


async def address(
    session: AsyncSession, author: Employee, sending_id: int, unit_id: int | None, *, today: dt.date
) -> Sending:
    """Choose a unit, or everybody of the theme; a unit with a group gets it there."""
    sending = await _draft(session, author, sending_id)
    unit = await quiz_sendings.unit_of(session, author, unit_id) if unit_id is not None else None
    if (unit is None) != (unit_id is None):
        raise Refusal("This button no longer works.")
    group = await unit_groups.of_unit(session, author, unit_id) if unit_id is not None else None
    sending.unit_id, sending.group_id = unit_id, group.id if group else None
    people = await quiz_sendings.addressees(session, sending, on=today)
    sending.people = 0 if group else len(people)
    session.add(sending)
    await session.flush()
    return await _plain(session, sending)


async def send(
    session: AsyncSession, author: Employee, sending_id: int, offers: Mapping[str, Offer], *,
    now: dt.datetime,
) -> Sending:  # fmt: skip
    """Put a quiz into the post; a second tap sends nothing twice."""
    sending = await _draft(session, author, sending_id)
    today = now.astimezone(ZoneInfo(author.zone)).date()
    people = await quiz_sendings.addressees(session, sending, on=today)
    if sending.group_id is None and not people:
        raise Refusal("Nobody here can be reached yet. Choose other addressees.")
    if await quiz_sendings.take_draft(session, sending, sent_at=now):
        await session.refresh(sending)
        if sending.group_id is not None:
            await _to_group(session, author, sending, offers)
        else:
            await _to_people(session, sending, people)
        told = {"quiz": sending.id, "unit": sending.unit_id, "theme": sending.theme}
        session.add(AuditRecord(at=now, actor_id=author.id, action="quiz.sent", details=told))
        await session.flush()
    return await _plain(session, sending)


async def _to_people(
    session: AsyncSession, sending: QuizSending, people: Sequence[tuple[int, str]]
) -> None:
    now = sending.sent_at or sending.created_at
    due = {zone: waits(zone, now) or now for _, zone in people}
    written = [
        Written(one, SENT, str(sending.id), due[zone], Priority.BROADCAST) for one, zone in people
    ]
    await letters.put(session, written)


async def _to_group(
    session: AsyncSession, author: Employee, sending: QuizSending, offers: Mapping[str, Offer]
) -> None:
    now = sending.sent_at or sending.created_at
    begin = waits(author.zone, now) or now
    known = [one for one in sending.questions if one in offers]
    for place, question in enumerate(known, start=1):
        poll = QuizGroupPoll(
            sending_id=sending.id or 0, place=place, question=question, right=offers[question].right
        )
        session.add(poll)
    written = [
        Written(
            author.id or 0,
            IN_GROUP,
            f"{sending.id}:{place}",
            begin + place * APART,
            Priority.BROADCAST,
        )
        for place in range(len(known) + 1)
    ]
    await session.flush()
    await letters.put(session, written)


async def drop(session: AsyncSession, author: Employee, sending_id: int) -> None:
    """Let a draft go."""
    await session.delete(await _draft(session, author, sending_id))


async def totals(
    session: AsyncSession, author: Employee, sending_id: int
) -> tuple[Sending, Totals]:
    """Tell an author what came back of a quiz: sums, and never who answered what."""
    sending = await _own(session, author, sending_id)
    polls = await quiz_sendings.polls(session, sending_id)
    if polls:
        chosen = {
            one.question: (one.chosen[one.right] if one.chosen else 0, sum(one.chosen))
            for one in polls
        }
        answered = max((every for _, every in chosen.values()), default=0)
    else:
        chosen = await quiz_sendings.sums(session, sending)
        answered = await quiz_sendings.answerers(session, sending)
    # A question that few have answered tells of those few, also where many have answered others.
    shown = {name: pair for name, pair in chosen.items() if pair[1] >= FEW}
    return await _plain(session, sending), Totals(answered, 0 < answered < FEW, shown)


async def start(
    session: AsyncSession, employee: Employee, sending_id: int, offers: Mapping[str, Offer], *,
    now: dt.datetime,
) -> Asking:  # fmt: skip
    """Begin a quiz that was offered to a person, once."""
    sending = await quiz_sendings.offered(session, employee, sending_id)
    if sending is None:
        raise Refusal("This button no longer works.")
    if await quiz_sendings.begun(session, employee, sending_id):
        raise Refusal("You have begun this quiz already. Send /kuis for other questions.")
    known = [offers[one] for one in sending.questions if one in offers]
    if not known:
        raise Refusal("The questions of this quiz are no longer in the library.")
    return await rounds.put(session, employee, known, now=now, sending_id=sending_id)


async def counted(session: AsyncSession, poll_id: str, chosen: Sequence[int]) -> None:
    """Keep how often each answer of a question in a group was chosen."""
    await quiz_sendings.count(session, poll_id, list(chosen))
