"""Two `web` and two `worker` processes on one PostgreSQL, behind a load balancer of the test."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest
from aiohttp import ClientSession, web

from tests.databases import Templates
from tests.sandbox.client import World
from tests.whole.running import Installation

CHATS = range(5001, 5009)
SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Balancer:
    """Hand each request to the next machine that answers, as a load balancer does."""

    def __init__(self, ports: list[int]) -> None:
        self.ports = ports
        self.url = ""
        self._next = 0

    async def open(self) -> None:
        self._client = ClientSession()
        app = web.Application()
        app.router.add_post("/masuk", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        port = free_port()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{port}/masuk"

    async def close(self) -> None:
        await self._runner.cleanup()
        await self._client.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        content, headers = await request.read(), {SECRET: request.headers.get(SECRET, "")}
        for _ in self.ports:
            self._next += 1
            port = self.ports[self._next % len(self.ports)]
            try:
                url = f"http://127.0.0.1:{port}/masuk"
                async with self._client.post(url, data=content, headers=headers) as answer:
                    return web.Response(status=answer.status)
            except OSError:
                continue
        return web.Response(status=502)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class Machines:
    """Four processes of one installation, and the words of their logs."""

    def __init__(self, folder: Path, world: World, database: str, balancer: Balancer) -> None:
        self.database = database
        self.balancer = balancer
        self.running: dict[str, Installation] = {}
        for name, port in zip(("web-1", "web-2"), balancer.ports, strict=True):
            self._add(folder, name, world, LISTEN=f"127.0.0.1:{port}")
        for name in ("worker-1", "worker-2"):
            self._add(folder, name, world)

    def _add(self, folder: Path, name: str, world: World, **more: str) -> None:
        home = folder / name
        home.mkdir()
        made = Installation(home, api=world.url, token=world.token, database=self.database)
        made.environment |= {
            "WEBHOOK_URL": self.balancer.url,
            "DATA_DIR": str(folder / "shared"),
            **more,
        }
        self.running[name] = made
        made.start(name.partition("-")[0])

    def events(self, name: str, event: str) -> int:
        return self.running[name].times(event)

    def leader(self) -> str | None:
        leading = [n for n in ("worker-1", "worker-2") if self.events(n, "leading")]
        return leading[-1] if leading else None

    async def rows(self, query: str) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.database)
        try:
            return list(await connection.fetch(query))
        finally:
            await connection.close()


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World(limits=False) as opened:
        yield opened


@pytest.fixture
async def machines(
    world: World, tmp_path: Path, database_templates: Templates
) -> AsyncIterator[Machines]:
    database = await asyncio.to_thread(database_templates.copy, "postgresql")
    balancer = Balancer([free_port(), free_port()])
    await balancer.open()
    made = Machines(tmp_path, world, database.replace("+asyncpg", ""), balancer)
    try:
        await until(lambda: all_running(made), within=60)
        yield made
    finally:
        for one in made.running.values():
            one.close()
        await balancer.close()


async def all_running(machines: Machines) -> bool:
    return all(machines.events(n, "running") for n in machines.running) and bool(machines.leader())


async def until(met: Callable[[], Awaitable[bool]], within: float = 30) -> float:
    """Wait until something holds, and tell how long it took in seconds."""
    began = time.monotonic()
    while not await met():
        assert time.monotonic() - began < within
        await asyncio.sleep(0.05)
    return time.monotonic() - began


async def answered(world: World, count: int) -> bool:
    for chat in CHATS:
        texts = [m for m in await world.messages(chat) if m.from_bot]
        if len(texts) < count:
            return False
    return True


async def test_four_processes_handle_each_update_once_and_one_leads(world, machines):
    for chat in CHATS:
        await world.add_person(chat, f"Orang {chat}")
    for _ in range(5):
        for chat in CHATS:
            await world.say(chat, "/bantuan")
    await until(lambda: answered(world, 5))
    rows = await machines.rows(
        "SELECT arrival.id FROM arrival JOIN answer ON answer.arrival_id = arrival.id"
        " WHERE arrival.state = 'done' AND answer.state = 'sent'"
    )
    assert len(rows) == len({row[0] for row in rows}) == 5 * len(CHATS)
    for chat in CHATS:
        assert sum(m.from_bot for m in await world.messages(chat)) == 5
    assert all(machines.events(name, "received") for name in ("web-1", "web-2"))
    assert sum(machines.events(name, "leading") for name in machines.running) == 1

    leader = machines.leader()
    machines.running[leader].kill()
    other = "worker-2" if leader == "worker-1" else "worker-1"
    assert await until(lambda: leading(machines, other), within=15) < 15


async def leading(machines: Machines, name: str) -> bool:
    return machines.events(name, "leading") == 1


async def test_what_a_dead_machine_left_is_taken_up(world, machines):
    chat = CHATS[0]
    await world.add_person(chat, "Orang")
    await world.faults("slow", methods=["sendMessage"], seconds=5)
    await world.say(chat, "/bantuan")
    await until(lambda: handled(machines))
    for name in ("web-1", "web-2"):
        machines.running[name].kill()
    await until(lambda: answered_in(world, chat), within=15)
    (state,) = await machines.rows("SELECT state FROM arrival")
    assert state[0] == "done"


async def handled(machines: Machines) -> bool:
    return bool(await machines.rows("SELECT id FROM answer WHERE state = 'new'"))


async def answered_in(world: World, chat: int) -> bool:
    return any(m.from_bot for m in await world.messages(chat))


async def test_a_machine_that_is_told_to_stop_ends_well(machines):
    for one in machines.running.values():
        assert await one.stop() == 0
