import datetime as dt
import gc
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog

from bot.cli.tidying import SELDOM
from db.engine import Database
from tests.chat import Agora
from tests.databases import KINDS, Templates, templates

# Whole processes are waited for, and one look tries every button there is.
LONG = ("tests/whole/", "tests/handlers/test_access_matrix.py", "tests/sandbox/test_page")

# As where the bot runs; to leave alone what is there, too, confuses what counts references.
gc.set_threshold(*SELDOM)

# The usual rendering of a failure shows every variable, which takes a second each.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(),
    ]
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker waits for another's at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(scope="session")
def database_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    with templates(tmp_path_factory.mktemp("databases")) as found:
        yield found


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, database_templates: Templates) -> Iterator[str]:
    """Give an empty, migrated database of each kind."""
    lent = database_templates.lend(request.param)
    yield lent
    database_templates.take_back(lent)


@pytest.fixture
async def database(database_url: str, database_templates: Templates) -> AsyncIterator[Database]:
    opened = database_templates.opened(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def agora(database: Database, tmp_path) -> AsyncIterator[Agora]:
    """Give the whole bot with a pretend Telegram at the network's edge."""
    place = Agora(database, tmp_path, now=dt.datetime(2026, 11, 24, 8, 50, tzinfo=dt.UTC))
    await place.open()
    yield place
    await place.close()
