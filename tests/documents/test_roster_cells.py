import datetime as dt
from decimal import Decimal

import pytest

from bot.documents import cell_complaints as complaints
from bot.documents.cell_complaints import CellProblem
from bot.documents.cells import is_ambiguous, read_day, read_number, read_text, read_time
from bot.documents.roster_cells import (
    cell_readers,
    read_employee_nip,
    read_parent,
    read_period,
    read_phone,
    read_supervisor,
)
from bot.documents.roster_columns import workbook_plan
from bot.skp.roster_rows import ResultRef


def test_a_text_over_its_limit_is_refused_with_both_counts():
    with pytest.raises(CellProblem) as refusal:
        read_text("a" * 501, 500)

    assert refusal.value.complaint is complaints.TOO_LONG
    assert refusal.value.values == {"count": "501", "limit": "500"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.250", "1250"),
        ("12,5", "12.5"),
        ("1.250.000,75", "1250000.75"),
        ("1 250", "1250"),
        ("1\u00a0250", "1250"),
        ("12.5", "12.5"),
        ("2.5", "2.5"),
        ("0.125", "0.125"),
        ("1,250", "1.25"),
        ("1,250.5", "1250.5"),
        ("1,250,000", "1250000"),
        ("Rp 1.250.000", "1250000"),
        ("Rp1.250.000,-", "1250000"),
        ("100%", "100"),
        ("12,5 %", "12.5"),
        ("0", "0"),
        (40, "40"),
        (40.0, "40"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (1e10, "10000000000"),
        ("99999999999999,9999", "99999999999999.9999"),
    ],
)
def test_a_number_is_read_the_indonesian_way(written, meant):
    assert read_number(written) == Decimal(meant)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("dua belas", complaints.NUMBER),
        ("12 laporan", complaints.NUMBER),
        ("1.25.0", complaints.NUMBER),
        ("1e5", complaints.NUMBER),
        ("١٢", complaints.NUMBER),
        ("=1+1", complaints.NUMBER),
        (True, complaints.NUMBER),
        (dt.date(2026, 11, 24), complaints.NUMBER),
        (float("inf"), complaints.NUMBER),
        (float("nan"), complaints.NUMBER),
        ("-1", complaints.NEGATIVE),
        ("− 2,5", complaints.NEGATIVE),
        (-0.5, complaints.NEGATIVE),
        ("100.000.000.000.000", complaints.TOO_LARGE),
        (1e300, complaints.TOO_LARGE),
        ("9" * 400, complaints.TOO_LARGE),
    ],
)
def test_what_is_no_number_of_zero_or_more_is_refused(written, complaint):
    with pytest.raises(CellProblem) as refusal:
        read_number(written)

    assert refusal.value.complaint is complaint


def test_a_comma_before_three_digits_is_worth_a_note():
    assert is_ambiguous("1,250")
    assert not is_ambiguous("1.250")
    assert not is_ambiguous("0,125")
    assert not is_ambiguous(1.25)


@pytest.mark.parametrize(
    "written",
    [
        dt.date(2026, 11, 24),
        dt.datetime(2026, 11, 24, 5, 6),  # noqa: DTZ001  A spreadsheet knows no zone.
        "2026-11-24",
        "2026-11-24 00:00:00",
        "24/11/2026",
        "24-11-2026",
        "24.11.2026",
        "24/11/26",
        "24 November 2026",
        "24 Nov 2026",
        "24-Nov-2026",
        "24 Nopember 2026",
        "Selasa, 24 November 2026",
        "\u200f24/11/2026\u00a0",
    ],
)
def test_a_day_is_read_in_every_common_form(written):
    assert read_day(written) == dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    "written",
    ["31/02/2026", "11/24/2026", "2026-13-01", "kemarin", "24 Foo 2026", 46350.0, True, dt.time(7)],
)
def test_a_day_that_does_not_exist_is_refused(written):
    with pytest.raises(CellProblem) as refusal:
        read_day(written)

    assert refusal.value.complaint is complaints.DATE


def test_a_day_of_another_age_is_refused():
    with pytest.raises(CellProblem) as refusal:
        read_day("24/11/0206")

    assert refusal.value.complaint is complaints.DATE_RANGE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (dt.time(16, 30), "16:30"),
        (dt.time(16, 29, 59, 999_600), "16:30"),
        (dt.timedelta(hours=7, minutes=30), "07:30"),
        (dt.timedelta(days=1), "00:00"),
        ("16.00", "16:00"),
        ("7:30", "07:30"),
        ("16:00:00", "16:00"),
        ("pukul 16.00 WITA", "16:00"),
        ("7", "07:00"),
        ("24.00", "00:00"),
        (16.3, "16:30"),
        (16.05, "16:05"),
        (7.0, "07:00"),
        (0.6875, "16:30"),
    ],
)
def test_a_time_of_day_is_read_in_every_common_form(written, meant):
    assert read_time(written) == dt.time.fromisoformat(meant)


@pytest.mark.parametrize(
    "written",
    [
        "25.00",
        "16.60",
        "sore",
        16.75,
        30.0,
        -1.0,
        float("inf"),
        float("nan"),
        True,
        dt.date(2026, 1, 1),
    ],
)
def test_a_time_that_does_not_exist_is_refused(written):
    with pytest.raises(CellProblem) as refusal:
        read_time(written)

    assert refusal.value.complaint is complaints.TIME


@pytest.mark.parametrize(
    "written",
    [
        "198001012005011001",
        "'198001012005011001",
        "19800101 200501 1 001",
        "19800101.200501.1.001",
        "\u200e198001012005011001\u00a0",
    ],
)
def test_a_nip_is_read_without_its_ornaments(written):
    assert read_employee_nip(written, 2026) == "198001012005011001"


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        (198001012005011001, complaints.NIP_AS_NUMBER),
        (1.98001012005011e17, complaints.NIP_AS_NUMBER),
        ("1,98001E+17", complaints.NIP_DIGITS),
        ("19800101200501100", complaints.NIP_LENGTH),
        ("198013012005011001", complaints.NIP_BIRTH),
        ("198001012030011001", complaints.NIP_START),
        ("198001012005001001", complaints.NIP_MONTH),
        ("198001012005011000", complaints.NIP_SERIAL),
    ],
)
def test_what_is_no_nip_is_refused_with_its_own_reason(written, complaint):
    with pytest.raises(CellProblem) as refusal:
        read_employee_nip(written, 2026)

    assert refusal.value.complaint is complaint


def test_a_supervisor_of_another_service_may_have_another_number():
    assert read_supervisor("'130 123 456") == "130123456"
    with pytest.raises(CellProblem):
        read_supervisor("Drs. Contoh")
    with pytest.raises(CellProblem):
        read_supervisor(198001012005011001.0)


@pytest.mark.parametrize(
    "written",
    ["198001012005011001/2", "19800101 200501 1 001 / 2", "'198001012005011001/RHK 2"],
)
def test_the_parent_of_a_work_result_is_read(written):
    assert read_parent(written, 2026) == ResultRef("198001012005011001", 2)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("2", complaints.PARENT_RESULT),
        ("198001012005011001", complaints.PARENT_RESULT),
        ("198001012005011001/0", complaints.PARENT_RESULT),
        (1.98e17, complaints.PARENT_RESULT),
        ("1980/2", complaints.NIP_LENGTH),
    ],
)
def test_what_names_no_parent_is_refused(written, complaint):
    with pytest.raises(CellProblem) as refusal:
        read_parent(written, 2026)

    assert refusal.value.complaint is complaint


@pytest.mark.parametrize(
    "written",
    ["081200000001", "0812-0000-0001", "+62 812 0000 0001", "62812 0000 0001", 81200000001.0,
     "0062 812 0000 0001", "+62 (0) 812-0000-0001", "'081200000001"],
)  # fmt: skip
def test_a_telephone_number_is_read_in_its_international_form(written):
    assert read_phone(written) == "+6281200000001"


@pytest.mark.parametrize("written", ["0812/0813", "belum ada", "081", "0812000000010813000000"])
def test_what_is_no_single_telephone_number_is_refused(written):
    with pytest.raises(CellProblem):
        read_phone(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11", "2026-11"),
        ("11/2026", "2026-11"),
        ("November 2026", "2026-11"),
        ("Nov-2026", "2026-11"),
        (dt.date(2026, 11, 1), "2026-11"),
        ("2026-TW4", "2026-TW4"),
        ("tw iv 2026", "2026-TW4"),
        ("2026 Triwulan II", "2026-TW2"),
        ("Q3 2026", "2026-TW3"),
    ],
)
def test_a_month_or_a_quarter_is_read_in_every_common_form(written, meant):
    assert read_period(written) == meant


@pytest.mark.parametrize("written", ["2026-13", "2026-TW5", "2026", "minggu depan", 2026.0])
def test_what_is_neither_month_nor_quarter_is_refused(written):
    with pytest.raises(CellProblem):
        read_period(written)


def column(sheet: str, attribute: str):
    plan = next(plan for plan in workbook_plan().sheets if plan.name == sheet)
    return next(column for column in plan.columns if column.attribute == attribute)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("stunting; Gizi_Buruk", ("stunting", "gizi-buruk")),
        ("PDN, BBI;tkdn", ("p3dn",)),
        ("kemiskinan ekstrem\ninflasi", ("kemiskinan-ekstrem", "inflasi")),
        (";", ()),
    ],
)
def test_theme_codes_are_made_alike(written, meant):
    assert cell_readers(2026)["themes"](written, column("RHK", "themes")) == meant


def test_keywords_of_several_words_stay_together():
    words = column("RHK", "keywords")

    assert cell_readers(2026)["words"]("posyandu; timbang balita, ukur; posyandu", words) == (
        "posyandu",
        "timbang balita, ukur",
    )
    assert cell_readers(2026)["words"]("posyandu, timbang balita", words) == (
        "posyandu",
        "timbang balita",
    )
