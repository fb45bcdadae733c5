"""Compare a roster with what is known: what would be created, changed or left as it is."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.actions.roster_links import Links, links_of
from bot.actions.roster_state import Key, State, Values, state_of
from bot.skp.complaints import Problem
from bot.skp.plans import PlanState
from bot.skp.roster_rows import SHEETS, EmployeeRow, Roster, Row
from db.rosters import Known

EMPLOYEE = {
    name: name for name in ("name", "rank", "kind", "phone", "roles", "email", "themes")
} | {"week": "own_week", "address": "roster_address"}
UNIT = {name: name for name in ("code", "name", "zone", "week", "leave_at")}
RESULT = {name: name for name in ("kind", "text", "themes", "keywords")}
INDICATOR = {
    name: name for name in ("aspect", "text", "target", "unit", "aggregation", "direction")
}
ACTION_PLAN = {name: name for name in ("text", "target", "unit")}
# What stands in an employee's line beside what the roster says.
DERIVED = ("address", "zone", "week", "leave_at")
WEEK = 5


@dataclass
class Changes:
    """Hold the new rows of one table by their natural keys, and the changed ones by their ids."""

    new: dict[Key, Values] = field(default_factory=dict)
    edits: dict[int, Values] = field(default_factory=dict)


@dataclass
class Comparison:
    """Tell what applying a roster would do; the counts are rows of the file."""

    rows: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    state: State = field(default_factory=State, repr=False)
    tables: dict[str, Changes] = field(default_factory=dict, repr=False)
    ended: list[int] = field(default_factory=list, repr=False)
    # Which RHK (by key) served which other one, up to (not including) a day.
    former: list[tuple[int, int | None, dt.date]] = field(default_factory=list, repr=False)

    def of(self, table: str) -> Changes:
        """Give the changes of one table."""
        return self.tables.setdefault(table, Changes())

    @property
    def empty(self) -> bool:
        """Tell whether nothing would be written."""
        return not self.ended and not any(one.new or one.edits for one in self.tables.values())


def compare_with(roster: Roster, known: Known, *, today: dt.date, agency_zone: str) -> Comparison:
    """Compare a roster with what is known; this only thinks, and takes its time for large files."""
    state = state_of(known)
    links = links_of(roster, state)
    comparing = _Comparing(roster, state, links, today)
    comparing.units()
    comparing.employees()
    comparing.hours(agency_zone)
    comparing.plans()
    comparing.days()
    found = comparing.found
    found.problems = (*roster.problems, *links.problems)
    found.notes = (*roster.notes, *links.notes)
    return found


class _Comparing:
    """Go through a roster sheet by sheet."""

    def __init__(self, roster: Roster, state: State, links: Links, today: dt.date) -> None:
        self.roster = roster
        self.state = state
        self.links = links
        self.today = today
        self.found = Comparison(rows=roster.total, state=state)
        years = [today.year, *(row.year for row in roster.work_results)]
        self.begin = dt.date(min(years), 1, 1)

    def units(self) -> None:
        """Compare the units."""
        for row in self.roster.units:
            code = row.code.casefold()
            now = self.state.units.get(code)
            wanted = self.wanted(row, UNIT, now) | {"parent": self.links.units[code]}
            self.settle(row, "unit", code, (now, wanted))

    def employees(self) -> None:
        """Compare the people and where they sit."""
        for row in self.roster.employees:
            now = self.state.employees.get(row.nip)
            wanted = self.wanted(row, EMPLOYEE, now)
            wanted["roles"] = [str(role) for role in wanted["roles"]]
            wanted |= {"address": _address(now, wanted["roster_address"])}
            if now is not None:
                wanted |= {name: now[name] for name in DERIVED if name not in wanted}
            moved = self.links.sound(row) and self._place(row, new=now is None)
            self.settle(row, "employee", row.nip, (now, wanted), also=moved)

    def _place(self, row: EmployeeRow, *, new: bool) -> bool:
        """Seat a person; whoever moves leaves the old seat today and takes the new one.

        What was recorded today is a slip being put right, and is corrected in its place.
        """
        now = self.state.placements.get(row.nip)
        supervisor = self.links.supervisors[row.nip]
        wanted = {"unit": row.unit.casefold(), "supervisor": supervisor, "position": row.position}
        if now is not None and all(now[name] == value for name, value in wanted.items()):
            return False
        changes = self.found.of("placement")
        if now is not None and self.today in (now["since"], now["recorded_on"]):
            changes.edits[now["id"]] = wanted
            self._correct_raters(row.nip, now["supervisor"], supervisor)
            return True
        if now is not None:
            self.found.ended.append(now["id"])
        since = self.begin if new else self.today
        changes.new[row.nip] = wanted | {"since": since, "recorded_on": self.today}
        return True

    def _correct_raters(self, nip: str, wrong: str | None, right: str | None) -> None:
        for (owner, _), plan in self.state.plans.items():
            if owner == nip and plan["rater"] == wrong:
                self.found.of("plan").edits[plan["id"]] = {"rater": right, "state": plan["state"]}

    def hours(self, agency_zone: str) -> None:
        """Work out everybody's zone, week and hour of leaving: own, of the unit, of those above."""
        hours = _unit_hours(self.links, self.found, self.state, agency_zone)
        changes = self.found.of("employee")
        seats = {nip: place["unit"] for nip, place in self.state.placements.items()}
        seats |= {nip: place["unit"] for nip, place in self.found.of("placement").new.items()}
        edited = {place["id"]: nip for nip, place in self.state.placements.items()}
        for key, place in self.found.of("placement").edits.items():
            seats[edited[key]] = place["unit"]
        for nip, unit in seats.items():
            now = self.state.employees.get(nip)
            values = changes.new.get(nip) if now is None else changes.edits.get(now["id"], now)
            if values is None or unit not in hours:
                continue
            zone, week, leave_at = hours[unit]
            right = {"zone": zone, "week": values["own_week"] or week, "leave_at": leave_at}
            if now is None:
                values.update(right)
            elif any(values[name] != value for name, value in right.items()):
                kept = {name: values[name] for name in (*EMPLOYEE.values(), *DERIVED)}
                changes.edits[now["id"]] = kept | right

    def plans(self) -> None:
        """Compare the results with what measures them; a year's first RHK make its plan."""
        for row in self.roster.work_results:
            key = (row.nip, row.year, row.number)
            now = self.state.results.get(key)
            # The roster is what was agreed: it takes the place of a person's own draft.
            wanted = self.wanted(row, RESULT, now) | {
                "parent": self.links.results[key],
                "state": PlanState.APPROVED,
            }
            if self.links.sound(row):
                self._agree((row.nip, row.year))
            self.settle(row, "work_result", key, (now, wanted))
            if now is not None and now["parent"] != wanted["parent"]:
                self._leave(row.nip, now, wanted["parent"])
        for indicator in self.roster.indicators:
            owner = (indicator.nip, indicator.year, indicator.number)
            place = (*owner, indicator.text.casefold())
            now = self.state.indicators.get(place)
            wanted = self.wanted(indicator, INDICATOR, now)
            self.settle(indicator, "indicator", place, (now, wanted))
        for step in self.roster.action_plans:
            owner = (step.nip, step.year, step.number)
            step_key = (*owner, step.period, step.text.casefold())
            now = self.state.action_plans.get(step_key)
            self.settle(step, "action_plan", step_key, (now, self.wanted(step, ACTION_PLAN, now)))

    def _agree(self, key: Key) -> None:
        """Make a year's plan, or approve the one that a person has drafted."""
        rater = self.links.supervisors.get(key[0])
        changes = self.found.of("plan")
        now = self.state.plans.get(key)
        if now is None:
            changes.new[key] = {"rater": rater}
            return
        known = {"rater": now["rater"], "state": now["state"]} | changes.edits.get(now["id"], {})
        open_still = known["state"] in {PlanState.DRAFT, PlanState.SUBMITTED}
        wanted = {
            "rater": known["rater"] or rater,
            "state": PlanState.APPROVED if open_still else known["state"],
        }
        if wanted != known:
            changes.edits[now["id"]] = wanted

    def _leave(self, nip: str, now: Values, parent: Key | None) -> None:
        """Let what was logged under an earlier leader stay with the goal it served.

        Whoever moves takes the RHK along. Where nobody has moved and the old goal was not the
        leader's either, the link was a slip, and all of it goes where it should have been.
        """
        old, new = now["parent"], parent
        if old is not None and new is not None and old[0] == new[0]:
            return
        place = self.state.placements.get(nip)
        if place is None:
            return
        until = self.today
        if nip not in self.found.of("placement").new:
            moved = place["since"] > dt.date(until.year, 1, 1)
            until = place["since"] if moved else until
            if not moved and (old is None or old[0] != place["supervisor"]):
                return
        self.found.former.append((now["id"], now["parent_id"], until))

    def days(self) -> None:
        """Compare holidays, absences and shifts."""
        for holiday in self.roster.holidays:
            key = (holiday.day, holiday.unit.casefold() if holiday.unit else None)
            now = self.state.holidays.get(key)
            self.settle(holiday, "holiday", key, (now, {"name": holiday.name}))
        for absence in self.roster.absences:
            now = self.state.absences.get((absence.nip, absence.start))
            wanted = {"kind": absence.kind, "last": absence.end}
            self.settle(absence, "absence", (absence.nip, absence.start), (now, wanted))
        for shift in self.roster.shifts:
            now = self.state.shifts.get((shift.nip, shift.day))
            wanted = {"start": shift.start, "end": shift.end}
            self.settle(shift, "shift", (shift.nip, shift.day), (now, wanted))

    def wanted(self, row: Row, names: Mapping[str, str], now: Values | None) -> Values:
        """Give what a row wants to stand there; a column that the file has not leaves what is."""
        given = self.roster.headings.get(SHEETS[type(row)], {})
        return {
            name: now[name] if now and attribute not in given else _plain(getattr(row, attribute))
            for attribute, name in names.items()
        }

    def settle(
        self,
        row: Row,
        table: str,
        key: Key,
        values: tuple[Values | None, Values],
        *,
        also: bool = False,
    ) -> None:
        """Count a row as created, updated or unchanged, and keep what is to be written."""
        if not self.links.sound(row):
            return
        now, wanted = values
        if now is None:
            self.found.of(table).new[key] = wanted
            self.found.created += 1
            return
        differs = any(now[name] != value for name, value in wanted.items())
        if differs:
            self.found.of(table).edits[now["id"]] = wanted
        if differs or also:
            self.found.updated += 1
        else:
            self.found.unchanged += 1


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _address(now: Values | None, given: str | None) -> str | None:
    """Keep the form of address that a person has chosen over the roster's."""
    if now is None or now["address"] == now["roster_address"]:
        return given
    chosen: str | None = now["address"]
    return chosen


def _unit_hours(
    links: Links, found: Comparison, state: State, agency_zone: str
) -> dict[str, tuple[str, int, dt.time | None]]:
    """Tell the effective hours of every unit."""
    changes = found.of("unit")
    units = {
        code: changes.edits.get(unit["id"], unit) for code, unit in state.units.items()
    } | changes.new

    def nearest(code: str, name: str) -> Any:
        here: str | None = code
        while here is not None and here in units:
            if units[here][name] is not None:
                return units[here][name]
            here = links.units[here]
        return None

    return {
        code: (
            nearest(code, "zone") or agency_zone,
            nearest(code, "week") or WEEK,
            nearest(code, "leave_at"),
        )
        for code in units
    }
