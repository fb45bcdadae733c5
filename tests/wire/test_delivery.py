"""What becomes of answers when Telegram is slow, away, or does not take them."""

import asyncio
import datetime as dt

import pytest
from markupsafe import Markup
from sqlmodel import select
from telegram.ext import CommandHandler

from bot.wire.papers import DRAWERS, Paper
from db import arrivals
from db.models.messages import Answer
from db.models.people import Employee
from db.states import AnswerState
from tests.factories import a_team

SARI = 101
KEYBOARD = {"inline_keyboard": [[{"text": "Menu", "callback_data": "menu"}]]}


@pytest.fixture
async def team(agora):
    return await a_team(agora.database, members=1)


@pytest.fixture
def answer(agora, team):
    """Give a way to put an answer into the database."""

    async def put(method: str = "sendMessage", **params) -> arrivals.Outgoing:
        async with agora.database.writing() as session:
            number = agora.update_id()
            incoming = [arrivals.Incoming(number, SARI, "{}")]
            (arrival,) = await arrivals.keep(session, incoming, now=agora.now)
            await arrivals.mark_done(session, [arrival.id], now=agora.now)
            made = arrivals.Outgoing(
                arrival_id=arrival.id,
                chat_id=SARI,
                method=method,
                params=params or {"text": "halo"},
                created_at=agora.now,
            )
            (kept,) = await arrivals.add_answers(session, [made])
        return kept

    return put


async def sent(agora, *answers: arrivals.Outgoing) -> list[tuple[AnswerState, int | None]]:
    """Send answers and tell what became of them."""
    await agora.delivery.send(answers)
    await agora.delivery.settle()
    async with agora.database.reading() as session:
        rows = await session.exec(
            select(Answer).where(Answer.id.in_([one.id for one in answers])).order_by(Answer.id)
        )
        return [(one.state, one.message_id) for one in rows]


async def test_what_is_sent_is_noted_with_its_message(agora, answer):
    first, second = await answer(), await answer(text="<b>dua</b>", reply_markup=KEYBOARD)
    chat = agora.chat(SARI)
    fates = await sent(agora, first, second)

    assert fates == [(AnswerState.SENT, message.id) for message in chat.messages]
    assert [message.html for message in chat.messages] == ["halo", "<b>dua</b>"]
    assert chat.last.labels == ["Menu"]


async def test_a_limit_is_waited_out(agora, answer):
    agora.edge.troubles.append("429 Too Many Requests: retry after 1")
    began = asyncio.get_running_loop().time()
    fates = await sent(agora, await answer())

    assert asyncio.get_running_loop().time() - began >= 1
    assert fates == [(AnswerState.SENT, agora.chat(SARI).last.id)]


@pytest.mark.parametrize(
    "trouble",
    ["500 Internal Server Error", "502 Bad Gateway", "429 Too Many Requests", "401 Unauthorized"],
)
async def test_a_telegram_in_trouble_is_asked_again(agora, answer, trouble):
    agora.edge.troubles.extend([trouble, trouble])
    fates = await sent(agora, await answer())

    assert [state for state, _ in fates] == [AnswerState.SENT]
    assert len(agora.chat(SARI).messages) == 1


async def test_what_fails_again_and_again_while_others_get_through_is_given_up(agora, answer):
    agora.delivery.longest_pause = 0.001
    stubborn = await answer(text="never")
    agora.edge.refused.add("never")
    sending = asyncio.create_task(agora.delivery.send([stubborn]))
    await asyncio.sleep(0.1)
    assert not sending.done()

    through = await sent(agora, await answer(text="through"))
    async with asyncio.timeout(5):
        await sending

    assert [state for state, _ in through] == [AnswerState.SENT]
    assert await sent(agora, stubborn) == [(AnswerState.DROPPED, None)]


async def test_who_has_blocked_the_bot_is_marked_as_out_of_reach(agora, team, answer):
    agora.edge.blocked.add(SARI)
    fates = await sent(agora, await answer())

    assert fates == [(AnswerState.DROPPED, None)]
    async with agora.database.reading() as session:
        assert (await session.get(Employee, team[1][0])).unreachable_since == agora.now


async def test_an_unchanged_message_is_well(agora, answer):
    await sent(agora, await answer(text="halo"))
    number = agora.chat(SARI).last.id
    fates = await sent(agora, await answer("editMessageText", message_id=number, text="halo"))

    assert fates == [(AnswerState.SENT, number)]


@pytest.mark.parametrize("method", [("editMessageText", "text"), ("editMessageCaption", "caption")])
@pytest.mark.parametrize("keyboard", [KEYBOARD, {"inline_keyboard": []}])
async def test_the_change_of_a_vanished_message_is_answered_anew(agora, answer, method, keyboard):
    name, words = method
    change = {"message_id": 999, words: "<i>baru</i>", "reply_markup": keyboard}
    agora.edge.troubles.extend(
        ["400 Bad Request: message to edit not found", "429 Too Many Requests: retry after 1"]
    )
    fates = await sent(agora, await answer(name, **change))
    message = agora.chat(SARI).last

    assert fates == [(AnswerState.SENT, message.id)]
    assert message.html == "<i>baru</i>"
    assert message.labels == (["Menu"] if keyboard is KEYBOARD else [])


@pytest.mark.parametrize(
    "reason",
    [
        "message can't be edited",
        "MESSAGE_ID_INVALID",
        "there is no text in the message to edit",
        "there is no caption in the message to edit",
    ],
)
async def test_whatever_cannot_be_changed_is_answered_anew(agora, answer, reason):
    agora.edge.troubles.append(f"400 Bad Request: {reason}")
    await sent(agora, await answer("editMessageText", message_id=999, text="baru"))

    assert agora.chat(SARI).last.text == "baru"


@pytest.mark.parametrize(("seconds", "arrives"), [(0, True), (119, True), (121, False)])
async def test_a_tap_is_answered_for_two_minutes(agora, answer, seconds, arrives):
    tap = await answer("answerCallbackQuery", callback_query_id="7", text="baik")
    agora.now += dt.timedelta(seconds=seconds)
    fates = await sent(agora, tap)

    assert agora.edge.toasts == ([("7", "baik")] if arrives else [])
    assert fates == [(AnswerState.SENT if arrives else AnswerState.DROPPED, None)]


@pytest.mark.parametrize(("seconds", "arrives"), [(0, True), (29, True), (31, False)])
async def test_words_behind_the_name_are_answered_for_half_a_minute(
    agora, answer, seconds, arrives
):
    offer = await answer("answerInlineQuery", inline_query_id="7", results=[])
    agora.now += dt.timedelta(seconds=seconds)
    fates = await sent(agora, offer)

    assert agora.edge.offers == ({"7": []} if arrives else {})
    assert fates == [(AnswerState.SENT if arrives else AnswerState.DROPPED, None)]


async def test_a_tap_that_grows_old_while_telegram_is_away_is_dropped(agora, answer):
    tap, message = await answer("answerCallbackQuery", callback_query_id="7"), await answer()
    agora.edge.away = True
    sending = asyncio.create_task(sent(agora, tap, message))
    await asyncio.sleep(0.1)
    agora.now += dt.timedelta(minutes=3)
    agora.edge.away = False
    fates = await sending

    assert [state for state, _ in fates] == [AnswerState.DROPPED, AnswerState.SENT]


async def test_what_telegram_does_not_take_is_dropped_and_the_next_arrives(agora, answer):
    fates = await sent(agora, await answer(text="<b>"), await answer(text="ok"))

    assert [state for state, _ in fates] == [AnswerState.DROPPED, AnswerState.SENT]
    assert [message.text for message in agora.chat(SARI).messages] == ["ok"]


@pytest.fixture
def drawers(monkeypatch):
    """Let the bot draw two papers, and fail at a third."""

    def fail(data):
        raise ZeroDivisionError

    papers = {
        "chart": lambda data: Paper("chart.png", data["title"].encode(), picture=True),
        "form": lambda data: Paper("form.pdf", data["title"].encode()),
        "odd": fail,
    }
    for kind, draw in papers.items():
        monkeypatch.setitem(DRAWERS, kind, draw)


@pytest.mark.parametrize(("kind", "shape"), [("chart", "photo"), ("form", "document")])
async def test_a_paper_is_drawn_when_it_is_sent(agora, answer, drawers, kind, shape):
    paper = {"kind": kind, "data": {"title": "isi"}}
    fates = await sent(
        agora, await answer("paper", paper=paper, caption="<b>Grafik</b>", reply_markup=KEYBOARD)
    )
    message = agora.chat(SARI).last

    assert fates == [(AnswerState.SENT, message.id)]
    assert (message.kind, message.content, message.text) == (shape, b"isi", "Grafik")
    assert message.labels == ["Menu"]


@pytest.mark.parametrize("kind", ["odd", "unknown"])
async def test_a_paper_that_cannot_be_drawn_arrives_as_its_words(agora, answer, drawers, kind):
    paper = {"kind": kind, "data": {}}
    fates = await sent(
        agora,
        await answer("paper", paper=paper, caption="<b>9 dari 12</b>", reply_markup=KEYBOARD),
        await answer("paper", paper=paper, caption=""),
        await answer(),
    )
    first, last = agora.chat(SARI).messages

    assert [state for state, _ in fates] == [
        AnswerState.SENT,
        AnswerState.DROPPED,
        AnswerState.SENT,
    ]
    assert (first.text, first.labels, last.text) == ("9 dari 12", ["Menu"], "halo")


async def redrawn(agora, answer, kind: str, message_id: int) -> list[AnswerState]:
    """Put another picture into a message; tell what became of that."""
    more = {"message_id": message_id, "caption": "<b>Bulan</b>", "reply_markup": KEYBOARD}
    paper = {"kind": kind, "data": {"title": "bulan"}}
    fates = await sent(agora, await answer("redraw", paper=paper, **more))
    return [state for state, _ in fates]


async def test_another_picture_comes_into_the_same_message(agora, answer, drawers):
    paper = {"kind": "chart", "data": {"title": "hari"}}
    await sent(agora, await answer("paper", paper=paper, caption="Hari"))
    message = agora.chat(SARI).last

    assert await redrawn(agora, answer, "chart", message.id) == [AnswerState.SENT]
    assert (message.content, message.text, message.labels) == (b"bulan", "Bulan", ["Menu"])
    assert await redrawn(agora, answer, "chart", message.id) == [AnswerState.SENT]
    assert len(agora.chat(SARI).messages) == 1


async def test_a_picture_that_cannot_be_drawn_leaves_the_old_one_with_new_words(
    agora, answer, drawers
):
    paper = {"kind": "chart", "data": {"title": "hari"}}
    await sent(agora, await answer("paper", paper=paper, caption="Hari"))
    message = agora.chat(SARI).last

    assert await redrawn(agora, answer, "odd", message.id) == [AnswerState.SENT]
    assert (message.content, message.text) == (b"hari", "Bulan")


async def test_a_picture_for_a_message_that_is_gone_is_sent_anew(agora, answer, drawers):
    assert await redrawn(agora, answer, "chart", 999) == [AnswerState.SENT]
    last = agora.chat(SARI).last
    assert (last.kind, last.content, last.text) == ("photo", b"bulan", "Bulan")


async def test_an_answer_of_a_kind_that_is_unknown_does_not_block_the_chat(agora, answer):
    fates = await sent(agora, await answer("sendPigeon", text="x"), await answer())

    assert [state for state, _ in fates] == [AnswerState.DROPPED, AnswerState.SENT]


async def test_notes_are_written_in_the_background_many_at_a_time(agora, answer):
    settling = asyncio.create_task(agora.delivery.settle_forever())
    answers = [await answer(text=str(number)) for number in range(5)]
    await agora.delivery.send(answers)
    async with asyncio.timeout(5):
        while await unsent(agora):  # noqa: ASYNC110  # The database tells nobody.
            await asyncio.sleep(0.01)
    settling.cancel()
    await asyncio.gather(settling, return_exceptions=True)


async def unsent(agora) -> list[Answer]:
    async with agora.database.reading() as session:
        return await arrivals.unsent(session, SARI)


@pytest.mark.parametrize(
    "text", ["😀" * 3000, "<b>" + "panjang " * 900 + "</b>", "&lt;" * 5000, "<i>x</i>" * 5000]
)
async def test_a_reply_that_is_too_long_is_shortened_before_it_is_kept(agora, team, text):
    async def long(update, context) -> None:
        context.reply(Markup(text), KEYBOARD)
        context.toast("x" * 500)

    agora.application.handlers[0].insert(0, CommandHandler("long", long))
    chat = agora.chat(SARI)
    await chat.say("/long")

    assert chat.messages[0].text.endswith("…")
    assert len(chat.messages[0].text.encode("utf-16-le")) // 2 <= 4096
    assert chat.messages[0].labels == ["Menu"]
