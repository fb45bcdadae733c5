"""Messages that tell of several activities, and what is kept of them."""

from sqlmodel import select

from bot.skp.entries import EntryState
from db.models.entries import Entry

SARI = 101
FIRST = "dampingi 6 balita berisiko stunting"
SECOND = "susun 1 laporan bulanan gizi"
THIRD = "timbang 20 balita di posyandu"
TWO = f"{FIRST}\n{SECOND}"


async def told(agora, chat, text: str = TWO) -> int:
    """Tell of something; give the message's number."""
    frame = chat.frame(text=text)
    await agora.take({"update_id": agora.update_id(), "message": frame})
    return frame["message_id"]


async def rows(agora, model=Entry) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(model).order_by(model.id)))


async def kept(agora) -> list[tuple[str, int | None]]:
    """Give the words and the amount of every entry that counts, in the order of the words."""
    found = sorted(await rows(agora), key=lambda one: (one.part, one.id))
    return [(one.text, one.quantity) for one in found if one.state is EntryState.KEPT]
