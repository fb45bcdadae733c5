"""Questions about what waits and what lies aside; never about what anybody wrote."""

import datetime as dt
import functools
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EvidenceState
from db import migrating
from db.models.entries import Evidence
from db.models.messages import Answer, Arrival, Letter
from db.states import AnswerState, ArrivalState, LetterState


@dataclass(frozen=True)
class Queue:
    """How many wait, and since when the oldest does."""

    count: int
    oldest: dt.datetime | None

    def age(self, now: dt.datetime) -> dt.timedelta:
        """Tell how long the oldest has waited."""
        return max(now - self.oldest, dt.timedelta(0)) if self.oldest else dt.timedelta(0)


@dataclass(frozen=True)
class Backlog:
    """What waits: arrivals to be handled, answers and letters to be sent, evidence to be stored."""

    arrivals: Queue
    aside: Queue
    answers: Queue
    letters: Queue
    evidence: Queue


@dataclass(frozen=True)
class Aside:
    """An arrival that could not be handled, without what it holds."""

    arrival_id: int
    received_at: dt.datetime
    error: str | None


async def backlog(session: AsyncSession, *, now: dt.datetime, besides: int = 0) -> Backlog:
    """Count what waits, besides the arrival that asks; a letter counts once it is due.

    Each question opens only the rows that wait, however many are done.
    """
    new = Arrival.state == ArrivalState.NEW
    due = col(Letter.state).in_((LetterState.DUE, LetterState.CLAIMED))
    return Backlog(
        arrivals=await queue(session, Arrival.received_at, new, Arrival.id != besides),
        aside=await queue(session, Arrival.received_at, Arrival.state == ArrivalState.ASIDE),
        answers=await queue(session, Answer.created_at, Answer.state == AnswerState.NEW),
        letters=await queue(session, Letter.due_at, due, col(Letter.due_at) <= now),
        evidence=await queue(session, Evidence.created_at, Evidence.state == EvidenceState.PENDING),
    )


async def queue(
    session: AsyncSession, moment: dt.datetime, *waiting: ColumnElement[bool] | bool
) -> Queue:
    """Count the rows that wait and find the oldest moment among them."""
    query = select(func.count(), func.min(moment)).where(*waiting)
    return Queue(*(await session.exec(query)).one())


async def lying_aside(session: AsyncSession, *, limit: int) -> list[Aside]:
    """List what lies aside, the newest first.

    The order is by time, which no index gives: else PostgreSQL may walk all arrivals by number.
    """
    query = (
        select(col(Arrival.id), col(Arrival.received_at), col(Arrival.error))
        .where(col(Arrival.state) == ArrivalState.ASIDE)
        .order_by(col(Arrival.received_at).desc(), col(Arrival.id).desc())
        .limit(limit)
    )
    return [Aside(key or 0, came, error) for key, came, error in await session.exec(query)]


async def stored_paths(session: AsyncSession, *, limit: int) -> list[tuple[str, int | None]]:
    """List where the newest evidence is stored, below the data folder, and its size in bytes."""
    query = (
        select(col(Evidence.path), col(Evidence.size))
        .where(col(Evidence.state) == EvidenceState.STORED, col(Evidence.path).is_not(None))
        .order_by(col(Evidence.id).desc())
        .limit(limit)
    )
    return [(path or "", size) for path, size in await session.exec(query)]


async def schema_is_current(session: AsyncSession) -> bool:
    """Tell whether the schema is this version's."""
    connection = await session.connection()
    now = await connection.run_sync(migrating.revision)
    return now == newest_revision()


@functools.cache
def newest_revision() -> str:
    """Name the newest revision that this version brings."""
    return max(path.name[:4] for path in (migrating.SCRIPTS / "versions").glob("[0-9]*.py"))
