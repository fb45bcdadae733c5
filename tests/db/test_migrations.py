import asyncio
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from db import migrating
from db.engine import Database
from db.metadata import metadata
from tests.databases import KINDS, Templates, execute


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, database_templates: Templates, tmp_path: Path) -> str:
    """Give a database of each kind in which nothing has ever been."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    name = f"empty_{uuid.uuid4().hex[:12]}"
    asyncio.run(execute(database_templates.admin(), f"CREATE DATABASE {name}"))
    return database_templates.driver(database_templates.named(name))


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    opened = Database(empty_url)
    yield opened
    await opened.close()


async def tables(database: Database) -> set[str]:
    async with database.engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    return set(names) - {"alembic_version", "sqlite_sequence"}


async def test_migrations_walk_up_down_and_up_again(empty):
    for _ in range(2):
        await migrating.upgrade(empty)
        assert await tables(empty) == set(metadata.tables)
        now, newest = await migrating.state(empty)
        assert now == newest is not None

        await migrating.downgrade(empty)
        assert await tables(empty) == set()
        assert (await migrating.state(empty))[0] is None


async def test_models_and_migrated_schema_are_the_same(empty):
    await migrating.upgrade(empty)

    await migrating.check(empty)


async def test_a_schema_that_is_up_to_date_is_left_alone(empty):
    await migrating.upgrade(empty)
    await migrating.upgrade(empty)

    assert await tables(empty) == set(metadata.tables)
