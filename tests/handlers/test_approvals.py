import datetime as dt
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.post.approvals import is_free
from bot.post.postman import Postman
from bot.skp.plans import PlanState, SubmissionState
from db.models.approvals import Proposal, Submission
from db.models.messages import AuditRecord, Letter
from db.models.people import Employee, Placement
from db.models.plans import Indicator, Plan, WorkResult
from tests.factories import LONG_AGO, a_team, employee
from tests.handlers.readers import reads

LEADER, SARI, NEWCOMER, ADMIN = 100, 101, 107, 108


@pytest.fixture
async def leader(agora):
    """Give the leader of a team in which one person has no plan yet."""
    leader_id, _ = await a_team(agora.database, members=2)
    async with agora.database.writing() as session:
        place = (await session.exec(select(Placement))).first()
        person = employee(7, name="Made Contoh")
        session.add_all([person, employee(8, name="Admin Contoh", roles=["admin"])])
        await session.flush()
        session.add(
            Placement(
                employee_id=person.id,
                unit_id=place.unit_id,
                supervisor_id=leader_id,
                position="Nutrisionis",
                since=LONG_AGO,
            )
        )
    return agora.chat(LEADER)


@pytest.fixture
def postman(agora) -> Postman:
    return Postman(agora.application.bot, agora.database, agora.clock)


async def carried(postman: Postman) -> None:
    while await postman.carry():
        pass


async def all_of(agora, model) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(model).order_by(model.id)))


async def plan_of(agora, account: int) -> tuple[Plan, list[WorkResult]]:
    async with agora.database.reading() as session:
        query = select(Plan).join(Employee, Employee.id == Plan.employee_id)
        plan = (await session.exec(query.where(Employee.telegram_id == account))).one()
        below = select(WorkResult).where(WorkResult.plan_id == plan.id).order_by(WorkResult.number)
        return plan, list(await session.exec(below))


async def drafted(agora, text: str = "Pelatihan kader; 2 kegiatan\nKajian; 1 dokumen"):
    """Let the newcomer draft a plan; give their chat with the plan in view."""
    chat = agora.chat(NEWCOMER)
    await chat.say("/skp")
    await chat.tap("Tambah RHK")
    await chat.say(text)
    await chat.tap("Simpan")
    return chat


async def submitted(agora, text: str = "Pelatihan kader; 2 kegiatan\nKajian; 1 dokumen"):
    chat = await drafted(agora, text)
    await chat.tap("Ajukan ke atasan")
    return chat


async def revised(agora, reason: str = "Target disesuaikan dengan anggaran"):
    """Let Sari hand in a new target for an RHK that is approved."""
    sari = agora.chat(SARI)
    await sari.say("/skp")
    await sari.tap("Rinci 2")
    await sari.tap("Ubah")
    await sari.tap("Target")
    await sari.say("60 balita")
    await sari.tap("Kembali")
    assert "ini sebuah revisi. Apa alasannya?" in await sari.tap("Ajukan ke atasan")
    await sari.say(reason)
    return sari


async def test_a_plan_goes_up_by_one_tap_and_the_rater_is_told(agora, leader, postman):
    chat = await drafted(agora)
    shown = await chat.tap("Ajukan ke atasan")
    assert "Diajukan kepada Drs. Hendra Contoh, Sel 24 Nov." in shown
    assert "1. Pelatihan kader (diajukan)" in shown
    assert chat.last.labels == ["Rinci 1", "Rinci 2", "Tarik kembali", "Tambah RHK"]
    await carried(postman)

    assert leader.last.text == "Made Contoh mengajukan SKP untuk Anda setujui."
    assert leader.last.labels == ["Buka"]
    plan, results = await plan_of(agora, NEWCOMER)
    assert {plan.state, *(one.state for one in results)} == {PlanState.SUBMITTED}


async def test_a_rater_approves_with_one_command_and_one_tap(agora, leader, postman):
    chat = await submitted(agora)
    await carried(postman)
    shown = await leader.say("/persetujuan")
    assert shown.startswith(
        "Made Contoh, SKP 2026, Sel 24 Nov\n\n1. Pelatihan kader\nTarget: 2 kegiatan"
    )
    assert leader.last.labels == ["Setujui", "Kembalikan", "Kembali"]
    assert leader.last.keyboard[0][0]["style"] == "success"
    assert "Disetujui. Made Contoh diberi tahu." in await leader.tap("Setujui")

    plan, results = await plan_of(agora, NEWCOMER)
    assert {plan.state, *(one.state for one in results)} == {PlanState.APPROVED}
    await carried(postman)
    assert chat.last.text == "Pak Hendra menyetujui SKP Anda."
    shown = await chat.tap("SKP saya")
    assert "diajukan" not in shown.lower()
    assert chat.last.labels == ["Rinci 1", "Rinci 2", "Tambah RHK"]
    assert await leader.tap("Berikutnya") == "Tidak ada yang menunggu persetujuan Anda."


async def test_the_letters_button_opens_what_was_handed_in(agora, leader, postman):
    await submitted(agora)
    await carried(postman)

    assert "Pelatihan kader" in await leader.tap("Buka")
    assert "Setujui" in leader.last.labels


async def test_a_return_says_why_and_the_drafts_go_on(agora, leader, postman):
    chat = await submitted(agora)
    await leader.say("/persetujuan")
    assert "Apa yang perlu diperbaiki?" in await leader.tap("Kembalikan")
    assert "satu kalimat" in await leader.say("?")
    said = await leader.say("Target <pelatihan> terlalu rendah & tanpa tanggal")
    assert "dengan alasan Anda: “Target <pelatihan> terlalu rendah & tanpa tanggal”" in said
    await carried(postman)
    assert chat.last.text.startswith(
        "Pak Hendra mengembalikan SKP Anda: “Target <pelatihan> terlalu rendah & tanpa tanggal”"
    )

    shown = await chat.tap("SKP saya")
    assert "Dikembalikan: “Target <pelatihan>" in shown
    plan, results = await plan_of(agora, NEWCOMER)
    assert {plan.state, *(one.state for one in results)} == {PlanState.DRAFT}
    shown = await chat.tap("Ajukan ke atasan")
    assert "Dikembalikan" not in shown
    assert [one.state for one in await all_of(agora, Submission)] == [
        SubmissionState.RETURNED,
        SubmissionState.SUBMITTED,
    ]


async def test_a_revision_needs_a_reason_and_holds_once_approved(agora, leader, postman):
    sari = await revised(agora)
    assert "Diajukan kepada Drs. Hendra Contoh" in sari.last.text
    await carried(postman)
    assert leader.last.text == "Sari Contoh 1 mengajukan revisi SKP untuk Anda setujui."
    shown = await leader.tap("Buka")
    assert "Alasan revisi: “Target disesuaikan dengan anggaran”" in shown
    assert "Target: 40 balita\n→ target baru: 60 balita" in shown
    assert "pemantauan pertumbuhan" not in shown
    assert "0 dari 40 balita" in await sari.say("/skp")
    await leader.tap("Setujui")

    assert "0 dari 60 balita" in await sari.say("/skp")
    assert (await plan_of(agora, SARI))[0].state is PlanState.APPROVED
    assert await all_of(agora, Proposal) == []
    assert Decimal(60) in [one.target for one in await all_of(agora, Indicator)]


async def test_a_returned_revision_leaves_what_was_approved(agora, leader):
    sari = await revised(agora)
    await leader.say("/persetujuan")
    await leader.tap("Kembalikan")
    await leader.say("Anggarannya belum ada")

    shown = await sari.say("/skp")
    assert "Dikembalikan: “Anggarannya belum ada”\nAda perubahan yang belum diajukan." in shown
    assert "0 dari 40 balita" in shown
    assert "(perubahan diusulkan)" in shown


async def test_a_revision_without_a_reason_is_not_handed_in(agora, leader):
    sari = await revised(agora, reason="!!")

    assert "Mohon tulis alasannya" in sari.last.text
    assert await all_of(agora, Submission) == []
    assert "Diajukan kepada" in await sari.say("Ada tugas baru dari dinas")


async def test_an_rhk_that_is_added_to_an_approved_plan_is_a_revision(agora, leader):
    sari = agora.chat(SARI)
    await sari.say("/skp")
    await sari.tap("Tambah RHK")
    await sari.say("Panitia lomba balita sehat (tambahan); 1 kegiatan")
    await sari.tap("Simpan")
    await sari.tap("Ajukan ke atasan")
    await sari.say("Ada penugasan baru")
    shown = await leader.say("/persetujuan")
    assert "4. Panitia lomba balita sehat (tambahan)\nTarget: 1 kegiatan" in shown
    await leader.tap("Setujui")

    _, results = await plan_of(agora, SARI)
    assert [one.state for one in results] == [PlanState.APPROVED] * 4


async def test_what_is_handed_in_can_be_taken_back_and_its_letter_with_it(agora, leader, postman):
    chat = await submitted(agora)
    shown = await chat.tap("Tarik kembali")
    assert "Masih draf" in shown
    await carried(postman)

    assert leader.messages == []
    assert await leader.say("/persetujuan") == "Tidak ada yang menunggu persetujuan Anda."
    assert (await plan_of(agora, NEWCOMER))[0].state is PlanState.DRAFT


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
        for verb in ("approval", "approval-yes", "approval-no"):
            toast = await other.press(f"{verb}:{waiting.id}", other.last)
            assert toast == "Tombol ini sudah tidak berlaku.", verb

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


@pytest.mark.parametrize(
    ("moment", "free"),
    [
        (dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC), False),  # 10.00 on a Tuesday.
        (dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), True),  # 20.00.
        (dt.datetime(2026, 11, 23, 22, tzinfo=dt.UTC), True),  # 06.00.
        (dt.datetime(2026, 11, 28, 2, tzinfo=dt.UTC), True),  # A Saturday.
    ],
)
def test_a_person_is_free_outside_working_hours(moment, free):
    assert is_free(employee(1), moment) is free


async def test_letters_come_at_once_and_silently_outside_working_hours(agora, leader, postman):
    agora.now = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    await submitted(agora)
    await carried(postman)
    sent = [call for name, call in agora.edge.calls if name == "sendMessage"][-1]

    assert "mengajukan SKP" in sent["text"]
    assert sent["disable_notification"]


async def test_it_speaks_english(agora, leader, postman):
    await reads(agora, LEADER, "en")
    await reads(agora, NEWCOMER, "en")
    chat = agora.chat(NEWCOMER)
    await chat.say("/skp")
    await chat.tap("Add RHK")
    await chat.say("Pelatihan kader; 2 kegiatan")
    await chat.tap("Save")
    assert "Submitted to Drs. Hendra Contoh, Tue 24 Nov." in await chat.tap("Submit to superior")
    await carried(postman)
    assert leader.last.text == "Made Contoh asks you to approve the SKP."
    await leader.tap("Open")
    assert leader.last.labels == ["Approve", "Return", "Back"]
    await leader.tap("Return")
    await leader.say("Please add dates")
    await carried(postman)
    assert "has returned your SKP: “Please add dates”" in chat.last.text
