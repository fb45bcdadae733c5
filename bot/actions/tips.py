"""The one piece of advice a day that may follow a log."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.receipts import Receipt, Told
from bot.skp.tips import may_follow, noted, remembered
from db import tips
from db.models.people import Employee


def place_for(employee: Employee, told: Told, *, today: dt.date) -> Receipt | None:
    """Give the receipt under which advice may stand; none where it would be in the way.

    A receipt that asks which RHK or figure is meant, or warns, has something more important to say.
    """
    came = employee.consented_at
    since = came.astimezone(ZoneInfo(employee.zone)).date() if came else None
    wished, last = employee.tips_on, employee.tipped_on
    if not may_follow(wished=wished, since=since, last=last, today=today):
        return None
    shown = told.only
    if shown is None or not shown.text or shown.marks or shown.odd or not shown.changeable:
        return None
    return shown if shown.result is not None or not shown.nearest else None


def lately(employee: Employee, *, today: dt.date) -> frozenset[str]:
    """Name the articles that a person has seen in the last weeks."""
    return frozenset(remembered(employee.articles_seen, today))


async def take(session: AsyncSession, employee: Employee, article: str, *, today: dt.date) -> bool:
    """Take the day's one piece of advice; tell whether there was none yet."""
    seen = noted(employee.articles_seen, [article], today)
    if not await tips.take_day(session, employee, today, seen):
        return False
    await session.refresh(employee, ["tipped_on", "articles_seen"])
    return True


def switch(employee: Employee, *, on: bool) -> None:
    """Let advice follow logs, or not; without it nothing that was read is remembered."""
    employee.tips_on = on
    if not on:
        employee.articles_seen = {}


def remember(employee: Employee, articles: list[str], *, today: dt.date) -> None:
    """Remember what a person has read, so that it does not come as advice."""
    if articles and employee.tips_on:
        employee.articles_seen = noted(employee.articles_seen, articles, today)
