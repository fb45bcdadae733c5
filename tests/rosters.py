"""A small invented roster, for tests."""

import datetime as dt
from decimal import Decimal

from bot.skp.people import AbsenceKind, EmploymentKind, Role
from bot.skp.roster_rows import (
    SHEETS,
    AbsenceRow,
    ActionPlanRow,
    EmployeeRow,
    HolidayRow,
    IndicatorRow,
    Named,
    ResultRef,
    Roster,
    ShiftRow,
    UnitRow,
    WorkResultRow,
)

TODAY = dt.date(2026, 11, 24)
TOMORROW = dt.date(2026, 11, 25)
HEAD, SARI, MADE = "197001012000011001", "199002022015022002", "199003032015031003"
ALL_COLUMNS = {
    sheet: {name: name for name in kind.__dataclass_fields__} for kind, sheet in SHEETS.items()
}


def person(row: int, nip: str, name: str, **more) -> EmployeeRow:
    settings = {"position": "Nutrisionis", "unit": "GIZI", "kind": EmploymentKind.PNS, **more}
    return EmployeeRow(row, nip, name, **settings)


def result(row: int, nip: str, number: int, text: str, **more) -> WorkResultRow:
    return WorkResultRow(row, nip, 2026, number, text, **more)


UNITS = (
    UnitRow(2, "DINKES", "Dinas Kesehatan", zone="Asia/Makassar", leave_at=dt.time(15, 30)),
    UnitRow(3, "GIZI", "Seksi Gizi", parent="dinkes", week=6),
)
PEOPLE = (
    person(2, SARI, "Sari Contoh", supervisor=HEAD, phone="+628111111111", address="Bu Sari"),
    person(3, HEAD, "Hendra Contoh", unit="DINKES", position="Kepala", roles=(Role.ADMIN,)),
    person(4, MADE, "Made Contoh", supervisor=HEAD, week=5),
)
RESULTS = (
    result(2, SARI, 1, "Balita didampingi", parent=ResultRef(HEAD, 1), themes=("stunting",)),
    result(3, HEAD, 1, "Stunting turun", themes=("stunting",), keywords=("balita",)),
)
REST = {
    "indicators": (IndicatorRow(2, SARI, 2026, 1, "Jumlah balita", Decimal("12.5"), "balita"),),
    "action_plans": (ActionPlanRow(2, SARI, 2026, 1, "2026-11", "Kunjungan", Decimal(4), "kali"),),
    "holidays": (
        HolidayRow(2, dt.date(2026, 12, 25), "Natal"),
        HolidayRow(3, dt.date(2026, 12, 28), "Libur daerah", unit="gizi"),
    ),
    "absences": (AbsenceRow(2, SARI, TODAY, TOMORROW, AbsenceKind.DUTY),),
    "shifts": (ShiftRow(2, MADE, TODAY, dt.time(20), dt.time(4)),),
}


def roster(units=UNITS, employees=PEOPLE, work_results=RESULTS, **more) -> Roster:
    """Give the whole small roster, or one with other rows."""
    rows = {"units": units, "employees": employees, "work_results": work_results, **REST, **more}
    headings = rows.pop("headings", ALL_COLUMNS)
    named = rows.pop("named", Named())
    total = sum(len(one) for one in rows.values())
    return Roster(**rows, total=total, headings=headings, named=named)


def only(**rows) -> Roster:
    """Give a roster with these rows and no others."""
    empty = dict.fromkeys(("units", "employees", "work_results", *REST), ())
    return roster(**(empty | rows))
