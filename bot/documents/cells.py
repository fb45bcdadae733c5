"""What stands in a cell, read the way Indonesian offices write it."""

import datetime as dt
import math
import re
from decimal import Decimal

from bot.documents import cell_complaints as complaints
from bot.documents.cell_complaints import CellProblem
from bot.skp.plain_lines import clean

Cell = str | int | float | bool | dt.date | dt.time | dt.datetime | dt.timedelta

# What a spreadsheet shows where a formula failed, and our own sign for a formula nobody calculated.
NO_RESULT = "#FORMULA!"
ERRORS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)

GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?")
PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,})")
AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
NUMBER_DRESS = re.compile(r"^rp\.? ?|,-$| ?%$", re.IGNORECASE)
PLACES = Decimal("0.0001")
LARGEST = Decimal(10) ** 14

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari february",
            "maret mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags aug august",
            "september sep sept",
            "oktober okt october oct",
            "november nov nopember nop",
            "desember des december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|ahad|minggu)\b,? *", re.IGNORECASE)
ISO_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
LOCAL_DAY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
WORD_DAY = re.compile(r"([0-9]{1,2})[- ]([A-Za-z]+)\.?[- ]([0-9]{4})")
CLOCK = re.compile(
    r"(?:pukul |jam |pkl\.? ?)?([0-9]{1,2})(?:[.:]([0-9]{2}))?(?:[.:]00)?(?: ?(?:wib|wita|wit))?",
    re.IGNORECASE,
)
FIRST_YEAR, LAST_YEAR = 1990, 2100
SECONDS_A_DAY = 24 * 60 * 60
ONE_DAY = dt.timedelta(days=1)


def is_empty(cell: Cell) -> bool:
    """Tell whether nothing stands in a cell that a person could see."""
    return isinstance(cell, str) and not clean(cell)


def refuse_error(cell: Cell) -> None:
    """Refuse what a failed or never calculated formula leaves behind."""
    if isinstance(cell, str) and cell.startswith("#"):
        if cell == NO_RESULT:
            raise CellProblem(complaints.FORMULA_WITHOUT_RESULT)
        if cell in ERRORS:
            raise CellProblem(complaints.SHEET_ERROR, value=cell)


def shown(cell: Cell) -> str:
    """Give a cell the way a person sees it, on one line."""
    match cell:
        case str():
            text = clean(cell)
        case bool():
            text = str(cell).upper()
        case int() | float():
            text = f"{Decimal(repr(cell)).normalize():f}".replace(".", ",")
        case dt.datetime():
            text = cell.isoformat(" ", "minutes")
        case dt.time():
            text = cell.strftime("%H.%M")
        case _:
            text = str(cell)
    return text


def quoted(cell: Cell) -> str:
    """Give a cell short enough to be named in a sentence."""
    text = shown(cell)
    return text if len(text) <= 60 else text[:59] + "…"


def read_text(cell: Cell, limit: int) -> str:
    """Read a text of at most so many characters."""
    text = clean(cell) if isinstance(cell, str) else shown(cell)
    if len(text) > limit:
        raise CellProblem(complaints.TOO_LONG, count=str(len(text)), limit=str(limit))
    return text


def read_number(cell: Cell) -> Decimal:
    """Read a number of zero or more: 1.250 is a thousand and more, 12,5 has a decimal.

    A single point that cannot part thousands ("12.5") has one meaning left and is read so.
    """
    number = _number(cell)
    if number is None:
        raise CellProblem(complaints.NUMBER, value=quoted(cell))
    if number < 0:
        raise CellProblem(complaints.NEGATIVE, value=quoted(cell))
    if number >= LARGEST:
        raise CellProblem(complaints.TOO_LARGE, value=quoted(cell))
    return number.quantize(PLACES).normalize() + 0


def is_ambiguous(cell: Cell) -> bool:
    """Tell whether a text may be thousands in English or decimals in Indonesian: 1,250."""
    return isinstance(cell, str) and AMBIGUOUS.fullmatch(clean(cell)) is not None


def read_whole(cell: Cell, least: int, most: int) -> int:
    """Read a whole number between two bounds, both included."""
    number = _number(cell.rstrip(". ") if isinstance(cell, str) else cell)
    if number is None:
        raise CellProblem(complaints.NUMBER, value=quoted(cell))
    if not (least <= number <= most and number == int(number)):
        raise CellProblem(
            complaints.NOT_WHOLE, value=quoted(cell), least=str(least), most=str(most)
        )
    return int(number)


def read_day(cell: Cell) -> dt.date:
    """Read a day: a date cell, 2026-11-24, 24/11/2026 or 24 November 2026."""
    day: object = cell.date() if isinstance(cell, dt.datetime) else cell
    if isinstance(day, str):
        day = _day(clean(day))
    if not isinstance(day, dt.date):
        raise CellProblem(complaints.DATE, value=quoted(cell))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellProblem(
            complaints.DATE_RANGE,
            value=day.isoformat(),
            least=str(FIRST_YEAR),
            most=str(LAST_YEAR),
        )
    return day


def read_time(cell: Cell) -> dt.time:
    """Read a time of day: a time cell, 16.00, 16:00 or 7; 24.00 is the next midnight."""
    time = _time(cell)
    if time is None:
        raise CellProblem(complaints.TIME, value=quoted(cell))
    return time


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if not isinstance(cell, str):
        return Decimal(repr(cell)) if math.isfinite(cell) else None
    text = NUMBER_DRESS.sub("", clean(cell).replace("−", "-"))
    sign, text = (-1, text[1:].lstrip()) if text.startswith("-") else (1, text)
    if GROUPED.fullmatch(text) or SPACED.fullmatch(text):
        return sign * Decimal(text.replace(".", "").replace(" ", "").replace(",", "."))
    if PLAIN.fullmatch(text):
        return sign * Decimal(text.replace(",", "."))
    if ENGLISH.fullmatch(text):
        return sign * Decimal(text.replace(",", ""))
    return None


def _day(text: str) -> dt.date | None:
    text = WEEKDAY.sub("", text)
    if match := ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := LOCAL_DAY.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        year += 2000 if year < 100 else 0
    elif match := WORD_DAY.fullmatch(text):
        day, year = int(match[1]), int(match[3])
        month = MONTHS.get(match[2].lower(), 0)
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _time(cell: Cell) -> dt.time | None:
    if isinstance(cell, dt.time):
        # A spreadsheet's 16.30 may come as a hair's breadth before it.
        since = dt.timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
        return _clock((since + dt.timedelta(microseconds=cell.microsecond)) / ONE_DAY)
    if isinstance(cell, dt.timedelta):
        return _clock(cell / ONE_DAY)
    if isinstance(cell, str):
        match = CLOCK.fullmatch(clean(cell))
        return _hour(int(match[1]), int(match[2] or 0)) if match else None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        return None
    # "16.30" typed where a point begins decimals is the number 16.3.
    return _clock(cell) if cell < 1 else _hour(int(cell), round(cell % 1 * 100))


def _clock(share: float) -> dt.time | None:
    minutes = round(share * SECONDS_A_DAY) // 60
    return _hour(*divmod(minutes, 60)) if 0 <= minutes <= 24 * 60 else None


def _hour(hour: int, minute: int) -> dt.time | None:
    if (hour, minute) == (24, 0):
        return dt.time(0)
    return dt.time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None
