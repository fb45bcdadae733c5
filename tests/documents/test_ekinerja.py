import datetime as dt
import io
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from bot.documents import cell_complaints as complaints
from bot.documents.ekinerja import NO_PROGRESS, read_progress, write_progress
from bot.documents.workbook import DAMAGED, WorkbookUnreadable
from bot.skp.progress_rows import ProgressRow
from tests.documents.workbooks import workbook

HEADINGS = [
    "Rencana Aksi",
    "Tanggal",
    "Jam Mulai",
    "Jam Selesai",
    "Kegiatan Harian",
    "Realisasi",
    "Satuan",
    "Bukti Dukung",
]
DAY = dt.date(2026, 11, 24)


def progress(**changes) -> ProgressRow:
    usual = {
        "plan": "Kunjungan rumah",
        "day": DAY,
        "start": dt.time(8, 0),
        "end": dt.time(10, 30),
        "text": "Kunjungan 6 balita",
        "quantity": Decimal(6),
        "unit": "balita",
        "evidence_url": "https://contoh.example/bukti",
    }
    return ProgressRow(**(usual | changes))


def cells_of(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_the_record_has_exactly_the_eight_columns_of_the_form():
    assert cells_of(write_progress([progress()])) == [
        HEADINGS,
        [
            "Kunjungan rumah",
            "2026-11-24",
            "08:00",
            "10:30",
            "Kunjungan 6 balita",
            6.0,
            "balita",
            "https://contoh.example/bukti",
        ],
    ]


def test_what_is_not_known_stays_empty():
    empty = progress(plan=None, start=None, end=None, quantity=None, unit=None, evidence_url=None)

    assert cells_of(write_progress([empty]))[1] == [
        "", "2026-11-24", "", "", "Kunjungan 6 balita", "", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quantity", "written"),
    [("6", 6.0), ("6.00", 6.0), ("0", 0.0), ("1250", 1250.0), ("12.5", ""), ("0.4", "")],
)
def test_only_a_whole_quantity_is_written_and_no_decimal_is_rounded(quantity, written):
    assert cells_of(write_progress([progress(quantity=Decimal(quantity))]))[1][5] == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "=1+1"),
        ("@SUM(A1:A9)", "@SUM(A1:A9)"),
        ("+62 812", "+62 812"),
        ("-2", "-2"),
        ("{=1+1}", "{=1+1}"),
        ("https://contoh.example/x", "https://contoh.example/x"),
        ("mailto:sari@contoh.example", "mailto:sari@contoh.example"),
        ("<b>rapat</b> & notula", "<b>rapat</b> & notula"),
        ("posyandu 👍🏽 👨‍👩‍👧", "posyandu 👍🏽 👨‍👩‍👧"),
        ("\u202erapat\u202c \u200fsore\u200b", "rapat sore"),
        ("baris satu\nbaris dua\r\n\tbaris tiga", "baris satu baris dua baris tiga"),
        ("bel\x07 \x00nol", "bel nol"),
        ("_x0041_ tetap", "_x0041_ tetap"),
    ],
)
def test_what_a_person_typed_is_one_line_of_text_and_never_a_formula_or_link(typed, written):
    data = write_progress([progress(text=typed, plan=typed, unit=typed)])
    line = cells_of(data)[1]

    assert (line[0], line[4], line[6]) == (written, written, written)
    assert read_progress(data).problems == ()


def test_a_long_activity_is_cut_between_words_to_the_length_of_the_field():
    written = cells_of(write_progress([progress(text="kunjungan balita " * 40)]))[1][4]

    assert len(written) <= 255
    assert written.endswith(("kunjungan…", "balita…"))


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "bukti/foto.jpg", "=HYPERLINK(A1)"]
)
def test_what_is_no_link_is_not_written_as_evidence(link):
    assert cells_of(write_progress([progress(evidence_url=link)]))[1][7] == ""


def test_a_record_written_is_read_again():
    rows = (progress(), progress(plan=None, start=None, end=None, quantity=None, unit=None))

    assert read_progress(write_progress(rows)).rows == rows


def test_a_record_of_another_program_is_read_under_its_own_names():
    read = read_progress(
        workbook(
            Petunjuk=[["cara mengisi"]],
            Data=[["No", "TGL", "mulai", "selesai", "Uraian", "Qty", "UOM", "Link"],
                  [1, DAY, dt.time(8, 0), "10.30", "Rapat", "1.250", "orang", ""],
                  [],
                  [2, "24/11/2026", "", "", "Apel", "", "", ""]],
        )
    )  # fmt: skip

    assert read.problems == ()
    assert read.rows == (
        ProgressRow(
            None, DAY, dt.time(8, 0), dt.time(10, 30), "Rapat", Decimal(1250), "orang", None
        ),
        ProgressRow(None, DAY, None, None, "Apel", None, None, None),
    )


def test_mistakes_in_a_record_are_named_by_row_and_column():
    read = read_progress(
        workbook(
            Data=[["Tanggal", "Jam Mulai", "Kegiatan Harian", "Realisasi"],
                  ["30/02/2026", "25.00", "", "banyak"],
                  [DAY, "08.00", "Rapat", 1]]
        )
    )  # fmt: skip

    assert [(one.row, one.column, one.problem) for one in read.problems] == [
        (2, "Tanggal", complaints.DATE.problem),
        (2, "Jam Mulai", complaints.TIME.problem),
        (2, "Kegiatan Harian", complaints.MISSING_VALUE.problem),
        (2, "Realisasi", complaints.NUMBER.problem),
    ]
    assert [row.text for row in read.rows] == ["Rapat"]


@pytest.mark.parametrize(
    ("data", "message"),
    [(workbook(Unit=[["Kode", "Nama"]]), NO_PROGRESS), (b"PK\x03\x04", DAMAGED)],
)
def test_a_workbook_without_the_columns_is_refused(data, message):
    with pytest.raises(WorkbookUnreadable) as refusal:
        read_progress(data)

    assert refusal.value.message == message
