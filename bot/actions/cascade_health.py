"""The health of a cascade: work without a goal, goals without work, and links that do not hold."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.cascade_ways import gauge
from bot.actions.sights import Sight, groups, sight_of
from bot.skp.cascade import adds_to
from bot.skp.periods import Period, month_of
from bot.skp.plans import Aggregation
from bot.skp.small_groups import too_small
from bot.skp.workdays import ONE_DAY
from db import cascade_sums, cascades
from db.cascade_sums import Unlinked
from db.cascades import Goal
from db.models.people import Employee

# So many RHK at once draw attention; they rate nobody.
MANY_RESULTS = 10


@dataclass(frozen=True)
class UnitHealth:
    """One unit's month: where its entries belong, and how many of its RHK moved.

    Of few people there are no numbers.
    """

    name: str
    people: int
    told: bool
    aligned: int = 0
    loose: int = 0
    additional: int = 0
    unlinked: int = 0
    goals: int = 0
    idle: int = 0


@dataclass(frozen=True)
class Orphans:
    """How many RHK of one unit serve no other one."""

    unit: str
    count: int


@dataclass(frozen=True)
class Uncarried:
    """One RHK of a leader on which nothing stands."""

    whose: str
    number: int
    text: str


@dataclass(frozen=True)
class Gap:
    """One RHK whose target is not what those on it plan together."""

    whose: str
    number: int
    text: str
    unit: str
    target: Decimal
    planned: Decimal


@dataclass(frozen=True)
class Loads:
    """How many people have very many RHK, and how many have none."""

    many: tuple[tuple[str, int], ...]
    many_unnamed: int
    none: tuple[str, ...]
    none_unnamed: int


@dataclass(frozen=True)
class Health:
    """How a leader's part of the cascade is."""

    day: dt.date
    units: tuple[UnitHealth, ...]
    orphans: tuple[Orphans, ...]
    uncarried: tuple[Uncarried, ...]
    gaps: tuple[Gap, ...]
    loads: Loads


async def health_of(session: AsyncSession, leader: Employee, *, today: dt.date) -> Health:
    """Check everything below a leader, and sum the month up by unit."""
    sight = await sight_of(session, leader, None, on=today)
    goals = await cascades.goals_of_people(session, sight.seats, year=today.year)
    month = Period(month_of(today).start, today + ONE_DAY)
    counts = await cascade_sums.activity(session, [one.id for one in goals], month, month)
    loose = await cascade_sums.unlinked(session, sight.seats, month)
    on = on_each(goals)
    return Health(
        day=today,
        units=tuple(await unit_health(session, sight, goals, counts, loose)),
        orphans=tuple(orphans(sight, goals)),
        uncarried=tuple(uncarried(sight, goals, on)),
        gaps=tuple(gaps(sight, goals, on)),
        loads=loads(sight, goals),
    )


def on_each(goals: Iterable[Goal]) -> dict[int, list[Goal]]:
    """Tell what stands directly on each RHK."""
    found: dict[int, list[Goal]] = defaultdict(list)
    for one in goals:
        if one.parent is not None:
            found[one.parent].append(one)
    return found


async def unit_health(
    session: AsyncSession,
    sight: Sight,
    goals: list[Goal],
    counts: Mapping[int, tuple[int, int]],
    loose: Mapping[int, Unlinked],
) -> list[UnitHealth]:
    """Sum the month up by the units of the direct reports."""
    places = await groups(session, sight)
    people: dict[str, set[int]] = defaultdict(set)
    for key, unit in places.items():
        if key != sight.leader:
            people[unit].add(key)
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for one in goals:
        if one.owner == sight.leader:
            continue
        count = counts.get(one.id, (0, 0))[0]
        found = sums[places[one.owner]]
        found["aligned" if one.parent is not None else "loose"] += count
        if is_worked_on(one):
            found["goals"] += 1
            found["idle"] += not count
    for key, rest in loose.items():
        if key != sight.leader:
            sums[places[key]].update(additional=rest.additional, unlinked=rest.unlinked)
    names = sorted(people)
    untold = too_small([len(people[name] - sight.named) for name in names])
    return [
        UnitHealth(name, len(people[name]), told=False)
        if place in untold
        else UnitHealth(name, len(people[name]), told=True, **sums[name])
        for place, name in enumerate(names)
    ]


def is_worked_on(goal: Goal) -> bool:
    """Tell whether an RHK wants entries; what others release never has any."""
    return goal.leading is None or goal.leading.aggregation is not Aggregation.RELEASE


def orphans(sight: Sight, goals: list[Goal]) -> list[Orphans]:
    """Count the RHK below a leader that serve no other one, by unit."""
    found = Counter(
        sight.seats[one.owner].unit
        for one in goals
        if one.parent is None and one.owner != sight.leader
    )
    return [Orphans(unit, count) for unit, count in sorted(found.items())]


def uncarried(sight: Sight, goals: list[Goal], on: Mapping[int, list[Goal]]) -> list[Uncarried]:
    """List the RHK of whoever leads somebody on which nothing stands."""
    leading = {seat.supervisor_id for seat in sight.seats.values()}
    return [
        Uncarried(whose(sight, one), one.number, one.text)
        for one in goals
        if one.owner in leading and not on.get(one.id) and is_worked_on(one)
    ]


def gaps(sight: Sight, goals: list[Goal], on: Mapping[int, list[Goal]]) -> list[Gap]:
    """List the RHK whose target is not the sum of what those on it plan in the same unit."""
    found = []
    for one in goals:
        measure = one.leading
        if measure is None or measure.aggregation is not Aggregation.SUM:
            continue
        upper = gauge(measure)
        parts = [
            lower.leading.target
            for lower in on.get(one.id, [])
            if lower.leading is not None and adds_to(gauge(lower.leading), upper)
        ]
        planned = sum(parts, Decimal(0))
        if parts and not upper.in_percent and planned != measure.target:
            found.append(
                Gap(whose(sight, one), one.number, one.text, measure.unit, measure.target, planned)
            )
    return found


def loads(sight: Sight, goals: list[Goal]) -> Loads:
    """Tell who has very many RHK, and who has none; by name where that is seen."""
    held = Counter(one.owner for one in goals)
    others = [key for key in sight.seats if key != sight.leader]
    many = [key for key in others if held[key] > MANY_RESULTS]
    none = [key for key in others if not held[key]]
    seats = sight.seats
    return Loads(
        many=tuple((seats[key].name, held[key]) for key in many if key in sight.named),
        many_unnamed=sum(key not in sight.named for key in many),
        none=tuple(seats[key].name for key in none if key in sight.named),
        none_unnamed=sum(key not in sight.named for key in none),
    )


def whose(sight: Sight, goal: Goal) -> str:
    """Name the owner where that is seen, else the unit; one's own goal needs no name."""
    seat = sight.seats[goal.owner]
    if goal.owner == sight.leader:
        return ""
    return seat.name if goal.owner in sight.named else seat.unit
