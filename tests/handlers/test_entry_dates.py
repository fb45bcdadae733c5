import pytest
from sqlmodel import select

from db.models.entries import Entry
from tests.factories import a_team

LOG = "dampingi 6 balita berisiko stunting"


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(101)


@pytest.mark.parametrize(
    ("said", "date"),
    [("30 desember", "30 desember"), ("31/12/2026", "31/12/2026"), ("tgl 32", "32")],
)
async def test_a_date_that_cannot_be_is_told_beside_the_days_to_choose(agora, chat, said, date):
    answer = await chat.say(f"{LOG} {said}")

    assert f"Tanggal {date} belum tiba atau tidak ada; entri dicatat pada hari di atas." in answer
    assert chat.last.labels == ["Ganti RHK", "Hari", "Ubah", "Urungkan"]
    async with agora.database.reading() as session:
        (entry,) = (await session.exec(select(Entry))).all()
    assert entry.day.isoformat() == "2026-11-24"
    await chat.tap("Hari")
    assert chat.last.labels == ["Kemarin", "Kembali"]
