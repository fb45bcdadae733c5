"""What comes in from several chats at once shares one transaction, as long as all goes well.

To begin, to mark as done and to commit costs as much for twenty arrivals as for one. Nobody waits
for a bundle to fill: it takes what has gathered while the one before it was at work. Each
arrival's effects still commit together with its mark; when one of them cannot be handled, nothing
of the bundle stays and each is handled alone.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Update

from db.arrivals import Outgoing
from db.engine import Database
from db.models.messages import Arrival
from db.outages import will_pass

MOST = 16
# PostgreSQL has many writers, so one bundle need not wait for the other's commit.
SIDE_BY_SIDE = 4


@dataclass(frozen=True)
class Waiting:
    """An arrival that waits for its transaction, and whoever waits for its answers."""

    arrival: Arrival
    update: Update
    answers: asyncio.Future[list[Outgoing]]


Perform = Callable[[AsyncSession, Sequence[Waiting]], Awaitable[list[list[Outgoing]]]]


class Bundles:
    """Let arrivals share transactions; `perform` handles some in one and gives their answers."""

    def __init__(self, database: Database, perform: Perform) -> None:
        self._database = database
        self._perform = perform
        self._waiting: deque[Waiting] = deque()
        self._most = 1 if database.sqlite else SIDE_BY_SIDE
        self._tasks: set[asyncio.Task[None]] = set()

    async def write(self, arrival: Arrival, update: Update) -> list[Outgoing]:
        """Handle an arrival in a transaction that writes; give what it is answered with."""
        mine = Waiting(arrival, update, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        if len(self._tasks) < self._most:
            task = asyncio.create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await mine.answers

    async def _work(self) -> None:
        while self._waiting:
            await self._bundle()

    async def _bundle(self) -> None:
        """Handle what waits by the time that a transaction is open."""
        taken: list[Waiting] = []
        try:
            async with self._database.writing() as session:
                while self._waiting and len(taken) < MOST:
                    taken.append(self._waiting.popleft())
                if not taken:
                    # Another bundle has taken all that waited.
                    return
                answers = await self._perform(session, taken)
        except Exception as error:  # noqa: BLE001  # Whoever waits for the answer gets it.
            if not taken and self._waiting:
                # No transaction could be opened; whoever waited longest hears of it.
                taken.append(self._waiting.popleft())
            await self._apart(taken, error)
            return
        for one, its_own in zip(taken, answers, strict=True):
            one.answers.set_result(its_own)

    async def _apart(self, taken: Sequence[Waiting], error: Exception) -> None:
        """Handle alone what could not be handled together, unless the database is away."""
        if len(taken) <= 1 or will_pass(error):
            for one in taken:
                one.answers.set_exception(error)
            return
        for one in taken:
            try:
                async with self._database.writing() as session:
                    (answers,) = await self._perform(session, [one])
            except Exception as its_own:  # noqa: BLE001  # The same.
                one.answers.set_exception(its_own)
            else:
                one.answers.set_result(answers)
