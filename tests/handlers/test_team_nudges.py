"""A leader asks kindly who has not logged today; nobody is asked twice."""

import datetime as dt

import pytest
from sqlmodel import select

from bot.post.postman import Postman
from db.models.messages import Letter
from tests.handlers.pages import choose
from tests.handlers.submissions import carried
from tests.team_rows import TODAY, a_day, change, logs

ASKED = (
    "Bu Sari 5, atasan Anda menanyakan pekerjaan hari ini. Satu kalimat sudah cukup, atau pilih:"
)


@pytest.fixture
def postman(agora) -> Postman:
    return Postman(agora.application.bot, agora.database, agora.clock)


async def asked(agora) -> list[int]:
    async with agora.database.reading() as session:
        query = select(Letter.employee_id).where(Letter.kind == "nudge")
        return sorted(await session.exec(query.order_by(Letter.id)))


async def test_all_who_lack_todays_entry_are_asked_once_and_only_they(agora, postman):
    _, members = await a_day(agora)
    leader = agora.chat(100)
    await leader.say("/tim")
    people = await leader.tap("Rinci orang")
    said = await leader.tap("Ajak mencatat (1)")
    assert said == "1 orang diajak mencatat hari ini."
    assert await leader.tap("Kembali") == people
    again = await leader.tap("Ajak mencatat (1)")
    await carried(postman)

    assert again == "1 orang sudah diajak hari ini dan tidak ditanya dua kali."
    assert await asked(agora) == [members[4]]
    chat = agora.chat(105)
    assert [one.text for one in chat.messages] == [ASKED]
    assert chat.last.labels == ["Tunda 1 jam", "Cuti/Dinas", "Ada kendala"]
    assert agora.chat(101).messages == []
    assert agora.chat(104).messages == []


async def test_one_person_is_asked_from_their_screen_and_not_again_with_the_others(agora, postman):
    _, members = await a_day(agora)
    leader = agora.chat(100)
    await leader.say("/tim")
    await leader.tap("Rinci orang")
    await choose(leader, "Sari Contoh 5")
    assert leader.last.labels == ["RHK 1", "RHK 2", "RHK 3", "Ajak mencatat", "Kembali"]
    await leader.tap("Ajak mencatat")
    await leader.tap("Kembali")
    await choose(leader, "Sari Contoh 1")
    assert "Ajak mencatat" not in leader.last.labels
    key = f"team-ask:0:{TODAY.toordinal()}:{members[0]}"
    await leader.press(key, leader.last)
    await carried(postman)

    assert leader.last.text == "Tidak ada yang perlu diajak."
    assert await asked(agora) == [members[4]]


async def test_who_has_logged_meanwhile_is_left_in_peace(agora, postman):
    _, members = await a_day(agora)
    leader = agora.chat(100)
    await leader.say("/tim")
    await leader.tap("Rinci orang")
    await leader.tap("Ajak mencatat (1)")
    await logs(agora.database, members[4])
    await carried(postman)

    assert agora.chat(105).messages == []


async def test_nobody_is_asked_at_night_of_another_day_or_who_cannot_be_reached(agora):
    _, members = await a_day(agora)
    leader = agora.chat(100)
    await leader.say("/tim")
    await leader.tap("Rinci orang")
    listed, key = leader.last, leader.last.key("Ajak mencatat (1)")
    agora.now += dt.timedelta(hours=3)
    assert "18.00 sampai 07.00" in await leader.press(key, listed)
    agora.now += dt.timedelta(hours=14)
    assert await leader.press(key, listed) == "Tombol ini sudah tidak berlaku."
    await change(agora.database, members[4], unreachable_since=agora.now)
    await leader.say("/tim")
    await leader.tap("Rinci orang")

    assert "Ajak mencatat (4)" in leader.last.labels
    assert await asked(agora) == []


@pytest.mark.parametrize("account", [101, 4711])
async def test_nobody_else_asks(agora, account):
    _, members = await a_day(agora)
    chat = agora.chat(account)
    await chat.say("/bantuan")
    for person in (0, members[4]):
        await chat.press(f"team-ask:0:{TODAY.toordinal()}:{person}", chat.last)

    assert await asked(agora) == []
