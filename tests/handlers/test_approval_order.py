import datetime as dt

import pytest
from sqlmodel import select

from bot.post.postman import Postman
from bot.skp.plans import PlanState
from db.models.approvals import Submission
from db.models.messages import Arrival, AuditRecord, Letter
from db.models.people import Employee, Placement
from tests.factories import employee
from tests.handlers.submissions import (
    ADMIN,
    LEADER,
    NEWCOMER,
    SARI,
    a_team_with_a_newcomer,
    all_of,
    carried,
    drafted,
    plan_of,
    revised,
    submitted,
)


@pytest.fixture
async def leader(agora):
    return await a_team_with_a_newcomer(agora)


@pytest.fixture
def postman(agora) -> Postman:
    return Postman(agora.application.bot, agora.database, agora.clock)


async def test_what_is_handed_in_can_be_taken_back_and_its_letter_with_it(agora, leader, postman):
    chat = await submitted(agora)
    shown = await chat.tap("Tarik kembali")
    assert "Masih draf" in shown
    await carried(postman)

    assert leader.messages == []
    assert await leader.say("/persetujuan") == "Tidak ada yang menunggu persetujuan Anda."
    assert (await plan_of(agora, NEWCOMER))[0].state is PlanState.DRAFT


async def test_what_somebody_handed_in_who_left_since_waits_for_nobody(agora, leader):
    await submitted(agora)
    assert "Made Contoh" in await leader.say("/persetujuan")
    (submission,) = await all_of(agora, Submission)
    async with agora.database.writing() as session:
        places = select(Placement).where(Placement.employee_id == submission.employee_id)
        (await session.exec(places)).one().until = agora.now.date()

    key = leader.last.key("Setujui")
    assert await leader.press(key, leader.last) == "Tombol ini sudah tidak berlaku."
    assert await leader.say("/persetujuan") == "Tidak ada yang menunggu persetujuan Anda."
    assert (await plan_of(agora, NEWCOMER))[0].state is PlanState.SUBMITTED


async def test_what_is_handed_in_is_not_changed_meanwhile(agora, leader):
    chat = await submitted(agora)
    await chat.tap("Rinci 1")
    assert chat.last.labels == ["Kembali"]
    _, (first, _) = await plan_of(agora, NEWCOMER)

    for verb in ("plan-change", "plan-target", "plan-remove", "plan-remove-now", "plan-parent"):
        toast = await chat.press(f"{verb}:{first.id}:0", chat.last)
        assert "sedang menunggu atasan Anda" in toast, verb
    assert await chat.press("plan-submit", chat.last) == (
        "Sudah diajukan dan sedang menunggu atasan Anda."
    )
    # What is new goes on, as a draft of its own.
    await chat.say("/skp")
    await chat.tap("Tambah RHK")
    await chat.say("Laporan; 12 laporan")
    assert "3. Laporan (draf)" in await chat.tap("Simpan")


async def test_a_plan_is_decided_once_whatever_is_tapped_afterwards(agora, leader, postman):
    chat = await submitted(agora)
    await leader.say("/persetujuan")
    case = leader.last
    yes, no = case.key("Setujui"), case.key("Kembalikan")
    await leader.tap("Kembalikan")
    await leader.press(yes, case)
    assert await leader.press(yes, case) == "Ini sudah diputuskan atau ditarik kembali."
    # The question that was open is not answered any more.
    assert "sudah diputuskan" in await leader.say("Terlambat, sudah disetujui")
    await leader.press(no, case)
    assert "Disetujui" in case.text
    await chat.press("plan-withdraw:1", chat.last)
    await carried(postman)

    assert (await plan_of(agora, NEWCOMER))[0].state is PlanState.APPROVED
    assert [one.kind for one in await all_of(agora, Letter)].count("plan-decided") == 1


async def test_several_wait_in_the_order_in_which_they_came(agora, leader):
    await submitted(agora)
    agora.now += dt.timedelta(hours=1)
    await revised(agora)
    shown = await leader.say("/persetujuan")

    assert shown == (
        "2 SKP menunggu Anda.\n• Made Contoh: SKP 2026, sejak Sel 24 Nov\n"
        "• Sari Contoh 1: revisi, sejak Sel 24 Nov"
    )
    assert leader.last.labels == ["Made Contoh", "Sari Contoh 1"]
    await leader.tap("Sari Contoh 1")
    await leader.tap("Setujui")
    assert "Made Contoh, SKP 2026" in await leader.say("/persetujuan")


async def test_only_the_rater_sees_and_decides(agora, leader):
    await submitted(agora)
    (waiting,) = await all_of(agora, Submission)
    for account in (SARI, NEWCOMER, ADMIN):
        other = agora.chat(account)
        assert await other.say("/persetujuan") == "Tidak ada yang menunggu persetujuan Anda."
        keys = (
            f"approval:{waiting.id}:0",
            f"approval-yes:{waiting.id}",
            f"approval-no:{waiting.id}",
        )
        for key in keys:
            toast = await other.press(key, other.last)
            assert toast == "Tombol ini sudah tidak berlaku.", key

    assert (await plan_of(agora, NEWCOMER))[0].state is PlanState.SUBMITTED


async def test_the_rater_belongs_to_the_plan_also_when_people_move(agora, leader):
    await submitted(agora)
    async with agora.database.writing() as session:
        people = {one.telegram_id: one for one in await session.exec(select(Employee))}
        query = select(Placement).where(Placement.employee_id == people[NEWCOMER].id)
        (await session.exec(query)).one().supervisor_id = people[SARI].id

    assert await agora.chat(SARI).say("/persetujuan") == "Tidak ada yang menunggu persetujuan Anda."
    assert "Made Contoh" in await leader.say("/persetujuan")


async def test_without_a_superior_the_drafts_stay_usable(agora):
    async with agora.database.writing() as session:
        session.add(employee(7))
    chat = await drafted(agora)
    key = chat.last.key("Ajukan ke atasan")

    assert "Atasan yang dapat menyetujui belum tercatat" in await chat.press(key, chat.last)
    assert "RHK 1" in await chat.say("pelatihan kader posyandu 1 kegiatan")


async def test_every_move_is_in_the_audit(agora, leader):
    chat = await submitted(agora)
    await chat.tap("Tarik kembali")
    await chat.tap("Ajukan ke atasan")
    await leader.say("/persetujuan")
    await leader.tap("Kembalikan")
    await leader.say("Mohon dilengkapi")
    await chat.say("/skp")
    await chat.tap("Ajukan ke atasan")
    await leader.say("/persetujuan")
    await leader.tap("Setujui")

    people = {one.id: one.telegram_id for one in await all_of(agora, Employee)}
    told = [
        (one.action, people[one.actor_id], people[one.subject_id])
        for one in await all_of(agora, AuditRecord)
    ]
    assert told == [
        ("plan.added", NEWCOMER, NEWCOMER),
        ("plan.added", NEWCOMER, NEWCOMER),
        ("plan.submitted", NEWCOMER, NEWCOMER),
        ("plan.withdrawn", NEWCOMER, NEWCOMER),
        ("plan.submitted", NEWCOMER, NEWCOMER),
        ("looked", LEADER, NEWCOMER),
        ("plan.returned", LEADER, NEWCOMER),
        ("plan.submitted", NEWCOMER, NEWCOMER),
        ("looked", LEADER, NEWCOMER),
        ("plan.approved", LEADER, NEWCOMER),
    ]
    returned = [one for one in await all_of(agora, AuditRecord) if one.action == "plan.returned"]
    assert returned[0].details["reason"] == "Mohon dilengkapi"


async def test_a_long_plan_is_read_page_by_page_before_it_is_decided(agora, leader):
    texts = ["Menyusun", "Menelaah", "Mengirim", "Mencatat", "Merapikan", "Menghitung", "Menjilid"]
    await submitted(agora, "\n".join(f"{text} naskah; 3 naskah" for text in texts))
    shown = await leader.say("/persetujuan")
    assert "5. Merapikan naskah" in shown
    assert "Menjilid" not in shown
    assert leader.last.labels == ["Setujui", "Kembalikan", "Kembali", "RHK, halaman 2 dari 2"]

    assert "7. Menjilid naskah" in await leader.tap("RHK, halaman 2 dari 2")


async def test_the_ways_are_short(agora, leader):
    """Count every tap and every message of a way."""
    chat = await drafted(agora)
    assert await steps(agora, chat) == 4
    await chat.tap("Ajukan ke atasan")
    assert await steps(agora, chat) == 5
    await leader.say("/persetujuan")
    await leader.tap("Kembalikan")
    await leader.say("Mohon dilengkapi")
    assert await steps(agora, leader) == 3
    await chat.say("/skp")
    await chat.tap("Ajukan ke atasan")
    await leader.say("/persetujuan")
    await leader.tap("Setujui")
    assert await steps(agora, leader) == 5


async def steps(agora, chat) -> int:
    return sum(one.chat_id == chat.id for one in await all_of(agora, Arrival))
