"""What a leader skips comes after all others."""

from tests.factories import a_team
from tests.team_rows import logs


async def test_what_was_skipped_comes_after_all_others(agora):
    _, members = await a_team(agora.database)
    for text in ("Catatan satu", "Catatan dua", "Catatan tiga"):
        await logs(agora.database, members[0], text=text)
    chat = agora.chat(100)
    assert "Catatan tiga" in await chat.say("/tanggapi")
    assert "Catatan dua" in await chat.tap("Lewati")

    assert "Catatan satu" in await chat.tap("Apresiasi")
    assert "Catatan tiga" in await chat.tap("Apresiasi")


async def test_when_all_were_skipped_their_number_is_said_and_they_are_shown_again(agora):
    _, members = await a_team(agora.database)
    for text in ("Catatan satu", "Catatan dua"):
        await logs(agora.database, members[0], text=text)
    chat = agora.chat(100)
    await chat.say("/tanggapi")
    await chat.tap("Lewati")

    said = "Sudah semua. 2 catatan dilewati dan masih menunggu tanggapan Anda."
    assert await chat.tap("Lewati") == said
    assert chat.last.labels == ["Lihat lagi", "Menu"]
    assert "Catatan dua" in await chat.tap("Lihat lagi")
    await chat.tap("Apresiasi")
    await chat.tap("Apresiasi")
    assert "Tidak ada catatan" in chat.last.text
