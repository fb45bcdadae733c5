"""What is kept about oneself, who has looked, and all of it as a file; who changed what."""

import datetime as dt
import io

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from bot.skp.dealings import FeedbackKind, Phrase
from bot.skp.entries import EvidenceKind, EvidenceState
from bot.skp.people import AbsenceKind, ActingKind
from db.models.dealings import Feedback, Obstacle
from db.models.entries import Evidence
from db.models.guidance import GuidanceQuestion
from db.models.messages import AuditRecord
from db.models.people import Acting, Employee
from tests.factories import employee
from tests.handlers.pages import choose
from tests.team_rows import TODAY, a_day, change, is_away, joins, logs

ADMIN = 107
DAY = dt.timedelta(days=1)
# By the person, and by somebody else.
ASKED = ("Bagaimana mengukur panjang badan?", "Sari Contoh 2 bertanya")


@pytest.fixture
async def owned(agora):
    """Give a team, an admin, and one person of whom something of every kind is kept."""
    leader, members = await a_day(agora)
    own = await logs(agora.database, members[0], TODAY - DAY, text="=SUM(1) rapat", late=True)
    await is_away(agora.database, members[0], AbsenceKind.SICK, first=TODAY - 9 * DAY)
    async with agora.database.writing() as session:
        admin = employee(7, name="Admin Contoh", roles=["pegawai", "admin"])
        session.add(admin)
        session.add_all(
            [
                Evidence(
                    entry_id=own,
                    employee_id=members[0],
                    kind=EvidenceKind.LINK,
                    state=EvidenceState.STORED,
                    title="Notulen",
                    url="https://contoh.example/n",
                    created_at=agora.now,
                ),
                Feedback(
                    entry_id=own,
                    employee_id=members[0],
                    author_id=leader,
                    kind=FeedbackKind.MEND,
                    phrase=Phrase.EVIDENCE,
                    created_at=agora.now,
                ),
                Obstacle(employee_id=members[0], text="Alat rusak", created_at=agora.now),
                *(
                    GuidanceQuestion(
                        employee_id=members[at],
                        theme="stunting",
                        text=text,
                        answer="Dengan dua orang.",
                        answered_at=agora.now,
                        created_at=agora.now,
                    )
                    for at, text in enumerate(ASKED)
                ),
            ]
        )
        await session.flush()
        found = admin.id
    await change(agora.database, members[0], articles_seen={"stunting-bidan": "2026-11-23"})
    return leader, members, found


async def test_one_sees_how_much_is_kept_and_who_has_looked(agora, owned):
    chat = agora.chat(100)
    await chat.say("/tim")
    await chat.tap("Rinci orang")
    await choose(chat, "Sari Contoh 1")
    await agora.chat(ADMIN).say("/pegawai Sari Contoh 1")
    sari = agora.chat(101)

    text = await sari.say("/dataku")
    looks = await sari.tap("Siapa melihat")
    back = await sari.tap("Kembali")

    assert text.splitlines() == [
        "Data Anda: 3 catatan, 1 bukti.",
        "Anda menyetujui pada Senin, 5 Jan 2026.",
        "Dilihat 30 hari terakhir oleh: Admin Contoh (admin) 1×, Drs. Hendra Contoh (atasan) 1×.",
    ]
    assert looks.splitlines()[1] == "• Admin Contoh (admin) 1×, terakhir Sel 24 Nov"
    assert back == text
    assert "/riwayat" in await sari.tap("Perbaiki data")


async def test_an_old_look_is_not_among_the_last_days(agora, owned):
    _, members, admin = owned
    async with agora.database.writing() as session:
        session.add(
            AuditRecord(
                at=agora.now - 31 * DAY, actor_id=admin, action="looked", subject_id=members[0]
            )
        )

    text = await agora.chat(101).say("/dataku")

    assert text.splitlines()[-1] == "Tidak ada yang melihat dalam 30 hari terakhir."
    assert agora.chat(101).last.labels == ["Unduh", "Perbaiki data"]


async def test_everything_comes_as_one_workbook_and_nobody_elses(agora, owned):
    sari = agora.chat(101)
    await sari.say("/dataku")
    await sari.tap("Unduh")

    assert sari.last.filename == "dataku-2026-11-24.xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(sari.last.content))
    sheets = {
        name: [list(row) for row in book.get_sheet_by_name(name).iter_rows()]
        for name in book.sheet_names
    }
    assert list(sheets) == [
        "Identitas", "Catatan", "Bukti", "Umpan balik", "Kendala", "Cuti Dinas", "Siapa melihat",
        "Pertanyaan", "Panduan dilihat", "Kuis", "Pakta Integritas",
    ]  # fmt: skip
    assert ["Nama", "Sari Contoh 1"] in sheets["Identitas"]
    assert [row[3] for row in sheets["Catatan"][1:]] == [
        "=SUM(1) rapat", "Dampingi balita", "Dampingi <b>&</b> 😀",
    ]  # fmt: skip
    assert sheets["Catatan"][2][4:6] == [480.0, "balita"]
    assert sheets["Bukti"][1][2:4] == ["Notulen", "https://contoh.example/n"]
    assert sheets["Umpan balik"][1][1:4] == [
        "Pak Hendra", "permintaan perbaikan", "Mohon lengkapi buktinya.",
    ]  # fmt: skip
    assert sheets["Kendala"][1][1] == "Alat rusak"
    assert sheets["Cuti Dinas"][1] == ["sakit", "2026-11-15", "2026-11-24"]
    assert [row[1:4] for row in sheets["Pertanyaan"][1:]] == [
        ["stunting", "Bagaimana mengukur panjang badan?", "Dengan dua orang."],
    ]  # fmt: skip
    assert sheets["Panduan dilihat"][1:] == [["stunting-bidan", "2026-11-23"]]
    cells = {str(cell) for rows in sheets.values() for row in rows for cell in row}
    assert "Sari Contoh 2" not in cells


async def test_own_data_speaks_english(agora, owned):
    _, members, _ = owned
    await change(agora.database, members[0], language="en")
    sari = agora.chat(101)

    assert (await sari.say("/dataku")).startswith("Your data: 3 entries, 1 pieces of evidence.")
    assert sari.last.labels == ["Download", "Correct my data"]


async def test_a_stranger_has_no_data_here(agora, owned):
    chat = agora.chat(4711)
    assert "/start" in await chat.say("/dataku")
    for key in ("own", "own-looks", "own-file", "own-mend"):
        await chat.press(key, chat.last)
    assert all(message.kind == "text" for message in chat.messages)


async def test_an_admin_sees_who_changed_what_but_not_who_looked(agora, owned):
    admin = agora.chat(ADMIN)
    await admin.say("/pegawai Sari Contoh 1")
    await admin.tap("Lepas akun")
    await admin.tap("Undang")
    await agora.chat(100).say("/tanggapi")

    text = await admin.say("/audit")
    one = await admin.say("/audit Sari Contoh 1")

    assert text.splitlines() == [
        "Perubahan",
        "• 24 Nov 16.50, Admin Contoh: diundang – Sari Contoh 1",
        "• 24 Nov 16.50, Admin Contoh: akun dilepas – Sari Contoh 1",
    ]
    assert one == text
    assert admin.last.labels == ["Semua perubahan"]
    assert (await admin.say("/audit Budi")).startswith("Belum ada yang cocok")


async def test_changes_are_turned_page_by_page(agora, owned):
    _, members, admin_id = owned
    async with agora.database.writing() as session:
        for n in range(20):
            session.add(
                AuditRecord(
                    at=agora.now,
                    actor_id=None if n == 19 else admin_id,
                    action="roster.applied" if n else "something.new",
                    details={"created": n, "updated": 2},
                )
            )
    admin = agora.chat(ADMIN)

    first = await admin.say("/audit")
    await admin.tap("Lebih lama")
    last = await admin.tap("Lebih lama")

    assert "• 24 Nov 16.50, sistem: data kepegawaian diimpor (19 baru, 2 berubah)" in first
    assert len(first.splitlines()) == 9
    assert last.splitlines()[-1] == "• 24 Nov 16.50, Admin Contoh: something.new"
    assert admin.last.labels == ["Lebih baru"]
    assert len(admin.messages) == 1
    assert members


async def test_several_people_of_a_name_are_offered(agora, owned):
    admin = agora.chat(ADMIN)
    await admin.say("/audit Sari")

    text = await admin.tap(admin.last.labels[0])

    assert text == "Belum ada perubahan yang tercatat di sini."


@pytest.mark.parametrize("account", [100, 101, 4711])
async def test_only_an_admin_sees_changes_or_sets_who_stands_in(agora, owned, account):
    leader, members, _ = owned
    async with agora.database.writing() as session:
        session.add(Acting(leader_id=leader, employee_id=members[1], since=TODAY))
    chat = agora.chat(account)
    await chat.say("/bantuan")
    said = [await chat.say("/audit")]
    keys = ["audit:0:0", f"audit-about:{members[0]}", f"acting:{leader}", "acting-end:1"]
    keys.append(f"acting-pick:{leader}:{members[2]}:0:0")

    said += [await chat.press(key, chat.last) for key in keys]

    assert not any("Perubahan" in text or "Pelaksana" in text for text in said)
    async with agora.database.reading() as session:
        (kept,) = list(await session.exec(select(Acting)))
    assert (kept.employee_id, kept.until) == (members[1], None)


@pytest.mark.parametrize(
    ("words", "term", "says"),
    [
        ("Plh Sari Contoh 2 sampai 5 Des", (ActingKind.PLH, dt.date(2026, 12, 6)), "5 Des"),
        ("plt Sari Contoh 2", (ActingKind.PLT, None), "sampai Anda mengakhirinya"),
    ],
)
async def test_an_admin_lets_somebody_stand_in_and_ends_it(agora, owned, words, term, says):
    leader, members, _ = owned
    kind, until = term
    admin = agora.chat(ADMIN)
    await admin.say("/pegawai Hendra")
    assert (await admin.tap("Plt/Plh")).splitlines()[1] == "Saat ini tidak ada."

    assert says in await admin.say(words)
    shown = await admin.tap("Sari Contoh 2")
    async with agora.database.reading() as session:
        (one,) = list(await session.exec(select(Acting)))
    assert (one.leader_id, one.employee_id, one.kind, one.since, one.until) == (
        leader, members[1], kind, TODAY, until,
    )  # fmt: skip
    assert f"• {kind.value.capitalize()} Sari Contoh 2" in shown

    agora.now += 2 * DAY
    await admin.tap("Akhiri Sari Contoh 2")
    async with agora.database.reading() as session:
        (one,) = list(await session.exec(select(Acting)))
    assert one.until == TODAY + 2 * DAY
    assert (
        (await admin.say("/audit"))
        .splitlines()[1]
        .endswith("tidak lagi menjadi pelaksana – Sari Contoh 2")
    )


async def test_what_cannot_be_is_refused_kindly(agora, owned):
    leader, members, _ = owned
    await joins(agora.database, 30, None, name="Lain Contoh")
    admin = agora.chat(ADMIN)
    await admin.say("/pegawai Hendra")
    await admin.tap("Plt/Plh")

    assert "belum terbaca" in await admin.say("Plh Sari Contoh 2 sampai entahlah")
    assert "Tidak ada, atau terlalu banyak" in await admin.say("Budi")
    key = f"acting-pick:{leader}:{leader}:0:0"
    assert "bagi dirinya sendiri" in await admin.press(key, admin.last)
    key = f"acting-pick:{leader}:{members[0]}:1:{TODAY.toordinal()}"
    assert "hari" in (await admin.press(key, admin.last)).lower()
    async with agora.database.reading() as session:
        assert list(await session.exec(select(Acting))) == []
        assert (await session.exec(select(Employee))).first() is not None
