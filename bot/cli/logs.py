"""Logs: one line of JSON an event, without secrets and without what people wrote."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.config import Settings


def set_up_logs(settings: Settings) -> None:
    """Log to standard error; the token is cut out wherever it might turn up."""
    secrets = [
        secret.get_secret_value()
        for secret in (settings.bot_token, settings.webhook_secret, settings.database_url)
        if secret is not None
    ]

    def without_secrets(
        _logger: object, _name: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        for name, value in event.items():
            if isinstance(value, str):
                for secret in secrets:
                    value = value.replace(secret, "…")  # noqa: PLW2901  # Cut one after another.
                event[name] = value
        return event

    level = logging.getLevelName(settings.log_level)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    # The HTTP client and the scheduler log addresses, and addresses hold the token.
    for name in ("httpx", "aiohttp", "apscheduler", "telegram"):
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
