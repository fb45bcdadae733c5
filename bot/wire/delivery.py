"""Send answers in order after their commit, and note that they were sent."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from telegram import Message
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut
from telegram.ext import ExtBot

from bot.wire.papers import draw
from db import arrivals, people
from db.engine import Database
from db.models.messages import Answer
from db.states import AnswerState

log = structlog.get_logger()

TAP_SECONDS = 120
LONGEST_PAUSE = 30.0
GONE = ("message to edit not found", "message can't be edited", "there is no caption")
METHODS = {
    "sendMessage": "send_message",
    "editMessageText": "edit_message_text",
    "editMessageCaption": "edit_message_caption",
    "answerCallbackQuery": "answer_callback_query",
}


class Delivery:
    """Carry answers to Telegram."""

    def __init__(
        self,
        bot: ExtBot[None],
        database: Database,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._bot = bot
        self._database = database
        self._now = now
        self._settled: list[tuple[int, AnswerState, int | None]] = []
        self._ready = asyncio.Event()

    async def send(self, answers: Sequence[Answer]) -> None:
        """Send answers one after another; note each as soon as it is out."""
        for answer in answers:
            state, message_id = await self._send(answer)
            self._settled.append((answer.id or 0, state, message_id))
            self._ready.set()

    async def settle_forever(self) -> None:
        """Note what was sent, many at a time: one commit for all that wait."""
        while True:
            await self._ready.wait()
            await self.settle()

    async def settle(self) -> None:
        """Note now what was sent."""
        self._ready.clear()
        settled, self._settled = self._settled, []
        if not settled:
            return
        try:
            async with self._database.writing() as session:
                await arrivals.settle(session, settled)
        except Exception:  # noqa: BLE001  # A database that is away comes back; nothing is lost.
            log.error("settling failed", exc_info=True)
            self._settled = settled + self._settled
            self._ready.set()
            await asyncio.sleep(1)

    async def _send(self, answer: Answer) -> tuple[AnswerState, int | None]:
        """Send one answer for as long as Telegram is away; drop what it refuses."""
        failures = 0
        while True:
            if answer.method == "answerCallbackQuery" and self._too_old(answer):
                return AnswerState.DROPPED, None
            try:
                sent = await self._call(answer)
            except RetryAfter as error:
                after = error.retry_after
                await asyncio.sleep(
                    after if isinstance(after, int | float) else after.total_seconds()
                )
            except Forbidden:
                await self._note_unreachable(answer.chat_id)
                return AnswerState.DROPPED, None
            except BadRequest as error:
                return await self._refused(answer, error)
            except (TimedOut, NetworkError) as error:
                failures += 1
                log.warning("sending", answer=answer.id, error=type(error).__name__)
                await asyncio.sleep(min(LONGEST_PAUSE, 0.5 * 2 ** min(failures, 8)))
            else:
                return AnswerState.SENT, sent.message_id if isinstance(sent, Message) else None

    async def _note_unreachable(self, chat_id: int) -> None:
        async with self._database.writing() as session:
            await people.mark_unreachable(session, chat_id, now=self._now())

    def _too_old(self, answer: Answer) -> bool:
        return (self._now() - answer.created_at).total_seconds() > TAP_SECONDS

    async def _refused(self, answer: Answer, error: BadRequest) -> tuple[AnswerState, int | None]:
        """Treat what Telegram does not take: an old message is answered anew, the rest is dropped."""
        reason = error.message.lower()
        if "not modified" in reason:
            return AnswerState.SENT, None
        if answer.method.startswith("edit") and any(sign in reason for sign in GONE):
            text = answer.params.get("text", answer.params.get("caption", ""))
            sent = await self._bot.send_message(
                answer.chat_id,
                text,
                parse_mode="HTML",
                api_kwargs={"reply_markup": answer.params.get("reply_markup")},
            )
            return AnswerState.SENT, sent.message_id
        log.error("answer refused", answer=answer.id, method=answer.method, reason=error.message)
        return AnswerState.DROPPED, None

    async def _call(self, answer: Answer) -> Any:
        params = dict(answer.params)
        markup = params.pop("reply_markup", None)
        extra = {"api_kwargs": {"reply_markup": markup}} if markup is not None else {}
        if answer.method == "answerCallbackQuery":
            return await self._bot.answer_callback_query(**params)
        if answer.method == "paper":
            drawn = await asyncio.to_thread(draw, params["paper"]["kind"], params["paper"]["data"])
            caption = {"caption": params["caption"], "parse_mode": "HTML"}
            if drawn.picture:
                return await self._bot.send_photo(
                    answer.chat_id, drawn.content, filename=drawn.name, **caption, **extra
                )
            return await self._bot.send_document(
                answer.chat_id, drawn.content, filename=drawn.name, **caption, **extra
            )
        call = getattr(self._bot, METHODS[answer.method])
        return await call(chat_id=answer.chat_id, parse_mode="HTML", **params, **extra)
