"""Fetch what an update carries, after its commit: evidence and workbooks."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.actions import evidence
from bot.context import Agency
from bot.i18n import translator
from bot.skp.contents import Fault, kind_of
from bot.ui.evidence import Screen, no_proof, not_fetched
from bot.wire.manuscripts import Manuscripts
from bot.wire.workbooks import Workbooks
from db.engine import Database
from db.models.messages import Answer, Arrival

log = structlog.get_logger()

IDLE_SECONDS = 3.0
# A file is pending only once its update is handled; until then we look often.
EAGER_SECONDS = 0.2
EAGER_LOOKS = 15


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
        self._workbooks = Workbooks(database, agency, now, self._content)
        self._manuscripts = Manuscripts(database, agency, now, self._content)
        self._more = asyncio.Event()
        self._looks = 0

    def expect(self, arrivals: Iterable[Arrival]) -> None:
        """Look often for a while when something came that carries a file."""
        if any('"file_id"' in one.payload for one in arrivals):
            self._looks = EAGER_LOOKS
            self._more.set()

    async def run(self) -> None:
        """Fetch whatever is due, for ever."""
        while True:
            try:
                fetched = await self.fetch_evidence() or await self._workbook()
            except Exception:  # A disk or a database that is away comes back.
                log.exception("fetching failed")
                fetched = False
            if not fetched:
                await self._pause()

    async def _pause(self) -> None:
        """Rest until it is time to look again."""
        if self._looks:
            self._looks -= 1
            await asyncio.sleep(EAGER_SECONDS)
            return
        self._more.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._more.wait(), IDLE_SECONDS)

    async def fetch_evidence(self) -> bool:
        """Store one pending bukti dukung; tell whether there was one."""
        async with self._database.reading() as session:
            pending = await evidence.next_pending(session, now=self._now())
        if pending is None or pending.id is None or pending.file_id is None:
            return False
        try:
            content = await self._content(pending.file_id)
            fault = await asyncio.to_thread(evidence.fault_in, pending, content)
            if fault is not None:
                await self._refuse(pending.id, fault)
                return True
            copy = await asyncio.to_thread(store, self._agency.data_dir, content)
        except (TelegramError, OSError) as error:
            log.warning("fetching", evidence=pending.id, error=type(error).__name__)
            # Whatever is not too large may come back: Telegram, the network, the disk.
            await self._put_off(pending.id, for_good="too big" in str(error).lower())
            return True
        async with self._database.writing() as session:
            await evidence.stored(session, pending.id, copy)
        return True

    async def _put_off(self, evidence_id: int, *, for_good: bool) -> None:
        """Try a bukti dukung again later; once that has no end, tell the person honestly."""
        async with self._database.writing() as session:
            if for_good:
                given_up = await evidence.refuse(session, evidence_id)
            else:
                given_up = await evidence.try_later(session, evidence_id, now=self._now())
            told = await evidence.addressee(session, given_up) if given_up else None
            if given_up is None or told is None:
                return
            self._tell(session, told, not_fetched(translator(told.language), given_up.kind))
        self._wake(told.arrival.chat_id)

    async def _refuse(self, evidence_id: int, fault: Fault) -> None:
        """Keep nothing of a file that is no proof, and say why; its entry stays."""
        log.info("refused", evidence=evidence_id, fault=fault)
        async with self._database.writing() as session:
            refused = await evidence.refuse(session, evidence_id)
            told = await evidence.addressee(session, refused) if refused else None
            if refused is None or told is None:
                return
            screen = no_proof(
                translator(told.language), fault, evidence.file_name(refused), worded=told.worded
            )
            self._tell(session, told, screen)
        self._wake(told.arrival.chat_id)

    def _tell(self, session: AsyncSession, told: evidence.Addressee, screen: Screen) -> None:
        """Answer what brought a file with what became of it."""
        text, keyboard = screen
        session.add(
            Answer(
                arrival_id=told.arrival.id or 0,
                chat_id=told.arrival.chat_id,
                method="sendMessage",
                params={"text": str(text), "reply_markup": keyboard},
                about=told.about,
                created_at=self._now(),
            )
        )

    async def _workbook(self) -> bool:
        """Work on one workbook or article that was sent; what came of it is the next answer."""
        try:
            chat_id = await self._workbooks.work() or await self._manuscripts.work()
        except TelegramError:
            return False
        if chat_id is None:
            return False
        self._wake(chat_id)
        return True

    async def _content(self, file_id: str) -> bytes:
        file = await self._bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())


def store(data_dir: Path, content: bytes) -> evidence.Stored:
    """Keep one copy of each content under its digest."""
    digest = hashlib.sha256(content).hexdigest()
    kind = kind_of(content)
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
