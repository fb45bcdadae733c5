"""Workbooks as people make them, for tests."""

import datetime as dt
import io
import zipfile

import xlsxwriter

# Plainly invented: the same day of birth for all, counted up at the end.
LEADER = "198001012005011001"
MEMBER = "198001012005012002"


def workbook(**sheets) -> bytes:
    """Write sheets given as lists of rows; `_` in a sheet's name stands for a space."""
    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        time = book.add_format({"num_format": "hh:mm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name.replace("_", " "))
            for number, row in enumerate(rows):
                for index, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, index, value)
                    elif isinstance(value, dt.time):
                        sheet.write_datetime(number, index, value, time)
                    elif isinstance(value, dt.date):
                        sheet.write_datetime(number, index, value, day)
                    elif value is not None:
                        sheet.write(number, index, value)
    return data.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Put a part into a workbook, or another in its place."""
    fresh = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, content)
    return fresh.getvalue()


def with_cells(data: bytes, rows: str) -> bytes:
    """Put raw rows into the first sheet of a workbook."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    )
    return with_part(data, "xl/worksheets/sheet1.xml", sheet.encode())
