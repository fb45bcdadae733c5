import pytest

from db.models.entries import Evidence
from tests.factories import a_team
from tests.handlers.tellings import FIRST, SARI, SECOND, THIRD, TWO, kept, rows, told


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(SARI)


async def test_an_edited_message_tells_its_entries_anew(agora, chat):
    number = await told(agora, chat)
    await chat.tap("1")
    await chat.tap("Ganti RHK")
    await chat.tap("RHK 1")
    await chat.edit(number, f"{THIRD}\n{FIRST.replace('6', '7')}\n{SECOND}")

    assert [text for text, _ in await kept(agora)] == [THIRD, FIRST.replace("6", "7"), SECOND]
    assert len(chat.messages) == 1
    assert "3 catatan" in chat.last.text
    # What was put right by hand follows its sentence.
    first = (await rows(agora))[0]
    assert (first.quantity, first.by_hand, first.text) == (7, True, FIRST.replace("6", "7"))
    assert f"{FIRST.replace('6', '7')} → RHK 1" in chat.last.text


async def test_an_activity_that_is_edited_away_is_gone(agora, chat):
    number = await told(agora, chat, f"{TWO}\n{THIRD}")
    await chat.edit(number, f"{FIRST}\n{THIRD}")
    assert [text for text, _ in await kept(agora)] == [FIRST, THIRD]
    first = (await rows(agora))[0]
    assert first.version == 1
    await chat.edit(number, THIRD)

    assert [text for text, _ in await kept(agora)] == [THIRD]
    assert chat.last.text.startswith("Tersimpan, Selasa 24 Nov. 20 balita")
    await chat.edit(number, TWO)
    assert await kept(agora) == [(FIRST, 6), (SECOND, 1)]
    await chat.say("/riwayat")
    assert chat.last.text.count("RHK") == 2


async def test_one_activity_becomes_two_by_an_edit_and_its_photo_proves_both(agora, chat):
    frame = chat.frame(
        photo=[{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}], caption=FIRST
    )
    await agora.take({"update_id": agora.update_id(), "message": frame})
    again = frame | {"caption": TWO, "edit_date": 1}
    await agora.take({"update_id": agora.update_id(), "edited_message": again})

    first, second = await rows(agora)
    assert (first.text, second.text) == (FIRST, SECOND)
    assert [one.entry_id for one in await rows(agora, Evidence)] == [first.id, second.id]
    assert "Bukti: 1 foto." in chat.last.text


async def test_the_days_follow_the_words_unless_they_were_set_by_hand(agora, chat):
    number = await told(agora, chat, f"kemarin {TWO}")
    await chat.tap("2")
    await chat.tap("Ubah")
    await chat.tap("Hari")
    await chat.tap("Hari ini")
    assert [one.day.day for one in await rows(agora)] == [23, 24]
    await chat.edit(number, f"kemarin {TWO} selesai")

    assert [one.day.day for one in await rows(agora)] == [23, 24]
    await chat.edit(number, f"jumat lalu {FIRST}\n{SECOND} selesai")
    assert (await rows(agora))[0].day.day == 20


async def test_what_a_person_made_one_stays_one_when_its_message_is_edited(agora, chat):
    number = await told(agora, chat)
    await chat.tap("Gabungkan jadi satu")
    await chat.edit(number, f"{TWO} lagi")

    assert [text for text, _ in await kept(agora)] == [f"{TWO} lagi"]
