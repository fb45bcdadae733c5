"""Commands that only tests know, and what they leave behind."""

import asyncio

from sqlmodel import select
from telegram.ext import CommandHandler

from bot.wire.lanes import Pace
from db.models.people import Unit
from tests.chat import Agora

# Try again at once; how long to wait is no matter of these tests.
QUICK = Pace(backoff=0.001, grace=0.5)


def on(agora: Agora, command: str, handler) -> None:
    """Let the bot know one more command."""
    agora.application.handlers[0].insert(0, CommandHandler(command, handler))


def adding(*codes: str, then=None):
    """Give a handler that adds units and then does something else."""

    async def handler(update, context) -> None:
        for code in codes:
            context.session.add(Unit(code=code, name="Unit"))
        await context.session.flush()
        context.reply("added")
        if then is not None:
            await then(context)

    return handler


async def rows(agora: Agora, model) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(model)))


async def units(agora: Agora) -> set[str]:
    return {unit.code for unit in await rows(agora, Unit)} - {"GIZI"}


def said(chat, text: str) -> dict:
    entities = {"entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]}
    return {
        "update_id": chat.agora.update_id(),
        "message": chat.frame(text=text, **(entities if text.startswith("/") else {})),
    }


async def until(look) -> None:
    """Look again and again until something is there."""
    async with asyncio.timeout(10):
        while not await look():  # noqa: ASYNC110  # What is awaited tells nobody that it is there.
            await asyncio.sleep(0.01)
