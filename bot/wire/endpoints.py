"""What operations asks: does it live, is it ready, how much waits."""

import asyncio
import datetime as dt
import functools
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import structlog
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import REGISTRY, Collector
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from db import health
from db.engine import Database

log = structlog.get_logger()

Answer = TypeVar("Answer")

PATIENCE_SECONDS = 2.0
QUEUES = {
    "arrivals": "Updates that wait to be handled",
    "aside": "Updates that could not be handled and lie aside",
    "answers": "Answers that wait to be sent",
    "letters": "Letters that are due and wait to be sent",
    "evidence": "Evidence that waits to be stored",
}


class Backlog(Collector):
    """What waits, as the database told it for one scrape; without it, that it is away."""

    def __init__(self, backlog: health.Backlog | None, now: dt.datetime) -> None:
        self._backlog = backlog
        self._now = now

    def collect(self) -> Iterator[Metric]:
        """Give the gauges."""
        yield GaugeMetricFamily(
            "asisten_asn_database_up",
            "Whether the database answered this scrape.",
            value=float(self._backlog is not None),
        )
        if self._backlog is None:
            return
        for name, words in QUEUES.items():
            queue: health.Queue = getattr(self._backlog, name)
            yield GaugeMetricFamily(
                f"asisten_asn_{name}_waiting", f"{words}.", value=float(queue.count)
            )
            yield GaugeMetricFamily(
                f"asisten_asn_{name}_oldest_seconds",
                f"{words}: the age of the oldest, 0 without any.",
                value=queue.age(self._now).total_seconds(),
            )


def routes(
    database: Database, now: Callable[[], dt.datetime], stopping: Callable[[], bool]
) -> list[Route]:
    """Make the routes; they tell nothing about anybody, and no secret."""

    async def lives(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_: Request) -> Response:
        reason = "stopping" if stopping() else await unready(database)
        return JSONResponse({"ready": reason is None, "reason": reason}, 503 if reason else 200)

    async def metrics(_: Request) -> Response:
        registry = CollectorRegistry()
        registry.register(Backlog(await backlog(database, now()), now()))
        told = generate_latest(REGISTRY) + generate_latest(registry)
        return Response(told, media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return [Route("/healthz", lives), Route("/readyz", ready), Route("/metrics", metrics)]


async def unready(database: Database) -> str | None:
    """Tell why the process cannot work now, or None: it can."""
    current = await asked(database, health.schema_is_current)
    if current is None:
        return "the database does not answer"
    return None if current else "the schema is not up to date"


async def backlog(database: Database, now: dt.datetime) -> health.Backlog | None:
    """Ask what waits; None when the database does not answer."""
    return await asked(database, functools.partial(health.backlog, now=now))


async def asked(
    database: Database, question: Callable[[AsyncSession], Awaitable[Answer]]
) -> Answer | None:
    """Ask the database something within two seconds; None means that it does not answer."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), database.reading() as session:
            return await question(session)
    except Exception as error:  # noqa: BLE001  # Whatever is wrong, the answer is that it is.
        log.warning("the database does not answer", error=type(error).__name__)
        return None
