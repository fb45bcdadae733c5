"""Receive updates by webhook: Telegram hears 200 only when what it sent is committed."""

import asyncio
import errno
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import ExtBot

from bot.config import Settings
from bot.wire.delivery import seconds
from bot.wire.inbox import WANTED, Inbox, chat_of

log = structlog.get_logger()

# No update of Telegram's is anywhere near as long.
LARGEST = 1024 * 1024
BODY_SECONDS = 20.0
RETRY_SECONDS = 5
CONNECTIONS = 40
LONGEST_PAUSE = 30.0
# With what else must end, a process has eight seconds.
GRACE_SECONDS = 4
WAITING = 2_048
LARGEST_NUMBER = 2**63
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # The header's name.


class TooLarge(Exception):  # noqa: N818  # It is an answer and no error of ours.
    """A body is longer than any update."""


class Unreadable(Exception):  # noqa: N818  # The same.
    """A body is no update."""


def webhook_secret(settings: Settings) -> str:
    """Give what Telegram must say with each update; the same on every machine.

    Unless the operator chose one it is derived from the token, from which nobody gets back.
    """
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    if settings.bot_token is None:
        raise ValueError("a secret is derived from a token")
    token = settings.bot_token.get_secret_value().encode()
    return hmac.new(token, b"asisten-asn webhook", hashlib.sha256).hexdigest()


def receiver(inbox: Inbox, url: str, secret: str) -> Route:
    """Make the route at which Telegram leaves updates: the path of the webhook's address."""
    expected = secret.encode()
    batches = Batches(inbox)

    async def receive(request: Request) -> Response:
        said = request.headers.get(SECRET_HEADER, "").encode("latin-1")
        if not hmac.compare_digest(said, expected):
            return Response(status_code=403)
        try:
            update = read(await body(request))
        except TooLarge:
            return Response(status_code=413)
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=408)
        except Unreadable:
            # Telegram sends no such thing, so it was spoilt on the way, and comes again whole;
            # 200 would lose it, and 5xx would look as if we were away.
            log.warning("unreadable update")
            return Response(status_code=400)
        if await batches.take(update):
            return Response(status_code=200)
        return Response(status_code=503, headers={"Retry-After": str(RETRY_SECONDS)})

    return Route(unquote(urlsplit(url).path) or "/", receive, methods=["POST"])


class Batches:
    """Let what comes while a commit runs share the next one; a burst then costs few commits."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._waiting: list[tuple[dict[str, Any], asyncio.Future[bool]]] = []
        self._committing: asyncio.Task[None] | None = None

    async def take(self, update: dict[str, Any]) -> bool:
        """Wait until an update is committed; tell whether it is."""
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, kept))
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit())
        return await kept

    async def _commit(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            kept = await self._kept([update for update, _ in batch])
            for _, waiter in batch:
                # Whoever does not wait any more has heard that it is not done.
                if not waiter.done():
                    waiter.set_result(kept)
        self._committing = None

    async def _kept(self, updates: list[dict[str, Any]]) -> bool:
        try:
            await self._inbox.take(updates)
        except Exception:
            # A database that is away comes back; the receiver must outlive every failure.
            log.exception("receiving failed", updates=len(updates))
            return False
        return True


async def body(request: Request) -> bytes:
    """Read a body, and stop as soon as it is too long, whatever its head says."""
    if int(request.headers.get("Content-Length", "0")) > LARGEST:
        raise TooLarge
    whole = bytearray()
    async with asyncio.timeout(BODY_SECONDS):
        async for chunk in request.stream():
            whole += chunk
            if len(whole) > LARGEST:
                raise TooLarge
    return bytes(whole)


def read(raw: bytes) -> dict[str, Any]:
    """Read one update as far as the inbox must understand it: its number and its chat."""
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    number = update.get("update_id") if isinstance(update, dict) else None
    if type(number) is not int or not 0 <= number < LARGEST_NUMBER:
        raise Unreadable
    try:
        chat_of(update)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unreadable from error
    return dict(update)


async def set_webhook(
    bot: ExtBot[None],
    url: str,
    secret: str,
    *,
    connections: int = CONNECTIONS,
    longest_pause: float = LONGEST_PAUSE,
) -> None:
    """Tell Telegram where to send updates; wait for as long as Telegram is away.

    BadRequest means that Telegram does not take the address, and InvalidToken what it says.
    """
    failures = 0
    while True:
        try:
            await bot.set_webhook(
                url, secret_token=secret, allowed_updates=WANTED, max_connections=connections
            )
        except BadRequest:
            raise
        except (NetworkError, RetryAfter) as error:
            failures += 1
            await asyncio.sleep(min(longest_pause, pause(error, failures)))
        else:
            log.info("webhook set")
            return


async def delete_webhook(bot: ExtBot[None], *, longest_pause: float = LONGEST_PAUSE) -> None:
    """Let Telegram keep updates for polling; what waits there stays."""
    failures = 0
    while True:
        try:
            await bot.delete_webhook(drop_pending_updates=False)
        except (NetworkError, RetryAfter) as error:
            failures += 1
            await asyncio.sleep(min(longest_pause, pause(error, failures)))
        else:
            return


def pause(error: NetworkError | RetryAfter, failures: int) -> float:
    """Tell how long to wait for a Telegram that is away, in seconds."""
    wait: float = min(LONGEST_PAUSE, 0.25 * 2 ** min(failures, 8))
    if isinstance(error, RetryAfter):
        wait = seconds(error.retry_after)
    log.warning("Telegram is away", error=type(error).__name__, wait=wait)
    return wait


def host_and_port(listen: str) -> tuple[str, int]:
    """Take a host and its port apart; an IPv6 address stands in brackets."""
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)


class Server(uvicorn.Server):
    """Serve inside the process's own loop; the signals are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


class Listener:
    """Answer HTTP at one address, from the start to the stop."""

    def __init__(self, routes: Sequence[BaseRoute], host: str, port: int) -> None:
        self._place = (host, port)
        self._server = Server(
            uvicorn.Config(
                Starlette(routes=routes),
                # Logging is set up by whoever runs the process.
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                lifespan="off",
                ws="none",
                timeout_keep_alive=75,
                timeout_graceful_shutdown=GRACE_SECONDS,
            )
        )
        self._serving: asyncio.Task[None] | None = None
        self.port = port

    async def start(self) -> None:
        """Open the door; raise OSError, which names the address, when that is not possible."""
        door = await opened(*self._place)
        self.port = door.getsockname()[1]
        self._serving = asyncio.create_task(self._server.serve(sockets=[door]))

    async def stop(self) -> None:
        """Refuse new requests and let open ones end, for four seconds at most."""
        if self._serving is None:
            return
        self._server.should_exit = True
        await self._serving


async def opened(host: str, port: int) -> socket.socket:
    """Open a door before anybody is told of it.

    The protocol is named because asyncio turns Nagle's delay off, 40 ms a call, only then.
    """
    try:
        loop = asyncio.get_running_loop()
        (family, _, _, _, address), *_ = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise at(host, port, error) from error
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(WAITING)
    except OSError as error:
        door.close()
        raise at(host, port, error) from error
    return door


def at(host: str, port: int, error: OSError) -> OSError:
    """Name the address in an error, as the error of a file names the file."""
    return OSError(error.errno or errno.EIO, error.strerror, f"{host}:{port}")
