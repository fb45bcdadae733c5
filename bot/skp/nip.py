import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

ProblemCode = Literal["length", "digits", "birth", "start", "month", "serial"]
NoteCode = Literal["age", "sex"]

EARLIEST_START = 1960
# Spaces of every width, dots, Excel's leading apostrophe, and the invisible marks that come along
# when a number is copied out of a chat or a PDF.
ORNAMENT = re.compile(r"[\s.'’‘`\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


class NipProblem(ValueError):  # noqa: N818  The import names problems, and so do we.
    """Say why a text cannot be a NIP; the code is for programs, words come from the caller."""

    def __init__(self, code: ProblemCode) -> None:
        super().__init__(code)
        self.code: ProblemCode = code


@dataclass(frozen=True)
class Nip:
    """Hold a NIP or NI PPPK as 18 digits, and what can be read from it.

    The kind is what the digits look like; where the profile says otherwise, the profile is right.
    """

    text: str
    born: dt.date
    kind: Literal["pns", "pppk"]
    notes: tuple[NoteCode, ...]


def read_nip(raw: str, *, this_year: int | None = None) -> Nip:
    """Read a NIP or NI PPPK as people and spreadsheets write it.

    There is no checksum. An improbable age and a wrong digit for the sex stand in official lists
    too, so they are notes and not problems. Without `this_year` a start in the future passes.
    """
    text = ORNAMENT.sub("", raw)
    if not (text.isascii() and text.isdigit()):
        raise NipProblem("digits" if text else "length")
    if len(text) != 18:
        raise NipProblem("length")
    born = _birth(text[:8])
    start = int(text[8:12])
    if start < EARLIEST_START or (this_year is not None and start > this_year + 1):
        raise NipProblem("start")
    # For PNS these digits are a month, for PPPK a code of the work agreement.
    month = int(text[12:14])
    if month == 0:
        raise NipProblem("month")
    if text[15:] == "000":
        raise NipProblem("serial")
    kind: Literal["pns", "pppk"] = "pns" if month <= 12 else "pppk"
    return Nip(text, born, kind, _notes(start - born.year, text[14]))


def mask(nip: str) -> str:
    """Show no more of a NIP than its last four digits."""
    return "…" + nip[-4:]


def _birth(digits: str) -> dt.date:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise NipProblem("birth") from error


def _notes(age: int, sex: str) -> tuple[NoteCode, ...]:
    notes: list[NoteCode] = []
    if not 16 <= age <= 60:
        notes.append("age")
    if sex not in "12":
        notes.append("sex")
    return tuple(notes)
