"""Questions about how one person's work climbs the cascade; nobody else is named or shown."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import literal, select
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
