import datetime as dt

import pytest
from sqlmodel import select

from db.models.entries import Entry
from db.models.plans import Holiday, Plan
from tests.factories import a_team
from tests.handlers.pages import choose
from tests.team_rows import TODAY, a_day, change, is_away, logs

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "second"),
    [
        (dt.datetime(2026, 11, 28, 2, tzinfo=dt.UTC), "Sab 28 Nov bukan hari kerja."),
        (
            dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC),
            "Rab 25 Nov bukan hari kerja: Hari Jadi Daerah.",
        ),
    ],
)
async def test_a_day_off_is_said_and_nobody_is_missing(agora, now, second):
    await a_day(agora)
    async with agora.database.writing() as session:
        session.add(Holiday(day=dt.date(2026, 11, 25), name="Hari Jadi Daerah"))
    agora.now = now

    lines = (await agora.chat(100).say("/tim")).splitlines()

    assert lines[0].endswith("– 5 libur.")
    assert lines[1] == second
    assert not any("Belum tercatat" in line for line in lines)


async def test_a_person_of_a_six_day_week_is_expected_on_saturday(agora):
    _, members = await a_day(agora)
    await change(agora.database, members[0], week=6)
    agora.now = dt.datetime(2026, 11, 28, 2, tzinfo=dt.UTC)

    lines = (await agora.chat(100).say("/tim")).splitlines()

    assert "– 0 dari 1 tercatat · 4 libur · 1 belum." in lines[0]


async def test_a_team_of_one_without_a_plan(agora):
    leader, _ = await a_team(agora.database, members=1)
    async with agora.database.writing() as session:
        plans = list(await session.exec(select(Plan)))
        for plan in plans:
            plan.year = 2025
            session.add(plan)
    chat = agora.chat(100)

    lines = (await chat.say("/tim")).splitlines()
    await chat.tap("Rinci orang")
    person = await choose(chat, "Sari Contoh 1")

    assert lines[0].endswith("– 0 dari 1 tercatat · 1 belum.")
    assert lines[1] == "Belum ada SKP 2026 di tim ini."
    assert "Belum ada SKP 2026." in person
    assert leader


async def test_nothing_logged_is_no_figure_and_not_zero(agora):
    await a_team(agora.database, members=2)

    lines = (await agora.chat(100).say("/tim")).splitlines()

    assert lines[1] == "Laju tahun ini belum punya angka."
    assert not any("Di bawah laju" in line for line in lines)


async def test_a_team_that_keeps_pace_needs_no_attention(agora):
    _, members = await a_team(agora.database, members=2)
    for one in members:
        for number, quantity, unit in ((1, 480, "balita"), (2, 40, "balita"), (3, 12, "lap.")):
            await logs(agora.database, one, number=number, quantity=quantity, unit=unit)

    lines = (await agora.chat(100).say("/tim")).splitlines()

    assert lines[0].endswith("2 dari 2 tercatat.")
    assert "Laju tahun ini 100%" in lines[1]
    assert lines[2] == "Tidak ada yang perlu perhatian khusus."


async def test_an_rhk_without_activity_for_eight_working_days_is_named(agora):
    _, members = await a_team(agora.database, members=1)
    for number, days in ((1, 0), (2, 13), (3, 12)):
        await logs(
            agora.database, members[0], TODAY - days * DAY, number=number, quantity=12, unit="orang"
        )
    chat = agora.chat(100)
    before = await chat.say("/tim")
    await is_away(agora.database, members[0], first=TODAY - 6 * DAY, last=TODAY - 6 * DAY)

    after = await chat.say("/tim")

    assert (
        "RHK 2 “Terlaksananya pendampingan balita berisiko…”, Bu Sari 1:"
        " tanpa kegiatan 8 hari kerja" in before
    )
    assert "RHK 3" not in before
    assert "tanpa kegiatan" not in after


async def test_who_cannot_be_reached_and_who_has_not_come_in_are_named(agora):
    _, members = await a_day(agora)
    await change(agora.database, members[3], unreachable_since=agora.now)
    await change(agora.database, members[4], telegram_id=None)
    chat = agora.chat(100)

    lines = (await chat.say("/tim")).splitlines()
    people = await chat.tap("Rinci orang")

    assert lines[-3:-1] == ["• Tidak terjangkau bot: Bu Sari 4", "• Belum bergabung: Bu Sari 5"]
    assert ". Sari Contoh 5 – belum bergabung" in people


async def test_who_has_not_come_in_is_named_once_and_held_to_nothing(agora):
    _, members = await a_team(agora.database, members=2)
    for days in (1, 200):
        await logs(
            agora.database,
            members[0],
            TODAY - days * DAY,
            number=1,
            quantity=1,
            unit="balita",
        )
    await change(agora.database, members[0], telegram_id=None)
    await is_away(agora.database, members[1])

    lines = (await agora.chat(100).say("/tim")).splitlines()

    assert [line for line in lines if "Bu Sari 1" in line] == ["• Belum bergabung: Bu Sari 1"]
    assert not any("2 orang: tanpa kegiatan" in line for line in lines)


async def test_an_undone_entry_does_not_count(agora):
    _, members = await a_day(agora)
    async with agora.database.writing() as session:
        for entry in await session.exec(select(Entry).where(Entry.employee_id == members[0])):
            entry.state = "undone"
            session.add(entry)

    assert "2 dari 5 tercatat" in await agora.chat(100).say("/tim")
