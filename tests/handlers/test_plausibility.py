from decimal import Decimal

import pytest
from sqlmodel import select

from db.models.entries import Entry
from tests.factories import a_team

SARI = 101
FAR = "🔎 Apakah 2.500 balita benar? Seluruh targetnya 480."
WHOLE = "Biasanya dihitung dalam bilangan bulat."
PLAIN = ["Ganti RHK", "Ubah", "Urungkan"]
ASKING = ["Ubah jumlah", "Memang begitu", "Ubah", "Urungkan"]


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(SARI)


async def quantities(agora) -> list[Decimal | None]:
    async with agora.database.reading() as session:
        return [one.quantity for one in await session.exec(select(Entry).order_by(Entry.id))]


async def test_a_figure_far_beyond_everything_is_saved_and_asked_about_once(agora, chat):
    said = await chat.say("timbang 2.500 balita")

    assert said.startswith("Tersimpan, Selasa 24 Nov. 2.500 balita → RHK 1")
    assert FAR in said
    assert chat.last.labels == ASKING
    assert await quantities(agora) == [2500]
    assert "🔎" not in await chat.tap("Memang begitu")
    assert chat.last.labels == PLAIN
    await chat.tap("Ganti RHK")
    assert "🔎" not in await chat.tap("RHK 2")
    assert await quantities(agora) == [2500]


async def test_the_figure_is_put_right_by_the_change_that_exists(agora, chat):
    await chat.say("timbang 2.500 balita")
    receipt = chat.last
    await chat.tap("Ubah jumlah")
    await chat.say("25")

    assert "(25 dari 480)" in receipt.text
    assert "🔎" not in receipt.text
    assert await quantities(agora) == [25]


async def test_what_is_large_but_usual_for_this_person_is_not_asked_about(chat):
    await chat.say("timbang 130 balita")

    assert "🔎" not in await chat.say("timbang 2.500 balita")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("menyusun 1,5 laporan bulanan gizi", "1,5 laporan"),
        ("timbang 2.5 balita di posyandu", "2.5 balita"),
    ],
)
async def test_a_part_of_what_is_counted_in_whole_is_asked_about(chat, text, what):
    assert f"🔎 Apakah {what} benar? {WHOLE}" in await chat.say(text)
    assert chat.last.labels == ASKING
    assert "🔎" not in await chat.tap("Memang begitu")


async def test_the_question_for_the_rhk_stays_beside_that_for_the_figure(chat):
    assert f"🔎 Apakah 1,5 balita benar? {WHOLE}" in await chat.say("melayani 1,5 balita")
    assert chat.last.labels[1:] == ["Tugas tambahan", "Ubah jumlah", "Memang begitu", "Urungkan"]
    await chat.tap("Memang begitu")
    assert len([one for one in chat.last.labels if one.startswith("RHK")]) == 3


async def test_a_figure_is_compared_as_soon_as_its_rhk_is_known(chat):
    await chat.say("melayani 2.500 balita")
    assert "🔎" not in chat.last.text
    assert FAR in await chat.tap(chat.last.labels[0])


async def test_a_sentence_for_a_photo_is_asked_about_too(chat):
    await chat.photo()
    assert FAR in await chat.say("timbang 2.500 balita")


async def test_one_of_several_activities_is_asked_about(chat):
    said = await chat.say("dampingi 3 balita berisiko stunting\ntimbang 2.500 balita")

    assert FAR in said
    assert chat.last.labels == ["Ubah jumlah", "Memang begitu", "Buka salah satu", "Urungkan semua"]
    assert "🔎" not in await chat.tap("Memang begitu")


async def test_a_warning_comes_first(chat):
    said = await chat.say("timbang 2.500 balita, NIK 3201014503900001")

    assert "⚠️" in said
    assert "🔎" not in said
