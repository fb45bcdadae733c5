import datetime as dt
import io
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.documents.roster_columns import Column, workbook_plan
from bot.documents.roster_sheets import OPTIONS, RosterBook
from bot.skp.roster_rows import ResultRef, Roster, Row

Written = str | float | dt.date | dt.time


def write_template() -> bytes:
    """Write an empty roster workbook with notes, drop-downs and a sheet that explains it."""
    plan = workbook_plan()
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, OPTIONS) as book:
        drawing = RosterBook(book)
        drawing.add_guide(plan)
        for sheet in plan.sheets:
            drawing.add_sheet(sheet, notes=True)
    return data.getvalue()


def write_roster(roster: Roster) -> bytes:
    """Write a roster as a workbook that reads back as the same rows, at the same places."""
    data = io.BytesIO()
    rows = roster.rows()
    with xlsxwriter.Workbook(data, OPTIONS) as book:
        drawing = RosterBook(book)
        for plan in workbook_plan().sheets:
            sheet = drawing.add_sheet(plan, notes=False)
            formats = [drawing.format(column.kind) for column in plan.columns]
            for number, row in _placed(rows[plan.name]):
                for index, column in enumerate(plan.columns):
                    value = _written(getattr(row, column.attribute), column)
                    _write(sheet, (number - 1, index), value, formats[index])
    return data.getvalue()


def _placed(rows: tuple[Row, ...]) -> list[tuple[int, Row]]:
    """Give each row its own number where these rise from below the headings, else the next."""
    numbers = [row.row for row in rows]
    if numbers != sorted(set(numbers)) or (numbers and numbers[0] < 2):
        numbers = list(range(2, len(rows) + 2))
    return list(zip(numbers, rows, strict=True))


def _written(value: object, column: Column) -> Written | None:
    """Give a value the way a person would type it."""
    if isinstance(value, tuple):
        return "; ".join(str(_written(part, column)) for part in value) or None
    if isinstance(value, ResultRef):
        return f"{value.nip}/{value.number}"
    if value in column.words:
        return column.words[value]
    if isinstance(value, Decimal):
        # A cell keeps 15 digits; a longer number is written out.
        exact = len(value.normalize().as_tuple().digits) <= 15
        return float(value) if exact else f"{value:f}".replace(".", ",")
    if value is None or isinstance(value, str | int | dt.date | dt.time):
        return value
    raise TypeError(f"{value!r} cannot stand in a roster's cell.")


def _write(
    sheet: Worksheet, place: tuple[int, int], value: Written | None, look: Format | None
) -> None:
    row, column = place
    if isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, look)
    elif value is not None:
        sheet.write_datetime(row, column, value, look)
