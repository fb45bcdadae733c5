import io
import os
from collections.abc import AsyncIterator, Iterator

import pytest
from PIL import Image
from selenium import webdriver

from tests.sandbox.browser import Page, browser_path, chromium_running
from tests.sandbox.client import World
from tests.sandbox.process import Process

SARI = 1001
MADE = 1002


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if browser_path() is not None or os.environ.get("DEMAND_BROWSER") == "1":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="needs Chromium and chromedriver"))


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Process]:
    """Give one process for all tests; each makes it forget everything first."""
    with Process(limits=False) as running:
        yield running


@pytest.fixture
async def world(sandbox_process: Process) -> AsyncIterator[World]:
    """Give a world without speed limits, with two people who have not started yet."""
    async with World(sandbox_process) as running:
        await running.add_person(
            SARI, "Sari", last_name="Wulandari", username="sari_w", phone="+628110001001"
        )
        await running.add_person(MADE, "Made", phone="+628110001002")
        yield running


@pytest.fixture
async def sari(world: World) -> int:
    """Give a person who has started the bot and whose first update is acknowledged."""
    sent = await world.start(SARI)
    await world.api("getUpdates", offset=sent["update_id"] + 1)
    return SARI


@pytest.fixture
def picture() -> bytes:
    """Give a small real picture."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return drawn.getvalue()


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    with chromium_running() as driver:
        yield driver


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
