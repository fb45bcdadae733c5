import datetime as dt

import pytest
from sqlmodel import select

from db.models.entries import Entry, Evidence
from tests.factories import a_team
from tests.handlers.readers import reads

SARI = 101
LOG = "dampingi 6 balita berisiko stunting"
NIK = "3201014503900001"
NIK_WARNING = "⚠️ Tampaknya ada NIK di sini. Nomor milik orang sebaiknya tidak ditulis."


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(SARI)


async def entries(agora) -> list[Entry]:
    async with agora.database.reading() as session:
        return list(await session.exec(select(Entry).order_by(Entry.id)))


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (f"{LOG} NIK {NIK}", NIK_WARNING),
        (f"{LOG}, salah satu bernama Budi", "⚠️ Tampaknya memuat data kesehatan anak."),
        ("menelaah surat rahasia", "⚠️ Tampaknya menyangkut dokumen rahasia."),
    ],
)
async def test_a_delicate_sentence_is_saved_with_a_warning_and_the_way_to_change_it(
    agora, chat, text, warning
):
    said = await chat.say(text)

    assert said.startswith("Tersimpan")
    assert warning in said
    assert [one.text for one in await entries(agora)] == [text]
    await chat.tap("Ubah")
    await chat.tap("Kalimat")
    await chat.say(LOG)
    assert "⚠️" not in chat.last.text
    assert (await entries(agora))[0].text == LOG


@pytest.mark.parametrize(
    "text", [LOG, "penimbangan 25 balita di posyandu", "NIP 199001012015012002"]
)
async def test_everyday_work_brings_no_warning(chat, text):
    assert "⚠️" not in await chat.say(text)


async def test_the_name_of_a_file_is_read_too(agora, chat):
    await chat.document(b"%PDF-1.7", f"KTP_{NIK}.pdf", caption=LOG)
    assert NIK_WARNING in chat.last.text
    assert "Ubah" in chat.last.labels
    await chat.tap("Urungkan")

    assert "⚠️" not in chat.last.text


async def test_a_file_without_words_is_warned_of_too(chat):
    await chat.document(b"%PDF-1.7", "Nota Dinas Rahasia.pdf")

    assert "⚠️ Tampaknya menyangkut dokumen rahasia." in chat.last.text
    assert chat.last.labels == ["Ubah", "Urungkan"]


async def test_a_file_that_is_added_by_a_reply_is_warned_of_where_it_is_answered(agora, chat):
    await chat.say(LOG)
    receipt = chat.last
    reply = chat.frame(text="x") | {"message_id": receipt.id}
    await chat.document(b"%PDF-1.7", f"{NIK}.pdf", reply_to_message=reply)

    assert chat.last.text == f"Ditambahkan ke catatan. Bukti: 1 berkas.\n{NIK_WARNING}"
    assert chat.last.labels == ["Ubah", "Urungkan"]
    assert NIK_WARNING in receipt.text
    async with agora.database.reading() as session:
        assert len((await session.exec(select(Evidence))).all()) == 1


async def test_one_of_several_is_changed_from_their_receipt(agora, chat):
    await chat.say(f"{LOG}\nsusun 1 laporan gizi NIK {NIK}")
    assert NIK_WARNING in chat.last.text
    assert chat.last.labels == ["1", "2", "Urungkan semua", "Ubah"]
    await chat.tap("Ubah")
    await chat.tap("Kalimat")
    await chat.say("susun 1 laporan gizi")
    await chat.tap("Kembali")

    assert "⚠️" not in chat.last.text
    assert [one.text for one in await entries(agora)] == [LOG, "susun 1 laporan gizi"]


async def test_the_warning_speaks_english(agora, chat):
    await reads(agora, SARI, "en")

    assert "⚠️ There seems to be a NIK here." in await chat.say(f"{LOG} {NIK}")
    assert "Change" in chat.last.labels


@pytest.mark.parametrize("days", [0, 60])
async def test_an_entry_opened_from_the_history_warns_as_its_receipt_does(agora, chat, days):
    await chat.say(f"{LOG} NIK {NIK}")
    agora.now += dt.timedelta(days=days)
    await chat.say("/riwayat")

    assert NIK_WARNING in await chat.tap("1")
