"""An invented agency with a cascade and its entries, kept twice: as rows, and as plain lists."""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import insert, update

from bot.skp.entries import EntryState
from bot.skp.people import AbsenceKind
from bot.skp.plans import Aggregation, Direction
from db.engine import Database
from db.models.entries import Absence, Entry
from db.models.people import Employee, Placement, Unit
from db.models.plans import FormerParent, Indicator, Plan, WorkResult

UNITS = ("balita", "kunjungan", "kunjungan rumah", "laporan", "persen", "%")
KINDS = (Aggregation.SUM,) * 5 + (Aggregation.LATEST,) * 2 + (Aggregation.RELEASE,)
NOON = dt.time(4)
BATCH = 2000
DIRECTIONS = (Direction.UP,) * 4 + (Direction.DOWN,)
ONE_DAY = dt.timedelta(days=1)


@dataclass
class Person:
    id: int
    leader: int | None
    # Under whom the person worked before a day.
    earlier: list[tuple[dt.date, int | None]] = field(default_factory=list)


@dataclass
class Result:
    id: int
    owner: int
    year: int
    parent: int | None
    aggregation: Aggregation | None
    unit: str
    direction: Direction = Direction.UP
    earlier: list[tuple[dt.date, int | None]] = field(default_factory=list)

    def parent_on(self, day: dt.date) -> int | None:
        return next((parent for until, parent in self.earlier if day < until), self.parent)


@dataclass
class Deed:
    id: int
    person: int
    result: int | None
    day: dt.date
    quantity: Decimal | None
    unit: str | None
    percent: Decimal | None
    kept: bool = True
    last_day: dt.date | None = None

    @property
    def order(self) -> tuple[dt.date, int]:
        """Tell what counts later: work of several days stands where it stood at its end."""
        return self.last_day or self.day, self.id


@dataclass
class Agency:
    people: dict[int, Person]
    results: dict[int, Result]
    deeds: list[Deed]
    begin: dt.date
    end: dt.date

    def of_year(self, year: int) -> dict[int, Result]:
        return {key: one for key, one in self.results.items() if one.year == year}


def invented(people: int, span: tuple[dt.date, dt.date], *, levels: int, seed: int = 1) -> Agency:
    """Invent an agency whose leaders have about equally many people, and what all of them did."""
    dice = random.Random(seed)
    wide = max(2, round(people ** (1 / levels)) + 1)
    staff = {n: Person(n, (n - 2) // wide + 1 if n > 1 else None) for n in range(1, people + 1)}
    agency = Agency(staff, {}, [], *span)
    for year in range(span[0].year, span[1].year + 1):
        for person in staff.values():
            set_out(agency, person, year, dice)
    move_some(agency, dice)
    work(agency, dice)
    return agency


def set_out(agency: Agency, person: Person, year: int, dice: random.Random) -> None:
    """Give a person some RHK of a year, most of them on one of the leader's."""
    above = [
        one for one in agency.results.values() if one.owner == person.leader and one.year == year
    ]
    for _ in range(dice.randint(1, 3)):
        parent = dice.choice(above) if above and dice.random() < 0.9 else None
        same = parent is not None and dice.random() < 0.7
        aggregation = parent.aggregation if same else dice.choice((*KINDS, None))
        unit = parent.unit if same else dice.choice(UNITS)
        direction = parent.direction if same else dice.choice(DIRECTIONS)
        key = len(agency.results) + 1
        parent_id = parent.id if parent else None
        agency.results[key] = Result(key, person.id, year, parent_id, aggregation, unit, direction)


def move_some(agency: Agency, dice: random.Random) -> None:
    """Let every tenth person work under another leader from some day on, with the RHK."""
    leaders = sorted({one.leader for one in agency.people.values() if one.leader})
    for person in agency.people.values():
        if person.leader is None or dice.random() > 0.1:
            continue
        below = under(agency, person.id)
        chosen = [one for one in leaders if one not in below and one != person.leader]
        if not chosen:
            continue
        span = (agency.end - agency.begin).days
        day = agency.begin + dt.timedelta(days=dice.randint(5, span - 5))
        person.earlier.append((day, person.leader))
        person.leader = dice.choice(chosen)
        adopt(agency, person, day, dice)


def adopt(agency: Agency, person: Person, day: dt.date, dice: random.Random) -> None:
    """Let the RHK of that year of somebody who moved serve the new leader from then on."""
    year = agency.of_year(day.year).values()
    theirs = [one for one in year if one.owner == person.leader]
    for one in [one for one in year if one.owner == person.id]:
        one.earlier.append((day, one.parent))
        one.parent = dice.choice(theirs).id if theirs and dice.random() < 0.9 else None


def under(agency: Agency, person: int) -> set[int]:
    """Tell who works below a person now, the person included."""
    found, fresh = {person}, {person}
    while fresh:
        fresh = {n for n, one in agency.people.items() if one.leader in fresh} - found
        found |= fresh
    return found


def work(agency: Agency, dice: random.Random) -> None:
    """Let people log something: some on most days, some hardly ever, some never."""
    zeal = {person: dice.choice((0, 0.02, 0.5, 0.8)) for person in agency.people}
    own: dict[tuple[int, int], list[Result]] = {}
    for one in agency.results.values():
        own.setdefault((one.owner, one.year), []).append(one)
    day = agency.begin
    while day < agency.end:
        if day.weekday() < 5:
            for person in agency.people:
                if dice.random() < zeal[person]:
                    agency.deeds.append(deed(agency, own[person, day.year], day, dice))
        day += ONE_DAY


def deed(agency: Agency, own: list[Result], day: dt.date, dice: random.Random) -> Deed:
    """Invent one entry; some are linked to nothing, name no figure or another unit."""
    result = dice.choice(own)
    linked = dice.random() < 0.93
    wordless = dice.random() < 0.1
    unit = result.unit if dice.random() < 0.8 else dice.choice((*UNITS, None))
    percent = Decimal(dice.randint(0, 100)) if dice.random() < 0.2 else None
    return Deed(
        id=len(agency.deeds) + 1,
        person=result.owner,
        result=result.id if linked else None,
        day=day,
        quantity=None if wordless else Decimal(dice.randint(0, 400)) / 4,
        unit=None if wordless else unit,
        percent=None if wordless else percent,
        kept=dice.random() > 0.05,
        last_day=day + dice.randint(1, 6) * ONE_DAY if dice.random() < 0.05 else None,
    )


async def written(database: Database, agency: Agency) -> None:
    """Write an agency into a database."""
    years = sorted({one.year for one in agency.results.values()})
    plan = {(n, year): k for k, (n, year) in enumerate(pairs(agency.people, years), start=1)}
    tables = (
        (Unit, [{"id": 1, "code": "U1", "name": "Unit Contoh"}]),
        (Employee, [employee_row(n) for n in agency.people]),
        (Placement, [row for one in agency.people.values() for row in placement_rows(one)]),
        (Plan, [
            {"id": k, "employee_id": n, "year": year, "rater_id": agency.people[n].leader}
            for (n, year), k in plan.items()
        ]),
        (WorkResult, [result_row(one, plan) for one in highest_first(agency)]),
        (Indicator, [
            {"work_result_id": one.id, "text": "Jumlah", "target": Decimal(500), "unit": one.unit,
             "aggregation": one.aggregation, "direction": one.direction}
            for one in agency.results.values() if one.aggregation
        ]),
        (FormerParent, [
            {"work_result_id": one.id, "parent_id": parent, "until": until}
            for one in agency.results.values() for until, parent in one.earlier
        ]),
        (Entry, [entry_row(one) for one in agency.deeds]),
    )  # fmt: skip
    async with database.writing() as session:
        connection = await session.connection()
        for model, lines in tables:
            usual = {
                name: one.get_default(call_default_factory=True)
                for name, one in model.model_fields.items()
                if not one.is_required() and name != "id"
            }
            for start in range(0, len(lines), BATCH):
                part = [usual | line for line in lines[start : start + BATCH]]
                await connection.execute(insert(model), part)


def highest_first(agency: Agency) -> list[Result]:
    """Give the RHK in an order in which each comes after the one that it supports."""
    found, left = {None}, list(agency.results.values())
    ordered: list[Result] = []
    while left:
        ready = [one for one in left if one.parent in found]
        ordered += ready
        found |= {one.id for one in ready}
        left = [one for one in left if one.id not in found]
    return ordered


def pairs(people: Iterable[int], years: Iterable[int]) -> list[tuple[int, int]]:
    return [(n, year) for year in years for n in people]


def employee_row(n: int) -> dict:
    return {"id": n, "nip": f"1990010120150{n:05}", "name": f"Orang Contoh {n}", "telegram_id": n}


def placement_rows(person: Person) -> list[dict]:
    since, found = dt.date(2020, 1, 1), []
    for until, leader in [*person.earlier, (None, person.leader)]:
        found.append(
            {
                "employee_id": person.id,
                "unit_id": 1,
                "supervisor_id": leader,
                "position": "Analis Contoh",
                "since": since,
                "until": until,
            }
        )
        since = until
    return found


def result_row(one: Result, plan: dict[tuple[int, int], int]) -> dict:
    return {
        "id": one.id,
        "plan_id": plan[one.owner, one.year],
        "employee_id": one.owner,
        "number": one.id,
        "text": f"Terlaksananya pekerjaan contoh {one.id}",
        "parent_id": one.parent,
    }


def entry_row(one: Deed) -> dict:
    then = dt.datetime.combine(one.day, NOON, dt.UTC)
    return {
        "id": one.id,
        "employee_id": one.person,
        "work_result_id": one.result,
        "day": one.day,
        "last_day": one.last_day,
        "text": "Melaksanakan kegiatan contoh",
        "quantity": one.quantity,
        "unit": one.unit,
        "percent": one.percent,
        "state": EntryState.KEPT if one.kept else EntryState.UNDONE,
        "created_at": then,
        "changed_at": then,
    }


async def meddled_with(database: Database, agency: Agency, dice: random.Random, n: int) -> None:
    """Change, relink, move, undo and bring back some entries, here and there alike."""
    changed = dice.sample(agency.deeds, n)
    for one in changed:
        own = [r.id for r in agency.results.values() if r.owner == one.person]
        same_year = [key for key in own if agency.results[key].year == one.day.year]
        what = dice.randrange(4)
        if what == 0:
            one.kept = not one.kept
        elif what == 1:
            one.quantity = Decimal(dice.randint(1, 99))
        elif what == 2:
            one.result = dice.choice([*same_year, None])
        else:
            moved = one.day + dt.timedelta(days=dice.randint(-9, 9))
            one.day = moved if moved.year == one.day.year and moved < agency.end else one.day
            one.last_day = None
    async with database.writing() as session:
        connection = await session.connection()
        for one in changed:
            values = {name: value for name, value in entry_row(one).items() if name != "id"}
            await connection.execute(update(Entry).where(Entry.id == one.id).values(**values))
    await unsettled(database, agency, dice)


async def unsettled(database: Database, agency: Agency, dice: random.Random) -> None:
    """Let some be rated by others and some be away, which changes nothing of what was done."""
    some = dice.sample(sorted(agency.people), len(agency.people) // 5)
    days = {"first": agency.begin, "last": agency.begin + 9 * ONE_DAY}
    away = [{"employee_id": one, "kind": AbsenceKind.LEAVE, **days} for one in some]
    async with database.writing() as session:
        connection = await session.connection()
        await connection.execute(
            update(Plan).where(Plan.employee_id.in_(some)).values(rater_id=dice.choice(some))
        )
        await connection.execute(insert(Absence), away)
