import pytest
from sqlmodel import select

from db.models.plans import WorkResult
from tests.factories import a_team
from tests.handlers.readers import reads

SARI, STRANGER = 101, 900
HOSTILE = '<b>&"</b> {x} %s \u202e 😀 </a>'


@pytest.fixture
async def chat(agora):
    await a_team(agora.database, members=1)
    return agora.chat(SARI)


async def test_an_activity_is_told_why_and_gets_two_better_wordings(chat):
    text = await chat.say("/cekrhk Mengikuti rapat koordinasi stunting tingkat kabupaten")

    assert text.startswith("1 dari 2 pemeriksaan perlu diperbaiki – dibaca sebagai: RHK")
    assert "✗ Hasil: “Mengikuti rapat” adalah kegiatan" in text
    assert "✓ Dalam kendali" in text
    assert "1. Selesainya rekomendasi rapat koordinasi stunting pada bulan yang sama" in text
    assert chat.last.labels == ["Salin 1", "Salin 2", "IKI", "Catatan", "Lima pemeriksaan"]
    assert len(text) < 1000


async def test_the_answer_comes_in_english_too(agora, chat):
    await reads(agora, SARI, "en")
    text = await chat.say("/cekrhk Menurunnya prevalensi stunting kabupaten")

    assert text.startswith("1 of 2 checks to mend – read as: RHK")
    assert "✗ In your hands: “prevalensi stunting kabupaten” is the region's figure" in text


async def test_the_sentence_may_follow_in_a_message_of_its_own(chat):
    assert "Kalimat mana" in await chat.say("/cekrhk")
    text = await chat.say("Pelayanan ibu hamil berjalan dengan baik")

    assert "“baik” tidak dapat dihitung" in text
    assert "Tersimpan" in await chat.say("tadi pagi timbang 6 balita di posyandu")


async def test_a_tap_reads_the_same_sentence_as_another_kind(chat):
    await chat.say("/cekrhk sidak 12 pedagang")
    assert "dibaca sebagai: Catatan" in chat.last.text
    text = await chat.tap("RHK")

    assert "dibaca sebagai: RHK" in text
    assert "sidak 12 pedagang" in text
    assert len(chat.messages) == 1


async def test_a_good_sentence_is_praised_and_left_alone(chat):
    text = await chat.say("/cekrhk Tertanganinya balita gizi buruk di wilayah kerja tepat waktu")

    assert text.startswith("Tidak ada yang kurang")
    assert not [label for label in chat.last.labels if label.startswith("Salin")]


async def test_alignment_is_held_against_the_leaders_results(agora, chat):
    async with agora.database.writing() as session:
        rows = list(await session.exec(select(WorkResult).order_by(WorkResult.id)))
        own = [one for one in rows if one.employee_id != rows[0].employee_id]
        own[0].parent_id = rows[0].id
        session.add(own[0])

    near = await chat.say("/cekrhk Meningkatnya balita yang terpantau pertumbuhannya di posyandu")
    assert "✓ Selaras" in near
    far = await chat.say("/cekrhk Bertambahnya anggota perpustakaan yang aktif meminjam")
    assert "✗ Selaras: belum terkait RHK pimpinan" in far


@pytest.mark.parametrize("language", ["id", "en"])
async def test_a_stranger_may_check_a_sentence(agora, language):
    stranger = agora.chat(STRANGER, language=language)
    assert "/cekrhk" in await stranger.say("/cekrhk")
    text = await stranger.say("/cekrhk Menyusun laporan bulanan")

    assert "Menyusun laporan" in text
    assert stranger.last.labels[:2] == (
        ["Salin 1", "Salin 2"] if language == "id" else ["Copy 1", "Copy 2"]
    )


async def test_hostile_words_are_shown_as_they_were_typed(chat):
    text = await chat.say(f"/cekrhk {HOSTILE} rapat")

    assert '<b>&"</b> {x} %s' in text


async def test_a_very_long_sentence_is_answered(chat):
    assert await chat.say("/cekrhk " + "terlaksananya rapat " * 200)
    assert len(chat.last.text) < 4096


@pytest.mark.parametrize("key", ["coach-as:9:1", "coach-as:0:999999", "coach-as:0", "coach-as:x:1"])
async def test_a_key_that_makes_no_sense_is_an_old_button(chat, key):
    await chat.say("/cekrhk sidak pasar")

    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."


async def test_a_sentence_on_the_line_below_the_command_is_checked(chat):
    assert "dibaca sebagai: RHK" in await chat.say("/cekrhk\nMengikuti rapat koordinasi stunting")


async def test_no_suggestion_is_made_of_a_log_that_says_nothing(chat):
    await chat.say("/cekrhk 3201014503900001")
    text = await chat.tap("Catatan") if "Catatan" in chat.last.labels else chat.last.text

    assert "Dua kalimat yang lebih baik" not in text
    assert not [one for one in chat.last.labels if one.startswith("Salin")]


async def test_a_text_that_is_no_sentence_gets_no_wording_and_one_screen(chat):
    text = await chat.say("/cekrhk " + "kata " * 800)

    assert len(text) <= 1000
    assert not [one for one in chat.last.labels if one.startswith("Salin")]
