"""A leader asks in words; anybody else is answered as ever."""

import pytest
from sqlmodel import select

from bot.actions.themes import ensure_themes
from db.models.entries import Entry
from db.models.people import Acting
from tests.team_rows import TODAY, a_day, change, joins


@pytest.fixture
async def office(agora):
    leader, members = await a_day(agora)
    async with agora.database.writing() as session:
        await ensure_themes(session)
    return leader, members


async def entries(agora) -> int:
    async with agora.database.reading() as session:
        return len(list(await session.exec(select(Entry))))


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("gimana tim saya", "/tim"),
        ("ada kendala apa di tim?", "/tim"),
        ("bagaimana tim saya minggu ini?", "/tim minggu"),
        ("how is my team this month?", "/tim bulan"),
        ("bagaimana stunting bulan ini?", "/tema stunting bulan"),
        ("progres tengkes minggu ini", "/tema stunting"),
    ],
)
async def test_a_leader_who_asks_is_answered_as_by_the_command(agora, office, said, command):
    chat = agora.chat(100)
    expected = await chat.say(command)
    buttons, before = chat.last.labels, await entries(agora)

    assert await chat.say(said) == expected
    assert chat.last.labels == [*buttons, "Simpan sebagai catatan"]
    assert await entries(agora) == before


async def test_who_has_not_logged_is_listed_first(agora, office):
    lines = (await agora.chat(100).say("siapa belum lapor hari ini?")).splitlines()

    assert lines[1] == "Seksi Gizi, Sel 24 Nov"
    missing = [line for line in lines if line.endswith("belum tercatat")]
    assert missing[0] == "1. Sari Contoh 5 – belum tercatat"
    assert lines[0] == f"{len(missing)} orang belum tercatat. 1 orang dinas/cuti."


async def test_the_week_before_is_asked_for(agora, office):
    assert "Sen 16 Nov sampai Min 22 Nov" in await agora.chat(100).say("progres tim minggu lalu")


async def test_what_was_meant_as_an_entry_is_still_saved(agora, office):
    chat, before = agora.chat(100), await entries(agora)
    await chat.say("progres tim minggu lalu")

    await chat.tap("Simpan sebagai catatan")

    assert await entries(agora) == before + 1


async def test_what_was_asked_for_as_an_entry_is_one(agora, office):
    chat, before = agora.chat(100), await entries(agora)
    await chat.say("/catat")

    await chat.say("progres tim minggu lalu")

    assert await entries(agora) == before + 1


async def test_who_stands_in_asks_for_that_team(agora, office):
    leader, _ = office
    deputy = await joins(agora.database, 20, None)
    async with agora.database.writing() as session:
        session.add(Acting(leader_id=leader, employee_id=deputy, since=TODAY))

    assert "Sari Contoh 5" in await agora.chat(120).say("siapa belum lapor?")


@pytest.mark.parametrize(
    "said", ["siapa belum lapor minggu ini?", "gimana tim saya", "bagaimana stunting bulan ini?"]
)
async def test_who_leads_nobody_is_told_nothing_of_others(agora, office, said):
    answer = await agora.chat(101).say(said)

    assert "Sari" not in answer
    assert "orang di" not in answer


async def test_who_looks_after_a_theme_may_ask_for_it(agora, office):
    _, members = office
    await change(agora.database, members[0], themes=["stunting"])

    assert "Penurunan stunting, November 2026" in await agora.chat(101).say(
        "bagaimana stunting bulan ini?"
    )


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("apa itu stunting?", "Apa itu stunting"),
        ("bagaimana urusan lain bulan ini?", "Posisi SKP Anda"),
    ],
)
async def test_another_question_stays_what_it_was(agora, office, said, begins):
    assert (await agora.chat(100).say(said)).startswith(begins)
