from contextlib import asynccontextmanager

import pytest
from sqlalchemy.exc import DBAPIError

from bot.wire.inbox import Inbox
from bot.wire.outages import Outages

TOLD = (
    "Mohon maaf, sistem sedang sibuk. Tulisan Anda tetap tersimpan di Telegram dan akan diproses"
    " otomatis secepatnya; tidak perlu mengirim ulang."
)
GROUP = {"id": -5, "type": "group", "title": "Seksi Gizi"}


@asynccontextmanager
async def away(database):
    """Take the table of what comes in away, and bring it back."""
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE arrival RENAME TO gone")
    try:
        yield
    finally:
        async with database.engine.begin() as connection:
            await connection.exec_driver_sql("ALTER TABLE gone RENAME TO arrival")


def inbox(agora, hitch):
    outages = Outages(agora.application.bot, hitch=hitch)
    return Inbox(agora.database, agora.clock, agora.worker.forward, outages)


def wrote(agora, writer, **more):
    return {"update_id": agora.update_id(), "message": writer.frame(text="rapat") | more}


async def fails(kept, *updates):
    with pytest.raises(DBAPIError):
        await kept.take(updates)


async def test_while_nothing_can_be_kept_a_person_is_told_once(agora):
    kept, chat = inbox(agora, hitch=0), agora.chat(100)
    update = wrote(agora, chat)
    async with away(agora.database):
        await fails(kept, update)
        await fails(kept, update, wrote(agora, chat))

    assert [message.text for message in chat.messages] == [TOLD]


async def test_after_the_outage_the_message_is_answered_and_the_next_outage_is_told_anew(agora):
    kept, chat = inbox(agora, hitch=0), agora.chat(100)
    update = wrote(agora, chat)
    async with away(agora.database):
        await fails(kept, update)
    await kept.take([update])
    await agora.settle()
    async with away(agora.database):
        await fails(kept, wrote(agora, chat))
    first, *answers, last = [message.text for message in chat.messages]

    assert (first, last) == (TOLD, TOLD)
    assert answers
    assert TOLD not in answers


async def test_a_hitch_and_a_group_are_not_spoken_to(agora):
    chat = agora.chat(100)
    async with away(agora.database):
        await fails(inbox(agora, hitch=60), wrote(agora, chat))
        await fails(inbox(agora, hitch=0), wrote(agora, chat, chat=GROUP))

    assert agora.edge.messages == {}


async def test_who_has_blocked_the_bot_holds_nobody_up(agora):
    kept, chat = inbox(agora, hitch=0), agora.chat(100)
    agora.edge.blocked.add(100)
    async with away(agora.database):
        await fails(kept, wrote(agora, chat), wrote(agora, agora.chat(101)))

    assert [message.text for message in agora.chat(101).messages] == [TOLD]
