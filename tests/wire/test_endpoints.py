"""What operations asks over real HTTP: does it live, is it ready, how much waits."""

import datetime as dt

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from bot.post import counters as post
from bot.wire import counters, endpoints
from bot.wire.webhook import Listener
from db import arrivals
from db.engine import Database
from db.models.messages import Answer
from tests.factories import a_team

NOW = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
AWAY = "postgresql+asyncpg://a:geheim@127.0.0.1:9/asn"


class Door:
    """The endpoints at a free port, of a process that can be told to stop."""

    def __init__(self, database: Database) -> None:
        self.stopping = False
        routes = endpoints.routes(database, lambda: NOW, lambda: self.stopping)
        self.listener = Listener(routes, "127.0.0.1", 0)

    async def get(self, path: str) -> tuple[int, str]:
        url = f"http://127.0.0.1:{self.listener.port}{path}"
        async with aiohttp.ClientSession() as client, client.get(url) as answer:
            return answer.status, await answer.text()

    async def figures(self) -> dict[str, float]:
        """Read the metrics as Prometheus does; a figure's labels stand behind its name."""
        status, told = await self.get("/metrics")
        assert status == 200
        return {
            "/".join([sample.name, *sample.labels.values()]): sample.value
            for family in text_string_to_metric_families(told)
            for sample in family.samples
        }


@pytest.fixture
async def door(database):
    opened = Door(database)
    await opened.listener.start()
    yield opened
    await opened.listener.stop()


@pytest.fixture
async def lost_door():
    database = Database(AWAY)
    opened = Door(database)
    await opened.listener.start()
    yield opened
    await opened.listener.stop()
    await database.close()


async def test_a_process_that_works_lives_and_is_ready(door):
    assert await door.get("/healthz") == (200, "ok")
    assert await door.get("/readyz") == (200, '{"ready":true,"reason":null}')


async def test_a_process_that_ends_lives_and_is_not_ready(door):
    door.stopping = True

    assert (await door.get("/healthz"))[0] == 200
    assert await door.get("/readyz") == (503, '{"ready":false,"reason":"stopping"}')


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE alembic_version SET version_num = '0000'", "the schema is not up to date"),
        ("DROP TABLE alembic_version", "the schema is not up to date"),
    ],
)
async def test_a_process_with_another_schema_is_not_ready(door, database, change, reason):
    async with database.engine.begin() as connection:
        await connection.execute(text(change))

    assert await door.get("/readyz") == (503, f'{{"ready":false,"reason":"{reason}"}}')


async def test_without_a_database_it_lives_and_says_so_without_secrets(lost_door):
    assert (await lost_door.get("/healthz"))[0] == 200
    status, said = await lost_door.get("/readyz")
    assert (status, said) == (503, '{"ready":false,"reason":"the database does not answer"}')

    found = await lost_door.figures()
    assert found["asisten_asn_database_up"] == 0
    assert "asisten_asn_updates_received_total/new" in found
    # What has been planned is counted by kind, and one of these kinds is called so, too.
    assert not any("waiting" in name.partition("/")[0] for name in found)


async def test_readiness_does_not_wait_for_the_one_writer(door, database):
    async with database.writing():
        assert (await door.get("/readyz"))[0] == 200


async def test_what_waits_is_measured_at_each_look(door, database):
    empty = await door.figures()
    assert empty["asisten_asn_database_up"] == 1
    assert {empty[f"asisten_asn_{name}_waiting"] for name in endpoints.QUEUES} == {0}
    assert {empty[f"asisten_asn_{name}_oldest_seconds"] for name in endpoints.QUEUES} == {0}

    came = NOW - dt.timedelta(seconds=90)
    async with database.writing() as session:
        incoming = [arrivals.Incoming(number, 5, "{}") for number in (1, 2)]
        kept = await arrivals.keep(session, incoming, now=came)
        session.add(
            Answer(
                arrival_id=kept[0].id,
                chat_id=5,
                method="sendMessage",
                params={},
                created_at=NOW - dt.timedelta(seconds=30),
            )
        )
    found = await door.figures()

    assert found["asisten_asn_arrivals_waiting"] == 2
    assert found["asisten_asn_arrivals_oldest_seconds"] == 90
    assert found["asisten_asn_answers_waiting"] == 1
    assert found["asisten_asn_answers_oldest_seconds"] == 30


async def test_what_was_counted_is_told_and_names_nobody(door, database):
    await a_team(database)
    before = await door.figures()
    counters.RECEIVED.labels("new").inc(3)
    counters.HANDLED.labels("refused").inc()
    counters.ANSWERED.labels("dropped").inc(2)
    counters.HANDLING.observe(0.02)
    counters.SENDING.observe(7)
    post.PLANNED.labels("prompt").inc(5)
    post.LIMITED.labels("prompt").inc()
    after = await door.figures()
    grown = {
        name: value - before.get(name, 0)
        for name, value in after.items()
        if name.startswith("asisten_asn") and value != before.get(name, 0)
    }

    assert grown["asisten_asn_updates_received_total/new"] == 3
    assert grown["asisten_asn_updates_handled_total/refused"] == 1
    assert grown["asisten_asn_answers_total/dropped"] == 2
    assert grown["asisten_asn_handling_seconds_count"] == 1
    assert grown["asisten_asn_sending_seconds_sum"] == 7
    assert grown["asisten_asn_letters_planned_total/prompt"] == 5
    assert grown["asisten_asn_letters_limited_total/prompt"] == 1
    _, told = await door.get("/metrics")
    assert "Contoh" not in told
