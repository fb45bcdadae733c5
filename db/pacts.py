"""Questions about the agency's own Pakta Integritas and who has read it."""

import datetime as dt
from collections.abc import Collection

import sqlmodel
from sqlalchemy import delete, exists, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db import teams
from db.models.pacts import PactReading, PactVersion
from db.models.people import Employee
from db.staff import is_admin


async def present(session: AsyncSession) -> PactVersion | None:
    """Find the version that holds now."""
    query = (
        select(PactVersion)
        .where(col(PactVersion.number).is_not(None))
        .order_by(col(PactVersion.number).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


async def draft_of(session: AsyncSession, admin: Employee, version_id: int) -> PactVersion | None:
    """Find what an admin has written and not yet published; a change holds its row."""
    query = select(PactVersion).where(
        col(PactVersion.id) == version_id,
        col(PactVersion.author_id) == admin.id,
        col(PactVersion.number).is_(None),
    )
    return (await session.exec(query.with_for_update())).first() if is_admin(admin) else None


async def forget_drafts(session: AsyncSession, admin: Employee) -> None:
    """Delete what an admin wrote and never published."""
    await session.execute(
        delete(PactVersion).where(
            col(PactVersion.author_id) == admin.id, col(PactVersion.number).is_(None)
        )
    )


async def reading_of(
    session: AsyncSession, employee: Employee, version: PactVersion
) -> PactReading | None:
    """Find when a person marked a version as read."""
    query = select(PactReading).where(
        col(PactReading.employee_id) == employee.id, col(PactReading.version_id) == version.id
    )
    return (await session.exec(query)).first()


async def readings(session: AsyncSession, employee: Employee) -> list[tuple[int, dt.datetime]]:
    """List which versions a person has read, and when."""
    query = (
        sqlmodel.select(PactVersion.number, PactReading.read_at)
        .join(PactReading, col(PactReading.version_id) == col(PactVersion.id))
        .where(col(PactReading.employee_id) == employee.id)
        .order_by(col(PactVersion.number))
    )
    return [(number or 0, at) for number, at in await session.exec(query)]


async def read_by(
    session: AsyncSession, version_id: int, people: Collection[int] | None = None
) -> set[int]:
    """Tell who has read a version: of some people, or of all."""
    query = select(PactReading.employee_id).where(col(PactReading.version_id) == version_id)
    if people is not None:
        query = query.where(col(PactReading.employee_id).in_(people))
    return set(await session.exec(query))


async def reach(session: AsyncSession, admin: Employee, version: PactVersion) -> tuple[int, int]:
    """Count for an admin who has read a version, of everybody who is in."""
    if not is_admin(admin):
        return 0, 0
    has_read = exists().where(
        col(PactReading.employee_id) == col(Employee.id), col(PactReading.version_id) == version.id
    )
    is_in = (
        select(func.count()).select_from(Employee).where(col(Employee.consented_at).is_not(None))
    )
    return (await session.exec(is_in.where(has_read))).one(), (await session.exec(is_in)).one()


async def unread_in_team(
    session: AsyncSession, leader: Employee, version: PactVersion, *, on: dt.date
) -> tuple[int, int]:
    """Count for a leader who of the own team has not read a version, of how many."""
    members = {one.id for one in await teams.members(session, leader, on=on)}
    read = await read_by(session, version.id or 0, members) if members else set()
    return len(members) - len(read), len(members)


async def asked(session: AsyncSession) -> list[tuple[int, str]]:
    """List who is told of a new version, with their zones: who is in and can be written to."""
    query = select(Employee.id, Employee.zone).where(
        col(Employee.telegram_id).is_not(None),
        col(Employee.consented_at).is_not(None),
        col(Employee.unreachable_since).is_(None),
    )
    return [(key or 0, zone) for key, zone in await session.exec(query)]
