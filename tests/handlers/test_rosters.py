import dataclasses

import pytest
from sqlmodel import select

from bot.documents.roster_reading import read_roster
from bot.documents.roster_writing import write_roster
from db.models.messages import AuditRecord, Draft
from db.models.people import Employee
from tests.factories import a_team
from tests.rosters import HEAD, PEOPLE, RESULTS, SARI, only, person, roster

GHOST = "199001012015011999"
MOVED = "197001012000011009"
EMPTY = dict.fromkeys(("indicators", "action_plans", "absences", "shifts"), ())


@pytest.fixture
async def admin(agora):
    leader, _ = await a_team(agora.database)
    async with agora.database.writing() as session:
        (await session.get(Employee, leader)).roles = ["pegawai", "admin"]
    return agora.chat(100)


@pytest.fixture
async def english(agora, admin):
    async with agora.database.writing() as session:
        (
            await session.exec(select(Employee).where(Employee.telegram_id == 100))
        ).one().language = "en"
    return admin


async def work(agora) -> None:
    """Let the background do all that waits."""
    while await agora.downloads._workbook():  # noqa: SLF001  # What the service's own loop calls.
        await agora.settle()


async def send(agora, chat, content: bytes, name: str = "pegawai.xlsx") -> str:
    await chat.document(content, name)
    await work(agora)
    return chat.last.text


async def tap(agora, chat, label: str) -> str:
    await chat.tap(label)
    await work(agora)
    return chat.last.text


async def found(agora, nip: str) -> Employee | None:
    async with agora.database.reading() as session:
        return (await session.exec(select(Employee).where(Employee.nip == nip))).first()


def faulty(count: int) -> bytes:
    people = tuple(
        person(n, f"19900101201501{n % 2 + 1}{n:03}", f"Orang {n}", supervisor=GHOST)
        for n in range(2, count + 2)
    )
    return write_roster(roster(employees=people, work_results=(), **EMPTY))


async def test_the_template_is_explained_and_handed_out(admin):
    await admin.say("/impor")

    explanation, template = admin.messages[-2:]
    assert explanation.text.startswith("Impor data pegawai\n1. Isi buku kerja")
    assert template.filename == "templat-data-pegawai.xlsx"
    assert read_roster(template.content).total == 0


async def test_a_workbook_is_acknowledged_shown_and_applied_by_a_tap(agora, admin):
    (first,) = await admin.document(write_roster(roster()), "pegawai.xlsx")
    assert first.text == "Diterima: pegawai.xlsx. Saya baca dan bandingkan; hasilnya menyusul."
    await work(agora)

    assert admin.last.text == (
        "pegawai.xlsx: 13 baris: 12 baru, 1 berubah, 0 tetap. Belum ada yang diubah."
    )
    assert admin.last.labels == ["Terapkan 13", "Batal"]
    assert await found(agora, SARI) is None
    said = await tap(agora, admin, "Terapkan 13")
    assert said.startswith("pegawai.xlsx sudah diterapkan: 12 baru, 1 berubah, 0 tetap.")
    assert (await found(agora, SARI)).name == "Sari Contoh"
    # A workbook is full of personal data and does not stay.
    assert list((agora.agency.data_dir / "workbooks").iterdir()) == []
    async with agora.database.reading() as session:
        (record,) = await session.exec(
            select(AuditRecord).where(AuditRecord.action == "roster.applied")
        )
        assert record.actor_id == (await session.get(Employee, record.actor_id)).id
        assert (await session.exec(select(Draft))).all() == []


async def test_the_same_workbook_again_has_nothing_to_apply(agora, admin):
    await send(agora, admin, write_roster(roster()))
    await tap(agora, admin, "Terapkan 13")

    said = await send(agora, admin, write_roster(roster()))

    assert said.endswith("Tidak ada yang perlu diterapkan.")
    assert admin.last.labels == ["Batal"]


async def test_problems_are_listed_by_their_place_and_nothing_can_be_applied(agora, admin):
    people = (dataclasses.replace(PEOPLE[0], supervisor=GHOST), *PEOPLE[1:])
    said = await send(agora, admin, write_roster(roster(employees=people)))

    assert said == "pegawai.xlsx: 13 baris: 1 masalah (Pegawai 1). Belum ada yang diubah."
    assert admin.last.labels == ["Lihat 1 masalah", "Batal"]
    assert await admin.tap("Lihat 1 masalah") == (
        "pegawai.xlsx: 1–1 dari 1\n\nPegawai, Atasan (NIP), baris 2: Tidak ada pegawai dengan NIP"
        f" {GHOST}, jadi tidak dapat menjadi atasan. Tambahkan atasan itu di lembar “Pegawai”, atau"
        " perbaiki NIP-nya."
    )
    assert (await admin.tap("Kembali")).startswith("pegawai.xlsx: 13 baris: 1 masalah")
    assert await admin.tap("Batal") == "Dibatalkan. Tidak ada yang diubah."


async def test_many_problems_come_a_page_at_a_time(agora, admin):
    await send(agora, admin, faulty(19))

    first = await admin.tap("Lihat 19 masalah")
    assert first.startswith("pegawai.xlsx: 1–8 dari 19")
    assert admin.last.labels == ["›", "Kembali"]
    assert (await admin.tap("›")).startswith("pegawai.xlsx: 9–16 dari 19")
    assert admin.last.labels == ["‹", "›", "Kembali"]
    assert (await admin.tap("›")).startswith("pegawai.xlsx: 17–19 dari 19")
    assert (await admin.tap("‹")).startswith("pegawai.xlsx: 9–16 dari 19")


async def test_more_problems_than_anyone_mends_at_once_are_counted(agora, admin):
    await send(agora, admin, faulty(230))

    assert admin.last.labels == ["Lihat 230 masalah", "Batal"]
    message = admin.last
    verb, version, kind, _ = message.key("Lihat 230 masalah").split(":")
    await admin.press(f"{verb}:{version}:{kind}:99", message)
    assert admin.last.text.endswith("… dan 30 lagi. Perbaiki yang ini dahulu.")


async def test_notes_stop_nothing(agora, admin):
    results = (dataclasses.replace(RESULTS[0], themes=("kopi",)), RESULTS[1])
    await send(agora, admin, write_roster(roster(work_results=results)))

    assert admin.last.labels == ["Terapkan 13", "Lihat 1 catatan", "Batal"]
    assert "Tema “kopi” tidak termasuk yang dikenal" in await admin.tap("Lihat 1 catatan")


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"bukan buku kerja", "pegawai.xlsx"), (b"PK\x03\x04rusak", "p.xlsx"), (b"", "kosong.xlsx")],
)
async def test_a_broken_workbook_is_answered_kindly(agora, admin, content, name):
    said = await send(agora, admin, content, name)

    assert said.startswith(f"{name} belum dapat diterima: ")
    assert "Belum ada yang diubah." in said


async def test_a_file_with_a_hostile_name_is_named_as_it_is(agora, admin):
    said = await send(agora, admin, b"x", "<b>&🌸.xlsx")

    assert said.startswith("<b>&🌸.xlsx belum dapat diterima")


async def test_a_file_that_telegram_does_not_hand_over_is_refused_at_once(admin):
    file = {
        "file_id": "besar",
        "file_unique_id": "besar",
        "file_name": "pegawai.xlsx",
        "file_size": 21 * 1024 * 1024,
    }

    (said,) = await admin.send(document=file)

    assert said.text.startswith("Berkas ini lebih besar dari 20 MB")


async def test_a_workbook_that_was_followed_by_something_else_is_let_go(agora, admin):
    await admin.document(write_roster(roster()), "pegawai.xlsx")
    await admin.say("/catat")
    await work(agora)

    async with agora.database.reading() as session:
        (draft,) = await session.exec(select(Draft))
    assert not draft.step.startswith("roster.")
    assert await found(agora, SARI) is None


async def test_an_old_button_opens_the_present_preview(agora, admin):
    await send(agora, admin, write_roster(roster()))
    old = admin.last
    await send(agora, admin, write_roster(only(employees=(person(2, HEAD, "X", unit="GIZI"),))))

    assert await admin.press(old.key("Terapkan 13"), old) == "Tombol ini sudah tidak berlaku."
    await work(agora)
    assert await found(agora, SARI) is None
    assert old.labels == ["Terapkan 1", "Batal"]


async def test_a_double_tap_applies_once(agora, admin):
    await send(agora, admin, write_roster(roster()))
    preview = admin.last
    key = preview.key("Terapkan 13")
    await admin.press(key, preview)

    assert await admin.press(key, preview) == "Tombol ini sudah tidak berlaku."
    await work(agora)
    assert admin.last.text.startswith("pegawai.xlsx sudah diterapkan: 12 baru")


async def test_somebody_elses_button_applies_nothing(agora, admin):
    await send(agora, admin, write_roster(roster()))

    said = await agora.chat(101).press(admin.last.key("Terapkan 13"), admin.last)
    await work(agora)

    assert said.startswith("Bagian ini untuk admin kepegawaian.")
    assert await found(agora, SARI) is None


async def test_who_is_no_admin_any_more_applies_nothing(agora, admin):
    await send(agora, admin, write_roster(roster()))
    await admin.tap("Terapkan 13")
    async with agora.database.writing() as session:
        person_ = (await session.exec(select(Employee).where(Employee.telegram_id == 100))).one()
        person_.roles = ["pegawai"]
    await work(agora)

    assert "Data pegawai hanya dapat diimpor oleh admin." in admin.last.text
    assert await found(agora, SARI) is None


async def test_what_became_wrong_before_the_tap_is_shown_again(agora, admin):
    lone = only(employees=(person(2, SARI, "Sari Contoh", supervisor=HEAD),))
    await send(agora, admin, write_roster(roster(employees=PEOPLE[1:2], work_results=(), **EMPTY)))
    await tap(agora, admin, "Terapkan 5")
    await send(agora, admin, write_roster(lone))
    async with agora.database.writing() as session:
        head = (await session.exec(select(Employee).where(Employee.nip == HEAD))).one()
        head.nip = MOVED
    await tap(agora, admin, "Terapkan 1")

    assert admin.last.text == "pegawai.xlsx: 1 baris: 1 masalah (Pegawai 1). Belum ada yang diubah."


async def test_a_workbook_of_somebody_else_is_evidence(agora, admin):
    new = await agora.chat(101).document(write_roster(roster()), "bukti.xlsx")

    assert not new[-1].text.startswith("Diterima: bukti.xlsx")


async def test_the_same_in_english(agora, english):
    (first,) = await english.document(write_roster(roster()), "staff.xlsx")
    assert first.text == "Received: staff.xlsx. I read it and compare; the result follows."
    await work(agora)
    assert english.last.text == (
        "staff.xlsx: 13 rows: 12 new, 1 changed, 0 as they are. Nothing has been changed yet."
    )
    assert (await tap(agora, english, "Apply 13")).startswith("Applied staff.xlsx: 12 new")
    await send(agora, english, faulty(2))
    assert english.last.labels == ["See 2 problems", "Cancel"]
    assert "No person with the NIP" in await english.tap("See 2 problems")
