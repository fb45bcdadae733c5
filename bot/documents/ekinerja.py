"""The daily record in the eight columns of e-Kinerja's form; the columns are a data file beside."""

import functools
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bot.documents import cell_complaints as complaints
from bot.documents import cells
from bot.documents.cell_complaints import CellProblem
from bot.documents.cells import Cell
from bot.documents.roster_columns import simplified, simplify
from bot.documents.roster_sheets import OPTIONS
from bot.documents.workbook import Workbook, WorkbookUnreadable, open_workbook
from bot.skp.complaints import N_, Complaint, Problem
from bot.skp.plain_lines import one_line
from bot.skp.progress_rows import (
    LINK_LIMIT,
    PLAN_LIMIT,
    TEXT_LIMIT,
    UNIT_LIMIT,
    Progress,
    ProgressRow,
)

SOURCE = Path(__file__).with_name("ekinerja_columns.json")
# What another program wrote may be longer than the form takes.
READ_LIMIT = 500
NO_PROGRESS = N_("The workbook has no sheet with the columns {columns}.")


@dataclass(frozen=True, slots=True)
class ProgressColumn:
    """Describe one of the eight columns."""

    attribute: str
    heading: str
    names: frozenset[str]
    width: int
    required: bool


@dataclass(frozen=True, slots=True)
class ProgressPlan:
    """Describe the sheet and how days and hours are written on it."""

    sheet: str
    day_format: str
    time_format: str
    columns: tuple[ProgressColumn, ...]


@functools.cache
def progress_plan() -> ProgressPlan:
    """Load the columns of e-Kinerja's daily form."""
    source = json.loads(SOURCE.read_text(encoding="utf-8"))
    columns = tuple(
        ProgressColumn(
            column["field"],
            column["heading"],
            frozenset(simplify(name) for name in (column["heading"], *column["aliases"])),
            column["width"],
            column.get("required", False),
        )
        for column in source["columns"]
    )
    return ProgressPlan(source["sheet"], source["day_format"], source["time_format"], columns)


def write_progress(rows: Iterable[ProgressRow]) -> bytes:
    """Write the daily record as e-Kinerja's form has it; what is not known stays empty.

    The form takes whole numbers only, so a decimal quantity leaves its cell empty, and a link is
    written only where it is one.
    """
    plan = progress_plan()
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, OPTIONS) as book:
        sheet = book.add_worksheet(plan.sheet)
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True, "bottom": 1})
        for index, column in enumerate(plan.columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.heading, bold)
        for number, row in enumerate(rows, start=1):
            _write_row(sheet, number, row, plan)
    return data.getvalue()


def read_progress(data: bytes) -> Progress:
    """Read a daily record from the first sheet that has its columns, under their usual names too.

    Raises `WorkbookUnreadable` where there is none.
    """
    workbook = open_workbook(data)
    for name in workbook.sheets:
        found = _columns_of(workbook, name)
        if all(column.attribute in found for column in progress_plan().columns if column.required):
            return _SheetReading(name, found).read(workbook)
    headings = ", ".join(column.heading for column in progress_plan().columns)
    raise WorkbookUnreadable(NO_PROGRESS, columns=headings)


def form_values(row: ProgressRow) -> dict[str, str | int]:
    """Give the fields of a line as the form takes them; what is not known is empty."""
    plan, whole = progress_plan(), row.whole_quantity
    return {
        "plan": one_line(row.plan or "", PLAN_LIMIT),
        "day": row.day.strftime(plan.day_format),
        "start": row.start.strftime(plan.time_format) if row.start else "",
        "end": row.end.strftime(plan.time_format) if row.end else "",
        "text": one_line(row.text, TEXT_LIMIT),
        "quantity": "" if whole is None else whole,
        "unit": one_line(row.unit or "", UNIT_LIMIT),
        "evidence_url": row.link,
    }


def _write_row(sheet: Worksheet, number: int, row: ProgressRow, plan: ProgressPlan) -> None:
    values = form_values(row)
    for index, column in enumerate(plan.columns):
        value = values[column.attribute]
        if isinstance(value, int):
            sheet.write_number(number, index, value)
        elif value:
            sheet.write_string(number, index, value)


def _columns_of(workbook: Workbook, name: str) -> dict[str, int]:
    _, headings = next(workbook.rows(name), (1, []))
    found: dict[str, int] = {}
    for index, cell in enumerate(headings):
        names = set(simplified(cells.shown(cell)))
        for column in progress_plan().columns:
            if names & column.names:
                found.setdefault(column.attribute, index)
    return found


READERS: Mapping[str, Callable[[Cell], object]] = {
    "plan": lambda cell: cells.read_text(cell, PLAN_LIMIT),
    "day": cells.read_day,
    "start": cells.read_time,
    "end": cells.read_time,
    "text": lambda cell: cells.read_text(cell, READ_LIMIT),
    "quantity": cells.read_number,
    "unit": lambda cell: cells.read_text(cell, UNIT_LIMIT),
    "evidence_url": lambda cell: cells.read_text(cell, LINK_LIMIT),
}


@dataclass
class _SheetReading:
    """Read the rows of one sheet."""

    name: str
    found: Mapping[str, int]
    rows: list[ProgressRow] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self, workbook: Workbook) -> Progress:
        lines = workbook.rows(self.name)
        next(lines)
        for number, line in lines:
            if not all(cells.is_empty(cell) for cell in line):
                self._read_row(number, line)
        return Progress(self.name, tuple(self.rows), tuple(self.numbers), tuple(self.problems))

    def _read_row(self, number: int, line: list[Cell]) -> None:
        values: dict[str, Any] = {}
        for column in progress_plan().columns:
            cell = line[self.found[column.attribute]] if column.attribute in self.found else ""
            try:
                values[column.attribute] = _read_cell(cell, column)
            except CellProblem as problem:
                self._problem(number, column.heading, problem.complaint, problem.values)
        if len(values) == len(progress_plan().columns):
            self.rows.append(ProgressRow(**values))
            self.numbers.append(number)

    def _problem(
        self, number: int, heading: str, complaint: Complaint, values: dict[str, str]
    ) -> None:
        self.problems.append(
            Problem(self.name, number, heading, complaint.problem, complaint.mend, values)
        )


def _read_cell(cell: Cell, column: ProgressColumn) -> object:
    if not cells.is_empty(cell):
        cells.refuse_error(cell)
        return READERS[column.attribute](cell)
    if column.required:
        raise CellProblem(complaints.MISSING_VALUE)
    return None
