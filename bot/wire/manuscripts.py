"""Take in the texts that people have sent as files, after the commit: articles and the pact."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.error import BadRequest

from bot.actions import guidance, pacts, workbooks
from bot.context import Agency, library_now
from bot.guidance.article import ArticleError
from bot.guidance.checking import check_text
from bot.guidance.writing import manuscript_of, read_file
from bot.i18n import translator
from bot.refusal import Refusal
from bot.ui import pacts as pact_screens
from bot.ui.guidance_drafts import overview, unreadable
from bot.ui.rosters import not_fetched
from bot.wire.fitting import LIMITS, fit
from db import people, rosters
from db.engine import Database
from db.models.messages import Answer, Draft
from db.models.people import Employee

Fetch = Callable[[str], Awaitable[bytes]]
Screen = tuple[Markup, dict[str, Any] | None]


class Manuscripts:
    """Work on one text at a time, the oldest first."""

    def __init__(
        self, database: Database, agency: Agency, now: Callable[[], dt.datetime], fetch: Fetch
    ) -> None:
        self._database = database
        self._agency = agency
        self._now = now
        self._fetch = fetch

    async def work(self) -> int | None:
        """Take in what waits longest; give the chat that is to be answered."""
        async with self._database.reading() as session:
            waiting = await rosters.next_draft(
                session, (guidance.SENT, pacts.SENT), now=self._now()
            )
        if waiting is None:
            return None
        try:
            content = await self._fetch(waiting.data["file_id"])
        except BadRequest:
            content = None
        async with self._database.writing() as session:
            person = await people.by_telegram(session, waiting.user_id)
            if await workbooks.finish(session, waiting, now=self._now()) and person is not None:
                take = self._take_pact if waiting.step == pacts.SENT else self._take
                screen = await take(session, person, waiting.data["name"], content)
                session.add(self._answer(waiting, *screen))
        return waiting.chat_id

    async def _take(
        self, session: AsyncSession, person: Employee, name: str, content: bytes | None
    ) -> Screen:
        """Keep an article as a draft, and say where it stands."""
        t, now = translator(person.language), self._now()
        if content is None:
            return not_fetched(t, name), None
        try:
            text = read_file(content)
            library = await library_now(self._agency, session)
            today = now.astimezone(ZoneInfo(person.zone)).date()
            article, flaws = check_text(text, library, today)
            version = await guidance.begin(session, person, manuscript_of(text), now=now)
        except ArticleError as error:
            return unreadable(t, name, error.flaw), None
        except Refusal as refusal:
            return t.html(refusal.message, **refusal.values), None
        return overview(t, version, article, flaws)

    async def _take_pact(
        self, session: AsyncSession, person: Employee, name: str, content: bytes | None
    ) -> Screen:
        """Keep a Pakta Integritas as a draft, and show it as everybody would see it."""
        t = translator(person.language)
        if content is None:
            return not_fetched(t, name), None
        try:
            found = await pacts.write(session, person, read_file(content), now=self._now())
        except ArticleError as error:
            return t.html(error.flaw.message, **error.flaw.values), None
        except Refusal as refusal:
            return t.html(refusal.message, **refusal.values), None
        return pact_screens.preview(t, found, 0)

    def _answer(self, waiting: Draft, text: Markup, keyboard: dict[str, Any] | None) -> Answer:
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
