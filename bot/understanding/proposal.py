"""What goes into the ear and what comes out of it."""

import datetime as dt
import enum
from dataclasses import dataclass
from decimal import Decimal


class Intent(enum.StrEnum):
    """What somebody wants who writes to the bot."""

    LOG = "log"
    QUESTION = "question"
    ABSENCE = "absence"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Result:
    """One work result (RHK) of the person, as the ear needs it."""

    number: int
    text: str
    unit: str | None
    target: Decimal | None = None
    keywords: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence that this person once linked by hand; no number means that none fits."""

    text: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """The person who writes: the job, the work results, and what was corrected before."""

    job: str
    results: tuple[Result, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """Days away: `kind` is cuti, dinas or sakit; both days are included."""

    kind: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a sentence seems to mean; nothing in it is more certain than it says.

    `unit` is also told without a quantity, as the one in which it would be counted.
    `result` is set only when the link may be made at once; `nearest` holds up to three numbers,
    the best first. `percent` runs from 0 to 100. `about` is own, bot or theme, for questions.
    `misdated` is a date that no work can have: one to come, or in no calendar.
    """

    intent: Intent
    day: dt.date
    last_day: dt.date
    start: dt.time | None = None
    end: dt.time | None = None
    minutes: int | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    percent: Decimal | None = None
    links: tuple[str, ...] = ()
    result: int | None = None
    certainty: float = 0.0
    nearest: tuple[int, ...] = ()
    additional: bool = False
    absence: Absence | None = None
    parts: tuple[str, ...] = ()
    about: str | None = None
    misdated: str | None = None
