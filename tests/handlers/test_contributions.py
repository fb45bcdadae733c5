import datetime as dt
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.skp.plans import Aggregation
from db.models.entries import Entry
from db.models.people import Employee, Placement, Unit
from db.models.plans import Indicator, Plan, WorkResult
from tests.factories import LONG_AGO, employee
from tests.handlers.readers import reads

# The head of the region, of the office and of the section; then the section's people.
HEAD, OFFICE, SECTION, SARI, MADE, ADI, LONE = 100, 101, 102, 103, 104, 105, 106


@pytest.fixture
async def chat(agora):
    """Build a cascade of four levels; give Sari, who stands at its foot."""
    async with agora.database.writing() as session:
        places = {}
        for code, name in (
            ("KAB", "Kabupaten Contoh"),
            ("DIN", "Dinas Kesehatan"),
            ("GIZI", "Gizi"),
        ):
            places[code] = Unit(code=code, name=name, zone="Asia/Makassar", week=5)
            session.add(places[code])
        await session.flush()
        goal = await person(session, 0, places["KAB"], "Bupati", (None, 14, "persen", "release"))
        main = await person(
            session, 1, places["DIN"], "Kepala Dinas", (goal, 1200, "balita", "sum")
        )
        part = await person(
            session, 2, places["GIZI"], "Kepala Seksi", (main, 480, "balita", "sum")
        )
        for n, target in ((3, 40), (4, 60), (5, 60)):
            await person(session, n, places["GIZI"], "Nutrisionis", (part, target, "balita", "sum"))
        await person(session, 6, places["GIZI"], "Nutrisionis", (None, 12, "laporan", "sum"))
    return agora.chat(SARI)


async def person(session, n: int, unit: Unit, position: str, planned) -> int:
    """Add somebody with one RHK; give its key."""
    parent, target, counted, how = planned
    who = employee(n, name=f"Nama Rahasia {n}", address=f"Bu Rahasia {n}")
    session.add(who)
    await session.flush()
    session.add(Placement(employee_id=who.id, unit_id=unit.id, position=position, since=LONG_AGO))
    plan = Plan(employee_id=who.id, year=2026)
    session.add(plan)
    await session.flush()
    result = WorkResult(
        plan_id=plan.id,
        employee_id=who.id,
        number=1,
        text=f"Terdampinginya {counted} tingkat {n}",
        parent_id=parent,
    )
    session.add(result)
    await session.flush()
    session.add(
        Indicator(
            work_result_id=result.id,
            text=counted,
            target=Decimal(target),
            unit=counted,
            aggregation=Aggregation(how),
        )
    )
    return result.id


async def log(agora, account: int, quantity: int, unit: str = "balita", **more) -> None:
    async with agora.database.writing() as session:
        who = (await session.exec(select(Employee).where(Employee.telegram_id == account))).one()
        query = select(WorkResult).where(WorkResult.employee_id == who.id)
        result = (await session.exec(query)).one()
        settings = {"day": dt.date(2026, 11, 24), "text": f"dampingi {quantity} {unit}", **more}
        session.add(
            Entry(
                employee_id=who.id,
                work_result_id=result.id,
                quantity=Decimal(quantity),
                unit=unit,
                created_at=agora.now,
                changed_at=agora.now,
                **settings,
            )
        )


async def test_todays_entry_climbs_to_the_goal(agora, chat):
    await log(agora, MADE, 30)
    await log(agora, ADI, 12)
    await log(agora, ADI, 5, "kader")
    await log(agora, SARI, 18, day=dt.date(2026, 11, 20))
    await log(agora, SARI, 6)

    assert await chat.say("/kontribusi") == (
        "Sumbangan pekerjaan Anda\n\n"
        "Kabupaten Contoh: Terdampinginya persen tingkat 0 – target 14%; belum ada angka\n"
        "↑ Dinas Kesehatan: Terdampinginya balita tingkat 1 – 66 dari 1.200 balita (6%)\n"
        "↑ Gizi: Terdampinginya balita tingkat 2 – 66 dari 480 balita (14%)\n"
        "↑ RHK 1 Anda: Terdampinginya balita tingkat 3 – 24 dari 40 balita (60%)\n"
        "↑ Hari ini: 6 balita, dampingi 6 balita\n\n"
        "Semua angka berasal dari catatan di sini; nama orang lain tidak ditampilkan."
    )
    assert chat.last.labels == ["Rinci", "SKP saya"]
    assert "Rahasia" not in chat.last.text
    assert "RHK 1" in await chat.tap("Rinci")


async def test_a_sum_of_too_few_people_is_not_told(agora, chat):
    async with agora.database.writing() as session:
        for account in (MADE, ADI):
            query = select(Employee).where(Employee.telegram_id == account)
            who = (await session.exec(query)).one()
            query = select(WorkResult).where(WorkResult.employee_id == who.id)
            (await session.exec(query)).one().parent_id = None
    await log(agora, SECTION, 100)
    await log(agora, SARI, 6)
    said = await chat.say("/kontribusi")

    assert (
        "Gizi: Terdampinginya balita tingkat 2 – target 480 balita; terlalu sedikit orang" in said
    )
    assert "Dinas Kesehatan: Terdampinginya balita tingkat 1 – target 1.200 balita; terlalu" in said
    assert "106" not in said


async def test_a_step_that_measures_something_else_hands_nothing_up(agora, chat):
    async with agora.database.writing() as session:
        query = (
            select(Indicator)
            .join(WorkResult, WorkResult.id == Indicator.work_result_id)
            .join(Employee, Employee.id == WorkResult.employee_id)
            .where(Employee.telegram_id == SECTION)
        )
        measure = (await session.exec(query)).one()
        measure.unit, measure.target = "kegiatan", Decimal(10)
    await log(agora, MADE, 30)
    await log(agora, SARI, 6)
    said = await chat.say("/kontribusi")

    assert "Dinas Kesehatan: Terdampinginya balita tingkat 1 – target 1.200 balita; belum" in said
    assert "Gizi: Terdampinginya balita tingkat 2 – target 10 kegiatan; belum ada angka" in said
    assert "6 dari 40 balita (15%)" in said


async def test_the_newest_entry_stands_for_a_day_without_one(agora, chat):
    await log(agora, SARI, 18, day=dt.date(2026, 11, 20))

    assert "↑ Jum 20 Nov: 18 balita, dampingi 18 balita" in await chat.say("/kontribusi")


async def test_an_rhk_without_a_superiors_stands_alone(agora, chat):
    await log(agora, LONE, 3, "laporan")
    said = await agora.chat(LONE).say("/kontribusi")

    assert "RHK 1 Anda: Terdampinginya laporan tingkat 6 – 3 dari 12 laporan (25%)" in said
    assert "belum dikaitkan dengan RHK atasan" in said


async def test_two_levels_of_one_unit_are_told_apart_by_the_position(agora, chat):
    async with agora.database.writing() as session:
        units = {one.code: one for one in await session.exec(select(Unit))}
        query = select(Placement).where(Placement.position == "Kepala Dinas")
        (await session.exec(query)).one().unit_id = units["GIZI"].id
    await log(agora, SARI, 6)
    said = await chat.say("/kontribusi")

    assert "↑ Kepala Dinas: Terdampinginya balita tingkat 1" in said
    assert "↑ Gizi: Terdampinginya balita tingkat 2" in said


async def test_undone_and_deleted_entries_do_not_count(agora, chat):
    await log(agora, MADE, 500, state="undone")
    await log(agora, SARI, 6)
    await log(agora, SARI, 7, state="deleted")

    assert "↑ Gizi: Terdampinginya balita tingkat 2 – 6 dari 480 balita (1%)" in (
        await chat.say("/kontribusi")
    )


async def test_without_a_linked_entry_the_way_there_is_told(chat):
    assert "Belum ada catatan Anda yang tertaut ke RHK" in await chat.say("/kontribusi")
    assert chat.last.labels == ["SKP saya", "Riwayat"]


async def test_what_people_typed_stays_words(agora, chat):
    await log(agora, SARI, 6, text="<b>6</b> balita & ibunya")

    assert "↑ Hari ini: 6 balita, <b>6</b> balita & ibunya" in await chat.say("/kontribusi")


async def test_it_speaks_english(agora, chat):
    await reads(agora, SARI, "en")
    await log(agora, SARI, 6)
    said = await chat.say("/kontribusi")

    assert said.startswith("What your work contributes to\n\nKabupaten Contoh: ")
    assert "↑ Your RHK 1: Terdampinginya balita tingkat 3 – 6 of 40 balita (15%)" in said
    assert "↑ Today: 6 balita" in said


async def test_a_stranger_sees_nothing(agora, chat):
    assert "/start" in await agora.chat(999).say("/kontribusi")
