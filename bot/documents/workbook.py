"""Opening a workbook from a stranger: what would swell in memory is refused first."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from bot.documents.cells import NO_RESULT, Cell
from bot.refusal import Refusal
from bot.skp.complaints import N_

LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 200_000_000
MOST_ROWS = 200_000
# The reader holds a sheet as a full rectangle, so one cell in the far corner costs billions.
LARGEST_AREA = 4_000_000

OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of the stream in which a spreadsheet program keeps what it encrypted, as it is stored.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# All that a spoilt archive can end in.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
PLAIN_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]*)""")
# The reader sets memory aside for as many shared texts as a file claims to have.
CLAIM = re.compile(rb"""(ount\s*=\s*["']?)(?:[0-9]{6,}|[^"'<>]*&[^"'<>]*)""")
# Beyond column Z or row 99,999.
FAR = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{2}|[A-Za-z]?[0-9]{6})""")
NEAR_AREA = 26 * 99_999
CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
NO_ADDRESS = re.compile(rb"""<(?:\w+:)?c(?=[\s/>])(?! r="[A-Za-z])""")
ROW_END = re.compile(rb"</(?:\w+:)?row>")
BARE = re.compile(rb"<(?:\w+:)?(?:c|row)\s(?:[^<>]*\s)?r\s*=[^<>]*/>")
ERROR_CELL = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*)(["'])e\2""")
FORMULA_CELL = re.compile(
    rb"<((?:\w+:)?)c((?:\s[^<>]*)?)>\s*<\1f\b[^<>]*(?:/>|>[^<]*</\1f>)\s*"
    rb"(?:<\1v\s*/>|<\1v>\s*</\1v>)?\s*</\1c>"
)
TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
SHARED_TEXT = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)
SHARED_USE = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*["']s["'][^<>]*>\s*<(?:\w+:)?v>([0-9]+)<"""
)

NOT_XLSX = N_(
    "This file is not an XLSX workbook. Save it as “Excel workbook (.xlsx)” and send it again."
)
DAMAGED = N_("The workbook is damaged and cannot be read. Save it once more and send it again.")
HUGE = N_("The workbook holds more than can be read at once. Split it into smaller files.")
TOO_HEAVY = N_("The file is larger than {limit} MB. Split it into smaller files.")
LOCKED = N_("The workbook is locked with a password. Save it without one and send it again.")
MACROS = N_(
    "The workbook holds macros. Save it as “Excel workbook (.xlsx)” without them and send it again."
)


class WorkbookUnreadable(Refusal):
    """Say why a file as a whole cannot be read."""


class Workbook:
    """Hold an opened workbook and give its sheets row by row."""

    def __init__(self, book: CalamineWorkbook) -> None:
        self._book = book
        self.sheets = tuple(
            sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        )

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """Give the rows that hold something, each with the spreadsheet's own number."""
        try:
            table = self._book.get_sheet_by_name(sheet)
        except CalamineError as error:
            raise WorkbookUnreadable(DAMAGED) from error
        for number, cells in enumerate(table.iter_rows(), start=1):
            if any(cell != "" for cell in cells):
                yield number, cells


def open_workbook(data: bytes) -> Workbook:
    """Open an XLSX file, or refuse it in a sentence that says what to do."""
    if len(data) > LARGEST_FILE:
        raise WorkbookUnreadable(TOO_HEAVY, limit=str(LARGEST_FILE // 1_000_000))
    if data.startswith(OLE_FILE):
        raise WorkbookUnreadable(LOCKED if ENCRYPTED in data else NOT_XLSX)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_repacked(data)))
    except CalamineError as error:
        raise WorkbookUnreadable(DAMAGED) from error
    return Workbook(book)


def _repacked(data: bytes) -> bytes:
    """Give the workbook's own parts in a fresh archive.

    What the reader unpacks is then exactly what was measured here, and what it would pass over in
    silence (cells with an error, formulas without a result) has become a text it hands on.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise WorkbookUnreadable(DAMAGED if data[:2] == b"PK" else NOT_XLSX) from error
    with archive:
        _check_contents(archive)
        parts = {
            entry.filename: _part(archive, entry)
            for entry in archive.infolist()
            if entry.filename.endswith((".xml", ".rels"))
        }
    _check_texts(parts)
    fresh = io.BytesIO()
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return fresh.getvalue()


def _check_contents(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise WorkbookUnreadable(NOT_XLSX)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WorkbookUnreadable(MACROS)
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise WorkbookUnreadable(HUGE)
    if any(entry.flag_bits & 1 or entry.compress_type not in PLAIN_METHODS for entry in entries):
        raise WorkbookUnreadable(DAMAGED)


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        content = archive.read(entry)
    except BROKEN as error:
        raise WorkbookUnreadable(DAMAGED) from error
    if b"\0" in content:
        # Nobody writes the parts in UTF-16, and what is measured here looks for plain ASCII.
        raise WorkbookUnreadable(DAMAGED)
    if b"sheetData" not in content:
        return CLAIM.sub(rb"\g<1>0", content)
    if _area(content) > LARGEST_AREA:
        # Whole columns that were only coloured hold no values, and the reader skips them too.
        content = BARE.sub(b"", content)
        if _area(content) > LARGEST_AREA:
            raise WorkbookUnreadable(HUGE)
    if b'"e"' in content or b"'e'" in content:
        content = ERROR_CELL.sub(rb'\1"str"', content)
    if b"<f" in content or b":f" in content:
        content = FORMULA_CELL.sub(_without_result, content)
    return content


def _area(content: bytes) -> int:
    """Measure the rectangle that the cells of a sheet span, rather too large than too small."""
    no_address = NO_ADDRESS.search(content) is not None
    if not no_address and not FAR.search(content):
        return NEAR_AREA
    rows = columns = 0
    for letters, digits in set(ADDRESS.findall(content)):
        rows = max(rows, int(digits[:8] or 0))
        columns = max(columns, _column_number(letters[:8]))
    if no_address:
        # Cells without an address follow each other.
        lines = ROW_END.split(content)
        rows += len(lines)
        columns += max(len(CELL.findall(line)) for line in lines)
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _without_result(match: re.Match[bytes]) -> bytes:
    prefix, attributes = match[1], match[2]
    kind = TYPE.search(attributes)
    if kind is not None and kind[1] == b"str":
        # An empty text is a result like any other.
        return b""
    attributes = TYPE.sub(b"", attributes)
    mark = NO_RESULT.encode()
    return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (
        prefix,
        attributes,
        prefix,
        mark,
        prefix,
        prefix,
    )


def _check_texts(parts: dict[str, bytes]) -> None:
    """Refuse a few long texts that are repeated until they fill the memory."""
    shared = [
        text
        for part in parts.values()
        if b"<si" in part or b":si" in part
        for text in SHARED_TEXT.findall(part)
    ]
    sheets = [part for part in parts.values() if b"sheetData" in part]
    longest = max((len(text) for text in shared), default=0)
    if longest * sum(sheet.count(b"c ") for sheet in sheets) <= LARGEST_UNPACKED:
        return
    lengths = [len(text) for text in shared]
    uses = (int(use) for sheet in sheets for use in SHARED_USE.findall(sheet))
    if sum(lengths[use] for use in uses if use < len(lengths)) > LARGEST_UNPACKED:
        raise WorkbookUnreadable(HUGE)
