import asyncio
import datetime as dt

import pytest
from sqlmodel import select

from db.engine import Database
from db.models.people import Unit


async def codes(database: Database) -> list[str]:
    async with database.reading() as session:
        return sorted(unit.code for unit in await session.exec(select(Unit)))


async def test_what_is_written_is_there_after_the_block(database):
    async with database.writing() as session:
        session.add(Unit(code="GIZI", name="Seksi Gizi"))

    assert await codes(database) == ["GIZI"]


async def test_a_failure_leaves_nothing_behind(database):
    async def fail() -> None:
        async with database.writing() as session:
            session.add(Unit(code="GIZI", name="Seksi Gizi"))
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert await codes(database) == []


async def test_many_writers_at_once_all_get_through(database):
    async def write(number: int) -> None:
        async with database.writing() as session:
            session.add(Unit(code=f"U{number:02}", name="Unit"))
            await session.flush()
            await asyncio.sleep(0)

    await asyncio.gather(*(write(number) for number in range(30)))

    assert len(await codes(database)) == 30


async def test_a_reader_does_not_wait_for_a_writer(database):
    async with database.writing() as session:
        session.add(Unit(code="GIZI", name="Seksi Gizi"))
        await session.flush()

        assert await asyncio.wait_for(codes(database), 5) == []


async def test_reading_refuses_to_lose_a_change(database):
    async def change() -> None:
        async with database.reading() as session:
            session.add(Unit(code="GIZI", name="Seksi Gizi"))

    with pytest.raises(RuntimeError, match="only reads"):
        await change()

    assert await codes(database) == []


async def test_hours_of_a_unit_come_back_as_they_were(database):
    async with database.writing() as session:
        session.add(Unit(code="GIZI", name="Seksi Gizi", leave_at=dt.time(16, 0)))
    async with database.reading() as session:
        unit = (await session.exec(select(Unit))).one()

    assert unit.leave_at == dt.time(16, 0)
