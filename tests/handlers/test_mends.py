"""What was just logged is put right in words; what tells of work is still an entry."""

import datetime as dt

import pytest
from sqlmodel import select

from bot.skp.entries import EntryState
from db.models.entries import Entry
from tests.factories import a_team

LOG = "tadi pagi dampingi 6 balita berisiko stunting"


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    chat = agora.chat(101)
    await chat.say(LOG)
    return chat


async def all_entries(agora) -> list[Entry]:
    async with agora.database.reading() as session:
        return list(await session.exec(select(Entry).order_by(Entry.id)))


@pytest.mark.parametrize(
    ("said", "quantity"),
    [
        ("salah, harusnya 8", 8),
        ("harusnya 8 balita", 8),
        ("ganti jumlah jadi 6", 6),
        ("ganti jadi 7 balita", 7),
        ("salah ketik, harusnya 4 balita", 4),
        ("Maaf, ralat: 9 balita, bukan 6", 9),
        ("maksudnya 5 balita ya", 5),
        ("should be 8", 8),
    ],
)
async def test_a_correcting_word_changes_the_last_entry(agora, chat, said, quantity):
    answer = await chat.say(said)

    (entry,) = await all_entries(agora)
    assert (entry.quantity, entry.unit) == (quantity, "balita")
    assert f"{quantity} balita" in answer
    assert answer.startswith("Sudah diralat")
    assert "Urungkan" in chat.last.labels


@pytest.mark.parametrize("said", ["8", "8 balita", "bukan 6, 8", "harusnya 8 balita"])
async def test_a_reply_to_the_receipt_changes_its_entry(agora, chat, said):
    receipt = chat.last
    await chat.say("rapat koordinasi 2 jam")

    await chat.say(said, reply_to=receipt.id)

    first, second = await all_entries(agora)
    assert (first.quantity, second.quantity) == (8, None)
    assert "8 balita" in receipt.text


async def test_a_reply_changes_the_hours_and_the_day(agora, chat):
    receipt = chat.last
    await chat.say("jam 9-11", reply_to=receipt.id)
    await chat.say("bukan hari ini, kemarin", reply_to=receipt.id)

    (entry,) = await all_entries(agora)
    assert (entry.start, entry.end) == (dt.time(9), dt.time(11))
    assert entry.day == agora.now.date() - dt.timedelta(days=1)


@pytest.mark.parametrize("said", ["hapus yang tadi", "tolong hapus catatan terakhir"])
async def test_the_last_entry_is_taken_back_and_can_return(agora, chat, said):
    assert "diurungkan" in await chat.say(said)

    assert [one.state for one in await all_entries(agora)] == [EntryState.UNDONE]
    await chat.tap("Kembalikan", chat.last)
    assert [one.state for one in await all_entries(agora)] == [EntryState.KEPT]


async def test_a_reply_takes_back_what_it_replies_to(agora, chat):
    await chat.say("hapus", reply_to=chat.last.id)

    assert [one.state for one in await all_entries(agora)] == [EntryState.UNDONE]


@pytest.mark.parametrize(
    "said",
    [
        "koreksi 30 lembar jawaban siswa",
        "harusnya rapat jam 9, ternyata mundur, jadi susun 2 laporan",
        "ganti 2 lampu kantor",
        "revisi 3 dokumen anggaran",
        "8 balita",
    ],
)
async def test_what_tells_of_work_is_an_entry(agora, chat, said):
    await chat.say(said)

    assert len(await all_entries(agora)) == 2


async def test_a_correction_of_yesterdays_entry_needs_a_reply(agora, chat):
    receipt = chat.last
    agora.now += dt.timedelta(days=1)
    await chat.say("harusnya 8 balita")
    await chat.say("9 balita", reply_to=receipt.id)

    first, second = await all_entries(agora)
    assert (first.quantity, second.quantity) == (9, 8)


async def test_a_correction_can_still_be_saved_as_an_entry(agora, chat):
    await chat.say("harusnya 8 balita")
    await chat.tap("Simpan sebagai catatan", chat.last)

    assert len(await all_entries(agora)) == 2


async def test_which_of_several_is_meant_tells_the_unit(agora, chat):
    await chat.say("dampingi 5 balita berisiko stunting dan susun 2 laporan bulanan")
    await chat.say("harusnya 3 laporan")

    found = {one.unit: one.quantity for one in await all_entries(agora)}
    assert found["laporan"] == 3
