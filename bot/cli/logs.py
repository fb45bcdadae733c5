"""Logs: one line of JSON an event, without secrets and without what people wrote."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog

from bot.config import Settings

# These log addresses, and addresses hold the token.
TALKATIVE = ("httpx", "aiohttp", "apscheduler", "telegram")


def secrets_of(settings: Settings) -> list[str]:
    """List what must never be read in a log, the database's password included."""
    whole = [settings.bot_token, settings.webhook_secret]
    secrets = [secret.get_secret_value() for secret in whole if secret is not None]
    password = urlsplit(settings.database).password
    if password:
        secrets += [password, unquote(password)]
    return secrets


class Scrubbed(logging.Formatter):
    """Write a library's log line without secrets."""

    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Cut every secret out of the line and of its traceback."""
        return scrub(super().format(record), self._secrets)


def scrub(text: str, secrets: list[str]) -> str:
    """Cut secrets out of a text."""
    for secret in secrets:
        text = text.replace(secret, "…")
    return text


def set_up_logs(settings: Settings) -> None:
    """Log to standard error; secrets are cut out wherever they might turn up."""
    secrets = secrets_of(settings)

    def without_secrets(
        _logger: object, _name: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        for name, value in event.items():
            if isinstance(value, str):
                event[name] = scrub(value, secrets)
        return event

    level = logging.getLevelName(settings.log_level)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Scrubbed(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            without_secrets,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
