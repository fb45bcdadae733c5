import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.wire.delivery import Delivery
from bot.wire.lanes import Lanes, Pace
from db import arrivals
from db.claims import Claims
from db.engine import Database
from tests.databases import Templates

NOW = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
async def fresh(agora):
    """Give three arrivals of one chat that nobody has handled."""
    async with agora.database.writing() as session:
        incoming = [arrivals.Incoming(number, 5, "{}") for number in (1, 2, 3)]
        return await arrivals.keep(session, incoming, now=agora.now)


def marking(agora, then=None):
    """Give a handling that marks arrivals as done, and the list of what it has seen."""
    seen: list[int] = []

    async def handle(arrival):
        seen.append(arrival.update_id)
        if then is not None:
            await then(arrival)
        async with agora.database.writing() as session:
            await arrivals.mark_done(session, [arrival.id], now=agora.now)
        return []

    return handle, seen


async def test_a_database_that_is_away_holds_a_chat_up_and_loses_nothing(agora, fresh):
    failures = [OSError("away"), OSError("away")]

    async def fail_at_first(arrival) -> None:
        if arrival.update_id == 2 and failures:
            raise failures.pop()

    handle, seen = marking(agora, fail_at_first)
    kept = Lanes(agora.database, agora.delivery, handle)
    kept.forward(fresh)
    await kept.idle()

    assert seen == [1, 2, 2, 2, 3]


async def test_what_comes_while_a_chat_ends_is_not_left_lying(agora, fresh):
    handle, seen = marking(agora)
    kept = Lanes(agora.database, agora.delivery, handle)
    for arrival in fresh:
        kept.forward([arrival])
        await asyncio.sleep(0.005)
    await kept.idle()

    assert seen == [1, 2, 3]


async def test_a_chat_that_is_woken_while_busy_does_everything_once(agora, fresh):
    handle, seen = marking(agora, lambda _: asyncio.sleep(0.01))
    kept = Lanes(agora.database, agora.delivery, handle)
    kept.forward(fresh[:1])
    kept.wake(5)
    await asyncio.sleep(0)
    kept.forward(fresh[1:])
    kept.wake(5)
    await kept.idle()

    assert seen == [1, 2, 3]


async def test_no_more_chats_go_side_by_side_than_there_are_places(agora):
    async with agora.database.writing() as session:
        incoming = [arrivals.Incoming(number, number, "{}") for number in range(1, 10)]
        many = await arrivals.keep(session, incoming, now=agora.now)
    now, most = 0, 0

    async def count(_) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1

    handle, seen = marking(agora, count)
    kept = Lanes(agora.database, agora.delivery, handle, Pace(side_by_side=3))
    kept.forward(many)
    await kept.idle()

    assert most == 3
    assert sorted(seen) == list(range(1, 10))


async def test_after_a_stop_nothing_new_begins(agora, fresh):
    handle, seen = marking(agora, lambda _: asyncio.sleep(0.05))
    kept = Lanes(agora.database, agora.delivery, handle)
    kept.forward(fresh)
    await asyncio.sleep(0.01)
    await kept.stop()
    kept.forward(fresh[1:])
    await kept.idle()

    assert seen == [1]


@pytest.fixture
async def shared(database_templates: Templates) -> AsyncIterator[Database]:
    """Give a database that several processes may share."""
    opened = Database(await asyncio.to_thread(database_templates.postgresql))
    yield opened
    await opened.close()


async def test_what_another_process_has_received_in_between_comes_in_its_turn(shared):
    seen: list[int] = []
    busy = asyncio.Event()

    async def handle(arrival):
        seen.append(arrival.update_id)
        busy.set()
        await asyncio.sleep(0.05)
        async with shared.writing() as session:
            await arrivals.mark_done(session, [arrival.id], now=NOW)
        return []

    async def receive(number: int):
        async with shared.writing() as session:
            return await arrivals.keep(session, [arrivals.Incoming(number, 5, "{}")], now=NOW)

    claims = Claims(shared)
    kept = Lanes(shared, Delivery(None, shared, lambda: NOW, Path()), handle)
    kept.share(claims)
    kept.forward(await receive(1))
    await busy.wait()
    # The second comes in elsewhere, so this process is not handed it.
    await receive(2)
    kept.forward(await receive(3))
    await kept.idle()
    await claims.close()

    assert seen == [1, 2, 3]
