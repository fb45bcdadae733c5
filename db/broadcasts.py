"""Questions about what admins say to many at once; whoever is no admin finds nothing."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, delete, exists, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.calendars import below
from db.letters import Written, sought, spread
from db.models.messages import Broadcast, Letter
from db.models.people import Employee, Placement, Unit
from db.staff import ESCAPE, is_admin
from db.states import BroadcastState, LetterState, Priority

BROADCAST = "broadcast"
REPORT = "broadcast-report"
UNDER_WAY = (BroadcastState.SENDING, BroadcastState.STOPPED)


async def own(session: AsyncSession, admin: Employee, broadcast_id: int) -> Broadcast | None:
    """Load a broadcast of an admin's own."""
    if not is_admin(admin):
        return None
    query = select(Broadcast).where(
        col(Broadcast.id) == broadcast_id, col(Broadcast.author_id) == admin.id
    )
    return (await session.exec(query)).first()


async def forget_drafts(session: AsyncSession, admin: Employee) -> None:
    """Delete what an admin wrote and never sent; there is one at most at a time."""
    await session.execute(
        delete(Broadcast).where(
            col(Broadcast.author_id) == admin.id, col(Broadcast.state) == BroadcastState.DRAFT
        )
    )


async def take_draft(session: AsyncSession, broadcast: Broadcast, **values: Any) -> bool:
    """Move a draft on; tell whether it still was one, for of two taps only one may send."""
    moved = await session.execute(
        update(Broadcast)
        .where(col(Broadcast.id) == broadcast.id, col(Broadcast.state) == BroadcastState.DRAFT)
        .values(state=BroadcastState.SENDING, **values)
        .returning(col(Broadcast.id))
        .execution_options(synchronize_session=False)
    )
    return moved.first() is not None


async def stop(session: AsyncSession, broadcast: Broadcast, *, error: str) -> None:
    """Drop the letters that nobody has claimed yet."""
    await session.execute(
        update(Letter)
        .where(letters_of(broadcast), col(Letter.state) == LetterState.DUE)
        .values(state=LetterState.DROPPED, error=error)
        .execution_options(synchronize_session=False)
    )


def letters_of(broadcast: Broadcast) -> ColumnElement[bool]:
    """Match the letters of a broadcast."""
    return sought(BROADCAST, str(broadcast.id))


async def audience(session: AsyncSession, unit_id: int | None, *, on: dt.date) -> list[Any]:
    """Match who is in, has agreed and can be reached, in a unit and those below it, or in all."""
    conditions: list[Any] = [
        col(Employee.telegram_id).is_not(None),
        col(Employee.consented_at).is_not(None),
        col(Employee.unreachable_since).is_(None),
    ]
    if unit_id is not None:
        conditions.append(
            exists().where(
                col(Placement.employee_id) == col(Employee.id),
                col(Placement.unit_id).in_(await below(session, {unit_id})),
                col(Placement.since) <= on,
                or_(col(Placement.until).is_(None), col(Placement.until) > on),
            )
        )
    return conditions


async def reach(session: AsyncSession, unit_id: int | None, *, on: dt.date) -> dict[str, int]:
    """Count the people a broadcast reaches, by their zone."""
    query = (
        select(col(Employee.zone), func.count())
        .where(*await audience(session, unit_id, on=on))
        .group_by(col(Employee.zone))
    )
    return dict((await session.exec(query)).all())


async def put_letters(
    session: AsyncSession, broadcast: Broadcast, due: Mapping[str, dt.datetime], *, on: dt.date
) -> None:
    """Put a letter into the post for everybody the broadcast reaches, due by their zone.

    The database writes them itself: a hundred thousand rows need not come here and go back.
    """
    people = await audience(session, broadcast.unit_id, on=on)
    for zone, due_at in due.items():
        letter = Written(0, BROADCAST, str(broadcast.id), due_at, Priority.BROADCAST)
        await spread(session, letter, col(Employee.zone) == zone, *people)


async def tally(session: AsyncSession, broadcast: Broadcast) -> list[tuple[str, str | None, int]]:
    """Count a broadcast's letters by their state and by why they were dropped."""
    why = case((col(Letter.state) == LetterState.DROPPED, col(Letter.error)))
    query = (
        select(col(Letter.state), why, func.count())
        .where(letters_of(broadcast))
        .group_by(col(Letter.state), why)
    )
    return [(state, error, count) for state, error, count in await session.exec(query)]


async def settled(session: AsyncSession) -> list[Broadcast]:
    """List broadcasts under way of which no letter is left to carry."""
    letter = exists().where(
        sought(BROADCAST, cast(col(Broadcast.id), String)),
        col(Letter.state).in_((LetterState.DUE, LetterState.CLAIMED)),
    )
    query = select(Broadcast).where(
        col(Broadcast.state).in_(UNDER_WAY), col(Broadcast.finished_at).is_(None), ~letter
    )
    return list(await session.exec(query))


async def by_keys(session: AsyncSession, keys: Collection[int]) -> dict[int, Broadcast]:
    """Find broadcasts for the post, which has no one who asks."""
    found = await session.exec(select(Broadcast).where(col(Broadcast.id).in_(keys)))
    return {one.id or 0: one for one in found}


async def unit_of(session: AsyncSession, admin: Employee, unit_id: int) -> Unit | None:
    """Load a unit for an admin."""
    return await session.get(Unit, unit_id) if is_admin(admin) else None


async def units_named(session: AsyncSession, admin: Employee, text: str) -> list[Unit]:
    """List the units part of whose name this is, by name; an empty text fits all."""
    if not is_admin(admin):
        return []
    words = text.lower()
    for sign in (ESCAPE, "%", "_"):
        words = words.replace(sign, ESCAPE + sign)
    query = select(Unit).where(func.lower(col(Unit.name)).like(f"%{words}%", escape=ESCAPE))
    return list(await session.exec(query.order_by(col(Unit.name), col(Unit.id))))
