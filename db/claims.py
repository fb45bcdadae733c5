"""Who works on what among several processes: locks that end with the process that holds them."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine import Database
from db.states import AnswerState, ArrivalState

log = structlog.get_logger()

# A machine that has gone without a word is noticed within about ten seconds.
KEEPALIVES = (
    ("tcp_keepalives_idle", 4),
    ("tcp_keepalives_interval", 2),
    ("tcp_keepalives_count", 3),
)
TAKE = "SELECT pg_try_advisory_lock($1)"
TAKE_SHARED = "SELECT pg_try_advisory_lock_shared($1)"
# What of a chat waits is asked in the same trip: a worker takes up only what is there.
TAKE_CHAT = f"""
    SELECT pg_try_advisory_lock($1),
           EXISTS (SELECT FROM answer WHERE state = '{AnswerState.NEW}' AND chat_id = $2),
           ARRAY (SELECT id FROM arrival WHERE state = '{ArrivalState.NEW}' AND chat_id = $2
                  ORDER BY id LIMIT $3)
"""  # noqa: S608  # The states are words of our own.
RELEASE_CHAT = f"""
    SELECT pg_advisory_unlock($1),
           EXISTS (SELECT FROM arrival WHERE state = '{ArrivalState.NEW}' AND chat_id = $2)
           OR EXISTS (SELECT FROM answer WHERE state = '{AnswerState.NEW}' AND chat_id = $2)
"""  # noqa: S608  # The same.


@dataclass(frozen=True)
class Waiting:
    """What of a chat waits: answers, and the oldest arrivals by their keys."""

    answers: bool
    arrivals: tuple[int, ...]


class ClaimsLostError(Exception):
    """The connection that held the locks has gone, and every lock with it."""


class Claims:
    """Hold this process's locks, on one connection of PostgreSQL that does nothing else.

    They are advisory locks of a session: whoever dies lets go of them at once. SQLite serves one
    process, which has every chat for itself.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: AsyncConnection | None = None
        self._driver: Any = None
        self._turn = asyncio.Lock()
        # Every loss of the connection begins a new term; locks of an earlier one are gone.
        self.term = 0

    async def take(self, name: str, *, shared: bool = False) -> bool:
        """Take a lock unless another process holds it."""
        if self._database.sqlite:
            return True
        row = await self._ask(TAKE_SHARED if shared else TAKE, key_of(name))
        return bool(row[0])

    async def release(self, name: str) -> None:
        """Let go of a lock."""
        if not self._database.sqlite:
            await self._ask("SELECT pg_advisory_unlock($1)", key_of(name))

    async def take_chat(self, chat_id: int, most: int) -> Waiting | None:
        """Take a chat and tell what of it waits; None while another process has it."""
        row = await self._ask(TAKE_CHAT, key_of(f"chat {chat_id}"), chat_id, most)
        return Waiting(row[1], tuple(row[2])) if row[0] else None

    async def release_chat(self, chat_id: int) -> bool:
        """Let go of a chat, and tell whether something has come for it meanwhile."""
        row = await self._ask(RELEASE_CHAT, key_of(f"chat {chat_id}"), chat_id)
        return bool(row[1])

    async def hold(self) -> None:
        """Look whether the locks are still held; raise ClaimsLostError when they are not."""
        if not self._database.sqlite:
            await self._ask("SELECT 1")

    async def close(self) -> None:
        """Let go of everything."""
        async with self._turn:
            await self._drop()

    async def _ask(self, statement: str, *values: object) -> Any:
        async with self._turn:
            try:
                driver = self._driver or await self._connect()
                return await driver.fetchrow(statement, *values)
            except Exception as error:
                await self._drop()
                raise ClaimsLostError(type(error).__name__) from error
            except asyncio.CancelledError:
                # Nobody knows what the server has done with what was asked.
                await self._drop()
                raise

    async def _connect(self) -> Any:
        self._connection = await self._database.engine.connect()
        raw = await self._connection.get_raw_connection()
        driver: Any = raw.driver_connection
        for setting, value in KEEPALIVES:
            await driver.execute(f"SET {setting} = {value}")
        self._driver = driver
        return driver

    async def _drop(self) -> None:
        """Cut the connection, so that no lock outlives what is known of it here."""
        connection, self._connection, self._driver = self._connection, None, None
        if connection is None:
            return
        self.term += 1
        try:
            await connection.invalidate()
            await connection.close()
        except Exception as error:  # noqa: BLE001  # What is gone cannot be closed.
            log.info("claims closed", error=type(error).__name__)


def key_of(name: str) -> int:
    """Turn the name of a lock into the number that PostgreSQL knows it by."""
    digest = hashlib.blake2b(f"asisten-asn {name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
