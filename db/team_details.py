"""Questions about one direct report's work: the entries of an RHK, one entry, its proof."""

import datetime as dt

import sqlmodel
from sqlalchemy import func
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from db.evidence import KEPT
from db.models.entries import Entry, Evidence
from db.models.plans import WorkResult
from db.sums import kept
from db.teams import Member


async def entries_of_result(
    session: AsyncSession, person: Member, work_result_id: int, *, limit: int
) -> list[Entry]:
    """List the newest entries of a direct report's RHK since the person came to this leader."""
    query = (
        sqlmodel.select(Entry)
        .where(
            col(Entry.work_result_id) == work_result_id,
            col(Entry.employee_id) == person.id,
            kept(),
            col(Entry.day) >= person.since,
        )
        .order_by(col(Entry.day).desc(), col(Entry.id).desc())
        .limit(limit)
    )
    return list(await session.exec(query))


async def entry(
    session: AsyncSession, person: Member, entry_id: int
) -> tuple[Entry, int | None] | None:
    """Find one entry of a direct report since the person came, with the number of its RHK."""
    last = func.coalesce(col(Entry.last_day), col(Entry.day))
    query = (
        sqlmodel.select(Entry, WorkResult.number)
        .join(WorkResult, col(WorkResult.id) == col(Entry.work_result_id), isouter=True)
        .where(
            col(Entry.id) == entry_id,
            col(Entry.employee_id) == person.id,
            kept(),
            last >= person.since,
        )
    )
    found = (await session.exec(query)).first()
    return (found[0], found[1]) if found else None


async def proof(session: AsyncSession, evidence_id: int) -> tuple[Evidence, dt.date] | None:
    """Find one bukti dukung; whose leader asks is for the caller to check."""
    query = (
        sqlmodel.select(Evidence, col(Entry.day))
        .join(Entry, col(Entry.id) == col(Evidence.entry_id))
        .where(col(Evidence.id) == evidence_id, col(Evidence.state).in_(KEPT), kept())
    )
    found = (await session.exec(query)).first()
    return (found[0], found[1]) if found else None
