"""Questions about working days: who has which days off."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Date, bindparam, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.periods import Period
from bot.skp.workdays import WorkCalendar
from db.columns import Id
from db.models.people import Employee, Placement, Shift, Unit
from db.models.plans import Holiday


def own_holidays() -> Any:
    """Ask for the holidays of a person's units and of every unit above them.

    It is asked at every entry, and to write it down costs more than to answer it.
    """
    units = (
        select(col(Placement.unit_id).label("id"))
        .where(
            col(Placement.employee_id) == bindparam("employee", type_=Id),
            or_(
                col(Placement.until).is_(None),
                col(Placement.until) > bindparam("on", type_=Date),
            ),
        )
        .cte("units", recursive=True)
    )
    units = units.union(
        select(col(Unit.parent_id))
        .join(units, units.c.id == col(Unit.id))
        .where(col(Unit.parent_id).is_not(None))
    )
    return select(col(Holiday.day), col(Holiday.name)).where(
        col(Holiday.day) >= bindparam("first", type_=Date),
        col(Holiday.day) < bindparam("end", type_=Date),
        or_(col(Holiday.unit_id).is_(None), col(Holiday.unit_id).in_(select(units.c.id))),
    )


OWN_HOLIDAYS = own_holidays()


async def calendar_of(session: AsyncSession, employee: Employee, *, on: dt.date) -> WorkCalendar:
    """Give a person's working days around a day: the year before, its own and the next.

    A holiday of a unit is one of every unit below it, too.
    """
    years = {"first": dt.date(on.year - 1, 1, 1), "end": dt.date(on.year + 2, 1, 1)}
    found = await session.exec(OWN_HOLIDAYS, params={"employee": employee.id, "on": on, **years})
    return WorkCalendar(employee.week, dict(found.all()))


async def free_units(session: AsyncSession, day: dt.date) -> tuple[bool, set[int]]:
    """Tell whether a day is free for all, and which units have it free by themselves."""
    query = select(Holiday.unit_id).where(col(Holiday.day) == day)
    found = (await session.exec(query)).all()
    roots = {unit for unit in found if unit is not None}
    return None in found, await below(session, roots)


async def below(session: AsyncSession, roots: set[int]) -> set[int]:
    """List units with every unit below them."""
    if not roots:
        return set()
    tree = select(Unit.id).where(col(Unit.id).in_(roots)).cte("tree", recursive=True)
    tree = tree.union(select(Unit.id).join(tree, col(Unit.parent_id) == tree.c.id))
    return set((await session.exec(select(tree.c.id))).all())


async def national_days(session: AsyncSession, year: int) -> Sequence[dt.date]:
    """List the days of a year that are free for all."""
    query = select(col(Holiday.day)).where(
        col(Holiday.unit_id).is_(None),
        col(Holiday.day) >= dt.date(year, 1, 1),
        col(Holiday.day) < dt.date(year + 1, 1, 1),
    )
    return (await session.exec(query)).all()


async def shift_days(session: AsyncSession, employee: Employee, period: Period) -> set[dt.date]:
    """Give the days of a period on which a person has a shift."""
    query = select(col(Shift.day)).where(
        col(Shift.employee_id) == employee.id,
        col(Shift.day) >= period.start,
        col(Shift.day) < period.end,
    )
    return set(await session.exec(query))
