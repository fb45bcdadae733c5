"""A big invented agency for measuring: a tree of units, a cascade of RHK and a year of entries."""

import asyncio
import datetime as dt
import os
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain, islice
from pathlib import Path

import asyncpg
from sqlalchemy import insert
from sqlmodel import SQLModel

from bot.skp.entries import EntryState
from bot.skp.people import AbsenceKind
from bot.skp.plans import Aggregation
from db.engine import Database
from db.models.entries import Absence
from db.models.people import Employee, Placement, Unit
from db.models.plans import FormerParent, Indicator, Plan, Theme, WorkResult

TEAM = 12
# Teams of other sizes, so that the cost against the size can be seen.
OTHER_TEAMS = (40, 120, 500)
RESULTS = 4
# Of so many people one has moved, with the RHK.
MOVED = 97
THEME = "inflasi"
NOW = dt.datetime(2026, 11, 24, 8, 50, tzinfo=dt.UTC)
BEGIN, MOVE = dt.date(2026, 1, 1), dt.date(2026, 3, 2)
BATCH = 20_000
TEN_THOUSANDTHS = 10_000
COLUMNS = (
    "id", "employee_id", "day", "text", "quantity", "unit", "work_result_id", "additional", "late",
    "state", "part", "nearest", "by_hand", "version", "created_at", "changed_at",
)  # fmt: skip
Rows = Iterator[tuple[type[SQLModel], Iterator[dict]]]


@dataclass(frozen=True)
class Agency:
    """Person 1 heads it; everyone who leads has a team of twelve, numbered on.

    The last people are teams of other sizes, each after its own leader, all below person 2; a
    small agency has none.
    """

    people: int
    entries: int

    @cached_property
    def other_teams(self) -> dict[int, int]:
        """Give the leader of each team of another size, with the size."""
        found, key = {}, self.people
        for size in OTHER_TEAMS:
            if key - size - 1 > self.people // 2:
                found[key - size] = size
                key -= size + 1
        return found

    @cached_property
    def _led_by(self) -> dict[int, int]:
        led = dict.fromkeys(self.other_teams, 2)
        for leader, size in self.other_teams.items():
            led |= dict.fromkeys(range(leader + 1, leader + size + 1), leader)
        return led

    @cached_property
    def usual(self) -> int:
        """Count the people in teams of twelve."""
        return min(self.other_teams, default=self.people + 1) - 1

    def leader_of(self, person: int) -> int | None:
        if person in self._led_by:
            return self._led_by[person]
        return (person - 2) // TEAM + 1 if person > 1 else None

    @cached_property
    def leaders(self) -> list[int]:
        last = self.leader_of(self.usual) or 1
        return [*range(1, last + 1), *self.other_teams]

    @property
    def leaders_of_leaves(self) -> list[int]:
        last = self.leader_of(self.usual) or 1
        return list(range((last - 2) // TEAM + 2, last)) or [last]

    @cached_property
    def units(self) -> dict[int, int]:
        """Number the units of the leaders."""
        return {leader: number for number, leader in enumerate(self.leaders, start=1)}

    def unit_of(self, person: int) -> int:
        return self.units.get(person) or self.units[self.leader_of(person) or 1]


def roster(agency: Agency) -> Rows:
    """Give units, people and who sits where; each after what it refers to."""
    everyone = range(1, agency.people + 1)
    yield (
        Unit,
        (
            {
                "id": number,
                "code": f"U{number}",
                "name": f"Unit Contoh {number}",
                "parent_id": agency.units.get(agency.leader_of(leader) or 0),
            }
            for leader, number in agency.units.items()
        ),
    )
    yield (
        Employee,
        (
            {
                "id": n,
                "nip": f"1990010120150{n:05}",
                "name": f"Pegawai Contoh {n}",
                "telegram_id": n,
                "themes": [THEME] if n == agency.usual else [],
            }
            for n in everyone
        ),
    )
    yield (
        Placement,
        (
            {
                "employee_id": n,
                "unit_id": agency.unit_of(n),
                "supervisor_id": agency.leader_of(n),
                "position": "Analis Contoh",
                "since": BEGIN,
            }
            for n in everyone
        ),
    )
    day = NOW.date()
    yield (
        Absence,
        (
            {"employee_id": n, "kind": AbsenceKind.LEAVE, "first": day, "last": day}
            for n in everyone[::TEAM]
        ),
    )


def targets(agency: Agency) -> Rows:
    """Give plans, RHK and IKI; each RHK stands on the leader's of the same number.

    The head's first RHK names the theme, and hands it down.
    """
    everyone = range(1, agency.people + 1)
    keys = [(n, number) for n in everyone for number in range(1, RESULTS + 1)]
    text = "Terlaksananya pekerjaan contoh ke-{} sesuai rencana tahunan"
    yield Theme, iter([{"code": THEME, "name": "Pengendalian inflasi"}])
    yield Plan, ({"id": n, "employee_id": n, "year": NOW.year} for n in everyone)
    yield (
        WorkResult,
        (
            {
                "id": key(n, number),
                "plan_id": n,
                "employee_id": n,
                "number": number,
                "text": text.format(number),
                "parent_id": key(leader, number) if (leader := agency.leader_of(n)) else None,
                "themes": [THEME] if key(n, number) == 1 else [],
            }
            for n, number in keys
        ),
    )
    yield (
        Indicator,
        (
            {
                "work_result_id": key(n, number),
                "text": "Jumlah kegiatan",
                "target": Decimal(60),
                "unit": "kegiatan",
                "aggregation": Aggregation.SUM if number < RESULTS else Aggregation.LATEST,
            }
            for n, number in keys
        ),
    )
    yield (
        FormerParent,
        (
            {"work_result_id": key(n, number), "parent_id": key(1, number), "until": MOVE}
            for n, number in keys
            if n % MOVED == 0
        ),
    )


def key(person: int, number: int) -> int:
    """Give the key of somebody's RHK."""
    return (person - 1) * RESULTS + number


def entries(agency: Agency) -> Iterator[tuple]:
    """Give a year of entries in the order of their days, as a year would have left them."""
    chance = random.Random(1)
    span = (NOW.date() - BEGIN).days + 1
    days = [BEGIN + dt.timedelta(days=n) for n in range(span)]
    days = [day for day in days if day.weekday() < 5]
    for number in range(1, agency.entries + 1):
        person = int(chance.random() * agency.people) + 1
        day = days[(number - 1) * len(days) // agency.entries]
        result = key(person, 1 + number % RESULTS)
        amount = (1 + number % 5) * TEN_THOUSANDTHS
        yield (
            number, person, day, "Melaksanakan kegiatan contoh di lapangan bersama kader", amount,
            "kegiatan", result, False, False, EntryState.KEPT.value, 0, "[]", False, 1, NOW, NOW,
        )  # fmt: skip


def batches(rows: Iterator, size: int = BATCH) -> Iterator[list]:
    """Cut a stream into lists."""
    while batch := list(islice(rows, size)):
        yield batch


def fill(url: str, agency: Agency) -> None:
    """Write the whole agency into an empty database."""
    asyncio.run(fill_structure(url, agency))
    if url.startswith("sqlite"):
        fill_sqlite(url, agency)
    else:
        asyncio.run(fill_postgresql(url, agency))


async def fill_structure(url: str, agency: Agency) -> None:
    """Write everything but the entries."""
    database = Database(url)
    async with database.writing() as session:
        connection = await session.connection()
        for model, rows in chain(roster(agency), targets(agency)):
            # The defaults of a model are its own, not the table's.
            usual = {
                name: one.get_default(call_default_factory=True)
                for name, one in model.model_fields.items()
                if not one.is_required() and name != "id"
            }
            for batch in batches(rows):
                await connection.execute(insert(model), [usual | row for row in batch])
    await database.close()


def fill_sqlite(url: str, agency: Agency) -> None:
    """Write the entries past our own code, which is not what is measured."""
    connection = sqlite3.connect(url.partition(":///")[2])
    for pragma in ("synchronous=OFF", "cache_size=-400000"):
        connection.execute(f"PRAGMA {pragma}")
    places = ",".join("?" * len(COLUMNS))
    statement = f"INSERT INTO entry ({','.join(COLUMNS)}) VALUES ({places})"
    stamp = NOW.strftime("%Y-%m-%d %H:%M:%S.000000")
    for batch in batches(entries(agency)):
        rows = [(*row[:2], row[2].isoformat(), *row[3:-2], stamp, stamp) for row in batch]
        with connection:
            connection.executemany(statement, rows)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    # What was filled in must be on the disk before the first question; else the first checkpoint
    # of an answer would wait for all of it.
    with Path(url.partition(":///")[2]).open("rb+") as file:
        os.fsync(file.fileno())


async def fill_postgresql(url: str, agency: Agency) -> None:
    """Copy the entries in, and let the server look at what it holds."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    for batch in batches(entries(agency)):
        await connection.copy_records_to_table("entry", records=batch, columns=COLUMNS)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
