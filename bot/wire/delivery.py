"""Send answers in order after their commit, and note that they were sent."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import structlog
from telegram import InputMediaPhoto, Message
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import ExtBot

from bot.calls import call
from bot.wire.counters import ANSWERED, SENDING
from bot.wire.papers import draw, shows_picture
from bot.wire.patience import FILE, PICTURE, Patience
from db import arrivals, people, quiz
from db.arrivals import Outgoing
from db.engine import Database
from db.states import AnswerState

log = structlog.get_logger()

# How long Telegram remembers what it waits for an answer to, by method.
REMEMBERED = {"answerCallbackQuery": 120, "answerInlineQuery": 30}
LONGEST_PAUSE = 30.0
# An answer that fails so often while others get through will never get through itself.
PATIENCE = 8
DRAWN = ("paper", "redraw")
ASKING = "sendPoll"
SPEAKING = ("sendMessage", "editMessageText", "editMessageCaption")
# How Telegram says that a message of ours can no longer be changed.
GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no caption",
    "there is no text",
)


@dataclass(frozen=True)
class Fate:
    """What became of an answer, and the number of its message in which chat."""

    state: AnswerState
    message_id: int | None = None
    chat_id: int = 0
    # What a message with a poll was about, and the poll's own number.
    poll: tuple[str | None, str | None] = (None, None)


DROPPED = Fate(AnswerState.DROPPED)


class Delivery:
    """Carry answers to Telegram."""

    def __init__(
        self,
        bot: ExtBot[None],
        database: Database,
        now: Callable[[], dt.datetime],
        data_dir: Path,
    ) -> None:
        self._bot = bot
        self._database = database
        self._now = now
        self._data_dir = data_dir
        self.longest_pause = LONGEST_PAUSE
        self.patience = Patience(bot)
        self._settled: dict[int, Fate] = {}
        self._ready = asyncio.Event()
        self._noted = asyncio.Event()
        self._last_success = 0.0

    async def send(self, answers: Sequence[Outgoing]) -> None:
        """Send answers one after another; note each as soon as it is out."""
        for answer in answers:
            # What is out but not yet noted may come back from the database as unsent.
            if answer.id in self._settled:
                continue
            began = time.monotonic()
            fate = await self._send(answer)
            SENDING.observe(time.monotonic() - began)
            ANSWERED.labels(fate.state).inc()
            self._settled[answer.id] = replace(fate, chat_id=answer.chat_id)
            self._ready.set()

    async def noted(self, chat_id: int) -> None:
        """Wait until everything that was sent to a chat is noted."""
        while any(fate.chat_id == chat_id for fate in self._settled.values()):
            await self._noted.wait()

    async def settle_forever(self) -> None:
        """Note what was sent, many at a time: one commit for all that wait."""
        while True:
            await self._ready.wait()
            try:
                await self.settle()
            except Exception:
                # A database that is away comes back; until then nothing is forgotten.
                log.exception("settling failed")
                await asyncio.sleep(1)
                self._ready.set()

    async def settle(self) -> None:
        """Note now what was sent."""
        self._ready.clear()
        noted = dict(self._settled)
        if not noted:
            return
        async with self._database.writing() as session:
            await arrivals.settle(
                session, [(key, fate.state, fate.message_id) for key, fate in noted.items()]
            )
            await quiz.note_polls(session, [fate.poll for fate in noted.values()])
        for key in noted:
            self._settled.pop(key, None)
        told, self._noted = self._noted, asyncio.Event()
        told.set()

    async def _send(self, answer: Outgoing) -> Fate:
        """Send one answer for as long as Telegram is away; drop what it refuses."""
        began, failures = time.monotonic(), 0
        while not self._too_old(answer):
            try:
                sent = await self._call(answer)
            except RetryAfter as error:
                await asyncio.sleep(seconds(error.retry_after))
            except Forbidden:
                await self._note_unreachable(answer.chat_id)
                return DROPPED
            except BadRequest as error:
                anew = instead(answer, error.message)
                if anew is None:
                    return refused(answer, error.message)
                answer = anew
            except (NetworkError, InvalidToken) as error:
                failures += 1
                log.warning("sending", answer=answer.id, error=type(error).__name__)
                if failures >= PATIENCE and self._last_success > began:
                    log.error("answer given up", answer=answer.id, error=error.message)  # noqa: TRY400  # Telegram's words say all.
                    return DROPPED
                await asyncio.sleep(min(self.longest_pause, 0.25 * 2 ** min(failures, 8)))
            except Exception:
                # One answer that cannot be made must not stop its chat for ever.
                log.exception("answer dropped", answer=answer.id, method=answer.method)
                return DROPPED
            else:
                self._last_success = time.monotonic()
                poll = (answer.about, poll_of(sent))
                return Fate(AnswerState.SENT, number_of(sent), poll=poll)
        return DROPPED

    async def _note_unreachable(self, chat_id: int) -> None:
        async with self._database.writing() as session:
            await people.mark_unreachable(session, chat_id, now=self._now())

    def _too_old(self, answer: Outgoing) -> bool:
        """Tell whether Telegram has forgotten the tap or the words that this answers."""
        age = (self._now() - answer.created_at).total_seconds()
        return answer.method in REMEMBERED and age > REMEMBERED[answer.method]

    async def _call(self, answer: Outgoing) -> Any:
        params = dict(answer.params)
        if answer.method in DRAWN:
            markup = params.pop("reply_markup", None)
            extra = {} if markup is None else {"reply_markup": markup}
            carry = self._paper if answer.method == "paper" else self._redraw
            action = PICTURE if shows_picture(params["paper"]["kind"]) else FILE
            with self.patience.asked_for(answer.chat_id, action):
                return await carry(answer.chat_id, params, extra)
        if answer.method in SPEAKING:
            params |= {"chat_id": answer.chat_id, "parse_mode": "HTML"}
        elif answer.method == ASKING:
            params["chat_id"] = answer.chat_id
        elif answer.method not in REMEMBERED:
            raise ValueError(answer.method)
        return await call(self._bot, answer.method, params)

    async def _paper(self, chat_id: int, params: dict[str, Any], extra: dict[str, Any]) -> Message:
        """Draw a paper and send it; when it cannot be drawn, its words still arrive."""
        caption = params["caption"]
        try:
            kind, data = params["paper"]["kind"], params["paper"]["data"]
            paper = await asyncio.to_thread(draw, kind, data, self._data_dir)
        except Exception:
            if not caption:
                raise
            log.exception("paper not drawn", kind=params["paper"]["kind"])
            return await self._bot.send_message(
                chat_id, caption, parse_mode="HTML", api_kwargs=extra
            )
        call = self._bot.send_photo if paper.picture else self._bot.send_document
        sent: Message = await call(
            chat_id,
            paper.content,
            filename=paper.name,
            caption=caption,
            parse_mode="HTML",
            api_kwargs=extra,
        )
        return sent

    async def _redraw(self, chat_id: int, params: dict[str, Any], extra: dict[str, Any]) -> Any:
        """Draw a picture into a message; when it cannot be drawn, its words still change."""
        message_id, caption = params["message_id"], params["caption"]
        try:
            kind, data = params["paper"]["kind"], params["paper"]["data"]
            paper = await asyncio.to_thread(draw, kind, data, self._data_dir)
        except Exception:
            log.exception("paper not drawn", kind=params["paper"]["kind"])
            return await self._bot.edit_message_caption(
                chat_id, message_id, caption=caption, parse_mode="HTML", api_kwargs=extra
            )
        media = InputMediaPhoto(paper.content, caption, parse_mode="HTML", filename=paper.name)
        return await self._bot.edit_message_media(media, chat_id, message_id, api_kwargs=extra)


def number_of(sent: Any) -> int | None:
    """Find the number of the message that a call has made or changed."""
    if isinstance(sent, Message):
        return sent.message_id
    return sent.get("message_id") if isinstance(sent, dict) else None


def poll_of(sent: Any) -> str | None:
    """Find the number of the poll in the message that a call has made."""
    poll = sent.get("poll") if isinstance(sent, dict) else None
    return str(poll["id"]) if poll else None


def seconds(wait: float | dt.timedelta) -> float:
    """Read how long Telegram asks us to wait; it comes as a number or as a span."""
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)


def instead(answer: Outgoing, reason: str) -> Outgoing | None:
    """Turn the change of a message that is gone into a message of its own."""
    changes = answer.method.startswith("edit") or answer.method == "redraw"
    if not changes or not any(one in reason.lower() for one in GONE):
        return None
    if answer.method == "redraw":
        kept = {name: value for name, value in answer.params.items() if name != "message_id"}
        return replace(answer, method="paper", params=kept)
    params: dict[str, Any] = {"text": answer.params.get("text") or answer.params.get("caption", "")}
    markup = answer.params.get("reply_markup")
    if markup and markup.get("inline_keyboard"):
        params["reply_markup"] = markup
    return replace(answer, method="sendMessage", params=params)


def refused(answer: Outgoing, reason: str) -> Fate:
    """Treat what Telegram does not take: nothing to change is well, the rest is dropped."""
    if "not modified" in reason.lower():
        return Fate(AnswerState.SENT, answer.params.get("message_id"))
    log.error("answer refused", answer=answer.id, method=answer.method, reason=reason)
    return DROPPED
