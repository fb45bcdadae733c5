import datetime as dt

import pytest
from sqlmodel import select

from bot.actions.late_corrections import CORRECTED
from db.models.entries import Entry
from db.models.messages import AuditRecord
from tests.factories import a_team
from tests.handlers.readers import reads

LATER = dt.datetime(2026, 12, 2, 2, 0, tzinfo=dt.UTC)
REASON = "Angka di buku register ternyata tujuh"


@pytest.fixture
async def chat(agora):
    """Give a person whose entry can no longer be changed."""
    await a_team(agora.database)
    chat = agora.chat(101)
    await chat.say("dampingi 6 balita berisiko stunting")
    agora.now = LATER
    await chat.say("/riwayat")
    await chat.tap("1")
    return chat


async def the_entry(agora) -> Entry:
    async with agora.database.reading() as session:
        return (await session.exec(select(Entry).order_by(Entry.id))).first()


async def kept(agora) -> list[AuditRecord]:
    async with agora.database.reading() as session:
        query = select(AuditRecord).where(AuditRecord.action == CORRECTED)
        return list(await session.exec(query.order_by(AuditRecord.id)))


@pytest.mark.parametrize(
    ("taps", "value", "changed"),
    [
        (("Jumlah", "jumlah yang benar"), "7", ({"quantity": "6"}, {"quantity": "7"})),
        (("Hari", "Hari apa"), "20 nov", ({"day": "2026-11-24"}, {"day": "2026-11-20"})),
        (("RHK", "nomor berapa"), "1", ({"result": 5}, {"result": 4})),
        (("RHK", "nomor berapa"), "tugas tambahan",
         ({"result": 5, "additional": False}, {"result": None, "additional": True})),
    ],
)  # fmt: skip
async def test_a_closed_entry_is_corrected_with_a_reason_that_stays(
    agora, chat, taps, value, changed
):
    field, question = taps
    assert "tersimpan di catatan" in await chat.tap("Perbaiki")
    assert "Mengapa" in await chat.tap(field)
    assert question in await chat.say(REASON)
    said = await chat.say(value)

    (record,) = await kept(agora)
    entry = await the_entry(agora)
    assert (record.actor_id, record.subject_id) == (entry.employee_id, entry.employee_id)
    assert record.details["reason"] == REASON
    assert (record.details["before"], record.details["after"]) == changed
    assert f"Diperbaiki Rabu, 2 Des 2026: {REASON}" in said
    assert chat.last.labels == ["Perbaiki", "Kembali"]


async def test_a_sentence_is_corrected_and_understood_anew(agora, chat):
    await chat.tap("Perbaiki")
    await chat.tap("Kalimat")
    await chat.say(REASON)
    await chat.say("dampingi 7 balita berisiko stunting")

    assert (await the_entry(agora)).quantity == 7
    assert (await kept(agora))[0].details["after"]["text"] == "dampingi 7 balita berisiko stunting"


async def test_without_a_reason_or_a_readable_value_nothing_changes(agora, chat):
    await chat.tap("Perbaiki")
    await chat.tap("Jumlah")
    assert "beberapa kata" in await chat.say("x")
    await chat.say(REASON)
    assert "belum terbaca" in await chat.say("entah berapa")
    await chat.say("/batal")

    assert (await the_entry(agora)).quantity == 6
    assert await kept(agora) == []


async def test_a_day_that_lies_ahead_is_refused_and_another_may_follow(agora, chat):
    await chat.tap("Perbaiki")
    await chat.tap("Hari")
    await chat.say(REASON)
    await chat.say("24 nov 2020")
    assert await kept(agora) == []
    assert "20 Nov" in await chat.say("20 nov")


async def test_going_back_leaves_the_correction(agora, chat):
    await chat.tap("Perbaiki")
    await chat.tap("Jumlah")
    assert "dampingi 6 balita" in await chat.tap("Kembali")
    await chat.say("dampingi 2 balita berisiko stunting")

    assert (await the_entry(agora)).quantity == 6
    assert await kept(agora) == []


async def test_an_old_button_and_an_unknown_field_correct_nothing(agora, chat):
    entry = await the_entry(agora)
    for key in (f"late:{entry.id}:9:1", f"late-field:{entry.id}:1:1:7", "late:77:1:1"):
        assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."


async def test_nobody_else_corrects_it(agora, chat):
    entry = await the_entry(agora)
    other = agora.chat(102)
    await other.say("/menu")
    for key in (f"late:{entry.id}:1:1", f"late-field:{entry.id}:1:1:0", f"late-back:{entry.id}:1"):
        assert await other.press(key, other.last) == "Tombol ini sudah tidak berlaku."


async def test_the_correction_speaks_english(agora, chat):
    await reads(agora, 101, "en")
    await chat.say("/riwayat")
    assert "A correction needs a reason" in await chat.tap("1")
    assert "I ask for the reason first" in await chat.tap("Correct it")
    assert "Why is it corrected now?" in await chat.tap("RHK")
    assert "0 is an additional task" in await chat.say(REASON)
    assert "You have no RHK with this number" in await chat.say("77")
