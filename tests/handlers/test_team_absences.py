import datetime as dt

import pytest
from sqlmodel import select

from bot.actions.calendars import ensure_holidays
from bot.post.postman import Postman
from db.models.entries import Absence
from db.models.messages import AuditRecord
from tests.factories import a_team

LEADER, SARI, OTHER, STRANGER = 100, 101, 102, 900
# The tests begin on Tuesday, 24 Nov 2026, 16.50 WITA.
DAY = dt.date(2026, 11, 24).toordinal()


@pytest.fixture
async def leader(agora):
    await a_team(agora.database, members=2)
    async with agora.database.writing() as session:
        await ensure_holidays(session, 2026, 2027)
    return agora.chat(LEADER)


async def noted(agora) -> list[tuple[int, str, str, str]]:
    async with agora.database.reading() as session:
        return [
            (one.employee_id, one.kind.value, f"{one.first:%d%m}", f"{one.last:%d%m}")
            for one in await session.exec(select(Absence).order_by(Absence.first))
        ]


async def carried(agora) -> None:
    postman = Postman(agora.application.bot, agora.database, agora.clock)
    while await postman.carry():
        pass


async def open_sari(leader) -> None:
    await leader.say("/cuti")
    await leader.tap("Untuk anggota tim")
    await leader.tap("Bu Sari 1")


async def test_a_leader_notes_an_absence_and_the_person_is_told_and_may_take_it_back(agora, leader):
    await open_sari(leader)
    assert leader.last.text.startswith("Cuti dan dinas Sari Contoh 1\nApa jenisnya?")
    for label in ("Dinas luar", "Sampai Jum 27 Nov"):
        await leader.tap(label)
    assert leader.last.text == (
        "Tercatat untuk Sari Contoh 1: dinas luar, Selasa, 24 Nov 2026 sampai Jumat, 27 Nov 2026."
        " Sari Contoh 1 langsung diberi tahu."
    )
    await carried(agora)
    sari = agora.chat(SARI)
    assert sari.last.text.startswith("Drs. Hendra Contoh mencatat untuk Anda: dinas luar, Selasa")
    assert await noted(agora) == [(2, "dinas", "2411", "2711")]
    async with agora.database.reading() as session:
        record = (await session.exec(select(AuditRecord))).one()
    assert (record.action, record.actor_id, record.subject_id) == ("absence.noted", 1, 2)

    await sari.tap("Urungkan")
    assert await noted(agora) == []


async def test_days_may_be_typed_and_taken_back_which_the_person_hears_too(agora, leader):
    await open_sari(leader)
    await leader.tap("Sakit")
    await leader.tap("Pilih tanggal")
    assert await leader.say("entah") == "Tanggal belum terbaca. Contoh: 24 Nov"
    await leader.say("26 Nov sampai 27 Nov")
    assert await noted(agora) == [(2, "sakit", "2611", "2711")]

    agora.now += dt.timedelta(seconds=5)
    await leader.tap("Urungkan")
    assert await noted(agora) == []
    await carried(agora)
    told = [message.text for message in agora.chat(SARI).messages]
    assert told[-1] == (
        "Drs. Hendra Contoh mengurungkan: sakit, Kamis, 26 Nov 2026 sampai Jumat, 27 Nov 2026."
    )


async def test_what_is_noted_already_can_be_taken_back_by_the_leader(agora, leader):
    await agora.chat(SARI).say("cuti sampai jumat")
    await open_sari(leader)
    assert "• cuti: Selasa, 24 Nov 2026 sampai Jumat, 27 Nov 2026" in leader.last.text
    await leader.tap("Urungkan Sel 24 Nov")

    assert await noted(agora) == []
    await leader.tap("Cuti dan dinas")
    assert leader.last.text.startswith("Cuti dan dinas Sari Contoh 1\nApa jenisnya?")


async def test_whoever_leads_nobody_has_no_such_button(agora, leader):
    await agora.chat(SARI).say("/cuti")

    assert "Untuk anggota tim" not in agora.chat(SARI).last.labels


@pytest.mark.parametrize(
    "key",
    [
        "team-away:-1",
        "team-away:9",
        "team-away-for:99",
        f"team-away-kind:2:9:{DAY}",
        f"team-away-days:99:0:{DAY}:{DAY}",
        f"team-away-days:2:0:{DAY}",
        "team-away-other:99:0",
        "team-away-undo:99:1",
    ],
)
async def test_a_key_that_makes_no_sense_changes_nothing(agora, leader, key):
    await leader.say("/cuti")

    assert await leader.press(key, leader.last)
    assert await noted(agora) == []


async def test_a_large_team_is_listed_page_by_page(agora):
    await a_team(agora.database, members=10)
    leader = agora.chat(LEADER)
    await leader.say("/cuti")
    await leader.tap("Untuk anggota tim")
    assert len(leader.last.labels) == 10
    await leader.tap("Berikutnya")

    assert leader.last.labels == ["Bu Sari 8", "Bu Sari 9", "Sebelumnya", "Kembali"]
    await leader.tap("Kembali")
    assert leader.last.labels[-1] == "Untuk anggota tim"
