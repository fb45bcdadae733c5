"""Days away: noted by one tap or one sentence, and taken back as easily."""

import datetime as dt

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.refusal import Refusal
from bot.skp.people import AbsenceKind
from bot.skp.workdays import ONE_DAY
from db import absences
from db.models.entries import Absence
from db.models.people import Employee

LONGEST = dt.timedelta(days=366)


async def note(
    session: AsyncSession, employee: Employee, kind: AbsenceKind, first: dt.date, last: dt.date
) -> Absence:
    """Note days away, both ends included; of earlier ones only the days beside them stay."""
    if last < first:
        raise Refusal("The last day lies before the first. Write both days again.")
    if last - first > LONGEST:
        raise Refusal("More than a year at once cannot be noted. Write a nearer last day.")
    for earlier in await absences.overlapping(session, employee, first, last):
        if earlier.kind is kind and earlier.first <= first and last <= earlier.last:
            return earlier
        await make_room(session, earlier, first, last)
    absence = Absence(employee_id=employee.id or 0, kind=kind, first=first, last=last)
    session.add(absence)
    await session.flush()
    return absence


async def make_room(session: AsyncSession, earlier: Absence, first: dt.date, last: dt.date) -> None:
    """Cut days out of an earlier absence; what lies before and after them stays noted."""
    kept = [(earlier.first, first - ONE_DAY), (last + ONE_DAY, earlier.last)]
    await session.delete(earlier)
    await session.flush()
    session.add_all(
        Absence(employee_id=earlier.employee_id, kind=earlier.kind, first=start, last=end)
        for start, end in kept
        if start <= end
    )
    await session.flush()


async def take_back(session: AsyncSession, employee: Employee, absence_id: int) -> Absence | None:
    """Take one of the person's own absences back; nothing comes back when there is none."""
    absence = await absences.own(session, employee, absence_id)
    if absence is not None:
        await session.delete(absence)
    return absence
