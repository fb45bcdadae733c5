import asyncio
import datetime as dt
import json
import shutil

import pytest
from telegram import WebhookInfo

from bot.cli.periksa import look, space, webhook
from bot.config import Settings
from bot.i18n import translator
from bot.skp.entries import EvidenceKind, EvidenceState
from db import arrivals, migrating
from db.engine import Database
from db.models.entries import Entry, Evidence
from db.models.messages import Answer, Letter
from tests.cli.test_run import SECRET, run
from tests.factories import a_team
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
    assert set(found) == {
        *("database", "backlog", "answers", "letters", "evidence"),
        *("volume", "files", "space", "telegram", "webhook"),
    }
    assert all(well for well, _ in found.values())
    assert spoken.stdout == ""
    assert [line[0] for line in spoken.stderr.splitlines()] == ["✓"] * 10
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
        (
            1,
            True,
            False,
            (
                "1 message could not be handled and lies aside; look into the log for arrival 1"
                " (ValueError)."
            ),
        ),
    ],
)
async def test_the_backlog_is_told(tmp_path, minutes, aside, well, words):
    database = await opened(tmp_path)
    came = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=minutes)
    async with database.writing() as session:
        (kept,) = await arrivals.keep(session, [arrivals.Incoming(1, 5, "{}")], now=came)
    if aside:
        async with database.writing() as session:
            await arrivals.mark_failed(session, kept.id, "ValueError: rahasia", limit=1)
    await database.close()
    told = await checked(tmp_path, "--json", LANG="en")

    assert findings(told)["backlog"] == (well, words)
    assert "rahasia" not in told.stdout + told.stderr


async def opened(folder) -> Database:
    (folder / "data").mkdir(exist_ok=True)
    database = Database(f"sqlite+aiosqlite:///{folder / 'data' / 'asisten-asn.db'}")
    await migrating.upgrade(database)
    return database


async def looked(folder, **more) -> dict[str, tuple[bool, str]]:
    settings = Settings(_env_file=None, data_dir=folder / "data", **more)
    found = await look(settings, translator("en"))
    return {one.what: (one.well, one.sentence) for one in found}


async def failed_once(world: World) -> None:
    """Wait until the pretend Telegram has tried to deliver and could not."""
    for _ in range(500):
        if (await world.api("getWebhookInfo"))["result"].get("last_error_date"):
            return
        await asyncio.sleep(0.02)
    raise TimeoutError


async def test_what_else_waits_too_long_is_told_with_what_to_look_at(tmp_path):
    database = await opened(tmp_path)
    since = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=90, seconds=5)
    _, (person, *_) = await a_team(database)
    async with database.writing() as session:
        (kept,) = await arrivals.keep(session, [arrivals.Incoming(1, 5, "{}")], now=since)
        await arrivals.mark_done(session, [kept.id], now=since)
        for _ in range(2):
            session.add(
                Answer(arrival_id=kept.id, chat_id=5, method="x", params={}, created_at=since)
            )
        session.add(Letter(employee_id=person, kind="prompt", period="x", due_at=since))
        await proven(session, person, EvidenceState.PENDING, since)
    await database.close()
    found = await looked(tmp_path)

    assert found["backlog"][0]
    assert found["answers"] == (
        False,
        (
            "2 answers wait to be sent, the oldest since 90 minutes; does the bot run and reach"
            " Telegram?"
        ),
    )
    assert found["letters"] == (
        False,
        "1 scheduled message is overdue, since 90 minutes; does the bot run and reach Telegram?",
    )
    assert found["evidence"] == (
        False,
        (
            "1 file of evidence waits to be stored, since 90 minutes; does the bot run and reach"
            " Telegram, and is there room in DATA_DIR?"
        ),
    )


async def proven(session, person: int, state: EvidenceState, at: dt.datetime, **more) -> None:
    entry = Entry(employee_id=person, day=at.date(), text="x", created_at=at, changed_at=at)
    session.add(entry)
    await session.flush()
    session.add(
        Evidence(
            entry_id=entry.id,
            employee_id=person,
            kind=EvidenceKind.PHOTO,
            state=state,
            title="x",
            created_at=at,
            **more,
        )
    )


async def test_evidence_that_is_not_here_shows_that_the_volume_is_not_shared(tmp_path):
    database = await opened(tmp_path)
    now = dt.datetime.now(dt.UTC)
    _, (person, *_) = await a_team(database)
    folder = tmp_path / "data" / "evidence"
    folder.mkdir()
    async with database.writing() as session:
        for name in ("here", "there", "half"):
            path = {"path": f"evidence/{name}.jpg", "size": 4}
            await proven(session, person, EvidenceState.STORED, now, **path)
    await database.close()
    for name in ("here", "there", "half"):
        (folder / f"{name}.jpg").write_bytes(b"jpeg")
    whole = (await looked(tmp_path))["volume"]
    (folder / "there.jpg").unlink()
    (folder / "half.jpg").write_bytes(b"jp")
    broken = (await looked(tmp_path))["volume"]

    assert whole == (True, "The newest files of evidence are here (3 looked at).")
    assert broken == (
        False,
        (
            f"2 of the newest 3 files of evidence are not in {tmp_path}/data; let all machines"
            " share DATA_DIR as one volume, or restore the files too."
        ),
    )


def test_a_full_disk_is_told_before_it_is_full(tmp_path):
    settings = Settings(_env_file=None, data_dir=tmp_path)
    free = shutil.disk_usage(tmp_path).free

    assert space(settings, translator("en"), room=free // 2).well
    told = space(settings, translator("en"), room=free * 2)
    assert not told.well
    assert told.sentence.startswith("Only ")
    assert f"MB are free at {tmp_path}; make room" in told.sentence


async def test_the_webhook_at_telegram_is_compared_with_the_settings(tmp_path):
    await (await opened(tmp_path)).close()
    async with World(limits=False) as world:
        settings = {"bot_token": world.token, "bot_api_url": world.url}
        mine = "http://127.0.0.1:9/hook"
        polling = await looked(tmp_path, **settings)
        unset = await looked(tmp_path, webhook_url=mine, **settings)
        await world.api("setWebhook", url=mine)
        set_ = await looked(tmp_path, webhook_url=mine, **settings)
        left = await looked(tmp_path, **settings)
        await world.add_person(5, "Sari", started=True)
        await world.say(5, "halo")
        await failed_once(world)
        failing = await looked(tmp_path, webhook_url=mine, **settings)

    assert polling["webhook"] == (
        True,
        "No webhook is set; updates are fetched by polling.",
    )
    assert unset["webhook"] == (
        False,
        "Telegram does not deliver updates to WEBHOOK_URL; start the bot, which sets it.",
    )
    assert set_["webhook"] == (
        True,
        "Telegram delivers updates to WEBHOOK_URL; 0 wait.",
    )
    assert left["webhook"][0] is False
    assert "start the bot, which removes it" in left["webhook"][1]
    well, words = failing["webhook"]
    assert not well
    assert "WIB: Connection failed: ConnectionRefusedError; " in words
    assert world.token not in words


def test_an_error_of_the_webhook_is_told_without_the_token():
    settings = Settings(
        _env_file=None, bot_token=SECRET, webhook_url=f"https://asn.example/{SECRET}"
    )
    hook = WebhookInfo(
        url=settings.webhook_url,
        has_custom_certificate=False,
        pending_update_count=3,
        last_error_date=dt.datetime.now(dt.UTC),
        last_error_message=f"Wrong response from https://asn.example/{SECRET}: 502",
    )
    told = webhook(hook, settings, translator("en"))

    assert not told.well
    assert "502; 3 wait." in told.sentence
    assert "geheim" not in told.sentence
