"""The clock, one person and what is put into the post, without anybody who carries it."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel import select

from bot.post.plan import Planner
from bot.skp.reminders import Habits
from db.engine import Database
from db.models.messages import Letter
from db.models.people import Employee
from db.states import LetterState
from tests.factories import employee

# Tuesday, 24 Nov 2026, in Makassar.
TUESDAY = dt.date(2026, 11, 24)
EAST_OF_UTC = dt.timedelta(hours=8)


class Desk:
    """Where letters are planned; what is due is taken as sent at once."""

    def __init__(self, database: Database, *, habits: Habits | None = None, per_minute: int = 60):
        self.database = database
        self.now = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)
        self.planner = Planner(
            database, lambda: self.now, habits or Habits(), per_minute=per_minute
        )

    async def add(self, *rows) -> None:
        async with self.database.writing() as session:
            session.add_all(rows)

    async def one(self, n: int = 1, **more) -> int:
        person = employee(n, **more)
        await self.add(person)
        return person.id

    def at(self, text: str) -> dt.datetime:
        """Set the clock to an hour in Makassar: "15:50", or with a day, "25T07:00"."""
        day, _, hour = text.rpartition("T")
        moment = dt.datetime.fromisoformat(f"{TUESDAY:%Y-%m}-{day or '24'}T{hour}")
        self.now = (moment - EAST_OF_UTC).replace(tzinfo=dt.UTC)
        return self.now

    async def tick(self, *times: str) -> list[str]:
        """Tick at each of some times, and give what was planned, as `person kind day`."""
        before = {letter.id for letter in await self.letters()}
        for time in times:
            self.at(time)
            await self.planner.plan()
            await self.send()
        return told([one for one in await self.letters() if one.id not in before])

    async def send(self) -> None:
        async with self.database.writing() as session:
            for letter in await session.exec(
                select(Letter).where(Letter.state == LetterState.DUE, Letter.due_at <= self.now)
            ):
                letter.state, letter.sent_at = LetterState.SENT, self.now

    async def letters(self) -> list[Letter]:
        async with self.database.reading() as session:
            return list(await session.exec(select(Letter).order_by(Letter.id)))

    async def person(self, key: int) -> Employee:
        async with self.database.reading() as session:
            return await session.get_one(Employee, key)

    async def change(self, key: int, **values) -> None:
        async with self.database.writing() as session:
            person = await session.get_one(Employee, key)
            for name, value in values.items():
                setattr(person, name, value)


def told(letters: Sequence[Letter]) -> list[str]:
    return [f"{one.employee_id} {one.kind} {one.period[8:]}" for one in letters]
