"""Who hears that articles which came with the bot are past their review date."""

import datetime as dt
from collections import Counter
from collections.abc import Collection

from sqlmodel.ext.asyncio.session import AsyncSession

from db import guidance, people
from db.guidance import DUE
from db.models.messages import Letter

# Articles of one theme that fell due on one day are told together.
Occasion = tuple[str, dt.date]


def period_of(occasion: Occasion) -> str:
    """Name an occasion; that of an agency's own version is its key, which is a number."""
    theme, day = occasion
    return f"{theme}:{day.isoformat()}"


def occasion_in(period: str) -> Occasion | None:
    """Read which occasion a letter is about; nothing where it is about a version."""
    theme, _, day = period.partition(":")
    return None if theme.isdecimal() or not day else (theme, dt.date.fromisoformat(day))


async def letters_of(
    session: AsyncSession, occasions: Collection[Occasion], *, now: dt.datetime
) -> list[Letter]:
    """Write once to the widyaiswara of each theme, and where there is none to the admins.

    Many themes fall due on one day; who looks after several hears of one a day.
    """
    if not occasions:
        return []
    told = await guidance.told_of(session, {period_of(one) for one in occasions})
    found: list[Letter] = []
    waiting: Counter[int] = Counter()
    for occasion in sorted(occasions):
        period = period_of(occasion)
        if period in told:
            continue
        minders = [one.id or 0 for one in await guidance.minders(session, occasion[0])]
        readers = minders or await people.admins(session)
        for one in readers:
            due_at = now + waiting[one] * dt.timedelta(days=1)
            found.append(Letter(employee_id=one, kind=DUE, period=period, due_at=due_at))
            waiting[one] += 1
    return found
