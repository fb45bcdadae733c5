"""Send one letter, and tell what became of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.calls import call
from bot.post.kinds import KINDS
from bot.post.letters import Speech
from bot.post.pace import Holds
from db.letters import BLOCKED, GROUP_GONE, UNCERTAIN
from db.models.messages import Letter
from db.settling import Fate
from db.states import LetterState

LONGEST_PAUSE = 300.0
# Certainly not delivered: no connection was opened, or the answer says itself that the call
# failed at Telegram's door or behind it. All else that breaks a call (nothing heard in time, a
# connection lost, a gateway that gave up waiting) may break it after the message was sent.
NOT_DELIVERED = (
    "ClientConnector",
    "ClientProxyConnection",
    "UnixClientConnector",
    "The line to Telegram is closed",
    "Internal Server Error",
    "Bad Gateway",
    "Service Unavailable",
)


@dataclass(frozen=True)
class Parcel:
    """A letter with its words and the chat it goes to."""

    letter: Letter
    chat_id: int
    speech: Speech


class Sender:
    """Carry one parcel at a time to Telegram."""

    def __init__(self, bot: ExtBot[None], now: Callable[[], dt.datetime], holds: Holds) -> None:
        self._bot = bot
        self._now = now
        self._holds = holds

    async def send(self, parcel: Parcel) -> Fate:
        """Send a letter; tell what became of it."""
        try:
            sent = await self._call(parcel, parcel.chat_id)
        except RetryAfter as error:
            after = error.retry_after
            wait = after if isinstance(after, dt.timedelta) else dt.timedelta(seconds=after)
            until = self._holds.refuse(self._now(), wait)
            return Fate(LetterState.DUE, "RetryAfter", due_at=until, counted=False)
        except Forbidden:
            self._holds.hear()
            # Only the own chat tells that a person does not want to be written to.
            return Fate(LetterState.DROPPED, GROUP_GONE if parcel.speech.chat_id else BLOCKED)
        except BadRequest as error:
            self._holds.hear()
            return Fate(LetterState.DROPPED, error.message)
        except TelegramError as error:
            return self._not_sent(parcel.letter, error)
        self._holds.hear()
        number = int(sent["message_id"])
        asked = parcel.speech.poll
        poll = (asked.about, str(sent["poll"]["id"])) if asked else (None, None)
        return Fate(LetterState.SENT, sent_at=self._now(), message_id=number, poll=poll)

    async def _call(self, parcel: Parcel, chat_id: int) -> Any:
        speech = parcel.speech
        where = {"chat_id": chat_id, "disable_notification": speech.silent}
        try:
            if speech.poll is not None:
                return await call(self._bot, "sendPoll", {**speech.poll.params, **where})
            keyboard = {} if speech.keyboard is None else {"reply_markup": speech.keyboard}
            said = {"text": str(speech.text), "parse_mode": "HTML", **where, **keyboard}
            return await call(self._bot, "sendMessage", said)
        except ChatMigrated as moved:
            return await self._call(parcel, moved.new_chat_id)

    def _not_sent(self, letter: Letter, error: TelegramError) -> Fate:
        """Try again what may repeat or has certainly not arrived; the rest stays uncertain."""
        if isinstance(error, NetworkError):
            self._holds.miss(self._now())
        certain = isinstance(error, InvalidToken) or error.message.startswith(NOT_DELIVERED)
        if not certain and not KINDS[letter.kind].repeats:
            return Fate(LetterState.DROPPED, UNCERTAIN)
        wait = min(LONGEST_PAUSE, 2.0 ** min(letter.attempts, 16))
        due = self._now() + dt.timedelta(seconds=wait)
        return Fate(LetterState.DUE, type(error).__name__, due_at=due)
