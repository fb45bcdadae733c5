"""Questions about bukti dukung."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EvidenceState
from db.models.entries import Entry, Evidence
from db.models.messages import Arrival
from db.models.people import Employee

KEPT = (EvidenceState.PENDING, EvidenceState.STORED)


async def of_entries(
    session: AsyncSession, entry_ids: Collection[int]
) -> dict[int, list[Evidence]]:
    """List what proves some entries, by entry; what could not be stored is left out."""
    query = (
        select(Evidence)
        .where(col(Evidence.entry_id).in_(entry_ids), col(Evidence.state).in_(KEPT))
        .order_by(col(Evidence.id))
    )
    found: dict[int, list[Evidence]] = {}
    for one in await session.exec(query):
        found.setdefault(one.entry_id, []).append(one)
    return found


async def of_kept_entries(session: AsyncSession, nip: str | None) -> dict[int, list[Evidence]]:
    """List what proves a person's entries, or everybody's, by entry."""
    query = select(Evidence).where(col(Evidence.state).in_(KEPT)).order_by(col(Evidence.id))
    if nip is not None:
        query = query.join(Employee, col(Employee.id) == col(Evidence.employee_id)).where(
            col(Employee.nip) == nip
        )
    found: dict[int, list[Evidence]] = {}
    for one in await session.exec(query):
        found.setdefault(one.entry_id, []).append(one)
    return found


async def pending(session: AsyncSession, *, now: dt.datetime) -> Evidence | None:
    """Find the bukti dukung that has waited longest for our own copy and is due."""
    due = or_(col(Evidence.next_try_at).is_(None), col(Evidence.next_try_at) <= now)
    query = (
        select(Evidence)
        .where(col(Evidence.state) == EvidenceState.PENDING, due)
        .order_by(col(Evidence.id))
        .limit(1)
    )
    return (await session.exec(query)).first()


async def brought(session: AsyncSession, found: Evidence) -> tuple[Arrival, str, Entry] | None:
    """Find the arrival that brought a bukti dukung, its owner's language, and its entry."""
    query = (
        select(Arrival, Employee.language, Entry)
        .select_from(Arrival)
        .join(Employee, col(Employee.id) == found.employee_id)
        .join(Entry, col(Entry.id) == found.entry_id)
        .where(col(Arrival.id) == found.arrival_id)
    )
    row = (await session.exec(query)).first()
    return (row[0], row[1], row[2]) if row else None


async def same_file(session: AsyncSession, found: Evidence) -> list[Evidence]:
    """List the pending bukti dukung of other entries that the same message brought as one file."""
    query = select(Evidence).where(
        col(Evidence.employee_id) == found.employee_id,
        col(Evidence.file_id) == found.file_id,
        col(Evidence.arrival_id) == found.arrival_id,
        col(Evidence.state) == EvidenceState.PENDING,
        col(Evidence.id) != found.id,
    )
    return list(await session.exec(query))
