"""Questions about who leads in another's place (Plt, Plh)."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import ColumnElement, Date, bindparam, exists, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.people import ActingKind
from db.columns import Id
from db.models.people import Acting, Employee

ON = bindparam("on", type_=Date())


def in_force() -> ColumnElement[bool]:
    """Hold for whoever leads in another's place on a day."""
    return (col(Acting.since) <= ON) & or_(col(Acting.until).is_(None), col(Acting.until) > ON)


# Asked at every summary, so it is put together once.
ACTED_FOR = (
    select(Employee, col(Acting.kind))
    .join(Acting, col(Acting.leader_id) == col(Employee.id))
    .where(
        col(Acting.employee_id) == bindparam("person", type_=Id),
        col(Acting.leader_id) != col(Acting.employee_id),
        in_force(),
    )
    .order_by(col(Employee.name), col(Employee.id), col(Acting.since).desc())
)


async def acted_for(
    session: AsyncSession, employee: Employee, *, on: dt.date
) -> list[tuple[Employee, ActingKind]]:
    """List the leaders in whose place a person leads on a day, by name."""
    found: dict[int | None, tuple[Employee, ActingKind]] = {}
    wanted = {"person": employee.id, "on": on}
    for leader, kind in await session.exec(ACTED_FOR, params=wanted):
        found.setdefault(leader.id, (leader, kind))
    return list(found.values())


async def acting_for(
    session: AsyncSession, leader_ids: Collection[int], *, on: dt.date
) -> list[Employee]:
    """List who leads on a day in the place of some leaders."""
    standing_in = exists().where(
        col(Acting.employee_id) == col(Employee.id),
        col(Acting.leader_id).in_(leader_ids),
        in_force(),
    )
    query = select(Employee).where(standing_in).order_by(col(Employee.id))
    return list(await session.exec(query, params={"on": on}))


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


async def by_id(session: AsyncSession, acting_id: int) -> Acting | None:
    """Find one by its key; who may see it is for the caller to check."""
    return await session.get(Acting, acting_id)
