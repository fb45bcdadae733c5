"""The evening prompt as its reader wishes it."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.refusal import Refusal
from db import letters
from db.models.messages import Letter
from db.models.people import Employee

SNOOZE = "snooze"
EARLIEST = dt.time(7, 0)
LATEST = dt.time(17, 45)


def set_hour(employee: Employee, hour: dt.time | None) -> None:
    """Let the prompt come at an hour, or at the usual one when none is given."""
    if hour is not None and not EARLIEST <= hour <= LATEST:
        raise Refusal("The evening and the night stay quiet: choose an hour from 07.00 to 17.45.")
    employee.prompt_at = hour
    employee.prompts_on = True


async def snooze(
    session: AsyncSession, employee: Employee, day: dt.date, *, now: dt.datetime, minutes: int = 60
) -> dt.datetime:
    """Ask again in an hour, but before the evening; a second tap asks nothing twice."""
    waiting = await letters.waiting(session, employee, SNOOZE, day)
    if waiting is not None:
        return waiting.due_at
    last = dt.datetime.combine(day, LATEST, ZoneInfo(employee.zone))
    if now >= last:
        raise Refusal("In the evening I keep still. Write one sentence now, or log it tomorrow.")
    due = min(now + dt.timedelta(minutes=minutes), last.astimezone(dt.UTC))
    letter = Letter(
        employee_id=employee.id or 0, kind=SNOOZE, period=f"{day} {due:%H:%M}", due_at=due
    )
    await letters.put(session, [letter])
    return due
