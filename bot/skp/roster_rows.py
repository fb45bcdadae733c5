import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.skp.complaints import Complaint, Problem
from bot.skp.people import AbsenceKind, EmploymentKind, Role
from bot.skp.plans import Aggregation, Aspect, Direction, ResultKind


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Hold one unit kerja; the zone is an IANA name."""

    row: int
    code: str
    name: str
    parent: str | None = None
    zone: str | None = None
    week: int | None = None
    leave_at: dt.time | None = None


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    """Hold one pegawai and where they sit; the kind is read from the NIP where it is not given."""

    row: int
    nip: str
    name: str
    position: str
    unit: str
    kind: EmploymentKind
    address: str | None = None
    rank: str | None = None
    supervisor: str | None = None
    phone: str | None = None
    roles: tuple[Role, ...] = (Role.EMPLOYEE,)
    email: str | None = None
    week: int | None = None
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultRef:
    """Name an RHK of the same year by its owner and number."""

    nip: str
    number: int


@dataclass(frozen=True, slots=True)
class WorkResultRow:
    """Hold one RHK."""

    row: int
    nip: str
    year: int
    number: int
    text: str
    kind: ResultKind = ResultKind.MAIN
    parent: ResultRef | None = None
    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """Hold one IKI."""

    row: int
    nip: str
    year: int
    number: int
    text: str
    target: Decimal
    unit: str
    aspect: Aspect = Aspect.QUANTITY
    aggregation: Aggregation = Aggregation.SUM
    direction: Direction = Direction.UP


@dataclass(frozen=True, slots=True)
class ActionPlanRow:
    """Hold one rencana aksi; the period reads 2026-11 or 2026-TW4."""

    row: int
    nip: str
    year: int
    number: int
    period: str
    text: str
    target: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """Hold one day off, for one unit or for all."""

    row: int
    day: dt.date
    name: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Hold one absence; the last day belongs to it."""

    row: int
    nip: str
    start: dt.date
    end: dt.date
    kind: AbsenceKind


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """Hold one shift; an end before the start is on the next day."""

    row: int
    nip: str
    day: dt.date
    start: dt.time
    end: dt.time


Row = (
    UnitRow
    | EmployeeRow
    | WorkResultRow
    | IndicatorRow
    | ActionPlanRow
    | HolidayRow
    | AbsenceRow
    | ShiftRow
)
# The sheet that holds each kind of row.
SHEETS: dict[type[Row], str] = {
    UnitRow: "Unit",
    EmployeeRow: "Pegawai",
    WorkResultRow: "RHK",
    IndicatorRow: "IKI",
    ActionPlanRow: "Rencana Aksi",
    HolidayRow: "Libur",
    AbsenceRow: "Absen",
    ShiftRow: "Jadwal",
}
# The roster's attribute that gathers the rows of each sheet, in the order of dependence.
ATTRIBUTES = {
    "units": "Unit",
    "employees": "Pegawai",
    "work_results": "RHK",
    "indicators": "IKI",
    "action_plans": "Rencana Aksi",
    "holidays": "Libur",
    "absences": "Absen",
    "shifts": "Jadwal",
}


@dataclass(frozen=True, slots=True)
class Named:
    """Hold every key a file names, also in rows that have a problem.

    Who points at one of these points at something that will be there once the file is mended;
    a second complaint about it would only mislead. Unit codes are casefolded.
    """

    units: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    results: frozenset[tuple[str, int, int]] = frozenset()


@dataclass(frozen=True)
class Roster:
    """Hold what a roster workbook says.

    Rows with a problem are counted in `total`, stand in `problems` and nowhere else. `headings`
    has, for each sheet of the file, the fields it has a column for and the heading it wears;
    `names` has the sheets' own names.
    """

    units: tuple[UnitRow, ...] = ()
    employees: tuple[EmployeeRow, ...] = ()
    work_results: tuple[WorkResultRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    action_plans: tuple[ActionPlanRow, ...] = ()
    holidays: tuple[HolidayRow, ...] = ()
    absences: tuple[AbsenceRow, ...] = ()
    shifts: tuple[ShiftRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    total: int = 0
    named: Named = field(default=Named(), compare=False)
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    def rows(self) -> dict[str, tuple[Row, ...]]:
        """Give the rows of every sheet, in the order in which they depend on each other."""
        return {sheet: getattr(self, attribute) for attribute, sheet in ATTRIBUTES.items()}

    def has(self, row: Row, attribute: str) -> bool:
        """Tell whether the row's sheet has a column for an attribute: absent is not empty."""
        return attribute in self.headings.get(SHEETS[type(row)], {})

    def at(self, row: Row, attribute: str, complaint: Complaint, **values: str) -> Problem:
        """Place a complaint at one attribute of a row, as it stands in the file."""
        sheet = SHEETS[type(row)]
        heading = self.headings.get(sheet, {}).get(attribute, "")
        name = self.names.get(sheet, sheet)
        return Problem(name, row.row, heading, complaint.problem, complaint.mend, values)
