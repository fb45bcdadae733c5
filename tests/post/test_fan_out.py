"""How many letters travel at once: under Telegram's limits, through storms, crashes and clocks."""

import asyncio
import datetime as dt
import time
from collections import Counter, deque

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select
from telegram.error import ChatMigrated, NetworkError, TimedOut

from bot.post.postman import Postman
from db.letters import LEASE, UNCERTAIN
from db.models.messages import Broadcast, Letter
from db.models.people import Employee
from db.states import BroadcastState, LetterState, Priority
from tests.chat import Agora
from tests.factories import a_team, employee

# 15.50 in Makassar, a Tuesday.
AFTERNOON = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)
FAST = 300


class Watch:
    """Stand before the pretend Telegram: refuse what is too fast, or break in a set way."""

    def __init__(self, agora: Agora, *, most: int = FAST + 10) -> None:
        self.agora = agora
        self.most = most
        self.times: deque[float] = deque()
        self.refused = 0
        self.broken: list[Exception] = []
        self.hang: asyncio.Event | None = None
        self._answer = agora.edge.answer
        self._request = agora.edge.do_request
        agora.edge.answer = self.answer
        agora.edge.do_request = self.request

    async def request(self, *args, **more):
        answer = await self._request(*args, **more)
        if self.broken:
            raise self.broken.pop(0)
        if self.hang is not None:
            await self.hang.wait()
        return answer

    def answer(self, name, params, files):
        now = time.monotonic()
        while self.times and self.times[0] <= now - 1:
            self.times.popleft()
        if name == "sendMessage" and len(self.times) >= self.most:
            self.refused += 1
            return "429 Too Many Requests: retry after 1"
        self.times.append(now)
        return self._answer(name, params, files)


@pytest.fixture
async def watch(agora) -> Watch:
    agora.now = AFTERNOON
    return Watch(agora)


def postman(agora: Agora, per_second: int = FAST) -> Postman:
    return Postman(agora.application.bot, agora.database, agora.clock, per_second=per_second)


async def put(agora: Agora, *, people: int, kind: str = "broadcast") -> None:
    """Put a letter for each of so many people into the post."""
    async with agora.database.writing() as session:
        everybody = [employee(n, nip=f"1990{n:014}") for n in range(people)]
        session.add_all(everybody)
        await session.flush()
        said = Broadcast(
            author_id=everybody[0].id,
            text="Rapat besok",
            state=BroadcastState.SENDING,
            created_at=agora.now,
        )
        session.add(said)
        await session.flush()
        period = str(said.id) if kind == "broadcast" else agora.now.date().isoformat()
        session.add_all(
            Letter(
                employee_id=one.id,
                kind=kind,
                period=period,
                due_at=agora.now,
                priority=Priority.BROADCAST,
            )
            for one in everybody
        )


async def letters(agora: Agora, kind: str) -> list[Letter]:
    async with agora.database.reading() as session:
        query = select(Letter).where(Letter.kind == kind).order_by(Letter.id)
        return list(await session.exec(query))


async def carried(one: Postman) -> None:
    while await one.carry():
        pass


def arrived(agora: Agora, words: str = "Rapat besok") -> Counter[int]:
    return Counter(m.chat_id for m in agora.edge.messages.values() if words in m.text)


async def until(agora: Agora, people: int) -> None:
    async with asyncio.timeout(10):
        while sum(arrived(agora).values()) < people:  # noqa: ASYNC110  # The edge tells nobody.
            await asyncio.sleep(0.01)


async def test_a_fan_out_fills_the_rate_without_one_refusal(agora, watch):
    await put(agora, people=60)
    running = asyncio.create_task(postman(agora, 100).run())
    watch.most = 101
    await until(agora, 60)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert watch.refused == 0
    assert set(arrived(agora).values()) == {1}
    assert {one.state for one in await letters(agora, "broadcast")} == {LetterState.SENT}


async def test_a_storm_of_refusals_loses_and_doubles_nothing(agora, watch):
    await put(agora, people=40)
    watch.most = 7
    for _ in range(15):
        await carried(postman(agora))
        agora.now += dt.timedelta(seconds=3)
        watch.times.clear()

    assert watch.refused > 0
    assert arrived(agora) == dict.fromkeys(range(100, 140), 1)
    assert {one.attempts for one in await letters(agora, "broadcast")} == {1}


async def test_a_second_refusal_puts_all_off_and_none_goes_before_its_time(agora, watch):
    await put(agora, people=20)
    agora.edge.troubles.extend(["429 Too Many Requests: retry after 40"] * 2)
    one = postman(agora)
    await carried(one)
    before = len(agora.edge.messages)
    agora.now += dt.timedelta(seconds=39)
    await carried(one)
    assert len(agora.edge.messages) == before < 20

    agora.now += dt.timedelta(seconds=1)
    await carried(one)
    assert set(arrived(agora).values()) == {1}
    assert len(arrived(agora)) == 20


@pytest.mark.parametrize(("kind", "times"), [("prompt", 2), ("broadcast", 1)])
async def test_a_death_between_sending_and_noting_repeats_prompts_alone(agora, watch, kind, times):
    await put(agora, people=2, kind=kind)
    watch.hang = asyncio.Event()
    dying = asyncio.create_task(postman(agora).carry())
    async with asyncio.timeout(10):
        while len(agora.edge.messages) < 2:  # noqa: ASYNC110  # The edge tells nobody.
            await asyncio.sleep(0.01)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)

    watch.broken, watch.hang = [], None
    agora.now += LEASE
    await carried(postman(agora))
    words = "Rapat" if kind == "broadcast" else "catatan hari ini belum ada"
    assert arrived(agora, words) == {100: times, 101: times}
    expected = LetterState.SENT if kind == "prompt" else LetterState.DROPPED
    assert {one.state for one in await letters(agora, kind)} == {expected}


@pytest.mark.parametrize(
    ("trouble", "again"),
    [
        (TimedOut(), False),
        (NetworkError("ServerDisconnectedError"), False),
        (NetworkError("Gateway Timeout (504)"), False),
        (NetworkError("ClientConnectorError"), True),
        (NetworkError("Bad Gateway"), True),
        (NetworkError("Internal Server Error"), True),
    ],
)
async def test_a_broadcast_is_sent_again_only_if_it_has_certainly_not_arrived(
    agora, watch, trouble, again
):
    await put(agora, people=1)
    watch.broken = [trouble]
    one = postman(agora)
    await one.carry()
    (letter,) = await letters(agora, "broadcast")

    assert letter.state is (LetterState.DUE if again else LetterState.DROPPED)
    assert (letter.error == UNCERTAIN) is not again
    if not again:
        await carried(one)
        (report,) = await letters(agora, "broadcast-report")
        assert report.employee_id == letter.employee_id


async def test_a_chat_that_has_moved_is_followed(agora, watch):
    await put(agora, people=1)
    watch.broken = [ChatMigrated(-77)]
    await postman(agora).carry()

    assert arrived(agora)[-77] == 1


async def test_three_zones_are_asked_each_at_its_own_hour_around_midnight(agora, watch):
    zones = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    async with agora.database.writing() as session:
        session.add_all(
            employee(n, zone=zone, prompt_at=dt.time(7, 0)) for n, zone in enumerate(zones)
        )
    one = postman(agora)
    counts = []
    for hour in (14, 15, 16, 17, 21, 22, 23, 24):
        agora.now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC) + dt.timedelta(hours=hour, minutes=1)
        await one.plan()
        await carried(one)
        asked = arrived(agora, "catatan hari ini belum ada")
        counts.append([asked[100 + n] for n in range(3)])

    night = [[0, 0, 0]] * 4
    assert counts == [*night, [0, 0, 0], [0, 0, 1], [0, 1, 1], [1, 1, 1]]


async def test_a_clock_that_jumps_forward_and_back_doubles_and_loses_no_prompt(agora, watch):
    await a_team(agora.database, members=2)
    one = postman(agora)
    steps = (-3, 1, -3, 0, 1, 25, 0, 24, 25)
    for hours in steps:
        agora.now = AFTERNOON + dt.timedelta(hours=hours)
        await one.plan()
        await carried(one)

    assert arrived(agora, "catatan hari ini belum ada") == {100: 2, 101: 2, 102: 2}


async def test_a_database_that_goes_away_halfway_loses_and_doubles_nothing(agora, watch):
    await put(agora, people=20)
    one = postman(agora)
    working = agora.database.writing
    running = asyncio.create_task(one.run())
    await until(agora, 1)

    def away():
        raise OperationalError("away", None, OSError())

    agora.database.writing = away
    await asyncio.sleep(0.1)
    agora.database.writing = working
    await until(agora, 20)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert set(arrived(agora).values()) == {1}
    assert {one.state for one in await letters(agora, "broadcast")} == {LetterState.SENT}


async def test_whoever_left_before_their_letter_is_dropped_without_a_call(agora, watch):
    await put(agora, people=2)
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        person.unreachable_since = AFTERNOON
    await postman(agora).carry()

    assert arrived(agora) == {100: 1}
    assert [one.state for one in await letters(agora, "broadcast")] == ["sent", "dropped"]
