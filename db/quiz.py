"""Questions about quizzes: what one person was asked and knows, which nobody else can ask for."""

import datetime as dt
from collections.abc import Collection, Iterable

from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.people import Employee
from db.models.quiz import QuizAsked, QuizCard, QuizGroupPoll, QuizRound

# What a message with a question is about, so that its poll is known once it is out.
ASKED, IN_GROUP = "quiz", "quiz-group"
TABLES: dict[str, type[QuizAsked] | type[QuizGroupPoll]] = {
    ASKED: QuizAsked,
    IN_GROUP: QuizGroupPoll,
}


async def cards(session: AsyncSession, employee: Employee) -> list[QuizCard]:
    """List what a person knows, by the day on which it comes again."""
    query = (
        select(QuizCard)
        .where(col(QuizCard.employee_id) == employee.id)
        .order_by(col(QuizCard.due), col(QuizCard.id))
    )
    return list(await session.exec(query))


async def card_of(session: AsyncSession, employee: Employee, question: str) -> QuizCard | None:
    """Find how well a person knows a question."""
    query = select(QuizCard).where(
        col(QuizCard.employee_id) == employee.id, col(QuizCard.question) == question
    )
    return (await session.exec(query)).first()


async def newest_round(session: AsyncSession, employee: Employee) -> QuizRound | None:
    """Find the round that a person began last."""
    query = (
        select(QuizRound)
        .where(col(QuizRound.employee_id) == employee.id)
        .order_by(col(QuizRound.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


async def asked_by(session: AsyncSession, employee: Employee, poll_id: str) -> QuizAsked | None:
    """Find the question that a poll put to a person; somebody else's is not there.

    Whoever answers before it is noted which poll is theirs answers the one that was just put.
    """
    mine = select(QuizAsked).where(col(QuizAsked.employee_id) == employee.id)
    found = (await session.exec(mine.where(col(QuizAsked.poll_id) == poll_id))).first()
    if found is not None or await known(session, poll_id):
        return found
    begun = await newest_round(session, employee)
    unnoted = mine.where(
        col(QuizAsked.round_id) == (begun.id if begun else 0),
        col(QuizAsked.asked_at).is_not(None),
        col(QuizAsked.answered_at).is_(None),
        col(QuizAsked.poll_id).is_(None),
    )
    return (await session.exec(unnoted)).first()


async def known(session: AsyncSession, poll_id: str) -> bool:
    """Tell whether a poll is already anybody's."""
    mine = select(QuizAsked.id).where(col(QuizAsked.poll_id) == poll_id)
    if (await session.exec(mine)).first() is not None:
        return True
    grouped = select(QuizGroupPoll.id).where(col(QuizGroupPoll.poll_id) == poll_id)
    return (await session.exec(grouped)).first() is not None


async def of_round(session: AsyncSession, employee: Employee, round_id: int) -> list[QuizAsked]:
    """List the questions of a person's round in their order."""
    query = (
        select(QuizAsked)
        .where(col(QuizAsked.round_id) == round_id, col(QuizAsked.employee_id) == employee.id)
        .order_by(col(QuizAsked.place))
    )
    return list(await session.exec(query))


async def answered(session: AsyncSession, employee: Employee) -> int:
    """Count the questions that a person has answered."""
    query = (
        select(func.count())
        .select_from(QuizAsked)
        .where(col(QuizAsked.employee_id) == employee.id, col(QuizAsked.answered_at).is_not(None))
    )
    return (await session.exec(query)).one()


async def all_answered(session: AsyncSession, employee: Employee) -> list[QuizAsked]:
    """List everything that a person has answered, the oldest first."""
    query = (
        select(QuizAsked)
        .where(col(QuizAsked.employee_id) == employee.id, col(QuizAsked.answered_at).is_not(None))
        .order_by(col(QuizAsked.id))
    )
    return list(await session.exec(query))


async def note_polls(session: AsyncSession, sent: Iterable[tuple[str | None, str | None]]) -> None:
    """Note which poll puts which question: what a message was about, and the poll in it."""
    for about, poll_id in sent:
        kind, _, number = (about or "").partition(":")
        table = TABLES.get(kind)
        if table is None or poll_id is None:
            continue
        await session.execute(
            update(table).where(col(table.id) == int(number)).values(poll_id=poll_id)
        )


async def played_since(
    session: AsyncSession, people: Collection[int], since: dt.datetime
) -> set[int]:
    """Tell who of some people has answered anything since a moment."""
    query = select(QuizAsked.employee_id).where(
        col(QuizAsked.employee_id).in_(people), col(QuizAsked.answered_at) >= since
    )
    return set(await session.exec(query.distinct()))
