import datetime as dt

import pytest
from sqlmodel import select

from bot.skp.entries import EntryState
from db.models.entries import Entry
from db.models.people import Employee
from tests.factories import a_team

LOG = "dampingi {} balita berisiko stunting"


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(101)


async def states(agora) -> list[EntryState]:
    async with agora.database.reading() as session:
        return [one.state for one in await session.exec(select(Entry).order_by(Entry.id))]


async def test_the_newest_entry_comes_first_and_pages_turn_in_place(agora, chat):
    for number in range(1, 9):
        await chat.say(LOG.format(number))
    said = await chat.say("/riwayat")

    assert said.splitlines()[0] == "Riwayat"
    assert said.splitlines()[1] == "1. Sel 24 Nov · RHK 2 · dampingi 8 balita berisiko stunting"
    assert chat.last.labels == ["1", "2", "3", "4", "5", "6", "Lebih lama"]
    before = len(chat.messages)
    assert "dampingi 1 balita" in await chat.tap("Lebih lama")
    assert chat.last.labels == ["1", "2", "Lebih baru"]
    assert "dampingi 8 balita" in await chat.tap("Lebih baru")
    assert len(chat.messages) == before


async def test_an_entry_opens_whole_with_its_proof_and_its_taps(chat):
    await chat.photo(
        "jam 9-11 dampingi 2 balita berisiko stunting https://contoh.go.id/a di <desa> & kota"
    )
    await chat.say("/riwayat")
    text = await chat.tap("1")

    assert (
        "jam 9-11 dampingi 2 balita berisiko stunting https://contoh.go.id/a di <desa> & kota"
        in text
    )
    assert "09.00–11.00" in text
    assert "📎" in text
    assert "sedang diambil" in text
    assert "🔗" in text
    assert chat.last.labels == ["Ganti RHK", "Urungkan", "Ubah", "Kembali", "Hapus"]
    assert "Riwayat" in await chat.tap("Kembali")


async def test_what_is_changed_in_the_history_leads_back_to_it(agora, chat):
    await chat.say(LOG.format(2))
    await chat.say("/riwayat")
    await chat.tap("1")
    await chat.tap("Ganti RHK")
    await chat.tap("RHK 1")
    assert chat.last.labels == ["Ganti RHK", "Urungkan", "Ubah", "Kembali", "Hapus"]
    await chat.tap("Urungkan")
    assert chat.last.labels == ["Kembalikan", "Kembali"]
    await chat.tap("Kembali")
    assert "<s>" in chat.last.html
    assert await states(agora) == [EntryState.UNDONE]


async def test_deleting_asks_once_in_red_and_is_final(agora, chat):
    await chat.say(LOG.format(2))
    await chat.say("/riwayat")
    await chat.tap("1")
    message = chat.last
    assert "Hapus catatan ini selamanya?" in await chat.tap("Hapus")
    assert [button.get("style") for button in message.keyboard[0]] == ["danger", None]
    await chat.tap("Kembali")
    assert await states(agora) == [EntryState.KEPT]
    await chat.tap("Hapus")
    old = message.key("Hapus")
    assert await chat.tap("Hapus") == "Catatan sudah dihapus."
    assert await states(agora) == [EntryState.DELETED]
    assert await chat.press(old, message) == "Tombol ini sudah tidak berlaku."
    assert "Belum ada catatan." in await chat.tap("Riwayat")


async def test_only_ones_own_entries_are_shown_and_opened(agora, chat):
    await chat.say(LOG.format(2))
    other = agora.chat(102)

    assert "Belum ada catatan." in await other.say("/riwayat")
    assert await other.press("history-entry:1:0", other.last) == "Tombol ini sudah tidak berlaku."


async def test_after_the_window_an_entry_opens_without_taps_that_change_it(agora, chat):
    await chat.say(LOG.format(2))
    agora.now = dt.datetime(2026, 12, 1, 2, 0, tzinfo=dt.UTC)
    await chat.say("/riwayat")

    assert "Tidak dapat diubah lagi." in await chat.tap("1")
    assert chat.last.labels == ["Kembali"]


async def test_the_history_speaks_english(agora, chat):
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        person.language = "en"
    assert await chat.say("/riwayat") == "No entries yet. Write one sentence to log your work."
    await chat.say(LOG.format(2))
    said = await chat.say("/riwayat")
    assert said.startswith("History\n1. Tue 24 Nov")
    await chat.tap("1")
    assert chat.last.labels == ["Change RHK", "Undo", "Change", "Back", "Delete"]
    assert "Delete this entry for good?" in await chat.tap("Delete")


@pytest.mark.parametrize("key", ["history:-3", "history:99"])
async def test_a_page_that_is_not_there_becomes_the_first(chat, key):
    await chat.say(LOG.format(2))
    await chat.say("/riwayat")
    await chat.press(key, chat.last)

    assert "dampingi 2 balita" in chat.last.text
