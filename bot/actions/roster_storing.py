"""Write a compared roster: all of it in one short transaction."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.roster_comparison import Comparison
from bot.actions.roster_state import Key, Values, depths
from bot.skp.plans import PlanState
from db import cascades, rhythms, rosters
from db.models.entries import Absence
from db.models.people import Employee, Placement, Shift, Unit
from db.models.plans import ActionPlan, Holiday, Indicator, Plan, WorkResult

Identify = Callable[[Key], Values]
# What the database cannot fill in by itself when many rows are written at once.
NEW_EMPLOYEE = {"language": "id", "prompts_on": True}


class Storing:
    """Turn natural keys into ids, table by table, in the order in which they depend."""

    def __init__(self, session: AsyncSession, comparison: Comparison) -> None:
        self.session = session
        self.comparison = comparison
        state = comparison.state
        self.units = {code: unit["id"] for code, unit in state.units.items()}
        self.people = {nip: person["id"] for nip, person in state.employees.items()}
        self.plans = {key: plan["id"] for key, plan in state.plans.items()}
        self.results = {key: result["id"] for key, result in state.results.items()}
        # Which pointers stand in a row, and among whom they find their id.
        self.pointers: dict[str, dict[str, tuple[str, dict[Any, int]]]] = {
            "unit": {"parent": ("parent_id", self.units)},
            "placement": {
                "unit": ("unit_id", self.units),
                "supervisor": ("supervisor_id", self.people),
            },
            "plan": {"rater": ("rater_id", self.people)},
            "work_result": {"parent": ("parent_id", self.results)},
        }

    async def store(self, *, today: dt.date) -> None:
        """Write everything; who leaves a place leaves it today."""
        people, results = self.people, self.results
        await self._number(Unit, "unit", self.units)
        await self._write(Unit, "unit", lambda code: {"id": self.units[code]})
        await self._number(Employee, "employee", people)
        await self._write(
            Employee, "employee", lambda nip: NEW_EMPLOYEE | {"id": people[nip], "nip": nip}
        )
        ended = {key: {"until": today} for key in self.comparison.ended}
        await rosters.change(self.session, Placement, ended)
        await self._write(Placement, "placement", lambda nip: {"employee_id": people[nip]})
        await self._number(Plan, "plan", self.plans)
        await self._write(Plan, "plan", self._plan)
        await self._number(WorkResult, "work_result", results)
        await self._write(WorkResult, "work_result", self._result)
        await cascades.keep_former(self.session, self.comparison.former)
        await self._write(Indicator, "indicator", lambda key: {"work_result_id": results[key[:3]]})
        await self._write(
            ActionPlan,
            "action_plan",
            lambda key: {"work_result_id": results[key[:3]], "period": key[3]},
        )
        await self._write(Holiday, "holiday", self._holiday)
        await self._write(
            Absence, "absence", lambda key: {"employee_id": people[key[0]], "first": key[1]}
        )
        await self._write(
            Shift, "shift", lambda key: {"employee_id": people[key[0]], "day": key[1]}
        )
        if not self.comparison.empty:
            # Zones, weeks, hours, shifts and days off may be others now.
            await rhythms.look_again(self.session)

    def _plan(self, key: Key) -> Values:
        return {
            "id": self.plans[key],
            "employee_id": self.people[key[0]],
            "year": key[1],
            "state": PlanState.APPROVED,
        }

    def _result(self, key: Key) -> Values:
        return {
            "id": self.results[key],
            "plan_id": self.plans[key[:2]],
            "employee_id": self.people[key[0]],
            "number": key[2],
        }

    def _holiday(self, key: Key) -> Values:
        return {"day": key[0], "unit_id": None if key[1] is None else self.units[key[1]]}

    async def _number(self, model: type[SQLModel], table: str, ids: dict[Any, int]) -> None:
        """Give ids to a table's new rows."""
        new = self.comparison.of(table).new
        numbers = await rosters.numbers(self.session, model, len(new))
        ids.update(zip(new, numbers, strict=True))

    async def _write(self, model: type[SQLModel], table: str, identify: Identify) -> None:
        """Write a table's new rows, the highest first, then its changed ones."""
        changes = self.comparison.of(table)
        pointers = self.pointers.get(table, {})
        keys = _highest_first(changes.new) if "parent" in pointers else list(changes.new)
        for start in range(0, len(keys), rosters.MANY):
            some = keys[start : start + rosters.MANY]
            lines = [_resolved(changes.new[key], pointers) | identify(key) for key in some]
            await rosters.add(self.session, model, lines)
        edits = {key: _resolved(values, pointers) for key, values in changes.edits.items()}
        await rosters.change(self.session, model, edits)


def _resolved(values: Values, pointers: dict[str, tuple[str, dict[Any, int]]]) -> Values:
    """Put ids where natural keys stood."""
    if not pointers:
        return values
    line = {name: value for name, value in values.items() if name not in pointers}
    for name, (column, ids) in pointers.items():
        if name in values:
            line[column] = None if values[name] is None else ids[values[name]]
    return line


def _highest_first(new: dict[Key, Values]) -> list[Key]:
    depth = depths({key: values["parent"] for key, values in new.items()})
    return sorted(new, key=depth.__getitem__)
