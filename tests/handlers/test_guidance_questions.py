"""What the library does not know goes to a widyaiswara, and the answer comes back."""

import pytest

from tests.guidance_desk import RATNA, SARI, YUDI, a_desk, becomes, carried
from tests.handlers.pages import choose

QUESTION = "hilirisasi kilang angkasa"


@pytest.fixture(autouse=True)
async def desk(agora):
    await a_desk(agora)


async def asked(agora) -> None:
    sari = agora.chat(SARI)
    await sari.say(f"/panduan {QUESTION}")
    await sari.tap("Tanya widyaiswara")
    await choose(sari, "Inovasi", "Tema lain")
    await carried(agora)


async def test_a_question_is_answered_without_the_askers_name(agora):
    ratna, yudi, sari = (agora.chat(one) for one in (RATNA, YUDI, SARI))
    await asked(agora)
    assert "Terkirim ke 2 widyaiswara tanpa nama Anda" in sari.last.text
    for chat in (ratna, yudi):
        assert QUESTION in chat.last.text
        assert "Sari" not in chat.last.text

    await ratna.tap("Jawab")
    await ratna.say("Mulai dari <data> kelurahan.")
    await carried(agora)
    assert sari.last.text.startswith(f"Bu Ratna menjawab pertanyaan Anda “{QUESTION}”:")
    assert "Mulai dari <data> kelurahan." in sari.last.text
    assert await yudi.say("/pertanyaan") == "Tidak ada pertanyaan yang menunggu jawaban."


async def test_a_reply_to_the_letter_is_the_answer_and_becomes_a_draft(agora):
    yudi, sari = agora.chat(YUDI), agora.chat(SARI)
    await asked(agora)
    await yudi.say("Mulai dari data.", reply_to=yudi.last.id)
    await carried(agora)
    assert "Mulai dari data." in sari.last.text

    assert QUESTION in await yudi.tap("Jadikan panduan")
    assert "perlu diperbaiki" in yudi.last.text
    assert QUESTION in await yudi.say("/tulis")


async def test_only_the_widyaiswara_of_the_theme_are_told(agora):
    ratna, yudi = agora.chat(RATNA), agora.chat(YUDI)
    await yudi.say("/menu")
    await becomes(agora, RATNA, themes=["inovasi"])
    await asked(agora)

    assert QUESTION in ratna.last.text
    assert QUESTION not in yudi.last.text
    assert QUESTION in await yudi.say("/pertanyaan")


async def test_an_answer_is_given_once_and_never_by_who_asked(agora):
    ratna, yudi, sari = (agora.chat(one) for one in (RATNA, YUDI, SARI))
    await asked(agora)
    await ratna.tap("Jawab")
    await yudi.tap("Jawab")
    await ratna.say("Pertama.")

    assert "sudah dijawab" in await yudi.say("Kedua.")
    assert "Ini untuk widyaiswara" in await sari.press("question-open:1", sari.last)
    assert "Ini untuk widyaiswara" in await sari.press("question-answer:1", sari.last)


async def test_a_question_is_sent_once(agora):
    sari = agora.chat(SARI)
    await asked(agora)
    await sari.say(f"/panduan {QUESTION}")
    await sari.tap("Tanya widyaiswara")
    await choose(sari, "SKP", "Tema lain")

    assert "sudah ada pada widyaiswara" in sari.toasts[-1]


async def test_where_there_is_no_widyaiswara_nothing_is_offered(agora):
    for account in (RATNA, YUDI):
        await becomes(agora, account, roles=["pegawai"])
    sari = agora.chat(SARI)
    await sari.say(f"/panduan {QUESTION}")

    assert "Tanya widyaiswara" not in sari.last.labels
