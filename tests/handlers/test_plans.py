from decimal import Decimal

import pytest
from sqlmodel import select

from bot.skp.plans import Aggregation, Aspect
from bot.ui.bars import bar
from db.models.people import Employee
from db.models.plans import Indicator, Plan, WorkResult
from tests.factories import a_team, employee


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(101)


async def add_result(agora, number: int, *indicators: Indicator, text: str = "") -> int:
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        plan = (await session.exec(select(Plan).where(Plan.employee_id == person.id))).one()
        result = WorkResult(
            plan_id=plan.id, employee_id=person.id, number=number, text=text or f"Hasil {number}"
        )
        session.add(result)
        await session.flush()
        for one in indicators:
            one.work_result_id = result.id
            session.add(one)
        return result.id


def indicator(text: str, target: int, unit: str, aspect: Aspect, how: Aggregation) -> Indicator:
    return Indicator(
        text=text,
        target=Decimal(target),
        unit=unit,
        aspect=aspect,
        aggregation=how,
        work_result_id=0,
    )


async def test_every_rhk_stands_with_a_bar_a_percent_and_its_target(chat):
    await chat.say("dampingi 10 balita berisiko stunting")
    said = await chat.say("/skp")

    assert said.startswith("SKP 2026 – 3 RHK")
    assert "2. Terlaksananya pendampingan balita berisiko stunting\n██░░░░░░░░ 25%" in said
    assert "10 dari 40 balita · perlu perhatian" in said
    assert "░░░░░░░░░░ 0% · 0 dari 12 laporan" in said
    assert chat.last.labels == ["Rinci 1", "Rinci 2", "Rinci 3"]


async def test_the_plan_speaks_english(agora, chat):
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        person.language = "en"
    said = await chat.say("/skp")

    assert "0 of 40 balita · needs attention" in said
    assert chat.last.labels == ["Details 1", "Details 2", "Details 3"]
    await chat.tap("Details 1")
    assert "Quantity: Jumlah balita" in chat.last.text
    assert "No entries under this RHK yet." in chat.last.text


async def test_more_than_five_rhk_turn_pages_in_the_same_message(agora, chat):
    for number in range(4, 8):
        await add_result(agora, number)
    said = await chat.say("/skp")

    assert "7 RHK" in said
    assert chat.last.labels == ["Rinci 1", "Rinci 2", "Rinci 3", "Berikutnya"]
    assert "4. Hasil 4\nBelum ada indikator." in await chat.tap("Berikutnya")
    assert chat.last.labels == ["Rinci 4", "Rinci 5", "Rinci 6", "Sebelumnya", "Berikutnya"]
    assert len(chat.messages) == 1


async def test_details_show_every_aspect_and_the_newest_entries(agora, chat):
    await add_result(
        agora,
        4,
        indicator("Mutu laporan", 100, "persen", Aspect.QUALITY, Aggregation.LATEST),
        indicator("Prevalensi", 14, "indeks", Aspect.QUANTITY, Aggregation.RELEASE),
        text="Laporan <akhir> & tahunan",
    )
    await chat.say("dampingi 3 balita berisiko stunting <b>")
    await chat.say("/skp")
    await chat.tap("Rinci 2")
    assert "Sel 24 Nov: 3 balita, dampingi 3 balita berisiko stunting <b>" in chat.last.text
    await chat.tap("Kembali")
    await chat.tap("Rinci 4")

    assert "RHK 4\nLaporan <akhir> & tahunan" in chat.last.text
    assert "Kuantitas: Prevalensi\n░░░░░░░░░░ belum ada angka · target 14 indeks" in chat.last.text
    assert "Kualitas: Mutu laporan\n░░░░░░░░░░ belum ada angka" in chat.last.text


async def test_without_a_plan_the_answer_is_kind_and_logging_goes_on(agora):
    async with agora.database.writing() as session:
        session.add(employee(7))
    chat = agora.chat(107)

    assert "Belum ada SKP 2026 di sini." in await chat.say("/skp")
    assert "sudah dapat mencatat" in chat.last.text


async def test_somebody_elses_rhk_stays_closed(agora, chat):
    async with agora.database.reading() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 102))).one()
        foreign = (
            await session.exec(select(WorkResult).where(WorkResult.employee_id == person.id))
        ).first()
    await chat.say("/skp")
    before = chat.last.text

    assert await chat.press(f"skp-result:{foreign.id}:0", chat.last) == (
        "Tombol ini sudah tidak berlaku."
    )
    assert chat.last.text == before


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        (None, "░░░░░░░░░░"),
        ("0", "░░░░░░░░░░"),
        ("0.01", "█░░░░░░░░░"),
        ("0.6", "██████░░░░"),
        ("0.999", "█████████░"),
        ("1", "██████████"),
        ("3", "██████████"),
    ],
)
def test_a_bar_is_full_only_when_the_whole_is_reached(share, drawn):
    assert bar(None if share is None else Decimal(share)) == drawn
