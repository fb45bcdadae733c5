"""Take a roster in: compare first, then write it whole or not at all."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.roster_comparison import Comparison, compare_with
from bot.actions.roster_storing import Storing
from bot.actions.themes import ensure_themes
from bot.refusal import Refusal
from bot.skp.roster_rows import Roster
from db import rosters
from db.engine import Database
from db.models.messages import AuditRecord
from db.models.people import Employee

TRIES = 3
Settle = Callable[[AsyncSession, Comparison], Awaitable[None]]


@dataclass(frozen=True)
class Occasion:
    """When and where a roster is applied, and by whom; the operator at the machine is nobody."""

    now: dt.datetime
    today: dt.date
    agency_zone: str
    actor: Employee | None = None


class RosterMoved(Exception):  # noqa: N818  # It is answered by comparing anew.
    """Another roster was applied since this one was compared."""


async def compare(
    session: AsyncSession, roster: Roster, *, today: dt.date, agency_zone: str
) -> Comparison:
    """Tell what applying a roster would do, and every problem that stands against it."""
    sheets = {sheet for sheet, rows in roster.rows().items() if rows}
    years = {today.year}
    for rows in (roster.work_results, roster.indicators, roster.action_plans):
        years.update(row.year for row in rows)
    known = await rosters.known(session, sheets, years, today=today)
    return await asyncio.to_thread(
        compare_with, roster, known, today=today, agency_zone=agency_zone
    )


async def apply(session: AsyncSession, comparison: Comparison, occasion: Occasion) -> None:
    """Write a compared roster, all of it.

    Raises `RosterMoved` when what was compared is no longer what is known.
    """
    if comparison.problems:
        raise Refusal("The workbook has problems; nothing was changed.")
    if comparison.empty:
        return
    await rosters.lock(session)
    if await rosters.stamp(session) != comparison.state.stamp:
        raise RosterMoved
    await Storing(session, comparison).store(today=occasion.today)
    counts = {"created": comparison.created, "updated": comparison.updated}
    session.add(
        AuditRecord(
            at=occasion.now,
            actor_id=occasion.actor.id if occasion.actor else None,
            action=rosters.APPLIED,
            details=counts,
        )
    )
    await session.flush()


async def take_in(
    database: Database, roster: Roster, occasion: Occasion, *, settle: Settle | None = None
) -> Comparison:
    """Compare a roster in a reading transaction and apply it in a short writing one.

    What belongs to its success is settled in that same transaction; with problems nothing is.
    """
    async with database.writing() as session:
        await ensure_themes(session)
    for _ in range(TRIES):
        async with database.reading() as session:
            found = await compare(
                session, roster, today=occasion.today, agency_zone=occasion.agency_zone
            )
        if found.problems:
            return found
        try:
            async with database.writing() as session:
                await apply(session, found, occasion)
                if settle is not None:
                    await settle(session, found)
        except (RosterMoved, IntegrityError):
            continue
        return found
    raise Refusal("Another roster is being applied just now. Try again in a minute.")
