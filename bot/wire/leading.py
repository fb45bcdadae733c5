"""One process among several leads, and another takes over when it dies."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from db.claims import Claims, ClaimsLostError

log = structlog.get_logger()

# How often a process asks whether it leads, or still does, in seconds.
LOOK_SECONDS = 2.0


async def held(claims: Claims, name: str, *, shared: bool = False) -> int:
    """Wait until a lock is ours, and give the term in which it is."""
    told = False
    while True:
        try:
            if await claims.take(name, shared=shared):
                return claims.term
        except ClaimsLostError as error:
            log.warning("locks cannot be asked", error=str(error))
        if not told:
            log.info("waiting for another process", lock=name)
            told = True
        await asyncio.sleep(LOOK_SECONDS)


async def keep(claims: Claims, name: str, term: int, *, shared: bool = False) -> None:
    """Hold a lock, also over a database that goes away; come back once it is another's."""
    while True:
        await lost(claims, term)
        try:
            if not await claims.take(name, shared=shared):
                log.warning("another process has taken over", lock=name)
                return
            term = claims.term
        except ClaimsLostError as error:
            log.warning("locks cannot be asked", error=str(error))
            await asyncio.sleep(LOOK_SECONDS)


async def lead(claims: Claims, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Work whenever no other process leads, and stop as soon as the lead is lost; for ever."""
    while True:
        term = await held(claims, "leader")
        log.info("leading")
        tasks = [asyncio.create_task(work()), asyncio.create_task(lost(claims, term))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            failures = await asyncio.gather(*tasks, return_exceptions=True)
        log.error("no longer leading", failures=[type(one).__name__ for one in failures])
        await asyncio.sleep(LOOK_SECONDS)


async def lost(claims: Claims, term: int) -> None:
    """Wait until the locks of a term have gone."""
    while claims.term == term:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            await claims.hold()
        except ClaimsLostError:
            return
