"""Questions about teams: who works under whom, what they logged, and how their units stand."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.people import AbsenceKind
from bot.skp.periods import Period
from db import team_questions as asked
from db.models.entries import Entry
from db.models.people import Employee
from db.team_questions import rows


@dataclass(frozen=True)
class Member:
    """One direct report; `since` is the first day under this leader."""

    id: int
    name: str
    address: str | None
    position: str
    unit_id: int
    week: int
    since: dt.date
    in_bot: bool
    reachable: bool


@dataclass(frozen=True)
class Logged:
    """What one person logged for the same days: the first, the last, and whether all came late."""

    employee_id: int
    first: dt.date
    last: dt.date
    entries: int
    late: bool


@dataclass(frozen=True)
class Away:
    """One absence, the first and the last day included."""

    employee_id: int
    kind: AbsenceKind
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class UnitSum:
    """How many people below one direct report's unit logged, were away, or are held up."""

    name: str
    people: int
    logged: int
    away: int
    obstacles: int = 0


async def leads(session: AsyncSession, employee: Employee, *, on: dt.date) -> bool:
    """Tell whether anybody works directly under a person on a day."""
    return bool(await rows(session, asked.LEADS, leader=employee.id, on=on))


async def unit_of(
    session: AsyncSession, employee: Employee, *, on: dt.date
) -> tuple[int, str] | None:
    """Find the unit in which a person sits on a day, by key and name."""
    found = await rows(session, asked.UNIT, person=employee.id, on=on)
    return (found[0][0], found[0][1]) if found else None


async def members(session: AsyncSession, leader: Employee, *, on: dt.date) -> list[Member]:
    """List who works directly under a leader on a day, by name."""
    return [read_member(row) for row in await rows(session, asked.MEMBERS, leader=leader.id, on=on)]


async def member(
    session: AsyncSession, leader: Employee, employee_id: int, *, on: dt.date
) -> Member | None:
    """Find one of the people who work directly under a leader on a day."""
    found = await rows(session, asked.MEMBER, leader=leader.id, person=employee_id, on=on)
    return read_member(found[0]) if found else None


async def logged(
    session: AsyncSession, employee_ids: Collection[int], period: Period
) -> list[Logged]:
    """List which days of a period people logged; undone entries do not count."""
    keys = list(employee_ids)
    found = await rows(session, asked.LOGGED, keys=keys, start=period.start, end=period.end)
    return [
        Logged(key, first, last, entries, late=bool(late))
        for key, first, last, entries, late in found
    ]


async def away(session: AsyncSession, employee_ids: Collection[int], period: Period) -> list[Away]:
    """List the absences of people that touch a period."""
    keys = list(employee_ids)
    found = await rows(session, asked.AWAY, keys=keys, start=period.start, end=period.end)
    return [Away(*row) for row in found]


async def entries_of(
    session: AsyncSession, person: Member, period: Period, *, limit: int
) -> list[tuple[Entry, int | None]]:
    """List the newest entries of a direct report in a period, with the number of their RHK."""
    wanted = {"person": person.id, "start": period.start, "end": period.end}
    found = await session.exec(asked.ENTRIES.limit(limit), params=wanted)
    return [(entry, number) for entry, number in found]


async def units_below(
    session: AsyncSession, leader: Employee, period: Period, *, on: dt.date
) -> list[UnitSum]:
    """Sum up the people below a leader's direct reports, by the unit of the direct report.

    Nobody is named: what a person did is for the person's own leader.
    """
    wanted = {"leader": leader.id, "on": on, "start": period.start, "end": period.end}
    return [UnitSum(*row) for row in await rows(session, asked.UNIT_SUMS, **wanted)]


def read_member(row: Row[*tuple[Any, ...]]) -> Member:
    """Read one line of the selection of direct reports."""
    return Member(
        id=row[0],
        name=row[1],
        address=row[2],
        position=row[3],
        unit_id=row[4],
        week=row[5],
        since=row[6],
        in_bot=row[7] is not None,
        reachable=row[8] is None,
    )
