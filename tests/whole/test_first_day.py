"""A whole first day over HTTP: the bot in its own process, the pretend Telegram in another."""

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import Templates
from tests.sandbox.client import World
from tests.whole.running import COMMAND, MEMBER, Installation, workbook

SARI = 4001
LOG = "dampingi 6 balita di posyandu"
ZONE = dt.timezone(dt.timedelta(hours=8), "WITA")


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World(limits=False) as opened:
        yield opened


@pytest.fixture
def database(request: pytest.FixtureRequest, database_templates: Templates) -> str | None:
    """Give an empty PostgreSQL database where a test asks for one; else SQLite serves."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return None
    return database_templates.copy("postgresql").replace("+asyncpg", "")


@pytest.fixture
async def installation(
    world: World, tmp_path: Path, database: str | None
) -> AsyncIterator[Installation]:
    made = Installation(tmp_path, api=world.url, token=world.token, database=database)
    yield made
    made.close()


async def come_in(world: World, installation: Installation) -> None:
    """Import the roster, take Sari's code and come in with it."""
    year = dt.datetime.now(dt.UTC).year
    book = workbook(installation.folder / "roster.xlsx", year)
    await installation.verb("migrasi")
    dry = await installation.json("impor", str(book))
    assert dry["problems"] == []
    assert (await installation.json("impor", str(book), "--terapkan"))["created"] == dry["created"]
    again = await installation.json("impor", str(book), "--terapkan")
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, dry["created"])
    (invited,) = await installation.json("undang", "--nip", MEMBER)
    installation.start()
    await world.add_person(SARI, "Sari", phone="+62811000002")
    await world.start(SARI, invited["kode"])
    for label in ("Benar", "Bu Sari", "Saya setuju"):
        await world.press(SARI, label)
    await said(world, "Coba sekarang")


async def said(world: World, words: str) -> None:
    async def there() -> bool:
        return any(words in m.text for m in await world.messages(SARI) if m.from_bot)

    await until(there)


async def until(check, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not await check():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
async def test_the_first_log_is_exported_exactly_once(
    world: World, installation: Installation
) -> None:
    await come_in(world, installation)
    # The day is named: at one in the morning a log without one belongs to the day before.
    today = dt.datetime.now(ZONE).date()
    text = f"{today:%d/%m/%Y} {LOG}"
    update = await world.say(SARI, text)
    await said(world, "Tersimpan")
    await world.redeliver(update["update_id"])
    await asyncio.sleep(0.5)
    (entry,) = await installation.json("ekspor", "catatan")
    assert entry["nip"] == MEMBER
    assert (entry["kegiatan"], entry["tanggal"]) == (text, today.isoformat())
    assert (entry["realisasi"], entry["satuan"], entry["rhk"]) == (6, "balita", 2)
    assert (entry["susulan"], entry["bukti"], entry["mulai"]) == (False, [], None)
    assert await installation.stop() == 0


async def test_a_killed_process_loses_nothing_and_repeats_nothing(
    world: World, installation: Installation
) -> None:
    await come_in(world, installation)
    await world.faults("slow", methods=["sendMessage"], seconds=4)
    await world.say(SARI, LOG)

    async def sending() -> bool:
        calls = await world.calls(method="sendMessage")
        return any("Tersimpan" in str(call) for call in calls)

    await until(sending)
    installation.kill()
    installation.start()
    await said(world, "Tersimpan")
    (entry,) = await installation.json("ekspor", "catatan")
    assert entry["kegiatan"] == LOG


async def test_a_start_without_a_token_tells_how_to_get_one(tmp_path: Path) -> None:
    bare = Installation(tmp_path, api="http://127.0.0.1:9", token="")
    del bare.environment["BOT_TOKEN"]
    process = await asyncio.create_subprocess_exec(
        *("sh", "-c", f"{COMMAND} run 2>&1"),
        env=bare.environment,
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    assert process.returncode == 2
    assert b"BotFather" in out
    assert b"asisten-asn coba" in out
