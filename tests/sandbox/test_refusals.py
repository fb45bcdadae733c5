import pytest
from aiohttp import FormData

from tests.sandbox.conftest import MADE, SARI


def keyboard(*buttons, rows=None):
    return {"inline_keyboard": rows if rows is not None else [list(buttons)]}


def button(text="Simpan", **more):
    return {"text": text, **(more or {"callback_data": "x"})}


@pytest.mark.parametrize(
    ("more", "code", "description"),
    [
        ({"text": ""}, 400, "Bad Request: message text is empty"),
        ({"text": " \n\t "}, 400, "Bad Request: message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, 400, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, 400, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, 400, "Bad Request: message is too long"),
        ({"text": "x", "chat_id": 99}, 400, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": ""}, 400, "Bad Request: chat_id is empty"),
        ({"text": "x", "parse_mode": "Word"}, 400, "Bad Request: unsupported parse_mode"),
        (
            {"text": "x", "chat_id": MADE},
            403,
            "Forbidden: bot can't initiate conversation with a user",
        ),
        (
            {"text": "x", "reply_parameters": {"message_id": 999}},
            400,
            "Bad Request: message to be replied not found",
        ),
        (
            {"text": "x", "reply_markup": keyboard(button(callback_data="x" * 65))},
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": keyboard(button(callback_data="é" * 33))},
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": keyboard(*[button()] * 9)},
            400,
            "Bad Request: reply markup is too long",
        ),
        (
            {"text": "x", "reply_markup": keyboard(rows=[[button()]] * 101)},
            400,
            "Bad Request: reply markup is too long",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a"})},
            400,
            "Bad Request: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": keyboard(button(" "))},
            400,
            "Bad Request: can't parse inline keyboard button: button text must be non-empty",
        ),
        (
            {"text": "x", "reply_markup": keyboard(button(style="blue", callback_data="x"))},
            400,
            "Bad Request: invalid button style specified",
        ),
        (
            {"text": "x", "reply_markup": keyboard(button(copy_text={"text": "x" * 257}))},
            400,
            "Bad Request: BUTTON_COPY_TEXT_INVALID",
        ),
        (
            {"text": "x", "reply_markup": "{"},
            400,
            "Bad Request: can't parse reply markup JSON object",
        ),
    ],
)
async def test_a_message_telegram_refuses_is_refused(world, sari, more, code, description):
    answer = await world.api("sendMessage", **{"chat_id": sari, **more})

    assert answer == {"ok": False, "error_code": code, "description": description}


@pytest.mark.parametrize(
    "text", ["x" * 4096, "😀" * 2048, f"<b>{'x' * 4096}</b>", "&lt;" * 4096, "  halo  "]
)
async def test_the_limit_counts_what_is_read_and_not_the_markup(world, sari, text):
    assert (await world.api("sendMessage", chat_id=sari, text=text, parse_mode="HTML"))["ok"]


async def test_the_most_buttons_telegram_takes_are_taken(world, sari):
    full = keyboard(rows=[[button(callback_data="x" * 64)] * 8] * 12)

    assert (await world.api("sendMessage", chat_id=sari, text="x", reply_markup=full))["ok"]


async def test_a_bot_that_is_blocked_is_told_so_and_told_of_the_block(world, sari):
    await world.block(sari)
    answer = await world.api("sendMessage", chat_id=sari, text="x")
    updates = (await world.api("getUpdates"))["result"]

    assert answer["error_code"] == 403
    assert answer["description"] == "Forbidden: bot was blocked by the user"
    assert updates[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await world.unblock(sari)
    assert (await world.api("sendMessage", chat_id=sari, text="x"))["ok"]


async def test_edits_are_refused_as_telegram_refuses_them(world, sari):
    sent = (await world.api("sendMessage", chat_id=sari, text="satu"))["result"]
    own = {"chat_id": sari, "message_id": sent["message_id"]}
    theirs = await world.say(sari, "punya saya")

    async def problem(method, **more):
        return (await world.api(method, **{**own, **more}))["description"]

    assert "message is not modified" in await problem("editMessageText", text="satu")
    assert "message is not modified" in await problem(
        "editMessageText", text="<i></i>satu ", parse_mode="HTML"
    )
    assert "message to edit not found" in await problem("editMessageText", text="x", message_id=999)
    assert "message can't be edited" in await problem(
        "editMessageText", text="x", message_id=theirs["message_id"]
    )
    assert "there is no caption" in await problem("editMessageCaption", caption="x")
    assert "message to delete not found" in await problem("deleteMessage", message_id=999)
    changed = await world.api("editMessageText", **own, text="dua")
    assert changed["result"]["edit_date"]
    buttons = await world.api("editMessageReplyMarkup", **own, reply_markup=keyboard(button()))
    assert buttons["result"]["reply_markup"] == keyboard(button())
    assert (await world.api("deleteMessage", **own))["ok"]
    assert "message to edit not found" in await problem("editMessageText", text="tiga")


async def test_a_tap_is_answered_once_in_time_and_briefly(world, sari):
    sent = await world.api("sendMessage", chat_id=sari, text="x", reply_markup=keyboard(button()))
    message_id = sent["result"]["message_id"]
    tap = await world.tap(sari, message_id, "x")
    query = {"callback_query_id": tap["callback_id"]}

    long = await world.api("answerCallbackQuery", **query, text="x" * 201)
    assert long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    assert (await world.api("answerCallbackQuery", **query, text="Tersimpan"))["ok"]
    assert "query is too old" in (await world.api("answerCallbackQuery", **query))["description"]
    late = await world.tap(sari, message_id, "x")
    await world.clock(offset=151)
    answer = await world.api("answerCallbackQuery", callback_query_id=late["callback_id"])
    assert "query is too old" in answer["description"]


def card(key: str = "a", text: str = "<b>x</b>") -> dict:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": key, "title": "x", "input_message_content": content}


@pytest.mark.parametrize(
    ("results", "problem"),
    [
        ([card(str(n)) for n in range(51)], "too many inline query results"),
        ([card(), card()], "RESULT_ID_DUPLICATE"),
        ([card("x" * 65)], "RESULT_ID_INVALID"),
        ([card(text="<b>x")], "can't parse entities"),
        ([card(text="")], "message text is empty"),
        ([card() | {"title": ""}], "title"),
        ([{"type": "article", "id": "a", "title": "x"}], "input_message_content"),
        (["x"], "expected an Object"),
    ],
)
async def test_what_is_offered_behind_the_name_must_be_possible_to_send(
    world, sari, results, problem
):
    query = await world.control("inline", person=sari, query="stunting")
    given = {"inline_query_id": query["callback_id"]}

    refused = await world.api("answerInlineQuery", **given, results=results)
    assert problem in refused["description"]
    assert (await world.api("answerInlineQuery", **given, results=[card()]))["ok"]
    again = await world.api("answerInlineQuery", **given, results=[])
    assert "query is too old" in again["description"]


async def test_a_file_over_20_megabytes_can_be_sent_but_not_fetched(world, sari):
    await world.document(sari, b"x", "besar.mp4", size=27 * 1024 * 1024)
    file_id = (await world.messages(sari))[-1]["document"]["file_id"]

    assert (await world.api("getFile", file_id=file_id))["description"] == (
        "Bad Request: file is too big"
    )
    assert (await world.api("getFile", file_id="?"))["description"] == (
        "Bad Request: invalid file_id"
    )


async def test_a_long_caption_and_a_picture_that_is_none_are_refused(world, sari, picture):
    async def send(content, caption):
        form = FormData({"chat_id": str(sari), "caption": caption})
        form.add_field("photo", content, filename="foto.png")
        async with world.http.post(f"{world.url}/bot{world.token}/sendPhoto", data=form) as got:
            return await got.json()

    assert (await send(picture, "x" * 1025))["description"] == (
        "Bad Request: message caption is too long"
    )
    assert (await send(b"kosong", "x"))["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    sent = await send(picture, "x" * 1024)
    assert (sent["result"]["photo"][-1]["width"], len(sent["result"]["photo"])) == (40, 2)


@pytest.mark.parametrize(
    ("method", "code"), [("sendEverything", 404), ("GETME", 200), ("getme", 200)]
)
async def test_an_unknown_method_is_not_found(world, method, code):
    async with world.http.get(f"{world.url}/bot{world.token}/{method}") as answer:
        assert answer.status == code


async def test_a_wrong_token_is_unauthorized(world):
    async with world.http.get(f"{world.url}/bot1:wrong/getMe") as answer:
        assert await answer.json() == {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized",
        }


async def test_a_phone_number_is_asked_for_in_private_only(world, sari):
    await world.add_group(-500, "Grup", [SARI])
    asked = {"keyboard": [[{"text": "Bagikan nomor saya", "request_contact": True}]]}
    answer = await world.api("sendMessage", chat_id=-500, text="x", reply_markup=asked)

    assert answer["description"] == (
        "Bad Request: phone number can be requested in private chats only"
    )
    assert (await world.api("sendMessage", chat_id=sari, text="x", reply_markup=asked))["ok"]
    assert (await world.view(sari))["keyboard"] == asked
