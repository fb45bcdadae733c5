"""Questions about working days: who has which days off."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Date, String, Time, bindparam, cast, func, null, or_, union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.seasons import Season
from bot.skp.workdays import ONE_DAY, Shift, WorkCalendar
from db.columns import Id
from db.keys import among
from db.models.days import Ramadan
from db.models.people import Employee, Placement, Unit
from db.models.people import Shift as ShiftRow
from db.models.plans import Holiday


@dataclass(frozen=True)
class FreeDays:
    """The days off of a stretch: for all, and for units that have more, by unit."""

    shared: dict[dt.date, str] = field(default_factory=dict)
    own: dict[int, dict[dt.date, str]] = field(default_factory=dict)

    def of(self, unit_id: int | None) -> dict[dt.date, str]:
        """Give the days off of a unit."""
        return self.own.get(unit_id, self.shared) if unit_id is not None else self.shared


def own_days() -> Any:
    """Ask for the holidays of a person's units and of every unit above them, and for the shifts.

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
    first, end = bindparam("first", type_=Date), bindparam("end", type_=Date)
    no_hour = cast(null(), Time)
    free = select(col(Holiday.day), col(Holiday.name), no_hour, no_hour).where(
        col(Holiday.day) >= first,
        col(Holiday.day) < end,
        or_(col(Holiday.unit_id).is_(None), col(Holiday.unit_id).in_(select(units.c.id))),
    )
    shifts = select(
        col(ShiftRow.day), cast(null(), String), col(ShiftRow.start), col(ShiftRow.end)
    ).where(
        col(ShiftRow.employee_id) == bindparam("employee", type_=Id),
        col(ShiftRow.day) >= first,
        col(ShiftRow.day) < end,
    )
    return union_all(free, shifts)


OWN_DAYS = own_days()


async def calendar_of(session: AsyncSession, employee: Employee, *, on: dt.date) -> WorkCalendar:
    """Give a person's working days around a day: the year before, its own and the next.

    A holiday of a unit is one of every unit below it, too. The hours are the usual ones; whoever
    asks for them takes `clock_of`.
    """
    years = {"first": dt.date(on.year - 1, 1, 1), "end": dt.date(on.year + 2, 1, 1)}
    asked = {"employee": employee.id, "on": on, **years}
    free: dict[dt.date, str] = {}
    shifts: dict[dt.date, Shift] = {}
    for day, name, start, end in await (await session.connection()).execute(OWN_DAYS, asked):
        if start is None:
            free[day] = name
        else:
            shifts[day] = (start, end)
    return WorkCalendar(employee.week, free, shifts)


async def clock_of(session: AsyncSession, employee: Employee, *, on: dt.date) -> WorkCalendar:
    """Give a person's working days around a day with the hours that they are worked."""
    calendar = await calendar_of(session, employee, on=on)
    return dataclasses.replace(
        calendar, leave_at=employee.leave_at, seasons=tuple(await seasons(session))
    )


async def seasons(session: AsyncSession) -> list[Season]:
    """List every known Ramadan, the earliest first; there is about one a year."""
    return [
        Season(one.first, one.last + ONE_DAY, one.confirmed_at is not None)
        for one in await ramadans(session)
    ]


async def free_days(session: AsyncSession, *, first: dt.date, end: dt.date) -> FreeDays:
    """Give the days off of everybody from the first day up to, not including, the end."""
    query = select(col(Holiday.day), col(Holiday.name), col(Holiday.unit_id)).where(
        col(Holiday.day) >= first, col(Holiday.day) < end
    )
    shared: dict[dt.date, str] = {}
    more: dict[int, dict[dt.date, str]] = {}
    for day, name, unit_id in await session.exec(query):
        if unit_id is None:
            shared[day] = name
        else:
            more.setdefault(unit_id, {})[day] = name
    found = FreeDays(shared)
    for root, days in more.items():
        for unit_id in await below(session, {root}):
            found.own.setdefault(unit_id, shared.copy()).update(days)
    return found


async def shifts_of(
    session: AsyncSession, employee_ids: Collection[int], *, first: dt.date, end: dt.date
) -> dict[int, dict[dt.date, Shift]]:
    """Give the shifts of some people from the first day up to, not including, the end."""
    query = select(
        col(ShiftRow.employee_id), col(ShiftRow.day), col(ShiftRow.start), col(ShiftRow.end)
    ).where(
        among(col(ShiftRow.employee_id), employee_ids),
        col(ShiftRow.day) >= first,
        col(ShiftRow.day) < end,
    )
    found: dict[int, dict[dt.date, Shift]] = {}
    for employee_id, day, start, until in await session.exec(query):
        found.setdefault(employee_id, {})[day] = (start, until)
    return found


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


async def national_holiday(session: AsyncSession, day: dt.date) -> Holiday | None:
    """Find what a day is free for all for."""
    query = select(Holiday).where(col(Holiday.day) == day, col(Holiday.unit_id).is_(None))
    return (await session.exec(query)).first()


async def holiday(session: AsyncSession, holiday_id: int) -> Holiday | None:
    """Find a day off by its key, for an admin."""
    return await session.get(Holiday, holiday_id)


async def coming_holidays(
    session: AsyncSession, *, since: dt.date, end: dt.date, limit: int
) -> list[tuple[Holiday, str | None]]:
    """List the days off of a stretch with the units that have them alone, the nearest first."""
    query = (
        select(Holiday, Unit.name)
        .join(Unit, col(Unit.id) == col(Holiday.unit_id), isouter=True)
        .where(col(Holiday.day) >= since, col(Holiday.day) < end)
        .order_by(col(Holiday.day), col(Holiday.id))
        .limit(limit)
    )
    return [(one, unit) for one, unit in await session.exec(query)]


async def years_with(session: AsyncSession, name: str, years: Collection[int]) -> set[int]:
    """Tell which years have a day off whose name holds some words."""
    first, last = dt.date(min(years), 1, 1), dt.date(max(years), 12, 31)
    query = select(col(Holiday.day)).where(
        col(Holiday.day) >= first,
        col(Holiday.day) <= last,
        func.lower(col(Holiday.name)).contains(name),
    )
    return {day.year for day in await session.exec(query)}


async def idulfitris(session: AsyncSession) -> list[dt.date]:
    """List the first day of every Idulfitri; it has two, and cuti bersama beside them."""
    name = func.replace(func.lower(col(Holiday.name)), " ", "")
    query = (
        select(col(Holiday.day))
        .where(
            col(Holiday.unit_id).is_(None),
            name.contains("idulfitri"),
            ~name.contains("cutibersama"),
        )
        .order_by(col(Holiday.day))
    )
    days = list(await session.exec(query))
    return [day for day in days if day - ONE_DAY not in days]


async def ramadans(session: AsyncSession) -> list[Ramadan]:
    """List every known Ramadan, the earliest first."""
    return list(await session.exec(select(Ramadan).order_by(col(Ramadan.first))))


async def ramadan(session: AsyncSession, ramadan_id: int) -> Ramadan | None:
    """Find a Ramadan by its key, for an admin."""
    return await session.get(Ramadan, ramadan_id)
