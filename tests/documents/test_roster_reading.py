import datetime as dt
import gettext
from decimal import Decimal

import pytest

from bot.documents import cell_complaints as complaints
from bot.documents.roster_reading import read_roster
from bot.skp.people import AbsenceKind, EmploymentKind, Role
from bot.skp.plans import Aggregation, Aspect, Direction, ResultKind
from bot.skp.roster_rows import (
    AbsenceRow,
    ActionPlanRow,
    EmployeeRow,
    HolidayRow,
    IndicatorRow,
    ResultRef,
    ShiftRow,
    UnitRow,
    WorkResultRow,
)
from tests.documents.workbooks import LEADER, MEMBER, workbook

UNIT = ["Kode", "Nama", "Induk (Kode)", "Zona (WIB/WITA/WIT)", "Hari Kerja (5/6)", "Jam Pulang"]
PEOPLE = ["NIP", "Nama", "Jabatan", "Unit", "Atasan (NIP)"]
RESULTS = ["NIP", "Tahun", "No", "RHK"]
INDICATORS = ["NIP", "Tahun", "No RHK", "Indikator", "Target", "Satuan"]
ACTIONS = ["NIP", "Tahun", "No RHK", "Periode", "Rencana Aksi"]


def complaint_of(problem):
    return complaints.Complaint(problem.problem, problem.mend)


def placed(found):
    return [(one.sheet, one.row, one.column, complaint_of(one)) for one in found]


def test_every_sheet_is_read_into_its_rows():
    roster = read_roster(
        workbook(
            Unit=[UNIT, ["DINKES", "Dinas Contoh", None, "wita", 5, dt.time(16, 0)],
                  ["GIZI", "Seksi Contoh", "DINKES", "", "6 hari", "14.30"]],
            Pegawai=[[*PEOPLE, "Sapaan", "Pangkat/Golongan", "Jenis (PNS/PPPK)", "Telepon",
                      "Peran", "Surel", "Hari Kerja (5/6)", "Tema Diampu"],
                     [MEMBER, "Sari Contoh, S.Gz", "Nutrisionis", "GIZI", LEADER, "Bu Sari",
                      "III/d", "pppk", "0812 0000 0001", "pegawai; Widyaiswara",
                      "sari@contoh.example", "5", "stunting; gizi_buruk"]],
            RHK=[[*RESULTS, "Jenis (utama/tambahan)", "Induk (NIP/No)", "Tema", "Kata Kunci"],
                 [MEMBER, "2026", 2, "Pendampingan balita", "Tambahan", f"{LEADER}/1", "pdn",
                  "posyandu; balita"]],
            IKI=[[*INDICATORS, "Aspek", "Agregasi", "Polaritas"],
                 [MEMBER, 2026, 2, "Jumlah balita", "1.250", "balita", "Kualitas", "terakhir",
                  "Makin rendah, makin baik"]],
            Rencana_Aksi=[[*ACTIONS, "Target", "Satuan"],
                          [MEMBER, 2026, 2, "2026-11", "Kunjungan rumah", "12,5", "balita"]],
            Libur=[["Tanggal", "Nama", "Unit"], ["24/11/2026", "Hari jadi contoh", "DINKES"]],
            Absen=[["NIP", "Mulai", "Selesai", "Jenis"],
                   [MEMBER, dt.date(2026, 11, 24), "27 November 2026", "Dinas"]],
            Jadwal=[["NIP", "Tanggal", "Mulai", "Selesai"],
                    [MEMBER, "2026-11-24", "21.00", dt.time(7, 0)]],
        )
    )  # fmt: skip

    assert (roster.problems, roster.notes, roster.total) == ((), (), 9)
    assert roster.units == (
        UnitRow(2, "DINKES", "Dinas Contoh", None, "Asia/Makassar", 5, dt.time(16, 0)),
        UnitRow(3, "GIZI", "Seksi Contoh", "DINKES", None, 6, dt.time(14, 30)),
    )
    assert roster.employees == (
        EmployeeRow(
            row=2, nip=MEMBER, name="Sari Contoh, S.Gz", position="Nutrisionis", unit="GIZI",
            kind=EmploymentKind.PPPK, address="Bu Sari", rank="III/d", supervisor=LEADER,
            phone="+6281200000001", roles=(Role.EMPLOYEE, Role.WIDYAISWARA),
            email="sari@contoh.example", week=5, themes=("stunting", "gizi-buruk"),
        ),
    )  # fmt: skip
    assert roster.work_results == (
        WorkResultRow(
            2, MEMBER, 2026, 2, "Pendampingan balita", ResultKind.ADDITIONAL,
            ResultRef(LEADER, 1), ("p3dn",), ("posyandu", "balita"),
        ),
    )  # fmt: skip
    assert roster.indicators == (
        IndicatorRow(
            2, MEMBER, 2026, 2, "Jumlah balita", Decimal(1250), "balita", Aspect.QUALITY,
            Aggregation.LATEST, Direction.DOWN,
        ),
    )  # fmt: skip
    assert roster.action_plans == (
        ActionPlanRow(2, MEMBER, 2026, 2, "2026-11", "Kunjungan rumah", Decimal("12.5"), "balita"),
    )
    assert roster.holidays == (HolidayRow(2, dt.date(2026, 11, 24), "Hari jadi contoh", "DINKES"),)
    assert roster.absences == (
        AbsenceRow(2, MEMBER, dt.date(2026, 11, 24), dt.date(2026, 11, 27), AbsenceKind.DUTY),
    )
    assert roster.shifts == (
        ShiftRow(2, MEMBER, dt.date(2026, 11, 24), dt.time(21, 0), dt.time(7, 0)),
    )


def test_headings_may_stand_in_any_order_case_and_spacing():
    roster = read_roster(
        workbook(
            **{"data pegawai": [
                [" unit kerja", "NAMA  LENGKAP *", "n.i.p", "Jabatan ", "NIP  Atasan", "Catatan"],
                ["GIZI", "Sari Contoh", f"'{MEMBER}", "Nutrisionis", LEADER, "boleh"],
            ]}
        )
    )  # fmt: skip

    assert [(row.nip, row.unit, row.supervisor) for row in roster.employees] == [
        (MEMBER, "GIZI", LEADER)
    ]
    assert placed(roster.notes) == [("data pegawai", 1, "Catatan", complaints.UNKNOWN_COLUMN)]
    assert roster.headings["Pegawai"]["unit"] == "unit kerja"


def test_empty_rows_are_skipped_and_rows_keep_their_own_numbers():
    roster = read_roster(
        workbook(Unit=[UNIT[:2], [], ["A", "Satu"], ["\u200b ", " "], [None, None], ["B", "Dua"]])
    )

    assert [(row.row, row.code) for row in roster.units] == [(3, "A"), (6, "B")]
    assert (roster.total, roster.problems) == (2, ())


def test_what_a_sheet_says_nothing_about_is_told_from_what_it_leaves_empty():
    roster = read_roster(workbook(Unit=[["Kode", "Nama", "Zona"], ["A", "Satu", ""]]))
    (unit,) = roster.units

    assert roster.has(unit, "zone")
    assert not roster.has(unit, "week")


def test_an_empty_kind_is_read_from_the_nip():
    pppk = "198902252024211013"
    roster = read_roster(
        workbook(Pegawai=[PEOPLE, [pppk, "Contoh Satu", "Guru", "A", ""],
                          [LEADER, "Contoh Dua", "Kepala", "A", ""]])
    )  # fmt: skip

    assert [row.kind for row in roster.employees] == [EmploymentKind.PPPK, EmploymentKind.PNS]
    assert [row.roles for row in roster.employees] == [(Role.EMPLOYEE,)] * 2


@pytest.mark.parametrize(
    ("unit", "aggregation"),
    [
        ("balita", Aggregation.SUM),
        ("Persen", Aggregation.LATEST),
        ("%", Aggregation.LATEST),
        ("Indeks", Aggregation.LATEST),
    ],
)
def test_shares_and_indices_are_not_added_up_unless_the_file_says_so(unit, aggregation):
    roster = read_roster(workbook(IKI=[INDICATORS, [MEMBER, 2026, 1, "Capaian", 90, unit]]))

    assert [row.aggregation for row in roster.indicators] == [aggregation]


@pytest.mark.parametrize(
    ("sheet", "headings", "row", "column", "complaint"),
    [
        ("Unit", UNIT[:2], ["A", ""], "Nama", complaints.MISSING_VALUE),
        ("Unit", UNIT[:2], ["A", "n" * 201], "Nama", complaints.TOO_LONG),
        ("Unit", [*UNIT[:2], "Zona"], ["A", "Satu", "GMT"], "Zona", complaints.NOT_A_CHOICE),
        ("Unit", [*UNIT[:2], "Hari Kerja"], ["A", "Satu", 7], "Hari Kerja",
         complaints.NOT_A_CHOICE),
        ("Unit", [*UNIT[:2], "Jam Pulang"], ["A", "Satu", "sore"], "Jam Pulang", complaints.TIME),
        ("Unit", [*UNIT[:2], "Induk"], ["A", "Satu", "a"], "Induk", complaints.OWN_PARENT_UNIT),
        ("Pegawai", PEOPLE, [198001012005012002, "Sari", "Staf", "A", ""], "NIP",
         complaints.NIP_AS_NUMBER),
        ("Pegawai", PEOPLE, [MEMBER, "Sari", "Staf", "A", MEMBER], "Atasan (NIP)",
         complaints.OWN_SUPERVISOR),
        ("Pegawai", [*PEOPLE, "Jenis"], [MEMBER, "Sari", "Staf", "A", "", "TNI"], "Jenis",
         complaints.NOT_A_CHOICE),
        ("Pegawai", [*PEOPLE, "Peran"], [MEMBER, "Sari", "Staf", "A", "", "admin; raja"], "Peran",
         complaints.NOT_A_CHOICE),
        ("Pegawai", [*PEOPLE, "Surel"], [MEMBER, "Sari", "Staf", "A", "", "sari@"], "Surel",
         complaints.EMAIL),
        ("Pegawai", [*PEOPLE, "HP"], [MEMBER, "Sari", "Staf", "A", "", "tidak ada"], "HP",
         complaints.PHONE),
        ("RHK", RESULTS, [MEMBER, 2026, 1, "x" * 501], "RHK", complaints.TOO_LONG),
        ("RHK", RESULTS, [MEMBER, 26, 1, "Laporan"], "Tahun", complaints.NOT_WHOLE),
        ("RHK", RESULTS, [MEMBER, 2026, 1.5, "Laporan"], "No", complaints.NOT_WHOLE),
        ("RHK", RESULTS, [MEMBER, 2026, "satu", "Laporan"], "No", complaints.NUMBER),
        ("RHK", [*RESULTS, "Induk"], [MEMBER, 2026, 1, "Laporan", "1"], "Induk",
         complaints.PARENT_RESULT),
        ("RHK", [*RESULTS, "Induk"], [MEMBER, 2026, 1, "Laporan", f"{MEMBER}/1"], "Induk",
         complaints.OWN_PARENT_RESULT),
        ("IKI", INDICATORS, [MEMBER, 2026, 1, "Jumlah", "banyak", "balita"], "Target",
         complaints.NUMBER),
        ("IKI", INDICATORS, [MEMBER, 2026, 1, "Jumlah", -1, "balita"], "Target",
         complaints.NEGATIVE),
        ("IKI", INDICATORS, [MEMBER, 2026, 1, "Jumlah", 1e20, "balita"], "Target",
         complaints.TOO_LARGE),
        ("Rencana Aksi", ACTIONS, [MEMBER, 2026, 1, "2026-13", "Kunjungan"], "Periode",
         complaints.PERIOD),
        ("Rencana Aksi", ACTIONS, [MEMBER, 2026, 1, "2025-TW4", "Kunjungan"], "Periode",
         complaints.PERIOD_YEAR),
        ("Libur", ["Tanggal", "Nama"], ["30/02/2026", "Libur"], "Tanggal", complaints.DATE),
        ("Absen", ["NIP", "Mulai", "Selesai", "Jenis"],
         [MEMBER, "2026-11-24", "2026-11-23", "cuti"], "Selesai", complaints.END_FIRST),
        ("Absen", ["NIP", "Mulai", "Selesai", "Jenis"],
         [MEMBER, "2026-11-24", "2026-11-24", "bolos"], "Jenis", complaints.NOT_A_CHOICE),
        ("Jadwal", ["NIP", "Tanggal", "Mulai", "Selesai"],
         [MEMBER, "2026-11-24", "07.00", "07.00"], "Selesai", complaints.EMPTY_SHIFT),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_sheet_row_and_column(sheet, headings, row, column, complaint):
    roster = read_roster(workbook(**{sheet: [headings, row]}))

    assert placed(roster.problems) == [(sheet, 2, column, complaint)]
    assert roster.total == 1
    assert not any(roster.rows().values())


def test_all_mistakes_of_a_row_are_named_at_once():
    roster = read_roster(workbook(IKI=[INDICATORS, ["123", "x", 0, "", "banyak", ""]]))

    assert [problem.column for problem in roster.problems] == INDICATORS


@pytest.mark.parametrize(
    ("sheet", "headings", "first", "second", "column"),
    [
        ("Unit", UNIT[:2], ["gizi", "Satu"], ["GIZI", "Dua"], "Kode"),
        ("Pegawai", PEOPLE, [MEMBER, "Sari", "Staf", "A", ""],
         [f"'{MEMBER}", "Sari lagi", "Staf", "A", ""], "NIP"),
        ("RHK", RESULTS, [MEMBER, 2026, 1, "Satu"], [MEMBER, "2026", "1", "Dua"], "No"),
        ("IKI", INDICATORS, [MEMBER, 2026, 1, "Jumlah", 1, "balita"],
         [MEMBER, 2026, 1, " jumlah", 2, "balita"], "Indikator"),
        ("Rencana Aksi", ACTIONS, [MEMBER, 2026, 1, "2026-11", "Kunjungan"],
         [MEMBER, 2026, 1, "Nov 2026", "Kunjungan"], "Rencana Aksi"),
        ("Libur", ["Tanggal", "Nama"], ["24/11/2026", "Satu"], ["2026-11-24", "Dua"], "Tanggal"),
        ("Absen", ["NIP", "Mulai", "Selesai", "Jenis"],
         [MEMBER, "2026-11-24", "2026-11-24", "cuti"],
         [MEMBER, "24/11/2026", "2026-11-25", "sakit"], "Mulai"),
        ("Jadwal", ["NIP", "Tanggal", "Mulai", "Selesai"],
         [MEMBER, "2026-11-24", "07.00", "14.00"], [MEMBER, "2026-11-24", "14.00", "21.00"],
         "Tanggal"),
    ],
)  # fmt: skip
def test_the_same_row_twice_is_named_with_the_first_one(sheet, headings, first, second, column):
    roster = read_roster(workbook(**{sheet: [headings, first, second]}))
    (problem,) = roster.problems

    assert (problem.row, problem.values["row"], complaint_of(problem)) == (
        3,
        "2",
        complaints.DUPLICATE,
    )
    assert problem.column == column
    assert sum(len(rows) for rows in roster.rows().values()) == 1


def test_a_holiday_of_one_unit_and_of_all_are_two():
    roster = read_roster(
        workbook(Libur=[["Tanggal", "Nama", "Unit"], ["24/11/2026", "Satu", "A"],
                        ["24/11/2026", "Dua", ""]])
    )  # fmt: skip

    assert (len(roster.holidays), roster.problems) == (2, ())


def test_a_missing_column_is_one_problem_and_not_one_for_each_row():
    roster = read_roster(
        workbook(Pegawai=[["NIP", "Nama", "Unit"], [LEADER, "Satu", "A"], [MEMBER, "Dua", "A"]])
    )

    assert placed(roster.problems) == [("Pegawai", 1, "Jabatan", complaints.MISSING_COLUMN)]
    assert (roster.total, roster.employees) == (2, ())


def test_a_column_twice_is_a_problem():
    roster = read_roster(workbook(Unit=[["Kode", "Nama", "NAMA"], ["A", "Satu", "Dua"]]))

    assert placed(roster.problems) == [("Unit", 1, "NAMA", complaints.COLUMN_TWICE)]


def test_an_unknown_sheet_is_noted_and_a_second_of_a_kind_is_a_problem():
    roster = read_roster(
        workbook(Unit=[UNIT[:2], ["A", "Satu"]], **{"unit kerja": [UNIT[:2], ["B", "Dua"]]},
                 Rekap=[["apa saja"]], Kosong=[], Petunjuk=[["Cara mengisi"]])
    )  # fmt: skip

    assert placed(roster.notes) == [("Rekap", 1, "", complaints.UNKNOWN_SHEET)]
    assert placed(roster.problems) == [("unit kerja", 1, "", complaints.SHEET_TWICE)]
    assert [row.code for row in roster.units] == ["A"]


def test_what_a_broken_row_names_is_known_so_that_nobody_complains_twice():
    roster = read_roster(
        workbook(Unit=[[*UNIT[:2], "Zona"], ["GIZI", "Seksi", "GMT"]],
                 Pegawai=[PEOPLE, [MEMBER, "", "Staf", "GIZI", ""]],
                 RHK=[RESULTS, [MEMBER, 2026, 1, ""]])
    )  # fmt: skip

    assert len(roster.problems) == 3
    assert roster.named.units == {"gizi"}
    assert roster.named.people == {MEMBER}
    assert roster.named.results == {(MEMBER, 2026, 1)}


def test_oddities_are_notes_and_stop_nothing():
    odd = "202001012025013001"
    roster = read_roster(
        workbook(
            Pegawai=[[*PEOPLE, "HP"], [odd, "Satu", "Staf", "A", "", "081200000001"],
                     [MEMBER, "Dua", "Staf", "A", "", "+62 81200000001"]],
            IKI=[INDICATORS, [MEMBER, 2026, 1, "Cakupan", 1, "persen"],
                 [MEMBER, 2026, 1, "Jumlah", "1,250", "balita"]],
        )
    )  # fmt: skip

    assert roster.problems == ()
    assert placed(roster.notes) == [
        ("Pegawai", 2, "NIP", complaints.NIP_ODD_AGE),
        ("Pegawai", 2, "NIP", complaints.NIP_ODD_SEX),
        ("Pegawai", 3, "HP", complaints.SAME_PHONE),
        ("IKI", 2, "Target", complaints.ODD_PERCENT),
        ("IKI", 3, "Target", complaints.ODD_COMMA),
    ]
    assert len(roster.employees) == len(roster.indicators) == 2


def test_every_sentence_takes_exactly_the_values_that_come_with_it():
    wrong = "?" * 300
    roster = read_roster(
        workbook(
            Unit=[UNIT, ["A", wrong, "A", wrong, wrong, wrong], ["B", "Dua", "b"]],
            Pegawai=[PEOPLE, [wrong, wrong, wrong, wrong, wrong], [1.0, "a", "b", "c", 1.0]],
            IKI=[INDICATORS, [MEMBER, 3000, 1, "a", -1, "b"]],
            Lain=[["x"]],
        )
    )

    assert len(roster.problems) > 10
    for found in roster.problems + roster.notes:
        for sentence in (found.problem, found.mend):
            assert "{" not in gettext.gettext(sentence).format(**found.values)


def test_what_people_type_stays_as_it_is_typed():
    hostile = "=1+1 <b>&amp; {0} {name} 👨‍👩‍👧 @SUM(A1) +62 -"
    roster = read_roster(workbook(Unit=[UNIT[:2], ["=A1", hostile]]))

    assert roster.problems == ()
    assert [(row.code, row.name) for row in roster.units] == [("=A1", hostile)]
