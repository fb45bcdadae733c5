import datetime as dt

import pytest
from sqlmodel import select

from bot.documents.ekinerja import read_progress
from db.models.entries import Entry, Evidence
from db.models.people import Employee
from db.models.plans import ActionPlan, WorkResult
from tests.factories import a_team
from tests.handlers.pages import choose
from tests.handlers.readers import reads
from tests.handlers.test_evidence import fetch

LOG = "jam 9-11 dampingi 6 balita berisiko stunting https://contoh.go.id/bukti"
OLD = "Tombol ini sudah tidak berlaku."


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(101)


async def plan(agora, text: str, period: str = "2026-11") -> None:
    async with agora.database.writing() as session:
        query = (
            select(WorkResult.id)
            .join(Employee, Employee.id == WorkResult.employee_id)
            .where(Employee.telegram_id == 101, WorkResult.number == 2)
        )
        result = (await session.exec(query)).one()
        session.add(ActionPlan(work_result_id=result, period=period, text=text))


def copied(message) -> dict[str, str]:
    return {
        button["text"]: button["copy_text"]["text"]
        for line in message.keyboard
        for button in line
        if "copy_text" in button
    }


async def all_copied(chat) -> dict[str, str]:
    """Turn through all that can be copied of one entry."""
    found: dict[str, str] = {}
    first = chat.last.labels
    while True:
        assert len(chat.last.labels) <= 5
        found |= copied(chat.last)
        await chat.tap("Lainnya")
        if chat.last.labels == first:
            return found


async def test_the_fields_stand_in_the_forms_order_and_copy_whole(agora, chat):
    await plan(agora, "Kunjungan rumah balita berisiko")
    await chat.say(LOG)
    said = await chat.say("/salin")

    assert said.splitlines()[:10] == [
        "Salin ke e-Kinerja · Selasa, 24 Nov 2026 · 1 catatan",
        "Catatan 1 dari 1",
        "Rencana Aksi: Kunjungan rumah balita berisiko",
        "Tanggal: 2026-11-24",
        "Jam Mulai: 09:00",
        "Jam Selesai: 11:00",
        f"Kegiatan Harian: {LOG}",
        "Realisasi: 6",
        "Satuan: balita",
        "Bukti Dukung: https://contoh.go.id/bukti",
    ]
    assert copied(chat.last) == {
        "Salin Rencana Aksi": "Kunjungan rumah balita berisiko",
        "Salin Kegiatan Harian": LOG,
        "Salin Bukti Dukung": "https://contoh.go.id/bukti",
    }
    assert chat.last.labels[3:] == ["Unduh XLSX"]


async def test_what_nobody_named_stays_empty_and_is_counted(chat):
    await chat.say("survei 2,5 hektare lahan bersama kader")
    await chat.say("laporan gizi sudah 75%")
    said = await chat.say("/salin")

    assert (
        "Dibiarkan kosong karena belum disebut:"
        " rencana aksi 2 · jam 2 · bilangan bulat 2 · tautan bukti 2." in said
    )
    lines = said.splitlines()
    assert "Jam Mulai: –" in lines
    assert "Realisasi: – (2,5; isiannya bilangan bulat)" in lines
    assert "Bukti Dukung: –" in lines
    assert list(copied(chat.last)) == ["Salin Kegiatan Harian"]
    assert chat.last.labels[1:] == ["Isi jam (2)", "Unduh XLSX", "Berikutnya"]


async def test_entries_turn_in_place_by_day_and_hour(chat):
    await chat.say("jam 13-14 rapat dengan 5 kader")
    await chat.say("jam 8-10 dampingi 3 balita berisiko stunting")
    await chat.say("kemarin dampingi 4 balita berisiko stunting")
    said = await chat.say("/salin bulan")
    before = len(chat.messages)
    assert "November 2026 · 3 catatan" in said
    assert "kemarin dampingi 4" in said
    assert "jam 8-10" in await chat.tap("Berikutnya")
    assert "jam 13-14" in await chat.tap("Berikutnya")
    assert "Berikutnya" not in chat.last.labels
    assert "jam 8-10" in await chat.tap("Sebelumnya")

    assert len(chat.messages) == before


async def test_a_long_sentence_is_copied_in_parts_that_fit_and_lose_nothing(chat):
    emoji = "dampingi 6 balita " + "👍🏽 " * 60 + "kunjungan rumah di desa sukamaju " * 12
    await chat.say(emoji + "a" * 600)
    await chat.say("/salin")
    parts = [
        text for label, text in (await all_copied(chat)).items() if label.startswith("Kegiatan")
    ]

    assert len(parts) >= 4
    assert all(1 <= len(one.encode("utf-16-le")) // 2 <= 256 for one in parts)
    assert "".join("".join(parts).split()) == "".join((emoji + "a" * 600).split())
    assert not any(one.endswith(("kunjunga", "sukamaj")) for one in parts)


async def test_a_long_link_is_copied_in_parts_that_join_exactly(chat):
    link = "https://contoh.go.id/" + "x" * 700
    await chat.say(f"dampingi 6 balita berisiko stunting {link}")
    await chat.say("/salin")
    parts = [text for label, text in (await all_copied(chat)).items() if label.startswith("Bukti")]

    assert "".join(parts) == link
    assert all(len(one) <= 256 for one in parts)


async def test_an_entry_of_several_days_stands_on_its_first_alone(chat):
    await chat.say("20-23 nov dampingi 6 balita berisiko stunting")

    said = await chat.say("/salin 20 nov")
    assert "Tanggal: 2026-11-20 (sampai 23 Nov; isiannya satu tanggal)" in said
    assert "Belum ada catatan untuk disalin" in await chat.say("/salin 21 nov")


async def test_a_day_without_entries_offers_others(chat):
    await chat.say("18 nov dampingi 6 balita berisiko stunting")
    said = await chat.say("/salin")

    assert said == "Belum ada catatan untuk disalin: Selasa, 24 Nov 2026."
    assert chat.last.labels == ["Sen 23 Nov", "Seminggu penuh", "Sebulan penuh", "Menu"]
    assert "18 nov dampingi" in await chat.tap("Sebulan penuh")


@pytest.mark.parametrize("asked", ["besok", "posyandu", "32 nov", "<b>"])
async def test_a_day_that_cannot_be_read_is_asked_for_kindly(chat, asked):
    assert "Harinya belum terbaca." in await chat.say(f"/salin {asked}")


async def test_the_workbook_has_the_eight_columns_and_only_ones_own_rows(agora, chat):
    await plan(agora, "Kunjungan rumah")
    await chat.say(LOG)
    await chat.say('=HYPERLINK("https://jahat.example","x") dampingi 1 balita berisiko stunting')
    await agora.chat(102).say("dampingi 9 balita berisiko stunting")
    await chat.say("/salin bulan")
    await choose(chat, "Unduh XLSX")

    file = chat.last
    assert (file.kind, file.filename) == ("document", "progres-harian-2026-11.xlsx")
    assert "Delapan kolom e-Kinerja · November 2026 · 2 catatan." in file.text
    rows = read_progress(file.content).rows
    assert [(one.plan, one.quantity, one.unit) for one in rows] == [
        ("Kunjungan rumah", 6, "balita"), ("Kunjungan rumah", 1, "balita"),
    ]  # fmt: skip
    assert rows[1].text.startswith("=HYPERLINK(")


async def test_an_undone_entry_is_not_copied(chat):
    await chat.say(LOG)
    await chat.tap("Urungkan")

    assert "Belum ada catatan" in await chat.say("/salin")


async def test_evidence_files_come_named_by_day_and_rhk(agora, chat):
    await chat.photo("dampingi 6 balita berisiko stunting", content=b"\xff\xd8\xffsatu")
    await chat.photo("dampingi 6 balita berisiko stunting", content=b"\xff\xd8\xffdua")
    await chat.document(b"%PDF-1", "lap/gizi: nov.pdf", caption="memperbaiki mesin absen")
    await agora.chat(102).photo("dampingi 9 balita berisiko stunting", content=b"\xff\xd8\xfflain")
    await fetch(agora)
    await chat.say("/salin")
    await chat.tap("Kirim berkas bukti")

    files = [one for one in chat.messages if one.kind == "document"]
    assert [(one.filename, one.content) for one in files] == [
        ("2026-11-24 RHK 2 dampingi 6 balita berisiko stunting.jpg", b"\xff\xd8\xffsatu"),
        ("2026-11-24 RHK 2 dampingi 6 balita berisiko stunting (2).jpg", b"\xff\xd8\xffdua"),
        ("2026-11-24 belum tertaut lap gizi nov.pdf", b"%PDF-1"),
    ]
    assert files[0].text == "Sel 24 Nov · RHK 2 · dampingi 6 balita berisiko stunting"
    assert "3 dari 3 berkas terkirim." in chat.last.text


async def test_many_files_come_some_at_a_time_and_a_lost_one_is_told(agora, chat):
    for number in range(12):
        await chat.photo("dampingi 6 balita berisiko stunting", content=b"\xff\xd8\xff%d" % number)
    await fetch(agora)
    async with agora.database.reading() as session:
        first = (await session.exec(select(Evidence).order_by(Evidence.id))).first()
    (agora.agency.data_dir / first.path).unlink()
    await chat.say("/salin")
    await chat.tap("Kirim berkas bukti")
    assert "10 dari 12 berkas terkirim." in chat.last.text
    assert "1 berkas tidak ada lagi" in chat.last.text
    assert len([one for one in chat.messages if one.kind == "document"]) == 9
    await chat.tap("Kirim berikutnya")

    files = [one for one in chat.messages if one.kind == "document"]
    assert len(files) == 11
    assert len({one.filename for one in files}) == 11
    assert "12 dari 12 berkas terkirim." in chat.last.text
    assert "Kirim berikutnya" not in chat.last.labels


async def test_nothing_of_somebody_else_is_copied_downloaded_or_sent(agora, chat):
    await chat.photo(LOG)
    await fetch(agora)
    await chat.say("/salin")
    shown = chat.last
    other = agora.chat(102)
    await other.say("/salin")
    for label in ("Unduh XLSX", "Kirim berkas bukti"):
        await other.press(shown.key(label), other.last)
    day = dt.date(2026, 11, 24).toordinal()
    for key in (f"copy:2:{day}:0", f"hours:2:{day}:1", f"hours-end:2:{day}"):
        await other.press(key, other.last)

    assert all(one.kind == "text" for one in other.messages)
    assert not any("contoh.go.id" in one.text for one in other.messages)


@pytest.mark.parametrize("key", ["copy:7:1:0", "copy:0:999999:0", "copy-xlsx:9:1", "hours:0:1:0"])
async def test_a_stretch_that_cannot_be_is_an_old_button(chat, key):
    await chat.say("/salin")

    assert await chat.press(key, chat.last) == OLD


async def test_the_copying_speaks_english(agora, chat):
    await reads(agora, 101, "en")
    assert "No entries to copy: Tuesday" in await chat.say("/salin")
    await chat.say("20-22 nov survei 2,5 hektare lahan bersama kader")
    said = await chat.say("/salin 20 nov")
    assert "Left empty, because it was not named: rencana aksi 1 · hours 1" in said
    assert "(until 22 Nov; the form takes one date)" in said
    assert "(2.5; the form takes whole numbers)" in said
    assert chat.last.labels == ["Copy Kegiatan Harian", "Fill in hours (1)", "Download XLSX"]
    await chat.tap("Download XLSX")
    assert "e-Kinerja's eight columns" in chat.last.text
    assert "The day could not be read." in await chat.say("/salin xyz")


async def hours_of(agora) -> list[tuple[str, str, int] | None]:
    async with agora.database.reading() as session:
        found = await session.exec(select(Entry).order_by(Entry.id))
        return [
            (f"{one.start:%H:%M}", f"{one.end:%H:%M}", one.minutes) if one.start else None
            for one in found
        ]


async def test_hours_are_filled_in_entry_after_entry(agora, chat):
    for number in (1, 2, 3):
        await chat.say(f"dampingi {number} balita berisiko stunting")
    await chat.say("/salin")
    said = await chat.tap("Isi jam (3)")
    assert "dampingi 1 balita" in said
    assert "Tinggal 3 catatan." in said
    said = await chat.say("08.00–10.30")
    assert "dampingi 2 balita" in said
    said = await chat.tap("Lewati")
    assert "dampingi 3 balita" in said
    assert "Jamnya belum terbaca" in await chat.say("entah")
    said = await chat.say("22-2")

    assert said.startswith("Salin ke e-Kinerja")
    assert chat.last.labels[-3:] == ["Isi jam (1)", "Unduh XLSX", "Berikutnya"]
    assert await hours_of(agora) == [("08:00", "10:30", 150), None, ("22:00", "02:00", 240)]
    await chat.say("dampingi 4 balita berisiko stunting")
    assert len(await hours_of(agora)) == 4


async def test_leaving_the_hours_leaves_the_question(agora, chat):
    await chat.say("dampingi 1 balita berisiko stunting")
    await chat.say("/salin")
    await chat.tap("Isi jam (1)")
    assert (await chat.tap("Kembali")).startswith("Salin ke e-Kinerja")
    await chat.say("9-11 dampingi 2 balita berisiko stunting")

    assert (await hours_of(agora))[0] is None
    assert len(await hours_of(agora)) == 2


async def test_hours_of_a_closed_entry_are_not_asked_for(agora, chat):
    await chat.say("dampingi 1 balita berisiko stunting")
    agora.now = dt.datetime(2026, 12, 2, 2, 0, tzinfo=dt.UTC)
    await chat.say("/salin november")

    assert "jam 1" in chat.last.text
    assert chat.last.labels == ["Salin Kegiatan Harian", "Unduh XLSX"]
