"""One's own RHK and days are asked for in words and answered as by the command."""

import pytest
from sqlmodel import select

from db.models.entries import Entry
from tests.factories import a_team

YESTERDAY = "kemarin dampingi 6 balita berisiko stunting"


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    chat = agora.chat(101)
    await chat.say(YESTERDAY)
    return chat


async def count(agora) -> int:
    async with agora.database.reading() as session:
        return len(list(await session.exec(select(Entry))))


@pytest.mark.parametrize(
    "said", ["progres RHK 2", "RHK 2 gimana?", "capaian rhk 2 saya", "sudah berapa persen RHK 2?"]
)
async def test_an_rhk_that_is_asked_for_opens(agora, chat, said):
    await chat.say("/skp")
    opened = await chat.tap("Rinci 2")

    assert await chat.say(said) == opened
    assert chat.last.labels[-1] == "Simpan sebagai catatan"
    assert await count(agora) == 1


@pytest.mark.parametrize(
    "said", ["catatan kemarin apa saja", "lihat catatan kemarin", "riwayat saya kemarin apa saja?"]
)
async def test_the_entries_of_a_day_that_are_asked_for_are_listed(agora, chat, said):
    await chat.say("rapat koordinasi 2 jam")
    before = await count(agora)

    assert await chat.say(said) == await chat.say("/riwayat kemarin")
    assert "dampingi 6 balita" in chat.last.text
    assert "rapat" not in chat.last.text
    assert await count(agora) == before


@pytest.mark.parametrize(
    "said", ["isi catatan harian kemarin", "progres RHK 2 dibahas di rapat 2 jam"]
)
async def test_what_tells_of_work_is_an_entry(agora, chat, said):
    await chat.say(said)

    assert await count(agora) == 2


async def test_an_rhk_that_is_not_there_is_no_error(agora, chat):
    assert "tersimpan" not in (await chat.say("progres RHK 77?")).lower()
