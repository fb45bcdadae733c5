"""From the summary down to the proof and back, what waits for the leader, and papers."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from bot.skp.dealings import FeedbackKind
from bot.skp.people import ActingKind
from db.models.dealings import Feedback
from db.models.people import Acting
from tests.handlers.pages import choose
from tests.team_rows import TODAY, a_day, a_unit, change, joins, logs, moves, proved, raised

DAY = dt.timedelta(days=1)


async def test_open_obstacles_come_first_with_their_age(agora):
    _, members = await a_day(agora)
    await raised(agora, members[2], "alat ukur <rusak>", days=2)
    chat = agora.chat(100)

    text = await chat.say("/tim")
    listed = await chat.tap("Buka kendala")
    button = next(label for label in chat.last.labels if label.startswith("1 Bu Sari 3"))
    back = await chat.tap("Kembali")

    assert text.splitlines()[3] == "• Kendala, 2 hari: alat ukur <rusak>, Bu Sari 3"
    assert chat.last.labels == [
        "Tanggapi (4)", "Buka kendala", "Rinci orang", "Untuk seluruh tim", "Minggu ini",
    ]  # fmt: skip
    assert listed.splitlines() == [
        "1 kendala terbuka",
        "1. alat ukur <rusak> (2 hari) · Bu Sari 3",
    ]
    assert back == text
    await chat.tap("Buka kendala")
    await chat.tap(button, chat.messages[0])
    assert chat.last.labels == ["Saya bantu", "Beri arahan"]


async def test_last_week_stands_beside_this_one(agora):
    _, members = await a_day(agora)
    await logs(agora.database, members[3], TODAY - 9 * DAY, number=1, quantity="240", unit="balita")
    await logs(agora.database, members[0], TODAY - 9 * DAY, number=2, quantity="4", unit="balita")
    chat = agora.chat(100)

    lines = (await chat.say("/tim")).splitlines()
    monthly = (await chat.tap("Bulan ini")).splitlines()

    # Of the 4 with figures 67, 33, 33 and 17 % by now; a week ago 3 and 17 %.
    assert lines[1] == (
        "Laju tahun ini 38% (pekan lalu 10%; harapan hingga hari ini 90%);"
        " 4 dari 5 orang sudah punya angka."
    )
    assert "bulan lalu" not in monthly[1]


async def test_from_the_person_to_the_rhk_the_entry_and_its_proof_and_back(agora):
    _, members = await a_day(agora)
    entry = await proved(agora, members[0])
    async with agora.database.writing() as session:
        session.add(
            Feedback(
                entry_id=entry,
                employee_id=members[0],
                author_id=1,
                kind=FeedbackKind.GUIDANCE,
                text="Teruskan",
                created_at=agora.now,
            )
        )
    chat = agora.chat(100)
    await chat.say("/tim")
    await chat.tap("Rinci orang")
    person = await choose(chat, "Sari Contoh 1")
    labels = chat.last.labels

    await chat.tap("Lainnya")
    turned = chat.last.labels
    result = await chat.tap("RHK 2")
    shown = await chat.tap("Catatan 1")
    html = chat.last.html
    again = await chat.tap("Kembali")
    back = await chat.tap("Kembali")

    assert labels == ["Catatan 1", "Catatan 2", "RHK 1", "Lainnya", "Kembali"]
    assert turned == ["RHK 2", "RHK 3", "Lainnya", "Kembali"]
    assert result.splitlines()[0] == "Sari Contoh 1, RHK 2"
    assert result.splitlines()[-1] == "1. Sel 24 Nov: 40 balita, Dampingi <b>&</b> 😀"
    assert shown.splitlines() == [
        "Sari Contoh 1, Sel 24 Nov",
        "“Dampingi <b>&</b> 😀”",
        "RHK 2 · 40 balita",
        "1. 1 foto: Foto <posyandu>",
        "2. Daftar",
        "Pak Hendra memberi arahan untuk catatan Sel 24 Nov, “Dampingi <b>&</b> 😀”.",
        "“Teruskan”",
    ]
    assert 'href="https://contoh.example/a?b=1&amp;c"' in html
    assert (again, back) == (result, person)
    assert len(chat.messages) == 1


async def test_a_stored_proof_is_sent_and_a_word_said_from_there(agora):
    _, members = await a_day(agora)
    await proved(agora, members[0])
    chat = agora.chat(100)
    await chat.say("/tim")
    await chat.tap("Rinci orang")
    await choose(chat, "Sari Contoh 1")
    await chat.tap("Catatan 1")
    summary = chat.last

    await chat.tap("Bukti 1", summary)
    assert (chat.last.kind, chat.last.content) == ("photo", b"\xff\xd8\xff\xe0bukti")
    assert chat.last.text == "Foto <posyandu>"
    await chat.tap("Tanggapi", summary)
    assert chat.last.text.splitlines()[1].startswith("Bu Sari 1, Sel 24 Nov: “Dampingi")


async def test_a_leader_of_leaders_with_much_to_do_still_has_five_buttons(agora):
    _, members = await a_day(agora)
    await raised(agora, members[2], "alat rusak")
    await a_unit(agora.database, "SUB", name="Subbagian Data", parent="GIZI")
    below = [await joins(agora.database, n, members[0], unit="SUB") for n in (40, 41, 42)]
    await raised(agora, below[0], "rahasia bawah")
    chat = agora.chat(100)

    text = await chat.say("/tim")
    labels = chat.last.labels
    await chat.tap("Rinci unit")
    beside = chat.last.labels
    await chat.tap("Bulan ini")

    assert "Unit di bawah: 1 orang menghadapi kendala." in text
    assert "rahasia" not in text
    assert labels == [
        "Tanggapi (4)", "Buka kendala", "Rinci orang", "Rinci unit", "Untuk seluruh tim",
    ]  # fmt: skip
    assert beside == ["Untuk seluruh tim", "Minggu ini", "Bulan ini", "Kembali"]
    assert chat.last.text.startswith("Seksi Gizi, November 2026")


async def test_the_summary_goes_out_as_pdf_and_as_a_workbook(agora):
    await a_day(agora)
    chat = agora.chat(100)
    await chat.say("/tim")
    await chat.tap("Untuk seluruh tim")
    await chat.tap("Bagikan")
    list_ = chat.last

    await chat.tap("Unduh PDF", list_)
    pdf = chat.last
    await chat.tap("Unduh Excel", list_)

    assert (pdf.filename, chat.last.filename) == ("tim-2026-11-24.pdf", "tim-2026-11-24.xlsx")
    pages = PdfReader(io.BytesIO(pdf.content)).pages
    printed = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "Ringkasan tim: Seksi Gizi Selasa, 24 November 2026, 16.50 WITA" in printed
    assert "3 dari 5 tercatat" in printed
    book = CalamineWorkbook.from_filelike(io.BytesIO(chat.last.content))
    people, results = (list(book.get_sheet_by_name(name).iter_rows()) for name in book.sheet_names)
    assert people[1] == ["Sari Contoh 1", "Nutrisionis", "2 catatan", 2.0, "67%", "90%"]
    assert results[1][:6] == [
        "Sari Contoh 1", 1.0, "Terlaksananya pemantauan pertumbuhan balita di posyandu",
        480.0, 480.0, "balita",
    ]  # fmt: skip
    # Nothing said is not zero.
    assert [(row[3], row[6]) for row in results[-3:]] == [("tidak ada data", "")] * 3


@pytest.mark.parametrize(("kind", "label"), [(ActingKind.PLT, "Plt"), (ActingKind.PLH, "Plh")])
async def test_who_stands_in_sees_that_team_beside_the_own_one(agora, kind, label):
    leader, _ = await a_day(agora)
    await a_unit(agora.database, "KIA", name="Seksi KIA", parent="GIZI")
    other = await joins(agora.database, 60, None, unit="KIA", name="Kepala Lain")
    chat = agora.chat(160)
    assert "belum dikenali sebagai atasan" in await chat.say("/tim")
    async with agora.database.writing() as session:
        session.add(
            Acting(leader_id=leader, employee_id=other, kind=kind, since=TODAY, until=TODAY + DAY)
        )

    assert (await chat.say("/tim")).startswith("Seksi Gizi")
    await joins(agora.database, 61, other, unit="KIA", name="Anak Buah")
    assert (await chat.say("/tim")).startswith("Seksi KIA")
    text = await chat.tap(f"{label} Seksi Gizi")
    assert text.startswith("Seksi Gizi, Sel 24 Nov")
    await chat.tap("Rinci orang")
    person = await choose(chat, "Sari Contoh 1")
    assert person.startswith("Sari Contoh 1, Nutrisionis")
    await chat.tap("Lainnya")
    await chat.tap("RHK 2")
    await chat.tap("Catatan 1")

    agora.now += dt.timedelta(days=1)
    assert await chat.press(chat.last.key("Kembali"), chat.last) == (
        "Tombol ini sudah tidak berlaku."
    )


@pytest.mark.parametrize("account", [102, 120, 4711])
async def test_nobody_opens_what_is_not_their_own_team(agora, account):
    leader, members = await a_day(agora)
    other = await joins(agora.database, 20, None, name="Lain Contoh")
    await joins(agora.database, 21, other, name="Anggota Lain")
    entry = await proved(agora, members[0])
    await raised(agora, members[0], "rahasia dapur")
    day = TODAY.toordinal()
    chat = agora.chat(account)
    await chat.say("/bantuan")

    for of in (0, leader):
        at = f"{3 * of}:{day}"
        for key in (
            f"team-result:{at}:{members[0]}:4:0", f"team-entry:{at}:{members[0]}:{entry}:0:0",
            f"team-one:{at}:{members[0]}:0", f"team:{at}", f"team-new:{at}",
            f"team-more:{at}:{members[0]}:0:1", f"team-proofs:{at}:{members[0]}:{entry}:0:0:1",
            f"team-obstacles:{at}", f"team-file:{at}:0", f"team-people:{at}:0",
        ):  # fmt: skip
            await chat.press(key, chat.last)
    for key in ("team-proof:1", f"respond-new:{entry}"):
        await chat.press(key, chat.last)

    said = "\n".join([one.text for one in chat.messages] + list(chat.toasts))
    assert "Dampingi" not in said
    assert "rahasia" not in said
    assert "Sari" not in said
    assert b"bukti" not in b"".join(message.content for message in chat.messages)


async def test_what_was_logged_under_an_earlier_leader_is_not_opened(agora):
    leader, members = await a_day(agora)
    newcomer = await joins(agora.database, 30, members[0], name="Made Contoh")
    old = await logs(agora.database, newcomer, TODAY - DAY, text="Ditulis di tim lama")
    await moves(agora.database, newcomer, leader, on=TODAY)
    chat = agora.chat(100)
    await chat.say("/tim")
    key = f"team-entry:0:{TODAY.toordinal()}:{newcomer}:{old}:0:0"

    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."
    assert await chat.press(f"team-file:0:{TODAY.toordinal()}:7", chat.last) == (
        "Tombol ini sudah tidak berlaku."
    )


async def test_the_details_speak_english(agora):
    leader, members = await a_day(agora)
    await change(agora.database, leader, language="en")
    await raised(agora, members[2], "no fuel")
    chat = agora.chat(100)

    text = await chat.say("/tim")
    await chat.tap("People in detail")
    await choose(chat, "Sari Contoh 1", "Others")
    entry = await chat.tap("Entry 1")

    assert "• Obstacle, today: no fuel, Bu Sari 3" in text
    assert entry.splitlines()[-1] == "No evidence yet."
    assert chat.last.labels == ["Respond", "Back"]
