import datetime as dt
import io

import pytest
from python_calamine import load_workbook
from sqlmodel import select

from db.models.messages import AuditRecord, Letter
from db.models.pacts import PactReading, PactVersion
from tests.chat import Agora, Chat
from tests.factories import a_team
from tests.guidance_desk import becomes, carried, sent_in

LEADER, ADMIN, SARI = 100, 101, 102
LONG = "# Pakta Integritas\n\n" + "\n\n".join(
    f"{n}. Butir **ke-{n}** " + "isi " * 120 for n in range(1, 6)
)


@pytest.fixture
async def admin(agora) -> Chat:
    agora.now = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
    await a_team(agora.database)
    await becomes(agora, ADMIN, roles=["pegawai", "admin"])
    return agora.chat(ADMIN)


async def put(admin: Chat, text: str = "Saya menyatakan: 1. Jujur.") -> str:
    await admin.say("/pakta")
    await admin.press("pact-new", admin.last)
    await admin.say(text)
    return await admin.tap("Terbitkan")


async def rows(agora: Agora, table) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(table).order_by(table.id)))


async def test_without_a_text_an_honest_sentence_says_so(agora, admin):
    sari = agora.chat(SARI)

    assert (await sari.say("/pakta")).startswith("Instansi Anda belum menaruh naskah")
    assert sari.last.labels == ["Panduan"]
    await admin.say("/pakta")
    assert admin.last.labels == ["Panduan", "Taruh naskah"]


async def test_an_admin_sees_the_text_before_everybody_does(agora, admin):
    await admin.say("/pakta")
    await admin.tap("Taruh naskah")
    seen = await admin.say("Saya menyatakan: 1. Jujur.")
    assert seen.startswith("Pratinjau versi 1. Belum ada yang melihatnya.")
    assert "belum menaruh" in await agora.chat(SARI).say("/pakta")

    assert await admin.tap("Terbitkan") == (
        "✓ Versi 1 berlaku mulai sekarang. 4 orang diminta membacanya."
    )
    assert "Saya menyatakan: 1. Jujur." in await agora.chat(SARI).say("/pakta")
    assert [one.details["number"] for one in await rows(agora, AuditRecord)
            if one.action == "pact.published"] == [1]  # fmt: skip


async def test_a_file_is_read_page_by_page_and_marked_once(agora, admin):
    await admin.say("/pakta")
    await admin.tap("Taruh naskah")
    assert "Halaman 1 dari" in await sent_in(admin, LONG, "pakta.txt")
    await admin.tap("Terbitkan")
    sari = agora.chat(SARI)
    first = await sari.say("/pakta")
    assert "Halaman 1 dari 5" in first
    assert sari.last.labels == ["Halaman berikutnya"]
    for _ in range(4):
        assert len(sari.last.text) <= 1000
        await sari.tap("Halaman berikutnya")
    last = sari.last.text
    assert len(last) <= 1000
    assert "bukan tanda tangan" in last
    assert "Penandatanganan dilakukan di luar bot ini" in last

    read = await sari.tap("Sudah saya baca")
    assert "✓ Anda membacanya Selasa, 24 Nov 2026, 11.00" in read
    assert "Sudah saya baca" not in sari.last.labels
    await sari.press(f"pact-read:{(await rows(agora, PactVersion))[0].id}", sari.last)
    assert len(await rows(agora, PactReading)) == 1


async def test_a_new_version_asks_anew_and_an_old_mark_is_refused(agora, admin):
    await put(admin)
    sari = agora.chat(SARI)
    await sari.say("/pakta")
    old = sari.last.key("Sudah saya baca")
    await sari.tap("Sudah saya baca")
    await put(admin, "Versi baru.")

    assert "versi 2" in await sari.say("/pakta")
    assert "Sudah saya baca" in sari.last.labels
    assert "Ada versi yang lebih baru" in await sari.press(old, sari.last)
    assert [one.version_id for one in await rows(agora, PactReading)] == [1]


async def test_admins_and_leaders_see_counts_and_never_who(agora, admin):
    await put(admin)
    sari, leader = agora.chat(SARI), agora.chat(LEADER)
    await sari.say("/pakta")
    await sari.tap("Sudah saya baca")

    assert "Sudah dibaca 1 dari 4 orang" in await admin.say("/pakta")
    assert "Tim Anda: 2 dari 3 orang belum membaca versi ini." in await leader.say("/pakta")
    for chat in (admin, leader):
        assert "Sari Contoh" not in chat.last.text
    assert "Tim Anda" not in await sari.say("/pakta")
    assert "Sudah dibaca" not in sari.last.text


async def test_everybody_is_told_once_unless_they_have_read_it(agora, admin):
    await put(admin)
    sari = agora.chat(SARI)
    await sari.say("/pakta")
    await sari.tap("Sudah saya baca")
    seen = len(sari.messages)
    await carried(agora)

    assert len(sari.messages) == seen
    leader = agora.chat(LEADER)
    assert "versi baru (1)" in leader.last.text
    assert "Pakta Integritas" in await leader.tap("Baca")


async def test_in_the_night_nobody_is_told(agora, admin):
    agora.now = dt.datetime(2026, 11, 24, 14, tzinfo=dt.UTC)
    await put(admin)
    await carried(agora)
    assert agora.chat(LEADER).messages == []

    agora.now = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
    await carried(agora)
    assert "versi baru" in agora.chat(LEADER).last.text


async def test_a_superseded_version_is_no_longer_told(agora, admin):
    await put(admin)
    await put(admin, "Versi baru.")
    await carried(agora)

    told = [one for one in agora.chat(LEADER).messages if "versi baru" in one.text]
    assert [one.text.count("(2)") for one in told] == [1]
    dropped = [one.period for one in await rows(agora, Letter) if one.error]
    assert set(dropped) == {"1"}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"x", "pakta.docx", "berakhiran .md atau .txt"),
        (b"\xff\xfe\x00", "pakta.md", "UTF-8"),
        (b"   ", "pakta.txt", "Naskahnya kosong"),
        (b"panjang " * 3000, "pakta.txt", "lebih dari 20000"),
    ],
)
async def test_what_cannot_be_the_text_is_refused_kindly(agora, admin, content, name, said):
    await admin.say("/pakta")
    await admin.tap("Taruh naskah")
    await admin.document(content, name)
    await agora.downloads._workbook()  # noqa: SLF001  # What the service's own loop calls.
    await agora.settle()

    assert said in admin.last.text
    assert await rows(agora, PactVersion) == []


async def test_a_draft_can_be_let_go_and_only_its_author_publishes_it(agora, admin):
    await admin.say("/pakta")
    await admin.tap("Taruh naskah")
    await admin.say("Naskah.")
    publish = admin.last.key("Terbitkan")
    sari = agora.chat(SARI)
    await sari.say("/pakta")

    assert "admin" in await sari.press(publish, sari.last)
    await becomes(agora, SARI, roles=["pegawai", "admin"])
    assert "tidak berlaku" in await sari.press(publish, sari.last)
    assert await admin.tap("Batal") == "Dibatalkan. Naskah sebelumnya tetap berlaku."
    assert "tidak berlaku" in await admin.press(publish, admin.last)
    assert await rows(agora, PactVersion) == []


async def test_what_was_read_is_in_the_own_data(agora, admin):
    await put(admin)
    sari = agora.chat(SARI)
    await sari.say("/pakta")
    await sari.tap("Sudah saya baca")
    await sari.say("/kuis")
    poll = sari.last.poll
    told = {"poll_id": poll["id"], "user": sari.user, "option_ids": [0],
            "option_persistent_ids": ["0"]}  # fmt: skip
    await agora.take({"update_id": agora.update_id(), "poll_answer": told})

    seen = await sari.say("/dataku")
    assert "Pakta Integritas versi 1 dibaca Selasa, 24 Nov 2026." in seen
    assert "Jawaban kuis: 1; hanya Anda yang melihatnya." in seen
    await sari.tap("Unduh")
    book = load_workbook(io.BytesIO(sari.last.content))
    assert book.get_sheet_by_name("Pakta Integritas").to_python()[-1][0] == "1"
    quiz = book.get_sheet_by_name("Kuis").to_python()
    assert quiz[-1][2] in {"benar", "salah"}
