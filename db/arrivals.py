"""Questions about what came in and what it was answered with."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.messages import Answer, Arrival
from db.states import AnswerState, ArrivalState


@dataclass(frozen=True)
class Incoming:
    """An update before it is a row."""

    update_id: int
    chat_id: int
    payload: str


async def keep(
    session: AsyncSession, incoming: Sequence[Incoming], *, now: dt.datetime
) -> list[Arrival]:
    """Keep updates that are not there yet and give the new rows, oldest first."""
    dialect = session.get_bind().dialect.name
    build = sqlite.insert if dialect == "sqlite" else postgresql.insert
    rows = [
        {
            "update_id": one.update_id,
            "chat_id": one.chat_id,
            "payload": one.payload,
            "received_at": now,
            "state": ArrivalState.NEW,
            "attempts": 0,
        }
        for one in incoming
    ]
    statement = (
        build(Arrival).on_conflict_do_nothing(index_elements=["update_id"]).returning(Arrival)
    )
    kept = await session.scalars(statement, rows)
    return sorted(kept, key=lambda arrival: arrival.update_id)


async def waiting_chats(session: AsyncSession) -> list[int]:
    """List the chats with something not handled or not answered."""
    undone = select(Arrival.chat_id).where(col(Arrival.state) == ArrivalState.NEW).distinct()
    unsent = select(Answer.chat_id).where(col(Answer.state) == AnswerState.NEW).distinct()
    return list(dict.fromkeys([*(await session.exec(undone)), *(await session.exec(unsent))]))


async def undone(session: AsyncSession, chat_id: int, *, limit: int) -> list[Arrival]:
    """List the oldest arrivals of a chat that are not handled, in their order."""
    query = (
        select(Arrival)
        .where(col(Arrival.state) == ArrivalState.NEW, col(Arrival.chat_id) == chat_id)
        .order_by(col(Arrival.id))
        .limit(limit)
    )
    return list(await session.exec(query))


async def unsent(session: AsyncSession, chat_id: int) -> list[Answer]:
    """List a chat's answers that are not sent, in their order."""
    query = (
        select(Answer)
        .where(col(Answer.state) == AnswerState.NEW, col(Answer.chat_id) == chat_id)
        .order_by(col(Answer.id))
    )
    return list(await session.exec(query))


async def mark_done(session: AsyncSession, arrival_id: int, *, now: dt.datetime) -> bool:
    """Mark an arrival as handled, in the transaction of its effects; tell whether it was not yet.

    Two processes may handle the same arrival at once; the one that marks second must not commit.
    """
    marked = await session.execute(
        update(Arrival)
        .where(col(Arrival.id) == arrival_id, col(Arrival.state) == ArrivalState.NEW)
        .values(state=ArrivalState.DONE, done_at=now)
        .returning(col(Arrival.id))
        .execution_options(synchronize_session=False)
    )
    return marked.first() is not None


async def mark_failed(
    session: AsyncSession, arrival_id: int, error: str, *, limit: int
) -> tuple[int, ArrivalState]:
    """Count a failed try; after the limit the arrival is set aside, and never blocks its chat.

    The number of tries and the state come back; what was handled meanwhile stays handled.
    """
    query = select(Arrival).where(col(Arrival.id) == arrival_id).with_for_update()
    arrival = (await session.exec(query)).one()
    if arrival.state is ArrivalState.NEW:
        arrival.attempts += 1
        arrival.error = error.replace("\x00", "")[:2000]
        if arrival.attempts >= limit:
            arrival.state = ArrivalState.ASIDE
        session.add(arrival)
    return arrival.attempts, arrival.state


async def add_answers(session: AsyncSession, answers: Iterable[Answer]) -> list[Answer]:
    """Keep answers in their order and give them with their keys."""
    kept = list(answers)
    session.add_all(kept)
    await session.flush()
    return kept


async def settle(
    session: AsyncSession, settled: Sequence[tuple[int, AnswerState, int | None]]
) -> None:
    """Note what became of answers: key, state, and the message's number in its chat."""
    await session.execute(
        update(Answer),
        [
            {"id": key, "state": state, "message_id": message_id}
            for key, state, message_id in settled
        ],
    )


async def answer_at(session: AsyncSession, chat_id: int, message_id: int) -> Answer | None:
    """Find the answer that stands as a message in a chat."""
    query = select(Answer).where(
        col(Answer.chat_id) == chat_id, col(Answer.message_id) == message_id
    )
    return (await session.exec(query)).first()


async def last_words(session: AsyncSession, chat_id: int, arrival_id: int) -> Answer | None:
    """Find the last message that an arrival was answered with in a chat."""
    query = (
        select(Answer)
        .where(
            col(Answer.arrival_id) == arrival_id,
            col(Answer.chat_id) == chat_id,
            col(Answer.method).in_(("sendMessage", "editMessageText")),
        )
        .order_by(col(Answer.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


async def prune(session: AsyncSession, *, before: dt.datetime) -> None:
    """Forget handled arrivals and their answers.

    Telegram may begin to count updates anew after a quiet week, so their numbers must not stay;
    what lies aside is kept, under a number that Telegram never gives.
    """
    old = select(Arrival.id).where(
        col(Arrival.state) == ArrivalState.DONE,
        col(Arrival.done_at) < before,
        ~exists().where(col(Answer.arrival_id) == Arrival.id, col(Answer.state) == AnswerState.NEW),
    )
    await session.execute(delete(Answer).where(col(Answer.arrival_id).in_(old)))
    await session.execute(delete(Arrival).where(col(Arrival.id).in_(old)))
    await session.execute(
        update(Arrival)
        .where(
            col(Arrival.state) == ArrivalState.ASIDE,
            col(Arrival.received_at) < before,
            col(Arrival.update_id) > 0,
        )
        .values(update_id=-col(Arrival.update_id))
    )
