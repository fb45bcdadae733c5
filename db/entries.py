"""Questions about catatan harian; every one takes the person whose entries they are."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import bindparam, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from db.models.entries import Entry
from db.models.messages import Answer, Arrival
from db.models.people import Employee
from db.models.plans import WorkResult

SEEN = (EntryState.KEPT, EntryState.UNDONE)


@dataclass(frozen=True)
class Amount:
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
) -> Entry | None:
    """Find the entry that a message of the person's has made."""
    query = select(Entry).where(
        col(Entry.chat_id) == chat_id,
        col(Entry.message_id) == message_id,
        col(Entry.employee_id) == employee.id,
        col(Entry.state).in_(SEEN),
    )
    return (await session.exec(query)).first()


async def of_album(session: AsyncSession, employee: Employee, album_id: str) -> Entry | None:
    """Find the entry that the first picture of an album has made."""
    query = select(Entry).where(
        col(Entry.album_id) == album_id,
        col(Entry.employee_id) == employee.id,
        col(Entry.state).in_(SEEN),
    )
    return (await session.exec(query)).first()


async def of_arrival(session: AsyncSession, employee: Employee, arrival_id: int) -> Entry | None:
    """Find the entry that an arrival has made, whatever became of it since."""
    query = select(Entry).where(
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


async def newest(
    session: AsyncSession, employee: Employee, *, skip: int, limit: int
) -> list[tuple[Entry, int | None]]:
    """List a person's entries with the number of their RHK, the newest day first."""
    query = (
        select(Entry, WorkResult.number)
        .join(WorkResult, col(WorkResult.id) == col(Entry.work_result_id), isouter=True)
        .where(col(Entry.employee_id) == employee.id, col(Entry.state).in_(SEEN))
        .order_by(col(Entry.day).desc(), col(Entry.id).desc())
        .offset(skip)
        .limit(limit)
    )
    return [(entry, number) for entry, number in await session.exec(query)]


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


async def newest_before(session: AsyncSession, employee: Employee, day: dt.date) -> Entry | None:
    """Find the newest kept entry of the days before a day."""
    query = (
        select(Entry)
        .where(
            col(Entry.employee_id) == employee.id,
            col(Entry.state) == EntryState.KEPT,
            col(Entry.day) < day,
            col(Entry.text) != "",
        )
        .order_by(col(Entry.day).desc(), col(Entry.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


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


async def receipt_at(session: AsyncSession, chat_id: int | None, entry_id: int) -> int | None:
    """Find the message in which the newest receipt of an entry stands."""
    query = (
        select(Answer.message_id)
        .where(
            col(Answer.chat_id) == chat_id,
            col(Answer.about) == f"entry:{entry_id}",
            col(Answer.message_id).is_not(None),
        )
        .order_by(col(Answer.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


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
