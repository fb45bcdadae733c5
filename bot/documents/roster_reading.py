from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.documents import cell_complaints as complaints
from bot.documents.cell_complaints import CellProblem
from bot.documents.cells import Cell, is_ambiguous, is_empty, quoted, refuse_error, shown
from bot.documents.roster_cells import CellReader, cell_readers, odd_nip, odd_percent
from bot.documents.roster_checks import Finding, check, complete
from bot.documents.roster_columns import Column, SheetPlan, simplified, simplify, workbook_plan
from bot.documents.workbook import HUGE, MOST_ROWS, Workbook, WorkbookUnreadable, open_workbook
from bot.skp.complaints import N_, Complaint, Problem
from bot.skp.roster_rows import (
    ATTRIBUTES,
    SHEETS,
    EmployeeRow,
    IndicatorRow,
    Named,
    Roster,
    Row,
)

NO_SHEETS = N_(
    "The workbook has none of the roster's sheets: {sheets}. Fill in the template and send that."
)
CLASSES: dict[str, type[Row]] = {name: kind for kind, name in SHEETS.items()}


@dataclass
class _Findings:
    """Gather what the sheets hold while they are read."""

    most_rows: int
    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    total: int = 0
    keys: dict[str, set[tuple[Any, ...]]] = field(default_factory=dict)
    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def read_roster(data: bytes, *, this_year: int | None = None, most_rows: int = MOST_ROWS) -> Roster:
    """Read a roster workbook; problems and oddities stand in the result, by sheet, row and column.

    Raises `WorkbookUnreadable` for what is no workbook, or none of ours, as a whole.
    """
    workbook = open_workbook(data)
    findings = _Findings(most_rows)
    readers = cell_readers(this_year)
    for name, plan in _known_sheets(workbook, findings):
        _SheetReading(plan, name, readers, findings).read(workbook)
    return _roster(findings)


def _known_sheets(workbook: Workbook, findings: _Findings) -> list[tuple[str, SheetPlan]]:
    """Match the file's sheets with the roster's; what is left over becomes a note."""
    plans = workbook_plan()
    found: dict[str, str] = {}
    offered = ", ".join(plan.name for plan in plans.sheets)
    for name in workbook.sheets:
        plan = next((plan for plan in plans.sheets if simplify(name) in plan.names), None)
        if plan is None:
            if simplify(name) != simplify(plans.guide) and any(workbook.rows(name)):
                values = {"sheet": name, "sheets": offered}
                findings.notes.append(_of_sheet(name, complaints.UNKNOWN_SHEET, values))
        elif plan.name in found:
            findings.problems.append(_of_sheet(name, complaints.SHEET_TWICE, {"sheet": name}))
        else:
            found[plan.name] = name
    if not found:
        raise WorkbookUnreadable(NO_SHEETS, sheets=offered)
    return [(found[plan.name], plan) for plan in plans.sheets if plan.name in found]


def _roster(findings: _Findings) -> Roster:
    units, people, results = (findings.keys.get(name, set()) for name in ("Unit", "Pegawai", "RHK"))
    rows: dict[str, Any] = {
        attribute: tuple(findings.rows.get(sheet, ())) for attribute, sheet in ATTRIBUTES.items()
    }
    return Roster(
        **rows,
        problems=tuple(findings.problems),
        notes=tuple(findings.notes),
        total=findings.total,
        named=Named(
            frozenset(code for (code,) in units),
            frozenset(nip for (nip,) in people),
            frozenset((nip, year, number) for nip, year, number in results),
        ),
        headings=findings.headings,
        names=findings.names,
    )


def _of_sheet(sheet: str, complaint: Complaint, values: dict[str, str]) -> Problem:
    return Problem(sheet, 1, "", complaint.problem, complaint.mend, values)


class _SheetReading:
    """Read one sheet: its headings, then row after row."""

    def __init__(
        self, plan: SheetPlan, name: str, readers: Mapping[str, CellReader], findings: _Findings
    ) -> None:
        self.plan = plan
        self.name = name
        self.readers = readers
        self.findings = findings
        self.kind = CLASSES[plan.name]
        self.columns: list[tuple[int, Column]] = []
        self.headings: dict[str, str] = {}
        self.expected: set[str] = set()
        self.whole = True
        self.known: dict[str, dict[Cell, object]] = defaultdict(dict)
        self.seen: dict[tuple[Any, ...], int] = {}
        self.phones: dict[str, int] = {}

    def read(self, workbook: Workbook) -> None:
        """Read all rows; a row with a problem is counted, named, and left out."""
        lines = workbook.rows(self.name)
        rows = self.findings.rows.setdefault(self.plan.name, [])
        self.findings.keys[self.plan.name] = set()
        self.findings.headings[self.plan.name] = self.headings
        self.findings.names[self.plan.name] = self.name
        first = next(lines, None)
        if first is None:
            return
        self._read_headings(*first)
        for number, cells in lines:
            if all(is_empty(cell) for cell in cells):
                continue
            self.findings.total += 1
            if self.findings.total > self.findings.most_rows:
                raise WorkbookUnreadable(HUGE)
            row = self._read_row(number, cells)
            if row is not None:
                rows.append(row)

    def _read_headings(self, number: int, cells: list[Cell]) -> None:
        taken: dict[str, Column] = {}
        offered = ", ".join(column.heading for column in self.plan.columns)
        # An exact name wins over one that fits only without its brackets.
        matches = [self._match(shown(cell), exact=True) for cell in cells]
        for index, cell in enumerate(cells):
            heading = shown(cell)
            if not heading:
                continue
            column = matches[index] or self._match(heading, exact=False)
            if column is None:
                values = {"column": quoted(heading), "columns": offered}
                self._note(number, heading, complaints.UNKNOWN_COLUMN, values)
            elif column.attribute in taken:
                self._problem(number, heading, complaints.COLUMN_TWICE, {"column": heading})
            else:
                taken[column.attribute] = column
                self.columns.append((index, column))
                self.headings[column.attribute] = heading
        for column in self.plan.columns:
            if column.required and column.attribute not in taken:
                self.whole = False
                values = {"column": column.heading}
                self._problem(number, column.heading, complaints.MISSING_COLUMN, values)
        self.expected = {column.attribute for column in self.plan.columns if column.required}
        self.expected.update(taken)

    def _match(self, heading: str, *, exact: bool) -> Column | None:
        name = simplified(heading)[0 if exact else 1]
        return next((column for column in self.plan.columns if name in column.names), None)

    def _read_row(self, number: int, cells: list[Cell]) -> Row | None:
        values: dict[str, Any] = {}
        sound = self.whole
        for index, column in self.columns:
            cell = cells[index]
            try:
                values[column.attribute] = self._read_cell(cell, column)
            except CellProblem as problem:
                sound = False
                self._cell_problem(number, column.attribute, problem)
        fresh = self._remember(number, values)
        if not (sound and fresh):
            return None
        complete(self.plan.name, values)
        given = {name: value for name, value in values.items() if value is not None}
        # The columns of a sheet are the fields of its row; a test holds the two together.
        row = self.kind(row=number, **given)
        return row if self._accept(row, cells) else None

    def _read_cell(self, cell: Cell, column: Column) -> object:
        # Most columns say the same few things thousands of times. TRUE equals 1 as a key, so only
        # texts and numbers are remembered.
        known = self.known[column.attribute]
        plain = type(cell) is str or type(cell) is float
        if plain and cell in known:
            return known[cell]
        if not is_empty(cell):
            refuse_error(cell)
            value = self.readers[column.kind](cell, column)
        elif column.required:
            raise CellProblem(complaints.MISSING_VALUE)
        else:
            value = column.default
        if plain:
            known[cell] = value
        return value

    def _remember(self, number: int, values: dict[str, Any]) -> bool:
        """Keep the row's key and tell whether no row before had it."""
        if any(name not in values and name in self.expected for name in self.plan.key):
            return True
        parts = [values.get(name) for name in self.plan.key]
        key = tuple(part.casefold() if isinstance(part, str) else part for part in parts)
        self.findings.keys[self.plan.name].add(key)
        first = self.seen.setdefault(key, number)
        if first == number:
            return True
        named = " · ".join(shown(part) for part in parts if part is not None)
        problem = CellProblem(complaints.DUPLICATE, key=quoted(named), row=str(first))
        shown_at = [name for name in self.plan.key if name in self.headings][-1]
        self._cell_problem(number, shown_at, problem)
        return False

    def _accept(self, row: Row, cells: list[Cell]) -> bool:
        """Check what one cell alone cannot tell, and note what is odd."""
        for attribute, complaint, values in check(row):
            self._cell_problem(row.row, attribute, CellProblem(complaint, **values))
            return False
        for attribute, complaint, values in self._oddities(row, cells):
            self._note(row.row, self.headings.get(attribute, ""), complaint, values)
        return True

    def _oddities(self, row: Row, cells: list[Cell]) -> Iterator[Finding]:
        for index, column in self.columns:
            if column.kind == "number" and is_ambiguous(cells[index]):
                yield column.attribute, complaints.ODD_COMMA, {"value": quoted(cells[index])}
        if isinstance(row, EmployeeRow):
            for complaint in odd_nip(row.nip):
                yield "nip", complaint, {}
            if row.phone is not None:
                first = self.phones.setdefault(row.phone, row.row)
                if first != row.row:
                    yield "phone", complaints.SAME_PHONE, {"row": str(first)}
        if isinstance(row, IndicatorRow) and odd_percent(row.target, row.unit):
            yield "target", complaints.ODD_PERCENT, {"value": shown(str(row.target))}

    def _cell_problem(self, number: int, attribute: str, problem: CellProblem) -> None:
        heading = self.headings.get(attribute, "")
        self._problem(number, heading, problem.complaint, problem.values)

    def _problem(
        self, number: int, heading: str, complaint: Complaint, values: dict[str, str]
    ) -> None:
        self.findings.problems.append(
            Problem(self.name, number, heading, complaint.problem, complaint.mend, values)
        )

    def _note(
        self, number: int, heading: str, complaint: Complaint, values: dict[str, str]
    ) -> None:
        self.findings.notes.append(
            Problem(self.name, number, heading, complaint.problem, complaint.mend, values)
        )
