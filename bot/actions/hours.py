"""The hours of an entry: read from what was typed, and put in."""

import datetime as dt
import re

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.corrections import Grip, changed, opened
from bot.actions.receipts import Receipt
from bot.skp.plain_lines import clean
from bot.understanding.clocks import clock_of
from bot.understanding.spelling import read
from bot.understanding.words import load_words
from db.models.entries import Entry
from db.models.people import Employee

Hours = tuple[dt.time, dt.time]

CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?(?: ?(?:wib|wita|wit))?"
SPAN = re.compile(
    rf"(?:jam |pukul |pkl\.? ?|dari )?{CLOCK} ?(?:-|–|—|sampai|hingga|s/d|s\.d\.?|to) ?"
    rf"(?:jam |pukul )?{CLOCK}",
    re.IGNORECASE,
)
A_DAY = 24 * 60
LONGEST = 60


def read_hours(text: str) -> Hours | None:
    """Read `9-11`, `08.00–10.30` or `1 sampai 3 siang`; both ends must be named and differ."""
    words = clean(text)
    match = SPAN.fullmatch(words)
    if match:
        hours = clock_at(match[1], match[2]), clock_at(match[3], match[4])
    elif len(words) <= LONGEST:
        heard = clock_of(read(f"jam {words}", load_words()).line)
        hours = heard.start, heard.end
    else:
        return None
    start, end = hours
    return None if start is None or end is None or start == end else (start, end)


def clock_at(hour: str, minute: str | None) -> dt.time | None:
    """Give an hour of the day that exists; 24 is the next midnight."""
    try:
        return dt.time(int(hour) % 24 if int(hour) <= 24 else int(hour), int(minute or 0))
    except ValueError:
        return None


async def set_hours(session: AsyncSession, employee: Employee, grip: Grip, hours: Hours) -> Receipt:
    """Put hours into an entry; an end before the start lies on the next day."""
    entry, receipt = await opened(session, employee, grip)
    if receipt.stale:
        return receipt
    put_in(entry, hours)
    return await changed(session, employee, entry, grip)


def put_in(entry: Entry, hours: Hours) -> None:
    """Give an entry its hours and how long they last."""
    entry.start, entry.end = hours
    begun, ended = (one.hour * 60 + one.minute for one in hours)
    entry.minutes = (ended - begun) % A_DAY
