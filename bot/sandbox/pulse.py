import asyncio
import contextlib


class Pulse:
    """Wake whoever waits for a change, and count the changes."""

    def __init__(self) -> None:
        self.version = 0
        self.closing = False
        self._waiting: set[asyncio.Event] = set()
        self._pages: set[asyncio.Queue[int | None]] = set()

    def changed(self, chat_id: int | None = None) -> None:
        """Say that a chat (or with None: everything) looks different now."""
        self.version += 1
        self._wake()
        for page in self._pages:
            page.put_nowait(chat_id)

    def close(self) -> None:
        """Let everybody who waits go home."""
        self.closing = True
        self._wake()
        for page in self._pages:
            page.put_nowait(None)

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()

    async def wait(self, seconds: float) -> bool:
        """Wait for the next change; tell whether one came in time."""
        if self.closing:
            return False
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), seconds)
            return event.is_set()
        finally:
            self._waiting.discard(event)

    async def pause(self, seconds: float) -> None:
        """Sleep, but not beyond the end of the world."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not self.closing and (left := until - loop.time()) > 0:
            await self.wait(left)

    def subscribe(self) -> asyncio.Queue[int | None]:
        """Open a stream of changed chats."""
        page: asyncio.Queue[int | None] = asyncio.Queue()
        self._pages.add(page)
        return page

    def unsubscribe(self, page: asyncio.Queue[int | None]) -> None:
        """Close a stream."""
        self._pages.discard(page)
