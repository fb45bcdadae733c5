import io
import json
from decimal import Decimal

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from bot.documents.reports import Report, Table, packed, report_pdf, report_xlsx, unpacked

FORMULA = "=SUM(A1:A9) <b>&</b> 😀"


def report(*tables: Table, language: str = "id") -> Report:
    lead = ("9 dari 12 tercatat",)
    return Report("Ringkasan", "Selasa, 24 November 2026", lead, tables, "Bahan dialog", language)


def table(rows: int = 1, title: str = "Orang") -> Table:
    line = ("Sari Contoh", FORMULA, Decimal("1250.50"), None)
    return Table(title, ("Nama", "Isi", "Angka", "Kosong"), (4, 6, 2, 2), (line,) * rows)


def printed(made: Report) -> list[str]:
    pages = PdfReader(io.BytesIO(report_pdf(made))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


@pytest.mark.parametrize(("language", "number"), [("id", "1.250,5"), ("en", "1,250.5")])
def test_a_report_prints_what_it_says_with_the_readers_numbers(language, number):
    (page,) = printed(report(table(), language=language))

    assert "Ringkasan Selasa, 24 November 2026 9 dari 12 tercatat Orang" in page
    assert number in page
    assert "=SUM(A1:A9) <b>&</b>" in page
    assert page.endswith("1 / 1")


def test_a_long_table_goes_on_with_its_headings_on_every_page():
    pages = printed(report(table(120)))

    assert len(pages) > 1
    assert all("Nama Isi Angka" in page for page in pages)


def test_without_rows_there_is_still_a_page():
    assert len(printed(report(Table("Kosong", ("Nama",), (1,), ())))) == 1
    assert len(printed(report())) == 1


def test_in_a_workbook_text_stays_text_and_numbers_stay_numbers():
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_xlsx(report(table()))))

    assert [list(row) for row in book.get_sheet_by_name("Orang").iter_rows()] == [
        ["Nama", "Isi", "Angka", "Kosong"],
        ["Sari Contoh", FORMULA, 1250.5, ""],
    ]


def test_sheets_have_names_that_a_spreadsheet_takes():
    titles = ["Unit/Seksi: [A]", "x" * 60, "x" * 60, "X" * 60, "", "'"]
    made = report_xlsx(report(*(table(title=title) for title in titles)))

    names = CalamineWorkbook.from_filelike(io.BytesIO(made)).sheet_names
    assert names == [
        "Unit Seksi   A", "x" * 31, f"{'x' * 29} 2", f"{'X' * 29} 3", "Tabel", "Tabel 2",
    ]  # fmt: skip


def test_what_json_has_kept_is_the_same_report():
    made = report(table(3), table(title="Unit"))

    assert unpacked(json.loads(json.dumps(packed(made)))) == made
