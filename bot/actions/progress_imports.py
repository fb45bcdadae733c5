"""A daily record that comes back as a workbook: what is new in it is logged, and nothing twice."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import evidence
from bot.actions.corrections import opened_since
from bot.actions.entries import LARGEST, NIGHT, profile, sane
from bot.actions.hours import put_in
from bot.actions.missed_days import EVENING, Tap, period_names, plain
from bot.refusal import Refusal
from bot.skp.complaints import N_, Complaint, Problem
from bot.skp.periods import Period, edit_until
from bot.skp.progress_rows import Progress, ProgressRow
from bot.skp.workdays import ONE_DAY
from bot.understanding.proposal import Profile
from bot.understanding.sentence import understand
from db import calendars, histories, plans
from db.models.entries import Entry
from db.models.people import Employee
from db.plans import Outlook

Mark = tuple[dt.date, str]

MOST_ROWS = 1000
DAY_COLUMN = "Tanggal"
AHEAD = Complaint(N_("{day} lies ahead."), N_("Write a day up to today."))
LONG_AGO = Complaint(
    N_("{day} is too long ago."), N_("Entries go back to the beginning of last year.")
)


@dataclass(frozen=True)
class Surroundings:
    """What is known around the rows of one month: the RHK, the ear's profile, the plans."""

    outlook: Outlook
    profile: Profile
    planned: dict[str, int]


@dataclass(frozen=True)
class Line:
    """One row with the RHK it belongs to, as far as that is sure."""

    row: ProgressRow
    work_result_id: int | None = None
    nearest: tuple[int, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """The rows, with the RHK of those that are new once they are linked."""

    zone: ZoneInfo
    rows: tuple[ProgressRow, ...]
    lines: dict[ProgressRow, Line]
    months: dict[tuple[int, int], Surroundings]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class TakenIn:
    """What came of a workbook."""

    created: int
    known: int
    timed: int
    links_left: int
    problems: tuple[Problem, ...]


async def prepare(
    session: AsyncSession, employee: Employee, progress: Progress, *, today: dt.date
) -> Prepared:
    """Find out which rows are new, and gather what is needed to link them."""
    if len(progress.rows) > MOST_ROWS:
        raise Refusal(
            "The workbook has more than {limit} lines. Split it into smaller files.",
            limit=str(MOST_ROWS),
        )
    rows, problems = in_time(progress, today)
    fresh, _ = await told_apart(session, employee, rows)
    months: dict[tuple[int, int], Surroundings] = {}
    for row in fresh:
        month = row.day.year, row.day.month
        if month not in months:
            months[month] = await surroundings(session, employee, row.day)
    return Prepared(
        zone=ZoneInfo(employee.zone),
        rows=tuple(rows),
        lines={row: Line(row) for row in fresh},
        months=months,
        problems=(*progress.problems, *problems),
    )


def in_time(progress: Progress, today: dt.date) -> tuple[list[ProgressRow], list[Problem]]:
    """Leave out the rows of days that lie ahead or too long ago."""
    rows, problems = [], []
    for row, number in zip(progress.rows, progress.numbers, strict=True):
        wrong = AHEAD if row.day > today else LONG_AGO if row.day < opened_since(today) else None
        if wrong is None:
            rows.append(row)
            continue
        values = {"day": row.day.isoformat()}
        problem = Problem(progress.sheet, number, DAY_COLUMN, wrong.problem, wrong.mend, values)
        problems.append(problem)
    return rows, problems


async def told_apart(
    session: AsyncSession, employee: Employee, rows: Sequence[ProgressRow]
) -> tuple[list[ProgressRow], list[tuple[ProgressRow, Entry]]]:
    """Tell the rows that are new from those that are logged already, with their entries.

    Two alike need two entries alike; each takes the one with its own hours, if there is one.
    """
    if not rows:
        return [], []
    days = [row.day for row in rows]
    kept = await histories.kept_in(session, employee, Period(min(days), max(days) + ONE_DAY))
    there: dict[Mark, list[Entry]] = defaultdict(list)
    for one in kept:
        there[bare(one.day, one.text).mark].append(one)
    fresh: list[ProgressRow] = []
    known: list[tuple[ProgressRow, Entry]] = []
    for row in sorted(rows, key=lambda one: same_hours(one, there[one.mark]) is None):
        left = there[row.mark]
        entry = same_hours(row, left) or next(iter(left), None)
        if entry is None:
            fresh.append(row)
            continue
        left.remove(entry)
        known.append((row, entry))
    return sorted(fresh, key=rows.index), known


def same_hours(row: ProgressRow, some: Sequence[Entry]) -> Entry | None:
    """Find the entry that has the hours of a row."""
    return next((one for one in some if (one.start, one.end) == (row.start, row.end)), None)


def bare(day: dt.date, text: str) -> ProgressRow:
    """Give a line of which only the day and the activity are known."""
    return ProgressRow(None, day, None, None, text, None, None, None)


async def surroundings(session: AsyncSession, employee: Employee, day: dt.date) -> Surroundings:
    """Gather the RHK of a day's year, and the rencana aksi of its month and quarter."""
    outlook = await plans.outlook(session, employee, on=day)
    found = await histories.planned(session, employee, period_names(day))
    return Surroundings(
        outlook,
        await profile(session, employee, outlook, day),
        {plain(plan.text): plan.work_result_id for plan, _ in found},
    )


def linked(prepared: Prepared) -> Prepared:
    """Link each row by its rencana aksi, else by its words where the ear is sure.

    It takes a millisecond a row, so a thread does it.
    """
    return replace(prepared, lines={row: link(prepared, row) for row in prepared.lines})


def link(prepared: Prepared, row: ProgressRow) -> Line:
    """Find the RHK of one row."""
    around = prepared.months[row.day.year, row.day.month]
    by_plan = around.planned.get(plain(row.plan or ""))
    if by_plan is not None:
        return Line(row, by_plan)
    evening = dt.datetime.combine(row.day, EVENING, prepared.zone)
    heard = understand(row.text, evening, around.profile)
    result = around.outlook.numbered(heard.result)
    nearest = [around.outlook.numbered(number) for number in heard.nearest]
    return Line(
        row, result.id if result else None, tuple(one.id for one in nearest if one is not None)[:3]
    )


async def take_in(
    session: AsyncSession, employee: Employee, prepared: Prepared, tap: Tap, *, edit_days: int
) -> TakenIn:
    """Log the rows that are still new, with their links; put hours into what is there."""
    fresh, known = await told_apart(session, employee, prepared.rows)
    timed = await put_hours(session, employee, known, tap, edit_days=edit_days)
    made = [
        (entry_of(employee, prepared.lines.get(row, Line(row)), tap, part=part), row.link)
        for part, row in enumerate(fresh)
    ]
    session.add_all(entry for entry, _ in made)
    await session.flush()
    links_left = 0
    for entry, url in made:
        kept = evidence.add_links(session, entry, [url] if url else [], now=tap.now)
        links_left += bool(url) and not kept
    await session.flush()
    return TakenIn(len(made), len(known), timed, links_left, prepared.problems)


async def put_hours(
    session: AsyncSession,
    employee: Employee,
    known: Sequence[tuple[ProgressRow, Entry]],
    tap: Tap,
    *,
    edit_days: int,
) -> int:
    """Put the hours that a row names into its entry while that may change; count the changes."""
    zone = ZoneInfo(employee.zone)
    today = tap.now.astimezone(zone).date()
    calendar = await calendars.calendar_of(session, employee, on=today)
    count = 0
    for row, entry in known:
        if row.start is None or row.end is None or row.start == row.end:
            continue
        written = entry.created_at.astimezone(zone).date()
        until = edit_until(entry.last_day or entry.day, calendar, edit_days, written_on=written)
        if (entry.start, entry.end) == (row.start, row.end) or today >= until:
            continue
        put_in(entry, (row.start, row.end))
        entry.version += 1
        entry.changed_at = tap.now
        session.add(entry)
        count += 1
    return count


def entry_of(employee: Employee, line: Line, tap: Tap, *, part: int) -> Entry:
    """Make an entry of a row, exactly as the row says."""
    row, late_before = line.row, (tap.now.astimezone(ZoneInfo(employee.zone)) - NIGHT).date()
    return Entry(
        employee_id=employee.id or 0,
        day=row.day,
        start=row.start,
        end=row.end,
        text=row.text,
        quantity=sane(row.quantity, LARGEST),
        unit=row.unit,
        work_result_id=line.work_result_id,
        nearest=list(line.nearest),
        late=row.day < late_before,
        arrival_id=tap.arrival_id,
        part=part,
        created_at=tap.now,
        changed_at=tap.now,
    )
