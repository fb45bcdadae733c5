"""Take in the workbooks that people have sent, after the commit and off the event loop."""

import asyncio
import datetime as dt
import hashlib
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.error import BadRequest, TelegramError

from bot.actions import progress_imports, rosters, workbooks
from bot.actions.missed_days import Tap
from bot.actions.roster_comparison import Comparison
from bot.actions.workbooks import PREVIEW, READING, TAKING
from bot.documents.ekinerja import read_progress
from bot.documents.roster_reading import read_roster
from bot.i18n import Translator, translator
from bot.refusal import Refusal
from bot.skp.roster_rows import Roster
from bot.ui import rosters as screens
from bot.ui.progress_imports import taken_in
from bot.wire.sent_files import SentFiles
from db import people
from db.models.messages import Draft
from db.models.people import Employee

log = structlog.get_logger()


class Workbooks(SentFiles):
    """Work on one workbook at a time, the oldest first."""

    async def work(self) -> int | None:
        """Do what waits longest; give the chat that is to be answered."""
        async with self._database.reading() as session:
            waiting = await workbooks.next_waiting(session, now=self._now())
            person = await people.by_telegram(session, waiting.user_id) if waiting else None
        if waiting is None:
            return None
        t = translator(person.language if person else "id")
        if person is None or (waiting.step != TAKING and "admin" not in person.roles):
            await self._let_go(waiting, t, Refusal("Only an admin can import the roster."))
        else:
            await self._step(waiting, t, person)
        return waiting.chat_id

    async def _step(self, waiting: Draft, t: Translator, person: Employee) -> None:
        """Read or apply; a workbook that breaks us is let go, so that it never blocks the next."""
        try:
            if waiting.step == READING:
                await self._read(waiting, t)
            elif waiting.step == TAKING:
                await self._take(waiting, t, person)
            else:
                await self._apply(waiting, t, person)
        except TelegramError:
            raise
        except Exception:
            log.exception("a workbook failed", draft=waiting.id)
            await self._let_go(
                waiting, t, Refusal("The system could not read it; please tell the operator.")
            )

    async def _read(self, waiting: Draft, t: Translator) -> None:
        """Fetch, read and compare; the preview becomes the next answer."""
        try:
            content = await self._fetch(waiting.data["file_id"])
        except BadRequest:
            await self._close(waiting, screens.not_fetched(t, name_of(waiting)))
            return
        path = self._folder / f"{hashlib.sha256(content).hexdigest()}.xlsx"
        await asyncio.to_thread(store, path, content)
        await self._show(waiting, t, path)

    async def _take(self, waiting: Draft, t: Translator, person: Employee) -> None:
        """Take a daily record in; the entries, the answer and the end commit together."""
        today = self._now().astimezone(ZoneInfo(person.zone)).date()
        try:
            content = await self._fetch(waiting.data["file_id"])
            progress = await asyncio.to_thread(read_progress, content)
            async with self._database.reading() as session:
                found = await progress_imports.prepare(session, person, progress, today=today)
            found = await asyncio.to_thread(progress_imports.linked, found)
        except BadRequest:
            await self._close(waiting, screens.not_fetched(t, name_of(waiting)))
            return
        except Refusal as refusal:
            await self._let_go(waiting, t, refusal)
            return
        tap = Tap(self._now(), waiting.data["arrival"])
        async with self._database.writing() as session:
            if not await workbooks.finish(session, waiting, now=tap.now):
                session.add(self._answer(waiting, screens.set_aside(t, name_of(waiting))))
                return
            done = await progress_imports.take_in(
                session, person, found, tap, edit_days=self._agency.edit_days
            )
            text, keyboard = taken_in(t, name_of(waiting), done, tap.arrival_id)
            session.add(self._answer(waiting, text, keyboard))

    async def _show(self, waiting: Draft, t: Translator, path: Path) -> None:
        try:
            roster = await asyncio.to_thread(self._roster, path)
        except Refusal as refusal:
            await self._let_go(waiting, t, refusal)
            return
        async with self._database.reading() as session:
            found = await rosters.compare(
                session, roster, today=self._today(), agency_zone=self._agency.zone
            )
        await self._preview(waiting, t, path, found)

    async def _preview(self, waiting: Draft, t: Translator, path: Path, found: Comparison) -> None:
        """Keep what was found and show it."""
        shown = workbooks.preview_of(name_of(waiting), found)
        data = {"path": path.name, "preview": workbooks.as_data(shown)}
        now = self._now()
        async with self._database.writing() as session:
            draft = await workbooks.advance(session, waiting, PREVIEW, data, now=now)
            text, keyboard = (
                screens.preview(t, shown, draft.version)
                if draft is not None
                else (screens.set_aside(t, shown.name), None)
            )
            session.add(self._answer(waiting, text, keyboard))

    async def _apply(self, waiting: Draft, t: Translator, admin: Employee) -> None:
        """Apply what was shown; the effects and the end of the dialogue commit together."""
        path = self._folder / waiting.data["path"]
        try:
            roster = await asyncio.to_thread(self._roster, path)
            found = await self._take_in(roster, waiting, t, admin)
        except Refusal as refusal:
            await self._let_go(waiting, t, refusal)
            return
        if found.problems:
            await self._preview(waiting, t, path, found)
            return
        # It is full of personal data and has done its work.
        await asyncio.to_thread(path.unlink, missing_ok=True)

    async def _take_in(
        self, roster: Roster, waiting: Draft, t: Translator, admin: Employee
    ) -> Comparison:
        async def settle(session: AsyncSession, found: Comparison) -> None:
            await workbooks.finish(session, waiting, now=self._now())
            shown = workbooks.preview_of(name_of(waiting), found)
            session.add(self._answer(waiting, screens.applied(t, shown)))

        occasion = rosters.Occasion(self._now(), self._today(), self._agency.zone, admin)
        return await rosters.take_in(self._database, roster, occasion, settle=settle)

    def _roster(self, path: Path) -> Roster:
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise Refusal("The file is no longer kept here. Please send it again.") from None
        return read_roster(content, this_year=self._today().year)

    async def _let_go(self, waiting: Draft, t: Translator, refusal: Refusal) -> None:
        await self._close(waiting, screens.unreadable(t, name_of(waiting), refusal))

    async def _close(self, waiting: Draft, text: Markup) -> None:
        """End the dialogue with a last word."""
        async with self._database.writing() as session:
            await workbooks.finish(session, waiting, now=self._now())
            session.add(self._answer(waiting, text))

    @property
    def _folder(self) -> Path:
        return self._agency.data_dir / "workbooks"

    def _today(self) -> dt.date:
        return self._now().astimezone(ZoneInfo(self._agency.zone)).date()


def store(path: Path, content: bytes) -> None:
    """Keep a workbook until the admin decides."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.write_bytes(content)
    half.replace(path)


def name_of(waiting: Draft) -> str:
    """Give a workbook's name as the admin sent it."""
    name: str = waiting.data.get("name") or waiting.data["preview"]["name"]
    return name
