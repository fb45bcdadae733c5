"""Questions about days away."""

import datetime as dt

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.entries import Absence
from db.models.messages import AuditRecord
from db.models.people import Employee


async def overlapping(
    session: AsyncSession, employee: Employee, first: dt.date, last: dt.date
) -> list[Absence]:
    """List a person's own absences that touch these days."""
    query = select(Absence).where(
        col(Absence.employee_id) == employee.id,
        col(Absence.first) <= last,
        col(Absence.last) >= first,
    )
    return list(await session.exec(query))


async def own(session: AsyncSession, employee: Employee, absence_id: int) -> Absence | None:
    """Find one of the person's own absences."""
    query = select(Absence).where(
        col(Absence.id) == absence_id, col(Absence.employee_id) == employee.id
    )
    return (await session.exec(query)).first()


async def coming(session: AsyncSession, employee: Employee, *, since: dt.date) -> list[Absence]:
    """List a person's absences that are not over, the nearest first."""
    query = (
        select(Absence)
        .where(col(Absence.employee_id) == employee.id, col(Absence.last) >= since)
        .order_by(col(Absence.first))
        .limit(5)
    )
    return list(await session.exec(query))


async def cut_by(session: AsyncSession, absence: Absence, *, action: str) -> list[list[str]]:
    """Give what noting an absence has cut out of earlier ones: kind, first and last day."""
    query = (
        select(col(AuditRecord.details))
        .where(
            col(AuditRecord.subject_id) == absence.employee_id, col(AuditRecord.action) == action
        )
        .order_by(col(AuditRecord.id).desc())
    )
    kept = (one for one in await session.exec(query) if one.get("absence") == absence.id)
    newest = next(kept, {})
    return list(newest.get("cut", ()))
