"""The worker as people meet it: in order, once, and never silent."""

import asyncio
import datetime as dt
import json

import pytest
from sqlmodel import select
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.context import reads
from bot.refusal import Refusal
from bot.wire import lanes
from db import arrivals
from db.models.messages import Answer, Arrival, AuditRecord
from db.models.people import Employee, Unit
from db.states import AnswerState, ArrivalState
from tests.chat import Agora
from tests.factories import a_team

SARI, OTHER = 101, 102


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Try again at once; how long to wait is no matter of these tests."""
    monkeypatch.setattr(lanes, "BACKOFF", 0.001)
    monkeypatch.setattr(lanes, "GRACE_SECONDS", 0.5)


@pytest.fixture
async def team(agora):
    return await a_team(agora.database, members=2)


def on(agora: Agora, command: str, handler) -> None:
    """Let the bot know one more command."""
    agora.application.handlers[0].insert(0, CommandHandler(command, handler))


def adding(*codes: str, then=None):
    """Give a handler that adds units and then does something else."""

    async def handler(update, context) -> None:
        for code in codes:
            context.session.add(Unit(code=code, name="Unit"))
        await context.session.flush()
        context.reply("added")
        if then is not None:
            await then(context)

    return handler


async def rows(agora: Agora, model) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(model)))


async def units(agora: Agora) -> set[str]:
    return {unit.code for unit in await rows(agora, Unit)} - {"GIZI"}


def said(chat, text: str) -> dict:
    entities = {"entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]}
    return {
        "update_id": chat.agora.update_id(),
        "message": chat.frame(text=text, **(entities if text.startswith("/") else {})),
    }


async def until(look) -> None:
    """Look again and again until something is there."""
    async with asyncio.timeout(10):
        while not await look():  # noqa: ASYNC110  # What is awaited tells nobody that it is there.
            await asyncio.sleep(0.01)


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


async def test_more_than_memory_holds_is_still_answered_in_order(agora, team, monkeypatch):
    monkeypatch.setattr(lanes, "HELD", 2)
    monkeypatch.setattr(lanes, "AT_ONCE", 3)
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


async def test_a_handler_that_fails_is_tried_again_and_its_effects_come_once(agora, team):
    chat = agora.chat(SARI)
    tries = []

    async def fail_twice(context) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise ZeroDivisionError

    on(agora, "add", adding("A", then=fail_twice))

    assert await chat.say("/add") == "added"
    assert len(tries) == 3
    assert await units(agora) == {"A"}
    assert len(chat.messages) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "Mohon maaf, sistem belum dapat"), ("en", "Sorry, the system could not")],
)
async def test_a_handler_that_always_fails_is_set_aside_with_an_apology(
    agora, team, language, words
):
    chat = agora.chat(SARI)
    async with agora.database.writing() as session:
        (await session.get(Employee, team[1][0])).language = language
    tries = []

    async def fail(context) -> None:
        tries.append(1)
        raise ZeroDivisionError("secret words of a person")

    on(agora, "add", adding("A", then=fail))
    await agora.inbox.take([said(chat, "/add"), said(chat, "/menu")])
    await agora.settle()
    apology, menu = chat.messages

    assert len(tries) == 4
    assert words in apology.text
    assert "secret" not in apology.text
    assert apology.labels == ["Menu"]
    assert menu.text.startswith("Menu")
    assert await units(agora) == set()
    aside = next(one for one in await rows(agora, Arrival) if one.state is ArrivalState.ASIDE)
    assert f"A{aside.id}." in apology.text
    assert aside.error == "ZeroDivisionError: secret words of a person"
    await agora.restart()
    assert len(chat.messages) == 2


async def test_a_tap_whose_handler_always_fails_is_answered_over_the_chat(agora, team):
    chat = agora.chat(SARI)
    await chat.say("/menu")

    async def fail(update, context) -> None:
        raise ZeroDivisionError

    agora.application.handlers[0].insert(0, CallbackQueryHandler(fail, "^menu"))

    assert "Mohon maaf" in await chat.press("menu", chat.last)


@pytest.mark.parametrize("failure", [Refusal("This button no longer works."), ValueError()])
async def test_what_is_refused_or_fails_leaves_no_effect(agora, team, failure):
    chat = agora.chat(SARI)

    async def refuse(context) -> None:
        raise failure

    on(agora, "add", adding("A", then=refuse))
    await chat.say("/add")

    assert await units(agora) == set()
    assert "added" not in [message.text for message in chat.messages]


async def test_a_refusal_answers_in_the_readers_language_with_its_values_escaped(agora):
    async def refuse(update, context) -> None:
        raise Refusal("You have no work result number {number}.", number="<b>&")

    on(agora, "refuse", refuse)

    assert await agora.chat(7, language="en").say("/refuse") == (
        "You have no work result number <b>&."
    )


async def test_a_refused_tap_is_answered_over_the_chat(agora, team):
    chat = agora.chat(SARI)
    await chat.say("/menu")

    assert await chat.press("prompt-at:99", chat.last) == "Tombol ini sudah tidak berlaku."


async def test_what_only_looks_can_still_leave_a_record(agora, team):
    chat = agora.chat(SARI)

    @reads
    async def look(update, context) -> None:
        context.record(AuditRecord(at=context.now, actor_id=context.employee.id, action="looked"))
        context.reply("seen")

    on(agora, "look", look)

    assert await chat.say("/look") == "seen"
    assert [record.action for record in await rows(agora, AuditRecord)] == ["looked"]


async def test_what_only_looks_and_yet_changes_something_is_found_out(agora, team):
    chat = agora.chat(SARI)

    @reads
    async def change(update, context) -> None:
        context.employee.language = "en"
        context.reply("changed")

    on(agora, "change", change)

    assert "Mohon maaf" in await chat.say("/change")


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


@pytest.mark.parametrize(
    "content",
    [{"message": {}}, {"message": {"chat": {"id": SARI}}}, {"poll": {"id": "1"}}, {}],
)
async def test_what_cannot_be_read_does_not_block_the_chat(agora, team, content):
    await agora.take({"update_id": agora.update_id(), **content})

    assert (await agora.chat(SARI).say("/menu")).startswith("Menu")
    assert ArrivalState.NEW not in {one.state for one in await rows(agora, Arrival)}


async def test_null_characters_and_halves_of_characters_do_no_harm(agora, team):
    chat = agora.chat(SARI)
    await chat.say("/panduan \x00 \ud83d posyandu \\u0000")

    assert len(chat.messages) == 1
    payload = json.loads((await rows(agora, Arrival))[0].payload)
    assert payload["message"]["text"] == "/panduan  ? posyandu \\u0000"


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


async def test_old_arrivals_are_forgotten_and_what_lies_aside_is_kept(agora, team):
    chat = agora.chat(SARI)

    async def fail(context) -> None:
        raise ZeroDivisionError

    on(agora, "add", adding(then=fail))
    await chat.say("/add")
    await chat.say("/menu")
    async with agora.database.writing() as session:
        await arrivals.prune(session, before=agora.now + dt.timedelta(days=1))
    (aside,) = await rows(agora, Arrival)

    assert aside.state is ArrivalState.ASIDE
    assert aside.update_id < 0
    assert len(await rows(agora, Answer)) == 1
