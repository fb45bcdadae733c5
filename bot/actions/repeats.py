"""Log today again what was done before: the day before, or a favourite sentence."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.activities import Hold, view
from bot.actions.entries import Typed
from bot.actions.receipts import Told
from bot.refusal import Refusal
from bot.skp.favourites import DAYS, favourites
from db import entries
from db.models.entries import Entry
from db.models.people import Employee

# More on one day than anybody repeats.
LIMIT = 10


@dataclass(frozen=True)
class Offer:
    """What can be logged again by a tap: favourite sentences by their entries, or yesterday's."""

    favourites: tuple[tuple[int, str], ...]
    earlier: bool


async def offer(session: AsyncSession, employee: Employee, *, today: dt.date) -> Offer:
    """Tell what a person could log again today."""
    since = today - dt.timedelta(days=DAYS)
    texts = dict(await entries.texts(session, employee, since=since))
    frequent = tuple((key, texts[key]) for key in favourites(texts.items()))
    earlier = await entries.newest_day_before(session, employee, today)
    return Offer(frequent, earlier is not None)


async def same_as_before(
    session: AsyncSession, employee: Employee, tap: Typed, *, edit_days: int
) -> Told:
    """Log today what the newest earlier day holds."""
    earlier = await entries.newest_day_before(session, employee, today_of(employee, tap))
    if earlier is None:
        raise Refusal("There is no earlier entry to repeat. Write one sentence.")
    found = await entries.kept_on(session, employee, earlier, limit=LIMIT)
    return await repeat(session, employee, found, tap, edit_days=edit_days)


async def again(
    session: AsyncSession, employee: Employee, entry_id: int, tap: Typed, *, edit_days: int
) -> Told:
    """Log today what one of the person's own entries holds."""
    found = await entries.own(session, employee, entry_id)
    if found is None or not found.text:
        raise Refusal("This button no longer works.")
    return await repeat(session, employee, [found], tap, edit_days=edit_days)


async def repeat(
    session: AsyncSession, employee: Employee, found: Sequence[Entry], tap: Typed, *, edit_days: int
) -> Told:
    """Log entries again today; their proof stays where it is.

    A message repeats once: whoever taps it twice is shown what the first tap has made.
    """
    hold = Hold(0, None, tap.sent_at, edit_days)
    if tap.chat_id is not None and tap.message_id is not None:
        made = await entries.of_message(session, employee, tap.chat_id, tap.message_id)
        if made:
            return await view(session, employee, made, hold)
    several = len(found) > 1
    fresh = [
        copied(employee, one, tap, part=place if several else 0)
        for place, one in enumerate(found, start=1)
    ]
    session.add_all(fresh)
    await session.flush()
    told = await view(session, employee, fresh, hold)
    return Told(tuple(replace(one, copied=one.quantity is not None) for one in told.receipts))


def copied(employee: Employee, earlier: Entry, tap: Typed, *, part: int) -> Entry:
    """Make an entry for today of an earlier one; its RHK is another year's in another year."""
    today = today_of(employee, tap)
    same_year = earlier.day.year == today.year
    return Entry(
        employee_id=employee.id or 0,
        day=today,
        text=earlier.text,
        quantity=earlier.quantity,
        unit=earlier.unit,
        work_result_id=earlier.work_result_id if same_year else None,
        nearest=list(earlier.nearest) if same_year else [],
        additional=earlier.additional,
        by_hand=earlier.by_hand,
        arrival_id=tap.arrival_id,
        part=part,
        chat_id=tap.chat_id,
        message_id=tap.message_id,
        created_at=tap.sent_at,
        changed_at=tap.sent_at,
    )


def today_of(employee: Employee, tap: Typed) -> dt.date:
    """Tell the day it is where the person is."""
    return tap.sent_at.astimezone(ZoneInfo(employee.zone)).date()
