"""Questions about teams: who works under whom, what they logged, and how their units stand."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlmodel
from sqlalchemy import (
    CTE,
    ColumnElement,
    Executable,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from bot.skp.people import AbsenceKind
from bot.skp.periods import Period
from db.models.dealings import Obstacle
from db.models.entries import Absence, Entry
from db.models.people import Employee, Placement, Unit
from db.models.plans import WorkResult

# The same person's other placements; made once, because SQLAlchemy takes its time over an alias.
OTHER = aliased(Placement)


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
    query = (
        select(col(Placement.id))
        .where(col(Placement.supervisor_id) == employee.id, in_force(on))
        .limit(1)
    )
    return bool(await rows(session, query))


async def members(session: AsyncSession, leader: Employee, *, on: dt.date) -> list[Member]:
    """List who works directly under a leader on a day, by name."""
    query = directly_under(leader, on).order_by(col(Employee.name), col(Employee.id))
    return [read_member(row) for row in await rows(session, query)]


async def member(
    session: AsyncSession, leader: Employee, employee_id: int, *, on: dt.date
) -> Member | None:
    """Find one of the people who work directly under a leader on a day."""
    query = directly_under(leader, on).where(col(Employee.id) == employee_id)
    found = await rows(session, query)
    return read_member(found[0]) if found else None


async def logged(
    session: AsyncSession, employee_ids: Collection[int], period: Period
) -> list[Logged]:
    """List which days of a period people logged; undone entries do not count."""
    kept = (col(Entry.employee_id).in_(employee_ids), col(Entry.state) == EntryState.KEPT)
    fields = (
        col(Entry.employee_id),
        col(Entry.day),
        func.coalesce(col(Entry.last_day), col(Entry.day)),
        func.count(),
        func.min(case((col(Entry.late), 1), else_=0)),
    )
    within = select(*fields).where(*kept, *begun_in(period)).group_by(*fields[:3])
    # Entries of several days are few and have an index of their own.
    reaching = select(*fields).where(*kept, *reaching_into(period)).group_by(*fields[:3])
    found = await rows(session, union_all(within, reaching))
    return [
        Logged(key, first, last, entries, late=bool(late))
        for key, first, last, entries, late in found
    ]


async def away(session: AsyncSession, employee_ids: Collection[int], period: Period) -> list[Away]:
    """List the absences of people that touch a period."""
    query = select(
        col(Absence.employee_id), col(Absence.kind), col(Absence.first), col(Absence.last)
    ).where(
        col(Absence.employee_id).in_(employee_ids),
        col(Absence.first) < period.end,
        col(Absence.last) >= period.start,
    )
    return [Away(*row) for row in await rows(session, query)]


async def entries_of(
    session: AsyncSession, person: Member, period: Period, *, limit: int
) -> list[tuple[Entry, int | None]]:
    """List the newest entries of a direct report in a period, with the number of their RHK."""
    query = (
        sqlmodel.select(Entry, WorkResult.number)
        .join(WorkResult, col(WorkResult.id) == col(Entry.work_result_id), isouter=True)
        .where(
            col(Entry.employee_id) == person.id,
            col(Entry.state) == EntryState.KEPT,
            or_(and_(*begun_in(period)), and_(*reaching_into(period))),
        )
        .order_by(col(Entry.day).desc(), col(Entry.id).desc())
        .limit(limit)
    )
    return [(entry, number) for entry, number in await session.exec(query)]


async def units_below(
    session: AsyncSession, leader: Employee, period: Period, *, on: dt.date
) -> list[UnitSum]:
    """Sum up the people below a leader's direct reports, by the unit of the direct report.

    Nobody is named: what a person did is for the person's own leader.
    """
    direct, tree = trees(leader, on)
    has_logged = logged_any(tree.c.id, period)
    is_away = exists().where(
        col(Absence.employee_id) == tree.c.id,
        col(Absence.first) < period.end,
        col(Absence.last) >= period.start,
    )
    is_held_up = exists().where(
        col(Obstacle.employee_id) == tree.c.id, col(Obstacle.closed_at).is_(None)
    )
    query = (
        select(
            col(Unit.name),
            func.count(),
            func.sum(case((has_logged, 1), else_=0)),
            func.sum(case((and_(is_away, ~has_logged), 1), else_=0)),
            func.sum(case((is_held_up, 1), else_=0)),
        )
        .select_from(tree)
        .join(Unit, col(Unit.id) == tree.c.unit_id)
        .where(tree.c.id != leader.id, tree.c.id.not_in(select(direct.c.id)))
        .group_by(col(Unit.id), col(Unit.name))
        .order_by(col(Unit.name))
    )
    return [UnitSum(*row) for row in await rows(session, query)]


def trees(leader: Employee, on: dt.date) -> tuple[CTE, CTE]:
    """Select a leader's direct reports, and everyone below them with the direct report's unit."""
    direct = (
        select(col(Placement.employee_id).label("id"), col(Placement.unit_id).label("unit_id"))
        .where(col(Placement.supervisor_id) == leader.id, in_force(on))
        .cte("direct")
    )
    tree = (
        select(col(Placement.employee_id).label("id"), direct.c.unit_id)
        .join(direct, col(Placement.supervisor_id) == direct.c.id)
        .where(in_force(on))
        .cte("tree", recursive=True)
    )
    # A union ends also where the roster leads in a circle.
    tree = tree.union(
        select(col(Placement.employee_id), tree.c.unit_id)
        .join(tree, col(Placement.supervisor_id) == tree.c.id)
        .where(in_force(on))
    )
    return direct, tree


async def rows(session: AsyncSession, query: Executable) -> Sequence[Any]:
    """Give the plain rows of a question in the session's own transaction."""
    return (await (await session.connection()).execute(query)).all()


def directly_under(leader: Employee, on: dt.date) -> Select[*tuple[Any, ...]]:
    """Select the direct reports of a leader on a day."""
    since = (
        select(func.min(OTHER.since))
        .where(col(OTHER.employee_id) == col(Employee.id), col(OTHER.supervisor_id) == leader.id)
        .scalar_subquery()
    )
    return (
        select(
            col(Employee.id),
            col(Employee.name),
            col(Employee.address),
            col(Placement.position),
            col(Placement.unit_id),
            col(Employee.week),
            since,
            col(Employee.telegram_id),
            col(Employee.unreachable_since),
        )
        .join(Placement, col(Placement.employee_id) == col(Employee.id))
        .where(col(Placement.supervisor_id) == leader.id, in_force(on))
    )


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


def in_force(on: dt.date) -> ColumnElement[bool]:
    """Hold for the placement that counts on a day: begun, not ended, and followed by no other."""
    followed = exists().where(
        col(OTHER.employee_id) == col(Placement.employee_id),
        col(OTHER.since) > col(Placement.since),
        begun(OTHER, on),
    )
    return begun(Placement, on) & ~followed


def begun(placement: type[Placement], on: dt.date) -> ColumnElement[bool]:
    """Hold for a placement that has begun by a day and not ended on it."""
    return (col(placement.since) <= on) & or_(
        col(placement.until).is_(None), col(placement.until) > on
    )


def begun_in(period: Period) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Hold for entries whose first day lies in a period."""
    return col(Entry.day) >= period.start, col(Entry.day) < period.end


def reaching_into(period: Period) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Hold for entries of several days that begin before a period and reach into it.

    They are found by their last day; hiding the first keeps SQLite from reading a whole year of
    entries by the index of first days.
    """
    day = func.coalesce(col(Entry.day), col(Entry.day))
    return col(Entry.last_day) >= period.start, day < period.start


def logged_any(employee_id: ColumnElement[int], period: Period) -> ColumnElement[bool]:
    """Hold for people with an entry in a period."""
    own = (col(Entry.employee_id) == employee_id, col(Entry.state) == EntryState.KEPT)
    return or_(
        exists().where(*own, *begun_in(period)), exists().where(*own, *reaching_into(period))
    )
