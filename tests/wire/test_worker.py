"""The worker as people meet it: in order, and once."""

import asyncio

import pytest
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.context import reads
from bot.ui.keyboards import Button, inline
from bot.wire.lanes import Pace
from bot.wire.papers import DRAWERS, Paper
from db.models.messages import Answer, Arrival, AuditRecord
from db.models.people import Employee
from db.states import AnswerState
from tests.chat import Agora
from tests.factories import a_team
from tests.wire.commands import QUICK, adding, on, rows, said, units, until

SARI, OTHER = 101, 102


@pytest.fixture
async def team(agora):
    agora.worker.lanes.pace = QUICK
    return await a_team(agora.database, members=2)


async def test_a_chat_is_answered_in_its_order(agora, team):
    chat = agora.chat(SARI)
    for code in "ABCDEFGH":

        async def handler(update, context, code=code) -> None:
            await asyncio.sleep(0.02 if code in "AC" else 0)
            context.reply(code)

        on(agora, f"say{code.lower()}", handler)
    await agora.inbox.take([said(chat, f"/say{code}") for code in "abcdefgh"])
    await agora.settle()

    assert [message.text for message in chat.messages] == list("ABCDEFGH")


async def test_a_chat_does_not_wait_for_another(agora, team):
    slow, quick = agora.chat(SARI), agora.chat(OTHER)
    open_ = asyncio.Event()

    @reads
    async def wait(update, context) -> None:
        await open_.wait()
        context.reply("at last")

    on(agora, "wait", wait)
    await agora.inbox.take([said(slow, "/wait"), said(quick, "/menu")])
    await until(lambda: asyncio.sleep(0, quick.messages))
    assert slow.messages == []

    open_.set()
    await agora.settle()
    assert slow.last.text == "at last"


async def test_more_than_memory_holds_is_still_answered_in_order(agora, team):
    agora.worker.lanes.pace = Pace(held=2, fetched=3)
    chat = agora.chat(SARI)

    async def count(update, context) -> None:
        context.reply(context.args[0])

    on(agora, "count", count)
    updates = []
    for number in range(12):
        update = said(chat, "/count")
        update["message"]["text"] = f"/count {number}"
        updates.append(update)
    await agora.inbox.take(updates[:5])
    await agora.inbox.take(updates[5:])
    await agora.settle()

    assert [message.text for message in chat.messages] == [str(number) for number in range(12)]


async def test_the_same_update_twice_is_one(agora, team):
    chat = agora.chat(SARI)
    on(agora, "add", adding("A"))
    update = said(chat, "/add")
    await agora.take(update)
    await agora.take(update)
    await agora.inbox.take([update, update])
    await agora.settle()

    assert len(chat.messages) == 1
    assert await units(agora) == {"A"}


async def test_two_processes_do_the_same_arrival_once(agora, team, tmp_path):
    chat = agora.chat(SARI)

    async def slowly(context) -> None:
        await asyncio.sleep(0.05)

    other = Agora(agora.database, tmp_path, now=agora.now)
    await other.open()
    for place in (agora, other):
        on(place, "add", adding("A", then=slowly))
    await agora.inbox.take([said(chat, "/add")])
    (arrival,) = await rows(agora, Arrival)
    other.worker.forward([arrival])
    await agora.settle()
    await other.settle()
    await other.close()

    assert await units(agora) == {"A"}
    assert len(chat.messages) + len(other.chat(SARI).messages) == 1
    assert len(await rows(agora, Answer)) == 1


async def test_what_only_looks_can_still_leave_a_record(agora, team):
    chat = agora.chat(SARI)

    @reads
    async def look(update, context) -> None:
        context.record(AuditRecord(at=context.now, actor_id=context.employee.id, action="looked"))
        context.reply("seen")

    on(agora, "look", look)

    assert await chat.say("/look") == "seen"
    assert [record.action for record in await rows(agora, AuditRecord)] == ["looked"]


async def test_a_crash_between_commit_and_sending_leaves_the_answer_to_the_next(agora, team):
    chat = agora.chat(SARI)
    on(agora, "add", adding("A"))
    agora.edge.away = True
    await agora.inbox.take([said(chat, "/add"), said(chat, "/menu")])
    await until(lambda: rows(agora, Answer))
    await agora.worker.stop()
    agora.edge.away = False
    await agora.restart()

    assert await units(agora) == {"A"}
    assert [message.text.split("\n")[0] for message in chat.messages] == ["added", "Menu"]
    assert {one.state for one in await rows(agora, Answer)} == {AnswerState.SENT}
    await agora.restart()
    assert len(chat.messages) == 2


async def test_a_stop_lets_a_transaction_come_to_its_end(agora, team):
    chat = agora.chat(SARI)
    begun = asyncio.Event()

    async def slowly(context) -> None:
        begun.set()
        await asyncio.sleep(0.2)

    on(agora, "add", adding("A", then=slowly))
    await agora.inbox.take([said(chat, "/add"), said(chat, "/menu")])
    await begun.wait()
    await agora.restart()

    assert await units(agora) == {"A"}
    assert [message.text.split("\n")[0] for message in chat.messages] == ["added", "Menu"]


async def test_answers_written_beside_the_worker_are_sent_when_it_is_woken(agora, team):
    chat = agora.chat(SARI)
    await chat.say("/menu")
    (arrival,) = await rows(agora, Arrival)
    async with agora.database.writing() as session:
        params = {"text": "ready"}
        session.add(
            Answer(
                arrival_id=arrival.id,
                chat_id=SARI,
                method="sendMessage",
                params=params,
                created_at=agora.now,
            )
        )
    agora.worker.wake(SARI)
    await agora.settle()

    assert [message.text for message in chat.messages][1:] == ["ready"]


async def test_what_was_sent_but_is_not_yet_noted_is_not_sent_again(agora, team):
    chat = agora.chat(SARI)
    await agora.inbox.take([said(chat, "/menu")])
    await agora.worker.lanes.idle()
    agora.worker.wake(SARI)
    await agora.worker.lanes.idle()

    assert len(chat.messages) == 1


def membership(chat, status: str, **place) -> dict:
    member = {"user": {"id": 1, "is_bot": True, "first_name": "Asisten"}, "until_date": 0}
    return {
        "update_id": chat.agora.update_id(),
        "my_chat_member": {
            "chat": {"id": chat.id, "type": "private", **place},
            "from": chat.user,
            "date": 1,
            "old_chat_member": {**member, "status": "member"},
            "new_chat_member": {**member, "status": status},
        },
    }


async def reachable(agora, key: int) -> bool:
    async with agora.database.reading() as session:
        return (await session.get(Employee, key)).unreachable_since is None


async def test_who_blocks_the_bot_is_out_of_reach_until_heard_of_again(agora, team):
    chat, sari = agora.chat(SARI), team[1][0]
    await agora.take(membership(chat, "kicked"))
    assert not await reachable(agora, sari)

    await agora.take(membership(chat, "member"))
    assert await reachable(agora, sari)

    await agora.take(membership(chat, "kicked"))
    await chat.say("/menu")
    assert await reachable(agora, sari)


async def test_who_takes_the_bot_out_of_a_group_is_still_in_reach(agora, team):
    chat = agora.chat(SARI)
    await agora.take(membership(chat, "kicked", id=-5, type="group", title="Seksi"))

    assert await reachable(agora, team[1][0])


async def test_a_message_whose_words_are_picked_out_reaches_its_handler(agora, team):
    async def pick(update, context) -> None:
        context.reply(context.matches[0][1])

    agora.application.handlers[0].insert(0, MessageHandler(filters.Regex(r"kode (\w+)"), pick))

    assert await agora.chat(SARI).say("ini kode K7Q2") == "K7Q2"


@pytest.mark.parametrize("picture", [True, False])
async def test_the_words_under_a_paper_are_changed_in_place(agora, team, monkeypatch, picture):
    monkeypatch.setitem(DRAWERS, "card", lambda _: Paper("card", b"isi", picture=picture))

    async def show(update, context) -> None:
        context.paper("card", {}, caption="satu", keyboard=inline(Button("Ganti", "swap")))

    async def swap(update, context) -> None:
        context.edit("dua")

    on(agora, "card", show)
    agora.application.handlers[0].insert(0, CallbackQueryHandler(swap, "^swap"))
    chat = agora.chat(SARI)
    await chat.say("/card")

    assert await chat.tap("Ganti") == "dua"
    assert len(chat.messages) == 1
    assert chat.last.labels == []
