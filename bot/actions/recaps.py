"""The recap of a week or a month, drafted from the person's own entries."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.copying import Pack, packed
from bot.actions.exports import ExportedEntry
from bot.actions.standings import Stand, gathered, stand
from bot.actions.team_views import View
from bot.actions.teams import days_in
from bot.skp.periods import Period
from bot.skp.progress_rows import Gap
from bot.skp.workdays import ONE_DAY
from db import calendars, plans, teams
from db.entries import Amount
from db.models.people import Employee
from db.plans import Outcome


@dataclass(frozen=True)
class RecapDays:
    """How the days of a stretch stand; today is not empty while it may still be logged."""

    logged: int
    away: int
    empty: int


@dataclass(frozen=True)
class RecapLine:
    """One RHK: what the stretch added to it, and where it stands in its year."""

    number: int
    text: str
    entries: int
    added: Stand | None
    year: Stand | None


@dataclass(frozen=True)
class Recap:
    """What a stretch held, and what still lacks."""

    pack: Pack
    days: RecapDays
    lines: tuple[RecapLine, ...]
    quiet: int
    additional: int
    unlinked: int

    @property
    def view(self) -> View:
        """Give the week or the month it is about."""
        return self.pack.view

    @property
    def unproven(self) -> list[ExportedEntry]:
        """List the entries without any bukti dukung."""
        return [one for one in self.pack.entries if not one.proofs]

    @property
    def timeless(self) -> int:
        """Count the entries whose hours nobody named."""
        return self.pack.gaps[Gap.HOURS]


async def recap(
    session: AsyncSession, employee: Employee, view: View, *, today: dt.date, edit_days: int
) -> Recap:
    """Draft the recap of a week or a month."""
    pack = await packed(session, employee, view, today=today, edit_days=edit_days)
    results = await results_of(session, employee, view.whole)
    amounts = await gathered(session, results)
    own = {one.id: [row for row in pack.entries if row.work_result_id == one.id] for one in results}
    loose = [one for one in pack.entries if one.work_result_id is None]
    return Recap(
        pack=pack,
        days=await days_of(session, employee, view.whole, today=today),
        lines=tuple(line_of(one, own[one.id], amounts[one.id]) for one in results if own[one.id]),
        quiet=sum(not rows for rows in own.values()),
        additional=sum(one.additional for one in loose),
        unlinked=sum(not one.additional for one in loose),
    )


async def results_of(session: AsyncSession, employee: Employee, period: Period) -> list[Outcome]:
    """List the RHK of a stretch; a week may lie in two years."""
    first = await plans.outlook(session, employee, on=period.start)
    last = period.end - ONE_DAY
    if last.year == period.start.year:
        return list(first.results)
    return [*first.results, *(await plans.outlook(session, employee, on=last)).results]


def line_of(result: Outcome, rows: Sequence[ExportedEntry], amounts: Iterable[Amount]) -> RecapLine:
    """Tell what some entries add to their RHK, as its leading IKI counts."""
    leading = result.measures[0] if result.measures else None
    added = [Amount(result.id, row.quantity, row.unit, row.percent) for row in rows]
    return RecapLine(
        number=result.number,
        text=result.text,
        entries=len(rows),
        added=stand(leading, added) if leading else None,
        year=stand(leading, amounts) if leading else None,
    )


async def days_of(
    session: AsyncSession, employee: Employee, period: Period, *, today: dt.date
) -> RecapDays:
    """Count the days of a stretch, up to today, by how they stand."""
    own, so_far = [employee.id or 0], Period(period.start, min(period.end, today + ONE_DAY))
    calendar = await calendars.calendar_of(session, employee, on=period.start)
    logged_spans = [(row.first, row.last) for row in await teams.logged(session, own, so_far)]
    away_spans = [(row.first, row.last) for row in await teams.away(session, own, so_far)]
    logged, away = within(so_far, logged_spans), within(so_far, away_spans)
    silent = [day for day in days_in(so_far) if calendar.is_working(day) and day not in logged]
    excused = sum(day in away for day in silent)
    open_today = today in silent and today not in away
    return RecapDays(len(logged), excused, len(silent) - excused - open_today)


def within(period: Period, spans: Iterable[tuple[dt.date, dt.date]]) -> set[dt.date]:
    """Give the days of some spans that lie in a period."""
    return {
        day
        for first, last in spans
        for day in days_in(Period(max(first, period.start), min(last + ONE_DAY, period.end)))
    }
