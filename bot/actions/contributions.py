"""How one entry climbs the cascade: the goal, the units, the RHK, and what was done."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.standings import PERCENT, gathered, measure_for, stand
from bot.skp.pace import same_unit
from bot.skp.plans import Aggregation, Aspect
from bot.skp.small_groups import FEW
from db import contributions, plan_details, plans
from db.contributions import Level, Sum
from db.models.entries import Entry
from db.models.people import Employee
from db.models.plans import Indicator


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

    @property
    def in_percent(self) -> bool:
        """Tell whether the figures are percentages."""
        return same_unit(self.unit, PERCENT)

    @property
    def share(self) -> Decimal | None:
        """Give the reached share of the target."""
        return self.done / self.target if self.done is not None and self.target else None


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
    measures = await plan_details.indicators_of(session, [one.id for one in above])
    leading = {key: lead(found) for key, found in measures.items()}
    # The latest value of one person is no sum, and a released figure comes from elsewhere.
    adding = {key for key, one in leading.items() if one.aggregation is Aggregation.SUM}
    sums = await contributions.sums(session, adding) if adding else []
    people = await contributions.people(session, adding) if adding else {}
    rungs = [await own_rung(session, employee, entry, own)]
    for one, place in zip(above, places(above), strict=True):
        found = rung(one, place, leading.get(one.id), sums)
        # Whoever knows the own part would know the others' from a sum of few.
        hidden = found.done is not None and 0 < people[one.id] - 1 < FEW
        rungs.append(replace(found, done=None, few=True) if hidden else found)
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


def lead(measures: list[Indicator]) -> Indicator:
    """Choose the IKI that stands for an RHK: its quantity, else the first."""
    return min(measures, key=lambda one: one.aspect is not Aspect.QUANTITY)


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
    done = now.done if now.known else None
    return Rung(level.unit or "", level.text, level.number, now.unit, now.target, done, own=True)


def rung(level: Level, place: str, leading: Indicator | None, sums: list[Sum]) -> Rung:
    """Tell where one level stands: only what is counted in its own unit is summed."""
    if leading is None:
        return Rung(place, level.text, level.number)
    parts = [
        one.quantity
        for one in sums
        if one.result_id == level.id and same_unit(one.unit, leading.unit)
    ]
    return Rung(
        place,
        level.text,
        level.number,
        leading.unit,
        leading.target,
        sum(parts, Decimal(0)) if parts else None,
    )
