"""An article comes as a Word file: its parts are taken, and what is missing is asked for."""

import pytest
from sqlmodel import select

from db.models.entries import Evidence
from db.models.guidance import GuidanceVersion
from tests.chat import Agora, Chat
from tests.documents.test_word import WHOLE
from tests.documents.word_files import paragraph, word
from tests.guidance_desk import RATNA, SARI, a_desk, word_sent
from tests.handlers.pages import choose

NAMED = (
    paragraph("English title", style="Judul1"),
    paragraph("Morning zumba"),
    paragraph("Ringkasan", style="Judul1"),
    paragraph("Cara mendata zumba pagi."),
    paragraph("English summary", style="Judul1"),
    paragraph("How to list morning zumba."),
)


@pytest.fixture
async def ratna(agora: Agora) -> Chat:
    await a_desk(agora)
    chat = agora.chat(RATNA)
    await chat.say("/tulis")
    await chat.tap("Tulis baru")
    await choose(chat, "Inovasi", "Tema lain")
    assert ".docx" in chat.last.text
    return chat


async def test_a_word_file_fills_its_parts_and_the_rest_is_asked_for(ratna):
    said = await word_sent(ratna, word(*WHOLE))

    assert "Diambil dari “zumba.docx”: Judul, Layar pertama, Rinci, Sumber." in said
    assert "Judul Inggris (2 dari 7)" in said
    await ratna.say("Morning zumba")
    await ratna.say("Cara mendata zumba pagi.")
    said = await ratna.say("How to list morning zumba.")
    assert "Tidak ada yang perlu diperbaiki" in said
    assert "Zumba didata oleh kelurahan dengan teliti." in await ratna.tap("Pratinjau")


async def test_a_whole_word_file_is_ready_at_once(ratna):
    said = await word_sent(ratna, word(*WHOLE, *NAMED))

    assert "Tidak ada yang perlu diperbaiki" in said
    assert "Kirim untuk ditinjau" in ratna.last.labels


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"bukan berkas", "zumba.docx", "bukan dokumen Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "zumba.doc", "bukan dokumen Word"),
        (word(paragraph("Isi"), **{"word/vbaProject.bin": b"x"}), "zumba.docm", "makro"),
    ],
)
async def test_a_refused_file_loses_nothing_of_what_was_written(ratna, content, name, why):
    await ratna.say("Judul saya")
    said = await word_sent(ratna, content, name)

    assert why in said
    assert "Judul Inggris (2 dari 7)" in said
    assert "Ringkasan (3 dari 7)" in await ratna.say("My title")


async def test_a_word_file_that_nobody_asked_for_is_evidence_as_before(agora, ratna):
    await ratna.say("/batal")
    await ratna.document(word(*WHOLE), "laporan.docx")
    await agora.chat(SARI).document(word(*WHOLE), "laporan.docx")

    async with agora.database.reading() as session:
        assert len((await session.exec(select(Evidence))).all()) == 2
        assert (await session.exec(select(GuidanceVersion))).one().title == ""
