"""Send reminders that are all due at one instant, under a Telegram that refuses what is too fast.

Run `python -m tests.bench.fanout [--people 20000] [--pace 290] [--planned 100000] [--kind sqlite]`.
The bot's own postman carries them at ten times the real pace, so that an hour becomes minutes,
with and without people who write meanwhile; Telegram is a process of its own and refuses what
exceeds the limit by more than a thirtieth. Then it measures how long planning takes when a few are
due and when all are. The last line is JSON with the same figures.
"""

import argparse
import asyncio
import contextlib
import datetime as dt
import functools
import json
import logging
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import insert
from sqlmodel import SQLModel

from bot.app import Service
from bot.cli.tidying import tidy_seldom
from bot.config import Settings
from bot.post.postman import Postman
from db.engine import Database
from db.models.people import Employee, Placement, Unit
from tests.bench.crowd import FIRST_CHAT, Json
from tests.bench.office import TOKEN, Telegram
from tests.bench.storm import AFTERNOON
from tests.bench.team_agency import batches
from tests.databases import KINDS, templates
from tests.factories import LONG_AGO

WRITERS = 200
WRITING = 20
LOOK_SECONDS = 0.5
PATIENCE = 15.0
NEVER = dt.time(23, 0)
ZONE = "Asia/Makassar"
DUE = dt.time(15, 0)
say: Callable[[str], object] = functools.partial(print, flush=True)


@dataclass
class Figure:
    """How one fan-out went."""

    database: str
    answers: str
    people: int
    per_second: float
    share: float
    lost: int
    doubled: int
    refused_percent: float
    answers_p99_ms: float
    answers_lost: int

    @property
    def kept(self) -> bool:
        clean = not (self.lost or self.doubled or self.answers_lost)
        return clean and self.share >= 0.95 and self.refused_percent <= 1


@dataclass
class Planning:
    """How long planning took."""

    database: str
    people: int
    due: int
    seconds: float
    put: int
    budget_seconds: float
    # How much more memory the process held at the most than before.
    grown_mib: float

    @property
    def kept(self) -> bool:
        return self.seconds <= self.budget_seconds


class Moment:
    """Tell a working afternoon's time, running on."""

    def __init__(self) -> None:
        self._begin = time.monotonic()

    def now(self) -> dt.datetime:
        return AFTERNOON + dt.timedelta(seconds=time.monotonic() - self._begin)


async def fill(database: Database, people: int, due: int) -> None:
    """Let people be in: the first write and are never asked, of the others so many are due."""
    usual = {
        name: one.get_default(call_default_factory=True)
        for name, one in Employee.model_fields.items()
        if not one.is_required() and name != "id"
    }
    rows = (
        usual
        | {
            "id": n + 1,
            "nip": f"19900101{n:010}",
            "name": f"Orang Contoh {n}",
            "zone": ZONE,
            "telegram_id": FIRST_CHAT + n,
            "consented_at": AFTERNOON,
            "consent_version": "1",
            "prompts_on": n >= WRITERS,
            "prompt_at": (hour := DUE if WRITERS <= n < WRITERS + due else NEVER),
            # As earlier ticks leave it: everybody is looked at when their hour has come.
            "look_at": f"{AFTERNOON.astimezone(ZoneInfo(ZONE)):%Y-%m-%d}T{hour:%H:%M}",
        }
        for n in range(WRITERS + people)
    )
    places = (
        {"employee_id": n + 1, "unit_id": 1, "position": "Analis Contoh", "since": LONG_AGO}
        for n in range(WRITERS + people)
    )
    async with database.writing() as session:
        session.add(Unit(id=1, code="GIZI", name="Seksi Gizi", zone=ZONE, week=5))
        await session.flush()
        connection = await session.connection()
        filled: tuple[tuple[type[SQLModel], object], ...] = ((Employee, rows), (Placement, places))
        for model, lines in filled:
            for batch in batches(lines):
                await connection.execute(insert(model), batch)


@contextlib.asynccontextmanager
async def serving(url: str, folder: Path, api: str, pace: int) -> AsyncIterator[Service]:
    """Run the bot in this process, with a postman of this pace."""
    settings = Settings(
        bot_token=TOKEN, bot_api_url=api, data_dir=folder, database_url=url, _env_file=None
    )
    service = Service(settings, Moment().now)
    service.postman = Postman(
        service.application.bot, service.database, service.now, per_second=pace
    )
    tidy_seldom()
    stop = asyncio.Event()
    running = asyncio.create_task(service.run(stop))
    try:
        yield service
    finally:
        stop.set()
        await running


async def carried(telegram: Telegram, people: int) -> Json:
    """Wait until everybody was reminded, or nothing moves any more."""
    last, moved = -1, time.monotonic()
    while True:
        told = (await asyncio.to_thread(telegram.do, "count"))["unasked"]
        if told != last:
            last, moved = told, time.monotonic()
        if told >= people or time.monotonic() - moved > PATIENCE:
            break
        await asyncio.sleep(LOOK_SECONDS)
    # Whatever is sent twice would come within this moment.
    await asyncio.sleep(2)
    return await asyncio.to_thread(telegram.do, "report")


async def fan_out(kind: str, url: str, folder: Path, size: tuple[int, int, bool]) -> Figure:
    """Let all be due at once, and see how they are carried."""
    people, pace, answering = size
    database = Database(url)
    await fill(database, people, people)
    await database.close()
    with Telegram() as telegram:
        telegram.do("settings", per_second=pace + pace // 29)
        messages = int(WRITING * people / pace) if answering else 0
        telegram.do("steady", rate=WRITING, chats=WRITERS, messages=messages)
        async with serving(url, folder, telegram.url, pace) as service:
            await asyncio.to_thread(telegram.wait_for_poll)
            await service.postman.plan()
            told = await carried(telegram, people)
            if answering:
                told |= await asyncio.to_thread(telegram.wait, messages, patience=PATIENCE)
    seconds = max(told["unasked_seconds"], 0.001)
    rate = (told["unasked_people"] - 1) / seconds
    # What is answered meanwhile is taken from the same allowance.
    whole = rate + told["answered_meanwhile"] / seconds
    return Figure(
        kind, f"{WRITING}/s" if answering else "none", people, round(rate, 1),
        round(whole / pace, 3), people - told["unasked_people"], told["unasked_doubled"],
        round(100 * told["refused"] / max(1, told["calls"].get("sendMessage", 0)), 2),
        round(told["p99_ms"], 1), told["messages"] - told["answered"],
    )  # fmt: skip


async def plan(kind: str, url: str, people: int, due: int, budget: float) -> Planning:
    """Measure one tick's planning; the postman carries nothing meanwhile."""
    database = Database(url)
    await fill(database, people, due)
    service = Service(
        Settings(bot_token=TOKEN, data_dir=Path("/nowhere"), database_url=url, _env_file=None),
        Moment().now,
    )
    tidy_seldom()
    before = peak_mib(anew=True)
    begin = time.perf_counter()
    await service.postman.plan()
    seconds = time.perf_counter() - begin
    grown = round(max(0.0, peak_mib() - before), 1)
    async with database.reading() as session:
        connection = await session.connection()
        put = (await connection.exec_driver_sql("SELECT count(*) FROM letter")).scalar_one()
    await service.database.close()
    await database.close()
    return Planning(kind, people, due, round(seconds, 2), put, budget, grown)


def peak_mib(*, anew: bool = False) -> float:
    """Read the most memory that this process held; anew: from now on."""
    if anew:
        # The kernel takes this as the wish to forget the earlier peak.
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(peak) / 1024


def table(figures: list[Figure], plans: list[Planning]) -> None:
    """Print the figures for people."""
    names = ("database", "answers", "people", "per_second", "share", "lost", "doubled",
             "refused_percent", "answers_p99_ms", "answers_lost")  # fmt: skip
    say("\n" + "".join(f"{name:>17}" for name in names))
    for one in figures:
        said = asdict(one)
        say("".join(f"{said[name]:>17}" for name in names) + ("" if one.kept else "  over budget"))
    for plan_ in plans:
        over = "" if plan_.kept else "  over budget"
        say(
            f"{plan_.database}: planning for {plan_.people:,} with {plan_.due:,} due took "
            f"{plan_.seconds} s of {plan_.budget_seconds} ({plan_.put:,} letters){over}"
        )


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--pace", type=int, default=290)
    parser.add_argument("--planned", type=int, default=100_000)
    parser.add_argument("--kind", choices=KINDS, action="append")
    return parser.parse_args()


def main() -> int:
    """Measure, print, and fail when anything was lost, doubled or too slow."""
    given = options()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    figures, plans = [], []
    with tempfile.TemporaryDirectory() as name, templates(Path(name)) as stock:
        for kind in given.kind or KINDS:
            for answering in (False, True):
                said = f" while {WRITING} a second are answered" if answering else ""
                say(f"{kind}: {given.people:,} reminders at {given.pace} a second{said} ...")
                size = (given.people, given.pace, answering)
                url = stock.copy(kind)
                figures.append(asyncio.run(fan_out(kind, url, Path(name), size)))
                say(f"  {figures[-1].per_second}/s, {figures[-1].refused_percent} % refused")
            for due, budget in ((given.planned // 100, 1.0), (given.planned, 10.0)):
                say(f"{kind}: planning for {given.planned:,} with {due:,} due ...")
                url = stock.copy(kind)
                plans.append(asyncio.run(plan(kind, url, given.planned, due, budget)))
    table(figures, plans)
    good = all(one.kept for one in (*figures, *plans))
    told = {"bench": "fanout", "pace": given.pace, "ok": good}
    told_all = {"figures": [asdict(o) for o in figures], "planning": [asdict(o) for o in plans]}
    say(json.dumps(told | told_all))
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
