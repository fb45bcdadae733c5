import datetime as dt

import pytest
from sqlmodel import select

from bot.post.postman import Postman
from db.models.entries import Entry
from db.models.messages import Letter
from db.models.people import Employee
from db.states import LetterState
from tests.factories import a_team
from tests.handlers.readers import reads

SARI, OTHER, STRANGER = 101, 102, 900
# 15.50 in Makassar, a Tuesday.
AFTERNOON = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)
LOG = "dampingi 6 balita di posyandu"


@pytest.fixture
async def chat(agora):
    agora.now = AFTERNOON
    await a_team(agora.database, members=2)
    return agora.chat(SARI)


@pytest.fixture
async def prompted(agora, chat):
    """Give a chat in which the evening prompt stands."""
    postman = Postman(agora.application.bot, agora.database, agora.clock)
    await postman.plan()
    while await postman.carry():
        pass
    return chat


async def sari(agora) -> Employee:
    async with agora.database.reading() as session:
        query = select(Employee).where(Employee.telegram_id == SARI)
        return (await session.exec(query)).one()


async def rows(agora, model) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(model)))


async def test_the_prompt_snoozes_for_an_hour(agora, prompted):
    assert await prompted.tap("Tunda 1 jam") == "Baik, saya ingatkan lagi pukul 16.50 WITA."
    (snoozed,) = [one for one in await rows(agora, Letter) if one.kind == "snooze"]

    assert snoozed.due_at == AFTERNOON + dt.timedelta(hours=1)
    assert snoozed.state is LetterState.DUE


async def test_a_second_snooze_tells_the_hour_of_the_first(agora, prompted):
    message = prompted.last
    key = message.key("Tunda 1 jam")
    await prompted.tap("Tunda 1 jam")
    agora.now += dt.timedelta(minutes=15)
    await prompted.press(key, message)

    assert message.text == "Baik, saya ingatkan lagi pukul 16.50 WITA."
    assert sum(one.kind == "snooze" for one in await rows(agora, Letter)) == 1


async def test_a_late_snooze_still_comes_before_the_evening(agora, prompted):
    agora.now = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)

    assert await prompted.tap("Tunda 1 jam") == "Baik, saya ingatkan lagi pukul 17.45 WITA."


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "Pada malam hari saya diam"), ("en", "In the evening I keep still")],
)
async def test_in_the_evening_nothing_is_put_off(agora, prompted, language, words):
    await reads(agora, SARI, language)
    key = prompted.last.key("Tunda 1 jam")
    agora.now = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)

    assert words in await prompted.press(key, prompted.last)
    assert all(one.kind != "snooze" for one in await rows(agora, Letter))


async def test_same_as_yesterday_logs_by_one_tap(agora, chat):
    agora.now = AFTERNOON - dt.timedelta(days=1)
    await chat.say(LOG)
    agora.now = AFTERNOON
    postman = Postman(agora.application.bot, agora.database, agora.clock)
    await postman.plan()
    await postman.carry()
    text = await chat.tap("Seperti kemarin")

    assert text.startswith("Tersimpan, Selasa, 24 Nov 2026") or "Tersimpan" in text
    _, entry = await rows(agora, Entry)
    assert (entry.text, entry.day, entry.quantity) == (LOG, dt.date(2026, 11, 24), 6)


async def test_a_double_tap_on_same_as_yesterday_logs_once(agora, chat):
    agora.now = AFTERNOON - dt.timedelta(days=1)
    await chat.say(LOG)
    agora.now = AFTERNOON
    await chat.say("/menu")
    menu = chat.last
    await chat.press("same:20261124", menu)

    assert await chat.press("same:20261124", menu) == (
        "Catatan hari ini sudah ada. Tulis satu kalimat untuk menambah catatan lain."
    )
    assert len(await rows(agora, Entry)) == 2


async def test_with_nothing_to_repeat_it_says_so(agora, prompted):
    toast = await prompted.press("same:20261124", prompted.last)

    assert toast == "Belum ada catatan terdahulu yang dapat diulang. Tulis satu kalimat."
    assert await rows(agora, Entry) == []


@pytest.mark.parametrize("verb", ["same", "snooze"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "Tombol ini milik hari yang lalu"), ("en", "This button belongs to an earlier day")],
)
async def test_the_prompt_of_yesterday_logs_nothing_today(agora, chat, verb, language, words):
    await reads(agora, SARI, language)
    await chat.say(LOG)
    agora.now += dt.timedelta(days=1)

    assert words in await chat.press(f"{verb}:20261124", chat.last)
    assert len(await rows(agora, Entry)) == 1


async def test_a_stranger_is_told_to_come_in(agora, chat):
    assert "/start" in await agora.chat(STRANGER).say("/pengingat")


async def test_every_answer_of_the_prompt_is_within_its_budget(agora, prompted):
    assert prompted.last.labels == ["Tunda 1 jam", "Cuti/Dinas", "Ada kendala"]
    taps = 0
    for label in ("Cuti/Dinas", "Cuti"):
        await prompted.tap(label)
        taps += 1

    assert prompted.last.text.startswith("Tercatat: cuti")
    assert taps <= 2
    assert len(prompted.messages) == 1


async def test_help_is_asked_of_the_admins_who_hear_it_at_once(agora, chat):
    async with agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == 100)
        (await session.exec(query)).one().roles = ["pegawai", "admin"]
        person = (await session.exec(select(Employee).where(Employee.telegram_id == SARI))).one()
        person.still_since = dt.date(2026, 11, 20)
    await chat.say("/menu")
    for _ in range(2):
        await chat.press("remind-help", chat.last)
    postman = Postman(agora.application.bot, agora.database, agora.clock)
    while await postman.carry():
        pass

    assert "Admin kepegawaian sudah diberi tahu" in chat.last.text
    (told,) = agora.chat(100).messages
    assert told.text == "Sari Contoh 1 meminta bantuan untuk mencatat pekerjaan harian."
    assert told.labels == ["Buka kartunya"]
    assert (await sari(agora)).still_since is None


async def test_without_an_admin_help_still_helps(agora, chat):
    await chat.say("/menu")
    await chat.press("remind-help", chat.last)

    assert chat.last.text.startswith("Satu kalimat sudah cukup")
    assert "diberi tahu" not in chat.last.text
