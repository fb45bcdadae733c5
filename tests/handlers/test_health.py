import datetime as dt

import pytest
from sqlmodel import delete

from bot.skp.entries import EvidenceKind, EvidenceState
from db import arrivals
from db.models.entries import Entry, Evidence
from db.models.messages import Answer, Letter
from db.models.people import Employee
from tests.factories import a_team

WELL = (
    "Semua berjalan baik.\nPesan menunggu diolah: 0\nJawaban menunggu dikirim: 0\n"
    "Pesan terjadwal menunggu dikirim: 0\nBukti menunggu disimpan: 0\nDisisihkan: 0"
)


@pytest.fixture
async def admin(agora):
    leader, _ = await a_team(agora.database)
    async with agora.database.writing() as session:
        (await session.get(Employee, leader)).roles = ["pegawai", "admin"]
    return agora.chat(100)


async def arrived(agora, minutes: int, *, aside: bool) -> int:
    """Let a message of nobody lie in the inbox without being handled."""
    number = agora.update_id()
    incoming = arrivals.Incoming(number, 555, '{"text": "rahasia"}')
    came = agora.now - dt.timedelta(minutes=minutes)
    async with agora.database.writing() as session:
        (kept,) = await arrivals.keep(session, [incoming], now=came)
        if aside:
            error = "ValueError: rahasia Sari Contoh 1"
            await arrivals.mark_failed(session, kept.id, error, limit=1)
    return kept.id


async def wait(agora, what: str, minutes: int) -> None:
    """Let an answer, a letter or evidence of a member wait since some minutes."""
    since = agora.now - dt.timedelta(minutes=minutes)
    async with agora.database.writing() as session:
        if what == "answer":
            (kept,) = await arrivals.keep(
                session, [arrivals.Incoming(agora.update_id(), 555, "{}")], now=since
            )
            await arrivals.mark_done(session, [kept.id], now=since)
            session.add(
                Answer(
                    arrival_id=kept.id,
                    chat_id=555,
                    method="sendMessage",
                    params={"text": "rahasia"},
                    created_at=since,
                )
            )
        elif what == "letter":
            session.add(Letter(employee_id=2, kind="prompt", period="2026-11-24", due_at=since))
        else:
            entry = Entry(
                employee_id=2,
                day=since.date(),
                text="rahasia",
                created_at=since,
                changed_at=since,
            )
            session.add(entry)
            await session.flush()
            session.add(
                Evidence(
                    entry_id=entry.id,
                    employee_id=2,
                    kind=EvidenceKind.PHOTO,
                    state=EvidenceState.PENDING,
                    title="rahasia",
                    created_at=since,
                )
            )


async def test_an_admin_sees_that_all_is_well(agora, admin):
    assert await admin.say("/kesehatan") == WELL
    assert admin.last.labels == ["Perbarui"]


async def test_in_english_too(agora, admin):
    async with agora.database.writing() as session:
        (await session.get(Employee, 1)).language = "en"

    assert (await admin.say("/kesehatan")).startswith("Everything is running well.\n")
    assert admin.last.labels == ["Refresh"]


@pytest.mark.parametrize(
    ("what", "minutes", "words"),
    [
        ("answer", 6, "jawaban terlalu lama menunggu dikirim"),
        ("letter", 61, "pesan terjadwal terlalu lama menunggu dikirim"),
        ("evidence", 61, "bukti terlalu lama menunggu disimpan"),
    ],
)
async def test_what_waits_too_long_comes_first(agora, admin, what, minutes, words):
    await wait(agora, what, minutes)
    said = await admin.say("/kesehatan")

    assert said.splitlines()[0] == f"Perlu perhatian: {words}."
    line = words.replace(" terlalu lama", "").capitalize()
    assert f"<b>{line}: 1, tertua sejak Sel 24 Nov, 1" in admin.last.html
    assert "rahasia" not in said


@pytest.mark.parametrize(("what", "minutes"), [("answer", 4), ("letter", 59), ("evidence", 59)])
async def test_what_waits_a_while_is_told_and_well(agora, admin, what, minutes):
    await wait(agora, what, minutes)
    said = await admin.say("/kesehatan")

    assert said.startswith("Semua berjalan baik.\n")
    assert ": 1, tertua sejak Sel 24 Nov, 1" in said
    assert "<b>" not in admin.last.html


async def test_messages_that_wait_are_told_with_the_hour_of_the_oldest(agora, admin):
    await arrived(agora, 20, aside=False)
    await arrived(agora, 10, aside=False)
    said = await admin.say("/kesehatan")

    assert said.splitlines()[0] == "Perlu perhatian: pesan terlalu lama menunggu diolah."
    assert "Pesan menunggu diolah: 2, tertua sejak Sel 24 Nov, 16.30 WITA" in said


async def test_what_lies_aside_is_told_by_its_reference_alone(agora, admin):
    codes = [f"A{await arrived(agora, 9 - n, aside=True)}" for n in range(7)]
    said = await admin.say("/kesehatan")

    assert said.splitlines()[0] == "Perlu perhatian: ada pesan yang tidak dapat diolah."
    assert said.splitlines()[-1] == f"Disisihkan: 7, yang terbaru: {', '.join(codes[:1:-1])}"
    assert not any(word in said for word in ("rahasia", "Sari", "ValueError"))


async def test_several_troubles_are_counted_and_told_in_at_most_six_lines(agora, admin):
    await arrived(agora, 9, aside=True)
    for what in ("answer", "letter", "evidence"):
        await wait(agora, what, 90)
    said = await admin.say("/kesehatan")

    assert said.splitlines()[0] == "Perlu perhatian: 4 hal, dicetak tebal di bawah."
    assert len(said.splitlines()) == 6
    assert len(said) < 600
    assert admin.last.html.count("<b>") == 5


async def test_refreshing_changes_the_same_message(agora, admin):
    await wait(agora, "answer", 30)
    await admin.say("/kesehatan")
    first, seen = admin.last.id, len(admin.messages)
    async with agora.database.writing() as session:
        await session.execute(delete(Answer).where(Answer.chat_id == 555))

    assert await admin.tap("Perbarui") == WELL
    assert (admin.last.id, len(admin.messages)) == (first, seen)
    assert admin.toasts[-1] == "Keadaan pukul 16.50 WITA"
    assert await admin.tap("Perbarui") == WELL
    assert len(admin.messages) == seen


@pytest.mark.parametrize("account", [101, 999])
async def test_nobody_else_sees_it(agora, admin, account):
    await arrived(agora, 9, aside=True)
    await admin.say("/kesehatan")
    other = agora.chat(account)
    said = await other.say("/kesehatan")
    toast = await other.press("health", other.last)

    assert "Disisihkan" not in said + toast
    assert "Disisihkan" not in "".join(message.text for message in other.messages)
    if account == 101:
        assert "admin kepegawaian" in said
        assert "admin kepegawaian" in toast
