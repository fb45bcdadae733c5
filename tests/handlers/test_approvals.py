import datetime as dt
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.post.approvals import is_free
from bot.post.postman import Postman
from bot.skp.plans import Direction, PlanState, SubmissionState
from db.models.approvals import Proposal, Submission
from db.models.people import Acting, Employee
from db.models.plans import Indicator
from tests.factories import employee
from tests.handlers.readers import reads
from tests.handlers.submissions import (
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


async def test_a_revision_turns_a_target_round_and_back(agora, leader):
    sari = await revised(agora, target="maksimal 12 pengaduan")
    await sari.say("/skp")
    assert "Target: paling banyak 12 pengaduan" in await sari.tap("Rinci 2")
    assert "Target: 40 balita\n→ target baru: paling banyak 12 pengaduan" in await leader.say(
        "/persetujuan"
    )
    await leader.tap("Setujui")
    assert await target_of(agora, SARI) == (Decimal(12), "pengaduan", Direction.DOWN)

    # Without a word about it a target falls on as it did.
    await revised(agora, target="8 pengaduan")
    assert "→ target baru: paling banyak 8 pengaduan" in await leader.say("/persetujuan")
    await leader.tap("Setujui")
    assert await target_of(agora, SARI) == (Decimal(8), "pengaduan", Direction.DOWN)

    await revised(agora, target="minimal 80 persen")
    assert "Target: paling banyak 8 pengaduan\n→ target baru: 80%" in await leader.say(
        "/persetujuan"
    )
    await leader.tap("Setujui")
    assert await target_of(agora, SARI) == (Decimal(80), "persen", Direction.UP)


async def target_of(agora, account: int) -> tuple[Decimal, str, Direction]:
    _, results = await plan_of(agora, account)
    key = next(one.id for one in results if one.number == 2)
    (found,) = [one for one in await all_of(agora, Indicator) if one.work_result_id == key]
    return found.target, found.unit, found.direction


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


async def stands_in(agora, account: int, *, since: dt.date) -> None:
    """Let somebody stand in for the leader for a week."""
    async with agora.database.writing() as session:
        people = {one.telegram_id: one.id for one in await session.exec(select(Employee))}
        session.add(
            Acting(
                leader_id=people[LEADER],
                employee_id=people[account],
                since=since,
                until=since + dt.timedelta(days=7),
            )
        )


async def test_whoever_stands_in_is_told_and_approves(agora, leader, postman):
    await stands_in(agora, SARI, since=agora.now.date())
    chat = await submitted(agora)
    await carried(postman)
    sari = agora.chat(SARI)

    assert sari.last.text == leader.last.text == "Made Contoh mengajukan SKP untuk Anda setujui."
    assert "Pelatihan kader" in await sari.tap("Buka")
    await sari.tap("Setujui")
    assert (await plan_of(agora, NEWCOMER))[0].state is PlanState.APPROVED
    await carried(postman)
    assert chat.last.text == "Bu Sari 1 menyetujui SKP Anda."
    assert await leader.say("/persetujuan") == "Tidak ada yang menunggu persetujuan Anda."


async def test_who_stood_in_earlier_no_longer_decides(agora, leader, postman):
    await stands_in(agora, SARI, since=agora.now.date() - dt.timedelta(days=6))
    await submitted(agora)
    await carried(postman)
    sari = agora.chat(SARI)
    agora.now += dt.timedelta(days=1)

    assert await sari.press(sari.last.key("Buka"), sari.last) == "Tombol ini sudah tidak berlaku."
    assert await sari.say("/persetujuan") == "Tidak ada yang menunggu persetujuan Anda."
    assert "Made Contoh" in await leader.say("/persetujuan")


async def test_whoever_stands_in_never_decides_about_the_own_plan(agora, leader, postman):
    await stands_in(agora, NEWCOMER, since=agora.now.date())
    chat = await submitted(agora)
    await carried(postman)

    assert "mengajukan SKP" not in chat.last.text
    assert await chat.say("/persetujuan") == "Tidak ada yang menunggu persetujuan Anda."
