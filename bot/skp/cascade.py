"""How RHK stand upon each other, and what a goal comes to with all that is done below it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from bot.skp.pace import UNIT_SYNONYMS, same_unit
from bot.skp.plans import Aggregation, Direction

PERCENT = UNIT_SYNONYMS["%"]


@dataclass(frozen=True)
class Link:
    """Tell which RHK another one supports: now, and up to (not including) earlier days.

    The former ones come oldest first. Whoever moves takes the RHK along, but what was logged under
    the earlier leader stays with the goal that it served on its day.
    """

    parent: int | None
    former: tuple[tuple[dt.date, int | None], ...] = ()

    def on(self, day: dt.date) -> int | None:
        """Give the RHK that was supported on a day."""
        return next((parent for until, parent in self.former if day < until), self.parent)


@dataclass(frozen=True)
class Gauge:
    """Tell how an indicator (IKI) measures: how its entries add up, in which unit, which way."""

    aggregation: Aggregation
    unit: str
    direction: Direction = Direction.UP

    @property
    def in_percent(self) -> bool:
        """Tell whether the figure is a percentage."""
        return same_unit(self.unit, PERCENT)


class Piece(NamedTuple):
    """Hold what one RHK brings to a goal; without a value it has no figure in the goal's unit.

    The path leads from the RHK up to and including the goal, as it was on the piece's day.
    """

    owner: int
    path: tuple[int, ...]
    day: dt.date
    value: Decimal | None


@dataclass(frozen=True)
class Rolled:
    """Hold what a goal comes to, and from how many of its people there are figures."""

    done: Decimal | None
    known: int
    people: int


def path(links: Mapping[int, Link], start: int, day: dt.date) -> tuple[int, ...]:
    """List an RHK and all it supports on a day, the nearest first; a circle ends the list."""
    found = [start]
    here = links[start].on(day) if start in links else None
    while here is not None and here in links and here not in found:
        found.append(here)
        here = links[here].on(day)
    return tuple(found)


def turns(links: Mapping[int, Link]) -> dict[int, list[dt.date]]:
    """List the days on which anything above an RHK has changed, the oldest first, if there are any.

    Few have moved, so one looks down from these instead of up from each.
    """
    on: dict[int, list[int]] = defaultdict(list)
    for key, link in links.items():
        for parent in {link.parent, *(former for _, former in link.former)}:
            if parent is not None:
                on[parent].append(key)
    days: dict[int, set[dt.date]] = defaultdict(set)
    for moved, link in links.items():
        if not link.former:
            continue
        seen, waiting = set[int](), [moved]
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                days[here].update(until for until, _ in link.former)
                waiting += on[here]
    return {key: sorted(found) for key, found in days.items()}


def closes_circle(parents: Mapping[int, int | None], child: int, parent: int) -> bool:
    """Tell whether a link from a child to a parent would let an RHK support itself."""
    seen: set[int] = set()
    here: int | None = parent
    while here is not None and here not in seen:
        if here == child:
            return True
        seen.add(here)
        here = parents.get(here)
    return False


def adds_to(lower: Gauge, upper: Gauge) -> bool:
    """Tell whether what one indicator measures may be brought together with another's.

    What others release belongs to its own goal alone.
    """
    if Aggregation.RELEASE in (lower.aggregation, upper.aggregation):
        return False
    # What is finished does not add to what is left over, though both are counted in files.
    alike = (lower.aggregation, lower.direction) == (upper.aggregation, upper.direction)
    return alike and same_unit(lower.unit, upper.unit)


def roll_up(gauge: Gauge, goal: int, owner: int, pieces: Sequence[Piece]) -> Rolled:
    """Bring the pieces of a goal together as its indicator wants it.

    What is counted adds up over people. A latest value and a percentage stand for everything below
    them, so the highest one counts; several beside each other are added up, or averaged where they
    are percentages, since a percentage of one is not a part of another's.
    """
    if gauge.aggregation is Aggregation.RELEASE:
        pieces = [one for one in pieces if one.path == (goal,)]
    counts_up = gauge.aggregation is Aggregation.SUM and not gauge.in_percent
    values = _all(pieces) if counts_up else _highest(pieces, summed=_sums(gauge))
    known = {one.owner for one in pieces if one.value is not None}
    people = {one.owner for one in pieces} | known
    if people - {owner} and owner not in known:
        # A leader whose people do the work is not one of whom a figure is missing.
        people.discard(owner)
    if not values:
        return Rolled(None, 0, len(people))
    total = sum(values, Decimal(0))
    done = total / len(values) if gauge.in_percent else total
    return Rolled(done, len(known), len(people))


def _sums(gauge: Gauge) -> bool:
    return gauge.aggregation is Aggregation.SUM


def _all(pieces: Iterable[Piece]) -> list[Decimal]:
    return [one.value for one in pieces if one.value is not None]


def _highest(pieces: Iterable[Piece], *, summed: bool) -> list[Decimal]:
    """Give the value of each RHK with a figure that has no other one with a figure above it."""
    values: dict[int, Decimal] = {}
    paths: dict[int, tuple[int, ...]] = {}
    for one in sorted(pieces, key=lambda piece: piece.day):
        if one.value is None:
            continue
        result = one.path[0]
        values[result] = one.value + (values.get(result, Decimal(0)) if summed else 0)
        paths[result] = one.path
    return [
        value
        for result, value in values.items()
        if not any(above in values for above in paths[result][1:])
    ]
