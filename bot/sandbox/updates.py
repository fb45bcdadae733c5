import asyncio
import copy
import random
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.people import Json
from bot.sandbox.refusals import conflict

LIFETIME = {"callback_query": 150, "inline_query": 30}
DAY = 86_400
KEPT = 20_000
AWAY = 3.0
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
"""Kinds that Telegram sends only to bots that name them."""


@dataclass
class Pending:
    """Keep one update until the bot has acknowledged it."""

    update: Json
    key: int
    expires: float
    acknowledged: bool = False
    again: bool = False
    deliveries: int = 0

    @property
    def id(self) -> int:
        """Give the update's own id."""
        return int(self.update["update_id"])

    def due(self, offset: int) -> bool:
        """Tell whether a poll with this offset gets it; what is sent again ignores offsets once."""
        return self.id >= offset or (self.again and self.deliveries == 0)


@dataclass
class Queue:
    """Hold the bot's updates in order, for one receiver at a time."""

    clock: Clock
    allowed: list[str] = field(default_factory=list)
    conflict_delay: float = 3.0
    history: deque[Pending] = field(default_factory=lambda: deque(maxlen=KEPT))
    closing: bool = False

    def __post_init__(self) -> None:
        self._next = random.randint(100_000_000, 900_000_000)  # noqa: S311 - an id, no secret.
        self._arrived = asyncio.Event()
        self._poller: object | None = None
        self._last_poll = -AWAY
        self._open: list[Pending] = []

    def add(self, kind: str, content: Json, key: int) -> int | None:
        """Queue an update of a chat or person (key) and give its id; None when not asked for."""
        wanted = kind in self.allowed if self.allowed else kind not in UNASKED
        if not wanted:
            return None
        self._next += 1
        self.put({"update_id": self._next, kind: copy.deepcopy(content)}, key)
        return self._next

    def put(self, update: Json, key: int, *, again: bool = False) -> None:
        """Queue a whole update as it is."""
        kind = next((name for name in update if name != "update_id"), "")
        lifetime = LIFETIME.get(kind, DAY)
        pending = Pending(update, key, self.clock.now() + lifetime, again=again)
        self.history.append(pending)
        if self._open and self._open[-1].id > pending.id:
            self._open.append(pending)
            self._open.sort(key=lambda one: one.id)
        else:
            self._open.append(pending)
        self.wake()

    def inject(self, update: Json) -> int:
        """Queue any update, giving it an id when it has none."""
        if "update_id" not in update:
            self._next += 1
            update = {"update_id": self._next, **update}
        self.put(update, 0)
        return int(update["update_id"])

    def redeliver(self, update_id: int) -> bool:
        """Queue an update again that may be acknowledged already."""
        for pending in reversed(self.history):
            if pending.id == update_id:
                self.put(copy.deepcopy(pending.update), pending.key, again=True)
                return True
        return False

    def wake(self) -> None:
        """Tell the receiver to look again."""
        self._arrived.set()

    def waiting(self) -> list[Pending]:
        """List what is neither acknowledged nor too old, oldest first."""
        now = self.clock.now()
        self._open = [one for one in self._open if not one.acknowledged and one.expires > now]
        return self._open

    def acknowledge(self, before: int) -> None:
        """Forget every update with an id below this one."""
        for pending in self._open:
            if pending.id < before and not (pending.again and pending.deliveries == 0):
                pending.acknowledged = True

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Answer getUpdates; a second caller ends the first with a conflict."""
        me = self._poller = object()
        self.wake()
        if offset > 0:
            self.acknowledge(offset)
        elif offset < 0 and (kept := self.waiting()[offset:]):
            self.acknowledge(kept[0].id)
        loop = asyncio.get_running_loop()
        until = loop.time() + min(max(seconds, 0), 50)
        try:
            while True:
                batch = [one for one in self.waiting() if one.due(offset)][:limit]
                left = until - loop.time()
                if batch or left <= 0 or self.closing:
                    for one in batch:
                        one.deliveries += 1
                    return [one.update for one in batch]
                await self.nap(left)
                if self._poller is not me:
                    await asyncio.sleep(self.conflict_delay)
                    raise conflict(
                        "terminated by other getUpdates request; "
                        "make sure that only one bot instance is running"
                    )
        finally:
            self._last_poll = time.monotonic()
            if self._poller is me:
                self._poller = None

    def interrupt(self) -> None:
        """End the waiting poll with a conflict."""
        self._poller = None
        self.wake()

    def drop(self) -> None:
        """Forget everything that waits."""
        for pending in self._open:
            pending.acknowledged = True

    async def nap(self, seconds: float) -> None:
        """Wait until something arrives, or the time is over."""
        if self.closing:
            return
        self._arrived.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._arrived.wait()
        except TimeoutError:
            return

    @property
    def polled(self) -> bool:
        """Tell whether somebody waits for updates, or did a moment ago."""
        return self._poller is not None or time.monotonic() - self._last_poll < AWAY

    def told(self) -> list[dict[str, Any]]:
        """List all updates with what became of them."""
        return [
            {
                "update": one.update,
                "acknowledged": one.acknowledged,
                "deliveries": one.deliveries,
                "expired": not one.acknowledged and one.expires <= self.clock.now(),
            }
            for one in self.history
        ]
