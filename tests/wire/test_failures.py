"""What people meet when something fails: a kind answer, and nothing half done."""

import datetime as dt
import json

import pytest
from telegram.ext import CallbackQueryHandler

from bot.context import reads
from bot.refusal import Refusal
from db import arrivals
from db.models.messages import Answer, Arrival
from db.models.people import Employee
from db.states import ArrivalState
from tests.factories import a_team
from tests.wire.commands import QUICK, adding, on, rows, said, units

SARI = 101


@pytest.fixture
async def team(agora):
    agora.worker.lanes.pace = QUICK
    return await a_team(agora.database, members=2)


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
    assert aside.error == "ZeroDivisionError"
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


@pytest.mark.parametrize(
    ("way", "labels"),
    [("menu", ["Menu"]), ("help", ["Bantuan"]), ("history", ["Riwayat"]), ("skp", ["SKP saya"])],
)
async def test_a_refusal_carries_a_way_on_that_works(agora, team, way, labels):
    async def refuse(update, context) -> None:
        raise Refusal("Please choose.", way=way)

    on(agora, "refuse", refuse)
    chat = agora.chat(SARI)
    await chat.say("/refuse")

    assert chat.last.labels == labels
    assert await chat.tap(labels[0]) != "Please choose."


async def test_a_refusal_leads_to_the_menu_by_itself(agora):
    async def refuse(update, context) -> None:
        raise Refusal("Please choose.")

    on(agora, "refuse", refuse)
    chat = agora.chat(7)
    await chat.say("/refuse")

    assert chat.last.labels == ["Menu"]


async def test_a_refused_tap_is_answered_over_the_chat(agora, team):
    chat = agora.chat(SARI)
    await chat.say("/menu")

    assert await chat.press("remind-at:prompt:99", chat.last) == "Tombol ini sudah tidak berlaku."


async def test_what_only_looks_and_yet_changes_something_is_found_out(agora, team):
    chat = agora.chat(SARI)

    @reads
    async def change(update, context) -> None:
        context.employee.language = "en"
        context.reply("changed")

    on(agora, "change", change)

    assert "Mohon maaf" in await chat.say("/change")


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
