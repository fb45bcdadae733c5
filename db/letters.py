"""Questions about what is said unasked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, false, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from db.models.entries import Absence, Entry
from db.models.messages import Letter
from db.models.people import Employee, Placement
from db.states import LetterState

LEASE = dt.timedelta(minutes=2)


@dataclass(frozen=True)
class Moment:
    """One zone's own day and hour."""

    zone: str
    day: dt.date
    time: dt.time


async def zones(session: AsyncSession) -> Sequence[str]:
    """List the zones in which people live."""
    query = select(Employee.zone).where(col(Employee.telegram_id).is_not(None)).distinct()
    return (await session.exec(query)).all()


async def hours_kept(session: AsyncSession, zone: str) -> Sequence[tuple[int, dt.time | None]]:
    """List the weeks and closing hours that occur in a zone."""
    query = (
        select(col(Employee.week), col(Employee.leave_at))
        .where(col(Employee.zone) == zone)
        .distinct()
    )
    return (await session.exec(query)).all()


async def silent(
    session: AsyncSession,
    moment: Moment,
    due_hours: Sequence[tuple[int, dt.time | None]],
    *,
    kind: str,
    but_not_in: set[int],
) -> Sequence[int]:
    """List who should be asked now: people of a zone whose hour has come and who are silent.

    Left out are those who logged today, are away, have switched prompts off, cannot be reached,
    or have had this letter already.
    """
    usual = or_(
        false(),
        *(
            and_(
                col(Employee.week) == week,
                col(Employee.leave_at).is_(None)
                if leave is None
                else col(Employee.leave_at) == leave,
            )
            for week, leave in due_hours
        ),
    )
    hour = or_(
        col(Employee.prompt_at) <= moment.time, and_(col(Employee.prompt_at).is_(None), usual)
    )
    query = select(Employee.id).where(
        col(Employee.zone) == moment.zone,
        col(Employee.telegram_id).is_not(None),
        col(Employee.consented_at).is_not(None),
        col(Employee.unreachable_since).is_(None),
        col(Employee.prompts_on).is_(True),
        col(Employee.week) > moment.day.weekday(),
        hour,
        ~logged(moment.day),
        ~away(moment.day),
        ~exists().where(
            col(Letter.employee_id) == Employee.id,
            col(Letter.kind) == kind,
            col(Letter.period) == moment.day.isoformat(),
        ),
    )
    if but_not_in:
        query = query.where(
            ~exists().where(
                col(Placement.employee_id) == Employee.id,
                col(Placement.until).is_(None),
                col(Placement.unit_id).in_(but_not_in),
            )
        )
    return [key for key in (await session.exec(query)).all() if key is not None]


def logged(day: dt.date) -> Any:
    """Match people with an entry on a day."""
    return exists().where(
        col(Entry.employee_id) == Employee.id,
        col(Entry.state) == EntryState.KEPT,
        or_(
            col(Entry.day) == day,
            and_(col(Entry.day) < day, col(Entry.last_day) >= day),
        ),
    )


def away(day: dt.date) -> Any:
    """Match people who are away on a day."""
    return exists().where(
        col(Absence.employee_id) == Employee.id,
        col(Absence.first) <= day,
        col(Absence.last) >= day,
    )


async def put(session: AsyncSession, letters: Sequence[Letter]) -> None:
    """Put letters into the post; one that is there already stays as it is."""
    if not letters:
        return
    build = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    await session.execute(
        build(Letter).on_conflict_do_nothing(index_elements=["employee_id", "kind", "period"]),
        [
            {
                "employee_id": letter.employee_id,
                "kind": letter.kind,
                "period": letter.period,
                "data": letter.data,
                "due_at": letter.due_at,
                "state": LetterState.DUE,
                "attempts": 0,
            }
            for letter in letters
        ],
    )


async def waiting(
    session: AsyncSession, employee: Employee, kind: str, day: dt.date
) -> Letter | None:
    """Find a person's letter of a day that is still to be carried."""
    query = select(Letter).where(
        col(Letter.employee_id) == employee.id,
        col(Letter.kind) == kind,
        col(Letter.state) == LetterState.DUE,
        col(Letter.period).startswith(day.isoformat()),
    )
    return (await session.exec(query)).first()


async def claim(session: AsyncSession, *, now: dt.datetime, most: int) -> list[Letter]:
    """Take letters that are due, also those whose taker has died, for two minutes."""
    due = (
        select(Letter.id)
        .where(
            or_(
                and_(col(Letter.state) == LetterState.DUE, col(Letter.due_at) <= now),
                and_(col(Letter.state) == LetterState.CLAIMED, col(Letter.lease_until) <= now),
            )
        )
        .order_by(col(Letter.due_at), col(Letter.id))
        .limit(most)
    )
    if session.get_bind().dialect.name == "postgresql":
        due = due.with_for_update(skip_locked=True)
    keys = list((await session.exec(due)).all())
    if not keys:
        return []
    await session.execute(
        update(Letter)
        .where(col(Letter.id).in_(keys))
        .values(
            state=LetterState.CLAIMED, lease_until=now + LEASE, attempts=col(Letter.attempts) + 1
        )
    )
    found = select(Letter).where(col(Letter.id).in_(keys)).order_by(col(Letter.id))
    return list(await session.exec(found))


async def settle(session: AsyncSession, letter_id: int, **values: Any) -> None:
    """Note what became of a letter."""
    await session.execute(
        update(Letter).where(col(Letter.id) == letter_id).values(lease_until=None, **values)
    )


async def has_logged(session: AsyncSession, employee: Employee, day: dt.date) -> bool:
    """Tell whether a person has an entry on a day."""
    query = select(Employee.id).where(col(Employee.id) == employee.id, logged(day))
    return (await session.exec(query)).first() is not None


async def is_silent(session: AsyncSession, employee: Employee, day: dt.date) -> bool:
    """Tell whether a person has neither logged nor is away on a day."""
    query = select(Employee.id).where(col(Employee.id) == employee.id, ~logged(day), ~away(day))
    return (await session.exec(query)).first() is not None
