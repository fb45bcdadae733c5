"""Whose work a person may see, and in how large groups."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.refusal import Refusal
from bot.skp.periods import Period, month_of, week_of, year_of
from bot.skp.workdays import ONE_DAY, WorkCalendar
from db import scopes, team_standings, teams
from db.models.people import Employee
from db.scopes import Seat


@dataclass(frozen=True)
class Span:
    """The week or the month up to a day, and the one before it."""

    day: dt.date
    monthly: bool

    @property
    def now(self) -> Period:
        """Give the days up to and including the day."""
        return Period(self._of(self.day).start, self.day + ONE_DAY)

    @property
    def before(self) -> Period:
        """Give the whole week or month before."""
        return self._of(self._of(self.day).start - ONE_DAY)

    def _of(self, day: dt.date) -> Period:
        return month_of(day) if self.monthly else week_of(day)


@dataclass(frozen=True)
class Sight:
    """Whose work may be seen: by sums everybody of the scope, by name only some."""

    seats: Mapping[int, Seat]
    named: frozenset[int]
    leader: int | None


async def sight_of(
    session: AsyncSession, leader: Employee, theme: str | None, *, on: dt.date
) -> Sight:
    """Tell how far somebody sees: below oneself, or everywhere for who looks after the theme."""
    direct = {one.id for one in await teams.members(session, leader, on=on)}
    own = leader.id or 0
    if theme is not None and theme in leader.themes:
        return Sight(await scopes.everybody(session, on=on), frozenset({own, *direct}), None)
    if not direct:
        raise Refusal("This is for leaders, and for those who look after a theme.")
    return Sight(await scopes.below(session, leader, on=on), frozenset({own, *direct}), own)


async def calendars_for(
    session: AsyncSession, sight: Sight, owners: Collection[int], day: dt.date
) -> dict[int, WorkCalendar]:
    """Give the working days of some people, each of the own unit."""
    units = {sight.seats[one].unit_id for one in owners}
    year = year_of(day)
    free = await team_standings.free_days(session, units, first=year.start, end=year.end)
    return {
        one: WorkCalendar(sight.seats[one].week, free[sight.seats[one].unit_id]) for one in owners
    }


async def groups(session: AsyncSession, sight: Sight) -> dict[int, str]:
    """Tell by which unit's name each person is counted.

    A leader sees the units of the direct reports; who sees everything, those below the highest.
    """
    if sight.leader is not None:
        return {key: led_by(sight, key).unit for key in sight.seats}
    units = await scopes.unit_parents(session)

    def high(unit_id: int) -> str:
        name, parent = units[unit_id]
        while parent is not None and units[parent][1] is not None:
            name, parent = units[parent]
        return name

    return {key: high(seat.unit_id) for key, seat in sight.seats.items()}


def led_by(sight: Sight, employee_id: int) -> Seat:
    """Find the direct report of the leader under whom a person works, or the leader."""
    here, seen = sight.seats[employee_id], {employee_id}
    while here.employee_id != sight.leader:
        above = here.supervisor_id
        # A roster that leads in a circle has no highest one.
        if above is None or above == sight.leader or above in seen or above not in sight.seats:
            break
        seen.add(above)
        here = sight.seats[above]
    return here
