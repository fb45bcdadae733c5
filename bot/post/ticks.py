"""The clock: a few ticks; what is due is a question to the database, never a job."""

import datetime as dt
from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from db import arrivals
from db.engine import Database

log = structlog.get_logger()

KEPT = dt.timedelta(days=3)
PRUNING_HOURS = 6


def start_clock(
    database: Database,
    plan: Callable[[], Awaitable[None]],
    now: Callable[[], dt.datetime],
    *,
    seconds: float,
) -> AsyncIOScheduler:
    """Start the ticks: planning every few seconds, forgetting old arrivals a few times a day."""

    async def planning() -> None:
        try:
            await plan()
        except Exception:
            # The next tick plans what this one could not.
            log.exception("planning failed")

    async def pruning() -> None:
        async with database.writing() as session:
            await arrivals.prune(session, before=now() - KEPT)

    # A late tick still runs; the default would drop what is more than a second late.
    scheduler = AsyncIOScheduler(
        timezone=dt.UTC,
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    scheduler.add_job(planning, "interval", seconds=seconds)
    scheduler.add_job(pruning, "interval", hours=PRUNING_HOURS)
    scheduler.start()
    return scheduler
