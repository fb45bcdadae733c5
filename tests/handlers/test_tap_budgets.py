import datetime as dt
from collections.abc import Awaitable, Callable

import pytest
from sqlmodel import select

from bot.post.postman import Postman
from bot.skp.entries import EntryState
from db.models.entries import Absence, Entry
from tests.chat import Agora, Chat
from tests.factories import a_team

SARI = 101
LOG = "dampingi 6 balita berisiko stunting"
# 15.50 in Makassar, a Tuesday: the reminder has just become due.
AFTERNOON = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)


class Counted:
    """A chat that counts what the person does: every message and every tap."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.count = 0

    async def say(self, text: str) -> str:
        self.count += 1
        return await self.chat.say(text)

    async def photo(self, caption: str) -> str:
        self.count += 1
        return (await self.chat.photo(caption))[-1].text

    async def tap(self, label: str) -> str:
        self.count += 1
        return await self.chat.tap(label)


async def prompt(agora: Agora) -> None:
    """Let the reminder come."""
    postman = Postman(agora.application.bot, agora.database, agora.clock)
    await postman.plan()
    while await postman.carry():
        pass


async def yesterdays_log(agora: Agora) -> None:
    agora.now -= dt.timedelta(days=1)
    await agora.chat(SARI).say(LOG)
    agora.now = AFTERNOON


async def log(person: Counted) -> None:
    assert "6 balita → RHK 2" in await person.say(LOG)


async def log_with_photo(person: Counted) -> None:
    said = await person.photo(LOG)
    assert "6 balita → RHK 2" in said
    assert "Bukti: 1 foto." in said


async def same_as_yesterday(person: Counted) -> None:
    await yesterdays_log(person.chat.agora)
    await prompt(person.chat.agora)
    assert "6 balita → RHK 2" in await person.tap("Seperti kemarin")


async def undo(person: Counted) -> None:
    await person.chat.say(LOG)
    assert "diurungkan" in await person.tap("Urungkan")


async def undo_several(person: Counted) -> None:
    await person.chat.say(f"{LOG}\nsusun 1 laporan gizi")
    assert "2 catatan – diurungkan" in await person.tap("Urungkan semua")


async def answer_with_leave(person: Counted) -> None:
    await prompt(person.chat.agora)
    await person.tap("Cuti/Dinas")
    assert "Tercatat: cuti" in await person.tap("Cuti")


Task = Callable[[Counted], Awaitable[None]]


@pytest.mark.parametrize(
    ("task", "budget", "kept", "absences"),
    [
        (log, 1, 1, 0),
        (log_with_photo, 1, 1, 0),
        (same_as_yesterday, 1, 2, 0),
        (undo, 1, 0, 0),
        (undo_several, 1, 0, 0),
        (answer_with_leave, 2, 0, 1),
    ],
)
async def test_a_task_takes_no_more_than_its_budget(agora, task: Task, budget, kept, absences):
    agora.now = AFTERNOON
    await a_team(agora.database)
    person = Counted(agora.chat(SARI))
    await task(person)

    assert person.count == budget
    async with agora.database.reading() as session:
        found = list(await session.exec(select(Entry).where(Entry.state == EntryState.KEPT)))
        away = list(await session.exec(select(Absence)))
    assert (len(found), len(away)) == (kept, absences)
