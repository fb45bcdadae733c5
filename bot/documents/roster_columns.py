"""What a roster workbook may hold, as the data file beside this one says."""

import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from bot.skp.people import AbsenceKind, EmploymentKind, Role
from bot.skp.plans import Aggregation, Aspect, Direction, ResultKind

SOURCE = Path(__file__).with_name("roster_columns.json")
ENUMS: dict[str, type[Enum]] = {
    "employment": EmploymentKind,
    "role": Role,
    "result": ResultKind,
    "aspect": Aspect,
    "aggregation": Aggregation,
    "direction": Direction,
    "absence": AbsenceKind,
}
IN_BRACKETS = re.compile(r"\([^)]*\)")
NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Column:
    """Describe one column; `offered` are the words of the drop-down, `choices` all that count."""

    attribute: str
    heading: str
    names: frozenset[str]
    kind: str
    note: str
    width: int
    required: bool
    limit: int
    least: int
    most: int
    default: object
    offered: tuple[str, ...]
    choices: Mapping[str, object]
    words: Mapping[object, str]


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """Describe one sheet; `key` names the attributes by which a row is known."""

    name: str
    names: frozenset[str]
    key: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class WorkbookPlan:
    """Describe the whole workbook."""

    sheets: tuple[SheetPlan, ...]
    guide: str
    guide_lines: tuple[str, ...]
    theme_aliases: Mapping[str, str]


def simplify(name: str) -> str:
    """Give a name without case, spaces and punctuation, to compare it."""
    return NOT_A_LETTER.sub("", name.casefold())


def simplified(name: str) -> tuple[str, str]:
    """Give a name simplified as it stands, and without what it explains in brackets."""
    return simplify(name), simplify(IN_BRACKETS.sub("", name))


@functools.cache
def workbook_plan() -> WorkbookPlan:
    """Load what a roster workbook may hold."""
    source = json.loads(SOURCE.read_text(encoding="utf-8"))
    return WorkbookPlan(
        tuple(_sheet(sheet) for sheet in source["sheets"]),
        source["guide"]["name"],
        tuple(source["guide"]["lines"]),
        source["theme_aliases"],
    )


def _sheet(source: dict[str, Any]) -> SheetPlan:
    names = frozenset(simplify(name) for name in (source["name"], *source["aliases"]))
    columns = tuple(_column(column) for column in source["columns"])
    return SheetPlan(source["name"], names, tuple(source["key"]), columns)


def _column(source: dict[str, Any]) -> Column:
    kind = ENUMS.get(source.get("of", ""))
    offered = [(word, kind(value) if kind else value) for word, value in source.get("choices", [])]
    also = [
        (word, kind(value) if kind else value) for word, value in source.get("also", {}).items()
    ]
    names = {simplify(name) for name in source.get("aliases", [])}
    return Column(
        attribute=source["field"],
        heading=source["heading"],
        names=frozenset(names.union(simplified(source["heading"]))),
        kind=source["kind"],
        note=source["note"],
        width=source["width"],
        required=source.get("required", False),
        limit=source.get("limit", 0),
        least=source.get("least", 0),
        most=source.get("most", 0),
        default=_default(source.get("default"), kind),
        offered=tuple(word for word, _ in offered),
        choices={simplify(word): value for word, value in offered + also},
        words={value: word for word, value in offered},
    )


def _choices(
    pairs: Iterable[tuple[str, object]], kind: type[Enum] | None
) -> list[tuple[str, object]]:
    return [(word, kind(value) if kind else value) for word, value in pairs]


def _default(value: Any, kind: type[Enum] | None) -> object:
    if isinstance(value, list):
        return tuple(kind(part) if kind else part for part in value)
    return kind(value) if kind and value else value
