"""What holds a person up: raised, told the leader, answered, and closed by who raised it."""

import datetime as dt

import pytest
from sqlmodel import select

from bot.post.postman import Postman
from db.models.dealings import Obstacle
from db.models.people import Acting
from tests.factories import a_team
from tests.team_rows import TODAY, change, joins, logs

LEADER, SARI = 100, 101


@pytest.fixture
async def team(agora):
    agora.now = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
    return await a_team(agora.database, members=2)


async def carried(agora) -> None:
    postman = Postman(agora.application.bot, agora.database, agora.clock)
    while await postman.carry():
        pass


async def kept(agora) -> list[tuple[str, str | None, bool]]:
    async with agora.database.reading() as session:
        rows = await session.exec(select(Obstacle).order_by(Obstacle.id))
        return [(one.text, one.answer, one.closed_at is None) for one in rows]


@pytest.mark.parametrize("at_once", [True, False])
async def test_one_sentence_tells_the_leader(agora, team, at_once):
    sari, leader = agora.chat(SARI), agora.chat(LEADER)
    if at_once:
        text = await sari.say("/kendala alat ukur <rusak>")
    else:
        assert (await sari.say("/kendala")).startswith("Apa kendalanya?")
        text = await sari.say("alat ukur <rusak>")
    await carried(agora)

    assert text == (
        "Tersimpan dan disampaikan kepada Pak Hendra: “alat ukur <rusak>”."
        " Kendala tetap terbuka sampai Anda menekan Selesai."
    )
    assert leader.last.text == "Bu Sari 1 menyampaikan kendala: “alat ukur <rusak>”."
    assert leader.last.labels == ["Saya bantu", "Beri arahan"]


async def test_help_is_told_and_it_stays_open_until_who_raised_it_closes_it(agora, team):
    sari, leader = agora.chat(SARI), agora.chat(LEADER)
    await sari.say("/kendala alat ukur rusak")
    await carried(agora)

    confirmed = await leader.tap("Saya bantu")
    await carried(agora)

    assert confirmed.startswith("✓ Bu Sari 1 diberi tahu")
    assert sari.last.text == "Pak Hendra akan membantu mengatasi “alat ukur rusak”."
    assert await kept(agora) == [("alat ukur rusak", "bantu", True)]
    assert await sari.tap("Selesai", sari.last) == "Selesai: alat ukur rusak."
    assert await kept(agora) == [("alat ukur rusak", "bantu", False)]
    assert (await sari.tap("Buka lagi")).startswith("Dibuka lagi")


@pytest.mark.parametrize("by_reply", [True, False])
async def test_guidance_in_words_reaches_who_raised_it(agora, team, by_reply):
    sari, leader = agora.chat(SARI), agora.chat(LEADER)
    await sari.say("/kendala alat ukur rusak")
    await carried(agora)
    told = leader.last

    if by_reply:
        text = await leader.say("Pinjam dari puskesmas", reply_to=told.id)
    else:
        await leader.tap("Beri arahan")
        text = await leader.say("Pinjam dari puskesmas")
    await carried(agora)
    more = await sari.say("di sana juga rusak", reply_to=sari.last.id)
    await carried(agora)

    assert text.startswith("✓ Arahan tentang “alat ukur rusak” terkirim kepada Bu Sari 1.")
    answer = sari.messages[-2]
    assert answer.text == "Arahan Pak Hendra tentang “alat ukur rusak”: Pinjam dari puskesmas"
    assert more.startswith("Tersimpan dan disampaikan kepada Pak Hendra")
    assert leader.last.text.endswith("“alat ukur rusak di sana juga rusak”.")


async def test_open_ones_are_listed_with_their_age_and_answer(agora, team):
    sari = agora.chat(SARI)
    await sari.say("/kendala alat ukur rusak")
    await carried(agora)
    await agora.chat(LEADER).tap("Saya bantu")
    agora.now += dt.timedelta(days=2)

    text = await sari.say("/kendala")

    assert text.splitlines()[:2] == [
        "Kendala terbuka", "1. alat ukur rusak (2 hari) – atasan membantu",
    ]  # fmt: skip
    assert sari.last.labels == ["Selesai 1"]


async def test_the_prompt_has_a_way_to_it(agora, team):
    sari = agora.chat(SARI)
    agora.now = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)
    postman = Postman(agora.application.bot, agora.database, agora.clock)
    await postman.plan()
    await carried(agora)

    await sari.tap("Ada kendala")

    assert sari.last.text.startswith("Apa kendalanya?")


async def test_without_a_leader_it_is_kept_and_said_so(agora, team):
    text = await agora.chat(LEADER).say("/kendala anggaran belum turun")

    assert "belum mencantumkan atasan Anda" in text
    assert await kept(agora) == [("anggaran belum turun", None, True)]


async def test_who_stands_in_is_told_too_and_may_answer(agora, team):
    leader, _ = team
    other = await joins(agora.database, 40, None, name="Pengganti Contoh", address="Bu Ganti")
    async with agora.database.writing() as session:
        session.add(Acting(leader_id=leader, employee_id=other, since=TODAY))
    text = await agora.chat(SARI).say("/kendala alat ukur rusak")
    await carried(agora)

    assert "kepada Pak Hendra, Bu Ganti" in text
    await agora.chat(140).tap("Saya bantu")
    assert await kept(agora) == [("alat ukur rusak", "bantu", True)]


async def test_a_closed_one_is_not_told_any_more_and_not_answered(agora, team):
    sari, leader = agora.chat(SARI), agora.chat(LEADER)
    await sari.say("/kendala alat ukur rusak")
    await carried(agora)
    await sari.say("/kendala printer macet")
    for message in list(sari.messages):
        if "Selesai" in message.labels:
            await sari.tap("Selesai", message)
    await carried(agora)

    assert len(leader.messages) == 1
    toast = await leader.press(leader.last.key("Saya bantu"), leader.last)
    assert toast == "Bu Sari 1 sudah menyelesaikan kendala ini."
    assert await leader.press(leader.last.key("Beri arahan"), leader.last) == toast


async def test_very_many_are_refused_kindly(agora, team):
    sari = agora.chat(SARI)
    for n in range(10):
        await sari.say(f"/kendala macet {n}")

    assert "Sudah ada 10 kendala terbuka" in await sari.say("/kendala satu lagi")


async def test_the_whole_speaks_english(agora, team):
    leader, members = team
    for one in (leader, members[0]):
        await change(agora.database, one, language="en")
    await logs(agora.database, members[0])
    sari, chat = agora.chat(SARI), agora.chat(LEADER)

    assert (await sari.say("/kendala no fuel")).startswith("Saved, and told to Pak Hendra")
    await carried(agora)
    assert chat.last.labels == ["I will help", "Give guidance"]


@pytest.mark.parametrize("account", [102, 150, 4711])
async def test_nobody_else_opens_answers_or_closes_it(agora, team, account):
    _, members = team
    await joins(agora.database, 50, None, name="Atasan Lain")
    await joins(agora.database, 51, 4, name="Anggota Lain")
    await agora.chat(SARI).say("/kendala rahasia dapur")
    before = await kept(agora)
    chat = agora.chat(account)
    await chat.say("/bantuan")

    for key in (
        f"obstacle-open:{members[0]}:1", f"obstacle-help:{members[0]}:1",
        f"obstacle-guide:{members[0]}:1", "obstacle-close:1", "obstacle-reopen:1",
    ):  # fmt: skip
        await chat.press(key, chat.last)

    said = "\n".join([one.text for one in chat.messages] + list(chat.toasts))
    assert "rahasia" not in said
    assert await kept(agora) == before


async def test_a_leader_cannot_close_what_another_raised(agora, team):
    await agora.chat(SARI).say("/kendala alat ukur rusak")
    await carried(agora)
    chat = agora.chat(LEADER)

    assert await chat.press("obstacle-close:1", chat.last) == "Tombol ini sudah tidak berlaku."
    assert await kept(agora) == [("alat ukur rusak", None, True)]
