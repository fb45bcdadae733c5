import pytest
from sqlmodel import select

from bot.skp.entries import EvidenceState
from db.models.entries import Entry, Evidence
from tests.factories import a_team

LOG = "dampingi 6 balita berisiko stunting"
SAFE = "Teks Anda aman. Balas pesan ini dengan foto, PDF, atau tautan."


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(101)


async def rows(agora, table):
    async with agora.database.reading() as session:
        return list(await session.exec(select(table).order_by(table.id)))


async def fetched(agora) -> None:
    while await agora.downloads.fetch_evidence():
        pass
    await agora.settle()


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"MZ\x90\x00\x03", "notula.pdf", "isinya program, dan program bukan bukti dukung"),
        (b"MZ\x90\x00\x03", "setup.exe", "isinya program, dan program bukan bukti dukung"),
        (b"\x7fELF\x02\x01", "<b>notula</b>.pdf", "isinya program"),
        (b"<html>masuk</html>", "notula.pdf", "isinya bukan PDF, sehingga tidak dapat dibuka"),
        (b"<html>masuk</html>", "foto.png", "isinya bukan gambar"),
    ],
)
async def test_what_is_not_what_it_is_called_is_refused_and_the_words_stay(
    agora, chat, content, name, why
):
    await chat.document(content, name, caption=LOG)
    assert chat.last.text.startswith("Tersimpan")
    await fetched(agora)

    said = chat.last.text
    assert said.startswith(f"{name} tidak disimpan: ")
    assert why in said
    assert said.endswith(SAFE)
    (proof,) = await rows(agora, Evidence)
    assert (proof.state, proof.path, proof.sha256) == (EvidenceState.REFUSED, None, None)
    assert [one.text for one in await rows(agora, Entry)] == [LOG]
    assert not list(agora.agency.data_dir.glob("evidence/**/*.*"))


async def test_a_reply_to_the_refusal_proves_the_entry(agora, chat):
    await chat.document(b"MZ\x90", "notula.pdf", caption=LOG)
    await fetched(agora)
    reply = chat.frame(text="x") | {"message_id": chat.last.id}
    await chat.document(b"%PDF-1.7", "notula.pdf", reply_to_message=reply)
    await fetched(agora)

    assert [one.state for one in await rows(agora, Evidence)] == [
        EvidenceState.REFUSED,
        EvidenceState.STORED,
    ]
    assert len(await rows(agora, Entry)) == 1


async def test_a_file_without_words_still_waits_for_a_sentence(agora, chat):
    await chat.document(b"MZ\x90", "notula.pdf")
    await fetched(agora)
    assert "tulis satu kalimat tentang pekerjaannya" in chat.last.text
    await chat.say(LOG)

    (entry,) = await rows(agora, Entry)
    assert entry.text == LOG


async def test_one_file_for_several_activities_is_refused_in_one_message(agora, chat):
    before = len(chat.messages)
    await chat.document(
        b"MZ\x90",
        "notula.pdf",
        caption=f"{LOG}\ntimbang 25 balita di posyandu",
    )
    await fetched(agora)

    assert len(chat.messages) == before + 2
    assert {one.state for one in await rows(agora, Evidence)} == {EvidenceState.REFUSED}
    reply = chat.frame(text="x") | {"message_id": chat.last.id}
    await chat.document(b"%PDF-1.7", "notula.pdf", reply_to_message=reply)
    await fetched(agora)
    assert len([one for one in await rows(agora, Evidence) if one.path]) == 2


async def test_a_photo_that_is_no_picture_is_refused_without_its_caption_as_a_name(agora, chat):
    await chat.photo(LOG, content=b"<html>")
    await fetched(agora)

    assert chat.last.text.startswith("Berkas tidak disimpan: isinya bukan gambar")
