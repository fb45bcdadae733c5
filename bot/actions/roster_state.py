"""What the database knows, under the keys by which a roster's rows are known."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from db.rosters import Known

Values = dict[str, Any]
Key = Any


@dataclass
class State:
    """Hold known rows by their natural keys; they point at each other by these keys too.

    Units are known by their casefolded code, people by NIP, results by NIP, year and number.
    """

    stamp: int = 0
    units: dict[str, Values] = field(default_factory=dict)
    employees: dict[str, Values] = field(default_factory=dict)
    placements: dict[str, Values] = field(default_factory=dict)
    plans: dict[Key, Values] = field(default_factory=dict)
    results: dict[Key, Values] = field(default_factory=dict)
    indicators: dict[Key, Values] = field(default_factory=dict)
    action_plans: dict[Key, Values] = field(default_factory=dict)
    holidays: dict[Key, Values] = field(default_factory=dict)
    absences: dict[Key, Values] = field(default_factory=dict)
    shifts: dict[Key, Values] = field(default_factory=dict)
    themes: frozenset[str] = frozenset()


def state_of(known: Known) -> State:
    """Put what is known under its natural keys."""
    state = State(stamp=known.stamp, themes=known.themes)
    codes = {line.id: line.code.casefold() for line in known.units}
    nips = {line.id: line.nip for line in known.employees}
    for line in known.units:
        values = line._asdict() | {"parent": codes.get(line.parent_id)}
        state.units[codes[line.id]] = values
    for line in known.employees:
        state.employees[line.nip] = line._asdict()
    for line in known.placements:
        # The lines come oldest first, so the newest placement stays.
        state.placements[nips[line.employee_id]] = line._asdict() | {
            "unit": codes[line.unit_id],
            "supervisor": nips.get(line.supervisor_id),
        }
    for line in known.plans:
        values = line._asdict() | {"rater": nips.get(line.rater_id)}
        state.plans[nips[line.employee_id], line.year] = values
    _put_results(state, known, nips)
    for line in known.holidays:
        code = codes.get(line.unit_id)
        state.holidays[line.day, code] = line._asdict() | {"unit": code}
    for line in known.absences:
        state.absences[nips[line.employee_id], line.first] = line._asdict()
    for line in known.shifts:
        state.shifts[nips[line.employee_id], line.day] = line._asdict()
    return state


def _put_results(state: State, known: Known, nips: dict[int, str]) -> None:
    keys = {line.id: (nips[line.employee_id], line.year, line.number) for line in known.results}
    for line in known.results:
        values = line._asdict() | {"parent": keys.get(line.parent_id)}
        state.results[keys[line.id]] = values
    for line in known.indicators:
        state.indicators[*keys[line.work_result_id], line.text.casefold()] = line._asdict()
    for line in known.action_plans:
        place = (line.period, line.text.casefold())
        state.action_plans[*keys[line.work_result_id], *place] = line._asdict()


def circles(links: dict[Key, Key | None], starts: Iterable[Key]) -> list[list[Key]]:
    """List the circles that are met when the links are followed from these starts."""
    done: set[Key] = set()
    found: list[list[Key]] = []
    for start in starts:
        path: dict[Key, int] = {}
        here: Key | None = start
        while here is not None and here not in done and here not in path:
            path[here] = len(path)
            here = links.get(here)
        if here is not None and here in path:
            found.append([key for key, place in path.items() if place >= path[here]])
        done.update(path)
    return found


def depths(links: dict[Key, Key | None]) -> dict[Key, int]:
    """Tell how far below its highest ancestor each key stands; there must be no circles."""
    known: dict[Key, int] = {}
    for start in links:
        path = []
        here: Key | None = start
        while here is not None and here in links and here not in known:
            path.append(here)
            here = links[here]
        depth = known[here] + 1 if here is not None and here in known else 0
        for key in reversed(path):
            known[key] = depth
            depth += 1
    return known
