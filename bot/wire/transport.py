"""The line to Telegram: python-telegram-bot's seam, carried by aiohttp."""

import os
from typing import Any

import aiohttp
from telegram._utils.defaultvalue import DEFAULT_NONE  # PTB passes this mark as a time-out.
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

KEEP_ALIVE_SECONDS = 60
# Spans of time as spans, as python-telegram-bot will have them; else it warns at every limit.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class AiohttpRequest(BaseRequest):
    """Carry Bot API calls over one pool of kept-alive connections.

    The default transport scans its whole pool on every call, which makes many chats at once
    several times slower than one after another.
    """

    def __init__(self, *, connections: int = 128, seconds: float = 20) -> None:
        self._connections = connections
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Tell how long an answer may take, in seconds."""
        return self._seconds

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS
            )
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913, PLR0917  # The signature is python-telegram-bot's own.
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = DEFAULT_NONE,
        write_timeout: Any = DEFAULT_NONE,
        connect_timeout: Any = DEFAULT_NONE,
        pool_timeout: Any = DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call and give its status and body."""
        del write_timeout, connect_timeout, pool_timeout
        if self._session is None:
            raise NetworkError("The line to Telegram is closed.")
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._seconds
        timeout = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.request(
                method, url, data=body(request_data), timeout=timeout
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            # The address holds the token, and aiohttp's messages may hold the address.
            raise NetworkError(type(error).__name__) from None


def body(request_data: RequestData | None) -> Any:
    """Turn python-telegram-bot's parameters into a form, or a form with files."""
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
