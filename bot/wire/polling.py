"""Fetch updates by long polling; the next call tells Telegram what is committed."""

import asyncio

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.wire.inbox import WANTED, Inbox

log = structlog.get_logger()

POLL_SECONDS = 45
LONGEST_PAUSE = 30.0


async def poll(bot: ExtBot[None], inbox: Inbox) -> None:
    """Fetch, commit, acknowledge, for ever; wait longer after each failure in a row."""
    offset = 0
    failures = 0
    while True:
        try:
            updates = await bot.get_updates(
                offset=offset,
                timeout=POLL_SECONDS,
                allowed_updates=WANTED,
                read_timeout=POLL_SECONDS + 10,
            )
            await inbox.take([update.to_dict() for update in updates])
        except InvalidToken:
            raise
        except Exception as error:  # noqa: BLE001  # The receiver must outlive every failure.
            failures += 1
            await asyncio.sleep(pause(error, failures))
            continue
        failures = 0
        if updates:
            offset = updates[-1].update_id + 1


def pause(error: Exception, failures: int) -> float:
    """Tell how long to wait after a failure, in seconds."""
    wait = min(LONGEST_PAUSE, 0.5 * 2 ** min(failures, 8))
    if isinstance(error, RetryAfter):
        after = error.retry_after
        wait = float(after if isinstance(after, int | float) else after.total_seconds())
    if isinstance(error, TelegramError):
        log.warning(
            "polling", error=type(error).__name__, wait=wait, twice=isinstance(error, Conflict)
        )
    else:
        log.error("receiving failed", error=type(error).__name__, wait=wait)
    return wait
