import datetime as dt

import pytest
from sqlmodel import select

from bot.actions.history_places import Place, Sought
from bot.skp.entries import EntryState
from db import arrivals
from db.models.entries import Entry
from db.models.messages import Arrival
from db.models.people import Employee
from db.models.plans import WorkResult
from tests.factories import a_team
from tests.handlers.pages import choose

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
    assert chat.last.labels == ["1", "2", "3", "Lebih lama", "Saring"]
    before = len(chat.messages)
    assert "dampingi 5 balita" in await chat.tap("Lebih lama")
    assert chat.last.labels == ["1", "2", "3", "Lebih baru", "Lebih lama"]
    assert "dampingi 1 balita" in await chat.tap("Lebih lama")
    assert chat.last.labels == ["1", "2", "Lebih baru", "Saring", "Cari"]
    await chat.tap("Lebih baru")
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
    assert chat.last.labels == ["Ganti RHK", "Urungkan", "Ubah", "Minta tanggapan", "Kembali"]
    assert "Riwayat" in await chat.tap("Kembali")


async def test_what_is_changed_in_the_history_leads_back_to_it(agora, chat):
    await chat.say(LOG.format(2))
    await chat.say("/riwayat")
    await chat.tap("1")
    await chat.tap("Ganti RHK")
    await chat.tap("RHK 1")
    assert chat.last.labels == ["Ganti RHK", "Urungkan", "Ubah", "Kembali", "Hapus"]
    await chat.tap("Urungkan")
    assert chat.last.labels == ["Kembalikan", "Kembali", "Hapus"]
    await chat.tap("Kembali")
    assert "<s>" in chat.last.html
    assert await states(agora) == [EntryState.UNDONE]


async def test_deleting_asks_once_in_red_and_is_final(agora, chat):
    await chat.say(LOG.format(2))
    await chat.say("/riwayat")
    await chat.tap("1")
    message = chat.last
    await chat.tap("Urungkan")
    assert "Hapus catatan ini selamanya?" in await chat.tap("Hapus")
    assert [button.get("style") for button in message.keyboard[0]] == ["danger", None]
    await chat.tap("Kembali")
    assert await states(agora) == [EntryState.UNDONE]
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
    assert chat.last.labels == ["Perbaiki", "Kembali"]


async def test_the_history_speaks_english(agora, chat):
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        person.language = "en"
    assert await chat.say("/riwayat") == "No entries yet. Write one sentence to log your work."
    await chat.say(LOG.format(2))
    said = await chat.say("/riwayat")
    assert said.startswith("History\n1. Tue 24 Nov")
    await chat.tap("1")
    assert chat.last.labels == ["Change RHK", "Undo", "Change", "Ask for feedback", "Back"]
    await chat.tap("Undo")
    assert "Delete this entry for good?" in await chat.tap("Delete")


@pytest.mark.parametrize("key", ["history:-3", "history:99", "history:9999"])
async def test_a_page_that_is_not_there_becomes_the_first(chat, key):
    await chat.say(LOG.format(2))
    await chat.say("/riwayat")
    await chat.press(key, chat.last)

    assert "dampingi 2 balita" in chat.last.text


@pytest.fixture
async def filled(agora, chat):
    """Log on two days of this week, one of the last and one of the month before."""
    for sentence in (
        "rapat koordinasi posyandu 30 okt",
        "dampingi 3 balita berisiko stunting 18 nov",
        "dampingi 4 balita berisiko stunting kemarin",
        "rapat Posyandu 100% hadir",
    ):
        await chat.say(sentence)
    return chat


def listed(text: str) -> list[str]:
    return [line.split(" · ")[-1] for line in text.splitlines()[1:]]


@pytest.mark.parametrize(
    ("asked", "head", "lines"),
    [
        ("hari", "Riwayat · Selasa, 24 Nov 2026 · 1 catatan", ["rapat Posyandu 100% hadir"]),
        ("kemarin", "Riwayat · Senin, 23 Nov 2026 · 1 catatan", ["dampingi 4 balita"]),
        (
            "minggu",
            "Riwayat · 23 Nov sampai Minggu, 29 Nov 2026 · 2 catatan",
            ["rapat", "dampingi 4"],
        ),
        ("bulan", "Riwayat · November 2026 · 3 catatan", ["rapat", "dampingi 4", "dampingi 3"]),
        ("oktober", "Riwayat · Oktober 2026 · 1 catatan", ["rapat koordinasi"]),
        ("18 nov", "Riwayat · Rabu, 18 Nov 2026 · 1 catatan", ["dampingi 3"]),
        ("rhk 2", "Riwayat · RHK 2 · 2 catatan", ["dampingi 4", "dampingi 3"]),
        ("posyandu", "Riwayat · “posyandu” · 2 catatan", ["rapat Posyandu", "rapat koordinasi"]),
        ("posyandu rapat okt", "Riwayat · “posyandu rapat okt” · 1 catatan", ["rapat koordinasi"]),
        ("100%", "Riwayat · “100%” · 1 catatan", ["rapat Posyandu"]),
        ("rhk 9", "Riwayat · “rhk 9” · 0 catatan", ["Tidak ada catatan di sini."]),
        ("<b>_", "Riwayat · “<b>_” · 0 catatan", ["Tidak ada catatan di sini."]),
    ],
)
async def test_words_after_the_command_choose_what_is_listed(filled, asked, head, lines):
    said = await filled.say(f"/riwayat {asked}")

    assert said.splitlines()[0] == head
    assert len(listed(said)) == len(lines)
    assert all(one.startswith(begun) for one, begun in zip(listed(said), lines, strict=True))


async def test_the_filter_leads_to_everything_in_the_same_message(filled):
    await filled.say("/riwayat")
    before = len(filled.messages)
    assert "Catatan yang mana?" in await filled.tap("Saring")
    assert filled.last.labels == [
        "Minggu ini", "Bulan ini", "Menurut RHK", "Cari", "Semua catatan",
    ]  # fmt: skip
    assert "November 2026 · 3 catatan" in await filled.tap("Bulan ini")
    assert "Oktober 2026 · 1 catatan" in await filled.tap("Lebih lama")
    assert filled.last.labels == ["1", "Lebih baru", "Lebih lama", "Saring"]
    assert "November 2026" in await filled.tap("Lebih baru")
    assert filled.last.labels == ["1", "2", "3", "Lebih lama", "Saring"]
    await filled.tap("Saring")
    said = await filled.tap("Menurut RHK")
    assert "2. Terlaksananya pendampingan balita" in said
    assert filled.last.labels[:3] == ["RHK 1", "RHK 2", "RHK 3"]
    assert "Riwayat · RHK 2 · 2 catatan" in await filled.tap("RHK 2")
    assert len(filled.messages) == before


async def test_what_is_not_linked_and_what_is_additional_can_be_listed(filled):
    await filled.say("memperbaiki mesin absen")
    await filled.say("/riwayat")
    await filled.tap("2")
    await filled.tap("Ganti RHK")
    await filled.tap("Tugas tambahan")
    await filled.say("/riwayat")
    await filled.tap("Saring")
    await filled.tap("Menurut RHK")
    said = await choose(filled, "Tugas tambahan")
    assert said.splitlines()[0] == "Riwayat · tugas tambahan · 1 catatan"
    assert listed(said) == ["memperbaiki mesin absen"]
    await filled.tap("Saring")
    await filled.tap("Menurut RHK")
    said = await choose(filled, "Belum tertaut")
    assert "memperbaiki mesin absen" not in listed(said)
    assert "rapat Posyandu 100% hadir" in listed(said)


async def test_an_entry_opened_from_a_list_leads_back_to_that_list(filled):
    await filled.say("/riwayat posyandu")
    await filled.tap("2")
    assert "rapat koordinasi posyandu" in filled.last.text
    await filled.tap("Ubah")
    await filled.tap("Kembali")
    await filled.tap("Urungkan")
    said = await filled.tap("Kembali")

    assert said.splitlines()[0] == "Riwayat · “posyandu” · 2 catatan"


async def test_the_search_button_asks_for_words_and_can_be_left(agora, filled):
    await filled.say("/riwayat")
    await filled.tap("Saring")
    assert await filled.tap("Cari") == "Kata apa yang perlu dicari?"
    await filled.tap("Kembali")
    await filled.say("dampingi 9 balita berisiko stunting")
    assert len(await states(agora)) == 5
    await filled.tap("Cari", next(m for m in filled.messages if "Cari" in m.labels))
    said = await filled.say("BALITA stunting")
    assert said.splitlines()[0] == "Riwayat · “BALITA stunting” · 3 catatan"
    assert len(await states(agora)) == 5


async def test_a_search_turns_its_pages_and_is_forgotten_with_its_message(agora, chat):
    for number in range(1, 9):
        await chat.say(LOG.format(number))
    await chat.say("/riwayat balita")
    assert "dampingi 5 balita" in await chat.tap("Lebih lama")
    key = chat.last.key("Lebih baru")
    async with agora.database.writing() as session:
        await arrivals.prune(session, before=agora.now + dt.timedelta(days=1))
    toast = await chat.press(key, chat.last)
    assert toast == "Pencarian ini sudah terlalu lama. Silakan cari lagi dengan /riwayat."


async def test_an_entry_of_several_days_lies_in_each_of_them(chat):
    await chat.say("20-23 nov dampingi 2 balita berisiko stunting")

    for day in ("20 nov", "21 nov", "23 nov", "minggu lalu", "minggu"):
        assert "1 catatan" in (await chat.say(f"/riwayat {day}")).splitlines()[0]
    assert "0 catatan" in (await chat.say("/riwayat 19 nov")).splitlines()[0]


async def test_nobody_finds_somebody_elses_entries_by_rhk_or_by_words(agora, filled):
    other = agora.chat(102)

    assert "0 catatan" in await other.say("/riwayat posyandu")
    mine = (await filled.say("/riwayat rhk 2"), filled.last)[1]
    assert await other.press(mine.key("Saring"), other.last) == ""
    place = Place(Sought.RESULT, await a_result(agora, 101)).number
    toast = await other.press(f"history:{place}", other.last)
    assert toast == "Tombol ini sudah tidak berlaku."
    searched = Place(Sought.WORDS, await last_arrival_of(agora, 101)).number
    toast = await other.press(f"history:{searched}", other.last)
    assert toast == "Pencarian ini sudah terlalu lama. Silakan cari lagi dengan /riwayat."


async def a_result(agora, account: int) -> int:
    async with agora.database.reading() as session:
        query = select(WorkResult.id).join(Employee, Employee.id == WorkResult.employee_id)
        return (await session.exec(query.where(Employee.telegram_id == account))).first()


async def last_arrival_of(agora, account: int) -> int:
    async with agora.database.reading() as session:
        query = select(Arrival.id).where(Arrival.chat_id == account).order_by(Arrival.id.desc())
        return (await session.exec(query)).first()


@pytest.mark.parametrize("number", [8 * 10**16, 10**16 + 1, 999_999_999_999_999_999])
async def test_a_place_that_cannot_be_is_an_old_button(chat, number):
    await chat.say(LOG.format(2))
    await chat.say("/riwayat")

    assert await chat.press(f"history:{number}", chat.last) == "Tombol ini sudah tidak berlaku."
