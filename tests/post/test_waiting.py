"""What waits for leaders, and what a quarter and a year lack before they end."""

import datetime as dt

import pytest
from sqlmodel import select

from bot.skp.people import ActingKind
from bot.skp.plans import SubmissionState
from db.models.approvals import Submission
from db.models.dealings import Obstacle
from db.models.entries import Entry
from db.models.people import Acting, Employee
from db.models.plans import Plan, WorkResult
from tests.post.office import LEADER, MONDAY, OTHER, SARI, office

__all__ = ["office"]  # A fixture is found by its name.


async def submitted(office, member: int, day: str) -> None:
    """Let a plan be handed in to its rater at nine in the morning of a day."""
    at = dt.datetime.fromisoformat(f"2026-11-{day}T01:00:00+00:00")
    async with office.agora.database.writing() as session:
        plan = (await session.exec(select(Plan).where(Plan.employee_id == member))).one()
        session.add(
            Submission(
                plan_id=plan.id,
                employee_id=member,
                submitted_at=at,
                state=SubmissionState.SUBMITTED,
            )
        )


async def test_what_has_waited_a_day_for_a_leader_is_told_once_a_working_day(office):
    sari = office.members[0]
    for account in (LEADER, SARI):
        await office.wish(account, waiting={"on": True})
    await submitted(office, sari, "24")
    await office.log(sari, "24")
    # Of the plan the rater has just heard, and entries alone are spoken of once a week.
    await office.tick("25T08:00")
    assert office.said(LEADER) == []

    at = dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC)
    async with office.agora.database.writing() as session:
        session.add(Obstacle(employee_id=sari, text="alat ukur rusak", created_at=at))
    await office.tick("26T08:00", "26T09:00", "26T12:00")
    (text,) = office.said(LEADER)
    assert text == (
        "Menunggu tanggapan Anda\n"
        "• Sari Contoh 1: SKP 2026, sejak Sel 24 Nov\n"
        "• Kendala, 1 hari: alat ukur rusak, Bu Sari 1\n"
        "• 1 catatan menunggu tanggapan Anda"
    )
    chat = office.agora.chat(LEADER)
    assert chat.last.labels == ["Setujui (1)", "Buka kendala", "Tanggapi (1)"]
    assert "Sari Contoh 1" in await chat.tap("Setujui (1)")
    await office.tick("27T08:00")
    assert len(office.said(LEADER)) == 2
    assert office.said(SARI) == []


async def test_entries_that_wait_are_told_weekly_or_on_chosen_days(office):
    await office.log(office.members[0], "24")
    await office.wish(LEADER, waiting={"on": True})
    await office.tick("25T08:00", "30T08:00")
    (text,) = office.said(LEADER)
    assert text.endswith("• 1 catatan menunggu tanggapan Anda")

    await office.log(office.members[0], "30")
    await office.wish(LEADER, waiting={"on": True, "days": "3"})
    await office.tick("12-01T08:00", "12-02T08:00")
    assert len(office.said(LEADER)) == 2


async def test_whoever_stands_in_hears_what_waits_and_whom_nothing_awaits_hears_nothing(office):
    async with office.agora.database.writing() as session:
        session.add(
            Acting(
                employee_id=office.members[1],
                leader_id=office.leader,
                kind=ActingKind.PLH,
                since=dt.date(2026, 11, 1),
            )
        )
    await office.wish(LEADER, waiting={"on": True})
    await office.wish(OTHER, waiting={"on": True})
    await office.tick("24T08:00")
    assert office.said(OTHER) == []

    await submitted(office, office.members[0], "20")
    await office.tick("25T08:00")
    assert office.said(OTHER) == office.said(LEADER) != []


async def test_beside_the_digest_only_what_it_does_not_say_is_told(office):
    await office.wish(LEADER, waiting={"on": True}, digest={"on": True})
    await submitted(office, office.members[0], "19")
    await office.log(office.members[0], "20")
    await office.tick(MONDAY)

    (text,) = office.said(LEADER)
    assert text.startswith("Seksi Gizi, ")
    assert text.count("menunggu tanggapan Anda") == 1
    assert text.index("1 catatan menunggu") < text.index("Menunggu tanggapan Anda\n• Sari")


@pytest.mark.parametrize(
    ("month", "moment", "head", "idle"),
    [
        ("09", "24", "Triwulan III 2026 berakhir dalam 5 hari kerja.", "Triwulan III 2026"),
        ("12", "31", "Tahun 2026 berakhir hari ini.", "Tahun 2026"),
    ],
)
async def test_before_a_quarter_and_a_year_end_all_that_they_lack_is_named(
    office, month, moment, head, idle
):
    sari = office.members[0]
    await office.wish(SARI, closing={"on": True})
    first = {"09": dt.date(2026, 7, 1), "12": dt.date(2026, 1, 1)}[month]
    end = dt.date(2026, int(month), int(moment))
    missing = (end - dt.timedelta(days=31), end - dt.timedelta(days=50))
    now = dt.datetime(2026, int(month), int(moment), tzinfo=dt.UTC)
    async with office.agora.database.writing() as session:
        query = select(WorkResult).where(WorkResult.employee_id == sari)
        one, *_ = (await session.exec(query.order_by(WorkResult.number))).all()
        person = await session.get_one(Employee, sari)
        person.consented_at = dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
        days = [first + dt.timedelta(days=n) for n in range((end - first).days)]
        for day in days:
            if day not in missing:
                amount = {"quantity": 1, "unit": "balita"} if day == first else {}
                values = {"text": "x", "created_at": now, "changed_at": now, **amount}
                session.add(Entry(employee_id=sari, day=day, work_result_id=one.id, **values))
    await office.tick(f"2026-{month}-{moment}T08:00")

    (text,) = office.said(SARI)
    assert text.startswith(head)
    assert "2 hari kerja tanpa catatan: " in text
    assert f"• belum ada catatan pada {idle} untuk RHK 2, 3" in text
    assert ("• di bawah target tahun ini: RHK 1 (" in text) is idle.startswith("Tahun")


async def test_who_lacks_nothing_of_a_quarter_hears_nothing_of_its_end(office):
    sari = office.members[0]
    await office.wish(SARI, closing={"on": True})
    now = dt.datetime(2026, 9, 24, tzinfo=dt.UTC)
    async with office.agora.database.writing() as session:
        query = select(WorkResult.id).where(WorkResult.employee_id == sari)
        for result in (await session.exec(query)).all():
            session.add(
                Entry(employee_id=sari, day=dt.date(2026, 7, 1), last_day=dt.date(2026, 9, 30),
                      text="x", work_result_id=result, created_at=now, changed_at=now)
            )  # fmt: skip
    await office.tick("2026-09-24T08:00")

    assert office.said(SARI) == []
