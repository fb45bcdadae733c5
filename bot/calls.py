"""One call to Telegram, with its result as it comes; the wire and the post both use it."""

from typing import Any

from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # RequestData is made of these.


async def call(
    bot: ExtBot[None], method: str, values: dict[str, Any], *, seconds: float | None = None
) -> Any:
    """Call a method and give its result as Telegram sends it.

    The library's own calls would turn the result into objects first: all of them at once for
    updates, of which one that it cannot read would hold up all, and for nothing after a send.
    """
    given = [RequestParameter.from_input(name, value) for name, value in values.items()]
    timeout = {} if seconds is None else {"read_timeout": seconds}
    return await bot.request.post(f"{bot.base_url}/{method}", RequestData(given), **timeout)
