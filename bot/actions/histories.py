"""A person's entries, page by page, as plain values."""

import datetime as dt
import re
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.entry_lines import EntryLine, entry_line
from bot.actions.feedback_requests import Asking, asking_of
from bot.actions.history_places import Place, Sought
from bot.actions.late_corrections import CORRECTED
from bot.actions.receipts import Receipt, ResultLine, receipt_of
from bot.refusal import Refusal
from bot.skp.entries import EvidenceKind, EvidenceState
from db import entries, histories, plans
from db import evidence as proofs
from db.histories import Wanted
from db.models.people import Employee

# With the taps that turn the page and choose, no more buttons than are taken in at a glance.
PAGE = 3
MOST_WORDS = 8
RESULT = re.compile(r"rhk ?#?([0-9]{1,3})", re.IGNORECASE)


@dataclass(frozen=True)
class HistoryPage:
    """A page of entries, the newest first; `older` tells that another page follows."""

    place: Place
    lines: tuple[EntryLine, ...]
    older: bool
    count: int
    words: str
    result: ResultLine | None
    today: dt.date


@dataclass(frozen=True)
class Proof:
    """One bukti dukung as a line names it."""

    kind: EvidenceKind
    title: str
    url: str | None
    stored: bool


@dataclass(frozen=True)
class Reason:
    """Why an entry was corrected after its window, and when."""

    at: dt.datetime
    text: str


@dataclass(frozen=True)
class OpenedEntry:
    """One entry whole."""

    receipt: Receipt
    proofs: tuple[Proof, ...]
    reasons: tuple[Reason, ...]
    asking: Asking = field(default_factory=Asking)


async def history_page(
    session: AsyncSession, employee: Employee, place: Place, *, words: str = "", today: dt.date
) -> HistoryPage:
    """List a page of a person's entries; a page that is no longer there becomes the first."""
    result = await result_of(session, employee, place)
    wanted = wanted_at(place, words)
    found = await histories.newest(
        session, employee, wanted, skip=place.page * PAGE, limit=PAGE + 1
    )
    if not found and place.page:
        return await history_page(session, employee, place.turned(0), words=words, today=today)
    count = len(found)
    if place.page or count > PAGE:
        count = await histories.count(session, employee, wanted)
    return HistoryPage(
        place=place,
        lines=tuple(entry_line(entry, number) for entry, number in found[:PAGE]),
        older=len(found) > PAGE,
        count=count,
        words=words,
        result=result,
        today=today,
    )


async def result_of(session: AsyncSession, employee: Employee, place: Place) -> ResultLine | None:
    """Find the RHK that is looked for; another person's is not found."""
    if place.sought is not Sought.RESULT:
        return None
    found = await plans.own_result(session, employee, place.value)
    if found is None:
        raise Refusal("This button no longer works.")
    return ResultLine(found.id or 0, found.number, found.text)


async def result_numbered(
    session: AsyncSession, employee: Employee, words: str, *, today: dt.date
) -> int | None:
    """Find the RHK of this year that `rhk 2` names."""
    match = RESULT.fullmatch(words.strip())
    outlook = await plans.outlook(session, employee, on=today) if match else None
    found = outlook.numbered(int(match[1])) if outlook and match else None
    return found.id if found else None


def wanted_at(place: Place, words: str) -> Wanted:
    """Say to the database which entries are looked for."""
    searching = place.sought is Sought.WORDS
    return Wanted(
        period=place.period,
        work_result_id=place.value if place.sought is Sought.RESULT else None,
        additional=place.sought is Sought.ADDITIONAL,
        unlinked=place.sought is Sought.UNLINKED,
        words=tuple(words.lower().split()[:MOST_WORDS]) if searching else (),
    )


async def opened_entry(
    session: AsyncSession, employee: Employee, entry_id: int, *, today: dt.date, edit_days: int
) -> OpenedEntry | None:
    """Show one of a person's own entries with what proves it, and why it was corrected late."""
    entry = await entries.own(session, employee, entry_id)
    if entry is None:
        return None
    receipt = await receipt_of(session, employee, entry, today=today, edit_days=edit_days)
    found = (await proofs.of_entries(session, [entry_id])).get(entry_id, [])
    corrected = await histories.audits(session, employee, CORRECTED)
    return OpenedEntry(
        receipt,
        tuple(
            Proof(one.kind, one.title, one.url, one.state is EvidenceState.STORED) for one in found
        ),
        tuple(
            Reason(one.at, str(one.details["reason"]))
            for one in corrected
            if one.details.get("entry") == entry_id
        ),
        await asking_of(session, employee, entry, today=today),
    )
