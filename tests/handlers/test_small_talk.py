"""A greeting is greeted, and a plan is said not to be saved; neither becomes an entry."""

import pytest
from sqlmodel import select

from db.models.entries import Entry
from tests.factories import a_team


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("assalamualaikum", "Waalaikumsalam, Bu Sari 1."),
        ("p", "Halo, Bu Sari 1."),
        ("selamat pagi", "Halo, Bu Sari 1."),
        ("besok ingatkan saya rapat jam 9", "Belum saya simpan, Bu Sari 1: saya belum bisa"),
        ("besok mau rapat", "Belum saya simpan, Bu Sari 1, karena ini masih rencana."),
        ("makasih ya", "Terima kasih, Bu Sari 1."),
    ],
)
async def test_what_is_no_log_is_answered_by_its_kind(agora, said, begins):
    await a_team(agora.database)
    chat = agora.chat(101)

    assert (await chat.say(said)).startswith(begins)
    assert "Simpan sebagai catatan" in chat.last.labels
    async with agora.database.reading() as session:
        assert list(await session.exec(select(Entry))) == []
