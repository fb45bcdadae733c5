"""A person's entries, page by page, as plain values."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.receipts import Receipt, receipt_of
from bot.skp.entries import EntryState, EvidenceKind, EvidenceState
from db import entries
from db import evidence as proofs
from db.models.people import Employee

PAGE = 6


@dataclass(frozen=True)
class HistoryLine:
    """One entry in the history."""

    entry_id: int
    day: dt.date
    last_day: dt.date | None
    text: str
    quantity: Decimal | None
    unit: str | None
    percent: Decimal | None
    number: int | None
    additional: bool
    late: bool
    undone: bool


@dataclass(frozen=True)
class HistoryPage:
    """A page of entries, the newest first; `older` tells that another page follows."""

    page: int
    lines: tuple[HistoryLine, ...]
    older: bool


@dataclass(frozen=True)
class Proof:
    """One bukti dukung as a line names it."""

    kind: EvidenceKind
    title: str
    url: str | None
    stored: bool


async def history_page(session: AsyncSession, employee: Employee, page: int) -> HistoryPage:
    """List a page of a person's entries; a page that is no longer there becomes the first."""
    page = max(page, 0)
    found = await entries.newest(session, employee, skip=page * PAGE, limit=PAGE + 1)
    if not found and page:
        return await history_page(session, employee, 0)
    lines = tuple(
        HistoryLine(
            entry_id=entry.id or 0,
            day=entry.day,
            last_day=entry.last_day,
            text=entry.text,
            quantity=entry.quantity,
            unit=entry.unit,
            percent=entry.percent,
            number=number,
            additional=entry.additional,
            late=entry.late,
            undone=entry.state is EntryState.UNDONE,
        )
        for entry, number in found[:PAGE]
    )
    return HistoryPage(page, lines, len(found) > PAGE)


async def opened_entry(
    session: AsyncSession, employee: Employee, entry_id: int, *, today: dt.date, edit_days: int
) -> tuple[Receipt, list[Proof]] | None:
    """Show one of a person's own entries with what proves it."""
    entry = await entries.own(session, employee, entry_id)
    if entry is None:
        return None
    receipt = await receipt_of(session, employee, entry, today=today, edit_days=edit_days)
    found = (await proofs.of_entries(session, [entry_id])).get(entry_id, [])
    return receipt, [
        Proof(one.kind, one.title, one.url, one.state is EvidenceState.STORED) for one in found
    ]
