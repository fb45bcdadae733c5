"""Questions about invitation codes and wrong tries."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.people import CodeTries, Employee, Invitation, Placement, Unit

MANY = 500


async def by_digest(session: AsyncSession, digest: str) -> tuple[Invitation, Employee] | None:
    """Find the invitation with a code's digest, and whom it invites."""
    query = (
        select(Invitation, Employee)
        .join(Employee, col(Employee.id) == col(Invitation.employee_id))
        .where(col(Invitation.digest) == digest)
    )
    return (await session.exec(query)).first()


async def of(session: AsyncSession, employee: Employee) -> Invitation | None:
    """Find a person's invitation."""
    query = select(Invitation).where(col(Invitation.employee_id) == employee.id)
    return (await session.exec(query)).first()


async def forget(session: AsyncSession, people: Sequence[Employee]) -> None:
    """Delete the invitations of these people."""
    for start in range(0, len(people), MANY):
        some = [person.id for person in people[start : start + MANY]]
        await session.execute(delete(Invitation).where(col(Invitation.employee_id).in_(some)))


async def not_yet_in(session: AsyncSession) -> list[Employee]:
    """List everybody without a Telegram account, by name."""
    query = (
        select(Employee)
        .where(col(Employee.telegram_id).is_(None))
        .order_by(col(Employee.name), col(Employee.nip))
    )
    return list(await session.exec(query))


async def unit_names(session: AsyncSession) -> dict[int, str]:
    """Tell in which unit each person sits now."""
    query = (
        select(Placement.employee_id, Unit.name)
        .join(Unit, col(Unit.id) == col(Placement.unit_id))
        .where(col(Placement.until).is_(None))
    )
    return dict((await session.exec(query)).all())


async def tries_of(session: AsyncSession, telegram_id: int) -> CodeTries | None:
    """Find how often an account gave a wrong code."""
    return await session.get(CodeTries, telegram_id)


async def begin_tries(
    session: AsyncSession, telegram_id: int, before: CodeTries | None
) -> CodeTries:
    """Begin to count an account's wrong codes, or begin anew after it has waited."""
    tries = before or CodeTries(telegram_id=telegram_id)
    tries.wrong, tries.wait_until = 0, None
    session.add(tries)
    await session.flush()
    return tries
