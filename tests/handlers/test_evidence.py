import hashlib

import pytest
from sqlmodel import select

from bot.actions import evidence as deeds
from bot.skp.entries import EvidenceKind, EvidenceState
from db.models.entries import Entry, Evidence
from db.models.people import Employee
from tests.factories import a_team

LOG = "dampingi 6 balita berisiko stunting"
JPEG = b"\xff\xd8\xff\xe0jpeg"


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(101)


@pytest.fixture
async def english(agora, chat):
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        person.language = "en"
    return chat


async def rows(agora, table):
    async with agora.database.reading() as session:
        return list(await session.exec(select(table).order_by(table.id)))


async def fetch(agora) -> None:
    while await agora.downloads.fetch_evidence():
        pass
    await agora.settle()


async def test_a_photo_with_a_caption_is_an_entry_with_proof(agora, chat):
    await chat.photo(LOG)

    assert "6 balita → RHK 2" in chat.last.text
    assert "Bukti: 1 foto." in chat.last.text
    (one,) = await rows(agora, Evidence)
    assert (one.kind, one.state) == (EvidenceKind.PHOTO, EvidenceState.PENDING)
    assert one.title == f"2026-11-24 {LOG}"


async def test_our_own_copy_is_stored_under_its_digest(agora, chat):
    await chat.photo(LOG, JPEG)
    await fetch(agora)

    (one,) = await rows(agora, Evidence)
    digest = hashlib.sha256(JPEG).hexdigest()
    assert one.state is EvidenceState.STORED
    assert (one.sha256, one.size) == (digest, len(JPEG))
    assert one.path == f"evidence/{digest[:2]}/{digest}.jpg"
    assert (agora.agency.data_dir / one.path).read_bytes() == JPEG


async def test_a_photo_without_words_is_safe_and_the_next_sentence_completes_it(agora, chat):
    await chat.photo()
    assert (
        chat.last.text == "Tersimpan, Selasa 24 Nov: 1 foto. Pekerjaan apa ini? Tulis satu kalimat."
    )
    await chat.say(LOG)

    (entry,) = await rows(agora, Entry)
    assert (entry.text, entry.quantity) == (LOG, 6)
    assert "Bukti: 1 foto." in chat.last.text


async def test_a_question_in_between_does_not_become_the_caption(agora, chat):
    await chat.photo()
    await chat.say("makasih ya")
    assert (await rows(agora, Entry))[0].text == ""
    await chat.say(LOG)

    (entry,) = await rows(agora, Entry)
    assert entry.text == LOG


async def test_two_photos_without_words_in_a_row_are_one_entry(agora, chat):
    await chat.photo()
    await chat.photo()

    assert len(await rows(agora, Entry)) == 1
    assert "2 foto" in chat.messages[0].text


async def test_a_document_a_recording_and_a_video_are_proof(agora, chat):
    await chat.document(b"%PDF-1.7", "notula.pdf", caption=LOG)
    await chat.send(voice={"file_id": "v", "file_unique_id": "v", "duration": 3}, caption=LOG)
    await chat.send(
        video={"file_id": "w", "file_unique_id": "w", "width": 1, "height": 1, "duration": 3},
        caption=LOG,
    )

    assert [one.kind for one in await rows(agora, Evidence)] == [
        EvidenceKind.FILE,
        EvidenceKind.VOICE,
        EvidenceKind.FILE,
    ]
    assert (await rows(agora, Evidence))[0].title == "2026-11-24 notula.pdf"


async def test_an_album_is_one_entry_with_one_receipt(agora, chat):
    await chat.photo(LOG, media_group_id="g1")
    await chat.photo(media_group_id="g1")
    await chat.photo(media_group_id="g1")

    assert len(await rows(agora, Entry)) == 1
    assert len(chat.messages) == 1
    assert "Bukti: 3 foto." in chat.last.text


async def test_an_album_whose_last_picture_has_the_words_is_one_entry(agora, chat):
    await chat.photo(media_group_id="g2")
    await chat.photo(LOG, media_group_id="g2")

    (entry,) = await rows(agora, Entry)
    assert (entry.text, entry.quantity) == (LOG, 6)
    assert "Bukti: 2 foto." in chat.last.text


async def test_a_reply_with_a_photo_proves_the_entry_replied_to(agora, chat):
    await chat.say(LOG)
    receipt = chat.last
    await chat.say("rapat gizi")
    await chat.photo(reply_to_message=chat.frame(text="x") | {"message_id": receipt.id})

    first, _second = await rows(agora, Entry)
    (one,) = await rows(agora, Evidence)
    assert one.entry_id == first.id
    assert chat.last.text == "Ditambahkan ke catatan. Bukti: 1 foto."
    assert "Bukti: 1 foto." in receipt.text


async def test_nobody_proves_somebody_elses_entry(agora, chat):
    await chat.say(LOG)
    receipt = chat.last
    other = agora.chat(102)
    await other.photo("rapat", reply_to_message=other.frame(text="x") | {"message_id": receipt.id})

    (one,) = await rows(agora, Evidence)
    first, second = await rows(agora, Entry)
    assert one.entry_id == second.id != first.id


async def test_links_in_a_sentence_are_proof_and_only_https(agora, chat):
    await chat.say(f"{LOG} https://contoh.go.id/a?b=1&c=<2> http://contoh.go.id/b")

    (one,) = await rows(agora, Evidence)
    assert (one.kind, one.state, one.path) == (EvidenceKind.LINK, EvidenceState.STORED, None)
    assert one.url.startswith("https://contoh.go.id/a")
    assert "Bukti: 1 tautan." in chat.last.text


async def test_a_reply_with_a_link_proves_the_entry(agora, chat):
    await chat.say(LOG)
    await chat.say("https://contoh.go.id/notula", reply_to=chat.last.id)

    assert chat.last.text == "Ditambahkan ke catatan. Bukti: 1 tautan."
    assert len(await rows(agora, Entry)) == 1


@pytest.mark.parametrize(
    "link", ["http://contoh.example/x", "https://[", f"https://contoh.example/{'x' * 3000}"]
)
async def test_a_reply_with_a_link_that_cannot_be_kept_says_so(agora, chat, link):
    await chat.say(LOG)

    said = await chat.say(link, reply_to=chat.last.id)
    assert said.startswith("Tautan ini tidak dapat disimpan, jadi tidak ada yang ditambahkan.")
    assert await rows(agora, Evidence) == []
    assert len(await rows(agora, Entry)) == 1


async def test_the_words_of_a_reply_name_the_proof(agora, chat):
    await chat.say(LOG)
    receipt = chat.frame(text="x") | {"message_id": chat.last.id}
    await chat.photo("daftar hadir <b>&", reply_to_message=receipt)

    (one,) = await rows(agora, Evidence)
    assert one.title == "2026-11-24 daftar hadir <b>&"


async def test_a_photo_with_words_after_the_question_was_answered_is_an_entry_of_its_own(
    agora, chat
):
    await chat.photo()
    await chat.photo("dampingi 2 balita berisiko stunting")
    await chat.photo(LOG)

    found = await rows(agora, Entry)
    assert [one.text for one in found] == ["dampingi 2 balita berisiko stunting", LOG]
    assert [one.entry_id for one in await rows(agora, Evidence)] == [
        found[0].id,
        found[0].id,
        found[1].id,
    ]


async def test_a_file_that_is_too_large_is_refused_while_the_text_is_safe(agora, chat):
    big = {"file_id": "b", "file_unique_id": "b", "file_name": "b.mp4", "file_size": 27 * 1024**2}
    await chat.send(document=big, caption=LOG)

    assert len(await rows(agora, Entry)) == 1
    assert await rows(agora, Evidence) == []
    assert "6 balita" in chat.messages[0].text
    assert "ukurannya 27 MB (batas 20 MB). Catatan teks sudah aman." in chat.last.text
    await chat.photo(reply_to_message=chat.frame(text="x") | {"message_id": chat.last.id})
    assert len(await rows(agora, Evidence)) == 1
    assert len(await rows(agora, Entry)) == 1


async def test_the_caption_of_a_file_that_is_too_large_completes_what_waits_for_words(agora, chat):
    big = {"file_id": "b", "file_unique_id": "b", "file_size": 27 * 1024**2}
    await chat.document(b"%PDF-", "a.pdf")
    assert "Pekerjaan apa ini?" in chat.last.text
    await chat.send(document=big, caption=LOG)

    (entry,) = await rows(agora, Entry)
    assert (entry.text, entry.quantity) == (LOG, 6)
    refusal = chat.last
    assert "Catatan teks sudah aman." in refusal.text
    await chat.photo()
    assert "Catatan teks sudah aman." in next(m for m in chat.messages if m.id == refusal.id).text
    assert [one.text for one in await rows(agora, Entry)] == [LOG, ""]


async def test_what_is_said_of_a_large_file_stays_when_an_album_goes_on(agora, chat):
    big = {"file_id": "b", "file_unique_id": "b", "file_size": 27 * 1024**2}
    await chat.photo(LOG, media_group_id="7")
    await chat.send(document=big, media_group_id="7")
    await chat.photo(media_group_id="7")

    assert "Catatan teks sudah aman." in chat.last.text
    assert "Bukti: 2 foto." in chat.messages[0].text


async def test_a_large_file_without_words_promises_none_while_words_are_asked_for(agora, chat):
    big = {"file_id": "b", "file_unique_id": "b", "file_size": 27 * 1024**2}
    await chat.photo()
    await chat.send(document=big)

    assert "batas 20 MB" in chat.last.text
    assert "aman" not in chat.last.text
    await chat.photo()
    assert "batas 20 MB" in chat.last.text
    assert "2 foto. Pekerjaan apa ini?" in chat.messages[0].text


async def test_the_caption_of_a_large_file_that_replies_to_an_entry_is_one_of_its_own(agora, chat):
    big = {"file_id": "b", "file_unique_id": "b", "file_size": 27 * 1024**2}
    await chat.say(LOG)
    reply = chat.frame(text="x") | {"message_id": chat.last.id}
    await chat.send(document=big, caption="laporan besar", reply_to_message=reply)

    assert [one.text for one in await rows(agora, Entry)] == [LOG, "laporan besar"]


async def test_a_file_that_is_too_large_without_words_leaves_nothing(agora, chat):
    big = {"file_id": "b", "file_unique_id": "b", "file_size": 27 * 1024**2}
    await chat.send(document=big)

    assert await rows(agora, Entry) == []
    assert "batas 20 MB" in chat.last.text


@pytest.mark.parametrize(
    "content",
    [
        {
            "sticker": {
                "file_id": "s",
                "file_unique_id": "s",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"location": {"latitude": -8.5, "longitude": 115.2}},
    ],
)
async def test_what_nobody_can_read_is_answered_kindly(agora, chat, content):
    await chat.send(**content)

    assert "belum dapat saya baca" in chat.last.text
    assert await rows(agora, Entry) == []


async def test_a_failed_fetch_is_tried_again_and_ends_with_an_honest_word(agora, chat):
    await chat.photo(LOG)
    agora.edge.files.clear()
    for _ in range(deeds.TRIES):
        agora.now += deeds.LONGEST_PAUSE
        await agora.downloads.fetch_evidence()
    await agora.settle()

    (one,) = await rows(agora, Evidence)
    assert (one.state, one.tries) == (EvidenceState.REFUSED, deeds.TRIES)
    assert "satu foto belum dapat disimpan" in chat.last.text
    assert "sudah aman" in chat.last.text


async def test_the_notices_about_files_speak_english(agora, english):
    big = {"file_id": "b", "file_unique_id": "b", "file_size": 27 * 1024**2}
    await english.send(document=big)
    assert "it has 27 MB (the limit is 20 MB). Send it as" in english.last.text

    await english.photo(LOG)
    agora.edge.files.clear()
    for _ in range(deeds.TRIES):
        agora.now += deeds.LONGEST_PAUSE
        await agora.downloads.fetch_evidence()
    await agora.settle()

    assert "Sorry, a photo could not be stored. The text of the entry is safe." in english.last.text
