"""A theme across units: who may see it, what it shows, and what it keeps untold."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlmodel import select

from bot.actions.themes import ensure_themes
from db.models.dealings import Obstacle
from db.models.plans import Indicator, Plan, Theme, WorkResult
from tests.factories import results
from tests.handlers.pages import choose, every_choice
from tests.team_rows import TODAY, a_day, a_unit, change, joins, logs

WEEK = dt.timedelta(days=7)
CROWD = 4


async def with_plan(database, n: int, supervisor: int, unit: str) -> int:
    """Make a person with the usual RHK under a supervisor."""
    person = await joins(database, n, supervisor, unit=unit, name=f"Kader Contoh {n}")
    async with database.writing() as session:
        plan = Plan(employee_id=person, year=2026)
        session.add(plan)
        await session.flush()
        await results(session, plan)
    return person


@pytest.fixture
async def office(agora):
    """Give an office of two sections: the leader's own, and a larger one below a direct report."""
    leader, members = await a_day(agora)
    async with agora.database.writing() as session:
        await ensure_themes(session)
    await a_unit(agora.database, "KIA", name="Seksi KIA", parent="GIZI")
    head = await with_plan(agora.database, 20, leader, "KIA")
    crowd = [await with_plan(agora.database, 21 + n, head, "KIA") for n in range(CROWD)]
    for one in crowd[:3]:
        await logs(agora.database, one, number=2, quantity="10", unit="balita")
    await logs(agora.database, crowd[0], TODAY - WEEK, number=2, quantity="5", unit="balita")
    return leader, members, head, crowd


async def test_a_theme_shows_its_goals_with_their_coverage_and_the_week_before(agora, office):
    chat = agora.chat(100)

    lines = (await chat.say("/tema stunting")).splitlines()

    assert lines[0] == (
        "Penurunan stunting, pekan Sen 23 Nov – 7 kegiatan (pekan lalu 1), 11 orang di 2 unit."
    )
    first = "1.440 dari 5.280 balita · 27% · data 3 dari 11 orang – perlu perhatian"
    second = "75 dari 440 balita · 17%; pekan lalu 1% · data 4 dari 11 orang – perlu perhatian"
    assert lines[1:] == [
        f"• Terlaksananya pemantauan pertumbuhan balita di posyandu: {first}",
        f"• Terlaksananya pendampingan balita berisiko stunting: {second}",
    ]
    assert chat.last.labels == ["Rinci unit", "Bulan ini", "Unduh PDF", "Unduh Excel"]


async def test_the_goals_that_are_left_are_one_tap_away_and_turned_page_by_page(agora, office):
    _, members, _, _ = office
    await with_goals(agora, members[0], 12)
    chat = agora.chat(100)

    text = await chat.say("/tema stunting")
    assert "8 sasaran lagi." in text
    assert chat.last.labels == [
        "Sasaran lainnya", "Rinci unit", "Bulan ini", "Unduh PDF", "Unduh Excel",
    ]  # fmt: skip
    second = await chat.tap("Sasaran lainnya")
    assert second.splitlines()[0] == (
        "Penurunan stunting, pekan Sen 23 Nov – sasaran 7 sampai 12 dari 14"
    )
    assert len(second.splitlines()) == 7
    assert len(second) <= 1000
    assert chat.last.labels == ["Sebelumnya", "Berikutnya", "Kembali"]
    third = await chat.tap("Berikutnya")
    assert third.splitlines()[0].endswith("sasaran 13 sampai 14 dari 14")
    assert chat.last.labels == ["Sebelumnya", "Kembali"]
    assert await chat.tap("Sebelumnya") == second
    first = await chat.tap("Sebelumnya")
    assert first.splitlines()[1:] == text.splitlines()[1:7]
    assert chat.last.labels == ["Berikutnya", "Kembali"]
    assert await chat.tap("Kembali") == text
    assert len(chat.messages) == 1


async def with_goals(agora, person: int, count: int) -> None:
    """Give a person more RHK of the theme, each with a figure to reach."""
    async with agora.database.writing() as session:
        plan = (await session.exec(select(Plan).where(Plan.employee_id == person))).one()
        for n in range(count):
            row = WorkResult(
                plan_id=plan.id,
                employee_id=person,
                number=10 + n,
                text=f"Terlaksananya kegiatan {n:02}",
                themes=["stunting"],
            )
            session.add(row)
            await session.flush()
            session.add(
                Indicator(work_result_id=row.id, text="Jumlah", target=Decimal(10), unit="kegiatan")
            )


async def test_a_theme_is_found_by_code_name_or_alias(agora, office):
    chat = agora.chat(100)

    for words in ("gizi-buruk", "Gizi_Buruk", "Penanganan gizi buruk", "wasting"):
        text = await chat.say(f"/tema {words} bulan")
        assert text.startswith("Penanganan gizi buruk, November 2026 – 5 kegiatan (bulan lalu 0)")


async def test_units_are_told_by_their_sums_and_nobody_is_named(agora, office):
    chat = agora.chat(100)
    summary = await chat.say("/tema stunting")

    units = await chat.tap("Rinci unit")

    assert units.splitlines() == [
        "Penurunan stunting, pekan Sen 23 Nov, per unit",
        "• Seksi KIA: 3 kegiatan (pekan lalu 1), 5 orang",
        "• Seksi Gizi: 4 kegiatan (pekan lalu 0), 6 orang",
    ]
    assert "Contoh" not in summary + units
    assert await chat.tap("Kembali") == summary
    assert len(chat.messages) == 1


async def test_of_few_people_nothing_is_told(agora, office):
    """The leader of the head of a section of two learns nothing of either of them."""
    leader, *_ = office
    await a_unit(agora.database, "LAB", name="Seksi Lab", parent="GIZI")
    head = await with_plan(agora.database, 40, leader, "LAB")
    few = [await with_plan(agora.database, 41 + n, head, "LAB") for n in range(2)]
    async with agora.database.writing() as session:
        for one in few:
            query = select(WorkResult).where(WorkResult.employee_id == one, WorkResult.number == 1)
            result = (await session.exec(query)).one()
            result.text = "Terlaksananya pemeriksaan rahasia"
            session.add(result)
    await logs(agora.database, few[0], number=1, quantity="9", unit="balita")
    chat = agora.chat(100)

    text = await chat.say("/tema stunting")
    units = await chat.tap("Rinci unit")
    await chat.tap("Kembali")
    await chat.tap("Unduh Excel")

    assert "pemeriksaan rahasia: terlalu sedikit orang untuk menampilkan angka" in text
    untold = "tanpa angka (kelompok kecil dilindungi)"
    assert f"• Seksi Lab: 3 orang, {untold}" in units
    # What is left of the total would tell of Seksi Lab, so another unit is untold with it.
    assert f"• Seksi KIA: 5 orang, {untold}" in units
    book = CalamineWorkbook.from_filelike(io.BytesIO(chat.last.content))
    cells = {cell for name in book.sheet_names for row in book.get_sheet_by_name(name).iter_rows()
             for cell in row}  # fmt: skip
    assert "Terlaksananya pemeriksaan rahasia" in cells
    assert 9.0 not in cells


async def test_a_month_is_one_tap_away_in_the_same_message(agora, office):
    chat = agora.chat(100)
    week = await chat.say("/tema stunting")

    month = await chat.tap("Bulan ini")

    assert month.startswith("Penurunan stunting, November 2026 – 8 kegiatan (bulan lalu 0)")
    assert await chat.tap("Minggu ini") == week
    assert len(chat.messages) == 1


async def test_papers_hold_the_same_figures(agora, office):
    chat = agora.chat(100)
    await chat.say("/tema stunting")

    await chat.tap("Unduh PDF")
    pdf = chat.last
    await chat.tap("Unduh Excel", chat.messages[0])

    assert (pdf.filename, chat.last.filename) == ("tema-stunting.pdf", "tema-stunting.xlsx")
    printed = " ".join(PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text().split())
    assert "Tema: Penurunan stunting" in printed
    assert "1.440" in printed
    book = CalamineWorkbook.from_filelike(io.BytesIO(chat.last.content))
    assert book.sheet_names == ["Sasaran", "Unit kerja"]
    assert ["Seksi KIA", 5.0, 3.0, 1.0] in [
        list(row) for row in book.get_sheet_by_name("Unit kerja").iter_rows()
    ]


async def test_who_looks_after_a_theme_sees_all_units_by_their_sums(agora, office):
    keeper = await joins(agora.database, 60, None, name="Ratna Contoh")
    await change(agora.database, keeper, themes=["stunting"], roles=["widyaiswara"])

    text = await agora.chat(160).say("/tema stunting")
    other = await agora.chat(160).say("/tema gizi-buruk")

    assert "12 orang" not in text
    assert "7 kegiatan (pekan lalu 1), 11 orang" in text
    assert other == "Tampilan ini untuk atasan dan pengampu tema."


@pytest.mark.parametrize(
    ("account", "says"),
    [(101, "Tampilan ini untuk atasan dan pengampu tema."), (4711, "/start")],
)
async def test_others_are_refused_in_words(agora, office, account, says):
    chat = agora.chat(account)
    text = await chat.say("/tema stunting")
    assert says in text

    owner = agora.chat(100)
    await owner.say("/tema stunting")
    for label in owner.last.labels:
        await chat.press(owner.last.key(label), chat.last)
    said = "\n".join([one.text for one in chat.messages] + list(chat.toasts))
    assert "balita" not in said
    assert "kegiatan (" not in said


async def test_without_a_theme_the_known_ones_are_offered(agora, office):
    chat = agora.chat(100)

    assert (await chat.say("/tema")).startswith("Tema yang mana?")
    assert "Pengendalian inflasi" in chat.last.labels
    assert (await chat.say("/tema <b>kopi</b>")).startswith("Belum ada tema “<b>kopi</b>”.")

    text = await chat.tap("Pengendalian inflasi", chat.last)
    assert text.splitlines()[1] == "Belum ada RHK bertema ini di sini tahun ini."


async def test_many_themes_are_offered_page_by_page(agora, office):
    async with agora.database.writing() as session:
        session.add_all(Theme(code=f"t{n}", name=f"Tema {n}") for n in range(1, 5))
    chat = agora.chat(100)
    await chat.say("/tema")

    assert {"Tema 1", "Tema 4", "Pengendalian inflasi"} <= set(await every_choice(chat))
    assert (await choose(chat, "Tema 4")).startswith("Tema 4, pekan")


@pytest.mark.parametrize("key", ["across:1:0:739579", "across:x:0:1", "across-file:1:0:1:7"])
async def test_a_button_of_nonsense_no_longer_works(agora, office, key):
    chat = agora.chat(100)
    await chat.say("/tema stunting")

    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."


async def test_a_goal_whose_figure_is_released_stands_above_those_that_lead_to_it(agora, office):
    leader, members, *_ = office
    async with agora.database.writing() as session:
        mine = (
            await session.exec(
                select(WorkResult).where(WorkResult.employee_id == leader, WorkResult.number == 1)
            )
        ).one()
        mine.text = "Menurunnya prevalensi stunting"
        indicator = (
            await session.exec(select(Indicator).where(Indicator.work_result_id == mine.id))
        ).one()
        indicator.unit, indicator.aggregation, indicator.target = "persen", "release", 14
        session.add_all([mine, indicator])
        for one in members:
            query = select(WorkResult).where(WorkResult.employee_id == one, WorkResult.number == 1)
            result = (await session.exec(query)).one()
            # What names no theme belongs to that of the goal it serves.
            result.parent_id, result.themes = mine.id, []
            session.add(result)
        session.add(Obstacle(employee_id=members[0], text="Alat rusak", created_at=agora.now))

    lines = (await agora.chat(100).say("/tema stunting")).splitlines()

    assert "• Menurunnya prevalensi stunting: belum ada angka, target 14%" in (lines)
    assert any(line.startswith("• Terlaksananya pemantauan pertumbuhan") for line in lines)
    assert lines[-1] == "1 kendala terbuka."
