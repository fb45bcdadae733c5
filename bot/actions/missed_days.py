"""Working days without an entry: what may have been done on them, and how they are caught up."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from zlib import crc32
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import entries
from bot.actions.entries import NIGHT, Heard
from bot.actions.teams import days_in
from bot.skp.periods import Period
from bot.skp.workdays import ONE_DAY, WorkCalendar
from bot.understanding.uncounted import without_figures
from db import calendars, histories, people, teams
from db.models.entries import Entry
from db.models.people import Employee
from db.models.plans import ActionPlan

LOOK_BACK = 10
# So many entries are looked through for one that may serve as a suggestion.
LOOKED_THROUGH = 60
EVENING = dt.time(20)


class Source(IntEnum):
    """Tell where a suggestion comes from; a button carries the number."""

    PLAN = 1
    ENTRY = 2


@dataclass(frozen=True)
class Suggestion:
    """What may have been done on a day: a rencana aksi of its month, or an earlier entry."""

    source: Source
    id: int
    text: str
    number: int | None
    work_result_id: int | None
    like: dt.date | None = None
    additional: bool = False
    by_hand: bool = True


@dataclass(frozen=True)
class MissedDay:
    """A working day without an entry and without an excuse."""

    day: dt.date
    suggestion: Suggestion | None


@dataclass(frozen=True)
class Tap:
    """When which arrival asks for something to be saved."""

    now: dt.datetime
    arrival_id: int


@dataclass(frozen=True)
class Stock:
    """What suggestions are made of; `spent` are the words that were used for late entries."""

    plans: list[tuple[ActionPlan, int]]
    entries: list[tuple[Entry, int | None]]
    spent: set[str]


async def missed_days(
    session: AsyncSession, employee: Employee, *, today: dt.date
) -> tuple[MissedDay, ...]:
    """List the working days before today that have neither entry nor absence, the oldest first."""
    days = await silent_days(session, employee, today=today)
    if not days:
        return ()
    stock = await stock_of(session, employee, days, today=today)
    found = assigned(stock, days)
    return tuple(MissedDay(day, found.get(day)) for day in days)


def assigned(stock: Stock, days: Collection[dt.date]) -> dict[dt.date, Suggestion]:
    """Give each day its own suggestion: what is likely first, then whatever was done lately."""
    spent, found = set(stock.spent), {}
    for source in (likely, lately):
        for day in days:
            if day in found:
                continue
            fresh = (one for one in source(stock, day) if plain(one.text) not in spent)
            suggestion = next(fresh, None)
            if suggestion is not None:
                spent.add(plain(suggestion.text))
                found[day] = suggestion
    return found


async def silent_days(
    session: AsyncSession, employee: Employee, *, today: dt.date
) -> list[dt.date]:
    """List the last working days without entry or excuse, since the person has had a place."""
    calendar = await calendars.calendar_of(session, employee, on=today)
    whole = looked_at(calendar, today)
    joined = await people.joined_on(session, employee)
    period = Period(min(max(whole.start, joined or whole.start), today), today)
    own = [employee.id or 0]
    logged = await teams.logged(session, own, period)
    away = await teams.away(session, own, period)
    spans = [(row.first, row.last) for row in logged] + [(row.first, row.last) for row in away]
    taken = {day for first, last in spans for day in days_in(Period(first, last + ONE_DAY))}
    return [day for day in days_in(period) if calendar.is_working(day) and day not in taken]


def looked_at(calendar: WorkCalendar, today: dt.date) -> Period:
    """Give the days from the tenth working day before today up to today."""
    return Period(calendar.shift(today, -LOOK_BACK), today)


async def stock_of(
    session: AsyncSession, employee: Employee, days: Collection[dt.date], *, today: dt.date
) -> Stock:
    """Gather the rencana aksi of the days and the newest entries.

    What was itself logged late in these days is no hint for others of them.
    """
    names = {name for day in days for name in period_names(day)}
    calendar = await calendars.calendar_of(session, employee, on=today)
    earlier = await histories.newest_kept(session, employee, before=today, limit=LOOKED_THROUGH)
    since = looked_at(calendar, today).start
    spent = {plain(bare(entry)) for entry, _ in earlier if entry.late and entry.day >= since}
    return Stock(await histories.planned(session, employee, names), earlier, spent)


def period_names(day: dt.date) -> tuple[str, str]:
    """Name the month and the quarter of a day as rencana aksi do."""
    return f"{day:%Y-%m}", f"{day.year}-TW{(day.month - 1) // 3 + 1}"


def likely(stock: Stock, day: dt.date) -> Iterator[Suggestion]:
    """Go through the rencana aksi of a day, then what the same weekday held before."""
    for plan, number in stock.plans:
        if plan.period in period_names(day):
            yield Suggestion(Source.PLAN, plan.id or 0, plan.text, number, plan.work_result_id)
    for one in lately(stock, day):
        if one.like and one.like.weekday() == day.weekday():
            yield one


def lately(stock: Stock, day: dt.date) -> Iterator[Suggestion]:
    """Go through what was done before a day, the newest first."""
    return (
        like(entry, number, day)
        for entry, number in stock.entries
        if entry.day < day and repeatable(entry)
    )


def repeatable(entry: Entry) -> bool:
    """Tell whether an entry can be suggested for another day: without its figure.

    How far something had come is true of its own day alone.
    """
    return entry.percent is None and (entry.quantity is None or bare(entry) != entry.text)


def bare(entry: Entry) -> str:
    """Give the words of an entry without the figures, which nobody has said of another day."""
    return without_figures(entry.text) or entry.text


def like(entry: Entry, number: int | None, day: dt.date) -> Suggestion:
    """Suggest what an earlier entry holds but its figures; an RHK of another year is left."""
    same_year = entry.day.year == day.year
    return Suggestion(
        source=Source.ENTRY,
        id=entry.id or 0,
        text=bare(entry),
        number=number if same_year else None,
        work_result_id=entry.work_result_id if same_year else None,
        like=entry.day,
        additional=entry.additional,
        by_hand=entry.by_hand,
    )


def plain(text: str) -> str:
    """Give words as they are compared."""
    return " ".join(text.casefold().split())


def mark(days: Iterable[MissedDay]) -> int:
    """Give a number that tells whether a list of suggestions is still the one that was shown."""
    shown = [(one.day.toordinal(), one.suggestion.id) for one in days if one.suggestion]
    return crc32(repr(shown).encode())


async def wanted_day(
    session: AsyncSession, employee: Employee, day: dt.date, chosen: tuple[int, int], today: dt.date
) -> MissedDay | None:
    """Find a missed day with the suggestion that was shown: its source and its key."""
    if day not in await silent_days(session, employee, today=today):
        return None
    stock = await stock_of(session, employee, [day], today=today)
    possible = (*likely(stock, day), *lately(stock, day))
    suggestion = next((one for one in possible if (one.source, one.id) == chosen), None)
    return MissedDay(day, suggestion) if suggestion else None


async def save(
    session: AsyncSession, employee: Employee, wanted: Collection[MissedDay], tap: Tap
) -> list[dt.date]:
    """Log suggestions on their days, and tell on which; each is exactly what was shown."""
    late_before = (tap.now.astimezone(ZoneInfo(employee.zone)) - NIGHT).date()
    made = [
        Entry(
            employee_id=employee.id or 0,
            day=one.day,
            text=one.suggestion.text,
            work_result_id=one.suggestion.work_result_id,
            additional=one.suggestion.additional,
            by_hand=one.suggestion.by_hand,
            late=one.day < late_before,
            arrival_id=tap.arrival_id,
            part=part,
            created_at=tap.now,
            changed_at=tap.now,
        )
        for part, one in enumerate(wanted)
        if one.suggestion is not None
    ]
    session.add_all(made)
    await session.flush()
    return [one.day for one in made]


async def hear(
    session: AsyncSession, employee: Employee, text: str, day: dt.date, now: dt.datetime
) -> Heard:
    """Understand a sentence as if it had been written on the evening of the day it is about.

    Where it names another day after that one, it means that day.
    """
    zone = ZoneInfo(employee.zone)
    evening = dt.datetime.combine(day, EVENING, zone)
    then = await entries.hear(session, employee, text, sent_at=evening)
    meant = await entries.hear(session, employee, text, sent_at=now)
    names_later = day < meant.proposal.day < now.astimezone(zone).date()
    return meant if names_later and then.proposal.day == day else then
