"""A backup that is taken while others write holds one moment, and comes back as that."""

import asyncio
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import pytest
from sqlmodel import col, select

from db.engine import Database
from db.models.messages import Answer, Arrival, AuditRecord
from db.states import ArrivalState
from tests.databases import KINDS, Templates
from tests.whole.running import Installation

NOW = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)
BEFORE = 1000
OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


async def write(database: Database, numbers: Iterable[int]) -> None:
    """Write one row of three tables for each number, all or nothing."""
    async with database.writing() as session:
        for n in numbers:
            arrival = Arrival(
                update_id=n, chat_id=n, payload="{}", received_at=NOW, state=ArrivalState.DONE
            )
            session.add(arrival)
            await session.flush()
            session.add(
                Answer(
                    arrival_id=arrival.id or 0,
                    chat_id=n,
                    method="sendMessage",
                    params={"n": n},
                    created_at=NOW,
                )
            )
            session.add(AuditRecord(at=NOW, action="counted", details={"n": n}))


class Load:
    """Go on writing, one number after another, from the start to the stop."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.written = BEFORE

    async def go(self) -> None:
        while True:
            await write(self.database, [self.written + 1])
            self.written += 1

    async def __aenter__(self) -> Self:
        await write(self.database, range(1, BEFORE + 1))
        self._going = asyncio.create_task(self.go())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._going.cancel()
        await asyncio.gather(self._going, return_exceptions=True)


@pytest.fixture(params=KINDS)
async def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def installations(
    kind: str, database_templates: Templates, tmp_path: Path
) -> tuple[Installation, Installation]:
    """Give an installation that works, and an empty one of the other kind."""
    made = []
    for name, its_kind in (("old", kind), ("new", OTHER[kind])):
        url = await asyncio.to_thread(database_templates.copy, its_kind)
        (tmp_path / name).mkdir()
        plain = url.replace("+asyncpg", "").replace("+aiosqlite", "")
        made.append(
            Installation(
                tmp_path / name, api="http://127.0.0.1:9", token="1:pretended", database=plain
            )
        )
    return made[0], made[1]


def opened(installation: Installation) -> Database:
    url = installation.environment["DATABASE_URL"]
    return Database(
        url.replace("sqlite://", "sqlite+aiosqlite://").replace(
            "postgresql://", "postgresql+asyncpg://"
        )
    )


async def test_a_backup_under_load_is_one_moment_and_moves_to_the_other_kind(installations):
    old, new = installations
    database = opened(old)
    async with Load(database) as load:
        at_start = load.written
        await old.verb("cadangkan", "salinan.zip")
        at_end = load.written
    await database.close()
    await new.verb("pulihkan", str(old.folder / "salinan.zip"))

    restored = opened(new)
    async with restored.reading() as session:
        arrivals = list(await session.exec(select(Arrival.update_id).order_by(col(Arrival.id))))
        answers = [one.params["n"] for one in await session.exec(select(Answer))]
        records = [one.details["n"] for one in await session.exec(select(AuditRecord))]
    await restored.close()
    # Writers went on all the while, and what came back is everything up to one of their commits.
    assert at_start < len(arrivals) < at_end
    assert arrivals == list(range(1, len(arrivals) + 1))
    assert sorted(answers) == sorted(records) == arrivals
