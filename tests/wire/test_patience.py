import asyncio

import pytest
from telegram.ext import CommandHandler

from bot.wire.patience import PICTURE, WRITING
from tests.team_rows import a_day


def shown(agora) -> list[tuple[int, str]]:
    return [
        (params["chat_id"], params["action"])
        for method, params in agora.edge.calls
        if method == "sendChatAction"
    ]


@pytest.fixture
async def slow(agora):
    """Give a view that takes its time."""

    async def view(update, context) -> None:
        del update
        await asyncio.sleep(0.3)
        context.reply("done")

    agora.application.add_handler(CommandHandler("lama", view), group=-1)


async def test_a_view_that_takes_long_is_seen_to_be_at_work(agora, slow):
    agora.worker.patience.long = 0.01

    await agora.chat(5).say("/lama")

    assert "done" in [message.text for message in agora.chat(5).messages]
    assert shown(agora) == [(5, WRITING)]


async def test_what_is_quick_shows_nothing(agora):
    await agora.chat(5).say("/menu")

    assert shown(agora) == []


async def test_a_picture_that_takes_long_is_seen_to_come(agora):
    await a_day(agora)
    agora.delivery.patience.long = 0

    await agora.chat(100).say("/tim")

    assert (100, PICTURE) in shown(agora)


async def test_that_it_cannot_be_shown_holds_nothing_up(agora):
    await a_day(agora)
    agora.delivery.patience.long = 0
    agora.edge.troubles.append("400 Bad Request: chat not found")

    assert await agora.chat(100).say("/tim")
