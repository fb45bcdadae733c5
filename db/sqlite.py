"""SQLite on the event loop itself: what takes microseconds needs no thread to itself.

The usual driver hands every single call to a thread and waits for its answer, which costs more
than most statements do. Here a statement runs at once; only what may take long (a look through
many rows, a commit that waits for the disk, another process that is writing) goes to a thread.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any, Self, TypeVar

BUSY_SECONDS = 15
# So long others on the event loop may be kept waiting by statements that run on it.
SLICE_SECONDS = 0.01

Found = TypeVar("Found")


async def in_thread(deed: Callable[[], Found]) -> Found:
    """Run a deed in a thread; whoever is cancelled meanwhile still waits for its end."""
    running = asyncio.get_running_loop().run_in_executor(None, deed)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


class Cursor:
    """What the database library expects of a driver's cursor."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._raw = connection.raw.cursor()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, given: Any = ()) -> Self:
        """Run a statement."""
        await self._connection.perform(lambda: self._raw.execute(statement, given))
        return self

    async def executemany(self, statement: str, given: Any) -> Self:
        """Run a statement once for each row."""
        await self._connection.perform(lambda: self._raw.executemany(statement, given))
        return self

    async def fetchall(self) -> list[Any]:
        """Give every row that is left."""
        return await self._connection.perform(self._raw.fetchall)

    async def fetchmany(self, size: int) -> list[Any]:
        """Give some of the rows that are left."""
        return await self._connection.perform(lambda: self._raw.fetchmany(size))

    async def close(self) -> None:
        """Let the rows go."""
        self._raw.close()


class Connection:
    """What the database library expects of a driver's connection."""

    def __init__(self, path: str) -> None:
        self.raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0)
        # Set while the transaction only looks: such a look may go through very many rows.
        self.aside = False
        self._began = 0.0
        self._connection: sqlite3.Connection | None = self.raw

    async def perform(self, deed: Callable[[], Found]) -> Found:
        """Run something on the loop, or aside when it may take long or others are writing."""
        if self.aside:
            return await in_thread(lambda: self._patiently(deed))
        await self._let_others_work()
        try:
            return deed()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        # What was refused has done nothing, so it can be asked again.
        return await in_thread(lambda: self._patiently(deed))

    async def _let_others_work(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() - self._began > SLICE_SECONDS:
            await asyncio.sleep(0)
            self._began = loop.time()

    def _patiently(self, deed: Callable[[], Found]) -> Found:
        self.raw.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        try:
            return deed()
        finally:
            self.raw.execute("PRAGMA busy_timeout=0")

    def cursor(self) -> Cursor:
        """Open a cursor."""
        return Cursor(self)

    async def create_function(self, *given: Any, **named: Any) -> None:
        """Give SQL a function of Python."""
        self.raw.create_function(*given, **named)

    async def commit(self) -> None:
        """Commit, which waits for the disk."""
        await in_thread(lambda: self._patiently(self.raw.commit))
        self.aside = False

    async def rollback(self) -> None:
        """Take everything back."""
        await in_thread(self.raw.rollback)
        self.aside = False

    async def close(self) -> None:
        """Let the file go."""
        self._connection = None
        await in_thread(self.raw.close)

    def stop(self) -> None:
        """Let the file go at once."""
        self._connection = None
        self.raw.interrupt()
        self.raw.close()
