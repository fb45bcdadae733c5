import asyncio
import datetime as dt
import json

import pytest

from db import arrivals, migrating
from db.engine import Database
from tests.cli.test_run import SECRET, run
from tests.sandbox.client import World


def findings(told) -> dict[str, tuple[bool, str]]:
    return {one["what"]: (one["well"], one["sentence"]) for one in json.loads(told.stdout)}


async def checked(folder, *words, **more):
    return await asyncio.to_thread(run, folder, "periksa", *words, **more)


async def test_all_is_well_on_a_bot_that_is_set_up(tmp_path):
    async with World(limits=False) as world:
        settings = {"BOT_TOKEN": world.token, "BOT_API_URL": world.url}
        assert (await asyncio.to_thread(run, tmp_path, "migrasi", **settings)).returncode == 0
        told = await checked(tmp_path, "--json", **settings)
        spoken = await checked(tmp_path, LANG="en", **settings)

    assert told.returncode == 0
    found = findings(told)
    assert set(found) == {"database", "backlog", "files", "telegram"}
    assert all(well for well, _ in found.values())
    assert spoken.stdout == ""
    assert [line[0] for line in spoken.stderr.splitlines()] == ["✓"] * 4
    assert "Telegram knows the bot as @" in spoken.stderr


async def test_what_is_not_well_is_told_with_what_to_do(tmp_path):
    told = await checked(tmp_path, "--json", LANG="en")

    assert told.returncode == 1
    assert findings(told)["database"] == (
        False,
        "The schema is not up to date; run: asisten-asn migrasi",
    )
    assert findings(told)["telegram"] == (False, "BOT_TOKEN is not set.")


async def test_a_telegram_that_is_away_and_one_that_knows_no_such_bot(tmp_path):
    away = await checked(
        tmp_path, "--json", BOT_TOKEN=SECRET, BOT_API_URL="http://127.0.0.1:9", LANG="en"
    )
    async with World(limits=False) as world:
        strange = await checked(
            tmp_path, "--json", BOT_TOKEN=SECRET, BOT_API_URL=world.url, LANG="en"
        )

    assert findings(away)["telegram"] == (False, "Telegram cannot be reached.")
    assert findings(strange)["telegram"] == (False, "Telegram does not know this BOT_TOKEN.")
    assert "geheim" not in away.stdout + away.stderr + strange.stdout + strange.stderr


@pytest.mark.parametrize(
    ("minutes", "aside", "well", "words"),
    [
        (1, False, True, "Nothing waits to be handled."),
        (30, False, False, "1 message waits, since 30 minutes; is the bot running?"),
        (1, True, False, "1 message could not be handled and lies aside: ValueError: odd"),
    ],
)
async def test_the_backlog_is_told(tmp_path, minutes, aside, well, words):
    (tmp_path / "data").mkdir()
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'asisten-asn.db'}")
    await migrating.upgrade(database)
    came = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=minutes)
    async with database.writing() as session:
        (kept,) = await arrivals.keep(session, [arrivals.Incoming(1, 5, "{}")], now=came)
    if aside:
        async with database.writing() as session:
            await arrivals.mark_failed(session, kept.id, "ValueError: odd", limit=1)
    await database.close()
    told = await checked(tmp_path, "--json", LANG="en")

    assert findings(told)["backlog"] == (well, words)
