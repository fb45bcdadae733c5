"""Questions about the advice that follows a log."""

import datetime as dt

from sqlalchemy import or_, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.people import Employee


async def take_day(
    session: AsyncSession, employee: Employee, day: dt.date, seen: dict[str, str]
) -> bool:
    """Take a person's one piece of advice of a day, with what they have seen by then.

    The row decides, so that of two processes one alone takes it.
    """
    last = col(Employee.tipped_on)
    taken = await (await session.connection()).execute(
        update(Employee)
        .where(
            col(Employee.id) == employee.id,
            col(Employee.tips_on),
            or_(last.is_(None), last < day),
        )
        .values(tipped_on=day, articles_seen=seen)
    )
    return taken.rowcount == 1
