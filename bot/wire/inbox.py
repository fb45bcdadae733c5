"""The inbox: an update is a row before Telegram is told that we have it."""

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import structlog

from bot.wire.counters import RECEIVED
from bot.wire.outages import Outages
from db.arrivals import Incoming, keep
from db.engine import Database
from db.models.messages import Arrival

log = structlog.get_logger()

# An escaped null character, which no backslash before it takes the meaning from.
NULL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
WANTED = [
    "message", "edited_message", "callback_query", "inline_query", "my_chat_member", "poll_answer",
    "poll",
]  # fmt: skip


class Inbox:
    """Keep updates and hand the new ones on."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], dt.datetime],
        forward: Callable[[Sequence[Arrival]], None],
        outages: Outages | None = None,
    ) -> None:
        self._database = database
        self._now = now
        self._forward = forward
        self._outages = outages

    async def take(self, updates: Sequence[dict[str, Any]]) -> None:
        """Commit updates; those that were here before change nothing."""
        incoming = [Incoming(one["update_id"], chat_of(one), written(one)) for one in updates]
        if not incoming:
            return
        try:
            async with self._database.writing() as session:
                arrivals = await keep(session, incoming, now=self._now())
        except Exception:
            # Telegram is not told that we have them, so it keeps them and sends them again.
            if self._outages is not None:
                await self._outages.tell(updates)
            raise
        if self._outages is not None:
            self._outages.over()
        RECEIVED.labels("new").inc(len(arrivals))
        RECEIVED.labels("repeated").inc(len(incoming) - len(arrivals))
        log.info("received", updates=len(incoming), new=len(arrivals))
        self._forward(arrivals)


def written(update: dict[str, Any]) -> str:
    """Write an update down without what no database and no answer can hold.

    Those are the null character and halves of characters, which only a hostile client sends.
    """
    text = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    return NULL.sub(r"\1", text).encode("utf-8", "replace").decode()


def chat_of(update: dict[str, Any]) -> int:
    """Find the chat whose order an update belongs to; without one, the sender's own."""
    for content in update.values():
        if not isinstance(content, dict):
            continue
        message = content if "chat" in content else content.get("message") or {}
        if "chat" in message:
            return int(message["chat"]["id"])
        sender = content.get("from") or content.get("user")
        if sender is not None:
            return int(sender["id"])
    return 0
