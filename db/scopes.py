"""Questions about who stands below a leader, and where everybody sits."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.people import Employee, Placement, Unit
from db.teams import in_force, rows, trees


@dataclass(frozen=True)
class Seat:
    """Where a person sits on a day, and under whom."""

    employee_id: int
    name: str
    position: str
    unit_id: int
    unit: str
    supervisor_id: int | None
    week: int


async def below(session: AsyncSession, leader: Employee, *, on: dt.date) -> dict[int, Seat]:
    """Seat everybody below a leader on a day, the leader included."""
    direct, tree = trees(leader, on)
    found = select(direct.c.id).union(select(tree.c.id))
    query = seats(on).where(
        (col(Employee.id) == leader.id) | col(Employee.id).in_(found.scalar_subquery())
    )
    return {row[0]: Seat(*row) for row in await rows(session, query)}


async def everybody(session: AsyncSession, *, on: dt.date) -> dict[int, Seat]:
    """Seat everybody of the agency on a day."""
    return {row[0]: Seat(*row) for row in await rows(session, seats(on))}


async def unit_parents(session: AsyncSession) -> dict[int, tuple[str, int | None]]:
    """Give the name of every unit, and the unit above it."""
    query = select(col(Unit.id), col(Unit.name), col(Unit.parent_id))
    return {key: (name, parent) for key, name, parent in await rows(session, query)}


def seats(on: dt.date) -> Select[*tuple[Any, ...]]:
    """Select where people sit on a day."""
    return (
        select(
            col(Employee.id),
            col(Employee.name),
            col(Placement.position),
            col(Placement.unit_id),
            col(Unit.name),
            col(Placement.supervisor_id),
            col(Employee.week),
        )
        .join(Placement, col(Placement.employee_id) == col(Employee.id))
        .join(Unit, col(Unit.id) == col(Placement.unit_id))
        .where(in_force(on))
    )
