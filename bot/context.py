"""What a handler is given: the person, the open transaction, the words, the answers."""

import asyncio
import datetime as dt
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

from markupsafe import escape
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import MaybeInaccessibleMessage, Update
from telegram.ext import Application, CallbackContext, ExtBot
from telegram.ext.filters import UpdateFilter

from bot.guidance.library import Library
from bot.i18n import Translator
from bot.refusal import Refusal
from bot.skp.manuscripts import Use
from bot.skp.reminders import Habits
from db import drafts, guidance
from db.guidance_uses import Counted
from db.models.messages import Draft
from db.models.people import Employee

Handling = TypeVar("Handling", bound=Callable[..., Any])


@dataclass
class Agency:
    """What the whole agency shares and no person changes by chatting."""

    zone: str
    data_dir: Path
    edit_days: int
    library: Library
    habits: Habits = field(default_factory=Habits)


async def library_now(library: Library, session: AsyncSession) -> Library:
    """Give the library as it is now; what has changed is read and indexed off the event loop."""
    edition = await guidance.edition(session)
    texts = None if edition == library.edition else await guidance.laid_over(session)
    if texts is not None or library.outdated():
        await asyncio.to_thread(library.renew, edition, texts)
    return library


@dataclass
class Reply:
    """One answer before it is a row."""

    method: str
    params: dict[str, Any]
    about: str | None = None


@dataclass
class Turn:
    """One arrival being worked on, in one transaction."""

    session: AsyncSession
    arrival_id: int
    now: dt.datetime
    employee: Employee | None
    t: Translator
    agency: Agency
    draft: Draft | None = None
    # What the message that is replied to is about: `entry:7`, `feedback:3`.
    subject: str | None = None
    answers: list[Reply] = field(default_factory=list)
    records: list[SQLModel] = field(default_factory=list)
    uses: list[Counted] = field(default_factory=list)
    failure: Exception | None = None


TURN: ContextVar[Turn] = ContextVar("turn")


class Answering(UpdateFilter):
    """Match a message that goes on with a dialogue at one of these steps."""

    def __init__(self, *steps: str) -> None:
        super().__init__(name=f"Answering{steps}")
        self._steps = steps

    def filter(self, update: Update) -> bool:
        """Tell whether the open dialogue waits at one of the steps."""
        del update
        turn = TURN.get(None)
        return turn is not None and turn.draft is not None and turn.draft.step in self._steps


class ReplyingTo(UpdateFilter):
    """Match a reply to a message of ours that is about one of these nouns."""

    def __init__(self, *nouns: str) -> None:
        super().__init__(name=f"ReplyingTo{nouns}")
        self._nouns = nouns

    def filter(self, update: Update) -> bool:
        """Tell whether what is replied to is about one of the nouns."""
        del update
        turn = TURN.get(None)
        return turn is not None and (turn.subject or "").partition(":")[0] in self._nouns


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """A typed context: everything a handler may use."""

    @classmethod
    def from_update(
        cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]
    ) -> Self:
        """Take up the turn that the worker has opened in this task."""
        context = super().from_update(update, application)
        context.turn = TURN.get()
        context.incoming = update if isinstance(update, Update) else None
        return context

    turn: Turn
    incoming: Update | None

    @property
    def session(self) -> AsyncSession:
        """Give the open transaction."""
        return self.turn.session

    @property
    def t(self) -> Translator:
        """Give the reader's translator."""
        return self.turn.t

    @property
    def draft(self) -> Draft | None:
        """Give the half-finished dialogue of this person in this chat."""
        return self.turn.draft

    @property
    def subject_id(self) -> int:
        """Give the key of what the message that is replied to is about."""
        number = (self.turn.subject or "").split(":")[1:2]
        if not number or not number[0].isdecimal():
            raise Refusal("This button no longer works.")
        return int(number[0])

    async def begin(self, step: str, /, **data: Any) -> Draft:
        """Begin a dialogue, or take it a step further; it lives for a day.

        The arrival that asks is kept, so that the question can be repeated.
        """
        kept = {**data, "asked": self.turn.arrival_id}
        self.turn.draft = await drafts.put(
            self.session, (self.chat_id, self.user_id), step, kept, now=self.now
        )
        return self.turn.draft

    async def end(self) -> None:
        """End the dialogue."""
        if self.turn.draft is not None:
            await self.session.delete(self.turn.draft)
            self.turn.draft = None

    @property
    def agency(self) -> Agency:
        """Give what the whole agency shares."""
        return self.turn.agency

    async def library(self) -> Library:
        """Give the library as it is now, with what any process has published or withdrawn."""
        return await library_now(self.agency.library, self.session)

    @property
    def now(self) -> dt.datetime:
        """Give the moment at which this arrival is handled, in UTC."""
        return self.turn.now

    @property
    def newcomer(self) -> bool:
        """Tell whether the sender has not come in yet."""
        return self.turn.employee is None

    @property
    def employee(self) -> Employee:
        """Give the person who speaks; refuse whoever has not come in."""
        if self.turn.employee is None:
            raise Refusal("You have not come in yet. Send /start to begin; it takes two minutes.")
        return self.turn.employee

    @property
    def zone(self) -> ZoneInfo:
        """Give the person's own time zone, or the agency's."""
        employee = self.turn.employee
        return ZoneInfo(employee.zone if employee else self.agency.zone)

    def today(self) -> dt.date:
        """Give the day it is where the person is."""
        return self.local_now().date()

    def local_now(self) -> dt.datetime:
        """Give the moment on the person's own clock."""
        return self.now.astimezone(self.zone)

    @property
    def chat_id(self) -> int:
        """Give the chat that is answered."""
        chat = self.incoming.effective_chat if self.incoming else None
        if chat is None:
            raise Refusal("This cannot be answered here. Open a private chat with me.", way=None)
        return chat.id

    @property
    def user_id(self) -> int:
        """Give the Telegram account that speaks."""
        user = self.incoming.effective_user if self.incoming else None
        if user is None:
            raise Refusal("This cannot be answered here. Open a private chat with me.", way=None)
        return user.id

    @property
    def tapped(self) -> MaybeInaccessibleMessage | None:
        """Give the message whose button was tapped."""
        query = self.incoming.callback_query if self.incoming else None
        return query.message if query else None

    def reply(
        self, text: str, keyboard: dict[str, Any] | None = None, *, about: str | None = None
    ) -> None:
        """Answer with a message of its own; plain text is escaped, Markup stands."""
        params: dict[str, Any] = {"text": str(escape(text))}
        if keyboard is not None:
            params["reply_markup"] = keyboard
        self.turn.answers.append(Reply("sendMessage", params, about))

    def edit(
        self, text: str, keyboard: dict[str, Any] | None = None, *, about: str | None = None
    ) -> None:
        """Change the message whose button was tapped; without one, answer anew."""
        message = self.tapped
        if message is None:
            self.reply(text, keyboard, about=about)
            return
        captioned = any(getattr(message, kind, None) for kind in ("photo", "document"))
        method, name = (
            ("editMessageCaption", "caption") if captioned else ("editMessageText", "text")
        )
        params: dict[str, Any] = {"message_id": message.message_id, name: str(escape(text))}
        params["reply_markup"] = keyboard or {"inline_keyboard": []}
        self.turn.answers.append(Reply(method, params, about))

    def edit_message(
        self,
        message_id: int,
        text: str,
        keyboard: dict[str, Any] | None = None,
        *,
        about: str | None = None,
    ) -> None:
        """Change an earlier message of ours in this chat."""
        params = {
            "message_id": message_id,
            "text": str(escape(text)),
            "reply_markup": keyboard or {"inline_keyboard": []},
        }
        self.turn.answers.append(Reply("editMessageText", params, about))

    def toast(self, text: str, *, alert: bool = False) -> None:
        """Answer a tap with a short notice over the chat."""
        query = self.incoming.callback_query if self.incoming else None
        if query is None:
            self.reply(text)
            return
        params = {"callback_query_id": query.id, "text": text, "show_alert": alert}
        self.turn.answers.append(Reply("answerCallbackQuery", params))

    def offer(self, cards: list[dict[str, Any]], *, seconds: int) -> None:
        """Answer what was typed behind our name with cards, which Telegram keeps for a while."""
        query = self.incoming.inline_query if self.incoming else None
        if query is None:
            raise Refusal("This cannot be answered here. Open a private chat with me.")
        params = {
            "inline_query_id": query.id,
            "results": cards,
            "cache_time": seconds,
            "is_personal": True,
        }
        self.turn.answers.append(Reply("answerInlineQuery", params))

    def paper(
        self,
        kind: str,
        data: dict[str, Any],
        *,
        caption: str = "",
        keyboard: dict[str, Any] | None = None,
        about: str | None = None,
    ) -> None:
        """Answer with a picture or a document; it is drawn from the data after the commit.

        What is kept is the data, not the bytes, so that an answer stays small in the database.
        """
        params: dict[str, Any] = {
            "paper": {"kind": kind, "data": data},
            "caption": str(escape(caption)),
        }
        if keyboard is not None:
            params["reply_markup"] = keyboard
        self.turn.answers.append(Reply("paper", params, about))

    def redraw(
        self,
        kind: str,
        data: dict[str, Any],
        *,
        caption: str,
        keyboard: dict[str, Any] | None = None,
        about: str | None = None,
    ) -> None:
        """Put another picture into the message whose button was tapped; without one, answer anew.

        A message that has no picture cannot get one; it is answered anew, too.
        """
        message = self.tapped
        if message is None or not getattr(message, "photo", None):
            self.paper(kind, data, caption=caption, keyboard=keyboard, about=about)
            return
        params: dict[str, Any] = {
            "message_id": message.message_id,
            "paper": {"kind": kind, "data": data},
            "caption": str(escape(caption)),
            "reply_markup": keyboard or {"inline_keyboard": []},
        }
        self.turn.answers.append(Reply("redraw", params, about))

    def record(self, row: SQLModel) -> None:
        """Keep a row that is written with the answers, also after mere reading."""
        self.turn.records.append(row)

    def count(self, use: Use, article: str = "") -> None:
        """Count what was done with an article or the search, without saying by whom."""
        self.turn.uses.append((article, use, self.now.date()))


def reads(handler: Handling) -> Handling:
    """Mark a handler that only looks: it works without holding the writer's place."""
    handler.reads = True  # type: ignore[attr-defined]  # A mark on a plain function.
    return handler
