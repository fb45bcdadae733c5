import datetime as dt

import pytest
from sqlmodel import select

from bot.skp.people import AbsenceKind
from db.models.entries import Absence, Entry, Evidence
from db.models.people import Employee
from db.models.plans import Indicator, Plan, WorkResult
from tests.factories import a_team
from tests.handlers.readers import reads

OLD = "Tombol ini sudah tidak berlaku."


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(101)


@pytest.fixture
async def month(agora, chat):
    """Log on six days of November, one of October, and be away on two."""
    for sentence in (
        "30 okt dampingi 5 balita berisiko stunting",
        "2-5 nov dampingi 12 balita berisiko stunting",
        "jam 9-11 dampingi 2 balita berisiko stunting https://contoh.go.id/a kemarin",
        "menyusun 1 laporan bulanan gizi tepat waktu",
        "memperbaiki mesin absen 20 nov",
    ):
        await chat.say(sentence)
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee.id).where(Employee.telegram_id == 101))).one()
        session.add(
            Absence(
                employee_id=person,
                kind=AbsenceKind.LEAVE,
                first=dt.date(2026, 11, 17),
                last=dt.date(2026, 11, 18),
            )
        )
    return chat


async def test_the_month_is_drafted_from_the_entries(month):
    said = await month.say("/rekap")

    assert said.splitlines() == [
        "Draf rekap · November 2026",
        # Of 17 working days up to today seven were logged, and Tuesday and Wednesday were leave.
        "7 hari tercatat · 2 cuti/dinas · 8 kosong.",
        "RHK 2 Terlaksananya pendampingan balita berisiko…: 14 balita; setahun: 19 dari 40.",
        "RHK 3 Tersusunnya laporan bulanan gizi tepat waktu: 1 laporan; setahun: 1 dari 12.",
        "Selain itu: belum tertaut 1 · RHK tanpa kegiatan 1.",
        "Catatan yang masih kurang: bukti 3 · jam 3.",
    ]
    assert month.last.labels == [
        "Lengkapi bukti", "Salin e-Kinerja", "Unduh XLSX", "‹ Oktober 2026",
    ]  # fmt: skip


async def test_a_months_recap_is_sent_in_two_steps(month):
    await month.say("/rekap bulan")
    await month.tap("Unduh XLSX")

    assert (month.last.kind, month.last.filename) == ("document", "progres-harian-2026-11.xlsx")
    assert "4 catatan" in month.last.text


async def test_a_week_and_other_months_turn_in_place(month):
    said = await month.say("/rekap minggu")
    assert said.splitlines()[:2] == [
        "Draf rekap · 23 Nov sampai Minggu, 29 Nov 2026",
        "2 hari tercatat · 0 cuti/dinas · 0 kosong.",
    ]
    before = len(month.messages)
    said = await month.tap("‹ 16 Nov sampai 22 Nov")
    assert "1 hari tercatat · 2 cuti/dinas · 2 kosong." in said
    assert "› 23 Nov sampai 29 Nov" in month.last.labels
    await month.tap("› 23 Nov sampai 29 Nov")
    assert "Draf rekap · 23 Nov" in month.last.text
    assert len(month.messages) == before
    assert "Oktober 2026" in await month.say("/rekap bulan lalu")
    assert "1 hari tercatat · 0 cuti/dinas · 21 kosong." in month.last.text


async def test_it_leads_to_what_is_copied(month):
    await month.say("/rekap")

    assert "November 2026 · 4 catatan" in await month.tap("Salin e-Kinerja")


async def test_missing_evidence_comes_as_a_reply_and_is_no_longer_missing(agora, month):
    await month.say("/rekap")
    recap = month.last
    await month.tap("Lengkapi bukti")
    asked = month.last
    assert asked.text.splitlines()[:2] == ["Bukti 1 dari 3", "Senin, 2 Nov 2026 · RHK 2"]
    await month.tap("Berikutnya")
    assert asked.text.splitlines()[1] == "Jumat, 20 Nov 2026 · belum tertaut"
    await month.photo(reply_to_message=month.frame(text="x") | {"message_id": asked.id})

    async with agora.database.reading() as session:
        proofs = list(await session.exec(select(Evidence).order_by(Evidence.id)))
    assert len(proofs) == 2
    await month.tap("Lengkapi bukti", recap)
    assert month.last.text.splitlines()[0] == "Bukti 1 dari 2"


async def test_when_nothing_lacks_it_says_so(chat):
    await chat.say("jam 9-11 dampingi 2 balita berisiko stunting https://contoh.go.id/a")
    said = await chat.say("/rekap")

    assert said.splitlines()[-1] == "Bukti dan jam sudah lengkap."
    assert "Lengkapi bukti" not in chat.last.labels
    old = f"recap-evidence:2:{dt.date(2026, 11, 24).toordinal()}"
    assert await chat.press(old, chat.last) == "Semua catatan sudah berbukti."


async def test_entries_without_a_figure_are_counted_and_are_not_zero(chat):
    await chat.say("rapat persiapan pemantauan pertumbuhan balita di posyandu")
    said = await chat.say("/rekap")

    assert "RHK 1 Terlaksananya pemantauan pertumbuhan balita di…: 1 catatan." in said


async def test_an_empty_month_is_said_to_be_empty(chat):
    said = await chat.say("/rekap")

    assert "0 hari tercatat · 0 cuti/dinas · 16 kosong." in said
    assert "Belum ada yang tercatat." in said
    assert chat.last.labels == ["‹ Oktober 2026"]


async def test_a_full_recap_stays_within_one_screen(agora, chat):
    async with agora.database.writing() as session:
        query = select(Plan).join(Employee, Employee.id == Plan.employee_id)
        plan = (await session.exec(query.where(Employee.telegram_id == 101))).one()
        for number in range(4, 16):
            result = WorkResult(
                plan_id=plan.id,
                employee_id=plan.employee_id,
                number=number,
                text=f"Terselenggaranya kegiatan besar nomor {number} yang panjang " * 6,
            )
            session.add(result)
            await session.flush()
            session.add(
                Indicator(
                    work_result_id=result.id, text="Jumlah", target=1_250_000, unit="dokumen tebal"
                )
            )
    for number in range(1, 13):
        await chat.say(f"menyusun 123456 dokumen tebal {number}")
    async with agora.database.writing() as session:
        query = select(WorkResult.id).where(WorkResult.number > 3).order_by(WorkResult.number)
        results = list(await session.exec(query))
        entries = await session.exec(select(Entry).order_by(Entry.id))
        for entry, result_id in zip(entries, results, strict=True):
            entry.work_result_id = result_id
            session.add(entry)
    said = await chat.say("/rekap")

    assert said.count("123.456 dokumen tebal; setahun: 123.456 dari 1.250.000.") == 6
    assert "RHK lain 6" in said
    assert len(said) <= 1000
    assert len(chat.last.labels) <= 5


async def test_nobody_sees_somebody_elses_recap(agora, month):
    await month.say("/rekap")
    other = agora.chat(102)
    assert "0 hari tercatat" in await other.say("/rekap")
    for label in month.last.labels:
        await other.press(month.last.key(label), other.last)

    assert not any("dampingi" in one.text or "absen" in one.text for one in other.messages)
    assert all(one.kind == "text" for one in other.messages)


@pytest.mark.parametrize("key", ["recap:7:1", "recap:2:999999", "recap-page:2:1:0"])
async def test_a_stretch_that_cannot_be_is_an_old_button(chat, key):
    await chat.say("/rekap")

    assert await chat.press(key, chat.last) == OLD


async def test_the_recap_speaks_english(agora, month):
    await reads(agora, 101, "en")
    said = await month.say("/rekap")
    assert said.startswith("Draft recap · November 2026\n7 days logged · 2 leave/trip · 8 empty.")
    assert "Entries that lack something: evidence 3 · hours 3." in said
    await month.tap("Complete evidence")
    assert "Reply to this message with a photo, a file or a link." in month.last.text
    assert "could not be read" in await month.say("/rekap xyz")
