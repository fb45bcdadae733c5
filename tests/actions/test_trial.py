import asyncio
import datetime as dt
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from bot.actions import rosters, trial
from bot.actions.calendars import ensure_holidays
from bot.actions.themes import CODES
from bot.actions.trial_roster import AGENCY, FIRST_SERIAL, sample
from bot.skp.entries import EntryState
from bot.skp.nip import read_nip
from bot.skp.people import EmploymentKind
from bot.skp.plans import Aggregation
from bot.skp.workdays import WorkCalendar
from db import calendars
from db.engine import Database
from db.models.entries import Absence, Entry
from db.models.people import Employee, Invitation, Placement
from db.models.plans import Indicator, Plan, WorkResult
from tests.databases import Templates

ZONE = "Asia/Makassar"
WITA = dt.timezone(dt.timedelta(hours=8))
AFTERNOON = dt.datetime(2026, 11, 24, 15, 40, tzinfo=WITA)
MORNING = AFTERNOON.replace(hour=9)
SUNDAY = dt.datetime(2026, 1, 11, 14, 0, tzinfo=WITA)
SEED = 2026
CHEAP_ENOUGH = 8.0


@dataclass
class Filled:
    """Everything of a filled trial as plain rows."""

    now: dt.datetime
    players: list[trial.Player]
    people: dict[int, Employee]
    leader: dict[int, int | None]
    year: dict[int, int]
    results: dict[int, WorkResult]
    indicators: dict[int, Indicator]
    entries: list[Entry]
    absences: list[Absence]
    invited: set[int]
    calendars: dict[int, WorkCalendar]
    seconds: float
    totals: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    @property
    def today(self) -> dt.date:
        return self.now.date()

    def spoken(self) -> list[tuple[str, dt.date, str, Decimal | None]]:
        return [
            (self.people[one.employee_id].nip, one.day, one.text, one.quantity)
            for one in self.entries
        ]


async def filled(url: str, now: dt.datetime, seed: int) -> Filled:
    """Fill a database as the trial does, and look at all of it."""
    database = Database(url)
    try:
        begun = time.process_time()
        invented = sample(seed, now.date())
        async with database.writing() as session:
            await ensure_holidays(session, now.year - 1, now.year, now.year + 1)
        occasion = rosters.Occasion(now, now.date(), ZONE)
        comparison = await rosters.take_in(database, invented.roster, occasion)
        assert (comparison.problems, comparison.notes) == ((), ())
        async with database.writing() as session:
            players = await trial.people_come_in(session, invented, now=now)
            count = await trial.a_year_of_work(session, invented, now=now, seed=seed)
        seconds = time.process_time() - begun
        async with database.reading() as session:

            async def every(model):
                return list(await session.exec(select(model)))

            plans = {one.id: one.year for one in await every(Plan)}
            people = {one.id: one for one in await every(Employee)}
            found = Filled(
                now=now,
                players=players,
                people=people,
                leader={one.employee_id: one.supervisor_id for one in await every(Placement)},
                results={one.id: one for one in await every(WorkResult)},
                year={one.id: plans[one.plan_id] for one in await every(WorkResult)},
                indicators={one.work_result_id: one for one in await every(Indicator)},
                entries=await every(Entry),
                absences=await every(Absence),
                invited={one.employee_id for one in await every(Invitation)},
                calendars={
                    key: await calendars.calendar_of(session, one, on=now.date())
                    for key, one in people.items()
                },
                seconds=seconds,
            )
        assert len(found.entries) == count
    finally:
        await database.close()
    for one in found.entries:
        if one.work_result_id:
            found.totals[one.work_result_id] += one.quantity or 0
    return found


@pytest.fixture(scope="module")
def fill(database_templates: Templates) -> Callable[..., Filled]:
    known: dict[dt.datetime, Filled] = {}

    def made(now: dt.datetime) -> Filled:
        if now not in known:
            known[now] = asyncio.run(filled(database_templates.copy("sqlite"), now, SEED))
        return known[now]

    return made


@pytest.fixture(scope="module", params=[AFTERNOON, SUNDAY], ids=["November", "January"])
def agency(request: pytest.FixtureRequest, fill: Callable[..., Filled]) -> Filled:
    return fill(request.param)


def test_the_same_seed_gives_the_same_agency_with_the_same_past(fill):
    afternoon, morning = fill(AFTERNOON), fill(MORNING)
    past = [one for one in afternoon.spoken() if one[1] < afternoon.today]

    assert past == morning.spoken()
    assert sample(5, afternoon.today) == sample(5, afternoon.today)
    assert sample(5, afternoon.today) != sample(6, afternoon.today)


def test_filling_is_quick(agency):
    assert agency.seconds < CHEAP_ENOUGH


@pytest.mark.parametrize("seed", range(20))
def test_about_forty_people_are_plainly_invented(seed):
    people = sample(seed, AFTERNOON.date()).roster.employees
    first = {*AGENCY["women"], *AGENCY["men"]}

    assert 38 <= len(people) <= 45
    assert len({one.nip for one in people}) == len({one.name for one in people}) == len(people)
    for number, one in enumerate(people, start=FIRST_SERIAL):
        nip = read_nip(one.nip, this_year=2026)
        assert nip.notes == ()
        assert EmploymentKind(nip.kind) is one.kind
        assert one.nip.endswith(str(number))
        name, _, surname = one.name.partition(" ")
        assert name in first
        assert surname in AGENCY["surnames"]


def test_a_real_cascade_of_at_least_three_levels_carries_five_themes(agency):
    depth = {}
    for key, one in agency.results.items():
        level, above = 1, one.parent_id
        while above is not None:
            level, above = level + 1, agency.results[above].parent_id
        depth[key] = level
        boss = agency.leader[one.employee_id]
        assert (one.parent_id is None) == (boss is None)
        if one.parent_id is not None:
            assert agency.results[one.parent_id].employee_id == boss
            assert agency.year[one.parent_id] == agency.year[key]

    assert max(depth.values()) == 4
    assert {code for one in agency.results.values() for code in one.themes} == CODES
    assert set(agency.indicators) == set(agency.results)


def test_entries_lie_on_working_days_and_never_ahead(agency):
    assert 7_000 < len(agency.entries) < 15_000
    for one in agency.entries:
        assert agency.calendars[one.employee_id].is_working(one.day)
        assert one.created_at.astimezone(WITA).date() == one.day
        assert one.created_at <= agency.now
        assert one.state is EntryState.KEPT
        if one.work_result_id:
            assert agency.year[one.work_result_id] == one.day.year
            assert agency.results[one.work_result_id].employee_id == one.employee_id
            assert one.unit in (None, agency.indicators[one.work_result_id].unit)
        assert (one.quantity is None) == (one.unit is None)
        assert one.quantity is None or f"{one.quantity:f}" in one.text
        assert not re.search(r"[{}]|None", one.text)


def test_nobody_logs_while_away(agency):
    away = {
        (one.employee_id, one.first + dt.timedelta(days=ahead))
        for one in agency.absences
        for ahead in range((one.last - one.first).days + 1)
    }

    assert len(agency.absences) > 50
    assert away.isdisjoint({(one.employee_id, one.day) for one in agency.entries})


def test_totals_are_believable(agency):
    begun = {agency.year[key] for key in agency.results}
    whole = agency.today.year - 1 if agency.today.month <= 3 else agency.today.year
    assert begun == {whole, agency.today.year}
    # What a leader's people do is not logged by the leader once more.
    above = {one.parent_id for one in agency.results.values()} - {None}
    carried = {key for key in above if not agency.totals[key]}
    together = agency.totals | {key: handed_up(agency, key) for key in carried}
    shares = [
        together[key] / agency.indicators[key].target
        for key, one in agency.results.items()
        if agency.indicators[key].aggregation is Aggregation.SUM
        and agency.year[key] == whole
        and one.employee_id not in agency.invited
    ]

    assert max(shares) < Decimal("1.25")
    assert min(shares) > Decimal("0.35")
    assert sum(Decimal("0.7") < share < Decimal("1.15") for share in shares) > len(shares) * 0.7


def handed_up(agency, key: int) -> Decimal:
    """Add up what the RHK on another one come to in the same unit."""
    unit = agency.indicators[key].unit
    below = [
        one.id
        for one in agency.results.values()
        if one.parent_id == key and agency.indicators[one.id].unit == unit
    ]
    return sum(agency.totals[one] or handed_up(agency, one) for one in below) or Decimal(0)


def test_in_january_there_is_a_year_to_look_back_on(fill):
    found = fill(SUNDAY)
    years = Counter(one.day.year for one in found.entries)

    assert years[2025] > 7_000
    assert 100 < years[2026] < 500


def test_newcomers_have_a_code_and_have_logged_nothing(agency):
    outside = [one for one in agency.players if one.code]
    names = {agency.people[key].name for key in agency.invited}

    assert len(outside) == 4
    assert {one.name for one in outside} == names
    assert agency.invited.isdisjoint({one.employee_id for one in agency.entries})
    assert all(agency.people[key].telegram_id is None for key in agency.invited)


def test_in_the_afternoon_a_team_lives_but_not_everybody_has_logged(fill):
    afternoon = fill(AFTERNOON)
    today = {one.employee_id for one in afternoon.entries if one.day == afternoon.today}
    away = {one.employee_id for one in afternoon.absences if one.last >= afternoon.today}
    teams = defaultdict(set)
    for key, boss in afternoon.leader.items():
        teams[boss].add(key)
    large = max(teams.values(), key=len)

    assert len(large) == 11
    assert len(large & today) == 8
    assert len(large & away) == 1
    assert len(large - today - away - afternoon.invited) == 2


@pytest.mark.parametrize("now", [MORNING, SUNDAY], ids=["early morning", "Sunday"])
def test_before_work_and_on_free_days_nobody_has_logged(fill, now):
    found = fill(now)

    assert max(one.day for one in found.entries) < now.date()


def test_the_agencys_jobs_log_only_for_their_own_results():
    path = Path(trial.__file__).with_name("trial_agency.json")
    for job in json.loads(path.read_text(encoding="utf-8"))["jobs"].values():
        numbers = {line[1] for line in job["log"]}
        assert numbers == set(range(1, len(job["results"]) + 1))
        assert all(("{n}" in text) <= (amount is not None) for text, _, amount in job["log"])
