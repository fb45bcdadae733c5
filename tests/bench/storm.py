"""One bot that is killed again and again under load, and the reckoning at the end.

People write numbered messages, tap and stay silent until they are reminded; the bot is killed at
random instants, and Telegram refuses, delays and cuts some calls. Afterwards every message must
have had its effect once and its answer at least once, in its chat's order.
"""

import asyncio
import contextlib
import datetime as dt
import random
import socket
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlmodel import col, select

from db.engine import Database
from db.models.entries import Entry
from db.models.messages import Answer, Arrival, Letter
from db.models.people import Placement, Unit
from db.models.plans import Plan
from db.states import AnswerState, ArrivalState, LetterState
from tests.bench.crowd import NUMBERED
from tests.bench.plot import Outcome, Plot
from tests.factories import LONG_AGO, employee, results
from tests.sandbox.client import World
from tests.whole.running import Installation

FIRST = 100
# Among so many lives some must have answered, else the kills have shown nothing.
FAIR_CHANCE = 20
AFTERNOON = dt.datetime(2026, 11, 24, 7, 0, tzinfo=dt.UTC)
"""Tuesday, three in the afternoon in Makassar: three hours until nothing is said unasked."""
LEASE_SECONDS = 130.0
# After a receiver's death Telegram waits up to two minutes before it tries again.
PATIENCE = 125.0
TROUBLE = (("429", 1.0), ("502", 0.0), ("slow", 0.3), ("cut", 0.0), ("lost", 0.0))
Key = tuple[int, int]


class Storm:
    """Run a plot to its end."""

    def __init__(self, plot: Plot, folder: Path, url: str) -> None:
        self.plot = plot
        self.folder = folder
        self.url = url
        self.chance = random.Random(plot.seed)
        self.outcome = Outcome(plot.database, plot.receive, plot.seed)
        self.numbers: Counter[int] = Counter()
        self.taps: list[str] = []
        self.exposed: Counter[Key] = Counter()
        self.letters_exposed: Counter[int] = Counter()
        self.clock_file = folder / "clock.txt"
        self.database = Database(url)

    @property
    def writers(self) -> range:
        return range(FIRST, FIRST + self.plot.writers)

    @property
    def silent(self) -> range:
        return range(self.writers.stop, self.writers.stop + self.plot.silent)

    async def run(self) -> Outcome:
        """Kill, settle, reckon."""
        begin = time.monotonic()
        self.clock_file.write_text(str(AFTERNOON.timestamp() - time.time()))
        await self.people()
        async with World(limits=False, clock_file=self.clock_file) as world:
            self.world = world
            self.bot = self.installation()
            for one in (*self.writers, *self.silent):
                await world.add_person(one, f"Orang {one}", started=True)
            try:
                await self.blow()
                await self.settle()
                await self.reckon()
            finally:
                self.bot.close()
        await self.database.close()
        self.outcome.seconds = round(time.monotonic() - begin, 1)
        return self.outcome

    async def people(self) -> None:
        """Let everybody be in; the silent are to be reminded one after another."""
        span = self.plot.kills * (self.plot.longest_life / 2 + 0.3)
        local = AFTERNOON.astimezone(dt.timezone(dt.timedelta(hours=8)))
        async with self.database.writing() as session:
            unit = Unit(code="GIZI", name="Seksi Gizi", zone="Asia/Makassar", week=5)
            session.add(unit)
            await session.flush()
            for at, account in enumerate((*self.writers, *self.silent)):
                share = max(0, at - self.plot.writers) / self.plot.silent
                due = (local + dt.timedelta(seconds=2 + span * share)).time()
                prompted = account in self.silent
                one = employee(at, telegram_id=account, prompts_on=prompted, prompt_at=due)
                session.add(one)
                await session.flush()
                place = Placement(
                    employee_id=one.id, unit_id=unit.id, position="Nutrisionis", since=LONG_AGO
                )
                plan = Plan(employee_id=one.id, year=2026)
                session.add_all([place, plan])
                await session.flush()
                await results(session, plan)

    def installation(self) -> Installation:
        """Give the bot its folder and settings."""
        made = Installation(
            self.folder, api=self.world.url, token=self.world.token, database=plain(self.url)
        )
        made.environment["CLOCK_FILE"] = str(self.clock_file)
        if self.plot.receive == "webhook":
            port = free_port()
            made.environment["LISTEN"] = f"127.0.0.1:{port}"
            made.environment["WEBHOOK_URL"] = f"http://127.0.0.1:{port}/kabar"
            made.environment["WEBHOOK_SECRET"] = "pretended-secret"
        return made

    async def blow(self) -> None:
        """Let people write and trouble come, and kill the bot again and again."""
        tasks = [asyncio.create_task(self.talk())]
        if self.plot.trouble:
            tasks.append(asyncio.create_task(self.trouble()))
        try:
            for _ in range(self.plot.kills):
                self.bot.start()
                await asyncio.sleep(self.chance.uniform(0.1, self.plot.longest_life))
                self.bot.kill()
                self.outcome.kills += 1
                await self.look()
            for task in tasks:
                if task.done():
                    task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await self.world.no_faults()
        calls = await self.world.calls("sendMessage")
        self.outcome.answered_amid = sum(1 for call in calls if call["ok"])
        if self.plot.kills >= FAIR_CHANCE and not self.outcome.answered_amid:
            self.outcome.faults.append("no life was long enough to answer anything")

    async def talk(self) -> None:
        """Let writers write in small bursts, and now and then tap a button."""
        while True:
            for _ in range(self.chance.choice((0, 1, 2, 4, 12))):
                await self.write(self.chance.choice(self.writers))
            if self.chance.random() < 0.2:
                await self.tap(self.chance.choice(self.writers))
            await asyncio.sleep(self.chance.uniform(0.05, 0.4))

    async def write(self, chat: int) -> None:
        self.numbers[chat] += 1
        self.outcome.messages += 1
        await self.world.say(chat, f"kunjungan rumah {self.numbers[chat]} balita di desa Contoh")

    async def tap(self, chat: int) -> None:
        """Tap a button of the newest receipt that still has one for an RHK."""
        for message in reversed(await self.world.messages(chat)):
            labels = [label for label in message.buttons if "RHK" in label]
            if labels:
                label = self.chance.choice(labels)
                tapped = await self.world.tap(chat, message, message.data(label))
                self.taps.append(str(tapped["callback_id"]))
                self.outcome.taps += 1
                return

    async def trouble(self) -> None:
        """Spoil a few calls every now and then."""
        while True:
            await asyncio.sleep(self.chance.uniform(0.2, 1.5))
            kind, seconds = self.chance.choice(TROUBLE)
            count = self.chance.randint(1, 3)
            if kind == "lost":
                self.outcome.answers_lost_on_the_way += count
            methods = ["sendMessage", "editMessageText", "answerCallbackQuery"]
            if kind != "lost" and self.chance.random() < 0.3:
                methods = ["getUpdates"]
            await self.world.faults(kind, count, seconds=seconds, methods=methods)

    async def look(self) -> None:
        """Note what the killed process had sent or was sending, but had not noted as sent."""
        async with self.database.reading() as session:
            unsent = await session.exec(select(Answer).where(col(Answer.state) == AnswerState.NEW))
            for answer in unsent:
                found = NUMBERED.search(str(answer.params.get("text", "")))
                if answer.method == "sendMessage" and found:
                    self.exposed[answer.chat_id, int(found[1])] += 1
            claimed = select(Letter.employee_id).where(col(Letter.state) == LetterState.CLAIMED)
            self.letters_exposed.update((await session.exec(claimed)).all())

    async def settle(self) -> None:
        """Let the bot finish; then let the leases run out that dead postmen have left."""
        await self.bot.started()
        await self.until_none(self.unanswered)
        # Only leases of dead postmen are to run out, so the living one ends first.
        await self.bot.stop()
        await self.world.clock(add=LEASE_SECONDS)
        await self.bot.started()
        await self.until_none(self.uncarried)
        await self.until_none(self.unanswered)
        code = await self.bot.stop()
        if code:
            self.outcome.faults.append(f"SIGTERM ended it with exit code {code}")

    async def until_none(self, left: Callable[[], Awaitable[int]]) -> None:
        """Wait until nothing is left, or nothing has moved for a while."""
        last, moved = -1, time.monotonic()
        while (now := await left()) and time.monotonic() - moved < PATIENCE:
            if now != last:
                last, moved = now, time.monotonic()
            await asyncio.sleep(0.1)

    async def unanswered(self) -> int:
        """Count the updates that are not handled, and the answers that are not sent."""
        async with self.database.reading() as session:
            undone = select(Arrival.id).where(col(Arrival.state) == ArrivalState.NEW)
            unsent = select(Answer.id).where(col(Answer.state) == AnswerState.NEW)
            waiting = len((await session.exec(undone)).all()) + len(
                (await session.exec(unsent)).all()
            )
        return waiting + await self.world.pending()

    async def uncarried(self) -> int:
        """Count the silent people whose reminder is not sent."""
        async with self.database.reading() as session:
            carried = select(Letter.id).where(
                col(Letter.state).not_in([LetterState.DUE, LetterState.CLAIMED])
            )
            return self.plot.silent - len((await session.exec(carried)).all())

    async def reckon(self) -> None:
        """Compare what people did with what became of it."""
        sent: dict[int, list[str]] = {}
        for call in await self.world.calls("sendMessage"):
            if call["ok"]:
                chat = int(call["parameters"]["chat_id"])
                sent.setdefault(chat, []).append(call["parameters"]["text"])
        await self.reckon_effects()
        for chat in self.writers:
            self.reckon_answers(chat, sent.get(chat, []))
        for chat in self.silent:
            self.reckon_reminders(chat, sent.get(chat, []))
        self.outcome.in_flight = sum(self.exposed.values())
        beyond = self.outcome.doubled - self.outcome.in_flight
        if beyond > self.outcome.answers_lost_on_the_way:
            self.outcome.faults.append(f"{beyond} answers doubled beyond those in flight")

    async def reckon_effects(self) -> None:
        """Every message one entry, every update handled, everything answered."""
        faults = self.outcome.faults
        async with self.database.reading() as session:
            rows = (
                await session.exec(select(Entry.chat_id, Entry.text).order_by(col(Entry.id)))
            ).all()
            states = Counter((await session.exec(select(Arrival.state))).all())
            answers = Counter((await session.exec(select(Answer.state))).all())
            letters = Counter((await session.exec(select(Letter.state))).all())
        entries: Counter[Key] = Counter()
        handled: dict[int, list[int]] = {}
        for chat, text in rows:
            found = NUMBERED.search(text)
            number = int(found[1]) if found else 0
            entries[int(chat or 0), number] += 1
            handled.setdefault(int(chat or 0), []).append(number)
        wanted = {(c, n) for c in self.writers for n in range(1, self.numbers[c] + 1)}
        faults += [f"message {key} has no entry" for key in sorted(wanted - set(entries))]
        faults += [f"message {key} has {n} entries" for key, n in entries.items() if n > 1]
        faults += [
            f"chat {chat} was handled out of order: {numbers}"
            for chat, numbers in handled.items()
            if numbers != sorted(numbers)
        ]
        faults += [f"{n} arrivals are {state}" for state, n in states.items() if state != "done"]
        total = self.outcome.messages + self.outcome.taps
        if states[ArrivalState.DONE] != total:
            faults.append(f"{states[ArrivalState.DONE]} arrivals for {total} updates")
        if answers[AnswerState.NEW]:
            faults.append(f"{answers[AnswerState.NEW]} answers are not sent")
        faults += [f"{n} reminders are {state}" for state, n in letters.items() if state != "sent"]

    def reckon_answers(self, chat: int, texts: list[str]) -> None:
        """Every message answered, first answers in order, no double that no death explains."""
        heard = [int(found[1]) for text in texts if (found := NUMBERED.search(text))]
        times = Counter(heard)
        faults = self.outcome.faults
        for number in range(1, self.numbers[chat] + 1):
            if not times[number]:
                faults.append(f"message {(chat, number)} was not answered")
        firsts = list(dict.fromkeys(heard))
        if firsts != sorted(firsts):
            faults.append(f"chat {chat} was answered out of order: {firsts}")
        self.outcome.doubled += sum(n - 1 for n in times.values())

    def reckon_reminders(self, chat: int, texts: list[str]) -> None:
        """Every silent person reminded once; twice only when the postman died in between."""
        self.outcome.reminders += bool(texts)
        self.outcome.reminders_doubled += max(0, len(texts) - 1)
        key = chat - FIRST + 1
        explained = self.letters_exposed[key] + self.outcome.answers_lost_on_the_way
        if not texts:
            self.outcome.faults.append(f"person {chat} was not reminded")
        elif len(texts) - 1 > explained:
            self.outcome.faults.append(f"person {chat} was reminded {len(texts)} times")


def plain(url: str) -> str:
    """Write an address as people write it."""
    return url.replace("+asyncpg", "").replace("+aiosqlite", "")


def free_port() -> int:
    """Find a port nobody listens at."""
    with contextlib.closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
