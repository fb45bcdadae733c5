"""Take in the texts that people have sent as files, after the commit: articles and the pact."""

import asyncio
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.error import BadRequest

from bot.actions import guidance, pacts, workbooks
from bot.context import library_now
from bot.documents.word import read_word
from bot.documents.word_markdown import Written
from bot.guidance.article import ArticleError
from bot.guidance.checking import check_text
from bot.guidance.writing import fill, manuscript_of, next_part, read_file
from bot.i18n import Translator, translator
from bot.refusal import Refusal
from bot.ui import guidance_drafts as screens
from bot.ui import pacts as pact_screens
from bot.ui.guidance_files import unreadable, word_refused, word_taken
from bot.ui.rosters import not_fetched, set_aside
from bot.wire.sent_files import SentFiles
from db import drafts, people, rosters
from db.models.messages import Draft
from db.models.people import Employee

log = structlog.get_logger()

Screen = tuple[Markup, dict[str, Any] | None]


class Manuscripts(SentFiles):
    """Work on one text at a time, the oldest first."""

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
        of_word = "version" in waiting.data
        written = await read(content) if of_word and content is not None else None
        async with self._database.writing() as session:
            person = await people.by_telegram(session, waiting.user_id)
            if person is None:
                await workbooks.finish(session, waiting, now=self._now())
                return waiting.chat_id
            if not await workbooks.finish(session, waiting, now=self._now()):
                said = set_aside(translator(person.language), waiting.data["name"])
                session.add(self._answer(waiting, said))
            elif of_word:
                session.add(
                    self._answer(waiting, *await self._fill(session, person, waiting, written))
                )
            else:
                take = self._take_pact if waiting.step == pacts.SENT else self._take
                screen = await take(session, person, waiting.data["name"], content)
                session.add(self._answer(waiting, *screen))
        return waiting.chat_id

    async def _take(
        self, session: AsyncSession, person: Employee, name: str, content: bytes | None
    ) -> Screen:
        """Keep an article as a draft, and say where it stands."""
        t = translator(person.language)
        if content is None:
            return not_fetched(t, name), None
        try:
            text = read_file(content)
            version = await guidance.begin(session, person, manuscript_of(text), now=self._now())
        except ArticleError as error:
            return unreadable(t, name, error.flaw), None
        except Refusal as refusal:
            return t.html(refusal.message, **refusal.values), None
        return await self._overview(session, person, version)

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

    async def _fill(
        self,
        session: AsyncSession,
        person: Employee,
        waiting: Draft,
        written: Written | Refusal | None,
    ) -> Screen:
        """Put what a Word file holds into the article that asked for it, and ask for the rest.

        Whatever comes of the file, the article and its next question stay.
        """
        t, name = translator(person.language), waiting.data["name"]
        try:
            version = await guidance.own_one(session, person, int(waiting.data["version"]))
            if isinstance(written, Written):
                library = await library_now(self._agency.library, session)
                taken = {one.id for one in library.articles()}
                whole = manuscript_of(fill(version.text, written.parts, taken))
                version = await guidance.rewrite(session, person, version.id, whole)
        except Refusal as refusal:
            return t.html(refusal.message, **refusal.values), None
        said = outcome(t, name, written)
        part = next_part(version.text)
        if part is None:
            text, keyboard = await self._overview(session, person, version)
            return Markup("\n\n").join([said, text]), keyboard
        asked = {"version": version.id, "part": part, "asked": waiting.data["arrival"]}
        place = (waiting.chat_id, waiting.user_id)
        await drafts.put(session, place, guidance.PART, asked, now=self._now())
        return Markup("\n\n").join([said, screens.ask(t, part)]), None

    async def _overview(
        self, session: AsyncSession, person: Employee, version: guidance.Version
    ) -> Screen:
        library = await library_now(self._agency.library, session)
        article, flaws = check_text(version.text, library, self._today(person))
        return screens.overview(translator(person.language), version, article, flaws)

    def _today(self, person: Employee) -> dt.date:
        return self._now().astimezone(ZoneInfo(person.zone)).date()


async def read(content: bytes) -> Written | Refusal:
    """Read a Word file off the event loop; one that breaks us is let go like one refused."""
    try:
        return await asyncio.to_thread(read_word, content)
    except Refusal as refusal:
        return refusal
    except Exception:
        log.exception("a Word file failed")
        return Refusal("The system could not read it; please tell the operator.")


def outcome(t: Translator, name: str, written: Written | Refusal | None) -> Markup:
    """Say what came of a Word file."""
    if written is None:
        return not_fetched(t, name)
    if isinstance(written, Refusal):
        return word_refused(t, name, written)
    return word_taken(t, name, list(written.parts), written.pictures)
