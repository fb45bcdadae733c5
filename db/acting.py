"""Questions about who leads in another's place (Plt, Plh)."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.people import ActingKind
from db.models.people import Acting, Employee


async def acted_for(
    session: AsyncSession, employee: Employee, *, on: dt.date
) -> list[tuple[Employee, ActingKind]]:
    """List the leaders in whose place a person leads on a day, by name."""
    query = (
        select(Employee, col(Acting.kind))
        .join(Acting, col(Acting.leader_id) == col(Employee.id))
        .where(col(Acting.employee_id) == employee.id, col(Acting.leader_id) != employee.id)
        .where(in_force(on))
        .order_by(col(Employee.name), col(Employee.id), col(Acting.since).desc())
    )
    found: dict[int | None, tuple[Employee, ActingKind]] = {}
    for leader, kind in await session.exec(query):
        found.setdefault(leader.id, (leader, kind))
    return list(found.values())


async def acting_for(
    session: AsyncSession, leader_ids: Collection[int], *, on: dt.date
) -> list[Employee]:
    """List who leads on a day in the place of some leaders."""
    standing_in = exists().where(
        col(Acting.employee_id) == col(Employee.id),
        col(Acting.leader_id).in_(leader_ids),
        in_force(on),
    )
    query = select(Employee).where(standing_in).order_by(col(Employee.id))
    return list(await session.exec(query))


async def of_leader(session: AsyncSession, leader: Employee, *, since: dt.date) -> list[Acting]:
    """List who leads in a leader's place from a day on, the earliest first."""
    query = (
        select(Acting)
        .where(
            col(Acting.leader_id) == leader.id,
            or_(col(Acting.until).is_(None), col(Acting.until) > since),
        )
        .order_by(col(Acting.since), col(Acting.id))
    )
    return list(await session.exec(query))


def in_force(on: dt.date) -> ColumnElement[bool]:
    """Hold for whoever leads in another's place on a day."""
    return (col(Acting.since) <= on) & or_(col(Acting.until).is_(None), col(Acting.until) > on)
