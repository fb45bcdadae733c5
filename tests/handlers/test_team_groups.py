"""The unit's group reads totals when the leader sends them, and never a name."""

import datetime as dt

import pytest
from sqlmodel import select

from db.models.plans import Plan, Theme, WorkResult
from tests.factories import a_team
from tests.handlers.test_quiz_sendings import brought_in, in_group
from tests.handlers.test_team_thanks import carried
from tests.team_rows import TODAY, a_day, joins, logs, moves

DAY = dt.timedelta(days=1)
DAYS_TOTALS = (
    "Seksi Gizi, Sel 24 Nov: 3 dari 5 orang mencatat, 4 catatan.\nTema: Penurunan stunting."
)


async def themed(agora, number: int = 1, name: str = "Penurunan stunting") -> None:
    """Let the RHK of one number name a theme that is known, and one that is not."""
    code = name.rsplit(maxsplit=1)[-1]
    async with agora.database.writing() as session:
        session.add(Theme(code=code, name=name))
        for one in await session.exec(select(WorkResult).where(WorkResult.number == number)):
            one.themes = [code, "tak-dikenal"]
            session.add(one)


async def sharing(agora, command: str = "/tim"):
    leader = agora.chat(100)
    await leader.say(command)
    await leader.tap("Untuk seluruh tim")
    await leader.tap("Bagikan")
    return leader


async def test_the_group_reads_what_the_leader_has_seen_and_no_name(agora):
    await a_day(agora)
    await themed(agora)
    await brought_in(agora, 100)
    leader = await sharing(agora)
    assert leader.last.text == (
        f"Bagikan, Sel 24 Nov\nGrup “Seksi Gizi” akan membaca:\n{DAYS_TOTALS}"
    )
    assert leader.last.labels == ["Kirim ke grup", "Unduh PDF", "Unduh Excel", "Kembali"]
    shown, key = leader.last, leader.last.key("Kirim ke grup")
    await leader.press(key, shown)
    assert leader.last.text == "✓ Segera disampaikan di grup “Seksi Gizi”."
    await leader.press(key, shown)
    assert leader.last.text == "Ini sudah disampaikan di grup “Seksi Gizi”."
    await carried(agora)

    _, told = in_group(agora)
    assert told.text == DAYS_TOTALS
    assert "Sari" not in told.text
    assert told.labels == []


async def test_a_week_is_told_as_a_week_and_without_themes_where_none_are_named(agora):
    await a_day(agora)
    await brought_in(agora, 100)
    leader = await sharing(agora, "/tim minggu")
    await leader.tap("Kirim ke grup")
    await carried(agora)

    assert in_group(agora)[-1].text == (
        "Seksi Gizi, Sen 23 Nov sampai Min 29 Nov: 3 dari 5 orang mencatat, 4 catatan."
    )


async def test_what_was_done_under_another_leader_tells_of_no_theme(agora):
    head, _ = await a_day(agora)
    comes = await joins(agora.database, 61, await joins(agora.database, 60, None))
    async with agora.database.writing() as session:
        plan = Plan(employee_id=comes, year=2026)
        session.add(plan)
        await session.flush()
        row = WorkResult(plan_id=plan.id, employee_id=comes, number=9, text="Mendampingi keluarga")
        session.add(row)
    await themed(agora, 9, "Pengendalian inflasi")
    await logs(agora.database, comes, TODAY - DAY, number=9)
    await moves(agora.database, comes, head, on=TODAY)
    await brought_in(agora, 100)

    assert "inflasi" not in (await sharing(agora, "/tim bulan")).last.text
    await logs(agora.database, comes, TODAY, number=9)
    assert "Tema: Pengendalian inflasi." in (await sharing(agora, "/tim bulan")).last.text


async def test_totals_of_two_people_stay_with_the_leader(agora):
    _, members = await a_team(agora.database, members=2)
    await logs(agora.database, members[0])
    await brought_in(agora, 100)
    leader = await sharing(agora)

    assert "kurang dari tiga orang" in leader.last.text
    assert leader.last.labels == ["Unduh PDF", "Unduh Excel", "Kembali"]
    toast = await leader.press(f"team-tell:0:{TODAY.toordinal()}", leader.last)
    await carried(agora)
    assert "kurang dari tiga orang" in toast
    assert len(in_group(agora)) == 1


async def test_without_a_group_the_papers_are_left_and_the_way_to_one_is_told(agora):
    await a_day(agora)
    leader = await sharing(agora)

    assert "Masukkan saya ke grup unit Anda" in leader.last.text
    assert leader.last.labels == ["Unduh PDF", "Unduh Excel", "Kembali"]
    toast = await leader.press(f"team-tell:0:{TODAY.toordinal()}", leader.last)
    assert toast == "Unit ini belum punya grup bersama saya."


@pytest.mark.parametrize("account", [101, 4711])
async def test_nobody_else_tells_the_group(agora, account):
    await a_day(agora)
    await brought_in(agora, 100)
    chat = agora.chat(account)
    await chat.say("/bantuan")
    for verb in ("team-share", "team-tell"):
        await chat.press(f"{verb}:0:{TODAY.toordinal()}", chat.last)
    await carried(agora)

    assert len(in_group(agora)) == 1
    assert "mencatat" not in "".join(one.text for one in chat.messages if "4 catatan" in one.text)
