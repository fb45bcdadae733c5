import datetime as dt
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.skp.plans import Aggregation, PlanState
from db.models.entries import Entry
from db.models.messages import AuditRecord
from db.models.people import Employee, Placement, Unit
from db.models.plans import ActionPlan, Indicator, Plan, WorkResult
from tests.factories import LONG_AGO, a_team, employee
from tests.handlers.readers import reads

NEWCOMER, SARI, LEADER = 107, 101, 100
LIST = """1. Mendampingi balita berisiko stunting; 40 balita
   - Nov: kunjungan 6 balita
2. Pelatihan kader - target 2 kegiatan
3. Laporan tepat waktu; 100%"""


async def all_of(agora, model) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(model).order_by(model.id)))


async def drafts(agora) -> list[WorkResult]:
    return [one for one in await all_of(agora, WorkResult) if one.state is PlanState.DRAFT]


@pytest.fixture
async def chat(agora):
    """Give a person of the team who has no plan yet."""
    leader_id, _ = await a_team(agora.database, members=1)
    async with agora.database.writing() as session:
        unit = (await session.exec(select(Unit))).one()
        person = employee(7, name="Made Contoh")
        session.add(person)
        await session.flush()
        session.add(
            Placement(
                employee_id=person.id,
                unit_id=unit.id,
                supervisor_id=leader_id,
                position="Nutrisionis",
                since=LONG_AGO,
            )
        )
    return agora.chat(NEWCOMER)


async def add(chat, text: str = LIST) -> str:
    await chat.say("/skp")
    await chat.tap("Tambah RHK")
    await chat.say(text)
    return await chat.tap("Simpan")


async def test_a_list_becomes_a_draft_plan_in_four_steps(agora, chat):
    assert "Belum ada SKP 2026 di sini. Tulis RHK Anda" in await chat.say("/skp")
    assert "satu per baris" in await chat.tap("Tambah RHK")
    seen = await chat.say(LIST)
    assert seen.startswith("3 RHK untuk SKP 2026. Sudah benar?")
    assert (
        "1. Mendampingi balita berisiko stunting\nTarget: 40 balita\n"
        "• November 2026: kunjungan 6 balita" in seen
    )
    assert "3. Laporan tepat waktu\nTarget: 100%" in seen
    assert chat.last.labels == ["Simpan", "Ubah", "Batal"]
    assert await all_of(agora, ActionPlan) == []

    shown = await chat.tap("Simpan")
    assert shown.startswith("Tersimpan: 3 RHK sebagai draf.")
    assert "Masih draf; catatan Anda sudah tertaut ke sini." in shown
    assert "1. Mendampingi balita berisiko stunting (draf)\n░░░░░░░░░░ 0%" in shown
    assert chat.last.labels == ["Rinci 1", "Rinci 2", "Rinci 3", "Ajukan ke atasan", "Tambah RHK"]

    (plan,) = [one for one in await all_of(agora, Plan) if one.state is PlanState.DRAFT]
    leader = next(one for one in await all_of(agora, Employee) if one.telegram_id == LEADER)
    assert (plan.year, plan.rater_id) == (2026, leader.id)
    (step,) = await all_of(agora, ActionPlan)
    assert (step.period, step.target, step.unit) == ("2026-11", Decimal(6), "balita")
    percent = (await all_of(agora, Indicator))[-1]
    assert (percent.unit, percent.aggregation) == ("persen", Aggregation.LATEST)


async def test_logs_link_to_a_draft_at_once(agora, chat):
    await add(chat)

    said = await chat.say("kunjungan dampingi 6 balita berisiko stunting")
    assert 'RHK 1 "Mendampingi balita berisiko stunting" (6 dari 40)' in said
    assert "RHK 1" in said
    await chat.say("/skp")
    shown = await chat.tap("Rinci 1")
    assert "• November 2026: kunjungan 6 balita – 6 dari 6 balita" in shown
    assert "Sel 24 Nov: 6 balita" in shown


async def test_a_preview_can_be_mended_or_left(agora, chat):
    await chat.say("/skp")
    await chat.tap("Tambah RHK")
    await chat.say("Pelatihan kader; 90-100%")
    assert "Target belum terbaca: tulis satu angka" in chat.last.text
    first = chat.last
    assert "Pelatihan kader; 90-100%" in await chat.tap("Ubah")
    await chat.say("Pelatihan kader; 2 kegiatan")
    # The button of the first preview does not save the second list.
    assert await chat.press(first.key("Kembali").replace("skp:0", "plan-save:1"), first) == (
        "Tombol ini sudah tidak berlaku."
    )
    assert "Tidak ada yang disimpan" in await chat.tap("Batal")
    assert await drafts(agora) == []
    assert chat.last.labels == ["SKP saya"]


async def test_a_long_list_is_seen_whole_and_its_steps_are_counted(agora, chat):
    texts = ["Menyusun", "Menelaah", "Mengirim", "Mencatat", "Merapikan", "Menghitung", "Menjilid"]
    await chat.say("/skp")
    await chat.tap("Tambah RHK")
    seen = await chat.say(
        "\n".join(f"{n}. {text} naskah\n- Nov: langkah" for n, text in enumerate(texts, start=1))
    )

    assert (
        "7. Menjilid naskah\nBelum ada target; tambahkan seperti ; 40 balita\nRencana aksi: 1"
        in seen
    )


async def test_a_second_tap_saves_nothing_twice(agora, chat):
    await chat.say("/skp")
    await chat.tap("Tambah RHK")
    await chat.say(LIST)
    preview, save = chat.last, chat.last.key("Simpan")
    await chat.press(save, preview)

    assert await chat.press(save, preview) == "Tombol ini sudah tidak berlaku."
    assert len(await drafts(agora)) == 3


async def test_what_is_there_already_is_not_added_again(agora, chat):
    await add(chat)
    await chat.tap("Tambah RHK")
    seen = await chat.say(LIST + "\n4. Menyusun kajian; 1 dokumen")

    assert "1 RHK untuk SKP 2026" in seen
    assert "4. Menyusun kajian" in seen
    assert "Sudah ada di SKP Anda, tidak ditambahkan lagi: 3." in seen
    await chat.tap("Batal")
    await chat.say("/skp")
    await chat.tap("Tambah RHK")
    assert "Tidak ada yang baru" in await chat.say(LIST)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("RA: kunjungan 6 balita", "Belum ada RHK yang terbaca"),
        ("Menyusun " + "a" * 500, "RHK 1 memuat kalimat lebih dari 500 karakter"),
        ("\n".join(f"Hasil kerja ke {n} kali" for n in range(61)), "paling banyak 60 RHK"),
    ],
)
async def test_what_cannot_be_a_plan_is_said_kindly(agora, chat, text, answer):
    await chat.say("/skp")
    await chat.tap("Tambah RHK")

    assert answer in await chat.say(text)
    assert await drafts(agora) == []
    # The question stays open.
    assert "1 RHK untuk SKP 2026" in await chat.say("Pelatihan kader; 2 kegiatan")


async def test_markup_and_signs_in_an_rhk_stay_words(agora, chat):
    shown = await add(chat, "Menyusun <b>laporan</b> & {data} ✓; 3 laporan")

    assert "1. Menyusun <b>laporan</b> & {data} ✓ (draf)" in shown


async def test_a_draft_changes_by_a_tap_and_a_word(agora, chat):
    await add(chat)
    await chat.tap("Rinci 2")
    assert chat.last.labels == ["Ubah", "Hapus", "Kembali"]
    await chat.tap("Ubah")
    assert chat.last.labels == ["Kalimat", "Target", "Kata kunci", "RHK atasan", "Kembali"]
    await chat.tap("Target")
    assert "Target belum terbaca" in await chat.say("banyak")
    assert "0 dari 4 pelatihan" in await chat.say("4 pelatihan")
    await chat.tap("Ubah")
    await chat.tap("Kalimat")
    assert "RHK 2 (draf)\nPelatihan kader posyandu" in await chat.say("Pelatihan kader posyandu")
    await chat.tap("Ubah")
    await chat.tap("Kata kunci")
    await chat.say("kader, posyandu; kader")

    changed = next(one for one in await drafts(agora) if one.number == 2)
    assert changed.keywords == ["kader", "posyandu"]
    (measure,) = [one for one in await all_of(agora, Indicator) if one.work_result_id == changed.id]
    assert (measure.text, measure.target) == ("pelatihan", Decimal(4))
    notes = [one for one in await all_of(agora, AuditRecord) if one.action == "plan.changed"]
    assert [one.details["field"] for one in notes] == ["target", "text", "keywords"]
    assert notes[0].details["before"] == "2 kegiatan"


async def test_a_percent_may_become_a_count(agora, chat):
    await add(chat)
    await chat.tap("Rinci 3")
    await chat.tap("Ubah")
    await chat.tap("Target")
    assert "0 dari 12 laporan" in await chat.say("12 laporan")

    assert (await all_of(agora, Indicator))[-1].aggregation is Aggregation.SUM


async def test_a_draft_is_removed_and_its_entries_stay(agora, chat):
    await add(chat)
    await chat.say("kunjungan dampingi 6 balita berisiko stunting")
    await chat.say("/skp")
    await chat.tap("Rinci 1")
    assert "Hapus RHK 1? 1 catatan di bawahnya tetap ada" in await chat.tap("Hapus")
    assert chat.last.keyboard[0][0]["style"] == "danger"
    shown = await chat.tap("Hapus")

    assert "Mendampingi" not in shown
    assert [one.number for one in await drafts(agora)] == [2, 3]
    assert [one.work_result_id for one in await all_of(agora, Entry)] == [None]
    assert await all_of(agora, ActionPlan) == []
    (note,) = [one for one in await all_of(agora, AuditRecord) if one.action == "plan.removed"]
    assert note.details["entries"] == 1
    assert "Tersimpan" in await chat.say("rapat koordinasi 1 kegiatan")


async def test_a_draft_is_tied_to_an_rhk_of_the_superior(agora, chat):
    await add(chat)
    await chat.tap("Rinci 1")
    await chat.tap("Ubah")
    await chat.tap("RHK atasan")
    assert '2. "Terlaksananya pendampingan balita' in chat.last.text
    await chat.tap(chat.last.labels[1])

    tied = (await drafts(agora))[0]
    above = next(one for one in await all_of(agora, WorkResult) if one.id == tied.parent_id)
    assert (above.number, above.employee_id != tied.employee_id) == (2, True)
    assert tied.themes == ["stunting", "gizi-buruk"]


async def test_help_and_other_words_do_not_end_up_in_a_plan(agora, chat):
    await chat.say("/skp")
    await chat.tap("Tambah RHK")
    await chat.say("/batal")
    await chat.tap("Lanjutkan")

    assert "1 RHK untuk SKP 2026" in await chat.say("Pelatihan kader; 2 kegiatan")
    await chat.say("tadi pagi rapat koordinasi 1 kegiatan")
    assert len(await all_of(agora, Entry)) == 1
    assert await drafts(agora) == []


async def test_a_last_year_plan_is_another_one(agora, chat):
    await add(chat)
    agora.now = dt.datetime(2027, 1, 4, 2, tzinfo=dt.UTC)

    assert "Belum ada SKP 2027 di sini" in await chat.say("/skp")
    assert "1 RHK untuk SKP 2027" in await say_list(chat, "Pelatihan kader; 2 kegiatan")


async def say_list(chat, text: str) -> str:
    await chat.tap("Tambah RHK")
    return await chat.say(text)


async def test_it_speaks_english(agora, chat):
    await reads(agora, NEWCOMER, "en")
    await chat.say("/skp")
    await chat.tap("Add RHK")
    seen = await chat.say(
        "Pelatihan kader; 2 kegiatan\nMenyusun kajian\nLaporan; 1 laporan per bulan"
    )
    assert "3 RHK for the SKP of 2026. Is it right?" in seen
    assert "No target yet; add one like ; 40 balita" in seen
    assert "write it for the whole year" in seen

    shown = await chat.tap("Save")
    assert "Saved: 3 RHK as drafts. Your logs will be linked to them from now on." in shown
    assert "1. Pelatihan kader (draft)" in shown
    assert chat.last.labels[-2:] == ["Submit to superior", "Add RHK"]


async def test_an_approved_rhk_keeps_its_words_until_the_change_is_approved(agora, chat):
    sari = agora.chat(SARI)
    await sari.say("/skp")
    await sari.tap("Rinci 2")
    assert sari.last.labels == ["Ubah", "Kembali"]
    assert "baru berlaku setelah disetujui atasan" in await sari.tap("Ubah")
    await sari.tap("Target")
    shown = await sari.say("60 balita")

    assert "Usulan perubahan, belum disetujui:\nTarget: 60 balita" in shown
    assert "0 dari 40 balita" in shown
    assert "(perubahan diusulkan)" in await sari.say("/skp")
    await sari.tap("Rinci 2")
    shown = await sari.tap("Batalkan usulan")
    assert "Usulan perubahan" not in shown
    assert sari.last.labels == ["Ubah", "Kembali"]
