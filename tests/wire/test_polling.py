"""Receiving from the pretend Telegram in its own process, over real HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlmodel import select
from telegram.error import InvalidToken, NetworkError, RetryAfter
from telegram.ext import ExtBot

from bot.wire.inbox import Inbox
from bot.wire.polling import pause, poll
from bot.wire.transport import AiohttpRequest
from db.models.messages import Arrival
from tests.sandbox.client import World

SARI = 1001


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World(limits=False) as opened:
        await opened.add_person(SARI, "Sari")
        yield opened


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    request = AiohttpRequest()
    await request.initialize()
    yield request
    await request.shutdown()


def bot_at(url: str, token: str, request: AiohttpRequest) -> ExtBot[None]:
    return ExtBot(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=request,
        get_updates_request=request,
    )


@pytest.fixture
def bot(world, request_) -> ExtBot[None]:
    return bot_at(world.url, world.token, request_)


@asynccontextmanager
async def receiving(bot: ExtBot[None], inbox: Inbox) -> AsyncIterator[asyncio.Task[None]]:
    """Poll for as long as the block lasts, and try again soon."""
    polling_ = asyncio.create_task(poll(bot, inbox, longest_pause=0.05))
    try:
        yield polling_
    finally:
        polling_.cancel()
        await asyncio.gather(polling_, return_exceptions=True)


async def texts(agora) -> list[str]:
    async with agora.database.reading() as session:
        rows = await session.exec(select(Arrival).order_by(Arrival.id))
        return [json.loads(row.payload)["message"]["text"] for row in rows]


async def kept(agora, *expected: str) -> None:
    async with asyncio.timeout(15):
        while await texts(agora) != list(expected):  # noqa: ASYNC110  # Rows tell nobody.
            await asyncio.sleep(0.02)


@pytest.fixture
def inbox(agora) -> Inbox:
    return Inbox(agora.database, agora.clock, lambda _: None)


async def test_what_people_say_is_kept_and_then_acknowledged(agora, world, bot, inbox):
    async with receiving(bot, inbox):
        await world.say(SARI, "satu 😀 <b>")
        await world.say(SARI, "dua")
        await kept(agora, "satu 😀 <b>", "dua")
        await world.settled()

    assert await world.pending() == 0


async def test_the_update_is_kept_exactly_as_telegram_sent_it(agora, world, bot, inbox):
    async with receiving(bot, inbox):
        await world.say(SARI, "/start halo")
        await kept(agora, "/start halo")
    (sent,) = [one["update"] for one in await world.updates()]
    async with agora.database.reading() as session:
        (arrival,) = await session.exec(select(Arrival))

    assert json.loads(arrival.payload) == sent
    assert arrival.chat_id == SARI


async def test_an_update_delivered_again_is_kept_once(agora, world, bot, inbox):
    async with receiving(bot, inbox):
        sent = await world.say(SARI, "satu")
        await kept(agora, "satu")
        await world.settled()
        await world.redeliver(sent["update_id"])
        await world.say(SARI, "dua")
        await kept(agora, "satu", "dua")
        await world.settled()

    assert await texts(agora) == ["satu", "dua"]


@pytest.mark.parametrize("kind", ["429", "500", "502", "cut", "lost"])
async def test_receiving_outlives_every_trouble(agora, world, bot, inbox, kind):
    await world.faults(kind, count=2, methods=["getUpdates"], seconds=1)
    async with receiving(bot, inbox) as going:
        await world.say(SARI, "satu")
        await kept(agora, "satu")
        await world.settled()
        assert not going.done()


async def test_what_cannot_be_kept_is_not_acknowledged(agora, world, bot):
    failures = [OSError("disk full"), OSError("disk full")]

    def forward(_) -> None:
        if failures:
            raise failures.pop()

    async with receiving(bot, Inbox(agora.database, agora.clock, forward)):
        await world.say(SARI, "satu")
        await kept(agora, "satu")
        await world.settled()

    assert failures == []
    assert await texts(agora) == ["satu"]


async def test_one_update_that_makes_no_sense_holds_up_no_other(agora, world, bot, inbox):
    async with receiving(bot, inbox):
        await world.update({"message": {"message_id": "x", "text": "odd"}})
        await world.say(SARI, "satu")
        await kept(agora, "odd", "satu")
        await world.settled()


async def test_a_token_that_telegram_does_not_know_ends_receiving(agora, world, request_, inbox):
    stranger = bot_at(world.url, "123:strange", request_)

    with pytest.raises(InvalidToken):
        await asyncio.wait_for(poll(stranger, inbox), 10)


@pytest.mark.parametrize(
    ("error", "failures", "seconds"),
    [
        (NetworkError("x"), 1, 1),
        (NetworkError("x"), 3, 4),
        (NetworkError("x"), 99, 30),
        (RetryAfter(7), 1, 7),
        (OSError(), 2, 2),
    ],
)
def test_each_failure_in_a_row_is_waited_out_longer(error, failures, seconds):
    assert pause(error, failures) == seconds
