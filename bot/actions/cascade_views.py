"""A leader's cascade: the own goals, what stands on them, and step by step further down."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.cascade_ways import gauge
from bot.actions.cascades import Board, board_on, grown
from bot.actions.sights import Sight, calendars_for, sight_of
from bot.refusal import Refusal
from bot.skp.cascade import Gauge, Rolled
from bot.skp.pace import Pace, expectation, pace
from bot.skp.pace import share_of as reached
from bot.skp.periods import month_of, week_of, year_of
from bot.skp.plans import Aspect
from bot.skp.small_groups import FEW, too_small
from bot.skp.workdays import ONE_DAY, WorkCalendar
from db import cascades
from db.cascades import Goal
from db.models.people import Employee
from db.plans import Measure


@dataclass(frozen=True)
class Figure:
    """What a goal comes to, a week and a month ago too, and what could be expected by now."""

    gauge: Gauge
    target: Decimal
    done: Decimal | None
    share: Decimal | None
    last_week: Decimal | None
    last_month: Decimal | None
    expected: Decimal | None
    pace: Pace | None
    known: int
    people: int


@dataclass(frozen=True)
class Node:
    """One step of the cascade: a goal of somebody who may be named, or those of a unit together.

    A unit's goals have no key; of few people there is no figure.
    """

    id: int | None
    number: int | None
    text: str
    whose: str
    goals: int
    figure: Figure | None
    below: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Cascade:
    """A leader's goals of a year with what stands on them."""

    unit: str
    day: dt.date
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Scene:
    """What is known of a leader's part of the agency on a day."""

    sight: Sight
    board: Board
    roots: tuple[Goal, ...]
    calendars: Mapping[int, WorkCalendar]
    leader: int

    @property
    def day(self) -> dt.date:
        """Give the day that is looked at."""
        return self.board.cuts[0] - ONE_DAY

    def children(self, goal_id: int) -> list[Goal]:
        """List what stands directly on a goal today, of people who still work there."""
        return [
            one
            for one in self.board.forest.goals.values()
            if one.parent == goal_id and one.owner in self.sight.seats
        ]


async def scene_of(session: AsyncSession, leader: Employee, *, today: dt.date) -> Scene:
    """Bring together what a leader sees of the cascade."""
    sight = await sight_of(session, leader, None, on=today)
    roots = await cascades.goals_of(session, leader, year=today.year)
    cuts = [today + ONE_DAY, week_of(today).start, month_of(today).start]
    forest = await grown(session, roots)
    # What is shown, and no more, is worked out: goals of those who may be named.
    wanted = [key for key, one in forest.goals.items() if one.owner in sight.named]
    board = await board_on(session, forest, wanted, cuts=cuts)
    owners = {one.owner for one in board.forest.goals.values()} & sight.seats.keys()
    calendars = await calendars_for(session, sight, owners, today)
    return Scene(sight, board, tuple(roots), calendars, leader.id or 0)


async def own_cascade(session: AsyncSession, leader: Employee, *, today: dt.date) -> Cascade:
    """Show a leader's goals and what stands directly on them."""
    scene = await scene_of(session, leader, today=today)
    seat = scene.sight.seats.get(scene.leader)
    return Cascade(
        unit=seat.unit if seat else "",
        day=today,
        nodes=tuple(with_below(scene, one) for one in scene.roots),
    )


async def step(
    session: AsyncSession, leader: Employee, goal_id: int, *, today: dt.date
) -> tuple[Node, Node | None]:
    """Go to one goal of the leader's or of a direct report's; also give the goal above it."""
    scene = await scene_of(session, leader, today=today)
    goal = scene.board.forest.goals.get(goal_id)
    if goal is None or goal.owner not in scene.sight.named:
        raise Refusal("This button no longer works.")
    above = scene.board.forest.goals.get(goal.parent) if goal.parent else None
    reachable = above is not None and above.owner in scene.sight.named
    return with_below(scene, goal), node(scene, above) if above and reachable else None


def with_below(scene: Scene, goal: Goal) -> Node:
    """Show a goal with what stands directly on it."""
    return replace(node(scene, goal), below=tuple(below(scene, goal)))


def node(scene: Scene, goal: Goal) -> Node:
    """Show a goal of somebody who may be named."""
    figure = figure_of(scene, goal, [scene.board.rolled(goal.id, place) for place in range(3)])
    seat = scene.sight.seats.get(goal.owner)
    whose = "" if goal.owner == scene.leader or seat is None else seat.name
    return Node(goal.id, goal.number, goal.text, whose, 1, figure)


def below(scene: Scene, goal: Goal) -> list[Node]:
    """Show what stands directly on a goal: by name where that is seen, else unit by unit."""
    named: list[Node] = []
    units: dict[str, list[Goal]] = defaultdict(list)
    for one in scene.children(goal.id):
        if one.owner in scene.sight.named:
            named.append(node(scene, one))
        else:
            units[scene.sight.seats[one.owner].unit].append(one)
    names = sorted(units)
    people = [len({one.owner for one in units[name]}) for name in names]
    untold = too_small(people)
    groups = [
        unit_node(scene, goal, units[name], told=place not in untold and people[place] >= FEW)
        for place, name in enumerate(names)
    ]
    return [*named, *groups]


def unit_node(scene: Scene, goal: Goal, some: Sequence[Goal], *, told: bool) -> Node:
    """Show what the people of one unit bring to a goal, all together."""
    unit = scene.sight.seats[some[0].owner].unit
    figure = None
    if told:
        keys = {one.id for one in some}
        rolled = [scene.board.rolled(goal.id, place, through=keys) for place in range(3)]
        figure = figure_of(scene, goal, rolled) if rolled[0].people else None
    return Node(None, None, "", unit, len(some), figure)


def figure_of(scene: Scene, goal: Goal, rolled: Sequence[Rolled]) -> Figure | None:
    """Hold what a goal comes to against its target and the year; without an IKI there is none."""
    measure = goal.leading
    if measure is None:
        return None
    now, week, month = rolled
    calendar = scene.calendars.get(goal.owner)
    expected = None
    if calendar is not None and measure.aspect is Aspect.QUANTITY:
        expected = expectation(measure, scene.day, year_of(scene.day), calendar)
    share = share_of(now, measure)
    return Figure(
        gauge=gauge(measure),
        target=measure.target,
        done=now.done,
        share=share,
        last_week=share_of(week, measure),
        last_month=share_of(month, measure),
        expected=expected,
        pace=pace(share, expected, measure.direction),
        known=now.known,
        people=now.people,
    )


def share_of(rolled: Rolled, measure: Measure) -> Decimal | None:
    """Give the share of a target; without a figure there is none."""
    if rolled.done is None:
        return None
    return reached(rolled.done, measure.target, measure.direction)
