"""The table of holidays and of Ramadan, which an admin may change afterwards."""

import datetime as dt
import re
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.staff import admin_only
from bot.refusal import Refusal
from bot.skp.seasons import Season, is_possible, suggested
from bot.skp.workdays import ONE_DAY
from bot.understanding.asked_days import asked_days
from db import calendars, rhythms
from db.models.days import Ramadan
from db.models.messages import AuditRecord
from db.models.people import Employee
from db.models.plans import Holiday

ESTIMATE = " (perkiraan)"
JOINT_LEAVE = "cuti bersama"
LONGEST_NAME = 200
YEARS_AHEAD = 2
SHOWN = 40
# A day as people write it, and what is behind it.
NAMED_DAY = re.compile(
    r"(?P<day>\d{1,2}(?: ?[/.-] ?\d{1,2}(?: ?[/.-] ?20\d\d)?| [a-z]+(?: 20\d\d)?)) (?P<name>.+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FreeDay:
    """One day off of all or of one unit, and whether its date is only reckoned."""

    id: int
    day: dt.date
    name: str
    unit: str | None
    estimated: bool


@dataclass(frozen=True)
class Fast:
    """One Ramadan, both days included."""

    id: int
    first: dt.date
    last: dt.date
    confirmed: bool


@dataclass(frozen=True)
class Almanac:
    """The days off from a day on, the Ramadans that are not over, and years without a decree."""

    days: tuple[FreeDay, ...]
    fasts: tuple[Fast, ...]
    undecreed: tuple[int, ...]


async def ensure_holidays(session: AsyncSession, *years: int) -> None:
    """Add the national holidays and the cuti bersama of years that have none yet.

    The library equals the joint decrees of three ministers for 2026 and 2027; for years without a
    decree it has estimates, and no cuti bersama.
    """
    for year in years:
        if await calendars.national_days(session, year):
            continue
        # Slow to load, and needed once a year.
        import holidays  # noqa: PLC0415  # See above.

        found = holidays.country_holidays(
            "ID", years=year, categories=("public", "government"), language="id"
        )
        session.add_all(
            Holiday(
                day=day,
                name=name.replace(ESTIMATE, "")[:LONGEST_NAME],
                estimated=ESTIMATE in name,
            )
            for day, name in sorted(found.items())
        )
    await session.flush()
    await ensure_ramadan(session)


async def ensure_ramadan(session: AsyncSession) -> None:
    """Reckon Ramadan backwards from every Idulfitri; what an admin has confirmed stays."""
    known = await calendars.ramadans(session)
    for idulfitri in await calendars.idulfitris(session):
        season = suggested(idulfitri)
        near = next((one for one in known if same(one, season)), None)
        if near is None:
            session.add(Ramadan(first=season.start, last=season.end - ONE_DAY))
        elif near.confirmed_at is None:
            near.first, near.last = season.start, season.end - ONE_DAY
            session.add(near)
    await session.flush()


def same(known: Ramadan, season: Season) -> bool:
    """Tell whether a kept Ramadan and a reckoned one are the same."""
    return known.first < season.end and season.start <= known.last


async def almanac(session: AsyncSession, admin: Employee, *, today: dt.date) -> Almanac:
    """Show an admin the days off to come."""
    admin_only(admin)
    end = dt.date(today.year + YEARS_AHEAD, 1, 1)
    found = await calendars.coming_holidays(session, since=today, end=end, limit=SHOWN)
    years = range(today.year, today.year + YEARS_AHEAD)
    decreed = await calendars.years_with(session, JOINT_LEAVE, years)
    return Almanac(
        days=tuple(
            FreeDay(one.id or 0, one.day, one.name, unit, one.estimated) for one, unit in found
        ),
        fasts=tuple(
            Fast(one.id or 0, one.first, one.last, one.confirmed_at is not None)
            for one in await calendars.ramadans(session)
            if one.last >= today
        ),
        undecreed=tuple(year for year in years if year not in decreed),
    )


def read_day(text: str, today: dt.date) -> tuple[dt.date, str]:
    """Read a day and the name behind it."""
    found = NAMED_DAY.fullmatch(" ".join(text.split()))
    days = asked_days(found["day"], today) if found else None
    if found is None or days is None or days[0] != days[1]:
        raise Refusal("Please write the day and its name, for example 26 Nov Hari jadi.")
    return days[0], found["name"]


async def add_holiday(
    session: AsyncSession, admin: Employee, day: dt.date, name: str, *, now: dt.datetime
) -> None:
    """Let a day be free for all; a day that is free already gets the new name."""
    admin_only(admin)
    name = name[:LONGEST_NAME]
    known = await calendars.national_holiday(session, day)
    holiday = known or Holiday(day=day, name=name)
    holiday.name, holiday.estimated = name, False
    session.add(holiday)
    record(session, admin, "holiday.added", now, day=day.isoformat(), name=name)
    await settled(session)


async def remove_holiday(
    session: AsyncSession, admin: Employee, holiday_id: int, *, now: dt.datetime
) -> Holiday:
    """Let a day be worked after all."""
    admin_only(admin)
    holiday = await calendars.holiday(session, holiday_id)
    if holiday is None:
        raise Refusal("This button no longer works.")
    await session.delete(holiday)
    record(session, admin, "holiday.removed", now, day=holiday.day.isoformat(), name=holiday.name)
    await settled(session)
    return holiday


async def confirm_ramadan(
    session: AsyncSession,
    admin: Employee,
    ramadan_id: int,
    *,
    now: dt.datetime,
    days: tuple[dt.date, dt.date] | None = None,
) -> Fast:
    """Confirm the dates of a Ramadan as they are reckoned, or others."""
    admin_only(admin)
    ramadan = await calendars.ramadan(session, ramadan_id)
    if ramadan is None:
        raise Refusal("This button no longer works.")
    first, last = days or (ramadan.first, ramadan.last)
    if not is_possible(first, last + ONE_DAY):
        raise Refusal("Ramadan has 29 or 30 days. Please write its first and its last day again.")
    ramadan.first, ramadan.last = first, last
    ramadan.confirmed_at, ramadan.confirmed_by = now, admin.id
    session.add(ramadan)
    record(session, admin, "ramadan.confirmed", now, first=first.isoformat(), last=last.isoformat())
    await settled(session)
    return Fast(ramadan.id or 0, first, last, confirmed=True)


async def settled(session: AsyncSession) -> None:
    """Let everybody be looked at anew: other days are worked now, or at other hours."""
    await session.flush()
    await ensure_ramadan(session)
    await rhythms.look_again(session)


def record(
    session: AsyncSession, admin: Employee, action: str, now: dt.datetime, **details: str
) -> None:
    """Keep who changed what."""
    session.add(AuditRecord(at=now, actor_id=admin.id, action=action, details=details))
