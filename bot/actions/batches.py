"""Several entries that one tap or one file has made, taken back together."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.refusal import Refusal
from bot.skp.entries import EntryState
from bot.skp.periods import edit_until
from db import calendars, histories
from db.models.people import Employee


async def take_back(
    session: AsyncSession, employee: Employee, arrival_id: int, *, now: dt.datetime, edit_days: int
) -> int:
    """Undo what one arrival of the person's has made, and tell how many entries that were."""
    found = await histories.of_arrival(session, employee, arrival_id)
    today = now.astimezone(ZoneInfo(employee.zone)).date()
    calendar = await calendars.calendar_of(session, employee, on=today)
    for entry in found:
        written = entry.created_at.astimezone(ZoneInfo(employee.zone)).date()
        last = entry.last_day or entry.day
        if today >= edit_until(last, calendar, edit_days, written_on=written):
            raise Refusal("This entry can no longer be changed. It stays in your record as it is.")
        entry.state = EntryState.UNDONE
        entry.version += 1
        entry.changed_at = now
    session.add_all(found)
    await session.flush()
    return len(found)
