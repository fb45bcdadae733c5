"""Claim, commit, look again, send, settle: what is said unasked."""

import asyncio
import datetime as dt
from collections.abc import Callable, Coroutine
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.i18n import translator
from bot.post.letters import WRITERS
from bot.post.plan import PROMPT, due_hours, is_quiet, moment_in
from db import calendars, letters, people
from db.engine import Database
from db.models.messages import Letter
from db.models.people import Employee
from db.states import LetterState

log = structlog.get_logger()

# Telegram takes about thirty messages a second from one bot.
PER_SECOND = 29
HANDFUL = 29
LONGEST_PAUSE = 300.0
GRACE_SECONDS = 3.0


class Postman:
    """Plan letters at each tick and carry those that are due."""

    def __init__(
        self, bot: ExtBot[None], database: Database, now: Callable[[], dt.datetime]
    ) -> None:
        self._bot = bot
        self._database = database
        self._now = now
        self._due = asyncio.Event()

    async def plan(self) -> None:
        """Put the prompts that are due into the post; planned twice, they are there once."""
        now = self._now()
        async with self._database.reading() as session:
            planned = [
                letter
                for zone in await letters.zones(session)
                for letter in await self._prompts(session, zone, now)
            ]
        if planned:
            async with self._database.writing() as session:
                await letters.put(session, planned)
        self._due.set()

    async def _prompts(self, session: AsyncSession, zone: str, now: dt.datetime) -> list[Letter]:
        moment = moment_in(zone, now)
        if is_quiet(moment.time):
            return []
        free, units = await calendars.free_units(session, moment.day)
        if free:
            return []
        hours = due_hours(moment, await letters.hours_kept(session, zone))
        silent = await letters.silent(session, moment, hours, kind=PROMPT, but_not_in=units)
        return [
            Letter(employee_id=key, kind=PROMPT, period=moment.day.isoformat(), due_at=now)
            for key in silent
        ]

    async def run(self) -> None:
        """Carry what is due whenever the clock says so, for ever."""
        while True:
            await self._due.wait()
            self._due.clear()
            try:
                while await self._whole(self.carry()):
                    pass
            except Exception:
                # A database that is away comes back; the leases of what was claimed run out.
                log.exception("carrying failed")
                await asyncio.sleep(1)

    async def _whole(self, carrying: Coroutine[Any, Any, bool]) -> bool:
        """Let a handful come to its end when it is cut short, so that nothing is carried twice."""
        handful = asyncio.create_task(carrying)
        try:
            return await asyncio.shield(handful)
        except asyncio.CancelledError:
            await asyncio.wait([handful], timeout=GRACE_SECONDS)
            handful.cancel()
            await asyncio.gather(handful, return_exceptions=True)
            raise

    async def carry(self) -> bool:
        """Carry a handful of letters, evenly spaced; tell whether there were any."""
        async with self._database.writing() as session:
            claimed = await letters.claim(session, now=self._now(), most=HANDFUL)
        if not claimed:
            return False
        sending = []
        async with asyncio.TaskGroup() as group:
            for letter in claimed:
                sending.append(group.create_task(self._fate(letter)))
                await asyncio.sleep(1 / PER_SECOND)
        async with self._database.writing() as session:
            for letter, carried in zip(claimed, sending, strict=True):
                fate = carried.result()
                if fate is not None:
                    await letters.settle(session, letter.id or 0, **fate)
        return True

    async def _fate(self, letter: Letter) -> dict[str, Any] | None:
        """Carry one letter; when that fails its lease runs out, and it is carried again."""
        try:
            return await self._carry(letter)
        except Exception:
            log.exception("letter not carried", letter=letter.id)
            return None

    async def _carry(self, letter: Letter) -> dict[str, Any]:
        """Send one letter if it is still wanted; tell what became of it."""
        async with self._database.reading() as session:
            employee = await people.by_id(session, letter.employee_id)
            wanted = employee is not None and await self._wanted(session, employee, letter)
        if employee is None or employee.telegram_id is None or not wanted:
            return {"state": LetterState.DROPPED, "error": "no longer wanted"}
        speech = WRITERS[letter.kind](translator(employee.language), employee, letter)
        try:
            sent = await self._bot.send_message(
                employee.telegram_id,
                str(speech.text),
                parse_mode="HTML",
                api_kwargs={"reply_markup": speech.keyboard},
            )
        except Forbidden:
            async with self._database.writing() as session:
                await people.mark_unreachable(session, employee.telegram_id, now=self._now())
            return {"state": LetterState.DROPPED, "error": "blocked"}
        except TelegramError as error:
            return self._not_sent(letter, error)
        return {"state": LetterState.SENT, "sent_at": self._now(), "message_id": sent.message_id}

    def _not_sent(self, letter: Letter, error: TelegramError) -> dict[str, Any]:
        """Drop what Telegram refuses; all else is tried again for as long as it is wanted."""
        if isinstance(error, BadRequest):
            return {"state": LetterState.DROPPED, "error": error.message}
        wait = min(LONGEST_PAUSE, 2.0**letter.attempts)
        if isinstance(error, RetryAfter):
            after = error.retry_after
            wait = after.total_seconds() if isinstance(after, dt.timedelta) else float(after)
        due = self._now() + dt.timedelta(seconds=wait)
        return {"state": LetterState.DUE, "due_at": due, "error": type(error).__name__}

    async def _wanted(self, session: AsyncSession, employee: Employee, letter: Letter) -> bool:
        """Look again: is the person still silent, reachable, and is it still the letter's day?"""
        local = self._now().astimezone(ZoneInfo(employee.zone))
        if employee.telegram_id is None or employee.unreachable_since or not employee.prompts_on:
            return False
        if is_quiet(local.time()) or local.date().isoformat() != letter.period[:10]:
            return False
        calendar = await calendars.calendar_of(session, employee, on=local.date())
        return calendar.is_working(local.date()) and await letters.is_silent(
            session, employee, local.date()
        )
