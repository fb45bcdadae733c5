"""What somebody means to do today: written in the morning, ticked in the evening."""

import datetime as dt
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import entries
from bot.actions.cards import Planned
from bot.actions.entries import Typed
from bot.actions.receipts import Receipt
from bot.refusal import Refusal
from db import day_plans
from db.models.people import Employee

MOST_LINES = 8
LONGEST = 500
MARK = re.compile(r"^\s*(?:[-*•☐✓]|\d{1,2}[.)])\s*")


async def write(
    session: AsyncSession, employee: Employee, day: dt.date, text: str
) -> tuple[Planned, ...]:
    """Keep a plan, one thing a line; written again it replaces what is not done yet."""
    lines = [MARK.sub("", line).strip()[:LONGEST] for line in text.splitlines()]
    kept = [line for line in lines if line][:MOST_LINES]
    if not kept:
        raise Refusal("Please write what you plan, one line for each thing.")
    await day_plans.renew(session, employee, day, kept)
    return await of_day(session, employee, day)


async def of_day(session: AsyncSession, employee: Employee, day: dt.date) -> tuple[Planned, ...]:
    """Give what somebody means to do on a day."""
    return tuple(
        Planned(item.id or 0, item.text, item.entry_id is not None)
        for item in await day_plans.own_on(session, employee, day)
    )


async def tick(
    session: AsyncSession, employee: Employee, item_id: int, typed: Typed, *, edit_days: int
) -> Receipt | None:
    """Log one thing as it was planned; a second tap logs nothing twice.

    What is typed brings the moment and the arrival; the words are those of the plan.
    """
    item = await day_plans.own(session, employee, item_id, change=True)
    if item is None:
        raise Refusal("This button no longer works.")
    if item.day != typed.sent_at.astimezone(ZoneInfo(employee.zone)).date():
        raise Refusal("This button belongs to an earlier day. Write one sentence to log your work.")
    if item.entry_id is not None:
        return None
    done = replace(typed, text=item.text)
    shown = await entries.record(session, employee, done, edit_days=edit_days)
    item.entry_id = shown.entry_id
    session.add(item)
    return shown
