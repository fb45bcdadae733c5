"""Questions about people, their places and their teams."""

import datetime as dt

from sqlalchemy import String, cast, exists, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.people import Employee, Placement, Unit

# The roles with a menu of their own.
SPECIAL = ("admin", "widyaiswara")


async def by_telegram(session: AsyncSession, telegram_id: int) -> Employee | None:
    """Find the person whose account speaks."""
    query = select(Employee).where(col(Employee.telegram_id) == telegram_id)
    return (await session.exec(query)).first()


async def by_nip(session: AsyncSession, nip: str) -> Employee | None:
    """Find a person of the roster by NIP."""
    return (await session.exec(select(Employee).where(col(Employee.nip) == nip))).first()


async def by_phone(session: AsyncSession, phone: str) -> list[Employee]:
    """List the people of the roster with a phone number; several mean that none is sure."""
    return list(await session.exec(select(Employee).where(col(Employee.phone) == phone)))


async def joined_on(session: AsyncSession, employee: Employee) -> dt.date | None:
    """Give the day from which a person has had a place."""
    query = select(func.min(Placement.since)).where(col(Placement.employee_id) == employee.id)
    return (await session.exec(query)).one()


async def placement_of(
    session: AsyncSession, employee: Employee, *, on: dt.date
) -> tuple[Placement, Unit, Employee | None] | None:
    """Find where a person sits on a day: the placement, its unit and the supervisor."""
    query = (
        select(Placement, Unit)
        .join(Unit, col(Unit.id) == col(Placement.unit_id))
        .where(
            col(Placement.employee_id) == employee.id,
            col(Placement.since) <= on,
            or_(col(Placement.until).is_(None), col(Placement.until) > on),
        )
        .order_by(col(Placement.since).desc())
        .limit(1)
    )
    found = (await session.exec(query)).first()
    if found is None:
        return None
    placement, unit = found
    supervisor = (
        await session.get(Employee, placement.supervisor_id) if placement.supervisor_id else None
    )
    return placement, unit, supervisor


async def mark_unreachable(session: AsyncSession, telegram_id: int, *, now: dt.datetime) -> None:
    """Note that a person has blocked the bot; it heals when they write again."""
    await session.execute(
        update(Employee)
        .where(col(Employee.telegram_id) == telegram_id)
        .values(unreachable_since=now)
    )


async def by_id(session: AsyncSession, employee_id: int) -> Employee | None:
    """Find a person by key, for the post, which has no one who asks."""
    return await session.get(Employee, employee_id)


async def with_special_menus(session: AsyncSession) -> list[tuple[int, str, list[str]]]:
    """List who gets more than the usual menu: account, language and whose menus they are.

    A menu opens nothing by itself, so whoever leads by a placement without an end counts.
    """
    leads = exists().where(
        col(Placement.supervisor_id) == col(Employee.id), col(Placement.until).is_(None)
    )
    # The roles are a small list kept as JSON, which both databases can read as text.
    roles = cast(col(Employee.roles), String)
    query = (
        select(Employee.telegram_id, Employee.language, leads, roles)
        .where(
            col(Employee.telegram_id).is_not(None),
            or_(leads, *(roles.like(f'%"{role}"%') for role in SPECIAL)),
        )
        .order_by(col(Employee.id))
    )
    return [
        (
            account,
            language,
            ["leader"] * bool(leading) + [role for role in SPECIAL if f'"{role}"' in known],
        )
        for account, language, leading, known in await session.exec(query)
        if account is not None
    ]


async def admins(session: AsyncSession) -> list[int]:
    """List the keys of the admins who are in and can be written to."""
    administers = cast(col(Employee.roles), String).like('%"admin"%')
    query = select(Employee.id).where(
        administers,
        col(Employee.telegram_id).is_not(None),
        col(Employee.unreachable_since).is_(None),
    )
    return [key for key in await session.exec(query) if key is not None]
