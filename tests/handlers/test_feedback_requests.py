"""A person asks for a word on one of the own entries: once, and it stands first with the leader."""

import datetime as dt

import pytest
from sqlmodel import select

from db.models.entries import Entry
from db.models.messages import Letter
from db.models.people import Acting
from tests.handlers.test_feedback import LEADER, SARI, carried, given, team
from tests.team_rows import TODAY, change, joins, logs, moves

__all__ = ["team"]

DAY = dt.timedelta(days=1)
YUDI = 102


async def asked(agora) -> list[tuple[int, str]]:
    async with agora.database.reading() as session:
        found = await session.exec(select(Letter).where(Letter.kind == "feedback-asked"))
        return sorted((one.employee_id, one.period) for one in found)


async def opened(agora, account: int = SARI, which: str = "1"):
    """Open one of the newest entries of a person."""
    chat = agora.chat(account)
    await chat.say("/riwayat")
    await chat.tap(which, chat.last)
    return chat


async def key_of(agora, text: str) -> int:
    async with agora.database.reading() as session:
        return (await session.exec(select(Entry.id).where(Entry.text == text))).one()


async def test_what_was_asked_for_reaches_the_leader_and_stands_first(agora, team):
    leader_id, _ = team
    sari, leader = await opened(agora, which="2"), agora.chat(LEADER)
    assert "Rapat lintas sektor" in sari.last.text
    assert sari.last.labels == ["Tautkan RHK", "Urungkan", "Ubah", "Minta tanggapan", "Kembali"]
    await sari.tap("Minta tanggapan")
    await carried(agora)

    assert sari.toasts[-1] == "Tanggapan diminta dari Pak Hendra."
    assert "Anda sudah meminta tanggapan atas catatan ini." in sari.last.text
    assert sari.last.labels == ["Tautkan RHK", "Urungkan", "Ubah", "Kembali", "Hapus"]
    assert [one.text.splitlines() for one in leader.messages] == [
        [
            "Bu Sari 1 meminta tanggapan Anda atas sebuah catatan.",
            "Bu Sari 1, Sen 23 Nov: “Rapat lintas sektor”",
        ]
    ]
    assert leader.last.labels == ["Apresiasi", "Beri arahan", "Minta perbaikan"]
    assert len(await asked(agora)) == 1
    assert (await leader.say("/tanggapi")).splitlines() == [
        "3 catatan menunggu tanggapan Anda",
        "Tanggapan Anda diminta:",
        "Bu Sari 1, Sen 23 Nov: “Rapat lintas sektor”",
    ]
    assert (await asked(agora))[0][0] == leader_id


async def test_after_it_come_the_others_and_a_skipped_one_comes_again(agora, team):
    sari, leader = await opened(agora, which="2"), agora.chat(LEADER)
    await sari.tap("Minta tanggapan")
    await leader.say("/tanggapi")
    assert "Rapat lintas sektor" in leader.last.text
    assert "Menyusun laporan" in await leader.tap("Lewati", leader.last)
    assert "Kunjungan" in await leader.tap("Lewati", leader.last)
    await leader.tap("Apresiasi", leader.last)

    assert "Rapat lintas sektor" in leader.last.text
    assert "Tanggapan Anda diminta:" in leader.last.text


async def test_one_tap_in_the_letter_answers_and_words_do_too(agora, team):
    sari, leader = await opened(agora), agora.chat(LEADER)
    await sari.tap("Minta tanggapan")
    await carried(agora)
    letter = leader.last
    await leader.say("Bagus, lanjutkan", reply_to=letter.id)
    assert await given(agora) == [("apresiasi", None, "Bagus, lanjutkan", True)]
    await leader.tap("Apresiasi", letter)
    assert len(await given(agora)) == 2
    await carried(agora)
    assert "memberi apresiasi" in sari.last.text


async def test_an_entry_is_asked_about_once(agora, team):
    sari = await opened(agora)
    shown, key = sari.last, sari.last.key("Minta tanggapan")
    await sari.press(key, shown)

    assert await sari.press(key, shown) == "Tanggapan atas catatan ini sudah Anda minta."
    assert len(await asked(agora)) == 1


async def test_what_is_answered_old_or_of_an_earlier_leader_is_not_asked_about(agora, team):
    _, members = team
    no_more = "Tanggapan atas catatan ini tidak dapat diminta lagi."
    old, fresh = await key_of(agora, "Terlalu lama"), await key_of(agora, "Menyusun laporan")
    sari = await opened(agora, which="3")
    assert "Terlalu lama" in sari.last.text
    assert "Minta tanggapan" not in sari.last.labels
    assert await sari.press(f"entry-ask:{old}:0", sari.last) == no_more
    leader = agora.chat(LEADER)
    await leader.say("/tanggapi")
    await leader.tap("Apresiasi")
    assert await sari.press(f"entry-ask:{fresh}:0", sari.last) == no_more
    other = await joins(agora.database, 60, None)
    await moves(agora.database, members[1], other, on=TODAY + DAY)
    agora.now += DAY
    yudi = await opened(agora, YUDI)
    assert "Minta tanggapan" not in yudi.last.labels
    assert await asked(agora) == []


async def test_a_leader_who_is_not_there_is_not_asked(agora, team):
    leader_id, _ = team
    await change(agora.database, leader_id, unreachable_since=agora.now)
    sari = await opened(agora)

    assert "Minta tanggapan" not in sari.last.labels


async def test_what_is_undone_or_answered_meanwhile_is_not_brought(agora, team):
    sari = await opened(agora)
    await sari.tap("Minta tanggapan")
    await sari.tap("Urungkan", sari.last)
    yudi = await opened(agora, YUDI)
    await yudi.tap("Minta tanggapan")
    leader = agora.chat(LEADER)
    await leader.say("/tanggapi")
    await leader.tap("Apresiasi")
    before = len(leader.messages)
    await carried(agora)

    assert len(leader.messages) == before


async def test_who_stands_in_is_asked_and_sees_it_first(agora, team):
    leader_id, _ = team
    deputy = await joins(agora.database, 70, None)
    async with agora.database.writing() as session:
        session.add(Acting(leader_id=leader_id, employee_id=deputy, since=TODAY - DAY))
    sari = await opened(agora, which="2")
    await sari.tap("Minta tanggapan")
    await carried(agora)

    assert [person for person, _ in await asked(agora)] == sorted([leader_id, deputy])
    chat = agora.chat(170)
    assert "Rapat lintas sektor" in chat.last.text
    assert "Tanggapan Anda diminta:" in await chat.say("/tanggapi")


async def test_deleting_comes_after_undoing_where_a_word_may_be_asked_for(agora, team):
    sari = await opened(agora)
    await sari.tap("Urungkan", sari.last)
    assert sari.last.labels == ["Kembalikan", "Kembali", "Hapus"]
    await sari.tap("Hapus", sari.last)

    assert await sari.tap("Hapus", sari.last) == "Catatan sudah dihapus."


@pytest.mark.parametrize("account", [YUDI, LEADER, 4711])
async def test_nobody_asks_about_somebody_elses_entry(agora, team, account):
    entry = await key_of(agora, "Menyusun laporan")
    chat = agora.chat(account)
    await chat.say("/bantuan")
    await chat.press(f"entry-ask:{entry}:0", chat.last)

    assert await asked(agora) == []


async def test_an_entry_without_words_is_not_asked_about(agora, team):
    _, members = team
    entry = await logs(agora.database, members[0], text="")
    sari = agora.chat(SARI)
    await sari.say("/bantuan")

    toast = await sari.press(f"entry-ask:{entry}:0", sari.last)
    assert toast == "Tanggapan atas catatan ini tidak dapat diminta lagi."
