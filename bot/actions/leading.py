"""Whose team a person may see: the own one, and those led in another's place."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.refusal import Refusal
from bot.skp.people import ActingKind
from db import acting, people, teams
from db.models.people import Employee
from db.teams import Member

OWN = 0


@dataclass(frozen=True)
class Led:
    """One team that a person leads; `of` is 0 for the own one, else the leader's key."""

    of: int
    unit: str
    kind: ActingKind | None


async def leader_of(session: AsyncSession, employee: Employee, of: int, *, on: dt.date) -> Employee:
    """Give the leader whose team is meant: oneself, or whom one stands in for today."""
    if of == OWN:
        return employee
    for leader, _ in await acting.acted_for(session, employee, on=on):
        if leader.id == of:
            return leader
    raise Refusal("This button no longer works.")


async def teams_led(session: AsyncSession, employee: Employee, *, on: dt.date) -> list[Led]:
    """List the teams a person leads on a day, the own one first."""
    found = []
    if await teams.leads(session, employee, on=on):
        found.append(Led(OWN, await unit_name(session, employee, on=on), None))
    return [*found, *await teams_stood_in_for(session, employee, on=on)]


async def teams_stood_in_for(
    session: AsyncSession, employee: Employee, *, on: dt.date
) -> list[Led]:
    """List the teams that a person leads on a day in another's place."""
    return [
        Led(leader.id or 0, await unit_name(session, leader, on=on), kind)
        for leader, kind in await acting.acted_for(session, employee, on=on)
        if await teams.leads(session, leader, on=on)
    ]


async def unit_name(session: AsyncSession, employee: Employee, *, on: dt.date) -> str:
    """Name the unit in which a person sits."""
    place = await teams.unit_of(session, employee, on=on)
    return place[1] if place else ""


async def leaders_over(session: AsyncSession, employee: Employee, *, on: dt.date) -> list[Employee]:
    """List who leads a person on a day: the direct leader, and whoever stands in for that one."""
    place = await people.placement_of(session, employee, on=on)
    if place is None or place[2] is None:
        return []
    leader = place[2]
    others = await acting.acting_for(session, [leader.id or 0], on=on)
    return [leader, *(one for one in others if one.id not in (leader.id, employee.id))]


async def leaders_seen(session: AsyncSession, employee: Employee, *, on: dt.date) -> list[Employee]:
    """List the leaders whose teams a person sees on a day: oneself, and whom one stands in for."""
    others = await acting.acted_for(session, employee, on=on)
    return [employee, *(leader for leader, _ in others)]


async def people_seen(session: AsyncSession, employee: Employee, *, on: dt.date) -> list[Member]:
    """List the people whom a person leads on a day, in the own place or in another's."""
    found: dict[int, Member] = {}
    for leader in await leaders_seen(session, employee, on=on):
        for member in await teams.members(session, leader, on=on):
            found.setdefault(member.id, member)
    found.pop(employee.id or 0, None)
    return list(found.values())


async def led_person(
    session: AsyncSession, employee: Employee, person_id: int, *, on: dt.date
) -> Member | None:
    """Find somebody whom a person leads on a day, in the own place or in another's."""
    if person_id == employee.id:
        return None
    for leader in await leaders_seen(session, employee, on=on):
        member = await teams.member(session, leader, person_id, on=on)
        if member is not None:
            return member
    return None


def local_day(employee: Employee, now: dt.datetime) -> dt.date:
    """Tell the day it is where a person is."""
    return now.astimezone(ZoneInfo(employee.zone)).date()
