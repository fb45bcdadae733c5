"""What the goals of a cascade come to, from the entries of everybody who serves them."""

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.cascade_ways import Forest, Ways, gauge
from bot.actions.standings import values
from bot.skp.cascade import Piece, Rolled, roll_up
from bot.skp.plans import Aggregation
from bot.skp.workdays import ONE_DAY
from db import cascade_sums, cascades
from db.cascade_sums import Dated
from db.cascades import Goal
from db.entries import Amount
from db.plans import Measure

NOTHING = Rolled(None, 0, 0)


class Bit(NamedTuple):
    """What entries of one RHK add, all of days on which it served the same goals.

    The day is one of these; `last` is until when the entries speak.
    """

    result: int
    day: dt.date
    last: dt.date
    amounts: tuple[Amount, ...]


@dataclass(frozen=True)
class Board:
    """What every RHK of a forest is brought, before each of some days."""

    forest: Forest
    cuts: tuple[dt.date, ...]
    pieces: tuple[Mapping[int, Sequence[Piece]], ...]

    def rolled(self, goal_id: int, place: int = 0, *, through: Collection[int] = ()) -> Rolled:
        """Tell what a goal comes to before one of the days.

        With `through`, only what these RHK and those below them bring to it.
        """
        goal = self.forest.goals.get(goal_id)
        if goal is None or goal.leading is None:
            return NOTHING
        pieces = self.pieces[place].get(goal_id, ())
        if through:
            only = frozenset(through)
            pieces = [one for one in pieces if not only.isdisjoint(one.path[:-1])]
        return roll_up(gauge(goal.leading), goal_id, goal.owner, pieces)

    def owners(self, goal_id: int) -> set[int]:
        """Tell whose work a goal's figure is made of."""
        return {one.owner for one in self.pieces[0].get(goal_id, ())}


async def board_of(
    session: AsyncSession, roots: Iterable[Goal], *, cuts: Sequence[dt.date]
) -> Board:
    """Bring together what some goals come to with all that stands on them, before some days."""
    forest = await grown(session, roots)
    return await board_on(session, forest, forest.goals, cuts=cuts)


async def board_on(
    session: AsyncSession,
    forest: Forest,
    wanted: Collection[int],
    *,
    cuts: Sequence[dt.date],
    ways: Ways | None = None,
) -> Board:
    """Bring together what the wanted goals of a forest come to, before some days.

    In a large agency that takes a while, so it does not hold up others. The ways through the
    forest may be known already.
    """
    if ways is None:
        ways = await asyncio.to_thread(Ways, forest)
    known = ways
    found = await bits(session, known, forest, cuts)
    today = max(cuts) - ONE_DAY
    only = frozenset(wanted)

    def lay() -> tuple[dict[int, list[Piece]], ...]:
        return tuple(laid_out(known, forest, (some, today), only) for some in found)

    return Board(forest, tuple(cuts), await asyncio.to_thread(lay))


async def grown(session: AsyncSession, roots: Iterable[Goal]) -> Forest:
    """Find all that stands on some goals, level by level."""
    goals = {one.id: one for one in roots}
    level = list(goals)
    while level:
        fresh = [one for one in await cascades.goals_on(session, level) if one.id not in goals]
        goals |= {one.id: one for one in fresh}
        level = [one.id for one in fresh]
    return Forest(goals, await cascades.links(session, goals.values()))


async def bits(
    session: AsyncSession, ways: Ways, forest: Forest, cuts: Sequence[dt.date]
) -> list[list[Bit]]:
    """Sum up the entries of a forest's RHK before each of some days.

    The database sums. Only where a goal above an RHK has changed, and with it what its entries
    served, the entries are looked at one by one.
    """
    steady = [one for key, one in forest.goals.items() if key not in ways.changed and one.leading]
    summed = [one.id for one in steady if is_summed(one)]
    replaced = {one.id: one.leading for one in steady if one.leading and not is_summed(one)}
    lines = await cascade_sums.totals(session, summed, cuts)
    last = max(cuts)
    singles = await cascade_sums.singles(session, ways.changed, before=last)
    found = []
    for place, cut in enumerate(cuts):
        some = gathered(line[place] for line in lines)
        some |= await latest(session, replaced, cut)
        day = cut - ONE_DAY
        steadily = [Bit(key, day, day, tuple(amounts)) for key, amounts in some.items()]
        before = [one for one in singles if one.day < cut]
        found.append([*steadily, *apart(before, ways.changed)])
    return found


async def latest(
    session: AsyncSession, measures: Mapping[int, Measure], cut: dt.date
) -> dict[int, list[Amount]]:
    """Find the last value of some RHK before a day.

    Almost always the very last figure is in the indicator's own unit; only where it is not, the
    last one of each unit is looked for.
    """
    newest = await cascade_sums.last(session, measures, before=cut)
    found = gathered(one.amount for one in newest)
    odd = [key for key, (one, *_) in found.items() if not is_own(measures[key], one)]
    if odd:
        found |= gathered(one.amount for one in await cascade_sums.newest(session, odd, before=cut))
    return found


def is_own(measure: Measure, amount: Amount) -> bool:
    """Tell whether a figure is exactly in an IKI's own unit."""
    if gauge(measure).in_percent and amount.percent is not None:
        return True
    own = (amount.unit or "").casefold() == measure.unit.casefold()
    return own and amount.quantity is not None


def gathered(amounts: Iterable[Amount]) -> dict[int, list[Amount]]:
    """Put amounts under their RHK."""
    found: dict[int, list[Amount]] = defaultdict(list)
    for one in amounts:
        if one.quantity is not None or one.percent is not None:
            found[one.work_result_id].append(one)
    return dict(found)


def apart(singles: Iterable[Dated], changed: Mapping[int, Sequence[dt.date]]) -> list[Bit]:
    """Keep apart what was logged before and after a goal above an RHK has changed."""
    found: dict[tuple[int, int], list[Dated]] = {}
    for one in singles:
        key = one.amount.work_result_id
        served = key, sum(until <= one.day for until in changed[key])
        # Whatever was spoken of last stands last, also where two speak of one day.
        some = found.pop(served, [])
        some.append(one)
        found[served] = some
    return [
        Bit(key, some[-1].day, some[-1].last, tuple(one.amount for one in some))
        for (key, _), some in found.items()
    ]


def laid_out(
    ways: Ways, forest: Forest, found: tuple[Iterable[Bit], dt.date], wanted: frozenset[int]
) -> dict[int, list[Piece]]:
    """Lay what each RHK adds, found by a day, before the wanted goals that it serves.

    Whoever serves a goal today belongs to it without a figure, too.
    """
    some, today = found
    pieces: dict[int, list[Piece]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for bit in some:
        for piece in pieces_of(ways, forest, bit, wanted):
            goal = piece.path[-1]
            pieces[goal].append(piece)
            seen.add((bit.result, goal))
    for key, its_own in forest.goals.items():
        for way in ways.up(key, today, wanted):
            if (key, way[-1]) not in seen:
                pieces[way[-1]].append(Piece(its_own.owner, way, today, None))
    return dict(pieces)


def pieces_of(ways: Ways, forest: Forest, bit: Bit, wanted: frozenset[int]) -> list[Piece]:
    """Cut what an RHK adds to the measure of each wanted goal that it is handed up to."""
    goals = forest.goals
    owner = goals[bit.result].owner
    values_in: dict[str, Decimal | None] = {}
    found = []
    for way in ways.up(bit.result, bit.day, wanted):
        leading = goals[way[-1]].leading
        if leading is None:
            continue
        if leading.unit not in values_in:
            values_in[leading.unit] = value_of(leading, bit.amounts)
        found.append(Piece(owner, way, bit.last, values_in[leading.unit]))
    return found


def value_of(measure: Measure, amounts: Sequence[Amount]) -> Decimal | None:
    """Bring amounts, the oldest first, together as an IKI wants it; nothing is no figure."""
    found = values(measure, amounts)
    if not found:
        return None
    return sum(found, Decimal(0)) if measure.aggregation is Aggregation.SUM else found[-1]


def is_summed(goal: Goal) -> bool:
    """Tell whether the entries of an RHK add up, which its leading IKI decides."""
    return goal.leading is not None and goal.leading.aggregation is Aggregation.SUM
