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
