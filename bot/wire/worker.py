"""The worker: one arrival, one transaction; its effects, its answers and its mark together."""

import datetime as dt
import json
import time
from collections.abc import Callable, Sequence
from itertools import chain, islice
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Chat, ChatMember, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, InlineQueryHandler

from bot.actions import tips
from bot.context import TURN, Agency, Turn
from bot.i18n import translator
from bot.refusal import Refusal
from bot.skp.manuscripts import Use
from bot.wire.bundles import Bundles, Waiting
from bot.wire.counters import HANDLED, HANDLING
from bot.wire.delivery import Delivery
from bot.wire.groups import NOT_HERE, aside, asks, in_private
from bot.wire.lanes import Lanes
from bot.wire.patience import Patience
from bot.wire.replies import Handled, row, said
from db import arrivals, drafts, guidance_uses
from db.arrivals import Outgoing
from db.engine import Database
from db.models.messages import Arrival
from db.models.people import Employee
from db.outages import will_pass
from db.states import ArrivalState
from db.subjects import subject_at

log = structlog.get_logger()

TRIES = 4
LOOKING = (CommandHandler, CallbackQueryHandler, InlineQueryHandler)
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
        self.patience = Patience(application.bot)
        self._bundles = Bundles(database, self._write)
        self.lanes = Lanes(database, delivery, self._handle)

    def forward(self, fresh: Sequence[Arrival]) -> None:
        """Let fresh arrivals be handled, each behind those of its chat."""
        self.lanes.forward(fresh)

    def wake(self, chat_id: int) -> None:
        """Let a chat take up what its rows in the database hold."""
        self.lanes.wake(chat_id)

    async def resume(self, *, save: dt.timedelta | None = None) -> None:
        """Take up what waits, unsent answers first; `save` leaves out what came that lately."""
        now = self._now()
        # Rows from a clock that went ahead are nobody's latest, so the span ends now.
        span = None if save is None else (now - save, now)
        async with self._database.reading() as session:
            chats = await arrivals.waiting_chats(session, save=span)
        for chat_id in chats:
            self.lanes.wake(chat_id)

    async def stop(self) -> None:
        """Let running transactions end; what is left stays in the inbox."""
        await self.lanes.stop()

    async def _handle(self, arrival: Arrival) -> list[Outgoing] | None:
        """Handle one arrival, and give what it is answered with; None means: once more."""
        update = None
        began = time.monotonic()
        try:
            update = Update.de_json(json.loads(arrival.payload), self._application.bot)
            with self.patience.asked_for(arrival.chat_id):
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

    async def _answer(self, arrival: Arrival, update: Update) -> list[Outgoing]:
        """Let the handlers answer; what they refuse leaves nothing but the refusal."""
        try:
            if not in_private(update):
                return await self._hear(arrival, update)
            handle = self._read if self._reads(update) else self._bundles.write
            answers = await handle(arrival, update)
        except Refusal as refusal:
            return await self._refuse(arrival, update, refusal)
        HANDLED.labels("done").inc()
        return answers

    async def _hear(self, arrival: Arrival, update: Update) -> list[Outgoing]:
        """Say nothing of anybody where others read along; whoever asks us is shown the way."""
        if asks(update, self._application.bot.username):
            said_aside = aside(arrival.payload, self._application.bot)
            try:
                if said_aside is not None:
                    return await self._answer_aside(arrival, said_aside)
            except Refusal as refusal:
                # Why somebody is refused is nobody else's business.
                raise NOT_HERE from refusal
            raise NOT_HERE
        async with self._database.writing() as session:
            turn = await self._open(session, arrival, update)
            (answers,) = await self._finish(session, Handled(turn, arrival, update))
        return answers

    async def _answer_aside(self, arrival: Arrival, update: Update) -> list[Outgoing]:
        """Answer to the asking person alone; the private chat's own lane carries it."""
        async with self._database.reading() as session:
            turn = await self._process(session, arrival, update)
        alone = update.effective_chat.id if update.effective_chat else arrival.chat_id
        async with self._database.writing() as session:
            handled = Handled(turn, arrival, update, alone)
            (answers,) = await self._finish(session, handled)
        self.lanes.wake(alone)
        return [one for one in answers if one.chat_id == arrival.chat_id]

    def _reads(self, update: Update) -> bool:
        """Tell whether the handler that will take an update only looks.

        Only commands, buttons and what is typed behind our name look; whose turn a message is may
        depend on the dialogue.
        """
        message = update.effective_message
        tapped = update.callback_query is not None or update.inline_query is not None
        if not tapped and not ((message and message.text) or "").startswith("/"):
            return False
        for group in self._application.handlers.values():
            for handler in group:
                if not isinstance(handler, LOOKING):
                    continue
                check = handler.check_update(update)
                if check is not None and check is not False:
                    return bool(getattr(handler.callback, "reads", False))
        return False

    async def _write(
        self, session: AsyncSession, waiting: Sequence[Waiting]
    ) -> list[list[Outgoing]]:
        """Let the effects, the answers and the done marks of arrivals commit together."""
        handled = []
        for one in waiting:
            turn = await self._process(session, one.arrival, one.update)
            # What the next one asks for must see it, as if it were committed.
            await session.flush()
            handled.append(Handled(turn, one.arrival, one.update))
        return await self._finish(session, *handled)

    async def _read(self, arrival: Arrival, update: Update) -> list[Outgoing]:
        """Look without holding the writer's place; write the answers in a short transaction."""
        async with self._database.reading() as session:
            turn = await self._process(session, arrival, update)
        async with self._database.writing() as session:
            (answers,) = await self._finish(session, Handled(turn, arrival, update))
        return answers

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
        now = self._now()
        employee, draft = None, None
        if user is not None:
            place = (chat.id if chat else user.id, user.id)
            employee, draft = await drafts.who_speaks(session, place, now=now)
        spoken = (user.language_code or "id") if user else "id"
        language = employee.language if employee else ("en" if spoken.startswith("en") else "id")
        reply = update.message.reply_to_message if update.message else None
        return Turn(
            draft=draft,
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

    async def _finish(self, session: AsyncSession, *handled: Handled) -> list[list[Outgoing]]:
        """Write the answers and the done marks, unless another process has."""
        for one in handled:
            session.add_all(one.turn.records)
            note_reach(session, one.turn.employee, one.update, one.turn.now)
            note_read(session, one.turn)
        if used := [use for one in handled for use in one.turn.uses]:
            await guidance_uses.count(session, used)
        keys = [one.turn.arrival_id for one in handled]
        if not await arrivals.mark_done(session, keys, now=handled[0].turn.now):
            raise Taken
        answers = [one.answers() for one in handled]
        kept = iter(await arrivals.add_answers(session, chain.from_iterable(answers)))
        return [list(islice(kept, len(its_own))) for its_own in answers]

    async def _refuse(self, arrival: Arrival, update: Update, refusal: Refusal) -> list[Outgoing]:
        """Say no in the person's language; nothing else of the arrival stays."""
        async with self._database.writing() as session:
            turn = await self._open(session, arrival, update)
            turn.answers.append(said(turn.t, refusal, update))
            HANDLED.labels("refused").inc()
            (answers,) = await self._finish(session, Handled(turn, arrival, update))
        return answers

    async def _set_back(
        self, arrival: Arrival, update: Update | None, error: Exception
    ) -> list[Outgoing] | None:
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
            # What was typed behind our name in another chat is no message to apologise for.
            if update is None or update.inline_query is not None:
                return []
            turn = await self._open(session, arrival, update)
            apology = Refusal(
                "Sorry, the system could not handle this. What you sent is safe with us; there is"
                " no need to send it again. Ref. {code}.",
                code=f"A{arrival.id}",
            )
            reply = said(turn.t, apology, update)
            return await arrivals.add_answers(session, [row(reply, arrival, turn.now)])


def note_reach(
    session: AsyncSession, employee: Employee | None, update: Update, now: dt.datetime
) -> None:
    """Note that a person has left the bot, or that they are heard of again."""
    # Behind our name somebody can type who has blocked us.
    if employee is None or update.inline_query is not None:
        return
    member = update.my_chat_member
    if member is not None and member.chat.type != Chat.PRIVATE:
        return
    gone = member is not None and member.new_chat_member.status in AWAY
    if gone != (employee.unreachable_since is not None):
        employee.unreachable_since = now if gone else None
        session.add(employee)


def note_read(session: AsyncSession, turn: Turn) -> None:
    """Note what a person has read, so that it does not come as advice."""
    articles = [article for article, use, _ in turn.uses if use is Use.READ]
    person = turn.employee
    if person is not None and articles:
        today = turn.now.astimezone(ZoneInfo(person.zone)).date()
        tips.remember(person, articles, today=today)
        session.add(person)
