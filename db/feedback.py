"""Questions about what leaders say of entries (umpan balik), and what still waits for a word."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Date, bindparam, exists, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.dealings import FeedbackKind
from db.keys import among
from db.models.dealings import Feedback
from db.models.entries import Entry
from db.models.people import Employee
from db.sums import kept
from db.team_questions import KEYS, rows
from db.teams import Member


@dataclass(frozen=True)
class Waiting:
    """One entry that waits for a word of the leader."""

    entry_id: int
    employee_id: int
    day: dt.date


def answered() -> ColumnElement[bool]:
    """Hold for entries of which the last word has been said."""
    return exists().where(
        col(Feedback.entry_id) == col(Entry.id),
        col(Feedback.undone_at).is_(None),
        or_(
            col(Feedback.kind) != FeedbackKind.MEND,
            col(Feedback.created_at) >= col(Entry.changed_at),
        ),
    )


# Asked at every summary, so it is put together once.
WAITING = columns(col(Entry.id), col(Entry.employee_id), col(Entry.day)).where(
    among(col(Entry.employee_id), KEYS),
    kept(),
    col(Entry.day) >= bindparam("since", type_=Date()),
    ~answered(),
)


async def waiting(
    session: AsyncSession, team: Collection[Member], *, since: dt.date
) -> list[Waiting]:
    """List what some direct reports logged since a day that nobody has answered, the newest first.

    What was to be mended waits again once it has changed. What was logged under an earlier leader
    waits for nobody here.
    """
    arrived = {one.id: one.since for one in team}
    lines = await rows(session, WAITING, keys=list(arrived), since=since)
    found = [Waiting(*row) for row in lines]
    ours = [one for one in found if one.day >= arrived[one.employee_id]]
    return sorted(ours, key=lambda one: -one.entry_id)


async def is_waiting(session: AsyncSession, employee: Employee, entry_id: int) -> bool:
    """Tell whether nobody has said the last word of a person's own kept entry yet."""
    query = select(Entry.id).where(
        col(Entry.id) == entry_id, col(Entry.employee_id) == employee.id, kept(), ~answered()
    )
    return (await session.exec(query)).first() is not None


async def entry_of(session: AsyncSession, entry_id: int) -> Entry | None:
    """Find a kept entry; whose leader asks is for the caller to check."""
    query = select(Entry).where(col(Entry.id) == entry_id, kept())
    return (await session.exec(query)).first()


async def last_of_entry(session: AsyncSession, author: Employee, entry_id: int) -> Feedback | None:
    """Find the last word a leader has said of an entry and not taken back."""
    query = (
        select(Feedback)
        .where(
            col(Feedback.entry_id) == entry_id,
            col(Feedback.author_id) == author.id,
            col(Feedback.undone_at).is_(None),
        )
        .order_by(col(Feedback.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


async def of_author(
    session: AsyncSession, author: Employee, feedback_id: int, *, change: bool = False
) -> Feedback | None:
    """Find something a person has said; a change holds its row."""
    query = select(Feedback).where(
        col(Feedback.id) == feedback_id, col(Feedback.author_id) == author.id
    )
    return (await session.exec(query.with_for_update() if change else query)).first()


async def of_reader(
    session: AsyncSession, reader: Employee, feedback_id: int, *, change: bool = False
) -> Feedback | None:
    """Find something that was said to a person and not taken back; a change holds its row."""
    query = select(Feedback).where(
        col(Feedback.id) == feedback_id,
        col(Feedback.employee_id) == reader.id,
        col(Feedback.undone_at).is_(None),
    )
    return (await session.exec(query.with_for_update() if change else query)).first()


async def of_entries(
    session: AsyncSession, entry_ids: Collection[int]
) -> dict[int, list[Feedback]]:
    """List what was said of some entries and not taken back, by entry, the oldest first."""
    query = (
        select(Feedback)
        .where(col(Feedback.entry_id).in_(entry_ids), col(Feedback.undone_at).is_(None))
        .order_by(col(Feedback.id))
    )
    found: dict[int, list[Feedback]] = {}
    for one in await session.exec(query):
        found.setdefault(one.entry_id, []).append(one)
    return found


async def by_keys(
    session: AsyncSession, keys: Collection[int]
) -> Sequence[tuple[Feedback, Entry, Employee, Employee]]:
    """Load feedback for the post: with the entry, who said it and to whom."""
    author = aliased(Employee)
    query = (
        select(Feedback, Entry, author, Employee)
        .join(Entry, col(Entry.id) == col(Feedback.entry_id))
        .join(author, col(author.id) == col(Feedback.author_id))
        .join(Employee, col(Employee.id) == col(Feedback.employee_id))
        .where(col(Feedback.id).in_(keys))
    )
    return (await session.exec(query)).all()
