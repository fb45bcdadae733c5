"""One lane a chat: its arrivals in order, while other chats go on beside it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import structlog

from bot.wire.delivery import Delivery
from db import arrivals
from db.arrivals import Outgoing
from db.claims import Claims, ClaimsLostError
from db.engine import Database
from db.models.messages import Arrival

log = structlog.get_logger()

Handle = Callable[[Arrival], Awaitable[list[Outgoing] | None]]


@dataclass(frozen=True)
class Pace:
    """How many at once, and how long to wait, in seconds."""

    side_by_side: int = 64
    # So many arrivals are held in memory; the others wait in the database alone.
    held: int = 1000
    fetched: int = 50
    grace: float = 3.0
    backoff: float = 0.1


@dataclass
class Lane:
    """What a chat waits for, as far as it is known here."""

    waiting: deque[Arrival] = field(default_factory=deque)
    # The database holds arrivals that come after those that wait here.
    more: bool = False
    # The database may hold answers that are not sent.
    unsent: bool = False
    # It was compared with the database; from now on others may have received what came between.
    compared: bool = False
    task: asyncio.Task[None] | None = None


class Lanes:
    """Keep each chat in order and let the chats go side by side.

    Where several processes share the chats, a lane begins by claiming its chat for this one.
    """

    def __init__(
        self, database: Database, delivery: Delivery, handle: Handle, pace: Pace | None = None
    ) -> None:
        self._database = database
        self._delivery = delivery
        self._handle = handle
        self._claims: Claims | None = None
        self.pace = pace or Pace()
        self._lanes: dict[int, Lane] = {}
        self._slots = asyncio.Semaphore(self.pace.side_by_side)
        self._handling: set[asyncio.Future[list[Outgoing] | None]] = set()
        self._stopping = False

    def share(self, claims: Claims) -> None:
        """Share the chats with other processes: each is claimed before it is worked on."""
        self._claims = claims

    def forward(self, fresh: Sequence[Arrival]) -> None:
        """Let fresh arrivals queue behind those of their chats."""
        held = sum(len(lane.waiting) for lane in self._lanes.values())
        for arrival in fresh:
            lane = self._lane(arrival.chat_id)
            if lane.more or lane.compared or held >= self.pace.held:
                lane.more = True
            else:
                lane.waiting.append(arrival)
                held += 1

    def wake(self, chat_id: int) -> None:
        """Let a chat take up what its rows in the database hold."""
        lane = self._lane(chat_id)
        lane.more = lane.unsent = True

    async def idle(self) -> None:
        """Wait until no chat has anything left to do."""
        while self._lanes:
            await asyncio.wait(self._tasks())

    async def stop(self) -> None:
        """Let what has begun come to its end; what is left stays in the database."""
        self._stopping = True
        if self._lanes:
            _, late = await asyncio.wait(self._tasks(), timeout=self.pace.grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await asyncio.gather(*self._handling, return_exceptions=True)

    def _tasks(self) -> list[asyncio.Task[None]]:
        return [lane.task for lane in self._lanes.values() if lane.task is not None]

    def _lane(self, chat_id: int) -> Lane:
        lane = self._lanes.get(chat_id)
        if lane is None:
            lane = self._lanes[chat_id] = Lane()
            lane.task = asyncio.create_task(self._go(chat_id, lane))
        return lane

    async def _go(self, chat_id: int, lane: Lane) -> None:
        """Answer and handle a chat's arrivals until nothing is left."""
        again = False
        try:
            async with self._slots:
                if self._claims is None:
                    await self._work(chat_id, lane)
                else:
                    again = await self._work_claimed(self._claims, chat_id, lane)
        finally:
            del self._lanes[chat_id]
        if again and not self._stopping:
            self.wake(chat_id)

    async def _work(self, chat_id: int, lane: Lane, held: Callable[[], bool] | None = None) -> None:
        # Between the last look and the lane's end nothing is awaited, so that nothing can join a
        # lane that has ended.
        while not self._stopping and (lane.waiting or lane.more or lane.unsent):
            if held is not None and not held():
                return
            try:
                await self._step(chat_id, lane)
            except Exception:
                # A database that is away comes back; what is true then is read anew.
                log.exception("lane held up")
                lane.waiting.clear()
                lane.more = lane.unsent = True
                await asyncio.sleep(1)

    async def _work_claimed(self, claims: Claims, chat_id: int, lane: Lane) -> bool:
        """Work while the chat is ours; tell whether it is to be looked at again."""
        try:
            there = await claims.take_chat(chat_id, self.pace.fetched)
            if there is None:
                # Whoever has the chat looks at it again when they let go of it.
                return False
            lane.unsent = there.answers
            if tuple(arrival.id for arrival in lane.waiting) != there.arrivals:
                lane.waiting.clear()
                lane.more = bool(there.arrivals)
            lane.compared = True
            term = claims.term
            await self._work(chat_id, lane, lambda: claims.term == term)
            # Whoever has the chat next must not find unsent what is only not yet noted.
            await self._delivery.noted(chat_id)
            left = await claims.release_chat(chat_id)
        except ClaimsLostError as error:
            log.warning("chats lost", error=str(error))
            await asyncio.sleep(1)
            return True
        return left or bool(lane.waiting or lane.more or lane.unsent)

    async def _step(self, chat_id: int, lane: Lane) -> None:
        """Do the next thing: send what is unsent, fetch what waits, or handle one arrival."""
        if lane.unsent:
            lane.unsent = False
            # What is out but not yet noted would be found as unsent.
            await self._delivery.settle()
            async with self._database.reading() as session:
                unsent = await arrivals.unsent(session, chat_id)
            await self._delivery.send(unsent)
        elif lane.waiting:
            await self._take(lane)
        else:
            await self._fetch(chat_id, lane)

    async def _take(self, lane: Lane) -> None:
        arrival = lane.waiting[0]
        # A transaction that has begun is not to be cut by a stop.
        handling = asyncio.ensure_future(self._handle(arrival))
        self._handling.add(handling)
        handling.add_done_callback(self._handling.discard)
        answers = await asyncio.shield(handling)
        if answers is None:
            await asyncio.sleep(self.pace.backoff * 2**arrival.attempts)
            return
        lane.waiting.popleft()
        await self._delivery.send(answers)

    async def _fetch(self, chat_id: int, lane: Lane) -> None:
        lane.more = False
        async with self._database.reading() as session:
            found = await arrivals.undone(session, chat_id, limit=self.pace.fetched)
        if len(found) == self.pace.fetched:
            lane.more = True
            lane.waiting = deque(found)
            return
        known = {arrival.id for arrival in found}
        lane.waiting = deque([*found, *(one for one in lane.waiting if one.id not in known)])
