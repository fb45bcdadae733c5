"""One entry as a list shows it, whoever looks."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from bot.skp.entries import EntryState
from db.models.entries import Entry


@dataclass(frozen=True)
class EntryLine:
    """One entry with the number of its RHK, as plain values."""

    id: int
    day: dt.date
    last_day: dt.date | None
    text: str
    quantity: Decimal | None
    unit: str | None
    percent: Decimal | None
    number: int | None
    additional: bool
    late: bool
    undone: bool


def entry_line(entry: Entry, number: int | None) -> EntryLine:
    """Take what a list shows of an entry."""
    return EntryLine(
        id=entry.id or 0,
        day=entry.day,
        last_day=entry.last_day,
        text=entry.text,
        quantity=entry.quantity,
        unit=entry.unit,
        percent=entry.percent,
        number=number,
        additional=entry.additional,
        late=entry.late,
        undone=entry.state is EntryState.UNDONE,
    )
