"""The way to the database: one door for reading, one for writing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from db.sqlite import Connection


class Database:
    """Hold one engine; open reading and writing transactions.

    SQLite has one writer: writers of this process queue at a lock of ours, which is fair and
    cheap, and only other processes are waited for inside SQLite. An engine that has served the
    same address may be given again: it keeps the statements that it has put together.
    """

    def __init__(self, url: str, engine: AsyncEngine | None = None) -> None:
        self.sqlite = url.startswith("sqlite")
        opened = sqlite_engine if self.sqlite else postgresql_engine
        self.engine = engine or opened(url)
        self._sessions = async_sessionmaker(
            self.engine, class_=AsyncSession, expire_on_commit=False, autoflush=False
        )
        self._writer = asyncio.Lock() if self.sqlite else nullcontext()

    async def reach(self) -> None:
        """Raise what the driver says when the database cannot be reached."""
        async with self.engine.connect() as connection:
            await connection.exec_driver_sql("SELECT 1")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that changes nothing; raise when rows were changed all the same."""
        options = {"reading": True} if self.sqlite else {"postgresql_readonly": True}
        async with self._sessions() as session:
            await session.connection(execution_options=options)
            yield session
            if session.new or session.dirty or session.deleted:
                raise RuntimeError("rows were changed in a transaction that only reads")

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that commits when the block ends and rolls back when it raises."""
        async with self._writer, self._sessions() as session, session.begin():
            yield session

    async def close(self) -> None:
        """Let every connection go."""
        await self.engine.dispose()


def postgresql_engine(url: str) -> AsyncEngine:
    """Open PostgreSQL; what people typed stays out of the words of its errors."""
    return create_async_engine(url, hide_parameters=True)


def sqlite_engine(url: str) -> AsyncEngine:
    """Open SQLite in WAL mode, with transactions begun by us and not by the driver."""
    path = make_url(url).database or ""

    async def connect() -> Connection:
        connection = Connection(path)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            await connection.perform(partial(connection.raw.execute, f"PRAGMA {pragma}"))
        return connection

    engine = create_async_engine(url, hide_parameters=True, async_creator=connect)

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        # Taking the writer's place at once avoids a transaction that reads an old page first
        # and is then refused; readers never wait.
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
        connection.connection.driver_connection.aside = reading

    return engine
