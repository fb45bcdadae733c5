"""A team whose people get the kinds of letters that a test wishes, and a clock."""

import datetime as dt

import pytest
from sqlmodel import select

from bot.actions.calendars import ensure_holidays
from bot.post.postman import Postman
from bot.post.sorting import Means
from db.models.entries import Entry
from db.models.people import Employee
from tests.chat import Agora, library
from tests.factories import a_team

LEADER, SARI, OTHER = 100, 101, 102
MAKASSAR = dt.timezone(dt.timedelta(hours=8))
MONDAY = "23T08:00"


class Office:
    """A team, and a clock that is set to hours of November in Makassar."""

    def __init__(self, agora: Agora, leader: int, members: list[int]) -> None:
        self.agora = agora
        self.leader, self.members = leader, members
        means = Means(library=library())
        self.postman = Postman(agora.application.bot, agora.database, agora.clock, means=means)

    async def tick(self, *times: str) -> None:
        for time in times:
            # A day of November, or one with its month, or with its year, too.
            day = "2026-11-"[: 10 - len(time.partition("T")[0])] + time
            moment = dt.datetime.fromisoformat(day).replace(tzinfo=MAKASSAR)
            self.agora.now = moment.astimezone(dt.UTC)
            await self.postman.plan()
            while await self.postman.carry():
                pass

    async def wish(self, account: int, **reminders) -> None:
        """Let somebody get these kinds and no others."""
        off = {
            kind: {"on": False} for kind in ("digest", "waiting", "closing", "catch-up", "welcome")
        }
        async with self.agora.database.writing() as session:
            query = select(Employee).where(Employee.telegram_id == account)
            person = (await session.exec(query)).one()
            person.prompts_on = False
            person.reminders = off | {
                kind.replace("_", "-"): one for kind, one in reminders.items()
            }

    async def log(self, member: int, day: str, **more) -> None:
        own = dt.date.fromisoformat(f"2026-11-{day}")
        moment = dt.datetime(2026, 11, int(day), 3, tzinfo=dt.UTC)
        values = {"text": "posyandu", "created_at": moment, "changed_at": moment, **more}
        async with self.agora.database.writing() as session:
            session.add(Entry(employee_id=member, day=own, **values))

    def said(self, account: int) -> list[str]:
        return [message.text for message in self.agora.chat(account).messages]


@pytest.fixture
async def office(agora) -> Office:
    made = Office(agora, *await a_team(agora.database, members=2))
    async with agora.database.writing() as session:
        await ensure_holidays(session, 2026)
        for person in await session.exec(select(Employee)):
            person.prompts_on = False
            person.reminders = {
                kind: {"on": False}
                for kind in ("digest", "waiting", "closing", "catch-up", "welcome")
            }
    return made
