import datetime as dt

import pytest

from bot.actions.calendars import ensure_holidays
from bot.post.postman import Postman
from db import letters
from db.models.plans import Holiday
from db.people import by_telegram
from tests.chat import Agora
from tests.factories import a_team

# 15.50 in Makassar, a Tuesday.
AFTERNOON = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)
LEADER, SARI, OTHER = 100, 101, 102


@pytest.fixture
async def postman(agora: Agora) -> Postman:
    agora.now = AFTERNOON
    await a_team(agora.database, members=2)
    async with agora.database.writing() as session:
        await ensure_holidays(session, 2026)
    return Postman(agora.application.bot, agora.database, agora.clock)


async def evening(postman: Postman) -> None:
    """Let the clock tick and carry everything that is due."""
    await postman.plan()
    while await postman.carry():
        pass


def prompted(agora: Agora, account: int) -> int:
    return sum(
        "catatan hari ini belum ada" in message.text for message in agora.chat(account).messages
    )


async def test_who_is_silent_is_asked_once_however_often_the_clock_ticks(agora, postman):
    await evening(postman)
    await evening(postman)

    assert [prompted(agora, account) for account in (LEADER, SARI, OTHER)] == [1, 1, 1]
    assert agora.chat(SARI).last.labels == ["Tunda 1 jam", "Cuti/Dinas", "Ada kendala"]


async def test_a_log_keeps_the_prompt_away(agora, postman):
    await agora.chat(SARI).say("tadi pagi dampingi 6 balita di posyandu")
    await evening(postman)

    assert [prompted(agora, account) for account in (SARI, OTHER)] == [0, 1]


async def test_a_log_between_planning_and_carrying_keeps_the_prompt_away(agora, postman):
    await postman.plan()
    await agora.chat(SARI).say("tadi pagi dampingi 6 balita di posyandu")
    while await postman.carry():
        pass

    assert [prompted(agora, account) for account in (SARI, OTHER)] == [0, 1]


async def test_nobody_on_leave_is_asked(agora, postman):
    await agora.chat(SARI).say("/cuti")
    await agora.chat(SARI).tap("Cuti")
    await agora.chat(SARI).tap("Hari ini saja")
    await evening(postman)

    assert prompted(agora, SARI) == 0


@pytest.mark.parametrize(
    "moment",
    [
        dt.datetime(2026, 11, 28, 7, 50, tzinfo=dt.UTC),  # A Saturday.
        dt.datetime(2026, 12, 24, 7, 50, tzinfo=dt.UTC),  # Cuti bersama.
        dt.datetime(2026, 12, 25, 7, 50, tzinfo=dt.UTC),  # Natal.
        dt.datetime(2026, 11, 24, 10, 30, tzinfo=dt.UTC),  # 18.30: quiet hours.
        dt.datetime(2026, 11, 24, 7, 40, tzinfo=dt.UTC),  # 15.40: not yet.
        dt.datetime(2026, 11, 27, 8, 10, tzinfo=dt.UTC),  # A Friday, 16.10: not yet.
    ],
)
async def test_nobody_is_asked_on_free_days_at_night_or_too_early(agora, postman, moment):
    agora.now = moment
    await evening(postman)

    assert prompted(agora, SARI) == 0


async def test_a_holiday_of_the_unit_counts_from_the_moment_it_is_entered(agora, postman):
    async with agora.database.writing() as session:
        session.add(Holiday(day=AFTERNOON.date(), name="Hari jadi contoh", unit_id=1))
    await evening(postman)

    assert prompted(agora, SARI) == 0


async def test_the_own_hour_counts(agora, postman):
    chat = agora.chat(SARI)
    await chat.say("/pengingat")
    for label in ("Harian", "Jam dan hari", "Pertanyaan sore", "Pilih jam", "17.00"):
        await chat.tap(label)
    await evening(postman)
    assert [prompted(agora, account) for account in (SARI, OTHER)] == [0, 1]

    agora.now = dt.datetime(2026, 11, 24, 9, 1, tzinfo=dt.UTC)
    await evening(postman)
    assert prompted(agora, SARI) == 1


async def test_who_switches_off_is_left_alone(agora, postman):
    chat = agora.chat(SARI)
    await chat.say("/pengingat")
    await chat.tap("Harian")
    await chat.tap("✓ Pertanyaan sore")
    await evening(postman)

    assert prompted(agora, SARI) == 0


async def test_snoozing_asks_again_an_hour_later_and_once(agora, postman):
    await evening(postman)
    chat = agora.chat(SARI)
    prompt = chat.last
    await chat.tap("Tunda 1 jam")
    await chat.press(f"snooze:{AFTERNOON:%Y%m%d}", prompt)
    agora.now = AFTERNOON + dt.timedelta(minutes=61)
    await evening(postman)

    assert prompted(agora, SARI) == 1
    assert agora.chat(SARI).last.labels == ["Tunda 1 jam", "Cuti/Dinas", "Ada kendala"]


async def test_same_as_yesterday_takes_one_tap(agora, postman):
    chat = agora.chat(SARI)
    agora.now = AFTERNOON - dt.timedelta(days=1)
    await chat.say("tadi pagi dampingi 6 balita di posyandu")
    agora.now = AFTERNOON
    await evening(postman)

    assert "Tersimpan" in await chat.tap("Seperti kemarin")
    assert "6 balita" in chat.last.text


async def test_who_blocks_the_bot_is_left_alone_until_they_write(agora, postman):
    agora.edge.blocked.add(SARI)
    await evening(postman)
    agora.edge.blocked.clear()
    agora.now = AFTERNOON + dt.timedelta(days=1)
    await evening(postman)
    assert prompted(agora, SARI) == 0

    await agora.chat(SARI).say("/menu")
    agora.now = AFTERNOON + dt.timedelta(days=2)
    await evening(postman)
    assert prompted(agora, SARI) == 1


async def test_a_carrier_that_died_is_replaced_after_its_lease(agora, postman):
    await postman.plan()
    async with agora.database.writing() as session:
        claimed = await letters.claim(session, now=agora.now, most=50)
    assert len(claimed) == 3
    assert not await postman.carry()

    agora.now += letters.LEASE
    while await postman.carry():
        pass
    assert prompted(agora, SARI) == 1


async def test_the_prompt_speaks_the_readers_language(agora, postman):
    async with agora.database.writing() as session:
        employee = await by_telegram(session, SARI)
        employee.language = "en"
    await evening(postman)

    assert "there is no entry for today yet" in agora.chat(SARI).last.text
    assert agora.chat(SARI).last.labels == ["In 1 hour", "Leave/Trip", "An obstacle"]
