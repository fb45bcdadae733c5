"""A report of words and tables, printed as PDF or written as XLSX from the same rows."""

import io
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter

from bot.documents.fonts import drawable
from bot.documents.papers import paper
from bot.documents.roster_sheets import OPTIONS

Cell = str | Decimal | None
# A spreadsheet takes no longer names, and none of these signs in them.
SHEET_NAME = 31
NO_NAME = set("[]:*?/\\'")
WIDEST = 60
NUMBER = "#,##0.####"


@dataclass(frozen=True)
class Table:
    """One table; `widths` tells how wide its columns are beside each other."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Report:
    """A paper in the reader's words."""

    title: str
    subtitle: str
    lead: tuple[str, ...]
    tables: tuple[Table, ...]
    footer: str
    language: str


def report_pdf(report: Report) -> bytes:
    """Print a report on A4 as PDF (PDF/A-2b)."""
    tables = [
        {
            "title": drawable(table.title),
            "columns": [drawable(one) for one in table.columns],
            "widths": table.widths,
            "numeric": [_is_numeric(table, place) for place in range(len(table.columns))],
            "rows": [[_written(cell, report.language) for cell in row] for row in table.rows],
        }
        for table in report.tables
    ]
    return paper(
        "report.typ",
        {
            "title": drawable(report.title),
            "subtitle": drawable(report.subtitle),
            "lead": [drawable(line) for line in report.lead],
            "tables": tables,
            "footer": drawable(report.footer),
            "language": report.language,
        },
    )


def report_xlsx(report: Report) -> bytes:
    """Write a report as a workbook, a sheet for each table; its numbers stay numbers."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        number = book.add_format({"num_format": NUMBER, "valign": "top"})
        names: set[str] = set()
        for table in report.tables:
            sheet = book.add_worksheet(_sheet_name(table.title, names))
            sheet.freeze_panes(1, 0)
            for place, (heading, width) in enumerate(zip(table.columns, table.widths, strict=True)):
                sheet.set_column(place, place, min(WIDEST, 4 + 4 * width))
                sheet.write_string(0, place, heading, bold)
            for line, row in enumerate(table.rows, start=1):
                for place, cell in enumerate(row):
                    if isinstance(cell, Decimal):
                        sheet.write_number(line, place, float(cell), number)
                    elif cell:
                        sheet.write_string(line, place, cell, wrapped)
    return data.getvalue()


def packed(report: Report) -> dict[str, Any]:
    """Turn a report into what JSON can keep; a number becomes a list of its one text."""
    data = asdict(report)
    for table in data["tables"]:
        table["rows"] = [
            [[str(cell)] if isinstance(cell, Decimal) else cell for cell in row]
            for row in table["rows"]
        ]
    return data


def unpacked(data: dict[str, Any]) -> Report:
    """Read a report that JSON has kept."""
    tables = tuple(
        Table(
            title=table["title"],
            columns=tuple(table["columns"]),
            widths=tuple(table["widths"]),
            rows=tuple(
                tuple(Decimal(cell[0]) if isinstance(cell, list) else cell for cell in row)
                for row in table["rows"]
            ),
        )
        for table in data["tables"]
    )
    return Report(**{**data, "lead": tuple(data["lead"]), "tables": tables})


def _is_numeric(table: Table, place: int) -> bool:
    return any(isinstance(row[place], Decimal) for row in table.rows)


def _written(cell: Cell, language: str) -> str:
    """Write a cell for print; a number with the language's separators."""
    if isinstance(cell, Decimal):
        text = f"{cell:,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return text if language == "en" else text.translate(str.maketrans(",.", ".,"))
    return drawable(cell or "")


def _sheet_name(title: str, taken: set[str]) -> str:
    """Name a sheet as its table, shortened, and no two alike."""
    plain = "".join(" " if sign in NO_NAME else sign for sign in title).strip() or "Tabel"
    name, number = plain[:SHEET_NAME].strip(), 1
    while name.casefold() in taken:
        number += 1
        tail = f" {number}"
        name = plain[: SHEET_NAME - len(tail)].strip() + tail
    taken.add(name.casefold())
    return name
