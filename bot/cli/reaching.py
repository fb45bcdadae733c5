"""Open the database for a verb, or say in a sentence why it cannot be reached."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import ArgumentError, InterfaceError, NoSuchModuleError, OperationalError

from bot.cli.speaking import fail, operator_translator
from bot.config import Settings
from db.engine import Database

AWAY = (OSError, OperationalError, InterfaceError)


@asynccontextmanager
async def reached(settings: Settings) -> AsyncIterator[Database]:
    """Open the database and close it afterwards; end with a sentence when it is away."""
    t = operator_translator()
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        database = Database(settings.database)
    except (ArgumentError, NoSuchModuleError):
        fail(t.gettext("DATABASE_URL is no address; write sqlite:///file.db or postgresql://…"))
    except OSError as error:
        fail(t.gettext("DATA_DIR cannot be used: {reason}", reason=error.strerror))
    try:
        yield database
    except AWAY as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        fail(t.gettext("The database cannot be reached: {reason}", reason=reason))
    finally:
        await database.close()
