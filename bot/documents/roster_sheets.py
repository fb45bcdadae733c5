"""How the roster's sheets look on paper: headings, formats, notes, drop-downs."""

from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.documents.roster_columns import Column, SheetPlan, WorkbookPlan

# What a person types stays what it is: no formula and no link is made of it.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LAST_OFFERED_ROW = 10_000
# A spreadsheet takes a typed NIP for a number and a typed month for a day unless told otherwise.
AS_TEXT = {"nip", "supervisor", "parent", "phone", "text", "period", "themes", "words"}
NUMBER_FORMATS = {"day": "dd/mm/yyyy", "time": "hh.mm"}
NUMBER_FORMATS.update(dict.fromkeys(AS_TEXT, "@"))
COMMENT_SIZE = {"x_scale": 2.2, "y_scale": 1.2, "visible": False}


class RosterBook:
    """Draw the sheets of one workbook; every kind of cell has one format."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.required = self._heading({"bg_color": "#D9E8F5"})
        self.optional = self._heading({"bold": True})
        self._formats: dict[str, Format] = {}

    def _heading(self, look: dict[str, Any]) -> Format:
        fixed = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        return self.book.add_format({**fixed, **look})

    def format(self, kind: str) -> Format | None:
        """Give the format of a kind of cell."""
        pattern = NUMBER_FORMATS.get(kind)
        if pattern is None:
            return None
        if kind not in self._formats:
            self._formats[kind] = self.book.add_format({"num_format": pattern})
        return self._formats[kind]

    def add_guide(self, plan: WorkbookPlan) -> None:
        """Add the sheet that explains the others; it is not read."""
        sheet = self.book.add_worksheet(plan.guide)
        wrap = self.book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, 100, wrap)
        title, *lines = plan.guide_lines
        sheet.write_string(0, 0, title, self.optional)
        for number, line in enumerate(lines, start=1):
            sheet.write_string(number, 0, line, wrap)

    def add_sheet(self, plan: SheetPlan, *, notes: bool) -> Worksheet:
        """Add a sheet with its headings, and for a template the notes and drop-downs."""
        sheet = self.book.add_worksheet(plan.name)
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(plan.columns):
            sheet.set_column(index, index, column.width, self.format(column.kind))
            look = self.required if column.required else self.optional
            heading = column.heading + (" *" if column.required else "")
            sheet.write_string(0, index, heading, look)
            if notes:
                sheet.write_comment(0, index, column.note, COMMENT_SIZE)
                _offer(sheet, index, column)
        return sheet


def _offer(sheet: Worksheet, index: int, column: Column) -> None:
    if not column.offered:
        return
    # Several roles may stand in one cell, so there the list only proposes.
    strict = column.kind == "choice"
    sheet.data_validation(
        1,
        index,
        LAST_OFFERED_ROW,
        index,
        {
            "validate": "list",
            "source": list(column.offered),
            "error_type": "stop" if strict else "information",
            "show_error": strict,
        },
    )
