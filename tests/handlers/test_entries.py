import datetime as dt
import re

import pytest
from sqlmodel import select

from bot.skp.entries import EntryState
from db.models.entries import Absence, Entry
from db.models.people import Employee
from db.models.plans import Plan
from tests.factories import a_team, employee

LOG = "tadi pagi dampingi 6 balita berisiko stunting"
UNSURE = "rapat zoom dengan kecamatan"


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


async def entries(agora) -> list[Entry]:
    async with agora.database.reading() as session:
        return list(await session.exec(select(Entry).order_by(Entry.id)))


async def test_one_sentence_is_one_entry_with_a_receipt(agora, chat):
    said = await chat.say(LOG)

    assert said == (
        "Tersimpan, Selasa 24 Nov. 6 balita → RHK 2"
        ' "Terlaksananya pendampingan balita berisiko stunting" (6 dari 40).\n'
        f"{LOG}\n"
        "Dapat diubah sampai 30 Nov, 23.59 WITA."
    )
    assert "<b>6 balita</b>" in chat.last.html
    assert chat.last.labels == ["Ganti RHK", "Ubah", "Urungkan"]
    (entry,) = await entries(agora)
    assert (entry.text, entry.day.isoformat(), entry.quantity, entry.unit) == (
        LOG,
        "2026-11-24",
        6,
        "balita",
    )
    assert not entry.late


async def test_the_receipt_speaks_english(english):
    assert await english.say(LOG) == (
        "Saved, Tuesday 24 Nov. 6 balita → RHK 2"
        ' "Terlaksananya pendampingan balita berisiko stunting" (6 of 40).\n'
        f"{LOG}\n"
        "Can be changed until 30 Nov, 23:59 WITA."
    )
    assert english.last.labels == ["Change RHK", "Change", "Undo"]


async def test_the_standing_grows_with_every_entry_and_counts_only_its_own_unit(chat):
    await chat.say(LOG)
    assert "(10 dari 40)" in await chat.say("dampingi 4 balita berisiko stunting")
    assert "(10 dari 40 balita)" in await chat.say("pendampingan balita berisiko stunting")


async def test_an_entry_nobody_can_place_offers_the_nearest_three(agora, chat):
    said = await chat.say(UNSURE)

    assert said.startswith(f"Tersimpan, Selasa 24 Nov. {UNSURE}\nBelum tertaut ke RHK.")
    assert len(chat.last.labels) == 5
    assert chat.last.labels[-2:] == ["Tugas tambahan", "Urungkan"]
    assert all(re.match(r"RHK \d ", label) and len(label) <= 22 for label in chat.last.labels[:3])
    await chat.tap(chat.last.labels[0])
    assert "→ RHK" in chat.last.text
    assert (await entries(agora))[0].by_hand


async def test_an_additional_task_is_one_tap_away(agora, chat):
    await chat.say(UNSURE)

    assert "→ tugas tambahan." in await chat.tap("Tugas tambahan")
    assert (await entries(agora))[0].additional


async def test_an_entry_nobody_can_place_is_undone_with_one_tap(agora, chat):
    await chat.say(UNSURE)

    assert f"{UNSURE} – diurungkan." in await chat.tap("Urungkan")
    assert (await entries(agora))[0].state is EntryState.UNDONE
    await chat.tap("Kembalikan")
    assert chat.last.labels[-2:] == ["Tugas tambahan", "Urungkan"]


async def test_a_past_day_is_marked_as_late(agora, chat):
    said = await chat.say("kemarin dampingi 3 balita berisiko stunting")

    assert "Tersimpan, Senin 23 Nov." in said
    assert "Ditandai susulan." in said
    assert (await entries(agora))[0].late


async def test_before_four_in_the_morning_the_evening_before_is_not_late(agora, chat):
    agora.now = dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC)  # 01.30 WITA on the 25th.
    await chat.say(LOG)

    (entry,) = await entries(agora)
    assert (entry.day.isoformat(), entry.late) == ("2026-11-24", False)


async def test_a_run_of_days_is_one_entry(agora, chat):
    assert "20 Nov sampai 23 Nov" in await chat.say("20-23 nov dampingi 3 balita berisiko stunting")
    (entry,) = await entries(agora)
    assert (entry.day.isoformat(), entry.last_day.isoformat()) == ("2026-11-20", "2026-11-23")


async def test_without_a_plan_logging_goes_on(agora):
    async with agora.database.writing() as session:
        session.add(employee(7))
    chat = agora.chat(107)

    said = await chat.say(LOG)
    assert "Tersimpan, Selasa 24 Nov. 6 balita" in said
    assert "Belum ada SKP untuk tahun ini" in said
    assert chat.last.labels == ["Ubah", "Urungkan"]


async def test_a_stranger_is_shown_the_way_in(agora):
    assert "Selamat datang" in await agora.chat(999).say(LOG)
    assert await entries(agora) == []


async def test_catat_with_words_logs_and_without_words_asks(agora, chat):
    assert "6 balita" in await chat.say(f"/catat {LOG}")
    assert "Apa yang Anda kerjakan?" in await chat.say("/catat")
    assert "4 balita" in await chat.say("dampingi 4 balita berisiko stunting")
    assert [one.text for one in await entries(agora)] == [
        LOG,
        "dampingi 4 balita berisiko stunting",
    ]


async def test_the_same_update_twice_is_one_entry(agora, chat):
    update = {"update_id": agora.update_id(), "message": chat.frame(text=LOG)}
    await agora.take(update)
    await agora.take(update)

    assert len(await entries(agora)) == 1
    assert len(chat.messages) == 1


@pytest.mark.parametrize(
    "text",
    [
        "rapat <b>gizi</b> & <i>stunting",
        "rapat 👶🏽🎉 gizi \u202e\u200f terbalik",
        "rapat " + "sangat panjang & <panjang> " * 200,
        "rapat\x00 gizi \ud83d bulanan",
    ],
)
async def test_whatever_is_typed_is_kept_and_answered(agora, chat, text):
    assert (await chat.say(text)).startswith("Tersimpan")
    assert len(await entries(agora)) == 1
    await chat.say("/riwayat")
    await chat.tap("1")
    assert "rapat" in chat.last.text


async def test_a_long_message_is_kept_to_the_last_letter(agora, chat):
    text = "rapat " + "x" * 4994
    await chat.say(text)

    assert (await entries(agora))[0].text == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("udah berapa persen targetku?", "Posisi SKP Anda"),
        ("bot ini bisa apa saja?", "Saya mencatat pekerjaan"),
        ("makasih ya", "Terima kasih, Bu Sari 1."),
    ],
)
async def test_what_is_no_log_is_answered_and_never_becomes_an_entry(agora, chat, text, words):
    assert words in await chat.say(text)
    assert "Simpan sebagai catatan" in chat.last.labels
    assert "Menu" in chat.last.labels
    assert await entries(agora) == []


async def test_a_question_about_a_theme_is_looked_up_in_the_guidance(agora, chat):
    await chat.say("gimana cara cegah stunting?")

    assert "Simpan sebagai catatan" in chat.last.labels
    assert await entries(agora) == []


async def test_an_absence_is_noted_and_becomes_no_entry(agora, chat):
    said = await chat.say("cuti sampai jumat")

    assert "27 Nov" in said
    async with agora.database.reading() as session:
        (absence,) = await session.exec(select(Absence))
    assert (absence.first.isoformat(), absence.last.isoformat()) == ("2026-11-24", "2026-11-27")
    assert await entries(agora) == []


async def test_a_message_can_become_an_entry_after_all_and_only_once(agora, chat):
    await chat.say("makasih ya")
    message = chat.last
    pressed = message.key("Simpan sebagai catatan")
    await chat.press(pressed, message)
    assert "Tersimpan" in chat.last.text
    await chat.press(pressed, message)

    assert [one.text for one in await entries(agora)] == ["makasih ya"]


async def test_nobody_saves_another_chats_message(agora, chat):
    await chat.say("makasih ya")
    pressed = chat.last.key("Simpan sebagai catatan")
    other = agora.chat(102)
    await other.say("makasih ya")

    assert await other.press(pressed, other.last) == "Tombol ini sudah tidak berlaku."
    assert await entries(agora) == []


async def test_an_edited_message_edits_its_entry_and_the_receipt_in_place(agora, chat):
    update_id = agora.update_id()
    frame = chat.frame(text=LOG)
    await agora.take({"update_id": update_id, "message": frame})
    await chat.edit(frame["message_id"], "tadi pagi dampingi 7 balita berisiko stunting")

    (entry,) = await entries(agora)
    assert (entry.quantity, entry.version) == (7, 2)
    assert len(chat.messages) == 1
    assert "7 balita" in chat.last.text
    assert "(7 dari 40)" in chat.last.text


async def test_an_edit_of_what_is_no_entry_can_still_be_saved(agora, chat):
    frame = chat.frame(text="makasih ya")
    await agora.take({"update_id": agora.update_id(), "message": frame})
    await chat.edit(frame["message_id"], LOG)

    assert chat.last.text == "Pesan yang Anda ubah bukan catatan."
    await chat.tap("Simpan sebagai catatan")
    assert [one.quantity for one in await entries(agora)] == [6]


async def test_an_edited_command_edits_its_entry_too(agora, chat):
    frame = chat.frame(text=f"/catat {LOG}") | {
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}]
    }
    await agora.take({"update_id": agora.update_id(), "message": frame})
    again = frame | {"text": "/catat dampingi 8 balita berisiko stunting", "edit_date": 1}
    await agora.take({"update_id": agora.update_id(), "edited_message": again})

    assert [one.quantity for one in await entries(agora)] == [8]


@pytest.mark.parametrize(
    "content", [{"location": {"latitude": 1, "longitude": 2}}, {"text": "/skp"}]
)
async def test_an_edit_without_words_is_passed_over(agora, chat, content):
    frame = chat.frame(**content) | {"edit_date": 1}
    await agora.take({"update_id": agora.update_id(), "edited_message": frame})

    assert chat.messages == []


async def test_after_the_window_an_edit_leaves_the_entry_as_it_is(agora, chat):
    frame = chat.frame(text=LOG)
    await agora.take({"update_id": agora.update_id(), "message": frame})
    agora.now = dt.datetime(2026, 12, 1, 2, 0, tzinfo=dt.UTC)
    await chat.edit(frame["message_id"], "rapat")

    assert "tidak dapat diubah lagi" in chat.last.text
    assert (await entries(agora))[0].text == LOG


async def test_a_log_takes_one_message_and_undoing_it_one_tap(agora, chat):
    await chat.say(LOG)
    await chat.tap("Urungkan")

    (entry,) = await entries(agora)
    assert entry.state is EntryState.UNDONE


async def test_an_entry_never_lies_in_the_future(agora, chat):
    await chat.say("besok rapat gizi 30 nov")

    assert all(one.day <= dt.date(2026, 11, 24) for one in await entries(agora))


async def test_an_old_date_from_another_clock_is_not_believed(agora, chat):
    frame = chat.frame(text=LOG) | {"date": 1_700_000_000}
    await agora.take({"update_id": agora.update_id(), "message": frame})

    assert (await entries(agora))[0].day.isoformat() == "2026-11-24"


async def test_last_years_work_is_looked_up_in_last_years_plan(agora, chat):
    agora.now = dt.datetime(2027, 1, 2, 2, 0, tzinfo=dt.UTC)
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        session.add(Plan(employee_id=person.id, year=2027))
    await chat.say("tanggal 31 desember 2026 dampingi 6 balita berisiko stunting")

    (entry,) = await entries(agora)
    assert entry.day.isoformat() == "2026-12-31"
    assert entry.work_result_id is not None


async def test_a_question_about_a_theme_is_answered_in_english_too(agora, english):
    said = await english.say("stunting itu apa?")

    assert "stunting" in said.splitlines()[0]
    assert {"Details", "Save as an entry", "Menu"} <= set(english.last.labels)
    assert await entries(agora) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("inflasi", "panduan cocok"),
        ("inflasi itu apa", "Inflasi adalah"),
        ("stunting itu apa sih", "Stunting adalah"),
    ],
)
async def test_a_theme_named_by_itself_is_looked_up(agora, chat, question, answer):
    await chat.say(question)

    assert answer in chat.last.text
    assert await entries(agora) == []


async def test_a_receipt_says_when_the_entry_adds_nothing(chat):
    await chat.say(LOG)
    said = await chat.say("rapat pendampingan balita berisiko stunting")

    assert 'RHK 2 "' in said
    assert "Belum menambah angka ini, yang dihitung dalam balita." in said
