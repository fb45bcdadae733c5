"""Questions a person asks of everything that is kept about them."""

import sqlmodel
from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from db.models.dealings import Feedback, Obstacle
from db.models.entries import Absence, Entry, Evidence
from db.models.people import Employee
from db.models.plans import WorkResult


async def counts(session: AsyncSession, employee: Employee) -> tuple[int, int]:
    """Count a person's entries and bukti dukung that are kept."""
    entries = select(func.count()).where(
        col(Entry.employee_id) == employee.id, col(Entry.state) == EntryState.KEPT
    )
    proofs = (
        select(func.count())
        .select_from(Evidence)
        .join(Entry, col(Entry.id) == col(Evidence.entry_id))
        .where(col(Evidence.employee_id) == employee.id, col(Entry.state) == EntryState.KEPT)
    )
    return (await session.exec(entries)).one(), (await session.exec(proofs)).one()


async def entries(session: AsyncSession, employee: Employee) -> list[tuple[Entry, int | None]]:
    """List all of a person's entries that were not deleted, with the number of their RHK."""
    query = (
        sqlmodel.select(Entry, WorkResult.number)
        .join(WorkResult, col(WorkResult.id) == col(Entry.work_result_id), isouter=True)
        .where(col(Entry.employee_id) == employee.id, col(Entry.state) != EntryState.DELETED)
        .order_by(col(Entry.day), col(Entry.id))
    )
    return [(entry, number) for entry, number in await session.exec(query)]


async def evidence(session: AsyncSession, employee: Employee) -> list[tuple[Evidence, Entry]]:
    """List all of a person's bukti dukung with their entries."""
    query = (
        sqlmodel.select(Evidence, Entry)
        .join(Entry, col(Entry.id) == col(Evidence.entry_id))
        .where(col(Evidence.employee_id) == employee.id, col(Entry.state) != EntryState.DELETED)
        .order_by(col(Evidence.id))
    )
    return [(one, entry) for one, entry in await session.exec(query)]


async def feedback(session: AsyncSession, employee: Employee) -> list[tuple[Feedback, Employee]]:
    """List what was said to a person and not taken back, with who said it."""
    query = (
        sqlmodel.select(Feedback, Employee)
        .join(Employee, col(Employee.id) == col(Feedback.author_id))
        .where(col(Feedback.employee_id) == employee.id, col(Feedback.undone_at).is_(None))
        .order_by(col(Feedback.id))
    )
    return [(one, author) for one, author in await session.exec(query)]


async def obstacles(session: AsyncSession, employee: Employee) -> list[Obstacle]:
    """List all obstacles a person has raised."""
    query = (
        select(Obstacle).where(col(Obstacle.employee_id) == employee.id).order_by(col(Obstacle.id))
    )
    return list(await session.exec(query))


async def absences(session: AsyncSession, employee: Employee) -> list[Absence]:
    """List all of a person's days away."""
    query = (
        select(Absence).where(col(Absence.employee_id) == employee.id).order_by(col(Absence.first))
    )
    return list(await session.exec(query))
