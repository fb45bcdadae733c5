"""Questions about what the entries of many RHK come to; the database sums, they are many."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, ScalarSelect, Select, bindparam, case, func, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from bot.skp.periods import Period
from db.entries import Amount
from db.keys import among
from db.models.entries import Entry
from db.models.plans import WorkResult
from db.sums import NO_SUMS, kept, left, sums_of
from db.team_questions import KEYS, rows

# Work of several days stands where it stood at its end.
LAST = func.coalesce(col(Entry.last_day), col(Entry.day))
COLUMNS: tuple[Any, ...] = (
    LAST.label("last"),
    col(Entry.day).label("day"),
    col(Entry.id).label("id"),
    col(Entry.work_result_id).label("result"),
    col(Entry.quantity).label("quantity"),
    col(Entry.unit).label("unit"),
    col(Entry.percent).label("percent"),
)
BEFORE = bindparam("before", type_=Date())
NAMES = tuple(one.name for one in COLUMNS)


@dataclass(frozen=True)
class Dated:
    """What one entry adds, and on which days it begins and ends."""

    day: dt.date
    last: dt.date
    amount: Amount


@dataclass(frozen=True)
class Unlinked:
    """How many entries of a person belong to no RHK: tugas tambahan, and those not yet linked."""

    additional: int
    unlinked: int


async def totals(
    session: AsyncSession, ids: Collection[int], cuts: Sequence[dt.date]
) -> list[tuple[Amount, ...]]:
    """Sum what the entries of some RHK add before each of some days, unit by unit.

    One line holds the sums of one RHK and unit, in the order of the days. All is summed once, up
    to the last day; what came after an earlier one is little, and is taken off again.
    """
    last = max(cuts)
    whole = await sums_of(session, ids, Period(dt.date.min, last))
    after = [await sums_of(session, ids, Period(cut, last)) if cut < last else {} for cut in cuts]
    return [
        tuple(left(key, line, some.get(key, NO_SUMS)) for some in after)
        for key, line in whole.items()
    ]


def last_figures() -> Select[*tuple[Any, ...]]:
    """Select the very last figure of some RHK before a day, in whatever unit it is.

    Each is two steps into indexes, so it costs little however many entries there are: the one that
    began last, and of those of several days, which are few, the one that ended last.
    """
    keys = [
        select(one).where(among(col(WorkResult.id), KEYS)) for one in (last_begun(), last_ended())
    ]
    # One list for both: with two of them joined by OR, PostgreSQL goes through all entries.
    return select(*COLUMNS).where(col(Entry.id).in_(union_all(*keys)))


def last_begun() -> ScalarSelect[int | None]:
    """Select the entry with a figure of an RHK that begins last before a day."""
    one = aliased(Entry)
    return of_result(one).order_by(col(one.day).desc(), col(one.id).desc()).scalar_subquery()


def last_ended() -> ScalarSelect[int | None]:
    """Select the entry of several days with a figure of an RHK that ends last.

    They are found among the owner's, for which there is an index.
    """
    one = aliased(Entry)
    return (
        of_result(one)
        .where(col(one.employee_id) == col(WorkResult.employee_id), col(one.last_day).is_not(None))
        .order_by(col(one.last_day).desc(), col(one.id).desc())
        .scalar_subquery()
    )


def of_result(one: type[Entry]) -> Select[int | None]:
    """Select one entry with a figure that begins before a day, of the RHK around it."""
    return (
        select(col(one.id))
        .where(
            col(one.work_result_id) == col(WorkResult.id),
            col(one.state) == EntryState.KEPT,
            col(one.day) < BEFORE,
            or_(col(one.quantity).is_not(None), col(one.percent).is_not(None)),
        )
        .limit(1)
        .correlate(WorkResult)
    )


# Asked for every team, and long, so it is put together once.
LAST_FIGURES = last_figures()


async def last(session: AsyncSession, ids: Collection[int], *, before: dt.date) -> list[Dated]:
    """List the very last figure of some RHK before a day."""
    found = await rows(session, LAST_FIGURES, keys=list(ids), before=before)
    # They come in the order in which they count, so the last one of each stays.
    return list({one.amount.work_result_id: one for one in dated(found)}.values())


async def newest(session: AsyncSession, ids: Collection[int], *, before: dt.date) -> list[Dated]:
    """List the last value of some RHK in each unit before a day, the oldest first."""
    newest_first = func.row_number().over(
        partition_by=(
            col(Entry.work_result_id),
            col(Entry.unit),
            col(Entry.percent).is_(None),
            col(Entry.quantity).is_(None),
        ),
        order_by=(LAST.desc(), col(Entry.id).desc()),
    )
    ranked = entries_of(ids, before).add_columns(newest_first.label("place")).subquery()
    query = select(*(ranked.c[name] for name in NAMES)).where(ranked.c.place == 1)
    return dated(await rows(session, query))


async def singles(session: AsyncSession, ids: Collection[int], *, before: dt.date) -> list[Dated]:
    """List what every entry of some RHK adds before a day, the oldest first."""
    return dated(await rows(session, entries_of(ids, before)))


async def activity(
    session: AsyncSession, ids: Collection[int], now: Period, before: Period
) -> dict[int, tuple[int, int]]:
    """Count the entries of some RHK that begin in a period, and in an earlier one."""
    counts = [
        func.count(case(((col(Entry.day) >= one.start) & (col(Entry.day) < one.end), 1)))
        for one in (now, before)
    ]
    query = (
        select(col(Entry.work_result_id), *counts)
        .where(
            among(col(Entry.work_result_id), ids),
            kept(),
            col(Entry.day) >= before.start,
            col(Entry.day) < now.end,
        )
        .group_by(col(Entry.work_result_id))
    )
    return {key: (fresh, old) for key, fresh, old in await rows(session, query)}


async def unlinked(
    session: AsyncSession, employee_ids: Collection[int], period: Period
) -> dict[int, Unlinked]:
    """Count the entries of a period that belong to no RHK, by person."""
    extra = func.sum(case((col(Entry.additional), 1), else_=0))
    query = (
        select(col(Entry.employee_id), extra, func.count())
        .where(
            among(col(Entry.employee_id), employee_ids),
            kept(),
            col(Entry.work_result_id).is_(None),
            col(Entry.day) >= period.start,
            col(Entry.day) < period.end,
        )
        .group_by(col(Entry.employee_id))
    )
    return {
        key: Unlinked(int(some), count - int(some))
        for key, some, count in await rows(session, query)
    }


def entries_of(ids: Collection[int], before: dt.date) -> Select[*tuple[Any, ...]]:
    """Select the entries with a figure of some RHK before a day."""
    return select(*COLUMNS).where(
        among(col(Entry.work_result_id), ids),
        kept(),
        col(Entry.day) < before,
        or_(col(Entry.quantity).is_not(None), col(Entry.percent).is_not(None)),
    )


def dated(found: Sequence[Any]) -> list[Dated]:
    """Put entries into the order in which they count."""
    ordered = sorted(found, key=lambda row: (row.last, row.id))
    return [Dated(row.day, row.last, Amount(*row[3:])) for row in ordered]
