import datetime as dt
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.actions.plan_views import at_hand, milestone, result_view
from bot.i18n import translator
from bot.skp.plans import Aggregation, Aspect, Direction, ResultKind
from bot.skp.workdays import WorkCalendar
from bot.ui.bars import bar
from bot.ui.plans import page_ranges, standing
from db.entries import Amount
from db.models.entries import Entry
from db.models.people import Employee
from db.models.plans import ActionPlan, Indicator, Plan, WorkResult
from db.plan_details import Done
from db.plans import Measure, Outcome
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
    assert chat.last.labels == ["Rinci 1", "Rinci 2", "Rinci 3", "Tambah RHK"]


async def test_the_plan_speaks_english(agora, chat):
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        person.language = "en"
    said = await chat.say("/skp")

    assert "0 of 40 balita · needs attention" in said
    assert chat.last.labels == ["Details 1", "Details 2", "Details 3", "Add RHK"]
    await chat.tap("Details 1")
    assert "Quantity: Jumlah balita" in chat.last.text
    assert "No entries under this RHK yet." in chat.last.text


async def test_more_than_five_rhk_turn_pages_in_the_same_message(agora, chat):
    for number in range(4, 8):
        await add_result(agora, number)
    said = await chat.say("/skp")

    assert "7 RHK" in said
    assert chat.last.labels == ["Rinci 1", "Rinci 2", "Rinci 3", "Berikutnya", "Tambah RHK"]
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


@pytest.mark.parametrize("actions", [1, 2])
@pytest.mark.parametrize("count", range(1, 20))
def test_no_page_has_more_than_five_buttons_and_every_rhk_is_on_one(count, actions):
    ranges = page_ranges(count, actions)

    assert [place for one in ranges for place in one] == list(range(count))
    for number, one in enumerate(ranges):
        turning = (number > 0) + (number + 1 < len(ranges))
        assert 0 < len(one) <= 5 - turning - (actions if number == 0 else 0)


UNIT, PERCENT = "balita", "persen"
QUANTITY, QUALITY = Aspect.QUANTITY, Aspect.QUALITY
SUM, LATEST, RELEASE = Aggregation.SUM, Aggregation.LATEST, Aggregation.RELEASE
SUM_DOWN, LATEST_DOWN = (SUM, Direction.DOWN), (LATEST, Direction.DOWN)


@pytest.mark.parametrize(
    ("how", "unit", "target", "entries", "shown"),
    [
        # In the last week of November nine tenths of the year are gone.
        (SUM, UNIT, 40, ["24 balita", "12 balita"],
         "█████████░ 90% · 36 dari 40 balita · sesuai laju"),
        (SUM, UNIT, 40, ["44 balita"], "██████████ 110% · 44 dari 40 balita · di atas laju"),
        (SUM, UNIT, 40, ["4 balita"], "█░░░░░░░░░ 10% · 4 dari 40 balita · perlu perhatian"),
        (SUM, UNIT, 40, ["4 kader", "75%"], "░░░░░░░░░░ 0% · 0 dari 40 balita · perlu perhatian"),
        (SUM, UNIT, 40, [], "░░░░░░░░░░ 0% · 0 dari 40 balita · perlu perhatian"),
        (LATEST, PERCENT, 80, ["10%", "60%"], "███████░░░ 75% · 60% dari 80% · perlu perhatian"),
        (LATEST, PERCENT, 80, ["75%"], "█████████░ 94% · 75% dari 80% · sesuai laju"),
        (LATEST, "indeks", 80, ["82 indeks"], "██████████ 102% · 82 dari 80 indeks · di atas laju"),
        (LATEST, UNIT, 40, [], "░░░░░░░░░░ belum ada angka · target 40 balita"),
        (SUM_DOWN, "pengaduan", 12, ["5 pengaduan", "4 pengaduan"],
         "██████████ 100% · 9, paling banyak 12 pengaduan · sesuai laju"),
        (SUM_DOWN, "pengaduan", 12, ["20 pengaduan"],
         "██████░░░░ 60% · 20, paling banyak 12 pengaduan · perlu perhatian"),
        (LATEST_DOWN, PERCENT, 10, ["40%", "20%"],
         "█████░░░░░ 50% · 20%, paling banyak 10% · perlu perhatian"),
        (LATEST_DOWN, "berkas", 10, [],
         "░░░░░░░░░░ belum ada angka · target paling banyak 10 berkas"),
        (RELEASE, PERCENT, 14, [], "░░░░░░░░░░ belum ada angka · target 14%"),
        (RELEASE, PERCENT, 14, ["15%", "14%"], "Angka terakhir 14% · target 14%"),
    ],
)  # fmt: skip
def test_an_indicator_is_shown_as_its_aggregation_wants_it(how, unit, target, entries, shown):
    aggregation, direction = how if isinstance(how, tuple) else (how, Direction.UP)
    measure = Measure("Jumlah", QUANTITY, Decimal(target), unit, aggregation, direction)

    assert line_of(measure, entries) == shown


def test_a_quality_or_a_deadline_has_no_pace():
    measure = Measure("Mutu", QUALITY, Decimal(100), PERCENT, LATEST)

    assert line_of(measure, ["50%"]) == "█████░░░░░ 50% · 50% dari 100%"


def line_of(measure: Measure, entries: list[str]) -> str:
    """Show one IKI after some entries, on the day of all these tests."""
    amounts = []
    for text in entries:
        number, _, counted = text.partition(" ")
        percent = Decimal(number.rstrip("%")) if number.endswith("%") else None
        quantity = None if percent is not None else Decimal(number)
        amounts.append(Amount(1, quantity, counted or None, percent))
    outcome = Outcome(1, 1, ResultKind.MAIN, "Hasil", (), (), (measure,))
    view = result_view(outcome, amounts, dt.date(2026, 11, 24), WorkCalendar(5, frozenset()))
    return str(standing(translator("id"), view.leading))


@pytest.mark.parametrize(
    ("period", "unit", "target", "done", "counted"),
    [
        ("2026-11", "balita", 6, [("2026-11-24", 4, "balita"), ("2026-10-31", 9, "balita")],
         (4, 1)),
        ("2026-TW4", "balita", 6, [("2026-11-24", 4, "balita"), ("2026-10-01", 9, "balita")],
         (13, 2)),
        ("2026-11", "balita", 6, [("2026-11-24", 4, "kader"), ("2026-11-24", None, None)], (0, 2)),
        ("2026-11", None, None, [("2026-11-24", 4, "kader"), ("2026-12-01", 4, "kader")], (0, 1)),
    ],
)  # fmt: skip
def test_a_rencana_aksi_counts_what_was_done_in_its_own_time(period, unit, target, done, counted):
    step = ActionPlan(
        work_result_id=1,
        period=period,
        text="Kunjungan",
        target=None if target is None else Decimal(target),
        unit=unit,
    )
    entries = [
        Done(dt.date.fromisoformat(day), None if n is None else Decimal(n), of)
        for day, n, of in done
    ]
    found = milestone(step, entries)

    assert (found.done, found.entries) == counted


def test_of_many_rencana_aksi_the_last_and_the_next_are_shown():
    steps = [
        milestone(ActionPlan(work_result_id=1, period=f"2026-{month:02}", text="x"), [])
        for month in range(12, 0, -1)
    ]
    shown = at_hand(steps, dt.date(2026, 6, 24))

    assert [one.name[-2:] for one in shown] == ["04", "05", "06", "07", "08", "09"]


async def test_of_several_values_the_one_of_the_last_day_counts(agora, chat):
    measure = indicator("Mutu", 100, "persen", Aspect.QUANTITY, Aggregation.LATEST)
    result_id = await add_result(agora, 4, measure)
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == 101))).one()
        for first, last, percent in ((17, 20, 80), (19, None, 60)):
            session.add(
                Entry(
                    employee_id=person.id,
                    work_result_id=result_id,
                    day=dt.date(2026, 11, first),
                    last_day=dt.date(2026, 11, last) if last else None,
                    text="x",
                    percent=Decimal(percent),
                    created_at=agora.now,
                    changed_at=agora.now,
                )
            )

    assert "80% dari 100%" in await chat.say("/skp")


async def test_additional_tasks_are_counted_below_the_rhk(agora, chat):
    assert "Tugas tambahan" not in await chat.say("/skp")
    await chat.say("membantu panitia upacara di kantor dinas")
    await chat.tap("Tugas tambahan")

    assert (await chat.say("/skp")).endswith("Tugas tambahan tahun ini: 1 catatan")


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
