"""How a theme goes across units: its goals, its units, and what holds it up."""

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.cascade_ways import Forest, Ways, gauge
from bot.actions.cascades import Board, board_on, grown
from bot.actions.sights import Sight, Span, calendars_for, groups, sight_of
from bot.actions.themes import ThemeName
from bot.skp.cascade import Gauge, Rolled
from bot.skp.pace import Pace, expectation, pace
from bot.skp.pace import share_of as reached
from bot.skp.periods import year_of
from bot.skp.plans import Aggregation, Aspect
from bot.skp.small_groups import FEW, too_small
from bot.skp.workdays import ONE_DAY, WorkCalendar
from db import cascade_sums, cascades, obstacles
from db.cascades import Goal
from db.models.people import Employee

# From so many people in sight on it is quicker to begin with the theme than with the people.
MANY = 500


@dataclass(frozen=True)
class GoalLine:
    """One goal, or several alike, with what it comes to; `told` is false for a few people's."""

    text: str
    gauge: Gauge
    target: Decimal
    done: Decimal | None
    share: Decimal | None
    share_before: Decimal | None
    pace: Pace | None
    known: int
    people: int
    told: bool


@dataclass(frozen=True)
class UnitLine:
    """One unit's people and entries; of few people nothing is told but how many they are."""

    name: str
    people: int
    now: int | None
    before: int | None


@dataclass(frozen=True)
class ThemeView:
    """A theme in a leader's own part of the agency, or in all of it."""

    theme: ThemeName
    span: Span
    people: int
    now: int
    before: int
    lines: tuple[GoalLine, ...]
    units: tuple[UnitLine, ...]
    obstacles: int


async def across(
    session: AsyncSession, leader: Employee, theme: ThemeName, span: Span, *, today: dt.date
) -> ThemeView:
    """Bring together what is done for a theme in everything that a person may see today."""
    sight = await sight_of(session, leader, theme.code, on=today)
    mine, forest = await members(session, sight, theme.code, year=span.day.year)
    ways = await asyncio.to_thread(Ways, forest)
    shown = await asyncio.to_thread(shown_goals, ways, mine, span.day)
    cuts = [span.day + ONE_DAY, span.now.start]
    board = await board_on(session, forest, [one.id for one in shown], cuts=cuts, ways=ways)
    counts = await cascade_sums.activity(session, mine, span.now, span.before)
    owners = {one.owner for one in mine.values()}
    calendars = await calendars_for(session, sight, owners, span.day)
    lines = goal_lines(board, shown, sight, calendars)
    units = await unit_lines(session, sight, mine, counts)
    return ThemeView(
        theme=theme,
        span=span,
        people=len(owners),
        now=sum(fresh for fresh, _ in counts.values()),
        before=sum(old for _, old in counts.values()),
        lines=tuple(lines),
        units=tuple(units),
        obstacles=sum((await obstacles.count_open(session, owners)).values()),
    )


async def members(
    session: AsyncSession, sight: Sight, code: str, *, year: int
) -> tuple[dict[int, Goal], Forest]:
    """Find the RHK of a theme in sight: those that name it, and below them those that name none.

    Also give them with all that stands on them. Whoever sees few looks up from their RHK, whoever
    sees many looks down from those that name the theme.
    """
    if sight.leader is not None and len(sight.seats) < MANY:
        own = await cascades.goals_of_people(session, sight.seats, year=year)
        mine = belonging(await with_all_above(session, own), sight, code)
        return mine, await grown(session, mine.values())
    named = await cascades.themed_goals(session, code, year=year)
    forest = await grown(session, named)
    return belonging(forest.goals, sight, code), forest


def belonging(goals: Mapping[int, Goal], sight: Sight, code: str) -> dict[int, Goal]:
    """Choose the RHK in sight that name a theme, or name none and support one that belongs."""
    found: dict[int, bool] = {}

    def belongs(key: int) -> bool:
        if key not in found:
            one = goals[key]
            # Also ends where RHK support each other in a circle.
            found[key] = code in one.themes
            if not one.themes and one.parent is not None and one.parent in goals:
                found[key] = belongs(one.parent)
        return found[key]

    return {key: one for key, one in goals.items() if one.owner in sight.seats and belongs(key)}


async def with_all_above(session: AsyncSession, own: Collection[Goal]) -> dict[int, Goal]:
    """Add all that some RHK support, up to the highest."""
    goals = {one.id: one for one in own}
    while missing := {one.parent for one in goals.values() if one.parent} - goals.keys():
        goals |= {one.id: one for one in await cascades.goals_by_id(session, missing)}
    return goals


def goal_lines(
    board: Board,
    shown: Sequence[Goal],
    sight: Sight,
    calendars: Mapping[int, WorkCalendar],
) -> list[GoalLine]:
    """Show the goals of a theme that one may see; alike ones of several people are one.

    What is part of a higher goal's figure is told there; what is measured otherwise stands beside.
    """
    alike: dict[tuple[str, Gauge], list[Goal]] = defaultdict(list)
    for one in shown:
        if one.leading is not None:
            alike[one.text.casefold(), gauge(one.leading)].append(one)
    lines = [goal_line(board, some, sight, calendars) for some in alike.values()]
    lines.sort(key=lambda line: (-line.people, line.text))
    return lines


def shown_goals(ways: Ways, mine: Mapping[int, Goal], day: dt.date) -> list[Goal]:
    """Choose the goals that are not part of another one of the theme's figure."""
    return [one for key, one in mine.items() if not ways.is_handed_up(key, day, mine)]


def goal_line(
    board: Board,
    some: list[Goal],
    sight: Sight,
    calendars: Mapping[int, WorkCalendar],
) -> GoalLine:
    """Bring goals alike together, with the pace of the year."""
    first = some[0]
    measure = first.leading
    if measure is None:
        raise ValueError("a goal without an indicator has no line")
    kind = gauge(measure)
    targets = [one.leading.target for one in some if one.leading]
    target = sum(targets, Decimal(0)) / (len(targets) if kind.in_percent else 1)
    now = together(kind, [board.rolled(one.id) for one in some])
    before = together(kind, [board.rolled(one.id, 1) for one in some])
    day = board.cuts[0] - ONE_DAY
    expected = expectation(kind, day, year_of(day), calendars[first.owner])
    share = share_of(now, target, kind)
    counts = measure.aspect is Aspect.QUANTITY
    return GoalLine(
        text=first.text,
        gauge=kind,
        target=target,
        done=now.done,
        share=share,
        share_before=share_of(before, target, kind),
        pace=pace(share, expected, kind.direction) if counts else None,
        known=now.known,
        people=now.people,
        told=may_be_told(board, some, sight, kind),
    )


def share_of(rolled: Rolled, target: Decimal, kind: Gauge) -> Decimal | None:
    """Give the share of a target; without a figure there is none."""
    return None if rolled.done is None else reached(rolled.done, target, kind.direction)


def together(kind: Gauge, some: Collection[Rolled]) -> Rolled:
    """Bring what goals alike come to together."""
    figures = [one for one in some if one.done is not None]
    people, known = sum(one.people for one in some), sum(one.known for one in some)
    if not figures:
        return Rolled(None, 0, people)
    total = sum((one.done for one in figures if one.done is not None), Decimal(0))
    return Rolled(total / len(figures) if kind.in_percent else total, known, people)


def may_be_told(board: Board, some: Collection[Goal], sight: Sight, kind: Gauge) -> bool:
    """Tell whether a figure tells nothing of a single person, or only of those one may see.

    What others release is known to everybody.
    """
    if kind.aggregation is Aggregation.RELEASE:
        return True
    owners = {owner for one in some for owner in board.owners(one.id)}
    return len(owners) >= FEW or owners <= sight.named


async def unit_lines(
    session: AsyncSession,
    sight: Sight,
    mine: Mapping[int, Goal],
    counts: Mapping[int, tuple[int, int]],
) -> list[UnitLine]:
    """Sum a theme up by unit, and leave untold what would speak of few people."""
    places = await groups(session, sight)
    people: dict[str, set[int]] = defaultdict(set)
    sums: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for key, one in mine.items():
        unit = places[one.owner]
        people[unit].add(one.owner)
        fresh, old = counts.get(key, (0, 0))
        sums[unit] = (sums[unit][0] + fresh, sums[unit][1] + old)
    names = sorted(people)
    # What a named person did may be told; a sum beside it must not tell of the others.
    untold = too_small([len(people[name] - sight.named) for name in names])
    return [
        UnitLine(name, len(people[name]), None, None)
        if place in untold
        else UnitLine(name, len(people[name]), *sums[name])
        for place, name in enumerate(names)
    ]
