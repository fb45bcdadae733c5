"""`coba`: the real bot with an invented agency and a phone chat in the browser."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
import webbrowser
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.actions import rosters, trial
from bot.actions.calendars import ensure_holidays
from bot.actions.trial_roster import sample
from bot.app import Clock, Service
from bot.cli.logs import set_up_logs
from bot.cli.speaking import fail, operator_translator, say, settings_or_fail
from bot.config import Settings
from bot.i18n import Translator
from db import migrating
from db.engine import Database

ZONE = "Asia/Makassar"
SEED = 2026
TOKEN = "4242424242:a-token-for-trying-out"  # noqa: S105  # It opens nothing but this trial.


def command(
    *,
    port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.")] = 0,
    seed: Annotated[int, typer.Option("--benih", help="The seed of the invented agency.")] = SEED,
    browser: Annotated[
        bool, typer.Option("--peramban/--tanpa-peramban", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Try the bot: no token, no internet, an invented agency and a chat in the browser."""
    t = operator_translator()
    with tempfile.TemporaryDirectory(prefix="asisten-asn-") as folder:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(trial_of(Path(folder), t, port=port, seed=seed, browser=browser))
    say(t.gettext("The trial has ended; nothing of it is kept."))


async def trial_of(folder: Path, t: Translator, *, port: int, seed: int, browser: bool) -> None:
    """Fill a database, start the pretend Telegram and the bot, and show the page."""
    clock_file = folder / "clock"
    clock_file.write_text("0")
    settings = settings_or_fail(
        _env_file=None,
        bot_token=TOKEN,
        bot_api_url="http://127.0.0.1:9",
        database_url=None,
        data_dir=folder / "data",
        timezone=ZONE,
        clock_file=clock_file,
        webhook_url=None,
        log_level=os.environ.get("LOG_LEVEL", "WARNING"),
    )
    set_up_logs(settings)
    say(t.gettext("Inventing an agency and a year of its work …"))
    players = await filled(settings, t, seed=seed)
    people = folder / "people.json"
    people.write_text(json.dumps([person(player) for player in players]), encoding="utf-8")
    say(t.gettext("Starting a pretend Telegram on this machine …"))
    async with sandbox(people, clock_file, port) as told:
        settings = settings.model_copy(update={"bot_api_url": told["url"]})
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, stop.set)
        say(t.gettext("Ready. The page: {page}", page=told["page"]))
        say(t.gettext("Choose a person there and write. Ctrl-C ends the trial."))
        if browser:
            await asyncio.to_thread(webbrowser.open, told["page"])
        await Service(settings).run(stop)


async def filled(settings: Settings, t: Translator, *, seed: int) -> list[trial.Player]:
    """Bring a fresh database up and fill it with the invented agency."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    now = Clock(settings.clock_file).now()
    today = now.astimezone(settings.zone).date()
    invented = sample(seed, today.year)
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
    await database.close()
    say(
        t.gettext(
            "{people} people, {entries} entries.", people=len(players), entries=t.number(entries)
        )
    )
    return players


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
    await process.wait()
