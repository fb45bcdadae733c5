"""Make the README's pictures from the program itself: `python -m tests.pictures`."""

import asyncio
import io
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter
from selenium import webdriver

from tests.sandbox.browser import Page, chromium_running
from tests.whole.trial import Trial, Visit

FOLDER = Path(__file__).parents[1] / ".github" / "pictures"
WIDTH, TALL, RATIO = 390, 1800, 2
MOMENT = "2026-11-24T15:40"
SETTLING = 1.0
COLOURS = 128
LARGEST = 300_000


async def main() -> None:
    """Start a trial, talk in it before the page, and keep what is seen."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        trial = Trial(Path(home), "--waktu", MOMENT)
        try:
            async with Visit(trial.address()) as visit:
                with chromium_running() as driver:
                    page = Page(driver, visit)
                    await conversation(visit, page, Path(home))
                    await team(visit, page)
        finally:
            trial.close()


async def conversation(visit: Visit, page: Page, home: Path) -> None:
    """Log with a photo, then ask for guidance."""
    person = (await visit.person("Nutrisionis", place=1))["id"]
    (home / "foto.jpg").write_bytes(photo())
    screen(page.driver)
    page.open(person)
    page.tap("#attach")
    page.exists("#pick-photo").send_keys(str(home / "foto.jpg"))
    page.see(".strip", "foto.jpg")
    page.write("tadi pagi dampingi 6 balita berisiko stunting di posyandu Melati")
    page.see("article.from-bot", "1 foto", within=20)
    page.write("bagaimana menulis RHK yang baik?")
    page.see("article.from-bot", "panduan", within=20)
    keep(page.driver, "conversation.png")


async def team(visit: Visit, page: Page) -> None:
    """Ask how the team stands."""
    leader = (await visit.person("Kepala Seksi Gizi"))["id"]
    screen(page.driver)
    page.open(leader)
    page.write("/tim")
    page.see("article.from-bot .photo img", within=20)
    page.see("article button", "Rinci orang", within=20)
    keep(page.driver, "team.png")


# The room that the chat leaves empty above its first message, less a margin.
SPARE = """
const chat = document.querySelector("#messages");
return chat.firstElementChild.getBoundingClientRect().top - chat.getBoundingClientRect().top - 10;
"""
STRIP = 'return document.querySelector("#clock").getBoundingClientRect().bottom;'


def screen(driver: webdriver.Chrome, height: int = TALL) -> None:
    """Look through a telephone's window."""
    metrics = {"width": WIDTH, "height": height, "deviceScaleFactor": RATIO, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def keep(driver: webdriver.Chrome, name: str) -> None:
    """Write the chat without its surroundings, in as few colours as still look like many."""
    driver.execute_script("document.activeElement && document.activeElement.blur()")
    time.sleep(SETTLING)
    screen(driver, TALL - int(driver.execute_script(SPARE)))
    time.sleep(SETTLING)
    seen = Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB")
    seen = seen.crop((0, int(driver.execute_script(STRIP) * RATIO), seen.width, seen.height))
    path = FOLDER / name
    seen.quantize(COLOURS, Image.Quantize.MEDIANCUT).save(path, optimize=True)
    size = path.stat().st_size
    assert size < LARGEST, f"{name} has {size:,} bytes"
    print(f"{path.relative_to(FOLDER.parents[1])}: {seen.width} x {seen.height}, {size:,} bytes")  # noqa: T201  # Run by hand.


def photo() -> bytes:
    """Draw something like a photograph of a morning at the posyandu; nobody real is in it."""
    drawn = Image.new("RGB", (640, 380), "#cfe3ea")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 230, 640, 380), fill="#b98d5f")
    pen.rectangle((60, 90, 330, 270), fill="#efe2c8")
    pen.polygon([(40, 95), (195, 20), (350, 95)], fill="#a4493d")
    pen.rectangle((160, 160, 230, 270), fill="#7a5a3c")
    pen.rectangle((390, 60, 402, 300), fill="#6b4a2f")
    pen.ellipse((320, 0, 480, 150), fill="#4f8a4c")
    for place, colour in enumerate(("#1d6f6a", "#d9873b", "#7b4b94", "#c7453f", "#2f6db0")):
        left = 60 + place * 110
        pen.ellipse((left + 14, 218, left + 56, 260), fill="#9a6b4b")
        pen.rounded_rectangle((left, 258, left + 70, 350), 26, fill=colour)
    kept = io.BytesIO()
    drawn.crop((0, 12, 640, 362)).filter(ImageFilter.GaussianBlur(1.2)).save(
        kept, "JPEG", quality=85
    )
    return kept.getvalue()


if __name__ == "__main__":
    asyncio.run(main())
