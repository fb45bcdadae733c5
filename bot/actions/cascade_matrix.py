"""The Matriks Peran Hasil: which role each direct report has in the leader's results."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.sights import sight_of
from db import cascades
from db.models.people import Employee


@dataclass(frozen=True)
class Role:
    """One RHK, by its number and text."""

    number: int
    text: str


@dataclass(frozen=True)
class MatrixRow:
    """One direct report: the roles under each of the leader's RHK, and those under none."""

    name: str
    position: str
    cells: tuple[tuple[Role, ...], ...]
    other: tuple[Role, ...]


@dataclass(frozen=True)
class Matrix:
    """The matrix of a leader's year."""

    unit: str
    year: int
    columns: tuple[Role, ...]
    rows: tuple[MatrixRow, ...]


async def matrix_of(session: AsyncSession, leader: Employee, *, today: dt.date) -> Matrix:
    """Put the direct reports' RHK under the leader's."""
    sight = await sight_of(session, leader, None, on=today)
    direct = sorted(
        (seat for seat in sight.seats.values() if seat.supervisor_id == leader.id),
        key=lambda seat: (seat.name, seat.employee_id),
    )
    own = await cascades.goals_of(session, leader, year=today.year)
    theirs = await cascades.goals_of_people(
        session, [seat.employee_id for seat in direct], year=today.year
    )
    columns = [one.id for one in own]
    rows = []
    for seat in direct:
        held = [one for one in theirs if one.owner == seat.employee_id]
        cells = tuple(
            tuple(Role(one.number, one.text) for one in held if one.parent == key)
            for key in columns
        )
        other = tuple(Role(one.number, one.text) for one in held if one.parent not in columns)
        rows.append(MatrixRow(seat.name, seat.position, cells, other))
    own_seat = sight.seats.get(leader.id or 0)
    return Matrix(
        unit=own_seat.unit if own_seat else "",
        year=today.year,
        columns=tuple(Role(one.number, one.text) for one in own),
        rows=tuple(rows),
    )
