"""`coba`: the real bot with an invented agency and a phone chat in the browser."""

import asyncio
import contextlib
import datetime as dt
import json
import os
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.actions import rosters, trial
from bot.actions.calendars import ensure_holidays
from bot.actions.trial_roster import sample
from bot.app import Service
from bot.cli.clock import Clock
from bot.cli.logs import set_up_logs
from bot.cli.speaking import WRONG_USAGE, fail, operator_translator, say, settings_or_fail
from bot.cli.tidying import tidy_seldom
from bot.config import Settings
from bot.i18n import Translator
from db import migrating
from db.engine import Database

ZONE = "Asia/Makassar"
SEED = 2026
SETTLING_SECONDS = 0.5
TOKEN = "4242424242:a-token-for-trying-out"  # noqa: S105  # It opens nothing but this trial.


HOST = "127.0.0.1"
# Further away nobody knows the holidays.
YEARS = range(2015, 2051)
# The pretend Telegram ends at once when it is asked to; it is not waited for longer than this.
PATIENCE = 5


@dataclass(frozen=True)
class Wishes:
    """What the operator wants of a trial."""

    port: int
    seed: int
    browser: bool
    begin: dt.datetime | None


def command(
    *,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The page's port; 0 takes a free one.")
    ] = 0,
    seed: Annotated[int, typer.Option("--benih", help="The seed of the invented agency.")] = SEED,
    begin: Annotated[
        str | None,
        typer.Option("--waktu", help="When the trial begins, in WITA: 2026-11-24T15:40."),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--peramban/--tanpa-peramban", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Try the bot: no token, no internet, an invented agency and a chat in the browser."""
    t = operator_translator()
    wishes = Wishes(port, seed, browser, None if begin is None else moment_of(begin, t))
    if not is_free(port):
        fail(t.gettext("Port {port} is taken; name another one, or leave --port out.", port=port))
    with (
        contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError),
        tempfile.TemporaryDirectory(prefix="asisten-asn-") as folder,
    ):
        asyncio.run(trial_of(Path(folder), t, wishes))
    say(t.gettext("The trial has ended; nothing of it is kept."))


def moment_of(raw: str, t: Translator) -> dt.datetime:
    """Read when the trial is to begin."""
    moment = None
    with contextlib.suppress(ValueError):
        moment = dt.datetime.fromisoformat(raw)
    if moment is None or moment.year not in YEARS:
        fail(
            t.gettext("“{value}” is not a day and an hour like 2026-11-24T15:40.", value=raw),
            WRONG_USAGE,
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(ZONE))


def is_free(port: int) -> bool:
    """Tell whether the page could have a port; asked first, because inventing takes a while."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError:
            return False
    return True


async def trial_of(folder: Path, t: Translator, wishes: Wishes) -> None:
    """Fill a database, start the pretend Telegram and the bot, and show the page."""
    running = asyncio.current_task()
    when_told_to_end(running.cancel if running else sys.exit)
    clock_file = folder / "clock"
    ahead = wishes.begin - dt.datetime.now(dt.UTC) if wishes.begin else dt.timedelta(0)
    clock_file.write_text(f"{ahead.total_seconds():.0f}")
    settings = settings_or_fail(
        _env_file=None,
        bot_token=TOKEN,
        bot_api_url=f"http://{HOST}:9",
        database_url=None,
        data_dir=folder / "data",
        timezone=ZONE,
        clock_file=clock_file,
        webhook_url=None,
        log_level=os.environ.get("LOG_LEVEL", "WARNING"),
    )
    set_up_logs(settings)
    say(t.gettext("Inventing an agency and a year of its work …"))
    players = await filled(settings, t, seed=wishes.seed)
    people = folder / "people.json"
    people.write_text(json.dumps([person(player) for player in players]), encoding="utf-8")
    say(t.gettext("Starting a pretend Telegram on this machine …"))
    async with sandbox(people, clock_file, wishes.port) as told:
        settings = settings.model_copy(update={"bot_api_url": told["url"]})
        stop = asyncio.Event()
        when_told_to_end(stop.set)
        say(t.gettext("Ready. The page: {page}", page=told["page"]))
        say(t.gettext("Choose a person there and write. Ctrl-C ends the trial."))
        if wishes.browser:
            # A browser in the terminal stays until it is left; nothing may wait for it.
            threading.Thread(target=webbrowser.open, args=(told["page"],), daemon=True).start()
        service = Service(settings, Clock(settings.clock_file).now)
        tidy_seldom()
        await service.run(stop)


def when_told_to_end(act: Callable[[], object]) -> None:
    """Do something when the operator or the system wants the trial to end."""
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(sign, act)


async def filled(settings: Settings, t: Translator, *, seed: int) -> list[trial.Player]:
    """Bring a fresh database up and fill it with the invented agency."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    try:
        players, entries = await invented_in(database, settings, t, seed=seed)
    except asyncio.CancelledError:
        # The driver's thread hands over what it has begun; without a loop it would complain.
        await asyncio.sleep(SETTLING_SECONDS)
        raise
    finally:
        await database.close()
    say(
        t.gettext(
            "{people} people, {entries} entries.", people=len(players), entries=t.number(entries)
        )
    )
    return players


async def invented_in(
    database: Database, settings: Settings, t: Translator, *, seed: int
) -> tuple[list[trial.Player], int]:
    """Invent the agency's people and count what they have logged."""
    now = Clock(settings.clock_file).now()
    today = now.astimezone(settings.zone).date()
    invented = sample(seed, today)
    await migrating.upgrade(database)
    async with database.writing() as session:
        await ensure_holidays(session, today.year - 1, today.year, today.year + 1)
    comparison = await rosters.take_in(
        database, invented.roster, rosters.Occasion(now, today, ZONE)
    )
    for problem in comparison.problems:
        fail(t.gettext(problem.problem, **problem.values))
    async with database.writing() as session:
        players = await trial.people_come_in(session, invented, now=now)
        entries = await trial.a_year_of_work(session, invented, now=now, seed=seed)
    return players, entries


def person(player: trial.Player) -> dict[str, Any]:
    """Describe a player to the pretend Telegram."""
    told = asdict(player)
    first, _, last = player.name.partition(" ")
    return {
        "id": told["account"],
        "first_name": first,
        "last_name": last,
        "phone": told["phone"],
        "note": told["note"],
        "zone": ZONE,
        "start": told["code"] or "",
        "started": told["code"] is None,
    }


@contextlib.asynccontextmanager
async def sandbox(people: Path, clock_file: Path, port: int) -> AsyncIterator[dict[str, str]]:
    """Run the pretend Telegram as a process of its own and end it afterwards."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.sandbox", "--token", TOKEN, "--title", "Asisten ASN"),
        *("--people", str(people), "--clock-file", str(clock_file), "--port", str(port)),
        "--end-with-stdin",
        stdin=PIPE,
        stdout=PIPE,
        start_new_session=True,
    )
    try:
        line = await process.stdout.readline() if process.stdout else b""
        if not line:
            t = operator_translator()
            fail(t.gettext("The pretend Telegram could not start; is the port taken?"))
        yield json.loads(line)
    finally:
        await ended(process)


async def ended(process: Process) -> None:
    """End a process that we started."""
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
