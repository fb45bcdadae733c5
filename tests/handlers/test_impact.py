import pytest
from sqlmodel import select

from db.models.plans import Indicator, WorkResult
from tests.chat import library
from tests.factories import a_team
from tests.handlers.pages import choose, every_choice
from tests.handlers.readers import reads

SARI, STRANGER = 101, 900


@pytest.fixture
async def chat(agora):
    await a_team(agora.database, members=1)
    return agora.chat(SARI)


async def test_a_question_in_words_gets_the_way_for_ones_own_job(chat):
    text = await chat.say("bagaimana SKP saya berdampak pada stunting?")

    assert text.startswith("Nutrisionis: jalan menuju Stunting")
    assert "✓ RHK 1 Anda sudah berada di jalur ini: Terlaksananya pemantauan" in text
    steps = ["1. Dampak daerah", "2. Hasil antara unit", "3. RHK", "4. IKI", "5. Kegiatan harian"]
    places = [text.index(step) for step in [*steps, "6. Bukti dukung"]]
    assert places == sorted(places)
    assert "bukan target Anda" in text
    assert chat.last.labels == [
        "Salin RHK",
        "Baca panduannya",
        "Jabatan lain",
        "Simpan sebagai catatan",
        "Menu",
    ]


async def test_the_way_is_shown_in_english_too(agora, chat):
    await reads(agora, SARI, "en")
    text = await chat.say("/panduan skp saya berdampak pada stunting?")

    assert text.startswith("Nutrisionis: the way to Stunting")
    assert "✓ Your RHK 1 is already on this way" in text
    assert "The text is in Indonesian." in text


async def test_a_button_in_the_guidance_leads_there_and_back(chat):
    await chat.say("/panduan")
    text = await chat.tap("Dampak SKP saya")
    assert "Tema mana?" in text
    assert len(set(await every_choice(chat)) - {"Panduan", "Lainnya"}) == 10

    assert (await choose(chat, "Cascading kinerja")).startswith("Cascading kinerja")
    assert "Belum ada contoh untuk “Nutrisionis”" in chat.last.text
    assert (await choose(chat, "Perencana")).startswith("Perencana: jalan menuju Cascading kinerja")
    assert "Belum ada RHK Anda di jalur ini" in chat.last.text
    await chat.tap("Jabatan lain")
    assert "Jabatan mana?" in chat.last.text
    await chat.tap("Tema lain")
    assert (await chat.tap("Panduan")).startswith("Panduan")
    assert len(chat.messages) == 1


async def test_the_article_behind_the_way_is_one_tap_away(chat):
    await chat.say("bagaimana skp saya berdampak pada stunting?")

    text = await chat.tap("Baca panduannya")
    assert text.startswith(library().article("stunting-nutrisionis").title)


async def test_without_a_theme_the_themes_are_offered(chat):
    assert "Tema mana?" in await chat.say("SKP saya berdampak?")


async def test_a_job_named_in_the_question_is_the_one_shown(chat):
    text = await chat.say("apa kontribusi bidan untuk stunting?")

    assert text.startswith("Bidan: jalan menuju Stunting")


@pytest.mark.parametrize("language", ["id", "en"])
async def test_a_stranger_chooses_the_job(agora, language):
    stranger = agora.chat(STRANGER, language=language)
    text = await stranger.say("/panduan bagaimana skp saya berdampak pada inflasi?")
    assert ("Jabatan mana?" if language == "id" else "Which job?") in text

    card = await choose(stranger, "Auditor", "Lainnya" if language == "id" else "Others")
    assert "RHK" in card
    assert "✓" not in card


async def test_an_rhk_of_the_way_is_proposed_by_one_tap_and_submitted_by_another(agora, chat):
    await chat.say("/panduan skp saya berdampak pada inflasi?")
    await choose(chat, "Auditor", "Lainnya")
    rhk = "Meningkatnya"
    said = await chat.tap("Usulkan RHK ini")

    assert "Tersimpan sebagai draf: RHK 4 " in said
    assert rhk in said
    async with agora.database.reading() as session:
        (kept,) = await session.exec(select(WorkResult).where(WorkResult.state == "draft"))
        found = await session.exec(select(Indicator).where(Indicator.work_result_id == kept.id))
    assert (kept.themes, found.all()) == (["inflasi"], [])
    assert library().chains()["inflasi"][0].impact not in kept.text

    await chat.tap("Ajukan ke atasan")
    await chat.say("Ada sasaran baru dari unit.")
    assert "Diajukan kepada Drs. Hendra Contoh" in chat.last.text


async def test_a_proposed_rhk_is_taken_back_by_one_tap_and_never_doubled(chat):
    await chat.say("/panduan skp saya berdampak pada inflasi?")
    await choose(chat, "Auditor", "Lainnya")
    card = chat.last
    key = card.key("Usulkan RHK ini")
    await chat.tap("Usulkan RHK ini")
    assert "sudah ada di SKP" in await chat.press(key, card)

    assert "akuntabilitas belanja" not in await chat.tap("Urungkan", card)


async def test_an_rhk_on_the_way_needs_no_proposal(chat):
    await chat.say("bagaimana SKP saya berdampak pada stunting?")

    assert "Usulkan RHK ini" not in chat.last.labels


@pytest.mark.parametrize(
    "key",
    [
        "impact:gone",
        "impact:stunting:gone",
        "impact-jobs",
        "impact-jobs:gone",
        "impact-propose:stunting",
    ],
)
async def test_a_way_that_is_gone_is_an_old_button(chat, key):
    await chat.say("/panduan")

    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."


async def test_a_question_about_the_own_record_stays_one(chat):
    assert "jalan menuju" not in await chat.say("skp saya sudah sampai mana?")
