"""Fetch what an update carries, after its commit: evidence and workbooks."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

import structlog
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.actions import evidence, rosters
from bot.context import Agency
from db.engine import Database

log = structlog.get_logger()

IDLE_SECONDS = 20


class Downloads:
    """Fetch pending files, oldest first, and try again what failed."""

    def __init__(
        self,
        bot: ExtBot[None],
        database: Database,
        agency: Agency,
        now: Callable[[], dt.datetime],
        wake: Callable[[int], None],
    ) -> None:
        self._bot = bot
        self._database = database
        self._agency = agency
        self._now = now
        self._wake = wake
        self._more = asyncio.Event()

    def nudge(self) -> None:
        """Look at once for something to fetch."""
        self._more.set()

    async def run(self) -> None:
        """Fetch whatever is due, for ever."""
        while True:
            self._more.clear()
            try:
                fetched = await self._evidence() or await self._workbook()
            except Exception:  # noqa: BLE001  # A disk or a database that is away comes back.
                log.error("fetching failed", exc_info=True)
                fetched = False
            if not fetched:
                try:
                    await asyncio.wait_for(self._more.wait(), IDLE_SECONDS)
                except TimeoutError:
                    continue

    async def _evidence(self) -> bool:
        """Store one pending bukti dukung; tell whether there was one."""
        async with self._database.reading() as session:
            pending = await evidence.next_pending(session, now=self._now())
        if pending is None or pending.id is None or pending.file_id is None:
            return False
        try:
            content = await self._content(pending.file_id)
        except BadRequest as error:
            async with self._database.writing() as session:
                await evidence.refuse(session, pending.id, error.message)
            return True
        except TelegramError:
            async with self._database.writing() as session:
                await evidence.try_later(session, pending.id, now=self._now())
            return True
        stored = await asyncio.to_thread(store, self._agency.data_dir, content)
        async with self._database.writing() as session:
            await evidence.stored(session, pending.id, stored)
        return True

    async def _workbook(self) -> bool:
        """Read one workbook an admin has sent; its preview becomes the next answer."""
        async with self._database.reading() as session:
            waiting = await rosters.next_waiting(session, now=self._now())
        if waiting is None:
            return False
        try:
            content = await self._content(waiting.data["file_id"])
        except BadRequest as error:
            content = b""
            log.warning("workbook refused", reason=error.message)
        except TelegramError:
            return False
        path = self._agency.data_dir / "workbooks" / f"{hashlib.sha256(content).hexdigest()}.xlsx"
        await asyncio.to_thread(write, path, content)
        await rosters.preview_draft(self._database, waiting, path, now=self._now())
        self._wake(waiting.chat_id)
        return True

    async def _content(self, file_id: str) -> bytes:
        file = await self._bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())


def store(data_dir: Path, content: bytes) -> evidence.Stored:
    """Keep one copy of each content under its digest."""
    digest = hashlib.sha256(content).hexdigest()
    kind = evidence.kind_of(content)
    path = Path("evidence") / digest[:2] / f"{digest}{kind}"
    write(data_dir / path, content)
    return evidence.Stored(path=str(path), sha256=digest, size=len(content))


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.write_bytes(content)
    half.replace(path)
