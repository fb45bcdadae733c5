"""Look at the page through a real Chromium."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.sandbox.client import World

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1280,900",
)  # fmt: skip


def browser_path() -> str | None:
    """Find the system's Chromium, if its driver is there too."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found if shutil.which("chromedriver") else None


@contextmanager
def chromium_running() -> Iterator[webdriver.Chrome]:
    """Run one browser with an empty profile of its own."""
    path = browser_path()
    assert path is not None, "Chromium and chromedriver are demanded but not installed."
    options = webdriver.ChromeOptions()
    options.binary_location = path
    profile = tempfile.mkdtemp()
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
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
        while self.steadily(lambda: any(one.is_displayed() for one in self.all(selector))):
            assert time.monotonic() < deadline, f"{selector} is still seen"
            time.sleep(0.03)

    def until(self, met: Callable[[], bool], within: float = 8) -> None:
        deadline = time.monotonic() + within
        while not self.steadily(met):
            assert time.monotonic() < deadline, f"it did not come: {self.text()}"
            time.sleep(0.03)

    def text(self) -> str:
        return str(self.driver.find_element(By.TAG_NAME, "body").text)

    def steadily(self, act: Callable[[], Any]) -> Any:
        """Do something again while the page is being drawn anew under it."""
        deadline = time.monotonic() + 8
        while True:
            try:
                return act()
            except StaleElementReferenceException:
                assert time.monotonic() < deadline

    def tap(self, selector: str, text: str = "") -> None:
        self.steadily(lambda: self.see(selector, text).click())

    def write(self, text: str) -> None:
        self.see("#text").send_keys(text, Keys.ENTER)

    def open(self, person: int) -> None:
        self.driver.get("about:blank")
        self.driver.get(self.world.page)
        self.tap(f'[data-chat="{person}"]')
        self.see("#head", "Asisten")

    def choose(self, message: str, entry: str) -> None:
        """Open a bubble's menu and choose from it."""
        more = (By.CSS_SELECTOR, ".more")
        self.steadily(lambda: self.see("article", message).find_element(*more).click())
        self.tap(".menu button", entry)

    def nameless(self) -> list[str]:
        """List the controls in sight that a screen reader could not name."""
        return [
            str(one.get_attribute("outerHTML"))
            for one in self.all("button, select, input, textarea, a")
            if not one.accessible_name and one.is_displayed()
        ]
