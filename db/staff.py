"""Questions of an admin about people of the roster; whoever is no admin finds nobody."""

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.people import Role
from db.models.messages import AuditRecord
from db.models.people import Employee, Invitation

ESCAPE = "\\"


def is_admin(person: Employee) -> bool:
    """Tell whether a person keeps the roster."""
    return Role.ADMIN in person.roles


async def member(session: AsyncSession, admin: Employee, employee_id: int) -> Employee | None:
    """Load a person for an admin."""
    return await session.get(Employee, employee_id) if is_admin(admin) else None


async def search(session: AsyncSession, admin: Employee, text: str) -> list[Employee]:
    """List the people whose NIP, or part of whose name, this is; by name."""
    if not is_admin(admin):
        return []
    words = text.lower()
    for sign in (ESCAPE, "%", "_"):
        words = words.replace(sign, ESCAPE + sign)
    digits = "".join(text.split())
    named = func.lower(col(Employee.name)).like(f"%{words}%", escape=ESCAPE)
    query = (
        select(Employee)
        .where(named | (col(Employee.nip) == digits))
        .order_by(col(Employee.name), col(Employee.nip))
    )
    return list(await session.exec(query))


async def invitation_of(session: AsyncSession, employee: Employee) -> Invitation | None:
    """Find a person's open invitation."""
    query = select(Invitation).where(
        col(Invitation.employee_id) == employee.id, col(Invitation.used_at).is_(None)
    )
    return (await session.exec(query)).first()


async def last_record(session: AsyncSession, employee: Employee, action: str) -> AuditRecord | None:
    """Find the newest record of something about a person."""
    query = (
        select(AuditRecord)
        .where(col(AuditRecord.subject_id) == employee.id, col(AuditRecord.action) == action)
        .order_by(col(AuditRecord.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()
