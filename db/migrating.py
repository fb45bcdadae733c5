"""Bring the schema up or down."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from db.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"


def configuration(connection: Connection) -> "Config":
    """Describe the migrations to Alembic, on an open connection."""
    # Alembic is slow to load, and a start whose schema is up to date does not need it.
    from alembic.config import Config  # noqa: PLC0415  # See above.

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database) -> None:
    """Bring the schema up to the newest revision; when it is there already, this costs nothing."""
    now, newest = await state(database)
    if now != newest:
        await walk(database, "upgrade", "head")


async def downgrade(database: Database) -> None:
    """Take the schema down to nothing."""
    await walk(database, "downgrade", "base")


async def walk(database: Database, way: str, target: str) -> None:
    """Walk the migrations up or down to a revision."""
    from alembic import command  # noqa: PLC0415  # As in `configuration`.

    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: getattr(command, way)(configuration(sync), target))


async def check(database: Database) -> None:
    """Raise when the models and the migrated schema differ."""
    from alembic import command  # noqa: PLC0415  # As in `configuration`.

    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.check(configuration(sync)))


async def state(database: Database) -> tuple[str | None, str]:
    """Tell the schema's revision and the newest one; revisions are numbered files."""
    async with database.engine.connect() as connection:
        now = await connection.run_sync(revision)
    return now, max(path.name[:4] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))


def revision(connection: Connection) -> str | None:
    """Read the schema's revision; None before the first migration."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
