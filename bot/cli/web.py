"""`web`: receive updates by webhook and answer them, beside any number of others."""

from bot.app import Duty
from bot.cli.run import served


def command() -> None:
    """Receive by webhook and answer; any number of these share one PostgreSQL."""
    served(Duty.RECEIVE)
