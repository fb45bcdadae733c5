"""Questions about what people mean to do on a day."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.days import PlanItem
from db.models.people import Employee


async def own_on(session: AsyncSession, employee: Employee, day: dt.date) -> list[PlanItem]:
    """List what a person means to do on a day, in the order in which it was written."""
    return (await of_days(session, employee.id or 0, [day])).get(day, [])


async def of_days(
    session: AsyncSession, employee_id: int, days: Collection[dt.date]
) -> dict[dt.date, list[PlanItem]]:
    """List what a person meant to do on some days, for the post, which has no one who asks."""
    query = (
        select(PlanItem)
        .where(col(PlanItem.employee_id) == employee_id, col(PlanItem.day).in_(days))
        .order_by(col(PlanItem.day), col(PlanItem.place))
    )
    found: dict[dt.date, list[PlanItem]] = {}
    for item in await session.exec(query):
        found.setdefault(item.day, []).append(item)
    return found


async def own(
    session: AsyncSession, employee: Employee, item_id: int, *, change: bool = False
) -> PlanItem | None:
    """Find one thing of a person's own plans; a change holds its row."""
    query = select(PlanItem).where(
        col(PlanItem.id) == item_id, col(PlanItem.employee_id) == employee.id
    )
    return (await session.exec(query.with_for_update() if change else query)).first()


async def renew(
    session: AsyncSession, employee: Employee, day: dt.date, texts: Sequence[str]
) -> None:
    """Write a day's plan anew; what is done of the old one stays."""
    await session.execute(
        delete(PlanItem).where(
            col(PlanItem.employee_id) == employee.id,
            col(PlanItem.day) == day,
            col(PlanItem.entry_id).is_(None),
        )
    )
    done = await own_on(session, employee, day)
    first = 1 + max((item.place for item in done), default=0)
    session.add_all(
        PlanItem(employee_id=employee.id or 0, day=day, place=place, text=text)
        for place, text in enumerate(texts, start=first)
    )
    await session.flush()
