import datetime as dt
from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputPollOption,
    MenuButtonCommands,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, RetryAfter

from tests.sandbox.conftest import SARI


@pytest.fixture
async def bot(world) -> AsyncIterator[Bot]:
    """Give python-telegram-bot's own client, pointed at the sandbox."""
    async with Bot(
        world.token, base_url=f"{world.url}/bot", base_file_url=f"{world.url}/file/bot"
    ) as client:
        yield client


async def updates(bot: Bot) -> list[Update]:
    return list(await bot.get_updates(timeout=2, allowed_updates=Update.ALL_TYPES))


async def test_ptb_reads_everything_a_person_can_send(world, bot, picture):
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    said = await world.start(SARI, "kode_123")
    await world.edit(SARI, said["message_id"], "/start lain")
    await world.say(SARI, "balas", reply_to=said["message_id"])
    await world.photo(SARI, picture, picture, caption="kunjungan #stunting")
    await world.document(SARI, b"isi", "daftar.xlsx", caption="ini")
    await world.voice(SARI, b"OggS" * 2000)
    await world.contact(SARI)
    await world.contact(SARI, of=1002)
    got = await updates(bot)

    assert got[0].message.text == "/start kode_123"
    assert got[1].edited_message.text == "/start lain"
    assert got[2].message.reply_to_message.text == "/start lain"
    assert got[3].message.media_group_id == got[4].message.media_group_id is not None
    assert (got[3].message.caption, got[4].message.caption) == ("kunjungan #stunting", None)
    assert got[3].message.photo[-1].width == 40
    assert got[5].message.document.file_name == "daftar.xlsx"
    assert got[6].message.voice.mime_type == "audio/ogg"
    assert got[7].message.contact.user_id == SARI
    assert got[7].message.contact.phone_number == "+628110001001"
    assert got[8].message.contact.user_id == 1002
    content = await (await got[3].message.photo[-1].get_file()).download_as_bytearray()
    assert bytes(content) == picture
    assert bytes(await (await got[5].message.document.get_file()).download_as_bytearray()) == b"isi"


async def test_ptb_can_send_everything_and_reads_what_it_is_answered(world, bot, sari, picture):
    keyboard = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("Simpan", callback_data="simpan:1", style="success")],
            [InlineKeyboardButton("Salin", copy_text=CopyTextButton("teks"))],
        ]
    )
    text = await bot.send_message(
        sari, "<b>Tersimpan</b> & <i>siap</i>".replace("&", "&amp;"), "HTML", reply_markup=keyboard
    )
    assert (text.text, text.reply_markup) == ("Tersimpan & siap", keyboard)
    assert text.text_html == "<b>Tersimpan</b> &amp; <i>siap</i>"
    reply = await bot.send_message(
        sari, "balasan", reply_parameters=ReplyParameters(text.message_id),
        reply_markup=ReplyKeyboardRemove(),
    )  # fmt: skip
    assert reply.reply_to_message.message_id == text.message_id
    photo = await bot.send_photo(sari, picture, caption="grafik")
    assert (await bot.send_photo(sari, photo.photo[-1].file_id)).photo == photo.photo[-1:]
    document = await bot.send_document(sari, b"%PDF", filename="rekap.pdf")
    assert document.document.file_name == "rekap.pdf"
    album = await bot.send_media_group(
        sari, [InputMediaPhoto(picture, caption="satu"), InputMediaPhoto(picture)]
    )
    assert [one.caption for one in album] == ["satu", None]
    quiz = await bot.send_poll(
        sari, "Apa itu RHK?", [InputPollOption("Rencana Hasil Kerja"), "Rapat"], type="quiz",
        correct_option_ids=[0], explanation="<b>R</b>HK", explanation_parse_mode="HTML",
        is_anonymous=False,
    )  # fmt: skip
    assert quiz.poll.options[1].text == "Rapat"
    await world.vote(sari, quiz.message_id, 1)
    answered = [one.poll_answer for one in await updates(bot) if one.poll_answer]
    assert answered[0].option_ids == (1,)
    assert (await bot.stop_poll(sari, quiz.message_id)).total_voter_count == 1


async def test_ptb_edits_pins_reacts_and_deletes(world, bot, sari, picture):
    sent = await bot.send_photo(sari, picture, caption="satu")
    assert (await sent.edit_caption("dua")).caption == "dua"
    changed = await sent.edit_media(InputMediaPhoto(picture, caption="tiga"))
    assert changed.caption == "tiga"
    assert await bot.pin_chat_message(sari, sent.message_id)
    assert (await bot.get_chat(sari)).pinned_message.caption == "tiga"
    assert await bot.set_message_reaction(sari, sent.message_id, "✍")
    assert await bot.send_chat_action(sari, "typing")
    assert (await world.view(sari))["typing"] == "typing"
    assert await bot.delete_message(sari, sent.message_id)
    assert (await world.view(sari))["messages"][-1]["deleted"]


async def test_the_narrowest_menu_in_the_own_language_is_seen(world, bot, sari):
    await bot.set_my_commands([BotCommand("menu", "Menu utama")])
    await bot.set_my_commands([BotCommand("menu", "Menu")], language_code="id")
    assert [one["description"] for one in (await world.view(sari))["commands"]] == ["Menu"]
    await bot.set_my_commands([BotCommand("tim", "Tim")], scope=BotCommandScopeChat(sari))
    assert [one["command"] for one in (await world.view(sari))["commands"]] == ["tim"]
    await bot.delete_my_commands(scope=BotCommandScopeChat(sari))
    assert (await bot.get_my_commands(language_code="id"))[0].description == "Menu"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Menu Utama", "x")])


async def test_a_tap_and_its_answer_travel_both_ways(world, bot, sari):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ubah", callback_data="ubah:1")]])
    await bot.send_message(sari, "pilih", reply_markup=keyboard)
    tap = await world.press(sari, "Ubah", wait=0)
    query = (await updates(bot))[-1].callback_query
    assert (query.data, query.message.text) == ("ubah:1", "pilih")
    assert query.id == tap["callback_id"]
    assert await query.answer("Tersimpan", show_alert=True)
    hostile = await world.tap(sari, query.message.message_id, "hapus:999", person=1002)
    query = (await updates(bot))[-1].callback_query
    assert (query.data, query.from_user.id, query.id) == ("hapus:999", 1002, hostile["callback_id"])


async def test_ptb_understands_the_refusals(world, bot, sari, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(sari, " ")
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await bot.send_message(sari, "<x>", "HTML")
    await world.faults("429", seconds=7)
    with pytest.raises(RetryAfter) as waited:
        await bot.send_message(sari, "x")
    assert waited.value.retry_after == dt.timedelta(seconds=7)
    await world.block(sari)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(sari, "x")
    await bot.set_webhook("http://127.0.0.1:9/none", secret_token="s")
    assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/none"
    with pytest.raises(Conflict):
        await bot.get_updates()
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await world.pending() == 0
