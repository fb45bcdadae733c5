"""Which goals an RHK serves, and to which of them its figure is handed up."""

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass

from bot.skp.cascade import Gauge, Link, adds_to, path, turns
from db.cascades import Goal
from db.plans import Measure

Way = tuple[int, ...]
# The goals at which a way may end.
Ends = frozenset[int]


@dataclass(frozen=True)
class Forest:
    """Some RHK with all that stands on them, and what each of them supports."""

    goals: Mapping[int, Goal]
    links: Mapping[int, Link]

    def path(self, start: int, day: dt.date) -> Way:
        """List an RHK and what it supports on a day, the nearest first."""
        return path(self.links, start, day)


def gauge(measure: Measure) -> Gauge:
    """Tell how an IKI measures."""
    return Gauge(measure.aggregation, measure.unit, measure.direction)


class Ways:
    """Know the ways up through a forest; asked of every RHK, so nothing is worked out twice."""

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self._gauges: list[Gauge] = []
        self._kinds: dict[int, int | None] = {}
        self._alike: dict[tuple[int, int], bool] = {}
        known: dict[Gauge, int] = {}
        for key, goal in forest.goals.items():
            kind = None
            if goal.leading is not None:
                own = gauge(goal.leading)
                kind = known.setdefault(own, len(known))
                if kind == len(self._gauges):
                    self._gauges.append(own)
            self._kinds[key] = kind
        self.changed = turns(forest.links)
        self._steady: dict[Ends, dict[int, tuple[Way, ...]]] = defaultdict(dict)
        self._paths: dict[int, Way] = {}

    def up(self, result: int, day: dt.date, to: Ends) -> tuple[Way, ...]:
        """List the ways from an RHK to each of some goals its figure is handed up to, itself first.

        It is handed up only for as long as every step measures what the goal measures.
        """
        if result in self.changed:
            return self._up(self._forest.path(result, day), to)
        known = self._steady[to]
        if result not in known:
            known[result] = self._up(self._path(result), to)
        return known[result]

    def is_handed_up(self, result: int, day: dt.date, to: Container[int]) -> bool:
        """Tell whether an RHK's figure is handed up to one of some goals above it."""
        moved = result in self.changed
        way = self._forest.path(result, day) if moved else self._path(result)
        # Nearly always the goal next above is one of them.
        return any(self._serves(way, place) for place in range(1, len(way)) if way[place] in to)

    def _path(self, start: int) -> Way:
        """List an RHK that never moved, and what it supports; what is above is known mostly."""
        if start not in self._paths:
            parent = self._forest.links[start].parent
            above = self._paths.get(parent) if parent is not None else ()
            # In a circle the list depends on where one begins.
            straight = above is not None and start not in above
            whole = (start, *above) if above is not None and straight else None
            self._paths[start] = whole or self._forest.path(start, dt.date.max)
        return self._paths[start]

    def _up(self, way: Way, to: Ends) -> tuple[Way, ...]:
        if self._kinds[way[0]] is None:
            return ()
        return tuple(
            way[: place + 1]
            for place, goal in enumerate(way)
            if goal in to and self._serves(way, place)
        )

    def _serves(self, way: Way, place: int) -> bool:
        """Tell whether every step up to a place measures what the goal there measures."""
        return all(self._adds(one, way[place]) for one in way[:place])

    def _adds(self, lower: int, upper: int) -> bool:
        below, above = self._kinds[lower], self._kinds[upper]
        if below is None or above is None:
            return False
        if (below, above) not in self._alike:
            pair = self._gauges[below], self._gauges[above]
            self._alike[below, above] = adds_to(*pair)
        return self._alike[below, above]
