import asyncio
import time

import pytest

from tests.sandbox.conftest import MADE, SARI


async def texts(world, **asked):
    answer = await world.api("getUpdates", **asked)
    return [one["message"]["text"] for one in answer["result"]]


async def test_an_update_comes_again_until_its_offset_is_acknowledged(world):
    first = await world.say(SARI, "satu")
    await world.say(SARI, "dua")

    assert await texts(world) == ["satu", "dua"]
    assert await texts(world) == ["satu", "dua"]
    assert await texts(world, offset=first["update_id"] + 1) == ["dua"]
    assert await texts(world) == ["dua"]


async def test_a_negative_offset_forgets_all_but_the_last(world):
    for text in ("satu", "dua", "tiga"):
        await world.say(SARI, text)

    assert await texts(world, offset=-1) == ["tiga"]
    assert await texts(world) == ["tiga"]


async def test_a_long_poll_answers_as_soon_as_something_is_said(world):
    poll = asyncio.ensure_future(world.api("getUpdates", timeout=20))
    await asyncio.sleep(0.1)
    began = time.monotonic()
    await world.say(SARI, "halo")

    assert (await poll)["result"][0]["message"]["text"] == "halo"
    assert time.monotonic() - began < 2


async def test_a_long_poll_ends_empty_when_its_time_is_over(world):
    assert (await world.api("getUpdates", timeout=1)) == {"ok": True, "result": []}


async def test_a_second_poller_ends_the_first_with_a_conflict(world):
    first = asyncio.ensure_future(world.api("getUpdates", timeout=20))
    await asyncio.sleep(0.1)
    second = asyncio.ensure_future(world.api("getUpdates", timeout=20))

    ended = await asyncio.wait_for(first, 6)
    await world.say(SARI, "halo")

    assert (ended["ok"], ended["error_code"]) == (False, 409)
    assert "terminated by other getUpdates request" in ended["description"]
    assert (await second)["result"][0]["message"]["text"] == "halo"


async def test_a_poller_that_hung_up_is_no_rival_and_swallows_nothing(world):
    try:
        async with asyncio.timeout(0.3):
            await world.api("getUpdates", timeout=20)
    except TimeoutError:
        pass
    await asyncio.sleep(0.1)

    await world.say(SARI, "halo")
    assert await texts(world) == ["halo"]


async def test_only_the_kinds_asked_for_are_kept(world, sari):
    await world.api("getUpdates", allowed_updates=["callback_query"])
    sent = await world.say(sari, "tak terdengar")

    assert sent["update_id"] is None
    assert await texts(world) == []


async def test_an_update_can_be_delivered_again_under_the_same_id(world, sari):
    sent = await world.say(sari, "halo")
    after = sent["update_id"] + 1
    await world.api("getUpdates", offset=after)
    await world.redeliver(sent["update_id"])

    again = await world.api("getUpdates", offset=after)
    assert [one["update_id"] for one in again["result"]] == [sent["update_id"]]
    assert (await world.api("getUpdates", offset=after))["result"] == []


async def test_updates_are_forgotten_after_a_day_and_taps_after_150_seconds(world, sari):
    sent = await world.api("sendMessage", chat_id=sari, text="x")
    await world.say(sari, "halo")
    await world.tap(sari, sent["result"]["message_id"], "x")

    assert await world.pending() == 2
    await world.clock(offset=200)
    assert await world.pending() == 1
    await world.clock(offset=90_000)
    assert await world.pending() == 0


async def test_a_group_keeps_its_own_members_and_messages(world):
    await world.add_group(-500, "Seksi Gizi", [SARI, MADE])
    await world.say(-500, "/tim", person=MADE)
    updates = (await world.api("getUpdates"))["result"]

    assert updates[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert updates[1]["message"]["chat"] == {"id": -500, "type": "group", "title": "Seksi Gizi"}
    assert (await world.api("sendMessage", chat_id=-500, text="siap"))["ok"]
    assert [one.text for one in await world.messages(-500)] == ["/tim", "siap"]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("selamat pagi", False),
        ("/tim", True),
        ("/tim@bot_lain", False),
        ("/tim@asisten_coba_bot", True),
        ("halo @asisten_coba_bot", True),
    ],
)
async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(world, text, heard):
    await world.add_group(-500, "Seksi Gizi", [SARI])
    sent = await world.say(-500, text, person=SARI)

    assert (sent["update_id"] is not None) is heard


async def test_a_text_beyond_the_limit_arrives_in_pieces(world):
    sent = await world.say(SARI, "a" * 4095 + "😀" + "b" * 10)

    assert await texts(world) == ["a" * 4095, "😀" + "b" * 10]
    assert [one["message_id"] for one in sent["all"]] == [
        sent["message_id"],
        sent["message_id"] + 1,
    ]


async def test_any_update_can_be_put_in(world):
    number = await world.update({"message": {"odd": True}})

    assert (await world.api("getUpdates"))["result"] == [
        {"update_id": number, "message": {"odd": True}}
    ]
