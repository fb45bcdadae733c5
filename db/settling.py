"""Note what became of letters, and what else went out beside them."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.messages import Answer, Letter
from db.models.people import Employee
from db.states import LetterState

# More answers than that do not go out in a second.
RECENT = 300


@dataclass(frozen=True)
class Fate:
    """What became of a claimed letter; what is put off unasked does not count as a try."""

    state: LetterState
    error: str | None = None
    due_at: dt.datetime | None = None
    sent_at: dt.datetime | None = None
    message_id: int | None = None
    counted: bool = True
    # What a message with a poll was about, and the poll's own number.
    poll: tuple[str | None, str | None] = (None, None)


async def settle(session: AsyncSession, settled: Sequence[tuple[Letter, Fate]]) -> None:
    """Note what became of letters.

    What has arrived has arrived, whatever was thought of it meanwhile; anything else counts only
    while the letter is still with the same taker.
    """
    sent = [arrived(letter, fate) for letter, fate in settled if fate.state is LetterState.SENT]
    rest = [left(letter, fate) for letter, fate in settled if fate.state is not LetterState.SENT]
    connection = await session.connection()
    if sent:
        mine = update(Letter).where(col(Letter.id) == bindparam("key"))
        await connection.execute(
            mine.values(
                state=LetterState.SENT,
                sent_at=bindparam("sent_at"),
                message_id=bindparam("message_id"),
                error=None,
                lease_until=None,
            ),
            sent,
        )
    if rest:
        still = update(Letter).where(
            col(Letter.id) == bindparam("key"),
            col(Letter.state) == LetterState.CLAIMED,
            col(Letter.attempts) == bindparam("tries"),
        )
        values: dict[str, Any] = {
            name: bindparam(name) for name in ("state", "due_at", "error", "attempts")
        }
        await connection.execute(still.values(lease_until=None, **values), rest)


def arrived(letter: Letter, fate: Fate) -> dict[str, Any]:
    """Write down where a letter arrived."""
    return {"key": letter.id, "sent_at": fate.sent_at, "message_id": fate.message_id}


def left(letter: Letter, fate: Fate) -> dict[str, Any]:
    """Write down why a letter did not arrive, or not yet."""
    return {
        "key": letter.id,
        "tries": letter.attempts,
        "attempts": letter.attempts if fate.counted else letter.attempts - 1,
        "state": fate.state,
        "due_at": fate.due_at or letter.due_at,
        "error": fate.error,
    }


async def addressees(session: AsyncSession, keys: Collection[int]) -> dict[int, Employee]:
    """Find the people of letters, for the post, which has no one who asks."""
    found = await session.exec(select(Employee).where(col(Employee.id).in_(keys)))
    return {one.id or 0: one for one in found}


async def answers_out(
    session: AsyncSession, *, after: int, now: dt.datetime
) -> list[tuple[int, int]]:
    """List the answers of the last second that are newer than a key: key and chat.

    The primary key leads to them, so that it costs the same however many there are. What answers
    a tap is no message and does not count.
    """
    newest = select(func.max(col(Answer.id))).scalar_subquery()
    query = select(col(Answer.id), col(Answer.chat_id)).where(
        col(Answer.id) > newest - RECENT,
        col(Answer.id) > after,
        col(Answer.created_at) > now - dt.timedelta(seconds=1),
        col(Answer.method).not_in(("answerCallbackQuery", "answerInlineQuery")),
    )
    return [(key, chat) for key, chat in await session.exec(query) if key is not None]


async def mark_blocked(session: AsyncSession, employee_id: int, *, now: dt.datetime) -> None:
    """Note that a person cannot be reached; it heals when they write again."""
    reachable = (col(Employee.id) == employee_id, col(Employee.unreachable_since).is_(None))
    await session.execute(update(Employee).where(*reachable).values(unreachable_since=now))
