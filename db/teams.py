"""Questions about teams: who works under whom on a day."""

import datetime as dt

from sqlalchemy import exists, or_
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.people import Employee, Placement


async def leads(session: AsyncSession, employee: Employee, *, on: dt.date) -> bool:
    """Tell whether anybody works directly under a person on a day."""
    query = (
        select(Placement.id)
        .where(col(Placement.supervisor_id) == employee.id, in_force(on))
        .limit(1)
    )
    return (await session.exec(query)).first() is not None


def in_force(on: dt.date) -> ColumnElement[bool]:
    """Hold for the placement that counts on a day: begun, not ended, and followed by no other."""
    later = aliased(Placement)
    followed = exists().where(
        col(later.employee_id) == col(Placement.employee_id),
        col(later.since) > col(Placement.since),
        begun(later, on),
    )
    return begun(Placement, on) & ~followed


def begun(placement: type[Placement], on: dt.date) -> ColumnElement[bool]:
    """Hold for a placement that has begun by a day and not ended on it."""
    return (col(placement.since) <= on) & or_(
        col(placement.until).is_(None), col(placement.until) > on
    )
