import asyncio

from sqlmodel import select

from bot.skp.entries import EvidenceState
from bot.wire.downloads import IDLE_SECONDS
from bot.wire.inbox import Inbox
from db.models.entries import Evidence
from tests.factories import a_team


async def stored(agora) -> bool:
    async with agora.database.reading() as session:
        found = (await session.exec(select(Evidence))).all()
    return bool(found) and all(one.state is EvidenceState.STORED for one in found)


async def test_what_has_just_come_is_stored_long_before_the_next_round(agora):
    def forward(arrivals) -> None:
        agora.worker.forward(arrivals)
        agora.downloads.expect(arrivals)

    await a_team(agora.database)
    agora.inbox = Inbox(agora.database, agora.clock, forward)
    fetching = asyncio.create_task(agora.downloads.run())
    await asyncio.sleep(0.2)  # Nothing is there, so it rests.

    async with asyncio.timeout(IDLE_SECONDS - 0.5):
        await agora.chat(101).photo("dampingi 6 balita berisiko stunting")
        while not await stored(agora):  # noqa: ASYNC110  # Nobody tells when a row changes.
            await asyncio.sleep(0.05)
    fetching.cancel()
