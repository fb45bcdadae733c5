"""What a whole row must hold together, and what it says without saying it."""

from collections.abc import Iterator
from typing import Any

from bot.documents import cell_complaints as complaints
from bot.skp.complaints import Complaint
from bot.skp.nip import read_nip
from bot.skp.people import EmploymentKind
from bot.skp.plans import Aggregation
from bot.skp.roster_rows import (
    AbsenceRow,
    ActionPlanRow,
    EmployeeRow,
    ResultRef,
    Row,
    ShiftRow,
    UnitRow,
    WorkResultRow,
)

Finding = tuple[str, Complaint, dict[str, str]]

# Units of which the last value counts: shares and scores are not added up.
LATEST_UNITS = frozenset({"%", "persen", "percent", "indeks", "index", "nilai"})


def complete(sheet: str, values: dict[str, Any]) -> None:
    """Fill in what an empty cell leaves to the rest of its row."""
    if sheet == "Pegawai" and values.get("kind") is None:
        values["kind"] = EmploymentKind(read_nip(values["nip"]).kind)
    if sheet == "IKI" and values.get("aggregation") is None:
        latest = values["unit"].casefold() in LATEST_UNITS
        values["aggregation"] = Aggregation.LATEST if latest else Aggregation.SUM


def check(row: Row) -> Iterator[Finding]:
    """Tell at which attribute a row contradicts itself."""
    match row:
        case UnitRow(code=code, parent=str(parent)) if parent.casefold() == code.casefold():
            yield "parent", complaints.OWN_PARENT_UNIT, {}
        case EmployeeRow(nip=nip, supervisor=supervisor) if supervisor == nip:
            yield "supervisor", complaints.OWN_SUPERVISOR, {}
        case WorkResultRow(parent=parent) if parent == ResultRef(row.nip, row.number):
            yield "parent", complaints.OWN_PARENT_RESULT, {}
        case ActionPlanRow(period=period, year=year) if int(period[:4]) != year:
            values = {"period": period, "year": str(year)}
            yield "period", complaints.PERIOD_YEAR, values
        case AbsenceRow(start=first, end=last) if last < first:
            yield "end", complaints.END_FIRST, {}
        case ShiftRow(start=start, end=end) if start == end:
            yield "end", complaints.EMPTY_SHIFT, {}
