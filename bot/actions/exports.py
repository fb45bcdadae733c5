"""Entries as other systems take them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EvidenceKind
from bot.skp.progress_rows import ProgressRow
from db import entries, plans
from db import evidence as proofs
from db.models.entries import Entry, Evidence


@dataclass(frozen=True)
class Wanted:
    """Whose entries of which days, both included; nothing given means all."""

    nip: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True)
class ExportedProof:
    """One bukti dukung: our own copy below the data folder, or a link."""

    kind: EvidenceKind
    title: str
    path: str | None
    url: str | None
    sha256: str | None


@dataclass(frozen=True)
class ExportedEntry:
    """One entry that counts, exactly as it stands."""

    id: int
    nip: str
    day: dt.date
    last_day: dt.date | None
    start: dt.time | None
    end: dt.time | None
    text: str
    work_result_id: int | None
    number: int | None
    plan: str | None
    quantity: Decimal | None
    unit: str | None
    percent: Decimal | None
    additional: bool
    late: bool
    created_at: dt.datetime
    proofs: tuple[ExportedProof, ...]

    @property
    def row(self) -> ProgressRow:
        """Give the entry as a line of e-Kinerja's daily form, which has room for one link."""
        return ProgressRow(
            plan=self.plan,
            day=self.day,
            start=self.start,
            end=self.end,
            text=self.text,
            quantity=self.quantity,
            unit=self.unit,
            evidence_url=next((one.url for one in self.proofs if one.url), None),
        )


async def exported_entries(session: AsyncSession, wanted: Wanted) -> list[ExportedEntry]:
    """List the entries that count; what was undone or deleted is absent."""
    rows = await entries.exported(session, nip=wanted.nip, first=wanted.first, last=wanted.last)
    found = await proofs.of_kept_entries(session, wanted.nip)
    planned = await plans.single_action_plans(session, wanted.nip)
    return [
        exported(entry, nip, number, (planned_for(entry, planned), found.get(entry.id or 0, [])))
        for entry, nip, number in rows
    ]


def exported(
    entry: Entry, nip: str, number: int | None, more: tuple[str | None, list[Evidence]]
) -> ExportedEntry:
    """Put one entry together; `more` is its rencana aksi and what proves it."""
    plan, found = more
    return ExportedEntry(
        id=entry.id or 0,
        nip=nip,
        day=entry.day,
        last_day=entry.last_day,
        start=entry.start,
        end=entry.end,
        text=entry.text,
        work_result_id=entry.work_result_id,
        number=number,
        plan=plan,
        quantity=entry.quantity,
        unit=entry.unit,
        percent=entry.percent,
        additional=entry.additional,
        late=entry.late,
        created_at=entry.created_at.astimezone(dt.UTC),
        proofs=tuple(
            ExportedProof(one.kind, one.title, one.path, one.url, one.sha256) for one in found
        ),
    )


def in_order(found: Iterable[ExportedEntry]) -> list[ExportedEntry]:
    """Bring entries into the order in which each person did them."""
    return sorted(found, key=lambda one: (one.nip, one.day, one.start or dt.time.max, one.id))


def planned_for(entry: Entry, planned: dict[tuple[int, str], str | None]) -> str | None:
    """Find the one rencana aksi of the entry's month or quarter under its RHK; of several none."""
    if entry.work_result_id is None:
        return None
    day = entry.day
    for period in (f"{day:%Y-%m}", f"{day.year}-TW{(day.month - 1) // 3 + 1}"):
        if (entry.work_result_id, period) in planned:
            return planned[entry.work_result_id, period]
    return None
