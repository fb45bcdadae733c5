"""Questions about what a team did altogether, in which nobody is named."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from bot.skp.periods import Period
from db.keys import among
from db.models.entries import Entry
from db.models.plans import Theme, WorkResult


async def themes_logged(
    session: AsyncSession, members: Mapping[int, dt.date], period: Period
) -> list[str]:
    """Name the themes of the RHK under which people logged in a period, the most logged first.

    The members come with the first day that counts. An RHK that names no theme tells of none.
    """
    query = (
        columns(col(Entry.employee_id), col(Entry.day), col(WorkResult.themes))
        .join(WorkResult, col(WorkResult.id) == col(Entry.work_result_id))
        .where(
            among(col(Entry.employee_id), list(members)),
            col(Entry.state) == EntryState.KEPT,
            col(Entry.day) >= period.start,
            col(Entry.day) < period.end,
        )
    )
    counts: Counter[str] = Counter()
    for person, day, codes in await session.execute(query):
        if day >= members[person]:
            counts.update(codes or ())
    named = select(Theme).where(col(Theme.code).in_(counts))
    found = {one.code: one.name for one in await session.exec(named)} if counts else {}
    return [found[code] for code, _ in counts.most_common() if code in found]
