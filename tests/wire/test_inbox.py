import json

import pytest
from sqlmodel import select

from bot.wire.inbox import Inbox, chat_of, written
from db.models.messages import Arrival
from db.states import ArrivalState

CHAT = {"id": 5, "type": "private"}
SENDER = {"id": 7, "is_bot": False, "first_name": "A"}


@pytest.mark.parametrize(
    ("content", "chat"),
    [
        ({"message": {"chat": CHAT, "from": SENDER}}, 5),
        ({"edited_message": {"chat": CHAT, "from": SENDER}}, 5),
        ({"callback_query": {"from": SENDER, "message": {"chat": CHAT}}}, 5),
        ({"callback_query": {"from": SENDER, "inline_message_id": "x"}}, 7),
        ({"my_chat_member": {"chat": CHAT, "from": SENDER}}, 5),
        ({"inline_query": {"from": SENDER}}, 7),
        ({"poll": {"id": "1"}}, 0),
        ({}, 0),
    ],
)
def test_an_update_belongs_to_its_chat(content, chat):
    assert chat_of({"update_id": 1, **content}) == chat


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a 😀 é <b>", "a 😀 é <b>"),
        ("a\x00b", "ab"),
        ("\x00\x00", ""),
        ("\\u0000", "\\u0000"),
        ("\\\x00", "\\"),
        ("\ud83d", "?"),
        ("\u202eabc", "\u202eabc"),
    ],
)
def test_a_text_is_kept_as_far_as_a_database_can_keep_it(text, kept):
    assert json.loads(written({"text": text})) == {"text": kept}


async def kept(database) -> list[Arrival]:
    async with database.reading() as session:
        return list(await session.exec(select(Arrival).order_by(Arrival.id)))


async def test_updates_are_rows_before_they_are_handed_on(agora):
    handed = []
    inbox = Inbox(agora.database, agora.clock, handed.extend)
    message = {"chat": CHAT, "from": SENDER, "text": "halo"}
    await inbox.take([{"update_id": 10, "message": message}, {"update_id": 11, "poll": {}}])
    first, second = await kept(agora.database)

    assert json.loads(first.payload) == {"update_id": 10, "message": message}
    assert (first.chat_id, first.state, first.received_at) == (5, ArrivalState.NEW, agora.now)
    assert second.update_id == 11
    assert [arrival.id for arrival in handed] == [first.id, second.id]


async def test_what_was_here_before_is_not_handed_on_again(agora):
    handed = []
    inbox = Inbox(agora.database, agora.clock, handed.extend)
    first, second = ({"update_id": number, "message": {"chat": CHAT}} for number in (1, 2))
    await inbox.take([first])
    await inbox.take([first, second, second])
    await inbox.take([])

    assert [arrival.update_id for arrival in handed] == [1, 2]
    assert len(await kept(agora.database)) == 2


async def test_a_large_batch_keeps_its_order(agora):
    handed = []
    inbox = Inbox(agora.database, agora.clock, handed.extend)
    await inbox.take([{"update_id": n, "message": {"chat": CHAT}} for n in range(1, 101)])

    assert [arrival.update_id for arrival in handed] == list(range(1, 101))
    assert [arrival.id for arrival in handed] == sorted(arrival.id for arrival in handed)


async def test_chats_and_updates_may_have_large_numbers(agora):
    inbox = Inbox(agora.database, agora.clock, lambda _: None)
    await inbox.take([{"update_id": 2**40, "message": {"chat": {"id": -(10**12 + 5 * 10**11)}}}])

    assert (await kept(agora.database))[0].chat_id == -1_500_000_000_000
