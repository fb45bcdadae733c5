import datetime as dt

import pytest
from sqlmodel import select

from bot.skp.entries import EntryState
from bot.skp.people import AbsenceKind
from db.models.entries import Absence, Entry, Evidence
from db.models.people import Employee, Placement, Shift
from db.models.plans import ActionPlan, Holiday, WorkResult
from tests.factories import a_team
from tests.handlers.readers import reads

# Tuesday the 24th; of the ten working days before, these five stay without an entry.
FIVE = [17, 18, 19, 20, 23]
PLANS = [
    "Kunjungan rumah",
    "Rapat lintas sektor",
    "Kelas ibu balita",
    "Verifikasi data",
    "Evaluasi",
]


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(101)


@pytest.fixture
async def five(chat):
    """Leave five days of the last ten without an entry."""
    await chat.say("10-16 nov dampingi 2 balita berisiko stunting")
    return chat


async def planned(agora, texts=PLANS, *, account=101, period="2026-11", number=2) -> None:
    async with agora.database.writing() as session:
        query = (
            select(WorkResult.id)
            .join(Employee, Employee.id == WorkResult.employee_id)
            .where(Employee.telegram_id == account, WorkResult.number == number)
        )
        result = (await session.exec(query)).one()
        session.add_all(ActionPlan(work_result_id=result, period=period, text=one) for one in texts)


async def logged(agora, account=101) -> list[Entry]:
    async with agora.database.reading() as session:
        query = (
            select(Entry)
            .join(Employee, Employee.id == Entry.employee_id)
            .where(Employee.telegram_id == account, Entry.state == EntryState.KEPT)
        )
        return list(await session.exec(query.order_by(Entry.day, Entry.id)))


async def test_the_missed_days_come_with_one_suggestion_each(agora, five):
    await planned(agora, PLANS[:2])
    said = await five.say("/susulan")

    assert said.splitlines()[:6] == [
        "Ada 5 hari kerja tanpa catatan.",
        "Sel 17 Nov – rencana Anda: “Kunjungan rumah”",
        "Rab 18 Nov – rencana Anda: “Rapat lintas sektor”",
        "Kam 19 Nov – belum ada petunjuk.",
        "Jum 20 Nov – belum ada petunjuk.",
        "Sen 23 Nov – belum ada petunjuk.",
    ]
    assert five.last.labels == [
        "Simpan Sel 17", "Simpan Rab 18", "Tulis Kam 19", "Simpan semua (2)", "Cuti/Dinas",
    ]  # fmt: skip
    assert len(five.last.text) <= 600


async def test_five_days_are_caught_up_in_five_taps_in_one_message(agora, five):
    await planned(agora)
    await five.say("/susulan")
    message, taps = five.last, 0
    while label := next((one for one in message.labels if one[:-2].startswith("Simpan ")), None):
        if label.startswith("Simpan semua"):
            break
        await five.tap(label, message)
        taps += 1

    made = [one for one in await logged(agora) if one.last_day is None]
    assert taps == 5
    assert [(one.day.day, one.text, one.late) for one in made] == [
        (day, text, True) for day, text in zip(FIVE, PLANS, strict=True)
    ]
    assert {one.work_result_id for one in made} == {made[0].work_result_id}
    assert all(one.quantity is None for one in made)
    assert "Tidak ada yang kurang" in message.text
    assert five.last is message


async def test_the_whole_way_from_the_command_is_two_steps_and_can_be_undone(agora, five):
    await planned(agora)
    await five.say("/susulan")
    said = await five.tap("Simpan semua (5)")

    assert said.splitlines()[0] == (
        "Tersimpan dan ditandai susulan:"
        " Sel 17 Nov, Rab 18 Nov, Kam 19 Nov, Jum 20 Nov, Sen 23 Nov."
        " Angkanya belum ada; tambahkan lewat /riwayat."
    )
    assert len(await logged(agora)) == 6
    undo = five.last.key("Urungkan")
    assert "Ada 5 hari kerja tanpa catatan." in await five.tap("Urungkan")
    assert len(await logged(agora)) == 1
    assert await five.press(undo, five.last) == "Tombol ini sudah tidak berlaku."


async def test_a_second_tap_saves_nothing_twice(agora, five):
    await planned(agora)
    await five.say("/susulan")
    one, everything = five.last.key("Simpan Sel 17"), five.last.key("Simpan semua (5)")
    await five.tap("Simpan Sel 17")
    assert await five.press(one, five.last) == "Tombol ini sudah tidak berlaku."
    assert await five.press(everything, five.last) == "Tombol ini sudah tidak berlaku."

    assert len(await logged(agora)) == 2


async def test_leave_holidays_weekends_and_longer_entries_are_not_missed(agora, five):
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee.id).where(Employee.telegram_id == 101))).one()
        day = dt.date(2026, 11, 17)
        session.add(Holiday(day=day, name="Libur daerah"))
        session.add(
            Absence(
                employee_id=person,
                kind=AbsenceKind.DUTY,
                first=dt.date(2026, 11, 18),
                last=dt.date(2026, 11, 19),
            )
        )
    said = await five.say("/susulan")

    # A free day in between brings one more into the last ten working days.
    assert [line[:10] for line in said.splitlines()[1:-1]] == [
        "Sen 9 Nov ", "Jum 20 Nov", "Sen 23 Nov",
    ]  # fmt: skip


async def test_an_undone_entry_leaves_its_day_missed(five):
    await five.say("kemarin dampingi 2 balita berisiko stunting")
    assert "4 hari kerja" in await five.say("/susulan")
    await five.tap("Urungkan", next(m for m in reversed(five.messages) if "Urungkan" in m.labels))

    assert "5 hari kerja" in await five.say("/susulan")


async def test_what_the_same_weekday_held_comes_before_what_was_newest(agora, chat):
    today = agora.now
    for days, sentence in ((13, "rapat mingguan dengan 12 kader"), (11, "menyusun 1 laporan")):
        agora.now = today - dt.timedelta(days=days)
        await chat.say(sentence)
    agora.now = today
    await chat.say("16-17 nov dampingi 5 balita berisiko stunting")
    said = await chat.say("/susulan")
    assert "Rab 18 Nov – seperti Rab 11 Nov: “rapat mingguan dengan kader”" in said
    assert "Kam 12 Nov – belum ada petunjuk." in said
    assert "Jum 20 Nov – seperti Jum 13 Nov: “menyusun laporan”" in said
    await chat.say("10-12 nov rapat")
    await chat.say("/susulan")
    await chat.tap("Simpan Rab 18")

    saved = next(one for one in await logged(agora) if one.day.day == 18)
    assert (saved.text, saved.quantity, saved.late) == ("rapat mingguan dengan kader", None, True)
    assert "rapat mingguan" not in await chat.say("/susulan")


async def test_plans_of_another_month_or_another_person_are_not_suggested(agora, five):
    await planned(agora, ["Rencana Oktober"], period="2026-10")
    await planned(agora, ["Rencana orang lain"], account=102)
    await planned(agora, ["Rencana triwulan"], period="2026-TW4")
    said = await five.say("/susulan")

    assert "Rencana Oktober" not in said
    assert "orang lain" not in said
    assert "Rencana triwulan" in said


async def test_a_sentence_is_logged_on_the_day_it_was_asked_for(agora, five):
    await five.say("/susulan")
    assert "Rabu, 18 Nov 2026" in await five.tap("Tulis Rab 18")
    before = len(five.messages)
    await five.say("tadi pagi dampingi 4 balita berisiko stunting")

    receipt, rest = five.messages[before:]
    assert receipt.text.startswith("Tersimpan, Rabu 18 Nov. 4 balita → RHK 2")
    assert "Ditandai susulan." in receipt.text
    assert "Ada 4 hari kerja tanpa catatan." in rest.text
    saved = next(one for one in await logged(agora) if one.day.day == 18)
    assert (saved.late, saved.created_at) == (True, agora.now)
    await five.say("dampingi 1 balita berisiko stunting")
    assert [one.day.day for one in await logged(agora)] == [10, 18, 24]


async def test_a_sentence_that_names_its_own_day_keeps_it(agora, five):
    await five.say("/susulan")
    await five.tap("Tulis Rab 18")
    await five.say("19 nov dampingi 4 balita berisiko stunting")
    await five.say("/susulan")
    await five.tap("Tulis Jum 20")
    await five.say("17 nov dampingi 4 balita berisiko stunting")

    assert [one.day.day for one in await logged(agora)] == [10, 17, 19]


async def test_being_away_is_noted_and_a_question_leaves_the_day_open(agora, five):
    await five.say("/susulan")
    await five.tap("Tulis Rab 18")
    await five.say("apa itu RHK?")
    assert len(await logged(agora)) == 1
    await five.say("sakit")

    async with agora.database.reading() as session:
        absence = (await session.exec(select(Absence))).one()
    assert (absence.kind, absence.first, absence.last) == (
        AbsenceKind.SICK, dt.date(2026, 11, 18), dt.date(2026, 11, 18),
    )  # fmt: skip
    assert "4 hari kerja" in await five.say("/susulan")


async def test_a_photo_with_its_words_proves_the_day(agora, five):
    await five.say("/susulan")
    await five.tap("Tulis Rab 18")
    await five.photo("dampingi 4 balita berisiko stunting")

    assert [one.day.day for one in await logged(agora)] == [10, 18]
    async with agora.database.reading() as session:
        assert len(list(await session.exec(select(Evidence)))) == 1


async def test_going_back_leaves_the_sentence(agora, five):
    await five.say("/susulan")
    await five.tap("Tulis Rab 18")
    assert "5 hari kerja" in await five.tap("Kembali")
    await five.say("dampingi 4 balita berisiko stunting")

    assert [one.day.day for one in await logged(agora)] == [10, 24]


async def test_several_days_away_are_noted_from_the_list(five):
    await five.say("/susulan")
    assert "Sejak hari apa" in await five.tap("Cuti/Dinas")
    assert five.last.labels == ["Sel 17", "Rab 18", "Kam 19", "Jum 20", "Sen 23", "Kembali"]
    await five.tap("Rab 18")
    await five.tap("Dinas luar")
    await five.tap("Sampai Jum 20 Nov")

    assert "2 hari kerja" in await five.say("/susulan")


async def test_one_day_away_needs_no_choice_of_the_day(five):
    await five.say("17-20 nov dampingi 3 balita berisiko stunting")
    assert "Ada 1 hari kerja" in await five.say("/susulan")
    assert "cuti sampai Jumat" in await five.tap("Cuti/Dinas")


async def test_nobody_saves_or_undoes_for_somebody_else(agora, five):
    await planned(agora)
    await five.say("/susulan")
    saved, written = five.last.key("Simpan Sel 17"), five.last.key("Simpan semua (5)")
    await five.tap("Simpan Sel 17")
    other = agora.chat(102)
    await other.say("/susulan")
    for key in (saved, written, five.last.key("Urungkan")):
        assert await other.press(key, other.last) == "Tombol ini sudah tidak berlaku."

    assert await logged(agora, 102) == []
    assert len(await logged(agora)) == 2


async def test_a_day_that_is_not_missed_is_an_old_button(agora, five):
    await five.say("/susulan")
    for key in ("missed-write:0", "missed-save:99999999:1:1"):
        await five.press(key, five.last)
    assert await five.press(f"missed-write:{dt.date(2026, 11, 24).toordinal()}", five.last)

    assert len(await logged(agora)) == 1


async def test_the_missed_days_speak_english(agora, five):
    await reads(agora, 101, "en")
    await planned(agora, PLANS[:1])
    said = await five.say("/susulan")

    assert said.startswith("5 working days without an entry.\nTue 17 Nov – your plan:")
    assert "Fri 20 Nov – no hint yet." in said
    assert five.last.labels == [
        "Save Tue 17", "Write Wed 18", "Write Thu 19", "Write Fri 20", "Leave/Trip",
    ]  # fmt: skip
    assert "What was your work on Thursday" in await five.tap("Write Thu 19")


async def placed(agora, since: dt.date) -> int:
    async with agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == 101)
        person = (await session.exec(query)).one()
        query = select(Placement).where(Placement.employee_id == person.id)
        (await session.exec(query)).one().since = since
        return person.id


async def test_no_day_before_the_person_had_a_place_is_missed(agora, chat):
    await placed(agora, dt.date(2026, 11, 20))
    said = await chat.say("/susulan")

    assert said.splitlines()[0] == "Ada 2 hari kerja tanpa catatan."
    assert "Jum 20 Nov" in said
    assert "Kam 19 Nov" not in said
    await placed(agora, dt.date(2026, 11, 24))
    assert "hari kerja tanpa catatan" not in await chat.say("/susulan")


async def test_whoever_works_in_shifts_misses_days_with_a_shift_alone(agora, five):
    person = await placed(agora, dt.date(2026, 11, 1))
    async with agora.database.writing() as session:
        session.add_all(
            Shift(employee_id=person, day=dt.date(2026, 11, n), start=dt.time(7), end=dt.time(14))
            for n in (16, 18, 22, 24)
        )
    said = await five.say("/susulan")

    assert said.splitlines()[0] == "Ada 2 hari kerja tanpa catatan."
    assert "Rab 18 Nov" in said
    assert "Min 22 Nov" in said


async def test_what_has_only_a_share_or_a_figure_in_other_words_is_not_suggested(agora, chat):
    today = agora.now
    for days, sentence in ((13, "laporan gizi sudah 75%"), (11, "dampingi 6 balita")):
        agora.now = today - dt.timedelta(days=days)
        await chat.say(sentence)
    await chat.tap("Ubah")
    await chat.tap("Kalimat")
    await chat.say("mendampingi banyak anak")
    agora.now = today
    said = await chat.say("/susulan")

    assert "75%" not in said
    assert "mendampingi banyak anak" in said
    assert "dan tanpa angka" in said
