import datetime as dt

from bot.skp.complaints import Complaint, Problem
from bot.skp.roster_rows import HolidayRow, Roster, UnitRow

HOLIDAY = HolidayRow(row=4, day=dt.date(2026, 12, 25), name="Hari Raya Natal")
UNIT = UnitRow(row=2, code="GIZI", name="Seksi Gizi")
ROSTER = Roster(
    units=(UNIT,),
    holidays=(HOLIDAY,),
    headings={"Libur": {"day": "TANGGAL ", "name": "Nama"}},
    names={"Libur": "libur "},
)


def test_rows_come_in_the_order_in_which_they_depend_on_each_other():
    rows = ROSTER.rows()

    assert list(rows) == [
        "Unit",
        "Pegawai",
        "RHK",
        "IKI",
        "Rencana Aksi",
        "Libur",
        "Absen",
        "Jadwal",
    ]
    assert (rows["Unit"], rows["Libur"], rows["Absen"]) == ((UNIT,), (HOLIDAY,), ())


def test_a_column_that_is_absent_is_not_an_empty_one():
    assert ROSTER.has(HOLIDAY, "day")
    assert not ROSTER.has(HOLIDAY, "unit")
    assert not ROSTER.has(UNIT, "name")


def test_a_complaint_is_placed_where_it_stands_in_the_file():
    complaint = Complaint("No such day: {day}.", "Write another.")

    placed = ROSTER.at(HOLIDAY, "day", complaint, day="2026-02-30")
    assert placed == Problem(
        "libur ", 4, "TANGGAL ", complaint.problem, complaint.mend, {"day": "2026-02-30"}
    )


def test_a_complaint_about_a_sheet_without_headings_names_the_sheet():
    placed = ROSTER.at(UNIT, "name", Complaint("Empty.", "Fill it in."))

    assert (placed.sheet, placed.row, placed.column) == ("Unit", 2, "")
