import datetime as dt

import pytest
from sqlmodel import select

from db.models.messages import Answer, Draft
from tests.factories import a_team
from tests.handlers.readers import reads

SARI = 101
LOG = "dampingi 6 balita di posyandu"


@pytest.fixture
async def chat(agora):
    await a_team(agora.database, members=2)
    return agora.chat(SARI)


async def drafts(agora) -> list[Draft]:
    async with agora.database.reading() as session:
        return list(await session.exec(select(Draft)))


async def ask_days(chat) -> None:
    await chat.say("/cuti")
    await chat.tap("Cuti")
    await chat.tap("Pilih tanggal")


async def ask_words(chat) -> None:
    await chat.say("/panduan kilang minyak angkasa")
    await chat.tap("Ubah kata")


async def ask_sentence(chat) -> None:
    await chat.say("/catat")


async def ask_caption(chat) -> None:
    await chat.photo()


async def ask_amount(chat) -> None:
    await chat.say("dampingi 6 balita berisiko stunting")
    await chat.tap("Ubah")
    await chat.tap("Jumlah")


DIALOGUES = [ask_days, ask_words, ask_sentence, ask_caption, ask_amount]


@pytest.mark.parametrize("begin", DIALOGUES)
async def test_batal_works_in_every_dialogue_and_says_until_when_it_is_kept(chat, begin):
    await begin(chat)
    text = await chat.say("/batal")

    assert text == "Dibatalkan. Yang sudah Anda mulai disimpan sampai Rab 25 Nov, 16.50 WITA."
    assert chat.last.labels == ["Lanjutkan", "Hapus draf", "Menu"]
    assert "Tersimpan" in await chat.say(LOG)


@pytest.mark.parametrize("begin", DIALOGUES)
async def test_who_goes_on_is_asked_the_same_question_again(agora, chat, begin):
    await begin(chat)
    question = chat.last
    asked, labels = question.html, question.labels
    for _ in range(2):
        await chat.say("/batal")
        await agora.restart()
        await chat.tap("Lanjutkan")

        assert (chat.last.html, chat.last.labels) == (asked, labels)
        assert chat.last.id != question.id


async def test_a_question_that_is_no_longer_kept_is_spoken_of(agora, chat):
    await chat.say("/catat")
    await chat.say("/batal")
    async with agora.database.writing() as session:
        for answer in await session.exec(select(Answer)):
            await session.delete(answer)

    assert "pertanyaan" in await chat.tap("Lanjutkan")
    assert "Tersimpan" in await chat.say(LOG)


async def test_what_was_to_be_changed_is_changed_where_the_question_is_repeated(chat):
    await ask_amount(chat)
    await chat.say("/batal")
    await chat.tap("Lanjutkan")
    await chat.say("9 balita")

    assert "9 balita" in chat.last.text
    assert "Ubah" in chat.last.labels


async def test_batal_in_english(agora, chat):
    await reads(agora, SARI, "en")
    await chat.say("/catat")

    assert await chat.say("/batal") == (
        "Cancelled. What you began is kept until Wed 25 Nov, 16:50 WITA."
    )
    assert chat.last.labels == ["Continue", "Delete draft", "Menu"]
    assert await chat.tap("Delete draft") == "The draft is deleted."


@pytest.mark.parametrize("language", ["id", "en"])
async def test_batal_with_nothing_half_done_says_so(agora, chat, language):
    await reads(agora, SARI, language)
    text = await chat.say("/batal")

    assert ("Tidak ada" in text) if language == "id" else ("nothing half done" in text)
    assert chat.last.labels == ["Menu"]


async def test_a_second_batal_finds_nothing_more_to_leave(chat):
    await chat.say("/catat")
    await chat.say("/batal")

    assert "Tidak ada" in await chat.say("/batal")


async def test_who_goes_on_is_where_they_were(chat):
    await ask_days(chat)
    await chat.say("/batal")
    assert "Lanjutkan" not in await chat.tap("Lanjutkan")

    assert "cuti" in await chat.say("26 Nov")


async def test_a_dialogue_survives_a_restart(agora, chat):
    await ask_days(chat)
    await agora.restart()

    assert "Tercatat" in await chat.say("26 Nov")


async def test_a_paused_dialogue_survives_a_restart(agora, chat):
    await ask_days(chat)
    await chat.say("/batal")
    await agora.restart()
    await chat.tap("Lanjutkan")

    assert "Tercatat" in await chat.say("26 Nov")


@pytest.mark.parametrize(("hours", "lives"), [(23, True), (25, False)])
async def test_a_dialogue_lives_for_a_day(agora, chat, hours, lives):
    await ask_days(chat)
    agora.now += dt.timedelta(hours=hours)

    assert ("Tercatat" in await chat.say("26 Nov")) is lives


async def test_a_paused_dialogue_that_has_run_out_leads_to_the_menu(agora, chat):
    await chat.say("/catat")
    await chat.say("/batal")
    offer = chat.last
    agora.now += dt.timedelta(hours=25)

    assert await chat.press(offer.key("Lanjutkan"), offer) == "Tombol ini sudah tidak berlaku."
    assert offer.text.startswith("Menu")


@pytest.mark.parametrize("label", ["Lanjutkan", "Hapus draf"])
async def test_a_button_of_an_earlier_pause_no_longer_works(agora, chat, label):
    await chat.say("/catat")
    await chat.say("/batal")
    first = chat.last
    await chat.tap("Lanjutkan")
    await chat.say("/batal")
    key = f"{'resume' if label == 'Lanjutkan' else 'forget'}:2"

    assert await chat.press(key, first) == "Tombol ini sudah tidak berlaku."
    assert [draft.step for draft in await drafts(agora)] == ["paused"]


async def test_deleting_forgets_the_dialogue(agora, chat):
    await chat.say("/catat")
    await chat.say("/batal")
    offer = chat.last
    key = offer.key("Hapus draf")

    assert await chat.tap("Hapus draf") == "Draf dihapus."
    assert await drafts(agora) == []
    assert await chat.press(key, offer) == "Tombol ini sudah tidak berlaku."


async def test_nobody_touches_the_draft_of_somebody_else(agora, chat):
    await chat.say("/catat")
    await chat.say("/batal")
    other = agora.chat(102)
    await other.say("/menu")
    toast = await other.press(chat.last.key("Hapus draf"), other.last)

    assert toast == "Tombol ini sudah tidak berlaku."
    assert [draft.user_id for draft in await drafts(agora)] == [SARI]


@pytest.mark.parametrize("key", ["resume:x", "resume", "forget:1:2", "resume:99999999999999999999"])
async def test_a_key_that_makes_no_sense_is_an_old_button(chat, key):
    await chat.say("/catat")
    await chat.say("/batal")

    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."
