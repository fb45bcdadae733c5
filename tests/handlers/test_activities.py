import datetime as dt

import pytest

from bot.skp.entries import EntryState
from db.models.entries import Evidence
from db.models.messages import Draft
from tests.factories import a_team
from tests.handlers.readers import reads
from tests.handlers.tellings import FIRST, SARI, SECOND, TWO, kept, rows, told


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(SARI)


async def test_several_activities_are_several_entries_with_one_receipt(agora, chat):
    await told(agora, chat)

    assert await kept(agora) == [(FIRST, 6), (SECOND, 1)]
    first, second = await rows(agora)
    assert (first.part, second.part) == (1, 2)
    assert first.arrival_id == second.arrival_id
    assert len(chat.messages) == 1
    assert chat.last.text == (
        "Tersimpan, Selasa 24 Nov: 2 catatan.\n"
        f"1. 6 balita · {FIRST} → RHK 2\n"
        f"2. 1 laporan · {SECOND} → RHK 3\n"
        "Dapat diubah sampai 30 Nov, 23.59 WITA."
    )
    assert chat.last.labels == ["1", "2", "Urungkan semua", "Gabungkan jadi satu"]


async def test_the_receipt_of_several_speaks_english(agora, chat):
    await reads(agora, SARI, "en")
    await told(agora, chat)

    assert chat.last.text.startswith("Saved, Tuesday 24 Nov: 2 entries.\n1. 6 balita · ")
    assert chat.last.labels == ["1", "2", "Undo all", "Merge into one"]
    assert (await chat.tap("Undo all")).startswith("2 entries – undone.")
    await chat.tap("Bring all back")
    await chat.tap("Merge into one")
    assert chat.last.labels[-1] == "Split again"


@pytest.mark.parametrize(
    "text",
    [
        "rapat zoom; rapat koordinasi",
        f"{FIRST}; rapat dengan camat",
        "rapat jam 9, peserta 20 orang; notulen menyusul",
        f"{FIRST}\n{'x' * 2000}\n{SECOND}",
    ],
)
async def test_what_is_not_sure_stays_one_entry(agora, chat, text):
    await told(agora, chat, text)

    (entry,) = await rows(agora)
    assert (entry.text, entry.part) == (text, 0)


async def test_each_part_of_the_day_is_an_entry_of_its_own(agora, chat):
    parts = ["pagi dampingi 6 balita berisiko stunting", "siang rapat di kecamatan"]
    await told(agora, chat, ", ".join(parts))

    assert [(one.text, one.quantity) for one in await rows(agora)] == [
        (parts[0], 6),
        (parts[1], None),
    ]


async def test_each_entry_has_its_own_day(agora, chat):
    await told(agora, chat, f"kemarin {FIRST}\nhari ini {SECOND}")

    assert [one.day.day for one in await rows(agora)] == [23, 24]
    assert chat.last.text.startswith("Tersimpan: 2 catatan.\n1. Sen 23 Nov · 6 balita")


async def test_each_entry_opens_and_is_put_right_by_itself(agora, chat):
    await told(agora, chat)
    message = chat.last
    before = message.text
    await chat.tap("2")
    assert message.text.startswith("Tersimpan, Selasa 24 Nov. 1 laporan → RHK 3")
    assert message.labels == ["Ganti RHK", "Ubah", "Urungkan", "Kembali"]
    assert await chat.tap("Kembali") == before
    await chat.tap("2")
    await chat.tap("Ubah")
    await chat.tap("Jumlah")
    await chat.say("2 laporan")

    assert "2 laporan → RHK 3" in message.text
    await chat.tap("Kembali", message)
    assert "2. 2 laporan · " in message.text
    await chat.tap("1")
    await chat.tap("Urungkan")
    assert message.labels == ["Kembalikan", "Kembali"]
    await chat.tap("Kembali")
    assert "<s>" in message.html
    assert message.labels == ["1", "2", "Urungkan semua"]
    assert await kept(agora) == [(SECOND, 2)]
    assert len(chat.messages) == 1


async def test_an_entry_without_an_rhk_is_linked_from_the_list(agora, chat):
    await told(agora, chat, f"antar 20 undangan ke kecamatan\n{SECOND}")
    assert "ke kecamatan → belum tertaut" in chat.last.text
    await chat.tap("1")
    assert len(chat.last.labels) == 5
    assert chat.last.labels[2:] == ["Tugas tambahan", "Urungkan", "Kembali"]
    await chat.tap(chat.last.labels[0])
    await chat.tap("Kembali")

    assert "ke kecamatan → RHK" in chat.last.text


async def test_more_than_three_are_opened_from_a_list(agora, chat):
    texts = [f"dampingi {n} balita berisiko stunting" for n in range(1, 6)]
    await told(agora, chat, "\n".join(texts))
    assert chat.last.labels == ["Buka salah satu", "Urungkan semua", "Gabungkan jadi satu"]
    await chat.tap("Buka salah satu")
    assert chat.last.labels == ["1", "2", "3", "4", "5", "Kembali"]
    await chat.tap("4")
    assert "4 balita → RHK 2" in chat.last.text
    await chat.tap("Kembali")

    assert chat.last.labels == ["Buka salah satu", "Urungkan semua", "Gabungkan jadi satu"]


async def test_all_are_undone_and_brought_back_by_one_tap_each(agora, chat):
    await told(agora, chat)
    before = chat.last.text
    assert (await chat.tap("Urungkan semua")).startswith("2 catatan – diurungkan.\n1. 6 balita")
    assert await kept(agora) == []
    assert chat.last.labels == ["Kembalikan semua"]

    assert await chat.tap("Kembalikan semua") == before
    assert await kept(agora) == [(FIRST, 6), (SECOND, 1)]


async def test_the_last_of_several_stands_alone(agora, chat):
    await told(agora, chat)
    message = chat.last
    opened = message.key("1")
    await chat.say("/riwayat")
    await chat.tap("1")
    await chat.tap("Urungkan")
    await chat.tap("Hapus")
    await chat.tap("Hapus")
    await chat.press(opened, message)
    await chat.tap("Kembali", message)

    assert message.text.startswith("Tersimpan, Selasa 24 Nov. 6 balita")
    assert message.labels == ["Ganti RHK", "Ubah", "Urungkan"]


async def test_all_become_one_and_are_split_again(agora, chat):
    await told(agora, chat)
    await chat.tap("Gabungkan jadi satu")

    assert [text for text, _ in await kept(agora)] == [TWO]
    assert chat.last.text.startswith("Tersimpan, Selasa 24 Nov. ")
    assert chat.last.labels[-1] == "Pisahkan lagi"
    await chat.tap("Pisahkan lagi")
    assert await kept(agora) == [(FIRST, 6), (SECOND, 1)]
    assert chat.last.labels == ["1", "2", "Urungkan semua", "Gabungkan jadi satu"]
    assert len(chat.messages) == 1
    await chat.tap("Gabungkan jadi satu")
    assert [text for text, _ in await kept(agora)] == [TWO]


@pytest.mark.parametrize("label", ["Urungkan semua", "Gabungkan jadi satu"])
async def test_a_double_tap_changes_all_once(agora, chat, label):
    await told(agora, chat)
    message = chat.last
    pressed = message.key(label)
    await chat.press(pressed, message)
    once = await rows(agora), message.text

    assert await chat.press(pressed, message) == "Tombol ini sudah tidak berlaku."
    assert (await rows(agora))[0] == once[0][0]
    assert len(await rows(agora)) == len(once[0])


async def test_after_the_window_all_stay_as_they_are(agora, chat):
    await told(agora, chat)
    message = chat.last
    agora.now = dt.datetime(2026, 12, 1, 2, 0, tzinfo=dt.UTC)
    for label in ("Urungkan semua", "Gabungkan jadi satu"):
        assert "tidak dapat diubah lagi" in await chat.press(message.key(label), message)
    await chat.tap("1")
    await chat.tap("Kembali")

    assert message.labels == ["1", "2"]
    assert await kept(agora) == [(FIRST, 6), (SECOND, 1)]


@pytest.mark.parametrize(
    "key", ["parts:0", "parts:x", "parts-undo:1", "parts-merge:999:2", "parts-open:-4"]
)
async def test_a_key_that_holds_nothing_is_an_old_button(chat, key):
    await chat.say(FIRST)

    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."


async def test_what_comes_with_the_words_proves_each_entry(agora, chat):
    await chat.photo(TWO, media_group_id="g")
    assert "Bukti: 1 foto." in chat.last.text
    await chat.photo(media_group_id="g")
    assert "Bukti: 2 foto." in chat.last.text
    await chat.photo(reply_to_message=chat.frame(text="x") | {"message_id": chat.last.id})

    first, second = await rows(agora)
    assert [one.entry_id for one in await rows(agora, Evidence)] == [first.id, second.id] * 3
    assert chat.last.text == "Ditambahkan ke 2 catatan itu. Bukti: 3 foto."
    assert "Bukti: 3 foto." in chat.messages[0].text


async def test_a_reply_to_the_receipt_of_one_proves_that_one(agora, chat):
    await told(agora, chat)
    message = chat.last
    await chat.tap("2")
    await chat.say("https://contoh.go.id/notula", reply_to=message.id)

    _, second = await rows(agora)
    assert [one.entry_id for one in await rows(agora, Evidence)] == [second.id]
    assert "Bukti: 1 tautan." in message.text
    assert message.labels[-1] == "Kembali"


async def test_what_proved_one_proves_all_when_they_become_one(agora, chat):
    await chat.photo(f"{TWO} https://contoh.go.id/a")
    await chat.tap("2")
    await chat.say("https://contoh.go.id/b", reply_to=chat.last.id)
    receipt = chat.messages[0]
    await chat.tap("Kembali", receipt)
    await chat.tap("Gabungkan jadi satu", receipt)

    assert "Bukti: 1 foto, 2 tautan." in receipt.text
    await chat.tap("Pisahkan lagi", receipt)
    assert len([one for one in await rows(agora) if one.state is EntryState.KEPT]) == 2


async def test_a_sentence_for_a_photo_may_tell_of_several(agora, chat):
    await chat.photo()
    await chat.say(TWO)

    assert await kept(agora) == [(FIRST, 6), (SECOND, 1)]
    assert "Bukti: 1 foto." in chat.last.text
    assert chat.last.labels[:2] == ["1", "2"]
    assert await rows(agora, Draft) == []


async def test_a_message_saved_after_all_may_tell_of_several(agora, chat):
    await chat.say("/cuti")
    await chat.tap("Cuti")
    await chat.tap("Pilih tanggal")
    await chat.say(TWO)
    message = chat.last
    pressed = message.key("Simpan sebagai catatan")
    await chat.press(pressed, message)
    assert message.labels == ["1", "2", "Urungkan semua", "Gabungkan jadi satu"]
    await chat.press(pressed, message)

    assert await kept(agora) == [(FIRST, 6), (SECOND, 1)]


async def test_a_message_whose_entry_was_deleted_makes_no_new_one(agora, chat):
    await chat.say("makasih ya")
    message = chat.last
    pressed = message.key("Simpan sebagai catatan")
    await chat.press(pressed, message)
    await chat.say("/riwayat")
    await chat.tap("1")
    await chat.tap("Urungkan")
    await chat.tap("Hapus")
    await chat.tap("Hapus")

    assert await chat.press(pressed, message) == "Tombol ini sudah tidak berlaku."
    assert [one.state for one in await rows(agora)] == [EntryState.DELETED]
