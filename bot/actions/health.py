"""How the bot is: what waits, what waits too long, and what lies aside."""

import datetime as dt
import enum
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.staff import admin_only
from db import health
from db.models.people import Employee

SHOWN = 5


class Queue(enum.StrEnum):
    """What can wait; the gravest comes first."""

    ARRIVALS = "arrivals"
    ANSWERS = "answers"
    LETTERS = "letters"
    EVIDENCE = "evidence"


# At twenty-nine a second, a province's reminders take their time; a file may be tried for hours.
PATIENCE = {
    Queue.ARRIVALS: dt.timedelta(minutes=5),
    Queue.ANSWERS: dt.timedelta(minutes=5),
    Queue.LETTERS: dt.timedelta(hours=1),
    Queue.EVIDENCE: dt.timedelta(hours=1),
}


@dataclass(frozen=True)
class Waiting:
    """How many of a kind wait, since when, and whether that is too long."""

    queue: Queue
    count: int
    oldest: dt.datetime | None
    late: bool


@dataclass(frozen=True)
class Aside:
    """One arrival that lies aside: its reference, as the apology names it, and the error's kind."""

    code: str
    error: str


@dataclass(frozen=True)
class Health:
    """What waits, kind by kind, and what lies aside, the newest first."""

    waiting: tuple[Waiting, ...]
    aside: int
    newest_aside: tuple[Aside, ...]

    @property
    def late(self) -> tuple[Waiting, ...]:
        """Give what waits too long, the gravest first."""
        return tuple(one for one in self.waiting if one.late)

    @property
    def well(self) -> bool:
        """Tell whether nothing needs attention."""
        return not self.late and not self.aside


async def shown(
    session: AsyncSession, admin: Employee, arrival_id: int, *, now: dt.datetime
) -> Health:
    """Show an admin how the bot is, besides the question itself; nothing tells of anybody."""
    admin_only(admin)
    return await look(session, now=now, besides=arrival_id)


async def look(session: AsyncSession, *, now: dt.datetime, besides: int = 0) -> Health:
    """Look at what waits and what lies aside."""
    backlog = await health.backlog(session, now=now, besides=besides)
    lying = await health.lying_aside(session, limit=SHOWN) if backlog.aside.count else []
    return Health(
        waiting=tuple(waiting(queue, getattr(backlog, queue), now) for queue in Queue),
        aside=backlog.aside.count,
        newest_aside=tuple(Aside(f"A{one.arrival_id}", kind(one.error)) for one in lying),
    )


def waiting(queue: Queue, found: health.Queue, now: dt.datetime) -> Waiting:
    """Judge whether the oldest has waited too long."""
    return Waiting(queue, found.count, found.oldest, late=found.age(now) > PATIENCE[queue])


def kind(error: str | None) -> str:
    """Name an error's kind alone: its words may repeat what somebody wrote."""
    name = (error or "").partition(":")[0].strip()
    return name if name.isidentifier() else "-"
