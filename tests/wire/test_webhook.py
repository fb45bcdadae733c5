"""The webhook over real HTTP: what Telegram hears, and what is kept."""

import asyncio
import datetime as dt
import hashlib
import hmac
import io
import json
from typing import Self

import aiohttp
import pytest
from sqlalchemy import event, text
from sqlmodel import select

from bot.app import build_application
from bot.config import Settings
from bot.wire.inbox import Inbox
from bot.wire.transport import AiohttpRequest
from bot.wire.webhook import (
    LARGEST,
    SECRET_HEADER,
    Listener,
    delete_webhook,
    host_and_port,
    receiver,
    set_webhook,
    webhook_secret,
)
from db.engine import Database
from db.models.messages import Arrival
from tests.sandbox.client import World

NOW = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
SECRET = "rahasia-7Q"
HOST = "127.0.0.1"
WRONG = ("", "rahasia-7", "rahasia-7q", "rahäsia-7Q", SECRET * 2)
NO_UPDATES = (
    b"",
    b"halo",
    b"{",
    b"\xff\xfe",
    b"[]",
    b"7",
    b"null",
    b"{}",
    b'{"update_id": "7"}',
    b'{"update_id": 7.0}',
    b'{"update_id": true}',
    b'{"update_id": null}',
    b'{"update_id": -1}',
    b'{"update_id": 9223372036854775808}',
    b'{"update_id": 1, "message": {"chat": 5}}',
    b'{"update_id": 1, "message": {"chat": {"id": "x"}}}',
    b"[" * 100_000,
    b'{"update_id": ' + b"9" * 5_000 + b"}",
)


def update(number: int, words: str = "halo", chat: int = 5) -> dict:
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": words}}


class Hook:
    """The receiver at a free port, what it has handed on, and a client that knows the secret."""

    def __init__(self, database: Database, path: str = "/hook") -> None:
        self.database = database
        self.handed: list[Arrival] = []
        inbox = Inbox(database, lambda: NOW, self.handed.extend)
        self.path = path
        self.listener = Listener([receiver(inbox, f"https://asn.example{path}", SECRET)], HOST, 0)

    async def __aenter__(self) -> Self:
        await self.listener.start()
        self.url = f"http://{HOST}:{self.listener.port}{self.path}"
        self.client = aiohttp.ClientSession(headers={SECRET_HEADER: SECRET})
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()
        await self.listener.stop()

    async def post(self, body, method: str = "POST", **more) -> tuple[int, bytes, dict]:
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        async with self.client.request(method, self.url, data=data, **more) as answer:
            return answer.status, await answer.read(), dict(answer.headers)

    async def status(self, body, **more) -> int:
        return (await self.post(body, **more))[0]

    async def numbers(self) -> list[int]:
        async with self.database.reading() as session:
            return list(await session.exec(select(Arrival.update_id).order_by(Arrival.id)))


@pytest.fixture
async def hook(database):
    async with Hook(database) as opened:
        yield opened


async def pieces(*parts: bytes):
    for part in parts:
        yield part


async def test_what_telegram_hears_200_for_is_a_row_and_handed_on(hook):
    status, said, headers = await hook.post(update(7, "kunjungan 6 balita"))

    assert (status, said) == (200, b"")
    assert "server" not in {name.lower() for name in headers}
    assert await hook.numbers() == [7]
    assert [json.loads(one.payload) for one in hook.handed] == [update(7, "kunjungan 6 balita")]


async def test_a_repeated_update_is_one_row_and_handled_once(hook):
    together = await asyncio.gather(*(hook.status(update(7)) for _ in range(8)))
    later = await hook.status(update(7))

    assert {*together, later} == {200}
    assert await hook.numbers() == [7]
    assert len(hook.handed) == 1


async def test_a_burst_is_kept_whole_and_shares_its_commits(hook):
    commits: list[str] = []
    event.listen(hook.database.engine.sync_engine, "commit", lambda _: commits.append("commit"))
    burst = [hook.status(update(number, chat=number % 7)) for number in range(1, 61)]

    assert set(await asyncio.gather(*burst)) == {200}
    assert sorted(await hook.numbers()) == list(range(1, 61))
    assert sorted(one.update_id for one in hook.handed) == list(range(1, 61))
    assert 0 < len(commits) < 60


async def test_updates_are_handed_on_in_the_order_in_which_they_came(hook):
    for number in (3, 4, 5, 6):
        assert await hook.status(update(number)) == 200

    assert await hook.numbers() == [3, 4, 5, 6]
    assert [one.update_id for one in hook.handed] == [3, 4, 5, 6]


async def test_whoever_does_not_know_the_secret_hears_nothing(hook):
    tries = [{}, *({SECRET_HEADER: said} for said in WRONG)]
    async with aiohttp.ClientSession() as stranger:
        for headers in tries:
            async with stranger.post(hook.url, data=b"{", headers=headers) as answer:
                assert (answer.status, await answer.read()) == (403, b""), headers
    assert await hook.numbers() == []


async def test_only_posts_are_taken_and_only_at_the_path(hook):
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        status, said, _ = await hook.post(update(7), method)
        assert (status, SECRET.encode() in said) == (405, False), method

    hook.url += "/else"
    assert await hook.status(update(7)) == 404
    assert await hook.numbers() == []


async def test_what_is_no_update_is_told_apart_and_not_kept(hook):
    for body in NO_UPDATES:
        assert await hook.status(body) == 400, body[:60]

    assert await hook.numbers() == []
    assert await hook.status(update(8)) == 200


@pytest.mark.parametrize(
    ("size", "status"), [(LARGEST, 200), (LARGEST + 1, 413), (3 * LARGEST, 413)]
)
@pytest.mark.parametrize("length", [True, False], ids=["length", "chunked"])
async def test_a_body_has_a_limit_with_and_without_its_length(hook, size, status, length):
    bare = len(json.dumps(update(7, "")).encode())
    body = json.dumps(update(7, "x" * (size - bare))).encode()
    parts = [body[at : at + 65_536] for at in range(0, size, 65_536)]

    assert len(body) == size
    assert await hook.status(io.BytesIO(body) if length else pieces(*parts)) == status
    assert await hook.numbers() == ([7] if status == 200 else [])


async def test_a_chunked_update_is_kept(hook):
    whole = json.dumps(update(7, "dalam potongan")).encode()

    assert await hook.status(pieces(whole[:9], whole[9:20], whole[20:])) == 200
    assert json.loads(hook.handed[0].payload) == update(7, "dalam potongan")


async def test_a_database_that_breaks_lets_telegram_send_again(hook):
    async with hook.database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE arrival RENAME TO elsewhere"))
    for status, said, headers in await asyncio.gather(*(hook.post(update(n)) for n in range(5))):
        assert (status, said) == (503, b"")
        assert 0 < int(headers["Retry-After"]) <= 60
    assert hook.handed == []

    async with hook.database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE elsewhere RENAME TO arrival"))
    assert await hook.status(update(7)) == 200
    assert await hook.numbers() == [7]
    assert len(hook.handed) == 1


async def test_a_database_that_is_away_lets_telegram_send_again():
    away = Database("postgresql+asyncpg://a:geheim@127.0.0.1:9/asn")
    async with Hook(away) as hook:
        status, said, headers = await hook.post(update(7))

    assert (status, said, int(headers["Retry-After"]) > 0) == (503, b"", True)
    await away.close()


async def test_a_stop_lets_an_open_request_end_and_refuses_new_ones(hook):
    whole = json.dumps(update(7)).encode()
    reader, writer = await asyncio.open_connection(HOST, hook.listener.port)
    head = f"POST /hook HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\n"
    writer.write(f"{head}Content-Length: {len(whole)}\r\n\r\n".encode() + whole[:5])
    await writer.drain()
    await asyncio.sleep(0.05)
    stopping = asyncio.create_task(hook.listener.stop())
    await asyncio.sleep(0.15)

    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(HOST, hook.listener.port)
    assert not stopping.done()
    writer.write(whole[5:])
    answer = await reader.read()
    assert answer.startswith(b"HTTP/1.1 200 ")
    await asyncio.wait_for(stopping, 1)
    assert await hook.numbers() == [7]
    writer.close()


async def test_a_taken_port_is_named():
    first = Listener([], HOST, 0)
    await first.start()
    second = Listener([], HOST, first.port)

    with pytest.raises(OSError, match="in use") as found:
        await second.start()
    assert found.value.filename == f"{HOST}:{first.port}"
    await second.stop()
    await first.stop()


async def test_a_host_that_is_not_there_is_named():
    with pytest.raises(OSError) as found:  # noqa: PT011  # The words are the system's own.
        await Listener([], "203.0.113.9", 8080).start()
    assert found.value.filename == "203.0.113.9:8080"


@pytest.mark.parametrize(
    ("listen", "place"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("[::1]:80", ("::1", 80)),
        ("asn.example:443", ("asn.example", 443)),
    ],
)
def test_a_host_and_its_port_are_told_apart(listen, place):
    assert host_and_port(listen) == place


@pytest.mark.parametrize(
    ("url", "path"),
    [("https://asn.example", "/"), ("https://asn.example/a%20b/c?d=e", "/a b/c")],
)
def test_the_path_is_that_of_the_webhooks_address(url, path):
    assert receiver(Inbox(None, None, None), url, SECRET).path == path


def settings(**more) -> Settings:
    return Settings(_env_file=None, webhook_secret=more.pop("secret", None), **more)


def test_the_secret_is_the_operators_own_or_derived_from_the_token():
    derived = webhook_secret(settings(bot_token="1:satu"))

    assert webhook_secret(settings(bot_token="1:satu", secret="milik-kita")) == "milik-kita"
    assert derived == webhook_secret(settings(bot_token="1:satu"))
    assert derived != webhook_secret(settings(bot_token="1:dua"))
    known = hmac.new(b"1:satu", b"asisten-asn webhook", hashlib.sha256).hexdigest()
    assert derived == known
    with pytest.raises(ValueError, match="token"):
        webhook_secret(settings())


async def test_telegram_delivers_until_the_webhook_is_deleted(hook):
    request = AiohttpRequest()
    await request.initialize()
    async with World(limits=False) as world:
        chosen = Settings(bot_token=world.token, bot_api_url=world.url, _env_file=None)
        bot = build_application(chosen, request, request).bot
        await world.add_person(5, "Sari", started=True)
        await set_webhook(bot, hook.url, SECRET)
        first = await world.say(5, "kunjungan 6 balita")
        await world.settled()
        await world.redeliver(first["update_id"])
        await world.settled()
        await delete_webhook(bot)
        await world.say(5, "sesudahnya")
        left = await bot.get_updates()
    await request.shutdown()

    assert first["update_id"] in [one.update_id for one in hook.handed]
    numbers = await hook.numbers()
    assert len(numbers) == len(set(numbers)) == len(hook.handed)
    assert [one.message.text for one in left] == ["sesudahnya"]
