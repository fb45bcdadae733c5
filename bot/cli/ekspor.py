"""`ekspor`: entries for other programs, and in e-Kinerja's eight columns."""

import asyncio
import datetime as dt
import enum
import json
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.actions.exports import (
    ExportedEntry,
    ExportedProof,
    Wanted,
    exported_entries,
    in_order,
)
from bot.cli.reaching import reached
from bot.cli.speaking import WRONG_USAGE, fail, operator_translator, say, settings_or_fail
from bot.config import Settings
from bot.documents.ekinerja import write_progress
from bot.i18n import Translator
from bot.skp.nip import NipProblem, read_nip
from db import migrating, people


class Subject(enum.StrEnum):
    """What can be exported."""

    ENTRIES = "catatan"


def command(  # noqa: PLR0913  # Typer reads the options from the signature.
    *,
    subject: Annotated[Subject, typer.Argument(help="What to export.", show_default=False)],
    nip: Annotated[str | None, typer.Option("--nip", help="Whose entries; all without it.")] = None,
    first: Annotated[str | None, typer.Option("--dari", help="The first day: 2026-11-01.")] = None,
    last: Annotated[str | None, typer.Option("--sampai", help="The last day, included.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    path: Annotated[
        Path | None, typer.Option("--berkas", help="Write an XLSX in e-Kinerja's columns here.")
    ] = None,
) -> None:
    """Export entries: as JSON, or as XLSX in the eight columns of e-Kinerja's daily form."""
    del subject  # There is one so far; naming it keeps the command stable when more come.
    t = operator_translator()
    if as_json == (path is not None):
        fail(t.gettext("Say how: --json, or --berkas FILE for an XLSX."), WRONG_USAGE)
    wanted = Wanted(nip_of(nip, t), day_of(first, t), day_of(last, t))
    if wanted.first and wanted.last and wanted.last < wanted.first:
        fail(t.gettext("The last day lies before the first."), WRONG_USAGE)
    found = asyncio.run(work(settings_or_fail(), wanted, t))
    if path is None:
        print(json.dumps([record(one) for one in found], ensure_ascii=False))  # noqa: T201  # For programs.
        return
    save(path, found, t)


async def work(settings: Settings, wanted: Wanted, t: Translator) -> list[ExportedEntry]:
    """Find the entries."""
    async with reached(settings) as database:
        await migrating.upgrade(database)
        async with database.reading() as session:
            if wanted.nip and await people.by_nip(session, wanted.nip) is None:
                fail(t.gettext("No person with the NIP {nip} is in the roster.", nip=wanted.nip))
            return await exported_entries(session, wanted)


def nip_of(raw: str | None, t: Translator) -> str | None:
    """Read the NIP that was given."""
    if raw is None:
        return None
    try:
        return read_nip(raw).text
    except NipProblem:
        fail(t.gettext("“{value}” is not a NIP of 18 digits.", value=raw), WRONG_USAGE)


def day_of(raw: str | None, t: Translator) -> dt.date | None:
    """Read the day that was given."""
    if raw is None:
        return None
    try:
        return dt.date.fromisoformat(raw)
    except ValueError:
        fail(t.gettext("“{value}” is not a day. Example: 2026-11-24", value=raw), WRONG_USAGE)


def record(one: ExportedEntry) -> dict[str, Any]:
    """Write an entry as other programs read it."""
    until = {"sampai": one.last_day.isoformat()} if one.last_day else {}
    return {
        "id": one.id,
        "nip": one.nip,
        "tanggal": one.day.isoformat(),
        **until,
        "mulai": f"{one.start:%H:%M}" if one.start else None,
        "selesai": f"{one.end:%H:%M}" if one.end else None,
        "kegiatan": one.text,
        "rhk": one.number,
        "realisasi": number(one.quantity),
        "satuan": one.unit,
        "persen": number(one.percent),
        "bukti": [proof(found) for found in one.proofs],
        "susulan": one.late,
        "dibuat": one.created_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
    }


def number(value: Decimal | None) -> int | float | None:
    """Write a decimal as JSON's number, whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def proof(one: ExportedProof) -> dict[str, str | None]:
    """Write a bukti dukung as other programs read it."""
    place = {"tautan": one.url} if one.url is not None else {"berkas": one.path}
    return {"jenis": one.kind.value, "judul": one.title, **place, "sha256": one.sha256}


def save(path: Path, found: list[ExportedEntry], t: Translator) -> None:
    """Write the XLSX."""
    rows = [one.row for one in in_order(found)]
    try:
        path.write_bytes(write_progress(rows))
    except OSError as error:
        fail(t.gettext("{path} cannot be written: {reason}", path=path, reason=error.strerror))
    written = t.ngettext(
        "{n} entry is in {path}.", "{n} entries are in {path}.", len(rows), n=len(rows), path=path
    )
    say(written)
