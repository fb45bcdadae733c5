"""Days away: noted by one tap or one sentence, and taken back as easily."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.refusal import Refusal
from bot.skp.people import AbsenceKind
from db import absences
from db.models.entries import Absence
from db.models.people import Employee

LONGEST = dt.timedelta(days=366)


async def note(
    session: AsyncSession, employee: Employee, kind: AbsenceKind, first: dt.date, last: dt.date
) -> Absence:
    """Note days away, both ends included; days that touch earlier ones replace them."""
    if last < first:
        raise Refusal("The last day lies before the first. Write both days again.")
    if last - first > LONGEST:
        raise Refusal("More than a year at once cannot be noted. Write a nearer last day.")
    for earlier in await absences.overlapping(session, employee, first, last):
        first, last = min(first, earlier.first), max(last, earlier.last)
        await session.delete(earlier)
    await session.flush()
    absence = Absence(employee_id=employee.id or 0, kind=kind, first=first, last=last)
    session.add(absence)
    await session.flush()
    return absence


async def take_back(session: AsyncSession, employee: Employee, absence_id: int) -> Absence:
    """Take one of the person's own absences back."""
    absence = await absences.own(session, employee, absence_id)
    if absence is None:
        raise Refusal("This button no longer works.")
    await session.delete(absence)
    return absence
