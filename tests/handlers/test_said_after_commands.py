"""Words after a command do at once what they say."""

import datetime as dt

import pytest
from sqlmodel import select

from db.models.entries import Absence
from tests.factories import a_team


@pytest.fixture
async def chat(agora):
    # 15.50 in Makassar, a Tuesday.
    agora.now = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)
    await a_team(agora.database, members=2)
    return agora.chat(101)


async def noted(agora) -> list[tuple[str, str, str]]:
    async with agora.database.reading() as session:
        rows = await session.exec(select(Absence).order_by(Absence.first))
        return [(one.kind.value, f"{one.first:%d%m}", f"{one.last:%d%m}") for one in rows]


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("/cuti besok", ("cuti", "2511", "2511")),
        ("/cuti sakit hari ini", ("sakit", "2411", "2411")),
        ("/cuti 26 Nov sampai 27 Nov", ("cuti", "2611", "2711")),
    ],
)
async def test_days_after_the_command_are_noted_at_once(agora, chat, said, row):
    assert (await chat.say(said)).startswith("Tercatat: ")
    assert await noted(agora) == [row]


async def test_words_after_the_command_that_are_no_days_are_asked_about(agora, chat):
    await chat.say("/cuti entah")

    assert chat.last.labels == ["Cuti", "Dinas luar", "Sakit"]
    assert await noted(agora) == []


async def test_the_daily_question_is_switched_by_a_word_after_the_command(agora, chat):
    off = await chat.say("/pengingat mati")
    assert "saya bertanya pukul" not in off
    assert "Sekali lagi" not in off

    assert "saya bertanya pukul 15.45" in await chat.say("/pengingat nyala")


async def test_a_sentence_on_the_line_below_the_command_is_logged(chat):
    assert (await chat.say("/catat\ndampingi 6 balita berisiko stunting")).startswith("Tersimpan")
