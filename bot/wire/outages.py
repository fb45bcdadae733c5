"""Honest words while nothing can be kept: Telegram still has what was sent."""

import time
from collections.abc import Sequence
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.i18n import translator

log = structlog.get_logger()

# A shorter hitch nobody needs to hear of.
HITCH_SECONDS = 3.0


class Outages:
    """Tell each person once in an outage that what they sent is not lost.

    Who was told is known to this process alone: the database that could keep it is away.
    """

    def __init__(self, bot: ExtBot[None], *, hitch: float = HITCH_SECONDS) -> None:
        self._bot = bot
        self._hitch = hitch
        self._since: float | None = None
        self._told: set[int] = set()

    def over(self) -> None:
        """Note that updates can be kept again."""
        self._since = None
        self._told.clear()

    async def tell(self, updates: Sequence[dict[str, Any]]) -> None:
        """Tell whoever wrote these updates, once the outage is more than a hitch."""
        now = time.monotonic()
        if self._since is None:
            self._since = now
        if now - self._since < self._hitch:
            return
        for update in updates:
            message = update.get("message") or {}
            chat, person = message.get("chat") or {}, message.get("from") or {}
            if chat.get("type") == "private" and chat["id"] not in self._told:
                self._told.add(chat["id"])
                await self._say(chat["id"], str(person.get("language_code") or "id"))

    async def _say(self, chat_id: int, language: str) -> None:
        t = translator("en" if language.startswith("en") else "id")
        text = t.gettext(
            "Sorry, the system is busy just now. Telegram keeps what you sent, and it will be"
            " handled by itself as soon as possible; there is no need to send it again."
        )
        try:
            await self._bot.send_message(chat_id, text)
        except TelegramError as error:
            log.warning("not told of the outage", error=type(error).__name__)
