"""The worker: one chat in order, many chats side by side, one transaction an arrival."""

import asyncio
import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Update
from telegram.ext import Application

from bot.context import TURN, Agency, Reply, Turn
from bot.i18n import translator
from bot.refusal import Refusal
from bot.wire.delivery import Delivery
from db import arrivals, drafts, people
from db.engine import Database
from db.models.messages import Answer, Arrival
from db.models.people import Employee
from db.states import ArrivalState

log = structlog.get_logger()

TRIES = 4
SIDE_BY_SIDE = 64


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
        self._delivery = delivery
        self._agency = agency
        self._now = now
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._more: set[int] = set()
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)

    def forward(self, fresh: Sequence[Arrival]) -> None:
        """Set the lanes of these arrivals' chats going."""
        for arrival in fresh:
            self.wake(arrival.chat_id)

    def wake(self, chat_id: int) -> None:
        """Set a chat's lane going, or tell a running one that there is more."""
        if chat_id in self._lanes:
            self._more.add(chat_id)
            return
        task = asyncio.create_task(self._lane(chat_id))
        self._lanes[chat_id] = task
        task.add_done_callback(lambda _: self._ended(chat_id))

    def _ended(self, chat_id: int) -> None:
        self._lanes.pop(chat_id, None)
        if chat_id in self._more:
            self._more.discard(chat_id)
            self.wake(chat_id)

    async def resume(self) -> None:
        """Take up what an earlier process left: first its unsent answers, then its arrivals."""
        async with self._database.reading() as session:
            chats = await arrivals.waiting_chats(session)
        for chat_id in chats:
            self.wake(chat_id)

    async def stop(self) -> None:
        """Let running transactions end; what is left stays in the inbox."""
        for task in list(self._lanes.values()):
            task.cancel()
        await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    async def _lane(self, chat_id: int) -> None:
        """Answer and handle a chat's arrivals until nothing is left."""
        async with self._slots:
            async with self._database.reading() as session:
                unsent = await arrivals.unsent(session, chat_id)
            await self._delivery.send(unsent)
            while True:
                self._more.discard(chat_id)
                async with self._database.reading() as session:
                    arrival = await arrivals.next_of(session, chat_id)
                if arrival is None:
                    return
                # A transaction that has begun is not to be cut by a stop.
                answers = await asyncio.shield(self._handle(arrival))
                await self._delivery.send(answers)

    async def _handle(self, arrival: Arrival) -> list[Answer]:
        """Handle one arrival whatever happens, and give what it is answered with."""
        update = Update.de_json(json.loads(arrival.payload), self._application.bot)
        reading = self._reads(update)
        try:
            if reading:
                return await self._read(arrival, update)
            return await self._write(arrival, update)
        except Refusal as refusal:
            return await self._refuse(arrival, update, refusal)
        except Exception as error:  # noqa: BLE001  # One arrival's failure must not stop its chat.
            log.error(
                "handling failed", arrival=arrival.id, error=type(error).__name__, exc_info=True
            )
            return await self._set_back(arrival, update, error)

    def _reads(self, update: Update) -> bool:
        """Tell whether the handler that will take an update only reads."""
        for group in self._application.handlers.values():
            for handler in group:
                check = handler.check_update(update)
                if check is not None and check is not False:
                    return bool(getattr(handler.callback, "reads", False))
        return False

    async def _write(self, arrival: Arrival, update: Update) -> list[Answer]:
        """Let the effects, the answers and the done mark commit together."""
        async with self._database.writing() as session:
            turn = await self._process(session, arrival, update)
            return await self._finish(session, turn, arrival)

    async def _read(self, arrival: Arrival, update: Update) -> list[Answer]:
        """Look without holding the writer's place; write the answers in a short transaction."""
        async with self._database.reading() as session:
            turn = await self._process(session, arrival, update)
        async with self._database.writing() as session:
            return await self._finish(session, turn, arrival)

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
        user = update.effective_user
        employee = await people.by_telegram(session, user.id) if user else None
        spoken = (user.language_code or "id") if user else "id"
        language = employee.language if employee else ("en" if spoken.startswith("en") else "id")
        heal(employee)
        chat = update.effective_chat
        place = (chat.id, user.id) if chat and user else None
        return Turn(
            draft=await drafts.find(session, place, now=self._now()) if place else None,
            session=session,
            arrival_id=arrival.id or 0,
            now=self._now(),
            employee=employee,
            t=translator(language),
            agency=self._agency,
        )

    async def _finish(self, session: AsyncSession, turn: Turn, arrival: Arrival) -> list[Answer]:
        session.add_all(turn.records)
        query = (json.loads(arrival.payload).get("callback_query") or {}).get("id")
        replies = with_tap_answered(turn.answers, query)
        kept = await arrivals.add_answers(
            session, [row(reply, arrival, turn.now) for reply in replies]
        )
        await arrivals.mark_done(session, arrival.id or 0, now=turn.now)
        return kept

    async def _refuse(self, arrival: Arrival, update: Update, refusal: Refusal) -> list[Answer]:
        """Say no in the person's language; nothing else of the arrival stays."""
        return await self._say(arrival, update, refusal)

    async def _set_back(self, arrival: Arrival, update: Update, error: Exception) -> list[Answer]:
        """Try a failed arrival again; after some tries set it aside with an apology."""
        async with self._database.writing() as session:
            state = await arrivals.mark_failed(
                session, arrival.id or 0, f"{type(error).__name__}: {error}", limit=TRIES
            )
        if state is not ArrivalState.ASIDE:
            await asyncio.sleep(0.2 * 2**arrival.attempts)
            return []
        return await self._say(
            arrival,
            update,
            Refusal(
                "Sorry, the system could not handle this. What you sent is safe with us; there is"
                " no need to send it again. Ref. {code}.",
                code=f"A{arrival.id}",
            ),
            done=False,
        )

    async def _say(
        self, arrival: Arrival, update: Update, refusal: Refusal, *, done: bool = True
    ) -> list[Answer]:
        async with self._database.writing() as session:
            turn = await self._open(session, arrival, update)
            text = turn.t.html(refusal.message, **refusal.values)
            reply = Reply("sendMessage", {"text": str(text)})
            query = update.callback_query
            if query is not None:
                plain = turn.t.gettext(refusal.message, **refusal.values)
                reply = Reply(
                    "answerCallbackQuery",
                    {"callback_query_id": query.id, "text": plain[:200], "show_alert": True},
                )
            kept = await arrivals.add_answers(session, [row(reply, arrival, turn.now)])
            if done:
                await arrivals.mark_done(session, arrival.id or 0, now=turn.now)
            return kept


def heal(employee: Employee | None) -> None:
    """Count a person who writes again as reachable again."""
    if employee is not None and employee.unreachable_since is not None:
        employee.unreachable_since = None


def row(reply: Reply, arrival: Arrival, now: dt.datetime) -> Answer:
    """Turn a reply into a row of its arrival."""
    return Answer(
        arrival_id=arrival.id or 0,
        chat_id=arrival.chat_id,
        method=reply.method,
        params=reply.params,
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
