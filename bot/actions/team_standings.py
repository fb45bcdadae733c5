"""Where the RHK of a team's people stand, from sums that the database has made."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.cascades import latest
from bot.actions.plan_views import ResultView, result_view
from bot.actions.standings import values
from bot.skp.pace import Pace, expected_share, pace
from bot.skp.pace import share_of as reached
from bot.skp.periods import year_of
from bot.skp.plans import Aggregation, Aspect, Direction
from bot.skp.workdays import WorkCalendar
from db import team_standings
from db.entries import Amount
from db.plans import Measure, Outcome

WHOLE = Decimal(1)
# So early in the year a pace says nothing: one entry more or less turns it round.
EARLIEST = Decimal("0.05")


@dataclass(frozen=True)
class Stock:
    """One RHK with what its entries add up to; without a last day nothing was done for it.

    `before` is what they had added up to by the end of the week or month before.
    """

    outcome: Outcome
    amounts: tuple[Amount, ...]
    last: dt.date | None
    before: tuple[Amount, ...] = ()

    @cached_property
    def leading(self) -> Measure | None:
        """Give the IKI that the RHK is led by."""
        return next(iter(self.outcome.measures), None)

    @cached_property
    def figures(self) -> list[Decimal]:
        """Give what counts for the leading IKI."""
        return values(self.leading, self.amounts) if self.leading else []

    @cached_property
    def share(self) -> Decimal | None:
        """Give the share that is reached, at most the whole."""
        return share_of(self.leading, self.figures, begun=self.last is not None)

    @cached_property
    def earlier(self) -> list[Decimal]:
        """Give what counted by the end of the week or month before."""
        return values(self.leading, self.before) if self.leading else []

    @cached_property
    def earlier_share(self) -> Decimal | None:
        """Give the share that was reached by then."""
        return share_of(self.leading, self.earlier, begun=bool(self.before))


@dataclass(frozen=True)
class TeamResult:
    """One RHK of a member, and for how many working days nothing was done for it, if ever.

    It is known where something was said in its indicator's own unit.
    """

    view: ResultView
    idle: int
    begun: bool
    known: bool


@dataclass(frozen=True)
class YearStand:
    """How a person's counted RHK stand on average; without figures there is no share.

    `measured` of `countable` RHK have a figure in their indicator's own unit; `before` is the
    share by the end of the week or month before.
    """

    share: Decimal | None
    expected: Decimal
    pace: Pace | None
    measured: int
    countable: int
    before: Decimal | None = None


async def stocks_of(
    session: AsyncSession, employee_ids: Collection[int], *, year: int, before: dt.date
) -> dict[int, list[Stock]]:
    """Bring the RHK of some people and the sums of their entries together, by person."""
    outcomes = await team_standings.outcomes(session, employee_ids, year=year)
    found = [one for own in outcomes.values() for one in own]
    now: dict[int, list[Amount]] = defaultdict(list)
    then: dict[int, list[Amount]] = defaultdict(list)
    last: dict[int, dt.date] = {}
    keys = [one.id for one in found]
    for row in await team_standings.sums(session, keys, before=before):
        key = row.amount.work_result_id
        now[key].append(row.amount)
        if row.before is not None:
            then[key].append(row.before)
        last[key] = max(row.last, last.get(key, row.last))
    replaced = {one.id: one.measures[0] for one in found if one.id in last and not summed(one)}
    if replaced:
        nothing: dict[int, list[Amount]] = {key: [] for key in replaced}
        now |= nothing | await latest(session, replaced, dt.date.max)
        then |= nothing | await latest(session, replaced, before)
    return {
        employee_id: [
            Stock(one, tuple(now[one.id]), last.get(one.id), tuple(then[one.id])) for one in own
        ]
        for employee_id, own in outcomes.items()
    }


def summed(outcome: Outcome) -> bool:
    """Tell whether the entries of an RHK add up, which its leading IKI decides."""
    return not outcome.measures or outcome.measures[0].aggregation is Aggregation.SUM


def results_of(
    stocks: Sequence[Stock], day: dt.date, calendar: WorkCalendar, due: Sequence[dt.date]
) -> list[TeamResult]:
    """Show a person's RHK on a day; `due` are the days on which the person worked.

    Only the leading IKI is shown, since the amounts are brought together as it wants them.
    """
    shown = []
    for one in stocks:
        view = result_view(one.outcome, one.amounts, day, calendar, most=1)
        begun, known = one.last is not None, bool(one.figures)
        shown.append(TeamResult(view, idle(one, day, due), begun=begun, known=known))
    return shown


def idle(stock: Stock, day: dt.date, due: Sequence[dt.date]) -> int:
    """Count the working days since something was last done for an RHK, before the day itself.

    What is reached needs no more entries, and what others release never had any.
    """
    measures = stock.outcome.measures
    if measures and not any(wants_entries(one) for one in measures):
        return 0
    if stock.share == WHOLE:
        return 0
    begin = bisect_right(due, stock.last) if stock.last else 0
    return max(0, bisect_left(due, day) - begin)


def wants_entries(measure: Measure) -> bool:
    """Tell whether an IKI is moved by entries: a sum that is to stay small is best without."""
    falls = measure.direction is Direction.DOWN
    return measure.aggregation is Aggregation.LATEST or (
        measure.aggregation is Aggregation.SUM and not falls
    )


def year_stand(stocks: Sequence[Stock], day: dt.date, calendar: WorkCalendar) -> YearStand:
    """Average a person's counted RHK, and compare with the share of the year that is gone."""
    expected = expected_share(day, year_of(day), calendar)
    countable = [one for one in stocks if counted(one.outcome)]
    shares = shares_of([(one.share, one.figures) for one in countable])
    share = average(shares)
    found = pace(share, expected) if expected >= EARLIEST else None
    before = average(shares_of([(one.earlier_share, one.earlier) for one in countable]))
    return YearStand(share, expected, found, len(shares), len(countable), before)


def shares_of(known: Sequence[tuple[Decimal | None, Sequence[Decimal]]]) -> list[Decimal]:
    """Give the share of each RHK, of which the figures are known; without any nothing is.

    With some figure, an RHK without entries stands at zero.
    """
    if not any(figures for _, figures in known):
        return []
    return [share for share, _ in known if share is not None]


def average(shares: Sequence[Decimal]) -> Decimal | None:
    """Average some shares; of none there is no average."""
    return sum(shares, Decimal(0)) / len(shares) if shares else None


def counted(outcome: Outcome) -> bool:
    """Tell whether an RHK is led by what is counted and can be held against the calendar.

    What is to fall is not, beside what grows through the year: its share says something else.
    """
    leading = outcome.measures[0] if outcome.measures else None
    return (
        leading is not None
        and leading.aspect is Aspect.QUANTITY
        and leading.aggregation is not Aggregation.RELEASE
        and leading.direction is Direction.UP
    )


def share_of(leading: Measure | None, figures: Sequence[Decimal], *, begun: bool) -> Decimal | None:
    """Give the reached share of an RHK, at most the whole.

    Entries that name no figure in the indicator's unit leave it unknown, which is not zero.
    """
    if leading is None:
        return None
    if not figures:
        waits = not begun and leading.target and leading.aggregation is Aggregation.SUM
        return Decimal(0) if waits and leading.direction is Direction.UP else None
    summed = leading.aggregation is Aggregation.SUM
    done = sum(figures, Decimal(0)) if summed else figures[-1]
    share = reached(done, leading.target, leading.direction)
    return None if share is None else min(share, WHOLE)
