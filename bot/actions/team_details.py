"""One direct report's work, step by step: an RHK, an entry, its proof."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.entry_lines import EntryLine, entry_line
from bot.actions.feedback import Said, as_said
from bot.actions.leading import led_person
from bot.actions.team_standings import TeamResult
from bot.actions.team_views import View
from bot.actions.teams import look
from bot.refusal import Refusal
from bot.skp.entries import EvidenceKind, EvidenceState
from db import evidence as proofs
from db import feedback, team_details, teams
from db.models.people import Employee
from db.teams import Member

# Each has a button, and one leads back.
ENTRIES_SHOWN = 4


@dataclass(frozen=True)
class Exhibit:
    """One bukti dukung: an address, or a file that is stored under a path."""

    id: int
    kind: EvidenceKind
    title: str
    url: str | None
    path: str | None


@dataclass(frozen=True)
class OpenResult:
    """One RHK of a direct report with its newest entries."""

    person: Member
    result: TeamResult
    entries: tuple[EntryLine, ...]


@dataclass(frozen=True)
class OpenEntry:
    """One entry of a direct report with its proof and what was said of it."""

    person: Member
    entry: EntryLine
    exhibits: tuple[Exhibit, ...]
    words: tuple[Said, ...]


async def open_result(
    session: AsyncSession, leader: Employee, place: tuple[int, int], view: View, *, today: dt.date
) -> OpenResult:
    """Show one RHK (person, RHK) of a direct report."""
    employee_id, result_id = place
    shown = await look(session, leader, employee_id, view, today=today)
    result = next((one for one in shown.line.results if one.view.id == result_id), None)
    if result is None:
        raise Refusal("This button no longer works.")
    member = shown.line.member
    found = await team_details.entries_of_result(session, member, result_id, limit=ENTRIES_SHOWN)
    number = result.view.number
    return OpenResult(member, result, tuple(entry_line(one, number) for one in found))


async def open_entry(
    session: AsyncSession, leader: Employee, place: tuple[int, int], *, today: dt.date
) -> OpenEntry:
    """Show one entry (person, entry) of a direct report with its proof."""
    employee_id, entry_id = place
    member = await teams.member(session, leader, employee_id, on=today)
    found = await team_details.entry(session, member, entry_id) if member else None
    if member is None or found is None:
        raise Refusal("This button no longer works.")
    entry, number = found
    evidence = (await proofs.of_entries(session, [entry_id])).get(entry_id, [])
    exhibits = tuple(
        Exhibit(one.id or 0, one.kind, one.title, one.url, one.path)
        for one in evidence
        if one.url or one.state is EvidenceState.STORED
    )
    words = (await feedback.of_entries(session, [entry_id])).get(entry_id, [])
    spoken = await feedback.by_keys(session, [one.id or 0 for one in words])
    told = tuple(as_said(given, entry, author) for given, _, author, _ in spoken)
    return OpenEntry(member, entry_line(entry, number), exhibits, told)


async def open_exhibit(
    session: AsyncSession, leader: Employee, evidence_id: int, *, today: dt.date
) -> tuple[Exhibit, int]:
    """Find a stored bukti dukung of somebody one leads, and whose it is."""
    found = await team_details.proof(session, evidence_id)
    if found is not None:
        evidence, day = found
        member = await led_person(session, leader, evidence.employee_id, on=today)
        if member is not None and day >= member.since and evidence.path is not None:
            shown = Exhibit(evidence_id, evidence.kind, evidence.title, None, evidence.path)
            return shown, member.id
    raise Refusal("This button no longer works.")
