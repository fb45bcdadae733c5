"""Questions about who stands below a leader, and where everybody sits."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.people import Employee, Placement, Unit
from db.team_questions import LEADER, in_force, rows, trees


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


def seats() -> Select[*tuple[Any, ...]]:
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
        .where(in_force())
    )


def seats_below() -> Select[*tuple[Any, ...]]:
    """Select where everybody below a leader sits, the leader included."""
    direct, tree = trees()
    found = select(direct.c.id).union(select(tree.c.id)).scalar_subquery()
    return seats().where((col(Employee.id) == LEADER) | col(Employee.id).in_(found))


EVERYBODY = seats()
BELOW = seats_below()


async def below(session: AsyncSession, leader: Employee, *, on: dt.date) -> dict[int, Seat]:
    """Seat everybody below a leader on a day, the leader included."""
    found = await rows(session, BELOW, leader=leader.id, on=on)
    return {row[0]: Seat(*row) for row in found}


async def everybody(session: AsyncSession, *, on: dt.date) -> dict[int, Seat]:
    """Seat everybody of the agency on a day."""
    return {row[0]: Seat(*row) for row in await rows(session, EVERYBODY, on=on)}


async def unit_parents(session: AsyncSession) -> dict[int, tuple[str, int | None]]:
    """Give the name of every unit, and the unit above it."""
    query = select(col(Unit.id), col(Unit.name), col(Unit.parent_id))
    return {key: (name, parent) for key, name, parent in await rows(session, query)}
