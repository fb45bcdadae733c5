"""Questions about what came in and what it was answered with."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, delete, exists, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.messages import Answer, Arrival
from db.states import AnswerState, ArrivalState

ARRIVAL = SQLModel.metadata.tables["arrival"]
ANSWER = SQLModel.metadata.tables["answer"]


@dataclass(frozen=True)
class Incoming:
    """An update before it is a row."""

    update_id: int
    chat_id: int
    payload: str


@dataclass(frozen=True)
class Outgoing:
    """What an arrival is answered with; without a key it is not a row yet."""

    arrival_id: int
    chat_id: int
    method: str
    params: dict[str, Any]
    created_at: dt.datetime
    about: str | None = None
    id: int = 0


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


async def waiting_chats(
    session: AsyncSession, *, save: tuple[dt.datetime, dt.datetime] | None = None
) -> list[int]:
    """List the chats with something not handled or not answered, save what came in a span."""
    undone = select(Arrival.chat_id).where(col(Arrival.state) == ArrivalState.NEW).distinct()
    unsent = select(Answer.chat_id).where(col(Answer.state) == AnswerState.NEW).distinct()
    if save is not None:
        undone = undone.where(~col(Arrival.received_at).between(*save))
        unsent = unsent.where(~col(Answer.created_at).between(*save))
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


async def unsent(session: AsyncSession, chat_id: int) -> list[Outgoing]:
    """List a chat's answers that are not sent, in their order."""
    query = (
        select(Answer)
        .where(col(Answer.state) == AnswerState.NEW, col(Answer.chat_id) == chat_id)
        .order_by(col(Answer.id))
    )
    return [
        Outgoing(
            arrival_id=one.arrival_id,
            chat_id=one.chat_id,
            method=one.method,
            params=one.params,
            created_at=one.created_at,
            about=one.about,
            id=one.id or 0,
        )
        for one in await session.exec(query)
    ]


# Said at every arrival, so these are put together once, and name columns instead of rows.
MARK = (
    update(ARRIVAL)
    .where(ARRIVAL.c.id.in_(bindparam("keys", expanding=True)), ARRIVAL.c.state == ArrivalState.NEW)
    .values(state=ArrivalState.DONE, done_at=bindparam("now"))
)
ADD = insert(ANSWER).returning(ANSWER.c.id, sort_by_parameter_order=True)


async def mark_done(session: AsyncSession, keys: Sequence[int], *, now: dt.datetime) -> bool:
    """Mark arrivals as handled, in the transaction of their effects; tell whether none was yet.

    Two processes may handle the same arrival at once; the one that marks second must not commit.
    """
    connection = await session.connection()
    marked = await connection.execute(MARK, {"keys": keys, "now": now})
    return marked.rowcount == len(keys)


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


async def add_answers(session: AsyncSession, answers: Iterable[Outgoing]) -> list[Outgoing]:
    """Keep answers in their order and give them with their keys.

    What the session still holds back is written first, since an answer may speak of it.
    """
    given = list(answers)
    await session.flush()
    if not given:
        return []
    rows = [{**vars(one), "state": AnswerState.NEW} for one in given]
    for row in rows:
        del row["id"]
    connection = await session.connection()
    keys = (await connection.execute(ADD, rows)).scalars()
    return [replace(one, id=key) for one, key in zip(given, keys, strict=True)]


SETTLE = (
    update(ANSWER)
    .where(ANSWER.c.id == bindparam("key"))
    .values(state=bindparam("fate"), message_id=bindparam("number"))
)


async def settle(
    session: AsyncSession, settled: Sequence[tuple[int, AnswerState, int | None]]
) -> None:
    """Note what became of answers: key, state, and the message's number in its chat."""
    connection = await session.connection()
    await connection.execute(
        SETTLE,
        [{"key": key, "fate": state, "number": message_id} for key, state, message_id in settled],
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
