"""Questions about catatan harian; every one takes the person whose entries they are."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import bindparam, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.skp.entries import EntryState
from db.models.entries import Entry
from db.models.messages import Answer, Arrival
from db.models.people import Employee
from db.models.plans import WorkResult

SEEN = (EntryState.KEPT, EntryState.UNDONE)


class Amount(NamedTuple):
    """What one entry adds to its RHK."""

    work_result_id: int
    quantity: Decimal | None
    unit: str | None
    percent: Decimal | None


async def own(
    session: AsyncSession, employee: Employee, entry_id: int, *, change: bool = False
) -> Entry | None:
    """Find one of a person's own entries, also an undone one; a change holds its row."""
    query = select(Entry).where(
        col(Entry.id) == entry_id,
        col(Entry.employee_id) == employee.id,
        col(Entry.state).in_(SEEN),
    )
    if change:
        query = query.with_for_update()
    return (await session.exec(query)).first()


async def of_message(
    session: AsyncSession, employee: Employee, chat_id: int, message_id: int
) -> list[Entry]:
    """List the entries that a message of the person's has made."""
    query = select(Entry).where(col(Entry.chat_id) == chat_id, col(Entry.message_id) == message_id)
    return await made(session, employee, query)


async def of_album(session: AsyncSession, employee: Employee, album_id: str) -> list[Entry]:
    """List the entries that the words of an album have made."""
    return await made(session, employee, select(Entry).where(col(Entry.album_id) == album_id))


async def of_arrival(session: AsyncSession, employee: Employee, arrival_id: int) -> list[Entry]:
    """List the entries that an arrival has made."""
    return await made(session, employee, select(Entry).where(col(Entry.arrival_id) == arrival_id))


async def newest_told(
    session: AsyncSession, employee: Employee, *, since: dt.datetime
) -> Entry | None:
    """Find the newest kept entry that a message of the person's has made since a moment."""
    query = (
        select(Entry)
        .where(
            col(Entry.employee_id) == employee.id,
            col(Entry.state) == EntryState.KEPT,
            col(Entry.arrival_id).is_not(None),
            col(Entry.created_at) >= since,
        )
        .order_by(col(Entry.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


async def made(
    session: AsyncSession, employee: Employee, query: SelectOfScalar[Entry]
) -> list[Entry]:
    """List what is not deleted of a person's own entries, in the order in which they were told."""
    own = query.where(col(Entry.employee_id) == employee.id, col(Entry.state).in_(SEEN))
    return list(await session.exec(own.order_by(col(Entry.part), col(Entry.id))))


async def last_part(session: AsyncSession, employee: Employee, arrival_id: int) -> int | None:
    """Tell the highest part of an arrival's entries, also of deleted ones; none made none."""
    query = select(func.max(Entry.part)).where(
        col(Entry.arrival_id) == arrival_id, col(Entry.employee_id) == employee.id
    )
    return (await session.exec(query)).first()


async def amounts(session: AsyncSession, work_result_ids: Collection[int]) -> list[Amount]:
    """List what the entries of some RHK add, the oldest first; what is undone does not count.

    An entry of several days is as new as its last day.
    """
    query = (
        select(col(Entry.work_result_id), col(Entry.quantity), col(Entry.unit), col(Entry.percent))
        .where(
            col(Entry.work_result_id).in_(work_result_ids),
            col(Entry.state) == EntryState.KEPT,
        )
        .order_by(func.coalesce(col(Entry.last_day), col(Entry.day)), col(Entry.id))
    )
    return [
        Amount(key or 0, quantity, unit, percent)
        for key, quantity, unit, percent in await session.exec(query)
    ]


# Asked at every message, so it is put together once.
TOTALS = (
    select(col(Entry.work_result_id), col(Entry.unit), func.sum(Entry.quantity))
    .where(
        col(Entry.work_result_id).in_(bindparam("keys", expanding=True)),
        col(Entry.state) == EntryState.KEPT,
        col(Entry.quantity).is_not(None),
    )
    .group_by(col(Entry.work_result_id), col(Entry.unit))
)


async def totals(session: AsyncSession, work_result_ids: Collection[int]) -> list[Amount]:
    """Sum what the entries of some RHK add, unit by unit; for sums alone this is much quicker."""
    rows = await session.exec(TOTALS, params={"keys": list(work_result_ids)})
    return [Amount(key or 0, quantity, unit, None) for key, unit, quantity in rows]


async def largest(
    session: AsyncSession, work_result_id: int, *, besides: int
) -> list[tuple[str | None, Decimal]]:
    """List the largest quantity under an RHK, unit by unit, leaving one entry out."""
    query = (
        select(col(Entry.unit), func.max(Entry.quantity))
        .where(
            col(Entry.work_result_id) == work_result_id,
            col(Entry.state) == EntryState.KEPT,
            col(Entry.quantity).is_not(None),
            col(Entry.id) != besides,
        )
        .group_by(col(Entry.unit))
    )
    return [(unit, value) for unit, value in await session.exec(query) if value is not None]


async def last_of_result(
    session: AsyncSession, employee: Employee, work_result_id: int, *, limit: int
) -> list[Entry]:
    """List the newest kept entries under one of a person's RHK."""
    query = (
        select(Entry)
        .where(
            col(Entry.work_result_id) == work_result_id,
            col(Entry.employee_id) == employee.id,
            col(Entry.state) == EntryState.KEPT,
        )
        .order_by(col(Entry.day).desc(), col(Entry.id).desc())
        .limit(limit)
    )
    return list(await session.exec(query))


async def with_earlier(session: AsyncSession, people: set[int], day: dt.date) -> set[int]:
    """Tell which people have an entry before a day, which they could repeat."""
    query = (
        select(Entry.employee_id)
        .where(
            col(Entry.employee_id).in_(people),
            col(Entry.state) == EntryState.KEPT,
            col(Entry.day) < day,
            col(Entry.text) != "",
        )
        .distinct()
    )
    return set(await session.exec(query))


async def newest_day_before(
    session: AsyncSession, employee: Employee, day: dt.date
) -> dt.date | None:
    """Find the newest day before a day on which something was kept."""
    query = select(func.max(Entry.day)).where(
        col(Entry.employee_id) == employee.id,
        col(Entry.state) == EntryState.KEPT,
        col(Entry.day) < day,
        col(Entry.text) != "",
    )
    return (await session.exec(query)).first()


async def kept_on(
    session: AsyncSession, employee: Employee, day: dt.date, *, limit: int
) -> list[Entry]:
    """List what a person keeps of a day, in the order in which it was written."""
    query = (
        select(Entry)
        .where(
            col(Entry.employee_id) == employee.id,
            col(Entry.state) == EntryState.KEPT,
            col(Entry.day) == day,
            col(Entry.text) != "",
        )
        .order_by(col(Entry.id))
        .limit(limit)
    )
    return list(await session.exec(query))


async def texts(
    session: AsyncSession, employee: Employee, *, since: dt.date
) -> list[tuple[int, str]]:
    """List the words of a person's kept entries since a day, with their keys, the newest first."""
    query = (
        select(col(Entry.id), col(Entry.text))
        .where(
            col(Entry.employee_id) == employee.id,
            col(Entry.state) == EntryState.KEPT,
            col(Entry.day) >= since,
        )
        .order_by(col(Entry.day).desc(), col(Entry.id).desc())
    )
    return [(key or 0, text) for key, text in await session.exec(query)]


async def exported(
    session: AsyncSession, *, nip: str | None, first: dt.date | None, last: dt.date | None
) -> list[tuple[Entry, str, int | None]]:
    """List kept entries with NIP and number of the RHK, the oldest first; both days included."""
    query = (
        select(Entry, Employee.nip, WorkResult.number)
        .join(Employee, col(Employee.id) == col(Entry.employee_id))
        .join(WorkResult, col(WorkResult.id) == col(Entry.work_result_id), isouter=True)
        .where(col(Entry.state) == EntryState.KEPT)
        .order_by(col(Entry.id))
    )
    if nip is not None:
        query = query.where(col(Employee.nip) == nip)
    if first is not None:
        query = query.where(col(Entry.day) >= first)
    if last is not None:
        query = query.where(col(Entry.day) <= last)
    return [(entry, number, result) for entry, number, result in await session.exec(query)]


async def receipt_at(
    session: AsyncSession, chat_id: int | None, subjects: Collection[str]
) -> int | None:
    """Find the message in which the newest receipt about some subjects still stands."""
    query = (
        select(Answer.message_id)
        .where(
            col(Answer.chat_id) == chat_id,
            col(Answer.about).in_(subjects),
            col(Answer.message_id).is_not(None),
        )
        .order_by(col(Answer.id).desc())
        .limit(1)
    )
    found = (await session.exec(query)).first()
    if chat_id is None or found is None:
        return None
    return found if await about_at(session, chat_id, found) in subjects else None


async def about_at(session: AsyncSession, chat_id: int, message_id: int) -> str | None:
    """Tell what a message of ours was about when it was last changed."""
    query = (
        select(Answer.about)
        .where(
            col(Answer.chat_id) == chat_id,
            col(Answer.message_id) == message_id,
            col(Answer.about).is_not(None),
        )
        .order_by(col(Answer.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


async def said(session: AsyncSession, chat_id: int, arrival_id: int) -> Arrival | None:
    """Find what somebody said earlier in a chat."""
    query = select(Arrival).where(col(Arrival.id) == arrival_id, col(Arrival.chat_id) == chat_id)
    return (await session.exec(query)).first()
