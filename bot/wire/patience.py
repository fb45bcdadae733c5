"""Whoever waits long sees that work goes on."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.calls import call

# Telegram shows an action for five seconds, or until the answer is there.
LONG = 3.0
AGAIN = 4.5
WRITING, PICTURE, FILE = "typing", "upload_photo", "upload_document"


class Patience:
    """Show in a chat that something takes its time, once it does."""

    def __init__(self, bot: ExtBot[None], *, long: float = LONG) -> None:
        self._bot = bot
        self.long = long

    @contextmanager
    def asked_for(self, chat_id: int, action: str = WRITING) -> Iterator[None]:
        """Show it for as long as the work goes on; what is quick costs no call."""
        tasks: list[asyncio.Task[None]] = []

        def begin() -> None:
            tasks.append(asyncio.create_task(self._show(chat_id, action)))

        timer = asyncio.get_running_loop().call_later(self.long, begin)
        try:
            yield
        finally:
            timer.cancel()
            for task in tasks:
                task.cancel()

    async def _show(self, chat_id: int, action: str) -> None:
        """Show it again and again; that it cannot be shown must not hold up the work."""
        with suppress(TelegramError):
            while True:
                await call(self._bot, "sendChatAction", {"chat_id": chat_id, "action": action})
                await asyncio.sleep(AGAIN)
