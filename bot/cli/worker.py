"""`worker`: the clock, the post and the files for all; one leads, the others stand by."""

from bot.app import Duty
from bot.cli.run import served


def command() -> None:
    """Remind, send and fetch files; any number of these share one PostgreSQL, and one leads."""
    served(Duty.LEAD)
