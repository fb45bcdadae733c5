"""Check what a roster's rows point at, in the file and in what is known already."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.actions import roster_complaints as complaints
from bot.actions.roster_state import Key, State, circles
from bot.actions.themes import CODES
from bot.skp.complaints import Complaint, Problem
from bot.skp.nip import mask
from bot.skp.roster_rows import (
    AbsenceRow,
    ActionPlanRow,
    EmployeeRow,
    IndicatorRow,
    Roster,
    Row,
    ShiftRow,
    WorkResultRow,
)

# A circle of many is named by its first few.
SHOWN = 4


@dataclass
class Links:
    """Hold who points at whom once the roster is applied, and what is wrong with it."""

    roster: Roster
    state: State
    units: dict[Key, Key | None] = field(default_factory=dict)
    supervisors: dict[Key, Key | None] = field(default_factory=dict)
    results: dict[Key, Key | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    # Rows that would not be written.
    faulty: set[tuple[type[Row], int]] = field(default_factory=set)

    def report(self, row: Row, attribute: str, complaint: Complaint, **values: str) -> None:
        """Add a problem at a row."""
        self.problems.append(self.roster.at(row, attribute, complaint, **values))
        self.faulty.add((type(row), row.row))

    def note(self, row: Row, attribute: str, complaint: Complaint, **values: str) -> None:
        """Add what is odd about a row but stops nothing."""
        self.notes.append(self.roster.at(row, attribute, complaint, **values))

    def sound(self, row: Row) -> bool:
        """Tell whether a row may be written."""
        return (type(row), row.row) not in self.faulty


def links_of(roster: Roster, state: State) -> Links:
    """Follow every pointer of a roster."""
    links = Links(roster, state)
    links.units = {code: unit["parent"] for code, unit in state.units.items()}
    links.supervisors = dict.fromkeys(state.employees) | {
        nip: place["supervisor"] for nip, place in state.placements.items()
    }
    links.results = {key: result["parent"] for key, result in state.results.items()}
    links.units |= {row.code.casefold(): None for row in roster.units}
    links.supervisors |= {row.nip: links.supervisors.get(row.nip) for row in roster.employees}
    keys = [(row.nip, row.year, row.number) for row in roster.work_results]
    links.results |= {key: links.results.get(key) for key in keys}
    for check in (_units, _people, _results, _below_results, _days, _themes, _phones):
        check(links)
    return links


def _units(links: Links) -> None:
    rows = {row.code.casefold(): row for row in links.roster.units}
    for code, row in rows.items():
        parent = row.parent.casefold() if row.parent else None
        if not links.roster.has(row, "parent") and code in links.state.units:
            parent = links.state.units[code]["parent"]
        if parent is not None and not _unit_known(links, parent):
            links.report(row, "parent", complaints.UNKNOWN_UNIT, value=str(row.parent))
            parent = None
        links.units[code] = parent
    names = {code: unit["code"] for code, unit in links.state.units.items()}
    names |= {code: row.code for code, row in rows.items()}
    _report_circles(links, links.units, rows, (complaints.UNIT_CIRCLE, "parent"), names.__getitem__)


def _unit_known(links: Links, code: str) -> bool:
    return code in links.units or code in links.roster.named.units


def _people(links: Links) -> None:
    rows = {row.nip: row for row in links.roster.employees}
    for row in rows.values():
        if not _unit_known(links, row.unit.casefold()):
            links.report(row, "unit", complaints.UNKNOWN_UNIT, value=row.unit)
        if not links.roster.has(row, "supervisor"):
            continue
        supervisor = row.supervisor
        if supervisor is not None and not _person_known(links, supervisor):
            links.report(row, "supervisor", complaints.UNKNOWN_SUPERVISOR, value=supervisor)
            supervisor = None
        links.supervisors[row.nip] = supervisor
    names = {nip: person["name"] for nip, person in links.state.employees.items()}
    names |= {nip: row.name for nip, row in rows.items()}
    about = (complaints.SUPERVISOR_CIRCLE, "supervisor")
    _report_circles(links, links.supervisors, rows, about, names.__getitem__)


def _person_known(links: Links, nip: str) -> bool:
    return nip in links.supervisors or nip in links.roster.named.people


def _results(links: Links) -> None:
    rows = {(row.nip, row.year, row.number): row for row in links.roster.work_results}
    for key, row in rows.items():
        if not _person_known(links, row.nip):
            links.report(row, "nip", complaints.UNKNOWN_PERSON, value=row.nip)
        if not links.roster.has(row, "parent"):
            continue
        parent = (row.parent.nip, row.year, row.parent.number) if row.parent else None
        if parent is not None and not _result_known(links, parent):
            shown = f"{parent[0]}/{parent[2]}"
            links.report(row, "parent", complaints.UNKNOWN_PARENT, value=shown, year=str(row.year))
            parent = None
        links.results[key] = parent
    _report_circles(
        links,
        links.results,
        rows,
        (complaints.PARENT_CIRCLE, "parent"),
        lambda key: f"{mask(key[0])}/{key[2]}",
    )


def _result_known(links: Links, key: tuple[str, int, int]) -> bool:
    return key in links.results or key in links.roster.named.results


def _report_circles(
    links: Links,
    pointers: dict[Key, Key | None],
    rows: Mapping[Key, Row],
    about: tuple[Complaint, str],
    name: Callable[[Any], str],
) -> None:
    """Report each circle once, at the file's first row in it."""
    complaint, attribute = about
    for circle in circles(pointers, rows):
        row = min((rows[key] for key in circle if key in rows), key=lambda row: row.row)
        shown = [name(key) for key in [*circle, circle[0]]]
        if len(shown) > SHOWN + 1:
            shown = [*shown[:SHOWN], "…", shown[-1]]
        links.report(row, attribute, complaint, value=" → ".join(shown))
        # What follows walks the links upwards and must come to an end.
        for key in circle:
            pointers[key] = None


def _below_results(links: Links) -> None:
    rows: list[IndicatorRow | ActionPlanRow] = [
        *links.roster.indicators,
        *links.roster.action_plans,
    ]
    for row in rows:
        if not _person_known(links, row.nip):
            links.report(row, "nip", complaints.UNKNOWN_PERSON, value=row.nip)
        elif not _result_known(links, (row.nip, row.year, row.number)):
            links.report(
                row,
                "number",
                complaints.UNKNOWN_RESULT,
                value=row.nip,
                number=str(row.number),
                year=str(row.year),
            )


def _days(links: Links) -> None:
    for holiday in links.roster.holidays:
        if holiday.unit is not None and not _unit_known(links, holiday.unit.casefold()):
            links.report(holiday, "unit", complaints.UNKNOWN_UNIT, value=holiday.unit)
    days: list[AbsenceRow | ShiftRow] = [*links.roster.absences, *links.roster.shifts]
    for row in days:
        if not _person_known(links, row.nip):
            links.report(row, "nip", complaints.UNKNOWN_PERSON, value=row.nip)


def _themes(links: Links) -> None:
    """Note every unknown theme once, where it stands first."""
    seen: set[str] = set()
    themes = links.state.themes | CODES
    for row, code in _theme_uses(links.roster):
        if code not in themes and code not in seen:
            seen.add(code)
            known = ", ".join(sorted(themes))
            links.note(row, "themes", complaints.UNKNOWN_THEME, value=code, themes=known)


def _theme_uses(roster: Roster) -> Iterator[tuple[Row, str]]:
    rows: list[EmployeeRow | WorkResultRow] = [*roster.employees, *roster.work_results]
    for row in rows:
        for code in row.themes:
            yield row, code


def _phones(links: Links) -> None:
    """Note numbers that belong to somebody who keeps theirs."""
    ours = {row.nip for row in links.roster.employees}
    theirs = {
        person["phone"]: person["name"]
        for nip, person in links.state.employees.items()
        if person["phone"] and nip not in ours
    }
    for row in links.roster.employees:
        if row.phone is not None and row.phone in theirs:
            links.note(row, "phone", complaints.PHONE_OF_ANOTHER, value=theirs[row.phone])
