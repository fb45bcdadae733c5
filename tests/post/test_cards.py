"""What each kind of scheduled letter says, as its reader sees it."""

import datetime as dt
from decimal import Decimal

from sqlmodel import select

from bot.post.kinds import KINDS
from bot.post.saying import SAYINGS
from bot.skp.reminders import Kind
from db.models.days import PlanItem, Ramadan
from db.models.entries import Entry
from db.models.messages import Letter
from db.models.people import Employee
from db.models.plans import ActionPlan, WorkResult
from db.states import LetterState
from tests.chat import library
from tests.handlers.readers import reads
from tests.post.office import LEADER, MONDAY, OTHER, SARI, office

__all__ = ["office"]  # A fixture is found by its name.


async def test_the_card_of_missed_days_names_them_with_what_was_planned(office):
    sari = office.members[0]
    await office.wish(SARI, catch_up={"on": True})
    for day in ("16", "18", "20"):
        await office.log(sari, day)
    async with office.agora.database.writing() as session:
        day = dt.date(2026, 11, 17)
        session.add(PlanItem(employee_id=sari, day=day, place=1, text="rapat lintas sektor"))
    await office.tick(MONDAY)

    (text,) = office.said(SARI)
    assert text.startswith("Ada 2 hari kerja tanpa catatan dalam sepekan terakhir:")
    assert "• Selasa, 17 Nov 2026 – rencana Anda: rapat lintas sektor" in text
    assert "• Kamis, 19 Nov 2026\n" in text
    assert office.agora.chat(SARI).last.labels == ["Catat susulan", "Cuti/Dinas"]
    assert office.said(OTHER) == []


async def test_whoever_missed_nothing_gets_no_card(office):
    await office.wish(SARI, catch_up={"on": True}, closing={"on": True}, recap={"on": True})
    for day in ("16", "17", "18", "19", "20"):
        await office.log(office.members[0], day, additional=True)
    await office.tick(MONDAY)

    (text,) = office.said(SARI)
    assert text.startswith("Pekan Anda, Sen 16 Nov sampai Min 22 Nov")
    assert "5 dari 5 hari kerja tercatat, 5 catatan." in text


async def test_the_recap_counts_days_and_entries_by_rhk(office):
    sari = office.members[0]
    await office.wish(SARI, recap={"on": True})
    async with office.agora.database.reading() as session:
        query = select(WorkResult.id).where(WorkResult.employee_id == sari, WorkResult.number == 2)
        result = (await session.exec(query)).one()
    await office.log(sari, "16", work_result_id=result, quantity=Decimal(6), unit="balita")
    await office.log(sari, "16", work_result_id=result)
    await office.log(sari, "19")
    await office.tick(MONDAY)

    (text,) = office.said(SARI)
    assert "2 dari 5 hari kerja tercatat, 3 catatan." in text
    assert "• RHK 2: 2 catatan" in text
    assert "Salin ke e-Kinerja · 16 Nov" in await office.agora.chat(SARI).tap("Salin")


async def test_before_a_month_ends_exactly_what_is_missing_is_named(office):
    sari = office.members[0]
    await office.wish(SARI, closing={"on": True})
    for day in range(2, 26):
        if day not in (18, 19):
            await office.log(sari, f"{day:02}", additional=day != 20)
    await office.tick("25T08:00")
    assert office.said(SARI) == []

    await office.tick("26T08:00")
    (text,) = office.said(SARI)
    assert text == (
        "November 2026 berakhir dalam 3 hari kerja. Yang belum:\n"
        "• 2 hari kerja tanpa catatan: Rab 18 Nov, Kam 19 Nov\n"
        "• 1 catatan belum tertaut ke RHK\n"
        "• belum ada catatan pada November 2026 untuk RHK 1, 2, 3"
    )
    assert office.agora.chat(SARI).last.labels == ["Buka riwayat", "SKP saya"]
    await office.tick("27T08:00", "30T08:00")
    assert office.said(SARI)[1].startswith("November 2026 berakhir hari ini. Yang belum:")


async def test_at_a_months_beginning_the_rhk_without_rencana_aksi_are_named(office):
    sari = office.members[0]
    for account in (SARI, OTHER):
        await office.wish(account, action_plan={"on": True})
    async with office.agora.database.writing() as session:
        query = select(WorkResult.id).where(WorkResult.employee_id == sari)
        one, two, three = (await session.exec(query.order_by(WorkResult.number))).all()
        session.add(ActionPlan(work_result_id=one, period="2026-11", text="x"))
        session.add(ActionPlan(work_result_id=two, period="2026-12", text="x"))
        session.add(ActionPlan(work_result_id=three, period="2026-TW4", text="x"))
    await office.tick("12-01T08:00", "12-02T08:00")

    (text,) = office.said(SARI)
    assert text.startswith("Desember 2026: RHK 1 belum punya rencana aksi.")
    # Whoever never plans with this bot is not told so every month.
    assert office.said(OTHER) == []


async def test_the_digest_is_the_teams_summary_of_the_week_before(office):
    await office.wish(LEADER, digest={"on": True})
    await office.wish(SARI, digest={"on": True})
    for day in ("16", "17", "18", "19", "20"):
        await office.log(office.members[0], day)
    await office.tick(MONDAY)

    (text,) = office.said(LEADER)
    assert text.startswith("Seksi Gizi, Sen 16 Nov sampai Min 22 Nov – ")
    assert "5 dari 10 hari kerja" in text
    # What needs attention comes before anything else but the count.
    assert text.index("Perlu perhatian") < text.index("Bu Sari 2")
    assert "Rinci orang" in office.agora.chat(LEADER).last.labels
    assert "1. Sari Contoh 2 – 0 dari 5" in await office.agora.chat(LEADER).tap("Rinci orang")
    assert office.said(SARI) == []


async def test_a_daily_digest_speaks_of_the_working_day_before(office):
    await office.wish(LEADER, digest={"on": True, "days": "123456"})
    await office.log(office.members[0], "20")
    await office.tick(MONDAY, "24T08:00")

    monday, tuesday = office.said(LEADER)
    assert monday.startswith("Seksi Gizi, Jum 20 Nov – 1 dari 2 tercatat · 1 belum.")
    assert tuesday.startswith("Seksi Gizi, Sen 23 Nov – 0 dari 2 tercatat · 2 belum.")


async def test_admins_are_asked_for_the_dates_of_ramadan_and_confirm_by_a_tap(office):
    for account in (LEADER, SARI):
        await office.wish(account, ramadan={"on": True})
    async with office.agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == LEADER)
        (await session.exec(query)).one().roles = ["pegawai", "admin"]
        session.add(Ramadan(first=dt.date(2026, 12, 10), last=dt.date(2027, 1, 8)))
    await office.tick("23T08:00", "24T08:00")

    (text,) = office.said(LEADER)
    assert text.startswith(
        "Ramadan diperkirakan Kamis, 10 Des 2026 sampai Jumat, 8 Jan 2027. Setelah pemerintah"
    )
    assert office.said(SARI) == []
    assert "Ramadan: Kamis, 10 Des 2026" in await office.agora.chat(LEADER).tap("Pastikan Ramadan")
    await office.tick("30T08:00")
    assert len(office.said(LEADER)) == 1


async def test_guidance_of_the_week_fits_the_themes_and_opens(office):
    await office.wish(SARI, guidance={"on": True})
    await office.tick("18T08:00", "25T08:00")

    first, second = office.agora.chat(SARI).messages
    assert first.text.startswith("Panduan pekan ini: ")
    assert first.text != second.text
    themes = {"stunting", "gizi-buruk"}
    for message in (first, second):
        _, article, _ = message.key("Baca").split(":")
        assert library().article(article).theme in themes
    await office.agora.chat(SARI).tap("Baca", second)
    assert "Ditinjau" in second.text or "ditinjau" in second.text


async def test_newcomers_are_welcomed_three_times_and_nobody_else(office):
    async with office.agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == SARI)
        newcomer = (await session.exec(query)).one()
        newcomer.consented_at = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)
    for account in (SARI, OTHER):
        await office.wish(account, welcome={"on": True})
    await office.tick(*(f"{day}T08:00" for day in range(21, 31)))

    assert len(office.said(SARI)) == 3
    assert "bukti dukung" in office.said(SARI)[0]
    assert "/riwayat" in office.said(SARI)[1]
    assert "/pengingat" in office.said(SARI)[2]
    assert office.said(OTHER) == []


async def test_the_morning_plan_becomes_the_evenings_tick_list(office):
    await office.wish(SARI, plan={"on": True})
    chat = office.agora.chat(SARI)
    async with office.agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == SARI)
        (await session.exec(query)).one().prompts_on = True
    await office.tick("24T08:00")
    assert chat.last.text.startswith("Bu Sari 1, apa rencana Anda hari ini?")
    await chat.tap("Tulis rencana")
    text = await chat.say("- dampingi 6 balita di posyandu\n2. menyusun laporan bulanan gizi\n\n")
    assert text.startswith("Rencana Anda hari ini\n☐ dampingi 6 balita di posyandu\n☐ menyusun")

    await office.tick("24T15:45")
    prompt = chat.last
    assert "Terlaksana sesuai rencana?" in prompt.text
    assert prompt.labels[0].startswith("☐ dampingi 6 balita")
    assert "Seperti kemarin" not in prompt.labels
    tick = prompt.key(prompt.labels[0])
    await chat.press(tick, prompt)
    assert chat.last.text.startswith("Tersimpan, Selasa 24 Nov. 6 balita")
    assert await chat.press(tick, prompt) == "Ini sudah tercatat."
    async with office.agora.database.reading() as session:
        (entry,) = (await session.exec(select(Entry))).all()
    assert (entry.text, entry.quantity) == ("dampingi 6 balita di posyandu", 6)
    before = len(chat.messages)
    await office.tick("24T16:45")
    assert len(chat.messages) == before


async def test_what_meets_is_said_in_one_message_without_sound_outside_working_hours(office):
    await office.wish(SARI, plan={"on": True, "at": "07:15"}, catch_up={"on": True, "at": "07:15"})
    await office.tick("23T07:15")
    (first,) = office.agora.chat(SARI).messages

    assert first.text.index("hari kerja tanpa catatan") < first.text.index("apa rencana Anda")
    assert first.labels == ["Catat susulan", "Cuti/Dinas", "Tulis rencana"]
    calls = [params for name, params in office.agora.edge.calls if name == "sendMessage"]
    assert [one["disable_notification"] for one in calls] == [True]


async def test_what_has_lost_its_sense_is_left_out_of_a_message(office):
    await office.wish(SARI, plan={"on": True}, catch_up={"on": True})
    office.agora.now = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)
    await office.postman.plan()
    async with office.agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == SARI)
        person = (await session.exec(query)).one()
        person.reminders = {**person.reminders, "catch-up": {"on": False}}
    await office.tick(MONDAY)

    (text,) = office.said(SARI)
    assert "apa rencana Anda" in text
    assert "tanpa catatan" not in text


async def test_help_is_offered_with_three_ways_on(office):
    chat = office.agora.chat(SARI)
    async with office.agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == SARI)
        (await session.exec(query)).one().prompts_on = True
    await office.tick(*(f"{day}T16:20" for day in (17, 18, 19, 20)))

    assert chat.last.text.startswith("Tiga pengingat terakhir belum terjawab. Mana yang membantu?")
    assert chat.last.labels == ["Ubah jam", "Jeda 1 minggu", "Minta bantuan"]
    offer = chat.last
    before = len(chat.messages)
    await office.tick("23T16:20", "24T16:20")
    assert len(chat.messages) == before
    assert await chat.tap("Jeda 1 minggu", offer) == (
        "Baik, saya diam sampai Selasa, 1 Des 2026. Anda tetap dapat mencatat kapan saja."
    )
    await office.tick("25T16:20", "30T16:20")
    assert len(chat.messages) == before
    await office.tick("12-01T16:20")
    assert "catatan hari ini belum ada" in chat.last.text


async def test_in_english_the_cards_speak_english(office):
    await reads(office.agora, SARI, "en")
    await office.wish(SARI, catch_up={"on": True}, plan={"on": True})
    await office.tick(MONDAY)

    text = office.agora.chat(SARI).last.text
    assert text.startswith("5 working days of the last week have no entry:")
    assert "what do you plan for today?" in text
    assert office.agora.chat(SARI).last.labels == ["Catch up", "Leave/Trip", "Write my plan"]


async def test_a_bundle_of_which_nothing_is_wanted_any_more_is_let_go(office):
    await office.wish(SARI, catch_up={"on": True})
    office.agora.now = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)
    await office.postman.plan()
    for day in ("16", "17", "18", "19", "20"):
        await office.log(office.members[0], day)
    await office.tick(MONDAY)

    assert office.said(SARI) == []
    async with office.agora.database.reading() as session:
        states = {one.state for one in await session.exec(select(Letter))}
    assert states == {LetterState.DROPPED}


def test_every_kind_of_letter_has_its_words():
    assert {kind.value for kind in Kind} <= set(KINDS)
    assert {kind.value for kind in Kind} <= set(SAYINGS)
