"""How a leader's team stands on a day: who logged, who is away, and how the year goes."""

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import obstacles
from bot.actions.obstacles import Hindrance
from bot.actions.team_standings import (
    Stock,
    TeamResult,
    YearStand,
    average,
    results_of,
    stocks_of,
    year_stand,
)
from bot.actions.team_views import Days, Presence, Scale, View
from bot.refusal import Refusal
from bot.skp.dealings import waiting_since
from bot.skp.people import AbsenceKind
from bot.skp.periods import Period, year_of
from bot.skp.small_groups import FEW
from bot.skp.workdays import ONE_DAY, WorkCalendar
from db import feedback, team_standings, teams
from db.models.entries import Entry
from db.models.people import Employee
from db.teams import Away, Logged, Member

ENTRIES_SHOWN = 3
Row = TypeVar("Row", Logged, Away)


@dataclass(frozen=True)
class Line:
    """One direct report."""

    member: Member
    presence: Presence
    reason: AbsenceKind | None
    days: Days
    entries: int
    results: tuple[TeamResult, ...]
    year: YearStand


@dataclass(frozen=True)
class Below:
    """One unit below the team; of a few people nothing is told but how many they are."""

    name: str
    people: int
    logged: int | None
    away: int | None


@dataclass(frozen=True)
class Open:
    """What waits for the leader: obstacles, how many of them further down, and entries."""

    obstacles: tuple[Hindrance, ...] = ()
    obstacles_below: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Team:
    """A leader's team; `free` is why the day is not worked, empty for a weekend."""

    unit: str
    view: View
    free: str | None
    lines: tuple[Line, ...]
    below: tuple[Below, ...]
    open: Open

    @property
    def progress(self) -> "Progress | None":
        """Average the people of whom there are figures."""
        known = [line.year for line in self.lines if line.year.share is not None]
        share = average([one.share for one in known if one.share is not None])
        if share is None:
            return None
        expected = average([one.expected for one in known]) or Decimal(0)
        before = average([one.before for one in known if one.before is not None])
        return Progress(share, expected, len(known), before)


@dataclass(frozen=True)
class Progress:
    """How the year goes on average, for how many people, and how it went before."""

    share: Decimal
    expected: Decimal
    people: int
    before: Decimal | None


@dataclass(frozen=True)
class Person:
    """One direct report with the newest entries of the stretch and the number of their RHK."""

    line: Line
    view: View
    entries: tuple[tuple[Entry, int | None], ...]


async def survey(
    session: AsyncSession, leader: Employee, view: View, *, today: dt.date
) -> Team | None:
    """Survey the people who work directly under a leader today; nobody's leader gets nothing."""
    found = await teams.members(session, leader, on=today)
    if not found:
        return None
    own_unit, name = await teams.unit_of(session, leader, on=today) or (found[0].unit_id, "")
    calendars = await calendars_of(session, {own_unit, *(one.unit_id for one in found)}, view)
    lines = await lines_of(session, found, view, calendars)
    calendar = WorkCalendar(leader.week, calendars[own_unit])
    below = await teams.units_below(session, leader, view.period, on=today)
    since = waiting_since(today, calendar)
    return Team(
        unit=name,
        view=view,
        free=None if calendar.is_working(view.day) else calendars[own_unit].get(view.day, ""),
        lines=tuple(lines),
        below=tuple(protected(one) for one in below),
        open=Open(
            obstacles=tuple(await obstacles.of_team(session, leader, found, today=today)),
            obstacles_below=sum(one.obstacles for one in below),
            waiting=len(await feedback.waiting(session, found, since=since)),
        ),
    )


async def look(
    session: AsyncSession, leader: Employee, employee_id: int, view: View, *, today: dt.date
) -> Person:
    """Look at one direct report; whoever is not one today is refused."""
    member = await teams.member(session, leader, employee_id, on=today)
    if member is None:
        raise Refusal("This person is not in your team.")
    calendars = await calendars_of(session, {member.unit_id}, view)
    (line,) = await lines_of(session, [member], view, calendars)
    # What was written under an earlier leader stays there.
    period = Period(max(view.period.start, member.since), view.period.end)
    entries = await teams.entries_of(session, member, period, limit=ENTRIES_SHOWN)
    return Person(line, view, tuple(entries))


def protected(unit: teams.UnitSum) -> Below:
    """Hide what a sum of few people would tell."""
    if unit.people < FEW:
        return Below(unit.name, unit.people, None, None)
    return Below(unit.name, unit.people, unit.logged, unit.away)


async def calendars_of(
    session: AsyncSession, unit_ids: set[int], view: View
) -> dict[int, dict[dt.date, str]]:
    """Give the holidays of units for the year of a view and the stretch before it."""
    year = year_of(view.day)
    first = min(year.start, view.whole.start)
    return await team_standings.free_days(session, unit_ids, first=first, end=year.end)


async def lines_of(
    session: AsyncSession,
    found: list[Member],
    view: View,
    calendars: dict[int, dict[dt.date, str]],
) -> list[Line]:
    """Bring together what is known of some members, in few questions."""
    ids = [one.id for one in found]
    window = Period(min(year_of(view.day).start, view.period.start), view.period.end)
    logged = by_person(await teams.logged(session, ids, view.period))
    away = by_person(await teams.away(session, ids, window))
    stocks = await stocks_of(session, ids, year=view.day.year, before=view.before)
    known: dict[tuple[int, int], tuple[WorkCalendar, list[dt.date]]] = {}
    lines = []
    for one in found:
        kind = (one.week, one.unit_id)
        if kind not in known:
            calendar = WorkCalendar(one.week, calendars[one.unit_id])
            known[kind] = calendar, [day for day in days_in(window) if calendar.is_working(day)]
        calendar, worked = known[kind]
        seen = Seen(
            worked=worked[bisect_left(worked, one.since) :],
            logged=logged.get(one.id, []),
            away={
                day: row.kind
                for row in away.get(one.id, [])
                for day in days_in(Period(row.first, row.last + ONE_DAY))
            },
        )
        lines.append(line_of(one, view, seen, (stocks.get(one.id, []), calendar)))
    return lines


def by_person(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Put rows under the person whose they are."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.employee_id].append(row)
    return found


@dataclass(frozen=True)
class Seen:
    """What is known of one member: the working days up to the view's, entries and absences."""

    worked: list[dt.date]
    logged: list[Logged]
    away: dict[dt.date, AbsenceKind]


def line_of(member: Member, view: View, seen: Seen, year: tuple[list[Stock], WorkCalendar]) -> Line:
    """Tell how one member stands; `year` holds the stocks of the RHK and the calendar."""
    stocks, calendar = year
    done = logged_days(seen, view.period, member.since)
    days = count(seen, done, view)
    due = [day for day in seen.worked if day not in seen.away]
    return Line(
        member=member,
        presence=presence(days, done),
        reason=seen.away.get(view.day),
        days=days,
        entries=sum(row.entries for row in seen.logged),
        results=tuple(results_of(stocks, view.day, calendar, due)),
        year=year_stand(stocks, view.day, calendar),
    )


def logged_days(seen: Seen, period: Period, since: dt.date) -> dict[dt.date, bool]:
    """Give the days of a period that were logged, and whether only afterwards."""
    found: dict[dt.date, bool] = {}
    for row in seen.logged:
        start, end = max(row.first, period.start, since), min(row.last + ONE_DAY, period.end)
        for day in days_in(Period(start, end)):
            found[day] = row.late and found.get(day, True)
    return found


def count(seen: Seen, done: dict[dt.date, bool], view: View) -> Days:
    """Count the working days of a stretch by how they stand."""
    worked = seen.worked[bisect_left(seen.worked, view.period.start) :]
    logged = [day for day in worked if day in done]
    silent = [day for day in worked if day not in done]
    excused = sum(day in seen.away for day in silent)
    open_today = view.scale is not Scale.DAY and view.day in silent and view.day not in seen.away
    return Days(
        logged=len(logged),
        late=sum(done[day] for day in logged),
        excused=excused,
        empty=len(silent) - excused - open_today,
    )


def presence(days: Days, done: dict[dt.date, bool]) -> Presence:
    """Tell in one word how a person's days stand."""
    if days.empty:
        return Presence.MISSING
    if done:
        return Presence.LOGGED
    return Presence.EXCUSED if days.excused else Presence.OFF


def days_in(period: Period) -> list[dt.date]:
    """List the days of a period."""
    return [period.start + n * ONE_DAY for n in range((period.end - period.start).days)]
