import datetime as dt
import shutil

import pytest
from sqlmodel import select

from bot.guidance.library import Library
from bot.i18n import translator
from bot.ui.guidance import pages_of
from bot.wire.fitting import visible
from db.models.plans import WorkResult
from tests.chat import library
from tests.factories import a_team
from tests.guidance_desk import ARTICLE
from tests.handlers.pages import MOST, every_choice
from tests.handlers.readers import reads

SARI, STRANGER = 101, 900
TODAY = dt.date(2026, 11, 24)
HOSTILE = '<b>&"</b> {x} %s \u202e 😀 </a>'


@pytest.fixture
async def chat(agora):
    await a_team(agora.database, members=1)
    return agora.chat(SARI)


@pytest.fixture(params=[("id", SARI), ("en", SARI), ("id", STRANGER), ("en", STRANGER)])
async def reader(request, agora, chat):
    """Give a pegawai and a stranger, in both languages."""
    language, account = request.param
    if account == SARI:
        await reads(agora, SARI, language)
    return agora.chat(account, language=language), language


def ours(language: str, indonesian: str, english: str) -> str:
    return indonesian if language == "id" else english


async def test_the_themes_are_open_to_everyone(reader):
    chat, language = reader
    text = await chat.say("/panduan")

    assert text.startswith(ours(language, "Panduan", "Guidance"))
    names = [theme.label_in(language) for theme in library().themes()]
    assert chat.last.labels[-1] == ours(language, "Dampak SKP saya", "My SKP's impact")
    offered = await every_choice(chat, ours(language, "Tema lain", "Other themes"))
    assert [one.rpartition(" (")[0] for one in offered if one.endswith(")")] == names
    assert len(names) >= 5


async def test_every_mission_theme_has_at_least_two_articles():
    counts = {theme.code: theme.articles for theme in library().themes()}

    for code in ("stunting", "gizi-buruk", "kemiskinan-ekstrem", "inflasi", "p3dn"):
        assert counts[code] >= 2


async def test_from_theme_to_article_takes_two_taps_in_one_message(reader):
    chat, language = reader
    await chat.say("/panduan")
    theme = library().themes()[0]
    shelf = await chat.tap(f"{theme.name_in(language)} ({theme.articles})")
    first = library().by_theme(theme.code)[0]
    assert first.title_in(language) in shelf
    assert first.summary_in(language) in shelf

    text = await chat.tap("①")
    assert text.startswith(first.title_in(language))
    assert ("The text is in Indonesian." in text) is (language == "en")
    assert ours(language, "ditinjau", "reviewed") in text.lower()
    details = await chat.tap(ours(language, "Rinci", "Details"))
    assert ours(language, "Sumber", "Sources") in details
    assert len(chat.messages) == 1


async def test_every_page_of_a_shelf_can_be_reached_and_left(chat):
    await chat.say("/panduan")
    seen: list[str] = []
    theme = library().themes()[0]
    await chat.tap(f"{theme.name} ({theme.articles})")
    while not set(shown(chat)) <= set(seen):
        assert len(chat.last.labels) <= MOST
        seen += shown(chat)
        await chat.tap("Panduan lain")
    assert sorted(seen) == sorted(one.title for one in library().by_theme(theme.code))

    assert seen[: len(shown(chat))] == shown(chat)
    assert (await chat.tap("Lihat tema")).startswith("Panduan")


async def test_the_themes_of_ones_own_work_come_first(agora, chat):
    async with agora.database.writing() as session:
        for result in await session.exec(select(WorkResult)):
            result.themes = ["p3dn"]
            session.add(result)
    await chat.say("/panduan")
    assert chat.last.labels[0].startswith("Produk dalam negeri")
    await chat.tap("Dampak SKP saya")
    assert chat.last.labels[0] == "Produk dalam negeri"


def shown(chat) -> list[str]:
    return [line[2:] for line in chat.last.text.splitlines() if line[:1] in set("①②③④⑤")]


async def test_an_article_leads_on_and_back(chat):
    await chat.say("/panduan apa itu rhk")
    await chat.tap("①")
    await chat.tap("Rinci")
    assert "Halaman sebelumnya" in chat.last.labels
    first = await chat.tap("Halaman sebelumnya")
    assert "Rinci" in chat.last.labels
    assert first.splitlines()[0]
    await chat.tap("Panduan lain")
    assert "①" in chat.last.labels


async def test_a_question_finds_its_article_in_one_message_and_one_tap(reader):
    chat, language = reader
    text = await chat.say("/panduan apa itu RHK dan IKI?")
    article = library().article("skp-apa-itu-rhk-iki")

    assert article.title_in(language) in text
    assert ours(language, "panduan cocok", "fit") in text
    number = next(line[0] for line in text.splitlines() if article.title_in(language) == line[2:])
    assert (await chat.tap(number)).startswith(article.title_in(language))


async def test_when_nothing_fits_there_is_still_a_way_on(reader):
    chat, language = reader
    text = await chat.say("/panduan kilang minyak angkasa")

    assert '"kilang minyak angkasa"' in text
    assert chat.last.labels == [
        ours(language, "Ubah kata", "Other words"),
        ours(language, "Lihat tema", "See themes"),
    ]
    asked = await chat.tap(chat.last.labels[1])
    assert asked.startswith(ours(language, "Panduan", "Guidance"))


@pytest.mark.parametrize("language", ["id", "en"])
async def test_other_words_may_be_sent_as_a_plain_message(agora, chat, language):
    await reads(agora, SARI, language)
    await chat.say("/panduan kilang minyak angkasa")
    await chat.tap(ours(language, "Ubah kata", "Other words"))
    assert ours(language, "Kata apa", "Which words") in chat.last.text

    found = await chat.say("apa itu RHK dan IKI")
    assert library().article("skp-apa-itu-rhk-iki").title_in(language) in found


@pytest.mark.parametrize("language", ["id", "en"])
async def test_a_stranger_goes_on_by_the_command(agora, language):
    stranger = agora.chat(STRANGER, language=language)
    await stranger.say("/start")
    await stranger.say("/panduan kilang minyak angkasa")
    await stranger.tap(ours(language, "Ubah kata", "Other words"))

    assert "/panduan" in stranger.last.text


async def test_hostile_words_are_shown_as_they_were_typed(chat):
    text = await chat.say(f"/panduan {HOSTILE} kilang angkasa")

    assert HOSTILE in text


async def test_five_thousand_characters_are_answered(chat):
    assert await chat.say("/panduan " + "kilangangkasa " * 400)
    assert len(chat.last.text) < 600


@pytest.mark.parametrize(
    "key",
    ["article:gone:0", "theme:gone:0", "article:0", "theme:0", "article::0"],
)
async def test_a_button_of_what_is_gone_opens_the_themes(chat, key):
    await chat.say("/panduan")
    message = chat.last

    assert await chat.press(key, message) == "Panduan ini sudah tidak ada di pustaka."
    assert message.text.startswith("Panduan")


@pytest.mark.parametrize("key", ["theme:stunting:x", "article", "theme:stunting:-1", "theme"])
async def test_a_key_that_makes_no_sense_is_an_old_button(chat, key):
    await chat.say("/panduan")

    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."


async def test_a_page_past_the_end_is_one_that_there_is(chat):
    await chat.say("/panduan")
    await chat.press("theme:stunting:99", chat.last)
    assert shown(chat)
    article = library().articles()[0]
    await chat.press(f"article:{article.id}:99", chat.last)

    assert "Sumber" in chat.last.text
    assert "Halaman sebelumnya" in chat.last.labels


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_of_every_article_fits_a_message(language):
    for article in library().articles():
        for page in pages_of(article, translator(language), TODAY):
            assert 0 < visible(str(page)) <= 1000 + len(article.title_in(language)), article.id
        assert len(f"article:{article.id}:99") <= 64


def test_a_list_stands_close_below_its_heading_and_never_alone_above_it():
    for article in library().articles():
        for page in pages_of(article, translator("id"), TODAY)[1:]:
            lines = str(page).split("\n")
            assert not lines[-1].startswith("<b>"), article.id
            assert "\n\n" not in str(page).partition("<b>Sumber</b>")[2], article.id


async def test_a_file_that_is_added_is_found_in_the_chat_without_a_restart(agora, chat, tmp_path):
    folder = tmp_path / "guidance"
    shutil.copytree(library().folder, folder)
    agora.agency.library = Library.load(folder)
    assert "Belum ada panduan" in await chat.say("/panduan zumba pagi")
    assert await chat.inline("zumba pagi") == []

    (folder / "zumba-pagi.md").write_text(ARTICLE, "utf-8")
    assert "Zumba pagi" in await chat.say("/panduan zumba pagi")
    assert (await chat.inline("zumba pagi"))[0]["title"] == "Zumba pagi"


@pytest.mark.parametrize("language", ["id", "en"])
async def test_what_something_is_is_answered_at_once(agora, chat, language):
    await reads(agora, SARI, language)
    text = await chat.say("apa itu RHK?")

    article = library().article("skp-apa-itu-rhk-iki")
    assert text.startswith(article.title_in(language))
    assert "Rencana Hasil Kerja" in text
    assert chat.last.labels[0] == ours(language, "Rinci", "Details")
    assert ours(language, "Simpan sebagai catatan", "Save as an entry") in chat.last.labels
    await chat.tap(chat.last.labels[0])
    while (onwards := ours(language, "Halaman berikutnya", "Next page")) in chat.last.labels:
        assert len(chat.last.labels) <= MOST
        await chat.tap(onwards)
    assert ours(language, "Sumber", "Sources") in chat.last.text


async def test_what_else_fits_stands_below_the_answer(chat):
    text = await chat.say("apa itu tkdn?")

    assert text.startswith(library().article("p3dn-apa-itu").title)
    assert "Juga cocok\n①" in text
    other = next(line[2:] for line in text.splitlines() if line.startswith("①"))
    assert (await chat.tap("①")).startswith(other)


async def test_a_question_with_several_answers_lists_them(chat):
    text = await chat.say("bagaimana kalau balita tidak naik berat badannya?")
    assert len(chat.last.labels) <= MOST

    assert "panduan cocok" in text


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_names_of_themes_have_room_on_their_buttons(agora, chat, language):
    await reads(agora, 101, language)
    for command in ("/panduan", "/kuis"):
        await chat.say(command)
        assert [one for one in chat.last.labels if len(one) > 24] == []
