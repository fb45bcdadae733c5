"""Which errors speak of the database as a whole, and pass."""

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

# What SQLite says when the disk, the file or another writer is in the way.
PASSING = ("is full", "is locked", "i/o error", "unable to open", "readonly")


def is_away(error: BaseException) -> bool:
    """Tell whether an error speaks of the database as a whole and not of what was asked of it."""
    # What the driver of PostgreSQL says while connecting, SQLAlchemy does not wrap.
    return (
        isinstance(error, OperationalError | InterfaceError)
        or type(error) is DatabaseError
        or type(error).__module__.startswith("asyncpg.")
    )


def will_pass(error: BaseException) -> bool:
    """Tell whether the same work may succeed later without anybody changing what was asked."""
    if isinstance(error, OSError | PoolTimeoutError):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    words = str(getattr(error, "orig", error)).lower()
    if any(one in words for one in PASSING):
        return is_away(error)
    # Any other such word of SQLite speaks of the statement.
    return is_away(error) and "sqlite" not in str(type(getattr(error, "orig", None))).lower()
