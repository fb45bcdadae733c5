"""How letters travel when Telegram is slow, away, or does not take them."""

import asyncio
import datetime as dt

import pytest
from sqlmodel import select

from bot.post.postman import Postman
from db.models.messages import Letter
from db.models.people import Employee
from db.states import LetterState
from tests.factories import a_team

# 15.50 in Makassar, a Tuesday.
AFTERNOON = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)
EVERYBODY = (100, 101, 102)


@pytest.fixture
async def postman(agora) -> Postman:
    agora.now = AFTERNOON
    await a_team(agora.database, members=2)
    made = Postman(agora.application.bot, agora.database, agora.clock)
    await made.plan()
    return made


async def carried(postman: Postman) -> None:
    while await postman.carry():
        pass


async def letters(agora) -> list[Letter]:
    async with agora.database.reading() as session:
        return list(await session.exec(select(Letter).order_by(Letter.id)))


async def states(agora) -> list[LetterState]:
    return [letter.state for letter in await letters(agora)]


def prompted(agora) -> list[int]:
    return [len(agora.chat(account).messages) for account in EVERYBODY]


async def test_a_carried_letter_is_noted_with_its_message(agora, postman):
    await carried(postman)
    first = (await letters(agora))[0]

    assert first.state is LetterState.SENT
    async with agora.database.reading() as session:
        person = await session.get(Employee, first.employee_id)
    assert (first.sent_at, first.message_id) == (AFTERNOON, agora.chat(person.telegram_id).last.id)
    assert first.lease_until is None


@pytest.mark.parametrize(
    ("trouble", "minutes"),
    [
        ("429 Too Many Requests: retry after 40", 1),
        ("500 Internal Server Error", 1),
        ("502 Bad Gateway", 1),
    ],
)
async def test_a_letter_that_does_not_get_through_is_carried_again(
    agora, postman, trouble, minutes
):
    agora.edge.troubles.append(trouble)
    await carried(postman)
    assert sorted(prompted(agora)) == [0, 1, 1]
    assert (await states(agora)).count(LetterState.DUE) == 1

    agora.now += dt.timedelta(minutes=minutes)
    await carried(postman)
    assert prompted(agora) == [1, 1, 1]


async def test_the_wait_that_telegram_asks_for_is_kept(agora, postman):
    agora.edge.troubles.append("429 Too Many Requests: retry after 40")
    await carried(postman)
    (late,) = [letter for letter in await letters(agora) if letter.state is LetterState.DUE]

    assert late.due_at == AFTERNOON + dt.timedelta(seconds=40)


async def test_an_hour_without_telegram_loses_no_prompt(agora, postman):
    agora.edge.away = True
    for _ in range(15):
        await carried(postman)
        agora.now += dt.timedelta(minutes=5)
    assert await states(agora) == [LetterState.DUE] * 3

    agora.edge.away = False
    await carried(postman)
    assert prompted(agora) == [1, 1, 1]


async def test_what_could_not_be_sent_by_the_evening_is_dropped(agora, postman):
    agora.edge.away = True
    await carried(postman)
    agora.edge.away = False
    agora.now = dt.datetime(2026, 11, 24, 10, 1, tzinfo=dt.UTC)
    await carried(postman)

    assert await states(agora) == [LetterState.DROPPED] * 3
    assert prompted(agora) == [0, 0, 0]


async def test_what_telegram_refuses_is_dropped_with_its_reason(agora, postman):
    agora.edge.troubles.append("400 Bad Request: chat not found")
    await carried(postman)
    (refused,) = [one for one in await letters(agora) if one.state is LetterState.DROPPED]

    assert "chat not found" in refused.error.lower()
    assert sorted(prompted(agora)) == [0, 1, 1]


async def test_who_has_left_in_the_meantime_gets_nothing(agora, postman):
    async with agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == 101)
        (await session.exec(query)).one().telegram_id = None
    await carried(postman)

    assert prompted(agora) == [1, 0, 1]


async def test_a_handful_is_carried_to_its_end_when_the_bot_ends(agora, postman):
    running = asyncio.create_task(postman.run())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        while not any(prompted(agora)):  # noqa: ASYNC110  # The edge tells nobody.
            await asyncio.sleep(0.005)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert prompted(agora) == [1, 1, 1]
    assert await states(agora) == [LetterState.SENT] * 3


async def test_two_postmen_carry_each_letter_once(agora, postman):
    other = Postman(agora.application.bot, agora.database, agora.clock)
    await asyncio.gather(carried(postman), carried(other), postman.plan(), other.plan())
    await carried(postman)

    assert prompted(agora) == [1, 1, 1]
