"""What was just logged is put right by typed words: its amount, day or hours, or all of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import activities, corrections
from bot.actions.activities import Hold
from bot.actions.asked_views import LETTERS, OF_DAYS
from bot.actions.corrections import Grip
from bot.actions.receipts import Told
from bot.actions.typed_values import Amount, Hours, read_amount, read_days, read_hours
from bot.skp.pace import same_unit
from bot.understanding.mends import mend_of
from bot.understanding.spelling import read
from bot.understanding.words import load_words
from db import entries
from db.models.entries import Entry
from db.models.people import Employee

# A unit is one word or two; more words tell of something.
UNIT_WORDS = 2


@dataclass(frozen=True)
class Right:
    """What is right instead: one of these, or nothing of it all."""

    undo: bool = False
    amount: Amount | None = None
    days: tuple[dt.date, dt.date] | None = None
    hours: Hours | None = None


def read_right(text: str, now: dt.datetime, *, replied: bool) -> Right | None:
    """Read `harusnya 8 balita`, `ganti jadi 7` or `hapus yang tadi`; else nothing.

    `now` is the person's own clock.
    """
    mend = mend_of(text, replied=replied)
    if mend is None:
        return None
    if mend.undo:
        return Right(undo=True)
    hours = read_hours(mend.words)
    if hours is not None:
        return Right(hours=hours)
    letters = LETTERS.findall(read(mend.words, load_words()).line)
    if letters and OF_DAYS.issuperset(letters):
        days = read_days(mend.words, now)
        return Right(days=days) if days else None
    amount = read_amount(mend.words)
    if amount is None or len((amount.unit or "").split()) > UNIT_WORDS:
        return None
    return Right(amount=amount)


async def just_told(session: AsyncSession, employee: Employee, now: dt.datetime) -> list[Entry]:
    """Find what the person's newest message of the same day has made."""
    local = now.astimezone(ZoneInfo(employee.zone))
    since = local.replace(hour=0, minute=0, second=0, microsecond=0)
    newest = await entries.newest_told(session, employee, since=since.astimezone(dt.UTC))
    if newest is None or newest.arrival_id is None:
        return []
    return await entries.of_arrival(session, employee, newest.arrival_id)


async def put_right(
    session: AsyncSession, employee: Employee, found: Sequence[Entry], right: Right, grip: Grip
) -> Told | None:
    """Put right what some entries say; nothing is done when it is not plain which one is meant."""
    if right.undo and len(found) > 1:
        hold = Hold(found[0].arrival_id or 0, None, grip.now, grip.edit_days)
        return await activities.undo(session, employee, hold)
    entry = meant(found, right)
    if entry is None:
        return None
    held = Grip(entry.id or 0, None, grip.now, grip.edit_days)
    if right.undo:
        shown = await corrections.undo(session, employee, held)
    elif right.amount is not None:
        shown = await corrections.set_amount(session, employee, held, right.amount)
    elif right.days is not None:
        shown = await corrections.set_days(session, employee, held, right.days)
    elif right.hours is not None:
        shown = await corrections.set_hours(session, employee, held, right.hours)
    else:
        return None
    return Told((shown,))


def meant(found: Sequence[Entry], right: Right) -> Entry | None:
    """Choose the entry that is meant: the only one, or the only one with the unit that is named."""
    if len(found) == 1:
        return found[0]
    unit = right.amount.unit if right.amount else None
    alike = [one for one in found if unit and same_unit(one.unit, unit)]
    return alike[0] if len(alike) == 1 else None
