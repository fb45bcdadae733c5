"""What the goals of a cascade come to, from the entries of everybody who serves them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.standings import values
from bot.skp.cascade import Gauge, Link, Piece, Rolled, adds_to, path, roll_up, turns
from bot.skp.plans import Aggregation
from bot.skp.workdays import ONE_DAY
from db import cascade_sums, cascades
from db.cascade_sums import Dated
from db.cascades import Goal
from db.entries import Amount
from db.plans import Measure

NOTHING = Rolled(None, 0, 0)


@dataclass(frozen=True)
class Forest:
    """Some RHK with all that stands on them, and what each of them supports."""

    goals: Mapping[int, Goal]
    links: Mapping[int, Link]

    def path(self, start: int, day: dt.date) -> tuple[int, ...]:
        """List an RHK and what it supports on a day, the nearest first."""
        return path(self.links, start, day)


@dataclass(frozen=True)
class Bit:
    """What entries of one RHK add, all of days on which it served the same goals."""

    result: int
    day: dt.date
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
            pieces = [one for one in pieces if not set(through).isdisjoint(one.path[:-1])]
        return roll_up(gauge(goal.leading), goal_id, goal.owner, pieces)

    def owners(self, goal_id: int) -> set[int]:
        """Tell whose work a goal's figure is made of."""
        return {one.owner for one in self.pieces[0].get(goal_id, ())}


async def board_of(
    session: AsyncSession, roots: Iterable[Goal], *, cuts: Sequence[dt.date]
) -> Board:
    """Bring together what some goals come to with all that stands on them, before some days."""
    return await board_on(session, await grown(session, roots), cuts=cuts)


async def board_on(session: AsyncSession, forest: Forest, *, cuts: Sequence[dt.date]) -> Board:
    """Bring together what the goals of a forest come to, before some days."""
    found = await bits(session, forest, cuts)
    last = max(cuts)
    pieces = tuple(laid_out(forest, some, last - ONE_DAY) for some in found)
    return Board(forest, tuple(cuts), pieces)


async def grown(session: AsyncSession, roots: Iterable[Goal]) -> Forest:
    """Find all that stands on some goals, level by level."""
    goals = {one.id: one for one in roots}
    level = list(goals)
    while level:
        fresh = [one for one in await cascades.goals_on(session, level) if one.id not in goals]
        goals |= {one.id: one for one in fresh}
        level = [one.id for one in fresh]
    return Forest(goals, await cascades.links(session, goals.values()))


async def bits(session: AsyncSession, forest: Forest, cuts: Sequence[dt.date]) -> list[list[Bit]]:
    """Sum up the entries of a forest's RHK before each of some days.

    The database sums. Only where a goal above an RHK has changed, and with it what its entries
    served, the entries are looked at one by one.
    """
    changed = {key: days for key in forest.goals if (days := turns(forest.links, key))}
    steady = [one for key, one in forest.goals.items() if key not in changed]
    summed = [one.id for one in steady if is_summed(one)]
    replaced = [one.id for one in steady if one.leading and not is_summed(one)]
    lines = await cascade_sums.totals(session, summed, cuts)
    singles = await cascade_sums.singles(session, changed, before=max(cuts)) if changed else []
    found = []
    for place, cut in enumerate(cuts):
        some = gathered(line[place] for line in lines)
        if replaced:
            newest = await cascade_sums.newest(session, replaced, before=cut)
            some |= gathered(one.amount for one in newest)
        steadily = [Bit(key, cut - ONE_DAY, tuple(amounts)) for key, amounts in some.items()]
        before = [one for one in singles if one.day < cut]
        found.append([*steadily, *apart(before, changed)])
    return found


def gathered(amounts: Iterable[Amount]) -> dict[int, list[Amount]]:
    """Put amounts under their RHK."""
    found: dict[int, list[Amount]] = defaultdict(list)
    for one in amounts:
        if one.quantity is not None or one.percent is not None:
            found[one.work_result_id].append(one)
    return dict(found)


def apart(singles: Iterable[Dated], changed: Mapping[int, Sequence[dt.date]]) -> list[Bit]:
    """Keep apart what was logged before and after a goal above an RHK has changed."""
    found: dict[tuple[int, int], list[Dated]] = defaultdict(list)
    for one in singles:
        key = one.amount.work_result_id
        found[key, sum(until <= one.day for until in changed[key])].append(one)
    return [
        Bit(key, some[-1].day, tuple(one.amount for one in some))
        for (key, _), some in found.items()
    ]


def laid_out(forest: Forest, some: Iterable[Bit], today: dt.date) -> dict[int, list[Piece]]:
    """Lay what each RHK adds before every goal that it serves.

    Whoever serves a goal today belongs to it without a figure, too.
    """
    pieces: dict[int, list[Piece]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for bit in some:
        for piece in pieces_of(forest, bit):
            goal = piece.path[-1]
            pieces[goal].append(piece)
            seen.add((bit.result, goal))
    for key in forest.goals:
        for piece in pieces_of(forest, Bit(key, today, ())):
            if (key, piece.path[-1]) not in seen:
                pieces[piece.path[-1]].append(piece)
    return dict(pieces)


def pieces_of(forest: Forest, bit: Bit) -> list[Piece]:
    """Cut what an RHK adds to the measure of each goal that it serves, itself first.

    A figure is handed up only for as long as every step measures the same.
    """
    own = forest.goals[bit.result]
    way = forest.path(bit.result, bit.day)
    found = []
    for place, key in enumerate(way):
        leading = forest.goals[key].leading
        below = [forest.goals[one].leading for one in way[:place]]
        if leading is None or not all(measured_alike(one, leading) for one in below):
            continue
        value = value_of(leading, bit.amounts)
        found.append(Piece(own.owner, way[: place + 1], bit.day, value))
    return found


def measured_alike(lower: Measure | None, upper: Measure) -> bool:
    """Tell whether what one IKI measures may be handed up to another."""
    return lower is not None and adds_to(gauge(lower), gauge(upper))


def value_of(measure: Measure, amounts: Sequence[Amount]) -> Decimal | None:
    """Bring amounts, the oldest first, together as an IKI wants it; nothing is no figure."""
    found = values(measure, amounts)
    if not found:
        return None
    return sum(found, Decimal(0)) if measure.aggregation is Aggregation.SUM else found[-1]


def gauge(measure: Measure) -> Gauge:
    """Tell how an IKI measures."""
    return Gauge(measure.aggregation, measure.unit)


def is_summed(goal: Goal) -> bool:
    """Tell whether the entries of an RHK add up, which its leading IKI decides."""
    return goal.leading is not None and goal.leading.aggregation is Aggregation.SUM
