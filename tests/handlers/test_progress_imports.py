import datetime as dt
import io
import os

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from bot.actions.workbooks import TAKING
from bot.skp.entries import EntryState
from db.models.entries import Entry, Evidence
from db.models.messages import Draft
from db.models.people import Employee
from tests.documents.workbooks import workbook
from tests.factories import a_team
from tests.handlers.pages import choose
from tests.handlers.readers import reads
from tests.handlers.test_copying import plan
from tests.handlers.test_rosters import work

HEADINGS = ["Rencana Aksi", "Tanggal", "Jam Mulai", "Jam Selesai", "Kegiatan Harian", "Realisasi",
            "Satuan", "Bukti Dukung"]  # fmt: skip
NAME = "progres-harian-2026-11.xlsx"
APEL = [["", "2026-11-20", "", "", text, "", "", ""] for text in ("Apel", "Senam")]
COUNT = 200 if os.environ.get("PROOF") else 40
SENTENCES = (
    "jam {hour}-{next} dampingi {n} balita berisiko stunting https://contoh.go.id/{n}",
    "dampingi {n} balita berisiko stunting",
    "jam {hour}-{next} dampingi balita berisiko stunting di {n},5 hektare kebun",
    "=SUM(A1) & <b> rapat dengan {n} kader 👍🏽",
    "menyusun {n} laporan gizi, " + "dilanjutkan evaluasi bersama bidan desa " * 9,
)


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(101)


async def entries(agora, account: int = 101) -> list[Entry]:
    async with agora.database.reading() as session:
        query = (
            select(Entry)
            .join(Employee, Employee.id == Entry.employee_id)
            .where(Employee.telegram_id == account, Entry.state == EntryState.KEPT)
        )
        return list(await session.exec(query.order_by(Entry.id)))


def cells_of(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


async def send(agora, chat, content: bytes, name: str = NAME, **more) -> str:
    await chat.document(content, name, **more)
    await work(agora)
    return chat.last.text


async def download(chat, asked: str = "bulan") -> bytes:
    await chat.say(f"/salin {asked}")
    await choose(chat, "Unduh XLSX")
    return chat.last.content


def expected(kind: int, n: int, day: dt.date, text: str) -> list[object]:
    """Write the eight columns of one sentence by hand, as the form wants them."""
    hour = 8 + n % 4
    hours = [f"{hour:02}:00", f"{hour + 2:02}:00"]
    date = day.isoformat()
    if kind == 0:
        link = f"https://contoh.go.id/{n}"
        return ["Kunjungan rumah", date, *hours, text, float(n), "balita", link]
    if kind == 1:
        return ["Kunjungan rumah", date, "", "", text, float(n), "balita", ""]
    if kind == 2:
        return ["Kunjungan rumah", date, *hours, text, "", "hektare", ""]
    if kind == 3:
        return ["", date, "", "", text, float(n), "kader", ""]
    cut = text[:254].rpartition(" ")[0] + "…"
    return ["", date, "", "", cut, float(n), "laporan", ""]


@pytest.mark.slow
async def test_a_month_goes_out_and_comes_back_without_a_double(agora, chat):
    await plan(agora, "Kunjungan rumah")
    wanted = []
    for n in range(1, COUNT + 1):
        day = dt.date(2026, 11, 2) + dt.timedelta(days=n % 20)
        agora.now = dt.datetime.combine(day, dt.time(8, n % 60), dt.UTC)
        kind, hour = n % len(SENTENCES), 8 + n % 4
        text = SENTENCES[kind].format(n=n, hour=hour, next=hour + 2).strip()
        await chat.say(text)
        wanted.append(expected(kind, n, day, text))
    agora.now = dt.datetime(2026, 11, 24, 8, 50, tzinfo=dt.UTC)
    first = await download(chat)
    head, *lines = cells_of(first)
    assert head == HEADINGS
    assert sorted(lines, key=repr) == sorted(wanted, key=repr)

    count = len(wanted)
    said = await send(agora, chat, first)
    assert said == f"{NAME}: 0 catatan baru tersimpan; {count} sudah ada."
    await forgotten(agora)
    assert f"{count} catatan baru tersimpan; 0 sudah ada." in await send(agora, chat, first)
    again = await download(chat)
    assert sorted(cells_of(again), key=repr) == sorted(cells_of(first), key=repr)
    assert f"0 catatan baru tersimpan; {count} sudah ada." in await send(agora, chat, again)
    assert len(await entries(agora)) == count


async def forgotten(agora) -> None:
    """Delete every entry, as if they had been kept elsewhere alone."""
    async with agora.database.writing() as session:
        for one in await session.exec(select(Entry)):
            one.state = EntryState.DELETED
            session.add(one)


async def test_a_record_of_another_program_comes_in_under_its_own_names(agora, chat):
    await plan(agora, "Kunjungan rumah")
    content = workbook(
        Data=[["TGL", "mulai", "selesai", "Uraian", "Qty", "UOM", "Link", "Renaksi"],
              [dt.date(2026, 11, 20), dt.time(8, 0), "10.30", "Kunjungan", "6", "balita",
               "https://contoh.go.id/a", "kunjungan  RUMAH"],
              ["24/11/2026", "", "", "dampingi 3 balita berisiko stunting", "", "",
               "http://x.id", ""]]
    )  # fmt: skip
    said = await send(agora, chat, content, "rekap saya.xlsx", caption="Impor")

    assert said.splitlines()[:2] == [
        "rekap saya.xlsx: 2 catatan baru tersimpan; 0 sudah ada.",
        "1 tautan tidak diambil karena tidak diawali https://.",
    ]
    first, second = await entries(agora)
    assert (first.day, first.start, first.end) == (
        dt.date(2026, 11, 20), dt.time(8, 0), dt.time(10, 30),
    )  # fmt: skip
    assert (first.text, first.quantity, first.unit, first.late) == ("Kunjungan", 6, "balita", True)
    # The plan names the RHK; without one the ear links what is sure, and invents no amount.
    assert first.work_result_id == second.work_result_id is not None
    assert (second.quantity, second.late) == (None, False)
    async with agora.database.reading() as session:
        assert [one.url for one in await session.exec(select(Evidence))] == [
            "https://contoh.go.id/a"
        ]


async def test_two_lines_alike_are_two_entries_and_never_three(agora, chat):
    line = ["", "2026-11-20", "", "", "Apel pagi", "", "", ""]
    content = workbook(Data=[HEADINGS, line, line])

    assert "2 catatan baru tersimpan; 0 sudah ada." in await send(agora, chat, content)
    assert "0 catatan baru tersimpan; 2 sudah ada." in await send(agora, chat, content)
    content = workbook(Data=[HEADINGS, line, line, line])
    assert "1 catatan baru tersimpan; 2 sudah ada." in await send(agora, chat, content)
    assert len(await entries(agora)) == 3


async def test_good_lines_come_in_and_bad_ones_are_named(agora, chat):
    content = workbook(
        Data=[HEADINGS,
              ["", "2026-11-20", "", "", "Apel pagi", "", "", ""],
              ["", "30/02/2026", "", "", "Rapat", "", "", ""],
              ["", "2026-11-25", "", "", "Rapat besok", "", "", ""],
              ["", "2019-01-02", "", "", "Rapat lama", "", "", ""]]
    )  # fmt: skip
    said = await send(agora, chat, content)

    assert "1 catatan baru tersimpan" in said
    assert "3 baris belum diambil." in said
    assert "Data, Tanggal, baris 3" in said
    assert "Data, Tanggal, baris 4: 2026-11-25 belum tiba." in said
    assert "Data, Tanggal, baris 5: 2019-01-02 sudah terlalu lama." in said
    assert [one.text for one in await entries(agora)] == ["Apel pagi"]


async def test_what_came_in_is_taken_back_with_one_tap(agora, chat):
    lines = [["", "2026-11-20", "", "", f"Apel {n}", "", "", ""] for n in range(5)]
    await send(agora, chat, workbook(Data=[HEADINGS, *lines]))
    undo = chat.last.key("Urungkan 5")
    other = agora.chat(102)
    await other.say("/menu")
    assert await other.press(undo, other.last) == "Tombol ini sudah tidak berlaku."
    assert await chat.tap("Urungkan 5") == "5 catatan diurungkan."

    assert await entries(agora) == []
    assert await chat.press(undo, chat.last) == "Tombol ini sudah tidak berlaku."


async def test_hours_filled_in_between_come_into_what_was_there(agora, chat):
    await send(agora, chat, workbook(Data=[HEADINGS, *APEL, *APEL[:1]]))
    filled = [
        ["", "2026-11-20", *hours, "Apel", "", "", ""] for hours in (("", ""), ("7:30", "8:15"))
    ]
    said = await send(agora, chat, workbook(Data=[HEADINGS, *filled, *APEL[1:]]))

    assert said.startswith(
        f"{NAME}: 0 catatan baru tersimpan; 3 sudah ada.\n"
        "1 catatan yang sudah ada kini memuat jam dari berkas."
    )
    found = [(one.text, one.start, one.end, one.minutes) for one in await entries(agora)]
    assert sorted(found, key=repr) == [
        ("Apel", None, None, None),
        ("Apel", dt.time(7, 30), dt.time(8, 15), 45),
        ("Senam", None, None, None),
    ]
    said = await send(agora, chat, workbook(Data=[HEADINGS, *filled, *APEL[1:]]))
    assert "jam dari berkas" not in said


async def test_hours_do_not_come_into_what_is_closed(agora, chat):
    await send(agora, chat, workbook(Data=[HEADINGS, *APEL]))
    agora.now = dt.datetime(2026, 12, 3, 2, 0, tzinfo=dt.UTC)
    filled = [["", "2026-11-20", "07:30", "08:15", "Apel", "", "", ""]]
    said = await send(agora, chat, workbook(Data=[HEADINGS, *filled]))

    assert said == f"{NAME}: 0 catatan baru tersimpan; 1 sudah ada."
    assert {one.start for one in await entries(agora)} == {None}


async def test_after_the_window_a_workbook_can_no_longer_be_taken_back(agora, chat):
    content = workbook(Data=[HEADINGS, ["", "2026-11-20", "", "", "Apel", "", "", ""]])
    await send(agora, chat, content)
    agora.now = dt.datetime(2026, 12, 3, 2, 0, tzinfo=dt.UTC)
    assert "tidak dapat diubah lagi" in await chat.press(chat.last.key("Urungkan 1"), chat.last)
    assert len(await entries(agora)) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"bukan berkas excel", "bukan buku kerja XLSX"),
        (workbook(Unit=[["Kode", "Nama"]]), "Rencana Aksi, Tanggal"),
        (
            workbook(Data=[HEADINGS, *(["", "2026-11-20", "", "", "Apel", "", "", ""],) * 1001]),
            "lebih dari 1000 baris",
        ),
    ],
)
async def test_a_file_that_cannot_be_read_changes_nothing(agora, chat, content, words):
    said = await send(agora, chat, content)

    assert words in said
    assert await entries(agora) == []
    async with agora.database.reading() as session:
        assert (await session.exec(select(Draft))).first() is None


async def test_a_workbook_with_other_words_or_another_name_stays_evidence(agora, chat):
    content = workbook(Data=[HEADINGS, ["", "2026-11-20", "", "", "Apel", "", "", ""]])
    await chat.document(content, NAME, caption="menyusun 1 laporan gizi")
    await chat.document(content, "laporan.xlsx")
    await work(agora)

    assert [one.text for one in await entries(agora)] == ["menyusun 1 laporan gizi", ""]


async def test_an_admin_may_send_a_daily_record_too(agora, chat):
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        person.roles = ["pegawai", "admin"]
    content = workbook(Data=[HEADINGS, ["", "2026-11-20", "", "", "Apel", "", "", ""]])

    assert "1 catatan baru tersimpan" in await send(agora, chat, content)


async def test_something_begun_meanwhile_lets_the_workbook_go(agora, chat):
    content = workbook(Data=[HEADINGS, ["", "2026-11-20", "", "", "Apel", "", "", ""]])
    await chat.document(content, NAME)
    await chat.say("/catat")
    await work(agora)

    assert await entries(agora) == []


async def test_a_stranger_is_refused_before_anything_is_fetched(agora):
    stranger = agora.chat(900)
    await stranger.document(b"x", NAME)

    assert "Selamat datang" in stranger.last.text
    async with agora.database.reading() as session:
        assert (await session.exec(select(Draft).where(Draft.step == TAKING))).first() is None


async def test_the_import_speaks_english(agora, chat):
    await reads(agora, 101, "en")
    content = workbook(
        Data=[HEADINGS, ["", "2026-11-20", "", "", "Apel", "", "", "http://x"],
              ["", "2027-01-01", "", "", "Apel", "", "", ""]]
    )  # fmt: skip
    said = await send(agora, chat, content)

    assert f"{NAME}: 1 new entry; 0 were there already." in said
    assert "1 link was left out" in said
    assert "2027-01-01 lies ahead. Write a day up to today." in said
    assert await chat.tap("Undo 1") == "1 entry taken back."
