import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from bot.skp.complaints import Problem
from bot.skp.plain_lines import one_line

# The form's field for the activity takes one line.
TEXT_LIMIT = 255
PLAN_LIMIT = 500
UNIT_LIMIT = 60
LINK_LIMIT = 2000
WEB = ("https://", "http://")


class Gap(StrEnum):
    """Name what a line of the daily record lacks, because nobody said it."""

    PLAN = "plan"
    HOURS = "hours"
    QUANTITY = "quantity"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """Hold one line of the daily record."""

    plan: str | None
    day: dt.date
    start: dt.time | None
    end: dt.time | None
    text: str
    quantity: Decimal | None
    unit: str | None
    evidence_url: str | None

    @property
    def whole_quantity(self) -> int | None:
        """Give the quantity where it is whole: the form takes no decimals, and none is rounded."""
        if self.quantity is None or self.quantity != self.quantity.to_integral_value():
            return None
        return int(self.quantity)

    @property
    def link(self) -> str:
        """Give the evidence where it is a link; anything else leaves the field empty."""
        link = one_line(self.evidence_url or "", LINK_LIMIT)
        return link if link.startswith(WEB) else ""

    @property
    def gaps(self) -> frozenset[Gap]:
        """Tell which fields of the form stay empty."""
        empty = {
            Gap.PLAN: not self.plan,
            Gap.HOURS: self.start is None or self.end is None,
            Gap.QUANTITY: self.whole_quantity is None,
            Gap.LINK: not self.link,
        }
        return frozenset(gap for gap, lacks in empty.items() if lacks)

    @property
    def mark(self) -> tuple[dt.date, str]:
        """Give what a line is known by when it comes back: its day and its activity."""
        return self.day, one_line(self.text, TEXT_LIMIT).casefold()

    def as_data(self) -> dict[str, str | None]:
        """Give the line as JSON keeps it."""
        return {
            "plan": self.plan,
            "day": self.day.isoformat(),
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "text": self.text,
            "quantity": None if self.quantity is None else str(self.quantity),
            "unit": self.unit,
            "evidence_url": self.evidence_url,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, str | None]) -> Self:
        """Read a line that JSON has kept."""
        start, end, quantity = data["start"], data["end"], data["quantity"]
        return cls(
            plan=data["plan"],
            day=dt.date.fromisoformat(data["day"] or ""),
            start=dt.time.fromisoformat(start) if start else None,
            end=dt.time.fromisoformat(end) if end else None,
            text=data["text"] or "",
            quantity=None if quantity is None else Decimal(quantity),
            unit=data["unit"],
            evidence_url=data["evidence_url"],
        )


@dataclass(frozen=True)
class Progress:
    """Hold what a workbook of the daily record says; rows with a problem are left out.

    The numbers are the spreadsheet's own, one for each row.
    """

    sheet: str
    rows: tuple[ProgressRow, ...]
    numbers: tuple[int, ...]
    problems: tuple[Problem, ...]
