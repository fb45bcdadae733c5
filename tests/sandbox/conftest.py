import io
import os
import shutil
from collections.abc import AsyncIterator, Iterator

import pytest
from PIL import Image

from tests.sandbox.client import World
from tests.sandbox.process import Process

SARI = 1001
MADE = 1002
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser_path() -> str | None:
    """Find the system's Chromium, if its driver is there too."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found if shutil.which("chromedriver") else None


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
