"""The cascade in the chat: the tree, its steps, its health and the Matriks Peran Hasil."""

import datetime as dt
import io

import pytest
from PIL import Image
from python_calamine import CalamineWorkbook
from sqlmodel import select

from bot.ui.keyboards import MOST_BUTTONS
from db.models.entries import Entry
from db.models.people import Acting
from db.models.plans import Indicator, Plan, WorkResult
from tests.factories import results
from tests.handlers.pages import choose, every_choice
from tests.team_rows import TODAY, a_day, a_unit, change, joins, logs, moves

CROWD = 4


async def serves(database, below: int, above: int, number: int = 1) -> None:
    """Let an RHK of one person serve that of another."""
    async with database.writing() as session:
        rows = {
            one.employee_id: one
            for one in await session.exec(
                select(WorkResult).where(
                    WorkResult.employee_id.in_([below, above]), WorkResult.number == number
                )
            )
        }
        rows[below].parent_id = rows[above].id
        session.add(rows[below])


async def with_plan(database, n: int, supervisor: int, unit: str) -> int:
    person = await joins(database, n, supervisor, unit=unit, name=f"Kader Contoh {n}")
    async with database.writing() as session:
        plan = Plan(employee_id=person, year=2026)
        session.add(plan)
        await session.flush()
        await results(session, plan)
    return person


@pytest.fixture
async def office(agora):
    """Give a leader of five, one of whom leads four more in a section of their own."""
    leader, members = await a_day(agora)
    for one in members:
        await serves(agora.database, one, leader)
    await a_unit(agora.database, "KIA", name="Seksi KIA", parent="GIZI")
    crowd = [await with_plan(agora.database, 21 + n, members[0], "KIA") for n in range(CROWD)]
    for one in crowd:
        await serves(agora.database, one, members[0])
    for one in crowd[:3]:
        await logs(agora.database, one, number=1, quantity="10", unit="balita")
    return leader, members, crowd


async def test_the_tree_is_a_picture_with_the_goals_below_it(agora, office):
    chat = agora.chat(100)

    text = await chat.say("/cascading")

    assert [message.kind for message in chat.messages] == ["photo"]
    assert text.splitlines()[:3] == [
        "Cascading Seksi Gizi, 2026",
        "1. Terlaksananya pemantauan pertumbuhan balita di posyandu",
        "1.470 dari 480 balita · 306% · harapan hingga hari ini 90% · data 6 dari 9 orang",
    ]
    assert chat.last.labels == ["RHK 1", "RHK 2", "RHK 3", "Peta kesehatan", "Matriks peran"]
    image = Image.open(io.BytesIO(chat.last.content))
    assert (image.format, image.width) == ("PNG", 1080)


async def test_step_by_step_down_and_back_in_the_same_message(agora, office):
    chat = agora.chat(100)
    overview = await chat.say("/cascading")

    first = await chat.tap("RHK 1")
    deeper = await chat.tap("1 Sari Contoh 1")
    up = await chat.tap("Naik satu tingkat")
    back = await chat.tap("Kembali")

    assert first.splitlines()[3:] == [
        *(
            f"• Sari Contoh {n}, RHK 1 “Terlaksananya pemantauan pertumbuhan balita…”: {done}"
            for n, done in (
                (1, "510 dari 480 balita"),
                (2, "480 dari 480 balita"),
                (3, "480 dari 480 balita"),
            )
        ),
    ]
    assert deeper.splitlines()[0].startswith("Sari Contoh 1, RHK 1 ")
    assert deeper.splitlines()[-1] == (
        "• Seksi KIA: 4 RHK, 30 dari 480 balita · data 3 dari 4 orang"
    )
    assert "Kader" not in overview + first + deeper
    assert (up, back) == (first, overview)
    assert len(chat.messages) == 1


async def test_what_stands_on_a_goal_is_turned_page_by_page(agora, office):
    leader, *_ = office
    for n in range(60, 65):
        await serves(agora.database, await with_plan(agora.database, n, leader, "GIZI"), leader)
    chat = agora.chat(100)
    await chat.say("/cascading")
    first = await chat.tap("RHK 1")

    pages = [await chat.tap("Lainnya") for _ in range(4)]

    assert "Yang mendukungnya (10)" in first
    shown = [sum(line.startswith("• ") for line in one.splitlines()) for one in (first, *pages)]
    assert shown == [3, 3, 3, 1, 3]
    assert pages[-1] == first
    assert chat.last.labels[-2:] == ["Lainnya", "Kembali"]
    assert len(chat.last.labels) <= MOST_BUTTONS


async def test_many_goals_of_a_leader_are_turned_page_by_page(agora, office):
    leader, *_ = office
    async with agora.database.writing() as session:
        plan = (await session.exec(select(Plan).where(Plan.employee_id == leader))).one()
        session.add_all(
            WorkResult(plan_id=plan.id, employee_id=leader, number=n, text=f"Tugas {n}")
            for n in range(4, 9)
        )
    chat = agora.chat(100)
    text = await chat.say("/cascading")

    found = await every_choice(chat)

    goals = [f"RHK {n}" for n in range(1, 9)]
    assert set(found) == {*goals, "Lainnya", "Peta kesehatan", "Matriks peran"}
    assert chat.last.text == text
    assert "Tugas 8" in await choose(chat, "RHK 8")


async def test_of_a_few_nothing_is_told(agora, office):
    _, _, crowd = office
    async with agora.database.writing() as session:
        for one in crowd[2:]:
            query = select(WorkResult).where(WorkResult.employee_id == one, WorkResult.number == 1)
            result = (await session.exec(query)).one()
            result.parent_id = None
            session.add(result)
    chat = agora.chat(100)
    await chat.say("/cascading")
    await chat.tap("RHK 1")

    deeper = await chat.tap("1 Sari Contoh 1")

    assert deeper.splitlines()[-1] == (
        "• Seksi KIA: 2 RHK, tanpa angka (kelompok kecil dilindungi)"
    )


async def test_the_health_map_finds_what_does_not_hold(agora, office):
    leader, members, _ = office
    await logs(agora.database, members[1], additional=True)
    await logs(agora.database, members[2])
    await joins(agora.database, 50, leader, name="Tanpa Contoh")
    chat = agora.chat(100)
    overview = await chat.say("/cascading")
    tree = chat.last.content

    text = await chat.tap("Peta kesehatan")

    assert text.splitlines() == [
        "Kesehatan cascading, November 2026",
        (
            "• Kegiatan tanpa sasaran: 3 dari 9 catatan bulan ini"
            " (1 tugas tambahan, 1 belum tertaut)"
        ),
        "• Sasaran tanpa kegiatan: 20 dari 27 RHK bulan ini",
        "• RHK belum tertaut ke RHK atasan: 18 (Seksi Gizi 10, Seksi KIA 8)",
        ("• RHK yang belum didukung siapa pun: RHK 2, RHK 3, Sari Contoh 1 RHK 2 dan 1 lainnya"),
        "• RHK 1: target 480 balita, rencana di bawahnya 2.400",
        "• Sari Contoh 1 RHK 1: target 480 balita, rencana di bawahnya 1.920",
        "• Belum memiliki RHK: Tanpa Contoh",
    ]
    assert chat.last.content != tree
    assert await chat.tap("Kembali") == overview
    assert chat.last.content == tree
    assert len(chat.messages) == 1


async def test_the_matrix_holds_every_role_and_goes_out_as_a_workbook(agora, office):
    chat = agora.chat(100)
    await chat.say("/cascading")

    text = await chat.tap("Matriks peran")
    await chat.tap("Unduh Excel")

    assert text.splitlines()[1] == "5 orang, 3 RHK; 0 belum berperan di satu pun."
    assert chat.last.filename == "matriks-peran-hasil-2026.xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(chat.last.content))
    assert book.sheet_names == ["Matriks Peran Hasil", "Pemeriksaan"]
    head, first, *_ = [list(row) for row in book.get_sheet_by_name(book.sheet_names[0]).iter_rows()]
    goal = "1. Terlaksananya pemantauan pertumbuhan balita di posyandu"
    assert head[:3] == ["Nama", "Jabatan", goal]
    assert first[:4] == ["Sari Contoh 1", "Nutrisionis", goal, ""]
    assert first[5].startswith("2. Terlaksananya pendampingan")


async def test_the_whole_speaks_english_to_who_reads_english(agora, office):
    leader, *_ = office
    await change(agora.database, leader, language="en")
    chat = agora.chat(100)

    overview = await chat.say("/cascading")
    health = await chat.tap("Health map")

    assert overview.splitlines()[0] == "Cascade of Seksi Gizi, 2026"
    assert "expected by now 90%" in overview
    assert health.splitlines()[0] == "Health of the cascade, November 2026"
    assert "Nobody" not in health


async def test_who_stands_in_for_a_leader_sees_the_leaders_cascade(agora, office):
    leader, _, _ = office
    stand_in = await joins(agora.database, 70, None, name="Pengganti Contoh")
    chat = agora.chat(170)
    refused = await chat.say("/cascading")
    async with agora.database.writing() as session:
        session.add(Acting(leader_id=leader, employee_id=stand_in, since=TODAY))

    text = await chat.say("/cascading")
    step = await chat.tap("RHK 1")

    assert refused == "Tampilan ini untuk atasan dan pengampu tema."
    assert text.startswith("Cascading Seksi Gizi, 2026")
    assert "Sari Contoh 2" in step


async def test_a_leader_without_rhk_is_told_so(agora):
    head = await joins_alone(agora)
    await joins(agora.database, 31, head)

    text = await agora.chat(130).say("/cascading")

    assert "Anda belum memiliki RHK tahun ini" in text


async def joins_alone(agora) -> int:
    await a_unit(agora.database, "GIZI", name="Seksi Gizi")
    return await joins(agora.database, 30, None)


@pytest.mark.parametrize("account", [102, 4711])
async def test_nobody_opens_what_is_not_their_own(agora, office, account):
    leader, members, crowd = office
    async with agora.database.reading() as session:
        found = await session.exec(select(WorkResult.id, WorkResult.employee_id))
        keys = [key for key, owner in found if owner in {leader, members[0], crowd[0]}]
    chat = agora.chat(account)
    await chat.say("/bantuan")
    pressed = [f"cascade-step:0:{key}" for key in keys]
    pressed += [f"cascade-step:{leader}:{keys[0]}", f"cascade:{leader}", "cascade:0"]
    pressed += ["cascade-health:0", "cascade-matrix:0", "cascade-file:0", f"cascade-file:{leader}"]

    for key in pressed:
        await chat.press(key, chat.last)

    said = "\n".join([one.text for one in chat.messages] + list(chat.toasts))
    assert "balita dari" not in said
    assert "pemantauan" not in said


async def test_a_goal_further_down_is_refused_by_name(agora, office):
    _, _, crowd = office
    async with agora.database.reading() as session:
        query = select(WorkResult.id).where(WorkResult.employee_id == crowd[0])
        key = (await session.exec(query)).first()
    chat = agora.chat(100)
    await chat.say("/cascading")

    assert await chat.press(f"cascade-step:0:{key}", chat.last) == (
        "Tombol ini sudah tidak berlaku."
    )


async def test_a_leaders_skp_shows_what_all_together_have_done_beside_the_own(agora, office):
    leader, *_ = office
    head = agora.chat(100)

    first = (await head.say("/skp")).split("\n\n")[1].splitlines()

    assert first[1].endswith("1.470 dari 480 balita · di atas laju · data 6 dari 9 orang")
    assert first[2] == (
        "Bersama semua yang bertumpu padanya; catatan Anda sendiri belum ada angkanya."
    )
    await logs(agora.database, leader, number=1, quantity="7", unit="balita")
    assert "catatan Anda sendiri: 7 balita." in await head.say("/skp")
    assert "catatan Anda sendiri: 7 balita." in await head.tap("Rinci 1")
    assert "catatan Anda sendiri: 480 balita." in await agora.chat(101).say("/skp")
    assert "bertumpu" not in await agora.chat(102).say("/skp")
    asked = await head.say("sudah berapa persen targetku?")
    assert "1.477 dari 480 balita" in asked
    assert "catatan Anda sendiri: 7 balita." in asked
    await head.say("dampingi 6 balita berisiko stunting")
    assert "Angkanya catatan Anda sendiri" not in head.last.text
    await head.tap("Ganti RHK")
    await head.tap("RHK 1")
    assert "Angkanya catatan Anda sendiri" in head.last.text


async def test_whoever_leads_nobody_any_more_sees_the_own_entries_alone(agora, office):
    _, members, crowd = office
    for one in [*members, *crowd]:
        await moves(agora.database, one, None, on=TODAY)

    assert "bertumpu" not in await agora.chat(100).say("/skp")


async def test_of_work_of_several_days_the_last_one_counts_for_the_latest_value(agora, office):
    leader, members, _ = office
    async with agora.database.writing() as session:
        ids = [leader, members[1]]
        query = select(WorkResult.id).where(WorkResult.employee_id.in_(ids), WorkResult.number == 1)
        keys = list(await session.exec(query))
        for one in await session.exec(select(Indicator).where(Indicator.work_result_id.in_(keys))):
            one.aggregation, one.direction, one.target = "latest", "down", 500
            session.add(one)
    day = dt.timedelta(days=1)
    more = {"number": 1, "unit": "balita"}
    # Begun earlier, but it tells how things stood later.
    await logs(agora.database, members[1], TODAY - 6 * day, last_day=TODAY, quantity="600", **more)
    await logs(agora.database, members[1], TODAY - 3 * day, quantity="900", **more)
    async with agora.database.writing() as session:
        query = select(Entry).where(Entry.employee_id == members[1], Entry.quantity == 480)
        for one in await session.exec(query):
            await session.delete(one)

    said = await agora.chat(100).say("/cascading")

    assert "600, paling banyak 500 balita" in said
