import asyncio
import contextlib
import json
import random
import ssl
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import SplitResult, urlsplit

from bot.sandbox.parameters import Parameters
from bot.sandbox.refusals import ApiError
from bot.sandbox.updates import Pending
from bot.sandbox.world import World

FIRST_RETRY = 1.0
ANSWER_WITHIN = 50.0
MAX_RETRY_AFTER = 3_600
Perform = Callable[[World, str, Parameters], Awaitable[Any]]


class Sender:
    """Send updates to the bot's webhook: one chat after another in order, chats side by side."""

    def __init__(self, world: World, perform: Perform) -> None:
        self._world = world
        self._perform = perform
        self._hook = world.hook
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._not_before: dict[int, tuple[float, float]] = {}

    async def run(self) -> None:
        """Send whatever waits, until the world ends."""
        world = self._world
        while not world.pulse.closing:
            if world.hook is not self._hook:
                self._hook = world.hook
                self._not_before.clear()
            if world.hook.url:
                self._start_all()
            await world.updates.nap(0.25)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start_all(self) -> None:
        seen: set[int] = set()
        now = asyncio.get_running_loop().time()
        for pending in self._world.updates.waiting():
            if len(self._busy) >= self._world.hook.connections:
                return
            if pending.key in seen or pending.key in self._busy:
                continue
            seen.add(pending.key)
            if self._not_before.get(pending.key, (0.0, 0.0))[0] <= now:
                self._busy.add(pending.key)
                task = asyncio.create_task(self._send(pending))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _send(self, pending: Pending) -> None:
        hook = self._world.hook
        pending.deliveries += 1
        try:
            status, headers, body = await post(hook.url, hook.secret, pending.update)
        except (OSError, TimeoutError, ValueError) as problem:
            status, headers, body = 0, {}, b""
            hook.error = f"Connection failed: {type(problem).__name__}"
        finally:
            self._busy.discard(pending.key)
        if 200 <= status < 300:
            pending.acknowledged = True
            self._not_before.pop(pending.key, None)
            await self._carry_out(body)
        else:
            self._put_off(pending.key, status, headers)
        self._world.updates.wake()

    def _put_off(self, key: int, status: int, headers: dict[str, str]) -> None:
        if status:
            self._world.hook.error = f"Wrong response from the webhook: {status}"
        self._world.hook.error_at = int(self._world.clock.now())
        last = self._not_before.get(key, (0.0, 0.0))[1]
        wait = FIRST_RETRY if not last else min(2 * last, random.uniform(60, 120))  # noqa: S311 - spreads retries.
        after = headers.get("retry-after", "")
        if after.isdigit():
            wait = min(int(after), MAX_RETRY_AFTER)
        self._not_before[key] = (asyncio.get_running_loop().time() + wait, wait)

    async def _carry_out(self, body: bytes) -> None:
        """Do what the answer asks for, unless it asks for something to read."""
        with contextlib.suppress(ValueError, ApiError):
            said = json.loads(body)
            method = str(said.pop("method", "")) if isinstance(said, dict) else ""
            if method and not method.lower().startswith("get"):
                await self._perform(self._world, method, Parameters(said))


async def post(url: str, secret: str, update: Any) -> tuple[int, dict[str, str], bytes]:
    """Send one JSON body over a connection of its own and give status, headers and answer."""
    parts = urlsplit(url)
    body = json.dumps(update, ensure_ascii=False).encode()
    async with asyncio.timeout(ANSWER_WITHIN):
        reader, writer = await asyncio.open_connection(
            parts.hostname,
            parts.port or (443 if parts.scheme == "https" else 80),
            ssl=ssl.create_default_context() if parts.scheme == "https" else None,
        )
        try:
            writer.write(_head(parts, secret, len(body)) + body)
            await writer.drain()
            return _answer(await reader.read())
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


def _head(parts: SplitResult, secret: str, length: int) -> bytes:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [
        f"POST {target} HTTP/1.1",
        f"Host: {parts.netloc.rpartition('@')[2]}",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        "Connection: close",
        *([f"X-Telegram-Bot-Api-Secret-Token: {secret}"] if secret else []),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _answer(raw: bytes) -> tuple[int, dict[str, str], bytes]:
    head, found, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    if not found or not first.startswith("HTTP/"):
        raise ValueError("no HTTP answer")
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines)
    }
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = _unchunked(body)
    return int(first.split()[1]), headers, body


def _unchunked(raw: bytes) -> bytes:
    whole = b""
    while raw:
        size, _, raw = raw.partition(b"\r\n")
        length = int(size.split(b";")[0] or b"0", 16)
        if length == 0:
            break
        whole, raw = whole + raw[:length], raw[length + 2 :]
    return whole
