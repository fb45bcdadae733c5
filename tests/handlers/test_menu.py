import pytest
from sqlmodel import select

from bot.ui.commands import BUILT, PLANNED
from db.models.people import Employee
from tests.factories import a_team
from tests.handlers.readers import reads

LEADER, SARI, STRANGER = 100, 101, 900


@pytest.fixture
async def chat(agora):
    await a_team(agora.database, members=1)
    return agora.chat(SARI)


def offered(text: str) -> set[str]:
    return {line.split()[0][1:] for line in text.splitlines() if line.startswith("/")}


async def test_the_menu_shows_what_a_pegawai_can_do(chat):
    text = await chat.say("/menu")

    assert {"catat", "skp", "riwayat", "cuti", "pengingat", "panduan", "bantuan"} <= offered(text)
    assert not {"tim", "pegawai", "impor", "undang"} & offered(text)
    assert chat.last.labels == ["SKP saya", "Panduan", "Bantuan"]
    assert chat.last.keyboard[0][0]["style"] == "success"


async def test_the_menu_in_english(agora, chat):
    await reads(agora, SARI, "en")
    text = await chat.say("/menu")

    assert text.splitlines()[:2] == ["Menu", "Just write one sentence to log your work."]
    assert "/skp – See where each RHK stands" in text
    assert chat.last.labels == ["My SKP", "Guidance", "Help"]


async def test_who_leads_sees_the_team(agora, chat):
    assert "tim" in offered(await agora.chat(LEADER).say("/menu"))


async def test_an_admin_sees_the_roster(agora, chat):
    async with agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == SARI)
        (await session.exec(query)).one().roles = ["pegawai", "admin"]

    await chat.say("/menu")
    assert {"pegawai", "impor", "undang"} <= offered(await chat.tap("Tugas lain"))
    assert "catat" in offered(await chat.tap("Menu"))


@pytest.mark.parametrize(("language", "words"), [("id", "Kirim /start"), ("en", "Send /start")])
async def test_a_stranger_sees_what_is_open_to_everyone(agora, language, words):
    stranger = agora.chat(STRANGER, language=language)
    text = await stranger.say("/menu")

    assert words in text
    assert "panduan" in offered(text)
    assert not {"catat", "skp", "tim"} & offered(text)
    assert len(stranger.last.labels) == 2


async def test_no_command_of_the_menu_is_unknown_or_still_to_come(agora, chat):
    async with agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == LEADER)
        (await session.exec(query)).one().roles = ["pegawai", "admin"]
    leader = agora.chat(LEADER)
    for name in offered(await leader.say("/menu")):
        text = await leader.say(f"/{name}")

        assert text, name
        assert "belum tersedia" not in text, name
        assert "tidak saya kenal" not in text, name
    assert {name for name, _, _ in BUILT}.isdisjoint(PLANNED)


@pytest.mark.parametrize(
    ("language", "words", "labels"),
    [
        ("id", "Cara saya membantu", ["Menu", "Panduan"]),
        ("en", "How I help", ["Menu", "Guidance"]),
    ],
)
async def test_the_help_fits_on_one_screen(agora, chat, language, words, labels):
    await reads(agora, SARI, language)
    text = await chat.say("/bantuan")

    assert text.startswith(words)
    assert "e-Kinerja BKN" in text
    assert len(text) < 900
    assert chat.last.labels == labels
    assert await chat.say("/help") == text


async def test_menu_and_help_lead_to_each_other_in_the_same_message(chat):
    await chat.say("/menu")
    assert (await chat.tap("Bantuan")).startswith("Cara saya membantu")
    assert (await chat.tap("Menu")).startswith("Menu")
    assert len(chat.messages) == 1


async def test_help_does_not_end_a_dialogue(agora, chat):
    await chat.say("/catat")
    await chat.say("/bantuan")
    await chat.say("/menu")

    assert "Tersimpan" in await chat.say("dampingi 6 balita di posyandu")


async def test_the_language_changes_from_one_message_to_the_next(chat):
    await chat.say("/bahasa")
    assert chat.last.labels == ["Bahasa Indonesia", "English"]

    assert await chat.tap("English") == "From now on I write in English."
    assert (await chat.say("/bantuan")).startswith("How I help")
    await chat.say("/bahasa")
    assert await chat.tap("Bahasa Indonesia") == (
        "Mulai sekarang saya menulis dalam Bahasa Indonesia."
    )
    assert (await chat.say("/bantuan")).startswith("Cara saya membantu")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("en", "From now on I write in English."),
        ("English", "From now on I write in English."),
        ("inggris", "From now on I write in English."),
        ("id", "Mulai sekarang saya menulis dalam Bahasa Indonesia."),
        ("Indonesia", "Mulai sekarang saya menulis dalam Bahasa Indonesia."),
        ("Jawa", "Bahasa apa yang Anda pilih?"),
    ],
)
async def test_a_language_named_after_the_command_is_taken_at_once(chat, asked, said):
    assert await chat.say(f"/bahasa {asked}") == said

    english = "English." in said
    assert (await chat.say("/bantuan")).startswith("How I help" if english else "Cara saya")


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Sebelum Anda masuk"), ("en", "Until you have come in")]
)
async def test_a_stranger_learns_where_the_language_is_chosen(agora, language, words):
    assert (await agora.chat(STRANGER, language=language).say("/bahasa")).startswith(words)


@pytest.mark.parametrize("key", ["language:fr", "language", "language:en:1", "language:<b>"])
async def test_a_language_that_is_none_changes_nothing(chat, key):
    await chat.say("/bahasa")
    toast = await chat.press(key, chat.last)

    assert toast in {"Tombol ini sudah tidak berlaku.", ""}
    assert (await chat.say("/bantuan")).startswith(("Cara saya membantu", "How I help"))


@pytest.mark.parametrize(
    ("language", "words"), [("id", "belum tersedia"), ("en", "This is not there yet")]
)
async def test_a_planned_command_is_honestly_not_there_yet(agora, chat, language, words):
    await reads(agora, SARI, language)
    for command in PLANNED:
        assert words in await chat.say(f"/{command}")
        assert chat.last.labels == ["Menu"]


@pytest.mark.parametrize(
    ("language", "words"), [("id", "tidak saya kenal"), ("en", "I do not know this command")]
)
async def test_an_unknown_command_leads_to_the_menu(agora, chat, language, words):
    await reads(agora, SARI, language)

    assert words in await chat.say("/terbang ke bulan")
    assert (await chat.tap("Menu")).startswith("Menu")


@pytest.mark.parametrize("key", ["gone:1:2", "menu-old", "😀", "a" * 64])
async def test_an_old_button_answers_and_opens_the_menu(chat, key):
    await chat.say("/bantuan")

    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."
    assert chat.last.text.startswith("Menu")


async def test_a_double_tap_answers_twice_and_changes_nothing(chat):
    await chat.say("/menu")
    message = chat.last
    for _ in range(2):
        await chat.press("help", message)

    assert len(chat.messages) == 1
    assert message.text.startswith("Cara saya membantu")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("roles", [[], ["admin"], ["admin", "widyaiswara"]])
async def test_the_menu_of_every_role_fits_on_its_screens(agora, chat, language, roles):
    await reads(agora, LEADER, language)
    async with agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == LEADER)
        (await session.exec(query)).one().roles = ["pegawai", *roles]
    leader = agora.chat(LEADER)
    text = found = await leader.say("/menu")
    assert len(leader.last.labels) <= 5
    if roles:
        found += await leader.tap(leader.last.labels[-1])
        assert len(leader.last.text) <= 1000
        assert leader.last.labels == ["Menu"]

    assert len(text) <= 1000
    wanted = {"catat", "tim", "tanggapi", "bahasa"} | ({"impor", "kalender"} if roles else set())
    assert wanted <= offered(found)


async def test_whoever_has_no_further_duties_is_told_so(chat):
    await chat.say("/menu")
    await chat.press("menu-more", chat.last)

    assert chat.last.text == "Tugas lain\nTidak ada."
