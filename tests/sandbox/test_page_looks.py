import io
from pathlib import Path

import pytest
from PIL import Image

from tests.sandbox.conftest import SARI
from tests.sandbox.test_page import keyboard, send

pytestmark = pytest.mark.browser


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
const nodes = [...document.querySelectorAll(arguments[0])].filter((node) => node.offsetParent);
return nodes.map((node) => {
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
    words = (
        ".text, .key, .note, .last, .foot time, .about, .status, .chip:enabled, .row strong,"
        " .as-link, .day span"
    )
    weak = [one for one in started.driver.execute_script(CONTRAST, words) if one[1] < 4.5]
    assert weak == []
    assert started.steadily(started.nameless) == []
    started.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_the_page_asks_nothing_of_the_outside():
    folder = Path(__file__).resolve().parents[2] / "bot" / "sandbox" / "page"
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "innerHTML" not in text
        assert "https://" not in text.replace("https?:", "")
