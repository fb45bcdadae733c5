import pytest

from tests.sandbox.conftest import MADE, SARI

pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror="document.title=`broken`">'


async def send(world, text, **more):
    answer = await world.api("sendMessage", chat_id=SARI, text=text, parse_mode="HTML", **more)
    assert answer["ok"], answer
    return answer["result"]


async def last_update(world):
    return (await world.api("getUpdates"))["result"][-1]


def keyboard(*buttons):
    return {"inline_keyboard": [list(buttons)]}


async def test_a_person_is_found_starts_the_bot_and_talks_with_it(world, page):
    await world.add_person(
        7, "Ketut", note="Bidan, role pegawai", start="kode_7", zone="Asia/Makassar"
    )
    page.driver.get(world.page)
    page.see("#search").send_keys("bidan")
    page.gone(f'[data-chat="{SARI}"]')
    page.tap('[data-chat="7"]', "Bidan")
    page.tap("#start", "Mulai")
    page.see("article", "/start kode_7")
    assert (await last_update(world))["message"]["text"] == "/start kode_7"
    await world.api("sendMessage", chat_id=7, text="<b>Selamat</b> datang", parse_mode="HTML")
    assert page.see("article.from-bot strong").text == "Selamat"
    page.write("tadi pagi dampingi 6 balita")
    assert page.see("article.own", "6 balita")
    assert (await last_update(world))["message"]["text"] == "tadi pagi dampingi 6 balita"


async def test_foreign_text_is_only_ever_text(world, page):
    await world.add_person(8, HOSTILE, note=HOSTILE, started=True)
    await world.say(8, HOSTILE)
    buttons = keyboard({"text": HOSTILE, "callback_data": "x"})
    await world.api("sendMessage", chat_id=8, text=HOSTILE, reply_markup=buttons)
    await world.document(8, b"<script>alert(1)</script>", f"{HOSTILE}.html")
    page.driver.get(world.page)
    page.tap('[data-chat="8"]')
    page.see("article.from-bot", HOSTILE)

    assert page.all("article img, .row img, #head img") == []
    assert page.driver.title == "Asisten"
    assert page.see(".file").get_attribute("download") == f"{HOSTILE}.html"


async def test_a_tap_reaches_the_bot_and_its_answer_is_seen(world, started):
    green = {"text": "Simpan", "callback_data": "simpan:1", "style": "success"}
    red = {"text": "Hapus", "callback_data": "hapus:1", "style": "danger"}
    sent = await send(world, "Pilih", reply_markup=keyboard(green, red))
    started.see(".key.danger", "Hapus")
    started.tap(".key.success", "Simpan")
    started.see(".key.waiting")
    query = (await last_update(world))["callback_query"]
    await world.api("answerCallbackQuery", callback_query_id=query["id"], text="Tersimpan")
    started.see(".toast", "Tersimpan")
    started.gone(".key.waiting")
    started.tap(".key", "Hapus")
    started.see(".key.waiting")
    query = (await last_update(world))["callback_query"]
    await world.api(
        "answerCallbackQuery", callback_query_id=query["id"], text="Sungguh", show_alert=True
    )
    started.see("dialog.alert", "Sungguh")
    started.tap("dialog button", "OK")
    await world.api(
        "editMessageText", chat_id=SARI, message_id=sent["message_id"], text="Sudah disimpan"
    )
    started.see("article .edited", "diubah")
    started.gone(".key")


async def test_the_own_number_is_shared_through_the_keyboard(world, started):
    asked = {"keyboard": [[{"text": "Bagikan nomor saya", "request_contact": True}]],
             "one_time_keyboard": True}  # fmt: skip
    await send(world, "Nomor Anda?", reply_markup=asked)
    started.tap(".reply-keys button", "Bagikan nomor saya")
    started.see("dialog", "+628110001001")
    started.tap("dialog button", "Bagikan")
    started.see("article.own", "+628110001001")

    assert (await last_update(world))["message"]["contact"]["user_id"] == SARI
    started.gone(".reply-keys")


async def test_photos_and_files_are_sent_and_seen(world, started, tmp_path, picture):
    (tmp_path / "foto.png").write_bytes(picture)
    (tmp_path / "daftar.xlsx").write_bytes(b"isi")
    started.tap("#attach")
    started.see(".menu button", "Bagikan nomor saya")
    for entry, name in (("photo", "foto.png"), ("document", "daftar.xlsx")):
        started.exists(f"#pick-{entry}").send_keys(str(tmp_path / name))
        started.see(".strip", name)
        started.write(f"ini {entry}")
        started.see("article.own", f"ini {entry}")
    messages = await world.messages(SARI)

    assert await world.file(messages[-2].file_ids[0]) == picture
    assert messages[-1]["document"]["file_name"] == "daftar.xlsx"
    started.tap(".photo")
    enlarged = started.see(".viewer img")
    assert int(enlarged.get_attribute("naturalWidth")) == 40
    started.tap("dialog button", "Tutup")
    started.gone("dialog")


async def test_an_own_message_is_edited_and_any_is_replied_to(world, started):
    started.write("6 balita")
    started.choose("6 balita", "Ubah")
    started.see("#text").clear()
    started.write("7 balita")
    started.see("article.own .edited", "diubah")
    assert (await last_update(world))["edited_message"]["text"] == "7 balita"
    await send(world, "Tersimpan")
    started.choose("Tersimpan", "Balas")
    started.see(".bar", "Tersimpan")
    started.write("terima kasih")
    started.see("article.own .quote", "Tersimpan")
    assert (await last_update(world))["message"]["reply_to_message"]["text"] == "Tersimpan"


async def test_a_quiz_is_answered(world, started):
    await world.api(
        "sendPoll", chat_id=SARI, question="RHK?", options=[{"text": "Rencana"}, {"text": "Rapat"}],
        type="quiz", correct_option_ids=[0], explanation="Rencana Hasil Kerja",
    )  # fmt: skip
    started.tap(".option", "Rapat")
    started.see(".option.wrong", "Rapat")
    started.see(".option.right", "Rencana")
    started.see(".poll-why", "Rencana Hasil Kerja")


async def test_the_menu_shows_the_commands_of_this_chat(world, started):
    await world.api(
        "setMyCommands",
        commands=[{"command": "tim", "description": "Keadaan tim"}],
        scope={"type": "chat", "chat_id": SARI},
    )
    started.tap("#commands")
    started.tap(".command", "Keadaan tim")
    started.see("article.own", "/tim")


async def test_the_clock_is_moved_and_set_back(world, started):
    started.tap("#clock-hour")
    started.see("#moved", "digeser")
    assert (await world.look("state"))["clock"]["offset"] == 3600
    started.tap("#clock-fridayClose")
    started.see("#time", "Jum")
    started.see("#time", "16.15")
    started.tap("#clock-mondayMorning")
    started.see("#time", "Sen")
    started.see("#time", "08.00")
    started.tap("#clock-now")
    started.gone("#moved")
    assert (await world.look("state"))["clock"]["offset"] == 0


async def test_without_a_chat_the_clock_is_in_the_zone_of_all_people(world, page):
    await world.add_person(7, "Ketut", zone="Asia/Jayapura")
    page.driver.get(world.page)
    page.see("#time", "WIT")


async def test_the_pages_own_words_can_be_english(started):
    started.tap("#language", "English")
    assert started.see("#text").get_attribute("placeholder") == "Write a message…"
    started.see("#clock-tomorrow", "Tomorrow 08:00")
    started.tap("#language", "Indonesia")
    started.see("#clock-tomorrow", "Besok 08.00")


async def test_the_bot_is_blocked_and_taken_back(world, started):
    started.tap("#more")
    started.tap(".menu button", "Blokir bot")
    started.see("#composer", "Bot diblokir")
    answer = await world.api("sendMessage", chat_id=SARI, text="x")
    assert answer["description"] == "Forbidden: bot was blocked by the user"
    started.tap("#composer button", "Buka blokir")
    started.see("#text")


async def test_marks_typing_reactions_and_pins_are_seen(world, started):
    sent = await send(
        world, "<code>a</code> <s>b</s> <tg-spoiler>rahasia</tg-spoiler> /skp"
        ' <a href="https://t.me/asisten_coba_bot?start=undang_1">masuk</a>'
        ' <a href="https://bkn.go.id/">situs</a><blockquote>kutipan</blockquote>',
        disable_notification=True,
    )  # fmt: skip
    started.see("article.from-bot blockquote")
    for tag in ("code", "s", ".foot .sign"):
        assert started.all(f"article.from-bot {tag}")
    link = started.see("article a", "situs")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (
        "https://bkn.go.id/", "noopener noreferrer",
    )  # fmt: skip
    started.tap(".spoiler")
    started.see(".spoiler.shown", "rahasia")
    about = {"chat_id": SARI, "message_id": sent["message_id"]}
    await world.api("setMessageReaction", **about, reaction=[{"type": "emoji", "emoji": "✍"}])
    started.see(".reaction", "✍")
    await world.api("pinChatMessage", **about)
    started.see(".pinned", "Disematkan")
    await world.api("sendChatAction", chat_id=SARI, action="typing")
    started.see(".typing-now", "mengetik")
    started.tap("article .as-link", "masuk")
    started.see("article.own", "/start undang_1")
    await world.api("deleteMessage", **about)
    started.gone("article blockquote")


async def test_a_group_is_entered_as_one_of_its_members(world, page, sari):
    await world.add_group(-500, "Seksi Gizi", [SARI, MADE])
    await world.say(-500, "selamat pagi", person=MADE)
    page.driver.get(world.page)
    page.tap('[data-chat="-500"]', "Seksi Gizi")
    page.see(".sender", "Made")
    page.write("/tim")
    page.see("article.own", "/tim")
    assert (await last_update(world))["message"]["from"]["id"] == SARI
