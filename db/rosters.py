"""Questions about everything a roster may touch, and the writing of many rows at once."""

import asyncio
import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, func, insert, text, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.entries import Absence
from db.models.messages import AuditRecord, Draft
from db.models.people import Employee, Placement, Shift, Unit
from db.models.plans import ActionPlan, Holiday, Indicator, Plan, Theme, WorkResult

APPLIED = "roster.applied"
MANY = 1000
# Any number will do, as long as nothing else asks for the same lock.
ROSTER_LOCK = 7_114_201

Lines = Sequence[Any]


@dataclass(frozen=True)
class Known:
    """Hold what the database knows, as plain lines; `stamp` tells one state from another."""

    stamp: int = 0
    units: Lines = ()
    employees: Lines = ()
    placements: Lines = ()
    plans: Lines = ()
    results: Lines = ()
    indicators: Lines = ()
    action_plans: Lines = ()
    holidays: Lines = ()
    absences: Lines = ()
    shifts: Lines = ()
    themes: frozenset[str] = field(default=frozenset())


async def stamp(session: AsyncSession) -> int:
    """Give a number that rises with every roster applied."""
    query = select(func.max(AuditRecord.id)).where(col(AuditRecord.action) == APPLIED)
    return (await session.exec(query)).one() or 0


async def known(
    session: AsyncSession, sheets: Collection[str], years: Collection[int], *, today: dt.date
) -> Known:
    """Give what a roster with these sheets and years is compared with.

    People and units always, because a file may point at them; the rest only where it is asked for.
    """
    asked: dict[str, Lines] = {}
    for name, model, sheet in (
        ("absences", Absence, "Absen"),
        ("shifts", Shift, "Jadwal"),
        ("holidays", Holiday, "Libur"),
    ):
        if sheet in sheets:
            asked[name] = await _lines(session, select(*_columns(model)))
    of_years = col(Plan.year).in_(years)
    asked["plans"] = await _lines(session, select(*_columns(Plan)).where(of_years))
    if not {"RHK", "IKI", "Rencana Aksi"}.isdisjoint(sheets):
        asked |= await _results(session, sheets, of_years)
    open_places = select(*_columns(Placement)).where(
        (col(Placement.until).is_(None)) | (col(Placement.until) > today)
    )
    return Known(
        stamp=await stamp(session),
        units=await _lines(session, select(*_columns(Unit))),
        employees=await _lines(session, select(*_columns(Employee))),
        placements=await _lines(session, open_places.order_by(col(Placement.since))),
        themes=frozenset(await session.exec(select(Theme.code))),
        **asked,
    )


async def _results(
    session: AsyncSession, sheets: Collection[str], of_years: ColumnElement[bool]
) -> dict[str, Lines]:
    """Give the results of some years' plans, and below them what the file has."""
    joined = col(Plan.id) == col(WorkResult.plan_id)
    columns = [*_columns(WorkResult), col(Plan.year)]
    results = select(*columns).join(Plan, joined).where(of_years)
    asked = {"results": await _lines(session, results)}
    for name, model, sheet in (
        ("indicators", Indicator, "IKI"),
        ("action_plans", ActionPlan, "Rencana Aksi"),
    ):
        if sheet in sheets:
            below = (
                select(*_columns(model))
                .join(WorkResult, col(WorkResult.id) == col(model.work_result_id))
                .join(Plan, joined)
            )
            asked[name] = await _lines(session, below.where(of_years))
    return asked


def table_of(model: type[SQLModel]) -> Table:
    """Give the table behind a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _columns(model: type[SQLModel]) -> list[Any]:
    return list(table_of(model).columns)


async def _lines(session: AsyncSession, query: Any) -> Lines:
    """Give all lines of a query, and let others have their turn in between."""
    lines: list[Any] = []
    for some in (await session.execute(query)).partitions(MANY):
        lines.extend(some)
        await asyncio.sleep(0)
    return lines


async def lock(session: AsyncSession) -> None:
    """Let one roster be written at a time; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(ROSTER_LOCK)))


async def numbers(session: AsyncSession, model: type[SQLModel], count: int) -> list[int]:
    """Take keys for new rows beforehand, so that rows can point at each other at once.

    On SQLite this holds only inside the writing transaction, where nobody else can take them.
    """
    if count == 0:
        return []
    table = table_of(model)
    if session.get_bind().dialect.name == "postgresql":
        taken = await session.execute(
            text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :n)"),
            {"name": table.name, "n": count},
        )
        return list(taken.scalars())
    last = (await session.execute(select(func.max(table.c.id)))).scalar() or 0
    return list(range(last + 1, last + 1 + count))


async def add(
    session: AsyncSession, model: type[SQLModel], lines: Sequence[Mapping[str, Any]]
) -> None:
    """Write new rows; their order is kept, so a row may point at an earlier one."""
    statement = insert(table_of(model))
    for start in range(0, len(lines), MANY):
        await session.execute(statement, lines[start : start + MANY])


async def change(
    session: AsyncSession, model: type[SQLModel], lines: Mapping[int, Mapping[str, Any]]
) -> None:
    """Write the same columns of many rows, each known by its key."""
    if not lines:
        return
    table = table_of(model)
    names = next(iter(lines.values())).keys()
    statement = (
        update(table)
        .where(table.c.id == bindparam("_key"))
        .values({name: bindparam(f"_{name}", type_=table.c[name].type) for name in names})
    )
    sets = [
        {"_key": key} | {f"_{name}": value for name, value in values.items()}
        for key, values in lines.items()
    ]
    for start in range(0, len(sets), MANY):
        await session.execute(statement, sets[start : start + MANY])


async def theme_codes(session: AsyncSession) -> set[str]:
    """Give the codes of all themes."""
    return set(await session.exec(select(Theme.code)))


async def next_draft(
    session: AsyncSession, steps: Sequence[str], *, now: dt.datetime
) -> Draft | None:
    """Find the oldest open dialogue at one of these steps."""
    query = (
        select(Draft)
        .where(col(Draft.step).in_(steps), col(Draft.expires_at) > now)
        .order_by(col(Draft.expires_at), col(Draft.id))
        .limit(1)
    )
    return (await session.exec(query)).first()
