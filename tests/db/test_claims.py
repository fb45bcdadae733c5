import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest

from db.claims import Claims, ClaimsLostError, Waiting
from db.engine import Database
from db.models.messages import Arrival
from tests.databases import Templates

NOW = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
async def postgresql(database_templates: Templates) -> AsyncIterator[Database]:
    opened = Database(await asyncio.to_thread(database_templates.postgresql))
    yield opened
    await opened.close()


@pytest.fixture
async def mine(postgresql: Database) -> AsyncIterator[Claims]:
    claims = Claims(postgresql)
    yield claims
    await claims.close()


@pytest.fixture
async def theirs(postgresql: Database) -> AsyncIterator[Claims]:
    claims = Claims(postgresql)
    yield claims
    await claims.close()


async def arrive(database: Database, number: int, chat_id: int) -> None:
    async with database.writing() as session:
        session.add(Arrival(update_id=number, chat_id=chat_id, payload="{}", received_at=NOW))


async def cut(database: Database) -> None:
    """End every other connection as a server that restarts does."""
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )


async def test_one_process_has_a_lock_until_it_lets_go(mine, theirs):
    assert await mine.take("leader")
    assert not await theirs.take("leader")
    await mine.release("leader")
    assert await theirs.take("leader")


async def test_many_share_a_place_and_one_has_it_alone(mine, theirs):
    assert await mine.take("place", shared=True)
    assert await theirs.take("place", shared=True)
    await theirs.release("place")
    assert not await theirs.take("place")


async def test_a_lock_ends_with_the_process_that_held_it(mine, theirs):
    assert await mine.take("leader")
    await mine.close()

    assert await theirs.take("leader")


async def test_a_chat_is_taken_with_what_waits_in_it(postgresql, mine, theirs):
    await arrive(postgresql, 1, 7)
    await arrive(postgresql, 2, 8)

    assert await mine.take_chat(7, 50) == Waiting(answers=False, arrivals=(1,))
    assert await theirs.take_chat(7, 50) is None
    assert await theirs.take_chat(8, 50) == Waiting(answers=False, arrivals=(2,))


async def test_whoever_lets_go_of_a_chat_hears_what_came_meanwhile(postgresql, mine, theirs):
    await mine.take_chat(7, 50)
    await arrive(postgresql, 1, 7)
    assert await theirs.take_chat(7, 50) is None

    assert await mine.release_chat(7)
    assert await theirs.take_chat(7, 50) is not None


async def test_a_connection_that_is_cut_begins_a_new_term(postgresql, mine, theirs):
    assert await mine.take("leader")
    term = mine.term
    await cut(postgresql)
    with pytest.raises(ClaimsLostError):
        await mine.hold()

    assert mine.term == term + 1
    assert await theirs.take("leader")


async def test_sqlite_has_everything_for_itself(database_templates):
    opened = Database(await asyncio.to_thread(database_templates.sqlite))
    claims = Claims(opened)

    assert await claims.take("leader")
    await claims.hold()
    await claims.release("leader")
    await claims.close()
    await opened.close()
