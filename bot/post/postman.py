"""Claim, commit, look again, send, settle: what is said unasked."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.ext import ExtBot

from bot.actions.broadcasts import close
from bot.actions.guidance import reminders
from bot.actions.guidance_overdue import letters_of
from bot.context import library_now
from bot.post.counters import counter_of
from bot.post.kinds import ONCE, write
from bot.post.pace import Holds, Pace
from bot.post.plan import Planner
from bot.post.sending import LONGEST_PAUSE, Parcel, Sender
from bot.post.sorting import Means, look
from db import letters, quiz, settling
from db.broadcasts import BROADCAST, settled
from db.engine import Database
from db.models.messages import Letter
from db.settling import Fate
from db.states import LetterState

log = structlog.get_logger()

# A handful is a quarter of a second's letters: short enough to make room for answers.
HANDFULS_A_SECOND = 4
IN_FLIGHT = 60
LOOK_SECONDS = 1.0
GRACE_SECONDS = 3.0
# What waits for its chat's second longer than a claim lasts must not be sent any more.
MOST_WAITING = 60


class Postman:
    """Plan letters at each tick and carry those that are due."""

    def __init__(
        self,
        bot: ExtBot[None],
        database: Database,
        now: Callable[[], dt.datetime],
        *,
        per_second: int = letters.PER_SECOND,
        means: Means | None = None,
    ) -> None:
        self._database = database
        self._means = means or Means()
        self._planner = Planner(database, now, self._means.habits, per_minute=per_second * 60)
        self._now = now
        self._due = asyncio.Event()
        self._handful = max(1, per_second // HANDFULS_A_SECOND)
        self._pace = Pace(per_second)
        self._holds = Holds()
        self._sender = Sender(bot, now, self._holds)
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._waiting: list[Parcel] = []
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._settled: list[tuple[Letter, Fate]] = []
        self._last_answer = 0
        self._stopping = False

    async def plan(self) -> None:
        """Put what is due into the post; planned twice, it is there once."""
        await self._planner.plan()
        async with self._database.reading() as session:
            ended = bool(await settled(session))
            reviews = await self._reviews(session)
        if reviews:
            async with self._database.writing() as session:
                await letters.put(session, reviews)
        if ended:
            async with self._database.writing() as session:
                await close(session, now=self._now())
        self._due.set()

    async def _reviews(self, session: AsyncSession) -> list[Letter]:
        """Write of the guidance that is to be reviewed, the agency's own and what came with us."""
        now, library = self._now(), self._means.library
        found = await reminders(session, now=now)
        if library is None:
            return found
        overdue = (await library_now(library, session)).overdue(now.date())
        occasions = {(one.theme, one.review_due) for one in overdue}
        return [*found, *await letters_of(session, occasions, now=now)]

    async def run(self) -> None:
        """Carry what is due, for ever; at the end let what has begun come to its end."""
        self._stopping = False
        carrying = asyncio.create_task(self._carry_on())
        try:
            await asyncio.shield(carrying)
        except asyncio.CancelledError:
            self._stopping = True
            self._due.set()
            await asyncio.wait([carrying], timeout=GRACE_SECONDS)
            carrying.cancel()
            await asyncio.gather(carrying, return_exceptions=True)
            raise

    async def _carry_on(self) -> None:
        while not self._stopping:
            try:
                carried = await self._round()
            except Exception:
                # A database that is away comes back; until then nothing is forgotten.
                log.exception("carrying failed")
                await asyncio.sleep(LOOK_SECONDS)
                continue
            if not carried:
                await self._rest()
        await self._send_out(len(self._waiting))
        await self._landed()
        await self.settle()

    async def _round(self) -> bool:
        """Send a handful while the next one is claimed; tell whether there was anything."""
        sending = asyncio.create_task(self._send_out(len(self._waiting)))
        try:
            return await self._take() or bool(self._waiting)
        finally:
            await sending

    async def _rest(self) -> None:
        """Wait for the clock's bell, or a moment."""
        self._due.clear()
        try:
            await asyncio.wait_for(self._due.wait(), LOOK_SECONDS)
        except TimeoutError:
            return

    async def carry(self) -> bool:
        """Carry a handful of letters to its end; tell whether there were any."""
        if not await self._take() and not self._waiting:
            return False
        while self._waiting:
            await self._send_out(len(self._waiting))
        await self._landed()
        await self.settle()
        return True

    async def settle(self) -> None:
        """Note now what became of letters."""
        if self._settled:
            async with self._database.writing() as session:
                noted = await self._note(session)
            del self._settled[:noted]

    async def _note(self, session: AsyncSession) -> int:
        noted = list(self._settled)
        await settling.settle(session, noted)
        await quiz.note_polls(session, [fate.poll for _, fate in noted])
        for letter, fate in noted:
            counter_of(fate).labels(letter.kind).inc()
            if fate.error == letters.BLOCKED:
                await settling.mark_blocked(session, letter.employee_id, now=self._now())
        if any(letter.kind == BROADCAST for letter, _ in noted):
            await close(session, now=self._now())
        return len(noted)

    async def _take(self) -> bool:
        """Note what has landed and claim a handful, in one transaction; then look again."""
        now = self._now()
        async with self._database.reading() as session:
            free = not self._holds.holds(now) and len(self._waiting) < MOST_WAITING
            due = free and await letters.any_due(session, now=now)
        if not due:
            await self.settle()
            return False
        async with self._database.writing() as session:
            noted = await self._note(session)
            await letters.give_up(session, ONCE, now=now)
            claimed = await letters.claim(session, now=now, most=self._handful)
            answers = await settling.answers_out(session, after=self._last_answer, now=now)
        del self._settled[:noted]
        at = asyncio.get_running_loop().time()
        for key, chat in answers:
            self._last_answer = max(self._last_answer, key)
            self._pace.note_answer(chat, at)
        # What is still under way here, or not yet noted, is not carried beside itself.
        known = {*self._sending, *(letter.id for letter, _ in self._settled)}
        await self._sort([letter for letter in claimed if letter.id not in known], now)
        return bool(claimed)

    async def _sort(self, claimed: Sequence[Letter], now: dt.datetime) -> None:
        """Look again, and let only what is still wanted go out."""
        async with self._database.reading() as session:
            sight = await look(session, claimed, now, self._means)
        for letter in claimed:
            try:
                found = write(letter, sight)
            except Exception:
                # One letter that cannot be written must not stop the others.
                log.exception("letter not written", letter=letter.id)
                later = now + dt.timedelta(seconds=LONGEST_PAUSE)
                found = Fate(LetterState.DUE, "not written", due_at=later)
            if isinstance(found, Fate):
                self._settled.append((letter, found))
            else:
                chat = found.chat_id or sight.people[letter.employee_id].telegram_id or 0
                self._waiting.append(Parcel(letter, chat, found))

    async def _send_out(self, most: int) -> None:
        """Send so many of what waits, evenly spaced; a hold puts them all back."""
        loop = asyncio.get_running_loop()
        while most > 0 and self._waiting:
            if self._holds.holds(self._now()):
                back = Fate(LetterState.DUE, counted=False)
                self._settled += [(parcel.letter, back) for parcel in self._waiting]
                self._waiting.clear()
                return
            chats = [parcel.chat_id for parcel in self._waiting]
            place, pause = self._pace.next(chats, loop.time())
            if pause > 0:
                await asyncio.sleep(pause)
                continue
            await self._slots.acquire()
            parcel = self._waiting.pop(place)
            self._pace.note_push(parcel.chat_id, loop.time())
            key = parcel.letter.id or 0
            self._sending[key] = asyncio.create_task(self._deliver(parcel))
            most -= 1

    async def _deliver(self, parcel: Parcel) -> None:
        """Send one letter; when that fails by our fault its lease runs out."""
        try:
            self._settled.append((parcel.letter, await self._sender.send(parcel)))
        except Exception:
            log.exception("letter not carried", letter=parcel.letter.id)
        finally:
            self._slots.release()
            self._sending.pop(parcel.letter.id or 0, None)

    async def _landed(self) -> None:
        """Wait for what is under way."""
        if self._sending:
            await asyncio.wait(list(self._sending.values()))
