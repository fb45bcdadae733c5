"""The worker: one arrival, one transaction; its effects, its answers and its mark together."""

import datetime as dt
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Chat, ChatMember, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from bot.context import TURN, Agency, Reply, Turn
from bot.i18n import Translator, translator
from bot.refusal import Refusal
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.wire.counters import HANDLED, HANDLING
from bot.wire.delivery import Delivery
from bot.wire.fitting import LIMITS, fit, fit_plain
from bot.wire.lanes import Lanes
from db import arrivals, drafts, people
from db.engine import Database
from db.models.messages import Answer, Arrival
from db.models.people import Employee
from db.outages import will_pass
from db.states import ArrivalState
from db.subjects import subject_at

log = structlog.get_logger()

TRIES = 4
AWAY = (ChatMember.BANNED, ChatMember.LEFT)


class Taken(Exception):  # noqa: N818  # Nothing is wrong: another process was first.
    """The arrival has been handled elsewhere; nothing of this attempt may stay."""


class Worker:
    """Take arrivals from the inbox, chat by chat."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        database: Database,
        delivery: Delivery,
        agency: Agency,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._application = application
        self._database = database
        self._agency = agency
        self._now = now
        self.lanes = Lanes(database, delivery, self._handle)

    def forward(self, fresh: Sequence[Arrival]) -> None:
        """Let fresh arrivals be handled, each behind those of its chat."""
        self.lanes.forward(fresh)

    def wake(self, chat_id: int) -> None:
        """Let a chat take up what its rows in the database hold."""
        self.lanes.wake(chat_id)

    async def resume(self) -> None:
        """Take up what another process left: first its unsent answers, then its arrivals."""
        async with self._database.reading() as session:
            chats = await arrivals.waiting_chats(session)
        for chat_id in chats:
            self.lanes.wake(chat_id)

    async def stop(self) -> None:
        """Let running transactions end; what is left stays in the inbox."""
        await self.lanes.stop()

    async def _handle(self, arrival: Arrival) -> list[Answer] | None:
        """Handle one arrival, and give what it is answered with; None means: once more."""
        update = None
        began = time.monotonic()
        try:
            update = Update.de_json(json.loads(arrival.payload), self._application.bot)
            return await self._answer(arrival, update)
        except Taken:
            return []
        except Exception as error:
            if will_pass(error):
                # The arrival is not to blame: its lane waits for the database and tries again.
                raise
            log.exception("handling failed", arrival=arrival.id)
            return await self._set_back(arrival, update, error)
        finally:
            HANDLING.observe(time.monotonic() - began)

    async def _answer(self, arrival: Arrival, update: Update) -> list[Answer]:
        """Let the handlers answer; what they refuse leaves nothing but the refusal."""
        try:
            if not in_private(update):
                return await self._pass_over(arrival, update)
            handle = self._read if self._reads(update) else self._write
            answers = await handle(arrival, update)
        except Refusal as refusal:
            return await self._refuse(arrival, update, refusal)
        HANDLED.labels("done").inc()
        return answers

    async def _pass_over(self, arrival: Arrival, update: Update) -> list[Answer]:
        """Say nothing of anybody where others read along; whoever asks us is shown the way."""
        if asks(update, self._application.bot.username):
            raise Refusal("This cannot be answered here. Open a private chat with me.")
        async with self._database.writing() as session:
            turn = await self._open(session, arrival, update)
            return await self._finish(session, turn, arrival, update)

    def _reads(self, update: Update) -> bool:
        """Tell whether the handler that will take an update only looks.

        Only commands and buttons look; whose turn a message is may depend on the dialogue.
        """
        message = update.effective_message
        if update.callback_query is None and not ((message and message.text) or "").startswith("/"):
            return False
        for group in self._application.handlers.values():
            for handler in group:
                if not isinstance(handler, CommandHandler | CallbackQueryHandler):
                    continue
                check = handler.check_update(update)
                if check is not None and check is not False:
                    return bool(getattr(handler.callback, "reads", False))
        return False

    async def _write(self, arrival: Arrival, update: Update) -> list[Answer]:
        """Let the effects, the answers and the done mark commit together."""
        async with self._database.writing() as session:
            turn = await self._process(session, arrival, update)
            return await self._finish(session, turn, arrival, update)

    async def _read(self, arrival: Arrival, update: Update) -> list[Answer]:
        """Look without holding the writer's place; write the answers in a short transaction."""
        async with self._database.reading() as session:
            turn = await self._process(session, arrival, update)
        async with self._database.writing() as session:
            return await self._finish(session, turn, arrival, update)

    async def _process(self, session: AsyncSession, arrival: Arrival, update: Update) -> Turn:
        turn = await self._open(session, arrival, update)
        token = TURN.set(turn)
        try:
            await self._application.process_update(update)
        finally:
            TURN.reset(token)
        if turn.failure is not None:
            raise turn.failure
        return turn

    async def _open(self, session: AsyncSession, arrival: Arrival, update: Update) -> Turn:
        user, chat = update.effective_user, update.effective_chat
        employee = await people.by_telegram(session, user.id) if user else None
        spoken = (user.language_code or "id") if user else "id"
        language = employee.language if employee else ("en" if spoken.startswith("en") else "id")
        now = self._now()
        place = (chat.id, user.id) if chat and user else None
        reply = update.message.reply_to_message if update.message else None
        return Turn(
            draft=await drafts.find(session, place, now=now) if place else None,
            subject=await subject_at(session, chat.id, reply.message_id)
            if reply and chat
            else None,
            session=session,
            arrival_id=arrival.id or 0,
            now=now,
            employee=employee,
            t=translator(language),
            agency=self._agency,
        )

    async def _finish(
        self, session: AsyncSession, turn: Turn, arrival: Arrival, update: Update
    ) -> list[Answer]:
        """Write the answers and the done mark, unless another process has."""
        session.add_all(turn.records)
        note_reach(session, turn.employee, update, turn.now)
        query = update.callback_query.id if update.callback_query else None
        if not await arrivals.mark_done(session, turn.arrival_id, now=turn.now):
            raise Taken
        return await arrivals.add_answers(
            session, [row(one, arrival, turn.now) for one in with_tap_answered(turn.answers, query)]
        )

    async def _refuse(self, arrival: Arrival, update: Update, refusal: Refusal) -> list[Answer]:
        """Say no in the person's language; nothing else of the arrival stays."""
        async with self._database.writing() as session:
            turn = await self._open(session, arrival, update)
            turn.answers.append(said(turn.t, refusal, update))
            HANDLED.labels("refused").inc()
            return await self._finish(session, turn, arrival, update)

    async def _set_back(
        self, arrival: Arrival, update: Update | None, error: Exception
    ) -> list[Answer] | None:
        """Try a failed arrival again; after some tries set it aside with an apology."""
        async with self._database.writing() as session:
            arrival.attempts, state = await arrivals.mark_failed(
                session, arrival.id or 0, type(error).__name__, limit=TRIES
            )
            if state is ArrivalState.NEW:
                return None
            if state is ArrivalState.DONE:
                return []
            HANDLED.labels("aside").inc()
            if update is None:
                return []
            turn = await self._open(session, arrival, update)
            apology = Refusal(
                "Sorry, the system could not handle this. What you sent is safe with us; there is"
                " no need to send it again. Ref. {code}.",
                code=f"A{arrival.id}",
            )
            reply = said(turn.t, apology, update, Button(turn.t.gettext("Menu"), key("menu")))
            return await arrivals.add_answers(session, [row(reply, arrival, turn.now)])


def in_private(update: Update) -> bool:
    """Tell whether an update speaks to us alone, or of us."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or update.my_chat_member is not None:
        return True
    # A private chat has its person's number; nobody else can speak in it.
    return chat.type == Chat.PRIVATE and (user is None or user.id == chat.id)


def asks(update: Update, username: str) -> bool:
    """Tell whether somebody in a group asks us: by a button or a command, and no other bot."""
    if update.callback_query is not None:
        return True
    words = (update.message.text or "").split() if update.message else []
    if not words or not words[0].startswith("/"):
        return False
    _, at, name = words[0].partition("@")
    return not at or name.lower() == username.lower()


def said(t: Translator, refusal: Refusal, update: Update, *buttons: Button) -> Reply:
    """Turn a refusal into an answer: over the chat after a tap, else as a message."""
    query = update.callback_query
    if query is None:
        text = t.html(refusal.message, **refusal.values)
        markup = {"reply_markup": inline(*buttons)} if buttons else {}
        return Reply("sendMessage", {"text": str(text), **markup})
    plain = t.gettext(refusal.message, **refusal.values)
    return Reply(
        "answerCallbackQuery", {"callback_query_id": query.id, "text": plain, "show_alert": True}
    )


def note_reach(
    session: AsyncSession, employee: Employee | None, update: Update, now: dt.datetime
) -> None:
    """Note that a person has left the bot, or that they are heard of again."""
    if employee is None:
        return
    member = update.my_chat_member
    if member is not None and member.chat.type != Chat.PRIVATE:
        return
    gone = member is not None and member.new_chat_member.status in AWAY
    if gone != (employee.unreachable_since is not None):
        employee.unreachable_since = now if gone else None
        session.add(employee)


def row(reply: Reply, arrival: Arrival, now: dt.datetime) -> Answer:
    """Turn a reply into a row of its arrival, as long as Telegram takes it."""
    params = dict(reply.params)
    if reply.method == "answerCallbackQuery":
        if "text" in params:
            params["text"] = fit_plain(params["text"])
    else:
        fitted = {name: fit(params[name], most) for name, most in LIMITS.items() if name in params}
        params.update(fitted)
    return Answer(
        arrival_id=arrival.id or 0,
        chat_id=arrival.chat_id,
        method=reply.method,
        params=params,
        about=reply.about,
        created_at=now,
    )


def with_tap_answered(replies: list[Reply], query_id: str | None) -> list[Reply]:
    """Answer a tap first, so that its button stops turning at once."""
    if query_id is None:
        return replies
    taps = [reply for reply in replies if reply.method == "answerCallbackQuery"]
    others = [reply for reply in replies if reply.method != "answerCallbackQuery"]
    return [*(taps or [Reply("answerCallbackQuery", {"callback_query_id": query_id})]), *others]
