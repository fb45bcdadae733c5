"""How one entry climbs the cascade: the goal, the units, the RHK, and what was done."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.cascades import Board, board_on, grown, is_summed
from bot.actions.standings import PERCENT, gathered, measure_for, stand
from bot.skp.pace import same_unit, share_of
from bot.skp.plans import Direction
from bot.skp.small_groups import FEW
from bot.skp.workdays import ONE_DAY
from db import cascades, contributions, plans
from db.cascades import Goal
from db.contributions import Level
from db.models.entries import Entry
from db.models.people import Employee


@dataclass(frozen=True)
class Rung:
    """One level of the climb; of too few people no sum is told.

    `done` is empty where nothing in the level's own unit is known, which is not zero.
    """

    place: str
    text: str
    number: int
    unit: str = ""
    target: Decimal | None = None
    done: Decimal | None = None
    own: bool = False
    few: bool = False
    direction: Direction = Direction.UP

    @property
    def in_percent(self) -> bool:
        """Tell whether the figures are percentages."""
        return same_unit(self.unit, PERCENT)

    @property
    def share(self) -> Decimal | None:
        """Give the reached share of the target."""
        if self.done is None or self.target is None:
            return None
        return share_of(self.done, self.target, self.direction)


@dataclass(frozen=True)
class Sum:
    """What a level comes to with all that stands on it; of too few people it is not told."""

    done: Decimal | None
    few: bool


@dataclass(frozen=True)
class Climb:
    """One entry with the levels it serves, the goal first."""

    result_id: int
    day: dt.date
    is_today: bool
    text: str
    quantity: Decimal | None
    unit: str | None
    rungs: tuple[Rung, ...]


async def climb_of(session: AsyncSession, employee: Employee, *, today: dt.date) -> Climb | None:
    """Let today's entry, or the newest one, climb; without a linked entry nothing climbs."""
    entry = await contributions.newest_linked(session, employee, until=today)
    if entry is None or entry.work_result_id is None:
        return None
    levels = await contributions.climb(session, employee, entry.work_result_id, on=today)
    if not levels:
        return None
    own, *above = levels
    goals = {one.id: one for one in await cascades.goals_by_id(session, [one.id for one in above])}
    board = await sums_of(session, [goals[one.id] for one in above], today=today)
    rungs = [await own_rung(session, employee, entry, own)]
    for one, place in zip(above, places(above), strict=True):
        rungs.append(rung(one, place, goals[one.id], sum_on(board, one.id, employee)))
    last = entry.last_day or entry.day
    return Climb(
        result_id=own.id,
        day=last,
        is_today=entry.day <= today <= last,
        text=entry.text,
        quantity=entry.quantity,
        unit=entry.unit,
        rungs=tuple(reversed(rungs)),
    )


async def sums_of(session: AsyncSession, above: Sequence[Goal], *, today: dt.date) -> Board | None:
    """Bring together what the levels above come to, as the cascade does; the nearest come first.

    The latest value of one person is no sum, and a released figure comes from elsewhere.
    """
    adding = [one for one in above if is_summed(one)]
    if not adding:
        return None
    # Whatever stands on a lower level stands on the highest one, too.
    forest = await grown(session, adding[-1:])
    return await board_on(session, forest, [one.id for one in adding], cuts=[today + ONE_DAY])


def sum_on(board: Board | None, goal_id: int, employee: Employee) -> Sum:
    """Tell what a level comes to, unless it is made of few people's work beside the own."""
    if board is None:
        return Sum(None, few=False)
    done = board.rolled(goal_id).done
    # Whoever knows the own part would know the others' from a sum of few.
    others = board.owners(goal_id) - {employee.id or 0}
    few = done is not None and 0 < len(others) < FEW
    return Sum(None if few else done, few)


def places(levels: list[Level]) -> list[str]:
    """Name each level by its unit; several levels of one unit are told apart by the position."""
    units = [one.unit for one in levels]
    return [
        (one.unit if one.unit not in units[:place] else one.position) or ""
        for place, one in enumerate(levels)
    ]


async def own_rung(session: AsyncSession, employee: Employee, entry: Entry, level: Level) -> Rung:
    """Tell where the person's own RHK stands."""
    outlook = await plans.outlook(session, employee, on=entry.day)
    result = outlook.known(level.id)
    measure = measure_for(result, entry.unit, entry.percent) if result else None
    if result is None or measure is None:
        return Rung(level.unit or "", level.text, level.number, own=True)
    now = stand(measure, (await gathered(session, [result]))[result.id])
    return Rung(
        level.unit or "",
        level.text,
        level.number,
        now.unit,
        now.target,
        now.done if now.known else None,
        own=True,
        direction=now.direction,
    )


def rung(level: Level, place: str, goal: Goal, found: Sum) -> Rung:
    """Tell where one level stands."""
    leading = goal.leading
    if leading is None:
        return Rung(place, level.text, level.number)
    return Rung(
        place,
        level.text,
        level.number,
        leading.unit,
        leading.target,
        found.done,
        few=found.few,
        direction=leading.direction,
    )
