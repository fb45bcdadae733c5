"""Fetch updates by long polling; the next call tells Telegram what is committed."""

import asyncio
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.calls import call
from bot.wire.delivery import seconds
from bot.wire.inbox import WANTED, Inbox

log = structlog.get_logger()

POLL_SECONDS = 45
LONGEST_PAUSE = 30.0


async def poll(bot: ExtBot[None], inbox: Inbox, *, longest_pause: float = LONGEST_PAUSE) -> None:
    """Fetch, commit, acknowledge, for ever; wait longer after each failure in a row."""
    offset = 0
    failures = 0
    while True:
        try:
            updates = await fetch(bot, offset)
            await inbox.take(updates)
        except InvalidToken:
            raise
        except Exception as error:  # noqa: BLE001  # The receiver must outlive every failure.
            failures += 1
            await asyncio.sleep(min(longest_pause, pause(error, failures)))
            continue
        failures = 0
        if updates:
            offset = updates[-1]["update_id"] + 1


async def fetch(bot: ExtBot[None], offset: int) -> list[dict[str, Any]]:
    """Fetch updates as Telegram sends them; what they mean is read when they are handled."""
    asked = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": WANTED}
    updates = await call(bot, "getUpdates", asked, seconds=POLL_SECONDS + 10)
    return updates if isinstance(updates, list) else []


def pause(error: Exception, failures: int) -> float:
    """Tell how long to wait after a failure, in seconds."""
    wait: float = min(LONGEST_PAUSE, 0.5 * 2 ** min(failures, 8))
    if isinstance(error, RetryAfter):
        wait = seconds(error.retry_after)
    if isinstance(error, TelegramError):
        log.warning(
            "polling", error=type(error).__name__, wait=wait, twice=isinstance(error, Conflict)
        )
    else:
        log.error("receiving failed", error=type(error).__name__, wait=wait, exc_info=error)
    return wait
