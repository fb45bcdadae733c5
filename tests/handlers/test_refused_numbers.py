"""A number that cannot be taken is said to be so."""

import pytest
from sqlmodel import select

from db.models.entries import Entry
from tests.factories import a_team


@pytest.mark.parametrize("number", ["999999999999999999", "-5", "0", "1000000"])
async def test_a_number_that_is_not_taken_is_said_to_be_so(agora, number):
    await a_team(agora.database)
    chat = agora.chat(101)
    said = await chat.say(f"dampingi {number} balita berisiko stunting")

    async with agora.database.reading() as session:
        entry = (await session.exec(select(Entry))).one()
    assert entry.quantity is None
    assert "Angkanya tidak diambil. Tulis berapa balita lewat [Ubah]." in said
    assert "dihitung dalam" not in said
    assert "Ubah" in chat.last.labels
