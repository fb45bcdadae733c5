"""What goes over into e-Kinerja's daily form: a person's own entries of a day, week or month."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.exports import ExportedEntry, Wanted, exported_entries, in_order
from bot.actions.team_views import View
from bot.skp.periods import edit_until
from bot.skp.progress_rows import Gap
from bot.skp.workdays import ONE_DAY, WorkCalendar
from db import calendars
from db.models.people import Employee


@dataclass(frozen=True)
class EvidenceCopy:
    """Our own copy of a bukti dukung: where it lies below the data folder, and what it proves."""

    entry: ExportedEntry
    path: str
    title: str


@dataclass(frozen=True)
class Pack:
    """Entries in the order of the form; `timeless` are those whose hours may still be named.

    An entry of several days stands on its first one, since the form takes one date.
    """

    view: View
    entries: tuple[ExportedEntry, ...]
    timeless: tuple[int, ...]

    @property
    def gaps(self) -> Counter[Gap]:
        """Count what the fields of the form lack, because nobody said it."""
        return Counter(gap for one in self.entries for gap in one.row.gaps)

    @property
    def copies(self) -> list[EvidenceCopy]:
        """List our own copies of what proves the entries."""
        return [
            EvidenceCopy(one, proof.path, proof.title)
            for one in self.entries
            for proof in one.proofs
            if proof.path
        ]


async def packed(
    session: AsyncSession, employee: Employee, view: View, *, today: dt.date, edit_days: int
) -> Pack:
    """Put the person's own entries of a stretch together."""
    period = view.whole
    wanted = Wanted(employee.nip, period.start, period.end - ONE_DAY)
    entries = in_order(await exported_entries(session, wanted))
    calendar = await calendars.calendar_of(session, employee, on=today)
    timeless = (one for one in entries if Gap.HOURS in one.row.gaps)
    changeable = still_open(timeless, calendar, employee.zone, today, edit_days)
    return Pack(view, tuple(entries), tuple(one.id for one in changeable))


def still_open(
    found: Iterable[ExportedEntry], calendar: WorkCalendar, zone: str, today: dt.date, days: int
) -> list[ExportedEntry]:
    """Keep the entries whose window has not closed."""
    return [
        one
        for one in found
        if today
        < edit_until(
            one.last_day or one.day,
            calendar,
            days,
            written_on=one.created_at.astimezone(ZoneInfo(zone)).date(),
        )
    ]
