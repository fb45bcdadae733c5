"""Measure how long a leader waits for `/tim` in a big agency, the picture included.

Run `python -m tests.bench.team [--people 10000] [--entries 2500000] [--rounds 60] [--kind sqlite]`.
It fills a database of each kind with a tree of units and a year of entries, and lets leaders of
teams of twelve ask through the real worker, everyone once; then a leader of leaders, and the head.
The last line is JSON with the same figures.
"""

import argparse
import asyncio
import datetime as dt
import functools
import json
import logging
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path

import asyncpg
import structlog
from sqlalchemy import insert
from sqlmodel import SQLModel

from bot.skp.entries import EntryState
from bot.skp.people import AbsenceKind
from bot.skp.plans import Aggregation
from db.engine import Database
from db.models.entries import Absence
from db.models.people import Employee, Placement, Unit
from db.models.plans import Indicator, Plan, WorkResult
from tests.chat import Agora
from tests.databases import KINDS, templates

TEAM = 12
RESULTS = 4
NOW = dt.datetime(2026, 11, 24, 8, 50, tzinfo=dt.UTC)
BEGIN = dt.date(2026, 1, 1)
BUDGET_MS = 300
WARMING = 5
FEW_ROUNDS = 10
BATCH = 20_000
TEN_THOUSANDTHS = 10_000
COLUMNS = (
    "id", "employee_id", "day", "text", "quantity", "unit", "work_result_id", "additional", "late",
    "state", "part", "nearest", "by_hand", "version", "created_at", "changed_at",
)  # fmt: skip
Rows = Iterator[tuple[type[SQLModel], Iterator[dict]]]
say: Callable[[str], object] = functools.partial(print, flush=True)


@dataclass(frozen=True)
class Agency:
    """Person 1 heads it; everyone who leads has a team of twelve, numbered on."""

    people: int
    entries: int

    def leader_of(self, person: int) -> int | None:
        return (person - 2) // TEAM + 1 if person > 1 else None

    @property
    def leaders(self) -> int:
        return self.leader_of(self.people) or 1

    @property
    def leaders_of_leaves(self) -> list[int]:
        first = (self.leaders - 2) // TEAM + 2
        return list(range(first, self.leaders)) or [self.leaders]

    def unit_of(self, person: int) -> int:
        return person if person <= self.leaders else self.leader_of(person) or 1


@dataclass(frozen=True)
class Figure:
    """How long one kind of leader waited."""

    database: str
    leader: str
    rounds: int
    median_ms: float
    p95_ms: float
    worst_ms: float
    budget_ms: int | None

    @property
    def kept(self) -> bool:
        return self.budget_ms is None or self.p95_ms < self.budget_ms


def roster(agency: Agency) -> Rows:
    """Give units, people and who sits where; each after what it refers to."""
    everyone = range(1, agency.people + 1)
    yield (
        Unit,
        (
            {"id": n, "code": f"U{n}", "name": f"Unit Contoh {n}", "parent_id": agency.leader_of(n)}
            for n in range(1, agency.leaders + 1)
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
    """Give plans, RHK and IKI."""
    everyone = range(1, agency.people + 1)
    keys = range(1, agency.people * RESULTS + 1)
    text = "Terlaksananya pekerjaan contoh ke-{} sesuai rencana tahunan"
    yield Plan, ({"id": n, "employee_id": n, "year": NOW.year} for n in everyone)
    yield (
        WorkResult,
        (
            {
                "id": key,
                "plan_id": (key - 1) // RESULTS + 1,
                "employee_id": (key - 1) // RESULTS + 1,
                "number": (key - 1) % RESULTS + 1,
                "text": text.format((key - 1) % RESULTS + 1),
            }
            for key in keys
        ),
    )
    yield (
        Indicator,
        (
            {
                "work_result_id": key,
                "text": "Jumlah kegiatan",
                "target": Decimal(60),
                "unit": "kegiatan",
                "aggregation": Aggregation.SUM if key % RESULTS else Aggregation.LATEST,
            }
            for key in keys
        ),
    )


def entries(agency: Agency) -> Iterator[tuple]:
    """Give a year of entries in the order of their days, as a year would have left them."""
    chance = random.Random(1)
    span = (NOW.date() - BEGIN).days + 1
    days = [BEGIN + dt.timedelta(days=n) for n in range(span)]
    days = [day for day in days if day.weekday() < 5]
    for key in range(1, agency.entries + 1):
        person = int(chance.random() * agency.people) + 1
        day = days[(key - 1) * len(days) // agency.entries]
        result = (person - 1) * RESULTS + 1 + key % RESULTS
        amount = (1 + key % 5) * TEN_THOUSANDTHS
        yield (
            key, person, day, "Melaksanakan kegiatan contoh di lapangan bersama kader", amount,
            "kegiatan", result, False, False, EntryState.KEPT.value, 0, "[]", False, 1, NOW, NOW,
        )  # fmt: skip


def batches(rows: Iterator, size: int = BATCH) -> Iterator[list]:
    """Cut a stream into lists."""
    while batch := list(islice(rows, size)):
        yield batch


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


async def ask(agora: Agora, person: int) -> float:
    """Let a leader ask; give the milliseconds from the arrival to the answer with its picture."""
    chat = agora.chat(person)
    agora.edge.messages.clear()
    start = time.perf_counter()
    await chat.say("/tim")
    spent = (time.perf_counter() - start) * 1000
    if not chat.messages or not chat.last.content.startswith(b"\x89PNG"):
        raise RuntimeError(f"Person {person} was not answered with a picture.")
    return spent


async def measure(kind: str, url: str, folder: Path, agency: Agency, rounds: int) -> list[Figure]:
    """Let every kind of leader ask."""
    database = Database(url)
    agora = Agora(database, folder, now=NOW)
    await agora.open()
    leaves = agency.leaders_of_leaves
    chosen = random.Random(2).sample(leaves, min(len(leaves), rounds + WARMING))
    for person in chosen[:WARMING]:
        await ask(agora, person)
    asked = [
        ("team of 12", chosen[WARMING:] or chosen, BUDGET_MS),
        ("leader of leaders", [min(2, agency.leaders)] * FEW_ROUNDS, None),
        ("head of the whole", [1] * FEW_ROUNDS, None),
    ]
    figures = []
    for leader, people, budget in asked:
        spent = [await ask(agora, person) for person in people]
        figures.append(figure((kind, leader, budget), spent))
        say(f"  {leader}: median {figures[-1].median_ms} ms")
    await agora.close()
    await database.close()
    return figures


def figure(of: tuple[str, str, int | None], spent: list[float]) -> Figure:
    """Bring the times of one kind of leader together."""
    kind, leader, budget = of
    spent = sorted(spent)
    p95 = spent[min(len(spent) - 1, int(len(spent) * 0.95))]
    median = statistics.median(spent)
    return Figure(
        kind, leader, len(spent), round(median, 1), round(p95, 1), round(spent[-1], 1), budget
    )


def run(agency: Agency, kinds: list[str], rounds: int) -> list[Figure]:
    """Fill and measure each kind of database in a folder that is gone afterwards."""
    found = []
    with tempfile.TemporaryDirectory() as folder, templates(Path(folder)) as stock:
        for kind in kinds:
            say(f"{kind}: filling {agency.people:,} people and {agency.entries:,} entries ...")
            start = time.perf_counter()
            url = stock.copy(kind)
            asyncio.run(fill_structure(url, agency))
            if kind == "sqlite":
                fill_sqlite(url, agency)
            else:
                asyncio.run(fill_postgresql(url, agency))
            say(f"{kind}: filled in {time.perf_counter() - start:.0f} s; asking ...")
            found += asyncio.run(measure(kind, url, Path(folder), agency, rounds))
    return found


def table(figures: list[Figure]) -> None:
    """Print the figures for people."""
    say(f"\n{'database':<12}{'leader':<20}{'rounds':>7}{'median ms':>11}{'p95 ms':>9}{'budget':>8}")
    for one in figures:
        budget = f"{one.budget_ms}" if one.budget_ms else "–"
        line = f"{one.database:<12}{one.leader:<20}{one.rounds:>7}{one.median_ms:>11}"
        say(f"{line}{one.p95_ms:>9}{budget:>8}{'' if one.kept else '  over budget'}")


def main() -> int:
    """Measure, print, and fail when a budget is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=2_500_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--kind", choices=KINDS, action="append")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    agency = Agency(given.people, given.entries)
    figures = run(agency, given.kind or list(KINDS), given.rounds)
    table(figures)
    kept = all(one.kept for one in figures)
    told = {"bench": "team", "people": agency.people, "entries": agency.entries, "ok": kept}
    say(json.dumps(told | {"figures": [asdict(one) for one in figures]}))
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
