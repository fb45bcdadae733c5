import datetime as dt

import pytest
from sqlmodel import select

from bot.skp.entries import EntryState
from db.models.entries import Entry
from db.models.people import Employee
from db.models.plans import Plan, WorkResult
from tests.factories import a_team

LOG = "tadi pagi dampingi 6 balita berisiko stunting"


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    chat = agora.chat(101)
    await chat.say(LOG)
    return chat


async def the_entry(agora) -> Entry:
    async with agora.database.reading() as session:
        return (await session.exec(select(Entry).order_by(Entry.id))).first()


async def test_undo_is_one_tap_and_gives_the_standing_back(agora, chat):
    await chat.say("dampingi 4 balita berisiko stunting")
    message = chat.last

    assert await chat.tap("Urungkan") == (
        "4 balita – diurungkan. RHK 2 kembali 6 dari 40.\ndampingi 4 balita berisiko stunting"
    )
    assert "<s>4 balita</s>" in message.html
    assert message.labels == ["Kembalikan"]
    assert "(10 dari 40)" in await chat.tap("Kembalikan")
    assert message.labels == ["Ganti RHK", "Ubah", "Urungkan"]


async def test_a_double_tap_does_no_harm(agora, chat):
    message = chat.last
    pressed = message.key("Urungkan")
    await chat.press(pressed, message)
    toast = await chat.press(pressed, message)

    assert toast == "Tombol ini sudah tidak berlaku."
    assert "diurungkan" in message.text
    assert (await the_entry(agora)).state is EntryState.UNDONE


async def test_an_old_button_opens_the_current_view(agora, chat):
    message = chat.last
    old = message.key("Ubah")
    await chat.tap("Ganti RHK")
    await chat.tap("RHK 1")
    toast = await chat.press(old, message)

    assert toast == "Tombol ini sudah tidak berlaku."
    assert "→ RHK 1" in message.text


@pytest.mark.parametrize(
    "verb",
    [
        *("link", "pick", "show", "change", "amount", "day", "day-to", "hours", "text"),
        *("undo", "restore", "delete", "delete-now"),
    ],
)
async def test_somebody_elses_button_says_no_and_changes_nothing(agora, chat, verb):
    entry = await the_entry(agora)
    other = agora.chat(102)
    await other.say(LOG)
    extra = ":0" if verb in {"link", "pick", "day-to"} else ""

    toast = await other.press(f"entry-{verb}:{entry.id}:{entry.version}:0{extra}", other.last)
    assert toast == "Tombol ini sudah tidak berlaku."
    assert await the_entry(agora) == entry
    assert "6 balita" in other.last.text


async def test_nobody_links_to_somebody_elses_rhk(agora, chat):
    async with agora.database.reading() as session:
        foreign = (
            await session.exec(
                select(WorkResult)
                .join(Employee, Employee.id == WorkResult.employee_id)
                .where(Employee.telegram_id == 102)
            )
        ).first()
    entry = await the_entry(agora)
    toast = await chat.press(f"entry-pick:{entry.id}:1:0:{foreign.id}", chat.last)

    assert toast == "Tombol ini sudah tidak berlaku."
    assert (await the_entry(agora)).work_result_id == entry.work_result_id


@pytest.mark.parametrize(
    "key", ["entry-undo:x:1:0", "entry-undo:1", "entry-undo", "entry-pick:1:1:0:9999999"]
)
async def test_a_broken_key_is_refused(chat, key):
    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."


async def test_another_rhk_is_two_taps_away_in_the_same_message(agora, chat):
    message = chat.last
    text = await chat.tap("Ganti RHK")
    assert '1. "Terlaksananya pemantauan pertumbuhan balita di posyandu"' in text
    assert message.labels == ["RHK 1", "RHK 2", "RHK 3", "Tugas tambahan", "Kembali"]
    text = await chat.tap("RHK 1")

    assert "→ RHK 1" in text
    assert "(6 dari 480)" in text
    assert len(chat.messages) == 1
    entry = await the_entry(agora)
    assert (entry.by_hand, entry.version) == (True, 2)


async def test_the_way_back_leaves_everything_as_it_was(agora, chat):
    before = chat.last.text
    await chat.tap("Ganti RHK")

    assert await chat.tap("Kembali") == before
    await chat.tap("Ubah")
    assert await chat.tap("Kembali") == before
    assert (await the_entry(agora)).version == 1


async def test_more_than_eight_rhk_are_listed_by_pages(agora, chat):
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        plan = (await session.exec(select(Plan).where(Plan.employee_id == person.id))).one()
        session.add_all(
            WorkResult(plan_id=plan.id, employee_id=person.id, number=n, text=f"Hasil {n} & <lagi>")
            for n in range(4, 12)
        )
    await chat.tap("Ganti RHK")
    assert "Berikutnya" in chat.last.labels
    assert "RHK 9" not in chat.last.labels
    await chat.tap("Berikutnya")
    assert chat.last.labels == [
        "RHK 9",
        "RHK 10",
        "RHK 11",
        "Sebelumnya",
        "Tugas tambahan",
        "Kembali",
    ]
    assert "→ RHK 10" in await chat.tap("RHK 10")


async def test_after_the_window_the_buttons_refuse_kindly(agora, chat):
    agora.now = dt.datetime(2026, 12, 1, 2, 0, tzinfo=dt.UTC)
    message = chat.last

    for label in ("Ubah", "Urungkan", "Ganti RHK"):
        toast = await chat.press(message.key(label), message)
        assert "tidak dapat diubah lagi" in toast
    assert (await the_entry(agora)).state is EntryState.KEPT


async def test_the_window_is_at_least_five_working_days(agora, chat):
    agora.now = dt.datetime(2026, 11, 30, 8, 0, tzinfo=dt.UTC)
    said = await chat.say("dampingi 5 balita berisiko stunting")

    assert "Dapat diubah sampai 4 Des, 23.59 WITA." in said


async def test_the_taps_speak_english(agora, chat):
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        person.language = "en"
    await chat.say(LOG)
    await chat.tap("Change")
    assert chat.last.labels == ["Amount", "Day", "Hours", "Sentence", "Back"]
    await chat.tap("Day")
    assert await chat.say("whenever") == "The date could not be read. Example: 24 Nov"
    assert chat.last.labels == ["Save as an entry", "Menu"]
    await chat.say("yesterday")
    mended = chat.messages[-2]
    assert "Monday 23 Nov" in mended.text
    assert "Marked late entry." in mended.text
    await chat.tap("Change", mended)
    await chat.tap("Hours", mended)
    await chat.say("1 hour 30 minutes")
    assert "Duration: 1 h 30 min." in mended.text
    await chat.tap("Undo", mended)
    assert mended.text == f"6 balita – undone. RHK 2 is back at 6 of 40.\n{LOG}"
    assert mended.labels == ["Bring back"]


async def test_an_entry_keeps_its_words_when_the_message_is_edited_to_nothing(agora, chat):
    size = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}
    agora.edge.files["p"] = b"\xff\xd8\xff"
    frame = chat.frame(caption=LOG, photo=[size])
    await agora.take({"update_id": agora.update_id(), "message": frame})
    del frame["caption"]
    edited = {"update_id": agora.update_id(), "edited_message": {**frame, "edit_date": 1}}
    await agora.take(edited)

    assert chat.last.text.startswith("Catatan Anda tetap seperti semula.")
    assert chat.last.labels == ["Riwayat"]
    async with agora.database.reading() as session:
        assert [one.text for one in await session.exec(select(Entry))] == [LOG, LOG]


async def test_a_photo_without_words_that_is_edited_is_passed_over(agora, chat):
    size = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}
    frame = chat.frame(photo=[size])
    await agora.take({"update_id": agora.update_id(), "message": frame})
    before = len(chat.messages)
    edited = {"update_id": agora.update_id(), "edited_message": {**frame, "edit_date": 1}}
    await agora.take(edited)

    assert len(chat.messages) == before
