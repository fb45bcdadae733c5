"""The questions about teams, put together once.

To write such a question down costs more than to answer it for a small team.
"""

from collections.abc import Sequence
from typing import Any

import sqlmodel
from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Executable,
    Select,
    and_,
    bindparam,
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
from db.columns import Id
from db.keys import Keys, among
from db.models.dealings import Obstacle
from db.models.entries import Absence, Entry
from db.models.people import Employee, Placement, Unit
from db.models.plans import WorkResult

# The same person's other placements; made once, because SQLAlchemy takes its time over an alias.
OTHER = aliased(Placement)


LEADER = bindparam("leader", type_=Id)
PERSON = bindparam("person", type_=Id)
ON = bindparam("on", type_=Date())
START, END = bindparam("start", type_=Date()), bindparam("end", type_=Date())
KEYS = bindparam("keys", type_=Keys())


def begun(placement: type[Placement]) -> ColumnElement[bool]:
    """Hold for a placement that has begun by a day and not ended on it."""
    return (col(placement.since) <= ON) & or_(
        col(placement.until).is_(None), col(placement.until) > ON
    )


def in_force() -> ColumnElement[bool]:
    """Hold for the placement that counts on a day: begun, not ended, and followed by no other."""
    followed = exists().where(
        col(OTHER.employee_id) == col(Placement.employee_id),
        col(OTHER.since) > col(Placement.since),
        begun(OTHER),
    )
    return begun(Placement) & ~followed


def begun_in() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Hold for entries whose first day lies in a period."""
    return col(Entry.day) >= START, col(Entry.day) < END


def reaching_into() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Hold for entries of several days that begin before a period and reach into it.

    They are found by their last day; hiding the first keeps SQLite from reading a whole year of
    entries by the index of first days.
    """
    day = func.coalesce(col(Entry.day), col(Entry.day))
    return col(Entry.last_day) >= START, day < START


def logged_any(employee_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Hold for people with an entry in a period."""
    own = (col(Entry.employee_id) == employee_id, col(Entry.state) == EntryState.KEPT)
    return or_(exists().where(*own, *begun_in()), exists().where(*own, *reaching_into()))


def trees() -> tuple[CTE, CTE]:
    """Select a leader's direct reports, and everyone below them with the direct report's unit."""
    direct = (
        select(col(Placement.employee_id).label("id"), col(Placement.unit_id).label("unit_id"))
        .where(col(Placement.supervisor_id) == LEADER, in_force())
        .cte("direct")
    )
    tree = (
        select(col(Placement.employee_id).label("id"), direct.c.unit_id)
        .join(direct, col(Placement.supervisor_id) == direct.c.id)
        .where(in_force())
        .cte("tree", recursive=True)
    )
    # A union ends also where the roster leads in a circle.
    tree = tree.union(
        select(col(Placement.employee_id), tree.c.unit_id)
        .join(tree, col(Placement.supervisor_id) == tree.c.id)
        .where(in_force())
    )
    return direct, tree


def directly_under() -> Select[*tuple[Any, ...]]:
    """Select the direct reports of a leader on a day."""
    # A sum has no index: SQLite would go through all that the leader leads, for each of them.
    led = col(OTHER.supervisor_id) + 0 == LEADER
    since = (
        select(func.min(OTHER.since))
        .where(col(OTHER.employee_id) == col(Employee.id), led)
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
        .where(col(Placement.supervisor_id) == LEADER, in_force())
    )


def days_logged() -> Executable:
    """Select which days of a period people logged."""
    kept = (among(col(Entry.employee_id), KEYS), col(Entry.state) == EntryState.KEPT)
    fields = (
        col(Entry.employee_id),
        col(Entry.day),
        func.coalesce(col(Entry.last_day), col(Entry.day)),
        func.count(),
        func.min(case((col(Entry.late), 1), else_=0)),
    )
    within = select(*fields).where(*kept, *begun_in()).group_by(*fields[:3])
    # Entries of several days are few and have an index of their own.
    reaching = select(*fields).where(*kept, *reaching_into()).group_by(*fields[:3])
    return union_all(within, reaching)


def unit_sums() -> Executable:
    """Select the sums of everybody below a leader's direct reports, by the latter's units."""
    direct, tree = trees()
    has_logged = logged_any(tree.c.id)
    is_away = exists().where(
        col(Absence.employee_id) == tree.c.id,
        col(Absence.first) < END,
        col(Absence.last) >= START,
    )
    is_held_up = exists().where(
        col(Obstacle.employee_id) == tree.c.id, col(Obstacle.closed_at).is_(None)
    )
    return (
        select(
            col(Unit.name),
            func.count(),
            func.sum(case((has_logged, 1), else_=0)),
            func.sum(case((and_(is_away, ~has_logged), 1), else_=0)),
            func.sum(case((is_held_up, 1), else_=0)),
        )
        .select_from(tree)
        .join(Unit, col(Unit.id) == tree.c.unit_id)
        .where(tree.c.id != LEADER, tree.c.id.not_in(select(direct.c.id)))
        .group_by(col(Unit.id), col(Unit.name))
        .order_by(col(Unit.name))
    )


UNIT = (
    select(col(Unit.id), col(Unit.name))
    .join(Placement, col(Placement.unit_id) == col(Unit.id))
    .where(col(Placement.employee_id) == PERSON, in_force())
)
LEADS = select(col(Placement.id)).where(col(Placement.supervisor_id) == LEADER, in_force()).limit(1)
MEMBER = directly_under().where(col(Employee.id) == PERSON)
MEMBERS = directly_under().order_by(col(Employee.name), col(Employee.id))
LOGGED = days_logged()
AWAY = select(
    col(Absence.employee_id), col(Absence.kind), col(Absence.first), col(Absence.last)
).where(among(col(Absence.employee_id), KEYS), col(Absence.first) < END, col(Absence.last) >= START)
ENTRIES = (
    sqlmodel.select(Entry, WorkResult.number)
    .join(WorkResult, col(WorkResult.id) == col(Entry.work_result_id), isouter=True)
    .where(
        col(Entry.employee_id) == PERSON,
        col(Entry.state) == EntryState.KEPT,
        or_(and_(*begun_in()), and_(*reaching_into())),
    )
    .order_by(col(Entry.day).desc(), col(Entry.id).desc())
)
UNIT_SUMS = unit_sums()


async def rows(session: AsyncSession, query: Executable, **values: object) -> Sequence[Any]:
    """Give the plain rows of a question in the session's own transaction."""
    return (await (await session.connection()).execute(query, values)).all()
