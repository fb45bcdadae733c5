"""Questions about the quizzes that widyaiswara send: to whom, and what came back as totals."""

import datetime as dt
from typing import Any

from sqlalchemy import Integer, String, cast, delete, exists, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.broadcasts import audience
from db.guidance import is_widyaiswara
from db.models.messages import Letter
from db.models.people import Employee, Unit
from db.models.plans import WorkResult
from db.models.quiz import QuizAsked, QuizGroupPoll, QuizRound, QuizSending
from db.staff import ESCAPE

# What offers a quiz to one person.
SENT = "quiz-sent"
RECENT = 4


async def own(session: AsyncSession, author: Employee, sending_id: int) -> QuizSending | None:
    """Find a quiz that a widyaiswara has made."""
    query = select(QuizSending).where(
        col(QuizSending.id) == sending_id, col(QuizSending.author_id) == author.id
    )
    return (await session.exec(query)).first() if is_widyaiswara(author) else None


async def recent(session: AsyncSession, author: Employee) -> list[QuizSending]:
    """List what a widyaiswara has sent last."""
    query = (
        select(QuizSending)
        .where(col(QuizSending.author_id) == author.id, col(QuizSending.sent_at).is_not(None))
        .order_by(col(QuizSending.id).desc())
        .limit(RECENT)
    )
    return list(await session.exec(query)) if is_widyaiswara(author) else []


async def forget_drafts(session: AsyncSession, author: Employee) -> None:
    """Delete what a widyaiswara has begun and never sent."""
    await session.execute(
        delete(QuizSending).where(
            col(QuizSending.author_id) == author.id, col(QuizSending.sent_at).is_(None)
        )
    )


async def take_draft(session: AsyncSession, sending: QuizSending, **values: Any) -> bool:
    """Move a draft on; tell whether it still was one, for of two taps only one may send."""
    moved = await session.execute(
        update(QuizSending)
        .where(col(QuizSending.id) == sending.id, col(QuizSending.sent_at).is_(None))
        .values(**values)
        .returning(col(QuizSending.id))
        .execution_options(synchronize_session=False)
    )
    return moved.first() is not None


async def units_named(session: AsyncSession, author: Employee, text: str) -> list[Unit]:
    """List the units part of whose name this is, by name, for a widyaiswara."""
    if not is_widyaiswara(author):
        return []
    words = text.lower()
    for sign in (ESCAPE, "%", "_"):
        words = words.replace(sign, ESCAPE + sign)
    query = select(Unit).where(func.lower(col(Unit.name)).like(f"%{words}%", escape=ESCAPE))
    return list(await session.exec(query.order_by(col(Unit.name), col(Unit.id))))


async def unit_of(session: AsyncSession, author: Employee, unit_id: int) -> Unit | None:
    """Load a unit for a widyaiswara."""
    return await session.get(Unit, unit_id) if is_widyaiswara(author) else None


async def addressees(
    session: AsyncSession, sending: QuizSending, *, on: dt.date
) -> list[tuple[int, str]]:
    """List who gets a quiz one by one, with their zones: of its unit, else of its theme."""
    conditions = await audience(session, sending.unit_id, on=on)
    if sending.unit_id is None:
        named = f'%"{sending.theme}"%'
        works = exists().where(
            col(WorkResult.employee_id) == col(Employee.id),
            cast(col(WorkResult.themes), String).like(named),
        )
        conditions.append(or_(works, cast(col(Employee.themes), String).like(named)))
    query = select(Employee.id, Employee.zone).where(
        *conditions, col(Employee.id) != sending.author_id
    )
    return [(key or 0, zone) for key, zone in await session.exec(query)]


async def offered(session: AsyncSession, employee: Employee, sending_id: int) -> QuizSending | None:
    """Find a quiz that was offered to a person; another is not there for them."""
    letter = exists().where(
        col(Letter.employee_id) == employee.id,
        col(Letter.kind) == SENT,
        col(Letter.period) == str(sending_id),
    )
    query = select(QuizSending).where(col(QuizSending.id) == sending_id, letter)
    return (await session.exec(query)).first()


async def begun(session: AsyncSession, employee: Employee, sending_id: int) -> bool:
    """Tell whether a person has begun a quiz that was sent."""
    query = select(QuizRound.id).where(
        col(QuizRound.employee_id) == employee.id, col(QuizRound.sending_id) == sending_id
    )
    return (await session.exec(query)).first() is not None


async def by_id(session: AsyncSession, sending_id: int) -> QuizSending | None:
    """Find a quiz for the post, which has no one who asks."""
    return await session.get(QuizSending, sending_id)


async def answerers(session: AsyncSession, sending: QuizSending) -> int:
    """Count the people who have answered anything of a quiz."""
    query = (
        select(func.count(func.distinct(col(QuizAsked.employee_id))))
        .select_from(QuizAsked)
        .join(QuizRound, col(QuizRound.id) == col(QuizAsked.round_id))
        .where(col(QuizRound.sending_id) == sending.id, col(QuizAsked.answered_at).is_not(None))
    )
    return (await session.exec(query)).one()


async def sums(session: AsyncSession, sending: QuizSending) -> dict[str, tuple[int, int]]:
    """Count for each question how often it was answered rightly, of how often."""
    right = func.sum(cast(col(QuizAsked.chosen) == col(QuizAsked.right), Integer))
    query = (
        select(col(QuizAsked.question), right, func.count())
        .join(QuizRound, col(QuizRound.id) == col(QuizAsked.round_id))
        .where(col(QuizRound.sending_id) == sending.id, col(QuizAsked.answered_at).is_not(None))
        .group_by(col(QuizAsked.question))
    )
    return {
        question: (int(good or 0), every) for question, good, every in await session.exec(query)
    }


async def polls(session: AsyncSession, sending_id: int) -> list[QuizGroupPoll]:
    """List the questions of a quiz in a group, in their order."""
    query = (
        select(QuizGroupPoll)
        .where(col(QuizGroupPoll.sending_id) == sending_id)
        .order_by(col(QuizGroupPoll.place))
    )
    return list(await session.exec(query))


async def count(session: AsyncSession, poll_id: str, chosen: list[int]) -> None:
    """Keep how often each answer of a question in a group was chosen."""
    await session.execute(
        update(QuizGroupPoll).where(col(QuizGroupPoll.poll_id) == poll_id).values(chosen=chosen)
    )
