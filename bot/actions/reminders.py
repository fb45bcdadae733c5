"""The evening prompt as its reader wishes it."""

import datetime as dt

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
    """Ask again in an hour, on the same day; a second tap asks nothing twice."""
    due = now + dt.timedelta(minutes=minutes)
    period = f"{day.isoformat()} {due:%H}"
    await letters.put(
        session,
        [Letter(employee_id=employee.id or 0, kind=SNOOZE, period=period, due_at=due)],
    )
    return due
