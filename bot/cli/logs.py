"""Logs: one line of JSON an event, without secrets and without what people wrote."""

import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from typing import Any, TextIO, cast
from urllib.parse import quote, unquote, urlsplit

import structlog

from bot.config import Settings
from bot.wire.webhook import webhook_secret

# These log addresses, and addresses hold the token.
TALKATIVE = ("httpx", "aiohttp", "apscheduler", "telegram")
# The words of an error quote what it is about, which may be what somebody wrote; and what
# PostgreSQL's driver adds to its own words is the name of a class.
QUOTED = re.compile(r"(?<!\w)[\"'`“‘].*[\"'`”’](?!\w)|(?<!\w)[\"'`“‘].*")
DRIVER = re.compile(r"^<class '[\w.]+'>: ")
NUMBER = re.compile(r"\d{8,}")
LONGEST = 200
# What is shorter is no token's part, and would be cut out of other words.
LONG_ENOUGH = 8


def secrets_of(settings: Settings) -> list[str]:
    """List what must never be read in a log, in every spelling, the longest first."""
    whole = [settings.webhook_secret]
    secrets = [secret.get_secret_value() for secret in whole if secret is not None]
    if settings.bot_token is not None:
        token = settings.bot_token.get_secret_value()
        secrets += [token, webhook_secret(settings)]
        # The part behind the colon is the secret, however the colon itself is written.
        behind = token.partition(":")[2]
        secrets += [behind] if len(behind) >= LONG_ENOUGH else []
    password = urlsplit(settings.database).password
    if password:
        secrets += [password, unquote(password)]
    spelt = {one for secret in secrets for one in (secret, quote(secret, safe=""))}
    return sorted(spelt, key=len, reverse=True)


class Scrubbed(logging.Formatter):
    """Write a library's log line without secrets."""

    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Cut every secret out of the line and of its traceback."""
        return scrub(super().format(record), self._secrets)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # The library's name.
        """Write the line without what it quotes."""
        record.message = unquoting(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802  # The library's name.
        """Write an error without what people wrote."""
        return account(ei[1])


class Unfailing:
    """Write lines where they go; a disk that is full costs the line and nothing else."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text if that is possible."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Let what was written out if that is possible."""
        with suppress(OSError):
            self._stream.flush()


def scrub(text: str, secrets: list[str]) -> str:
    """Cut secrets out of a text."""
    for secret in secrets:
        text = text.replace(secret, "…")
    return text


def unquoting(text: str) -> str:
    """Cut out of a text what it quotes."""
    return QUOTED.sub("…", text)


def account(error: BaseException) -> str:
    """Tell where an error arose and what led to it, without what people wrote."""
    return "\n".join(
        f"{''.join(traceback.format_tb(one.__traceback__))}{told(one)}" for one in chain(error)
    )


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Give what led to an error, the error itself, and what it gathers."""
    if error is None:
        return
    yield from chain(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
    yield error
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from chain(one)


def told(error: BaseException) -> str:
    """Name an error's kind, and of its words the first line without quotes and long numbers.

    What follows the first line is SQL with its values, or the row that was refused.
    """
    first = str(getattr(error, "orig", None) or error).partition("\n")[0]
    words = NUMBER.sub("…", unquoting(DRIVER.sub("", first)))
    return f"{type(error).__name__}: {words[:LONGEST]}"


def with_account(
    _logger: object, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Write values without what they quote, and the error of an event as its account."""
    found = event.pop("exc_info", None)
    for name, value in event.items():
        if isinstance(value, BaseException):
            event[name] = told(value)
        elif isinstance(value, str):
            event[name] = unquoting(value)
    if found:
        error = found if isinstance(found, BaseException) else sys.exc_info()[1]
        event["exception"] = account(error) if error is not None else "-"
    return event


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

    def line_without_secrets(_logger: object, _name: str, line: Any) -> str:
        # A value that is no text is written only here.
        return scrub(line, secrets)

    output = cast("TextIO", Unfailing(sys.stderr))
    level = logging.getLevelName(settings.log_level)
    handler = logging.StreamHandler(output)
    handler.setFormatter(Scrubbed(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            with_account,
            without_secrets,
            structlog.processors.JSONRenderer(),
            line_without_secrets,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(output),
    )
