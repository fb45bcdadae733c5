"""What people have sent as files: each is worked on after the commit, and answers its arrival."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

from markupsafe import Markup

from bot.context import Agency
from bot.wire.fitting import LIMITS, fit
from db.engine import Database
from db.models.messages import Answer, Draft

Fetch = Callable[[str], Awaitable[bytes]]


class SentFiles:
    """Hold what it takes to work on sent files of one kind."""

    def __init__(
        self, database: Database, agency: Agency, now: Callable[[], dt.datetime], fetch: Fetch
    ) -> None:
        self._database = database
        self._agency = agency
        self._now = now
        self._fetch = fetch

    def _answer(
        self, waiting: Draft, text: Markup, keyboard: dict[str, Any] | None = None
    ) -> Answer:
        """Answer the arrival that brought the file, or the tap that has it applied."""
        params: dict[str, Any] = {"text": fit(str(text), LIMITS["text"])}
        if keyboard is not None:
            params["reply_markup"] = keyboard
        return Answer(
            arrival_id=waiting.data["arrival"],
            chat_id=waiting.chat_id,
            method="sendMessage",
            params=params,
            created_at=self._now(),
        )
