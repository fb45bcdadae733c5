import io
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.sandbox.client import World
from tests.sandbox.conftest import MADE, SARI, browser_path

pytestmark = pytest.mark.browser

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1280,900",
)  # fmt: skip
HOSTILE = '<img src=x onerror="document.title=`broken`">'


@pytest.fixture(scope="module")
def chromium() -> Iterator[webdriver.Chrome]:
    path = browser_path()
    assert path is not None, "Chromium and chromedriver are demanded but not installed."
    options = webdriver.ChromeOptions()
    options.binary_location = path
    profile = tempfile.mkdtemp()
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    yield driver
    driver.quit()
    shutil.rmtree(profile, ignore_errors=True)


class Page:
    """Be the eyes and hands of somebody before the page."""

    def __init__(self, driver: webdriver.Chrome, world: World) -> None:
        self.driver = driver
        self.world = world

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def see(self, selector: str, text: str = "", within: float = 8) -> WebElement:
        """Wait until something of this kind shows this text, and give it."""
        deadline = time.monotonic() + within
        while True:
            for one in self.all(selector):
                try:
                    if one.is_displayed() and text in one.text:
                        return one
                except StaleElementReferenceException:
                    continue
            assert time.monotonic() < deadline, f"{selector} {text!r} is not seen: {self.text()}"
            time.sleep(0.03)

    def exists(self, selector: str) -> WebElement:
        """Give what is there though not shown."""
        deadline = time.monotonic() + 8
        while not (found := self.all(selector)):
            assert time.monotonic() < deadline, f"{selector} is not there"
            time.sleep(0.03)
        return found[0]

    def gone(self, selector: str, within: float = 8) -> None:
        deadline = time.monotonic() + within
        while any(one.is_displayed() for one in self.all(selector)):
            assert time.monotonic() < deadline, f"{selector} is still seen"
            time.sleep(0.03)

    def text(self) -> str:
        return str(self.driver.find_element(By.TAG_NAME, "body").text)

    def tap(self, selector: str, text: str = "") -> None:
        deadline = time.monotonic() + 8
        while True:
            try:
                return self.see(selector, text).click()
            except StaleElementReferenceException:
                assert time.monotonic() < deadline

    def write(self, text: str) -> None:
        self.see("#text").send_keys(text, Keys.ENTER)

    def open(self, person: int = SARI) -> None:
        self.driver.get("about:blank")
        self.driver.get(self.world.page)
        self.tap(f'[data-chat="{person}"]')
        self.see("#head", "Asisten")

    def choose(self, message: str, entry: str) -> None:
        """Open a bubble's menu and choose from it."""
        bubble = self.see("article", message)
        bubble.find_element(By.CSS_SELECTOR, ".more").click()
        self.tap(".menu button", entry)


@pytest.fixture
def page(chromium: webdriver.Chrome, world: World) -> Iterator[Page]:
    yield Page(chromium, world)
    chromium.execute_script("try { localStorage.clear() } catch (problem) {}")
    chromium.get("about:blank")
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    complaints = [one for one in chromium.get_log("browser") if one["level"] == "SEVERE"]
    assert complaints == []


@pytest.fixture
async def started(page: Page, sari: int) -> Page:
    page.open(sari)
    page.see("article", "/start")
    return page


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
    for entry, name in (("Foto", "foto.png"), ("Berkas", "daftar.xlsx")):
        started.tap("#attach")
        started.tap(".menu button", entry)
        started.exists("input[type=file]").send_keys(str(tmp_path / name))
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
    page.write("pagi juga")
    page.see("article.own", "pagi juga")
    assert (await last_update(world))["message"]["from"]["id"] == SARI


async def test_on_a_phone_list_and_chat_take_turns_and_nothing_sticks_out(world, page, sari):
    await send(world, "panjang " * 60 + "x" * 300)
    page.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True},
    )
    page.driver.get("about:blank")
    page.driver.get(world.page)
    page.tap(f'[data-chat="{SARI}"]')
    page.see("#text")
    page.gone("#search")
    wide = page.driver.execute_script("return document.documentElement.scrollWidth")
    assert wide <= 390
    shown = Image.open(io.BytesIO(page.driver.get_screenshot_as_png()))
    assert shown.size == (780, 1688)
    page.tap(".back")
    page.see("#search")


CONTRAST = """
const rgb = (value) => (value.match(/[\\d.]+/g) || []).map(Number);
const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
  .map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
const ground = (node) => {
  for (let one = node; one; one = one.parentElement) {
    const found = rgb(getComputedStyle(one).backgroundColor);
    if (found.length === 3 || found[3] > 0.9) return found;
  }
  return [255, 255, 255];
};
return [...document.querySelectorAll(arguments[0])].filter((node) => node.offsetParent).map((node) => {
  const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))];
  return [node.className || node.tagName, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
});
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_stand_out_and_every_control_has_a_name(world, started, scheme):
    started.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
    )
    keys = [{"text": one, "callback_data": one, "style": one}
            for one in ("success", "danger", "primary")]  # fmt: skip
    await send(
        world,
        "warna <i>dan</i> /skp",
        reply_markup=keyboard(*keys, {"text": "x", "callback_data": "x"}),
    )
    started.see(".key.primary")
    words = ".text, .key, .note, .last, .foot time, .about, .status, .chip:enabled, .row strong, .as-link, .day span"
    weak = [one for one in started.driver.execute_script(CONTRAST, words) if one[1] < 4.5]
    assert weak == []
    nameless = [
        one.get_attribute("outerHTML")
        for one in started.all("button, select, input, textarea, a")
        if one.is_displayed() and not one.accessible_name
    ]
    assert json.dumps(nameless) == "[]"
    started.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_the_page_asks_nothing_of_the_outside():
    folder = Path(__file__).resolve().parents[2] / "bot" / "sandbox" / "page"
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "innerHTML" not in text
        assert "https://" not in text.replace("https?:", "")
