import asyncio

import pytest

from bot.wire.bundles import MOST, Bundles
from db import arrivals
from db.models.messages import Arrival


@pytest.fixture
async def fresh(agora):
    """Give twenty arrivals of as many chats."""
    async with agora.database.writing() as session:
        incoming = [arrivals.Incoming(number, number, "{}") for number in range(1, 21)]
        return await arrivals.keep(session, incoming, now=agora.now)


def marking(agora, poison: int | None = None, error: Exception | None = None):
    """Mark what is given as done, and fail at one chat; tell how many came together."""
    sizes: list[int] = []

    async def perform(session, waiting):
        sizes.append(len(waiting))
        keys = [one.arrival.id for one in waiting]
        await arrivals.mark_done(session, keys, now=agora.now)
        if poison in {one.arrival.chat_id for one in waiting}:
            raise error or ValueError("poison")
        return [[] for _ in waiting]

    return perform, sizes


async def left(agora) -> list[int]:
    async with agora.database.reading() as session:
        return sorted(await arrivals.waiting_chats(session))


async def handled(bundles: Bundles, fresh: list[Arrival]) -> list[object]:
    tasks = [bundles.write(one, None) for one in fresh]
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_what_waits_shares_transactions_and_all_of_it_is_done(agora, fresh):
    perform, sizes = marking(agora)
    assert await handled(Bundles(agora.database, perform), fresh) == [[]] * len(fresh)

    assert max(sizes) == MOST
    assert sum(sizes) == len(fresh)
    assert await left(agora) == []


async def test_one_that_fails_takes_nothing_from_the_others(agora, fresh):
    perform, sizes = marking(agora, poison=5)
    told = await handled(Bundles(agora.database, perform), fresh)

    assert [isinstance(one, ValueError) for one in told] == [n == 5 for n in range(1, 21)]
    assert sizes.count(1) >= MOST
    assert await left(agora) == [5]


async def test_while_the_database_is_away_nobody_is_tried_alone(agora, fresh):
    perform, sizes = marking(agora, poison=5, error=OSError("away"))
    told = await handled(Bundles(agora.database, perform), fresh)

    failed = [one for one in told if isinstance(one, OSError)]
    assert len(failed) == MOST
    assert 1 not in sizes
    assert len(await left(agora)) == MOST
