"""What only a roster's cells hold: NIP, telephone numbers, themes, choices, periods."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from bot.documents import cell_complaints as complaints
from bot.documents import cells
from bot.documents.cell_complaints import CellProblem
from bot.documents.cells import Cell, quoted, shown
from bot.documents.roster_columns import Column, simplify, workbook_plan
from bot.skp.complaints import Complaint
from bot.skp.nip import NipProblem, read_nip
from bot.skp.plain_lines import clean
from bot.skp.roster_rows import ResultRef

CellReader = Callable[[Cell, Column], object]

NIP_COMPLAINTS: dict[str, Complaint] = {
    "length": complaints.NIP_LENGTH,
    "digits": complaints.NIP_DIGITS,
    "birth": complaints.NIP_BIRTH,
    "start": complaints.NIP_START,
    "month": complaints.NIP_MONTH,
    "serial": complaints.NIP_SERIAL,
}
NIP_NOTES: dict[str, Complaint] = {
    "age": complaints.NIP_ODD_AGE,
    "sex": complaints.NIP_ODD_SEX,
}
NIP_DRESS = re.compile(r"[\s.'’‘`]+")
# Leaders of other services have old NIP of nine digits or service numbers of the military.
RATER_NUMBER = re.compile(r"[0-9]{5,18}")
PARENT = re.compile(r"(.+?)\s*/\s*(?:(?:RHK|No)\.?\s*)*([0-9]{1,3})", re.IGNORECASE)
PARENT_EXAMPLE = "198001012005011001/2"
PHONE_DRESS = re.compile(r"[\s().\-'’‐-―]+")
PHONE_NUMBER = re.compile(r"\+[1-9][0-9]{7,14}")
ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s.,;<>]{2,}")
SEPARATORS = re.compile(r"[;,\n]+")
WORD_SEPARATORS = re.compile(r"[;\n]+")
NOT_IN_A_CODE = re.compile(r"[\s_/]+")

MONTH = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})|([0-9]{1,2})[-/. ]([0-9]{4})")
NAMED_MONTH = re.compile(r"([A-Za-z]+)\.?[- ]?([0-9]{4})")
QUARTER = r"(?:TW|Triwulan|Q)[ -]?(IV|I{1,3}|[1-4])"
QUARTER_LAST = re.compile(rf"([0-9]{{4}})[-/ ]?{QUARTER}", re.IGNORECASE)
QUARTER_FIRST = re.compile(rf"{QUARTER}[-/ ]?([0-9]{{4}})", re.IGNORECASE)
QUARTERS = {"I": "1", "II": "2", "III": "3", "IV": "4"}


def cell_readers(this_year: int | None) -> dict[str, CellReader]:
    """Give the reader of every kind of column; NIP may begin up to the year after this one."""

    def nip(cell: Cell, column: Column) -> str:
        del column
        return read_employee_nip(cell, this_year)

    def parent(cell: Cell, column: Column) -> ResultRef:
        del column
        return read_parent(cell, this_year)

    return {
        "nip": nip,
        "parent": parent,
        "supervisor": lambda cell, _: read_supervisor(cell),
        "text": lambda cell, column: cells.read_text(cell, column.limit),
        "choice": read_choice,
        "roles": read_roles,
        "themes": read_themes,
        "words": read_words,
        "number": lambda cell, _: cells.read_number(cell),
        "whole": lambda cell, column: cells.read_whole(cell, column.least, column.most),
        "day": lambda cell, _: cells.read_day(cell),
        "time": lambda cell, _: cells.read_time(cell),
        "period": lambda cell, _: read_period(cell),
        "phone": lambda cell, _: read_phone(cell),
        "email": read_email,
    }


def read_employee_nip(cell: Cell, this_year: int | None) -> str:
    """Read an employee's NIP or NI PPPK as 18 digits."""
    if not isinstance(cell, str):
        raise CellProblem(complaints.NIP_AS_NUMBER)
    try:
        return read_nip(clean(cell), this_year=this_year).text
    except NipProblem as problem:
        text = NIP_DRESS.sub("", clean(cell))
        count = str(len(text))
        complaint = NIP_COMPLAINTS[problem.code]
        raise CellProblem(complaint, value=quoted(text), count=count) from problem


def read_supervisor(cell: Cell) -> str:
    """Read the number of a supervisor, who may come from another service."""
    if not isinstance(cell, str):
        raise CellProblem(complaints.NIP_AS_NUMBER)
    text = NIP_DRESS.sub("", clean(cell))
    if not RATER_NUMBER.fullmatch(text):
        raise CellProblem(complaints.NIP_DIGITS, value=quoted(cell))
    return text


def read_parent(cell: Cell, this_year: int | None) -> ResultRef:
    """Read which RHK of a leader an RHK supports: the leader's NIP, a slash and its number."""
    match = PARENT.fullmatch(shown(cell)) if isinstance(cell, str) else None
    if match is None or int(match[2]) == 0:
        raise CellProblem(complaints.PARENT_RESULT, value=quoted(cell), example=PARENT_EXAMPLE)
    return ResultRef(read_employee_nip(match[1], this_year), int(match[2]))


def read_choice(cell: Cell, column: Column) -> object:
    """Read one of a column's words."""
    word = simplify(shown(cell))
    if word not in column.choices:
        raise CellProblem(
            complaints.NOT_A_CHOICE, value=quoted(cell), choices=", ".join(column.offered)
        )
    return column.choices[word]


def read_roles(cell: Cell, column: Column) -> tuple[object, ...]:
    """Read one or several of a column's words."""
    parts = _parts(cell, SEPARATORS)
    return tuple(dict.fromkeys(read_choice(part, column) for part in parts)) or (
        read_choice(cell, column),
    )


def read_themes(cell: Cell, column: Column) -> tuple[str, ...]:
    """Read theme codes: lower case, `-` for `_` and spaces, aliases by their theme."""
    aliases = workbook_plan().theme_aliases
    codes = (
        NOT_IN_A_CODE.sub("-", cells.read_text(part, column.limit).lower())
        for part in _parts(cell, SEPARATORS)
    )
    return tuple(dict.fromkeys(aliases.get(code, code) for code in codes))


def read_words(cell: Cell, column: Column) -> tuple[str, ...]:
    """Read own keywords; one may be several words, so only `;` and, without it, `,` part them."""
    text = shown(cell)
    parts = _parts(text, WORD_SEPARATORS if ";" in text else SEPARATORS)
    return tuple(dict.fromkeys(cells.read_text(part, column.limit) for part in parts))


def read_phone(cell: Cell) -> str:
    """Read a telephone number in its international form; without a country it is Indonesian."""
    digits = PHONE_DRESS.sub("", shown(cell))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith(("0", "8")):
        digits = "+62" + digits.lstrip("0")
    elif digits.startswith("62"):
        digits = "+" + digits
    if digits.startswith("+620"):
        digits = "+62" + digits[4:]
    if not PHONE_NUMBER.fullmatch(digits):
        raise CellProblem(complaints.PHONE, value=quoted(cell))
    return digits


def read_email(cell: Cell, column: Column) -> str:
    """Read one e-mail address."""
    text = cells.read_text(cell, column.limit)
    if not ADDRESS.fullmatch(text):
        raise CellProblem(complaints.EMAIL, value=quoted(cell))
    return text


def read_period(cell: Cell) -> str:
    """Read a month (2026-11) or a quarter (2026-TW4); spreadsheets turn the first into a date."""
    period = None
    if isinstance(cell, dt.date):
        period = f"{cell:%Y-%m}" if cell.day == 1 else None
    elif isinstance(cell, str):
        period = _period(clean(cell))
    if period is None:
        raise CellProblem(complaints.PERIOD, value=quoted(cell))
    return period


def odd_nip(nip: str) -> list[Complaint]:
    """List what is improbable about a NIP that passed."""
    return [NIP_NOTES[code] for code in read_nip(nip).notes]


def odd_percent(target: Decimal, unit: str) -> bool:
    """Tell whether a target looks like the number behind a cell shown as 100%."""
    return 0 < target <= 1 and unit.casefold() in {"%", "persen", "percent"}


def _parts(cell: Cell, separators: re.Pattern[str]) -> list[str]:
    # Lines inside a cell part values too, so they are split before the text becomes one line.
    text = cell if isinstance(cell, str) else shown(cell)
    return [part for part in (clean(part) for part in separators.split(text)) if part]


def _period(text: str) -> str | None:
    if match := MONTH.fullmatch(text):
        year, month = match[1] or match[4], int(match[2] or match[3])
    elif (match := NAMED_MONTH.fullmatch(text)) and match[1].lower() in cells.MONTHS:
        year, month = match[2], cells.MONTHS[match[1].lower()]
    elif match := QUARTER_LAST.fullmatch(text):
        return f"{match[1]}-TW{QUARTERS.get(match[2].upper(), match[2])}"
    elif match := QUARTER_FIRST.fullmatch(text):
        return f"{match[2]}-TW{QUARTERS.get(match[1].upper(), match[1])}"
    else:
        return None
    return f"{year}-{month:02}" if 1 <= month <= 12 else None
