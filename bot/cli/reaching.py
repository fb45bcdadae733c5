"""Open the database for a verb, or say in a sentence why it cannot be reached."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy.exc import ArgumentError

from bot.cli.speaking import fail, operator_translator
from bot.config import Settings
from db.engine import Database
from db.outages import is_away


@asynccontextmanager
async def reached(settings: Settings) -> AsyncIterator[Database]:
    """Open the database and close it afterwards; end with a sentence when it is away."""
    with explained():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        database = Database(settings.database)
        try:
            yield database
        finally:
            await database.close()


@contextmanager
def explained() -> Iterator[None]:
    """End with a sentence when the folder or the database cannot be used."""
    t = operator_translator()
    try:
        yield
    except ArgumentError:
        fail(
            t.gettext(
                "DATABASE_URL cannot be read; in a password, write signs like @ and / as %40 and"
                " %2F."
            )
        )
    except OSError as error:
        if error.filename is not None:
            why = error.strerror
            fail(t.gettext("{path} cannot be used: {reason}", path=error.filename, reason=why))
        fail(t.gettext("The database cannot be reached: {reason}", reason=error))
    except Exception as error:
        if not is_away(error):
            raise
        reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
        fail(t.gettext("The database cannot be reached: {reason}", reason=reason))
