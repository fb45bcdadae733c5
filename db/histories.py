"""Questions about a person's entries as they are looked back at."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from bot.skp.periods import Period
from db.models.entries import Entry
from db.models.messages import AuditRecord
from db.models.people import Employee
from db.models.plans import ActionPlan, WorkResult

SEEN = (EntryState.KEPT, EntryState.UNDONE)


@dataclass(frozen=True)
class Wanted:
    """Which of a person's entries are looked for; nothing given means all of them."""

    period: Period | None = None
    work_result_id: int | None = None
    additional: bool = False
    unlinked: bool = False
    words: tuple[str, ...] = ()


def conditions(employee: Employee, wanted: Wanted) -> list[Any]:
    """Match a person's own entries; an entry of several days lies in every period it touches."""
    found: list[Any] = [col(Entry.employee_id) == employee.id, col(Entry.state).in_(SEEN)]
    if wanted.period is not None:
        last = func.coalesce(col(Entry.last_day), col(Entry.day))
        found += [col(Entry.day) < wanted.period.end, last >= wanted.period.start]
    if wanted.work_result_id is not None:
        found.append(col(Entry.work_result_id) == wanted.work_result_id)
    if wanted.additional or wanted.unlinked:
        found += [col(Entry.work_result_id).is_(None), col(Entry.additional) == wanted.additional]
    found += [func.lower(Entry.text).contains(word, autoescape=True) for word in wanted.words]
    return found


async def newest(
    session: AsyncSession, employee: Employee, wanted: Wanted, *, skip: int, limit: int
) -> list[tuple[Entry, int | None]]:
    """List a person's entries with the number of their RHK, the newest day first."""
    query = (
        select(Entry, WorkResult.number)
        .join(WorkResult, col(WorkResult.id) == col(Entry.work_result_id), isouter=True)
        .where(*conditions(employee, wanted))
        .order_by(col(Entry.day).desc(), col(Entry.id).desc())
        .offset(skip)
        .limit(limit)
    )
    return [(entry, number) for entry, number in await session.exec(query)]


async def count(session: AsyncSession, employee: Employee, wanted: Wanted) -> int:
    """Count a person's entries."""
    query = select(func.count()).select_from(Entry).where(*conditions(employee, wanted))
    return (await session.exec(query)).one()


async def of_arrival(session: AsyncSession, employee: Employee, arrival_id: int) -> list[Entry]:
    """List the kept entries that one arrival of the person's has made, and hold their rows."""
    query = (
        select(Entry)
        .where(
            col(Entry.arrival_id) == arrival_id,
            col(Entry.employee_id) == employee.id,
            col(Entry.state) == EntryState.KEPT,
        )
        .order_by(col(Entry.part))
        .with_for_update()
    )
    return list(await session.exec(query))


async def kept_in(session: AsyncSession, employee: Employee, period: Period) -> list[Entry]:
    """List a person's kept entries that begin in a period, the oldest first."""
    query = (
        select(Entry)
        .where(
            col(Entry.employee_id) == employee.id,
            col(Entry.state) == EntryState.KEPT,
            col(Entry.day) >= period.start,
            col(Entry.day) < period.end,
        )
        .order_by(col(Entry.day), col(Entry.id))
    )
    return list(await session.exec(query))


async def newest_kept(
    session: AsyncSession, employee: Employee, *, before: dt.date, limit: int
) -> list[tuple[Entry, int | None]]:
    """List a person's newest entries with words before a day, with the number of their RHK."""
    query = (
        select(Entry, WorkResult.number)
        .join(WorkResult, col(WorkResult.id) == col(Entry.work_result_id), isouter=True)
        .where(
            col(Entry.employee_id) == employee.id,
            col(Entry.state) == EntryState.KEPT,
            col(Entry.day) < before,
            col(Entry.text) != "",
        )
        .order_by(col(Entry.day).desc(), col(Entry.id).desc())
        .limit(limit)
    )
    return [(entry, number) for entry, number in await session.exec(query)]


async def planned(
    session: AsyncSession, employee: Employee, periods: Collection[str]
) -> list[tuple[ActionPlan, int]]:
    """List a person's rencana aksi of some periods with the number of their RHK, in its order."""
    query = (
        select(ActionPlan, WorkResult.number)
        .join(WorkResult, col(WorkResult.id) == col(ActionPlan.work_result_id))
        .where(col(WorkResult.employee_id) == employee.id, col(ActionPlan.period).in_(periods))
        .order_by(col(WorkResult.number), col(ActionPlan.id))
    )
    return [(plan, number) for plan, number in await session.exec(query)]


async def audits(session: AsyncSession, employee: Employee, action: str) -> Sequence[AuditRecord]:
    """List what was done to a person's own record, the oldest first."""
    query = (
        select(AuditRecord)
        .where(col(AuditRecord.subject_id) == employee.id, col(AuditRecord.action) == action)
        .order_by(col(AuditRecord.id))
    )
    return (await session.exec(query)).all()
