"""Questions about how one person's work climbs the cascade; nobody else is named or shown."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel import select as rows_of
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from db.models.entries import Entry
from db.models.people import Employee, Placement, Unit
from db.models.plans import WorkResult
from db.team_questions import in_force, rows

# No cascade is deeper; a circle in the roster ends here.
DEEPEST = 8


@dataclass(frozen=True)
class Level:
    """One RHK of the climb: the person's own has no depth, and each above it one more."""

    id: int
    text: str
    number: int
    depth: int
    unit: str | None
    position: str | None


@dataclass(frozen=True)
class Sum:
    """What everybody's entries under an RHK and those below it add up to in one unit."""

    result_id: int
    unit: str | None
    quantity: Decimal


async def newest_linked(
    session: AsyncSession, employee: Employee, *, until: dt.date
) -> Entry | None:
    """Find a person's newest kept entry that is linked to an RHK."""
    query = (
        rows_of(Entry)
        .where(
            col(Entry.employee_id) == employee.id,
            col(Entry.state) == EntryState.KEPT,
            col(Entry.work_result_id).is_not(None),
            col(Entry.day) <= until,
        )
        .order_by(col(Entry.day).desc(), col(Entry.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


async def climb(
    session: AsyncSession, employee: Employee, work_result_id: int, *, on: dt.date
) -> list[Level]:
    """Follow one of a person's own RHK up to the goal it serves; its own level comes first."""
    path = (
        select(col(WorkResult.id), col(WorkResult.parent_id), literal(0).label("depth"))
        .where(col(WorkResult.id) == work_result_id, col(WorkResult.employee_id) == employee.id)
        .cte("path", recursive=True)
    )
    above = aliased(WorkResult)
    path = path.union_all(
        select(col(above.id), col(above.parent_id), path.c.depth + 1)
        .join(path, path.c.parent_id == col(above.id))
        .where(path.c.depth < DEEPEST)
    )
    query = (
        select(
            col(WorkResult.id),
            col(WorkResult.text),
            col(WorkResult.number),
            path.c.depth,
            col(Unit.name),
            col(Placement.position),
        )
        .join(path, path.c.id == col(WorkResult.id))
        .join(
            Placement,
            (col(Placement.employee_id) == col(WorkResult.employee_id)) & in_force(),
            isouter=True,
        )
        .join(Unit, col(Unit.id) == col(Placement.unit_id), isouter=True)
        .order_by(path.c.depth)
    )
    found: dict[int, Level] = {}
    for row in await rows(session, query, on=on):
        found.setdefault(row[0], Level(*row))
    return list(found.values())


def served_by(work_result_ids: Collection[int]) -> Any:
    """Select every RHK that serves one of some, itself included, with the one it serves."""
    tree = (
        select(col(WorkResult.id).label("root"), col(WorkResult.id), col(WorkResult.employee_id))
        .where(col(WorkResult.id).in_(work_result_ids))
        .cte("tree", recursive=True)
    )
    below = aliased(WorkResult)
    # A union ends also where the roster leads in a circle.
    return tree.union(
        select(tree.c.root, col(below.id), col(below.employee_id)).join(
            tree, col(below.parent_id) == tree.c.id
        )
    )


async def sums(session: AsyncSession, work_result_ids: Collection[int]) -> list[Sum]:
    """Add up what was logged under some RHK and all that serve them, unit by unit."""
    tree = served_by(work_result_ids)
    query = (
        select(tree.c.root, col(Entry.unit), func.sum(col(Entry.quantity)))
        .join(tree, tree.c.id == col(Entry.work_result_id))
        .where(col(Entry.state) == EntryState.KEPT, col(Entry.quantity).is_not(None))
        .group_by(tree.c.root, col(Entry.unit))
    )
    return [Sum(*row) for row in await rows(session, query)]


async def people(session: AsyncSession, work_result_ids: Collection[int]) -> dict[int, int]:
    """Count whose RHK serve some, the owners of these included."""
    tree = served_by(work_result_ids)
    query = select(tree.c.root, func.count(func.distinct(tree.c.employee_id))).group_by(tree.c.root)
    return dict(await rows(session, query))
