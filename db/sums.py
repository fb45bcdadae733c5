"""What the entries of many RHK add up to; the database sums, because they are many."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from bot.skp.periods import Period
from db.entries import Amount
from db.keys import among
from db.models.entries import Entry
from db.team_questions import rows

ZERO = Decimal(0)


class Kind(NamedTuple):
    """An RHK with one of its units; percents stand apart."""

    result: int
    unit: str | None
    in_percent: bool


class Sums(NamedTuple):
    """The sums and counts of quantities and of percents, of how many entries, and until when."""

    quantity: Decimal | None = None
    quantities: int = 0
    percent: Decimal | None = None
    percents: int = 0
    entries: int = 0
    begun: dt.date = dt.date.min
    ended: dt.date | None = None

    @property
    def last(self) -> dt.date:
        """Give the last day that the entries speak of."""
        return max(self.begun, self.ended or self.begun)


NO_SUMS = Sums()
FIGURES = (
    func.sum(col(Entry.quantity)),
    func.count(col(Entry.quantity)),
    func.sum(col(Entry.percent)),
    func.count(col(Entry.percent)),
    func.count(),
    func.max(col(Entry.day)),
    func.max(col(Entry.last_day)),
)


def kept() -> ColumnElement[bool]:
    """Hold for entries that count."""
    return col(Entry.state) == EntryState.KEPT


async def sums_of(session: AsyncSession, ids: Collection[int], period: Period) -> dict[Kind, Sums]:
    """Sum and count the figures of entries that begin in a period, by RHK and unit.

    Almost every RHK is counted in one unit. To group by the RHK alone goes along the index, so
    only where several units or percents are mixed each of them is summed by itself.
    """
    within = kept(), col(Entry.day) >= period.start, col(Entry.day) < period.end
    result, unit, percent = col(Entry.work_result_id), col(Entry.unit), col(Entry.percent)
    query = (
        select(result, func.min(unit), func.max(unit), func.count(unit), *FIGURES)
        .where(among(result, ids), *within)
        .group_by(result)
    )
    found: dict[Kind, Sums] = {}
    mixed = []
    for key, first, other, named, *figures in await rows(session, query):
        sums = Sums(*figures)
        if first == other and named in {0, sums.entries} and sums.percents in {0, sums.entries}:
            found[Kind(key, first, sums.percents > 0)] = sums
        else:
            mixed.append(key)
    if mixed:
        apart = (
            select(result, unit, percent.is_not(None), *FIGURES)
            .where(among(result, mixed), *within)
            .group_by(result, unit, percent.is_not(None))
        )
        for key, own, in_percent, *figures in await rows(session, apart):
            found[Kind(key, own, bool(in_percent))] = Sums(*figures)
    return found


def left(kind: Kind, whole: Sums, off: Sums) -> Amount:
    """Take sums off; where no entry is left there is no figure, which is not zero."""
    quantity, percent = None, None
    if whole.quantities > off.quantities:
        quantity = (whole.quantity or ZERO) - (off.quantity or ZERO)
    if whole.percents > off.percents:
        percent = (whole.percent or ZERO) - (off.percent or ZERO)
    return Amount(kind.result, quantity, kind.unit, percent)
