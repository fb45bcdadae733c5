"""Fill a fresh database with an invented agency and a year of its work."""

import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import invitations
from bot.actions.trial_roster import AGENCY, Post, Sample, years_of
from bot.actions.trial_work import Moment, Shown, Worker
from bot.skp.periods import year_of
from bot.skp.workdays import ONE_DAY, WorkCalendar
from db import calendars
from db.models.entries import Absence, Entry
from db.models.people import Employee, Placement, Unit
from db.models.plans import Indicator, Plan, WorkResult

FIRST_ACCOUNT = 1001
SLOW_EVERY = 6
# From this hour on, some of a team have already logged, and one is away when the team is large.
TODAY_FROM = dt.time(10, 0)
LARGE_TEAM = 4
SILENT_EVERY = 4


@dataclass(frozen=True)
class Player:
    """One invented person with an invented Telegram account."""

    account: int
    name: str
    phone: str
    note: str
    code: str | None


async def people_come_in(
    session: AsyncSession, sample: Sample, *, now: dt.datetime
) -> list[Player]:
    """Let most people in; a few get a code instead, to try coming in."""
    rows = await session.exec(
        select(Employee, Placement, Unit)
        .join(Placement, col(Placement.employee_id) == col(Employee.id))
        .join(Unit, col(Unit.id) == col(Placement.unit_id))
    )
    by_nip = {employee.nip: (employee, placement, unit) for employee, placement, unit in rows}
    players = []
    for account, post in enumerate(sample.posts, start=FIRST_ACCOUNT):
        employee, placement, unit = by_nip[post.nip]
        code = None
        if post.outside:
            (invited,) = await invitations.invite(session, [employee], now=now)
            code = invited.code
        else:
            employee.telegram_id = account
            employee.consented_at = now - dt.timedelta(days=300)
            employee.consent_version = "1"
            session.add(employee)
        roles = ", ".join(role for role in employee.roles if role != "pegawai")
        note = f"{placement.position} – {unit.name}" + (f" ({roles})" if roles else "")
        players.append(Player(account, employee.name, employee.phone or "", note, code))
    await session.flush()
    return players


async def a_year_of_work(
    session: AsyncSession, sample: Sample, *, now: dt.datetime, seed: int
) -> int:
    """Write believable entries up to this hour; tell how many."""
    results = await results_of(session)
    by_nip = {one.nip: one for one in await session.exec(select(Employee))}
    entries: list[dict[str, Any]] = []
    absences: list[dict[str, Any]] = []
    workers: list[tuple[Post, Worker, WorkCalendar]] = []
    for place, post in enumerate(sample.posts, start=1):
        if post.outside:
            continue
        employee = by_nip[post.nip]
        moment = Moment(now, now.astimezone(ZoneInfo(employee.zone)).date())
        worker = Worker(employee, AGENCY["jobs"][post.job], moment, str(seed))
        if place % SLOW_EVERY == 0:
            worker.slow_down()
        calendar = await calendars.calendar_of(session, employee, on=moment.today)
        for year in years_of(moment.today):
            worker.begin(results[employee.id or 0, year])
            worked, away = past_of(worker, calendar, year, moment.today)
            entries += worked
            absences += away
        workers.append((post, worker, calendar))
    worked, away = day_so_far(workers, now, random.Random(seed))  # noqa: S311  # Invention, not secrecy.
    for model, lines in ((Entry, entries + worked), (Absence, absences + away)):
        if lines:
            # Without this the rows go one by one, because some have values where others have none.
            await session.execute(insert(model), lines, execution_options={"render_nulls": True})
    return len(entries) + len(worked)


async def results_of(session: AsyncSession) -> dict[tuple[int, int], dict[int, Shown]]:
    """Give everybody's RHK by their numbers, for each year."""
    rows = await session.exec(
        select(WorkResult, Plan.year, Indicator)
        .join(Plan, col(Plan.id) == col(WorkResult.plan_id))
        .join(Indicator, col(Indicator.work_result_id) == col(WorkResult.id))
        .order_by(col(WorkResult.id))
    )
    found: dict[tuple[int, int], dict[int, Shown]] = defaultdict(dict)
    for result, year, indicator in rows:
        shown = Shown(result.id or 0, indicator.unit, indicator.target)
        found[result.employee_id, year][result.number] = shown
    return found


def past_of(
    worker: Worker, calendar: WorkCalendar, year: int, today: dt.date
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Invent the entries and absences of a year up to yesterday."""
    entries: list[dict[str, Any]] = []
    absences: list[dict[str, Any]] = []
    whole = year_of(dt.date(year, 1, 1))
    total, gone = calendar.working_days(whole.start, whole.end), 0
    day = whole.start
    while day < min(today, whole.end):
        if calendar.is_working(day):
            gone += 1
            if day >= worker.away_until:
                if worker.is_leaving():
                    absences.append(worker.leave(day))
                else:
                    entries += worker.work(day, gone / total)
        day += ONE_DAY
    return entries, absences


def day_so_far(
    workers: list[tuple[Post, Worker, WorkCalendar]], now: dt.datetime, dice: random.Random
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Let most of each team have logged today; some have not yet, and one may be away."""
    entries: list[dict[str, Any]] = []
    absences: list[dict[str, Any]] = []
    teams: dict[str | None, list[tuple[Worker, float]]] = defaultdict(list)
    for post, worker, calendar in workers:
        local = now.astimezone(ZoneInfo(worker.employee.zone))
        today, whole = local.date(), year_of(local.date())
        if calendar.is_working(today) and local.time() >= TODAY_FROM:
            gone = calendar.working_days(whole.start, today + ONE_DAY)
            share = gone / calendar.working_days(whole.start, whole.end)
            teams[post.leader].append((worker, share))
    for team in teams.values():
        dice.shuffle(team)
        day = now.astimezone(ZoneInfo(team[0][0].employee.zone)).date()
        here = [pair for pair in team if pair[0].away_until <= day]
        if len(here) == len(team) >= LARGE_TEAM:
            absences.append(here.pop()[0].leave(day, days=1))
        for worker, share in here[len(here) // SILENT_EVERY :]:
            entries += worker.work(day, share, silent=0)
    return entries, absences
