import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from tests.sandbox.client import World
from tests.sandbox.conftest import MADE, SARI


class Hook:
    """Be a bot that receives by webhook; `refuse` decides which answers fail."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.secrets: set[str | None] = set()
        self.failing: dict[str, int] = {}
        self.slow: dict[str, float] = {}
        self.answer: dict[str, object] | None = None
        self.headers: dict[str, str] = {}

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        text = update["message"]["text"]
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.got.append(text)
        await asyncio.sleep(self.slow.get(text, 0))
        if self.failing.get(text, 0):
            self.failing[text] -= 1
            return web.Response(status=500, headers=self.headers)
        return web.json_response(self.answer) if self.answer else web.Response()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    bot = Hook()
    app = web.Application()
    app.router.add_post("/terima", bot.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert runner.addresses
    bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}/terima"
    yield bot
    await runner.cleanup()


async def until(true, within=8):
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "it never became true"
        await asyncio.sleep(0.02)


async def test_a_webhook_gets_one_chat_in_order_and_chats_side_by_side(world, hook):
    hook.slow["satu"] = 0.5
    await world.api("setWebhook", url=hook.url, secret_token="rahasia_1")
    for text in ("satu", "dua"):
        await world.say(SARI, text)
    await world.say(MADE, "lain")
    await until(lambda: len(hook.got) == 3)

    assert hook.got == ["satu", "lain", "dua"]
    assert hook.secrets == {"rahasia_1"}
    await world.settled()


async def test_a_webhook_that_fails_is_tried_again_and_holds_up_its_chat_alone(world, hook):
    hook.failing["satu"] = 1
    await world.api("setWebhook", url=hook.url)
    await world.say(SARI, "satu")
    await world.say(SARI, "dua")
    await world.say(MADE, "lain")
    await until(lambda: "lain" in hook.got)
    told = (await world.api("getWebhookInfo"))["result"]
    assert told["pending_update_count"] == 2
    await until(lambda: len(hook.got) == 4)

    assert hook.got == ["satu", "lain", "satu", "dua"]
    assert told["last_error_message"] == "Wrong response from the webhook: 500"


async def test_a_webhooks_answer_is_carried_out(world, hook):
    hook.answer = {"method": "sendMessage", "chat_id": SARI, "text": "dari jawaban"}
    await world.api("setWebhook", url=hook.url)
    await world.say(SARI, "halo")

    assert (await world.answers(SARI))[0].text == "dari jawaban"


async def test_polling_is_refused_while_a_webhook_stands(world, hook):
    await world.api("setWebhook", url=hook.url)
    answer = await world.api("getUpdates")
    assert answer["error_code"] == 409

    await world.api("deleteWebhook")
    assert (await world.api("getUpdates"))["ok"]
    assert (await world.api("setWebhook", url="gopher://x"))["error_code"] == 400


@pytest.fixture
async def strict() -> AsyncIterator[World]:
    async with World() as running:
        for person in range(1, 41):
            await running.add_person(person, f"Orang {person}", started=True)
        yield running


async def send(world, chat):
    return await world.api("sendMessage", chat_id=chat, text="x")


async def test_too_much_at_once_is_refused_with_the_seconds_to_wait(strict):
    to_one = [await send(strict, 1) for _ in range(5)]
    assert [one["ok"] for one in to_one] == [True] * 4 + [False]
    assert to_one[-1]["error_code"] == 429
    wait = to_one[-1]["parameters"]["retry_after"]
    assert to_one[-1]["description"] == f"Too Many Requests: retry after {wait}"
    to_many = [await send(strict, person) for person in range(2, 41)]
    assert sum(one["ok"] for one in to_many) <= 30
    await asyncio.sleep(wait)
    assert (await send(strict, 1))["ok"]


async def test_a_group_takes_twenty_messages_a_minute(strict):
    await strict.add_group(-9, "Grup", [1, 2])
    answers = [await send(strict, -9) for _ in range(21)]

    assert [one["ok"] for one in answers] == [True] * 20 + [False]
    assert answers[-1]["parameters"]["retry_after"] > 50


@pytest.mark.parametrize(("kind", "code"), [("429", 429), ("500", 500), ("502", 502)])
async def test_trouble_can_be_ordered_for_the_next_calls(world, sari, kind, code):
    await world.faults(kind, count=2, methods=["sendMessage"], seconds=3)

    assert (await world.api("getMe"))["ok"]
    assert [(await send(world, sari)).get("error_code") for _ in range(3)] == [code, code, None]


async def test_a_cut_call_is_not_carried_out_and_a_lost_one_is(world, sari):
    for kind in ("cut", "lost"):
        await world.faults(kind)
        with pytest.raises(aiohttp.ClientError):
            await world.api("sendMessage", chat_id=sari, text=kind)

    assert [one.text for one in await world.messages(sari) if one.from_bot] == ["lost"]


async def test_calls_are_remembered_with_what_they_were_answered(world, sari):
    await send(world, sari)
    await send(world, 77)
    calls = await world.calls("sendmessage")

    assert [(one["parameters"]["chat_id"], one["ok"], one["error_code"]) for one in calls] == [
        (sari, True, None),
        (77, False, 400),
    ]
    assert abs(calls[0]["at"] - time.time()) < 10
