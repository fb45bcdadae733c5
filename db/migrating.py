"""Bring the schema up or down."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.engine import Database

SCRIPTS = Path(__file__).parent / "migrations"


def configuration(connection: Connection) -> Config:
    """Describe the migrations to Alembic, on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, target: str = "head") -> None:
    """Bring the schema up to a revision."""
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(configuration(sync), target))


async def downgrade(database: Database, target: str = "base") -> None:
    """Take the schema down to a revision."""
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configuration(sync), target))


async def check(database: Database) -> None:
    """Raise when the models and the migrated schema differ."""
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.check(configuration(sync)))


async def state(database: Database) -> tuple[str | None, str | None]:
    """Tell the schema's revision and the newest one."""
    async with database.engine.connect() as connection:
        now = await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )
    return now, ScriptDirectory(str(SCRIPTS)).get_current_head()
