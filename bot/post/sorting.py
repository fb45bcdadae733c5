"""Look again at letters that were claimed: many at a time, in one transaction that only reads."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.broadcasts import standing
from bot.post import dealings, guidance
from bot.post.kinds import Sight
from bot.post.plan import PROMPT, SNOOZE
from db import broadcasts, calendars, entries, letters, settling
from db.broadcasts import BROADCAST, REPORT
from db.models.messages import Letter


async def look(session: AsyncSession, claimed: Sequence[Letter], now: dt.datetime) -> Sight:
    """Gather what is true now of the letters' people and of what is to be said."""
    sight = Sight(now, await settling.addressees(session, {one.employee_id for one in claimed}))
    days: dict[str, set[int]] = {}
    for letter in claimed:
        if letter.kind in {PROMPT, SNOOZE}:
            days.setdefault(letter.period[:10], set()).add(letter.employee_id)
    for text, people in days.items():
        day = dt.date.fromisoformat(text)
        free, units = await calendars.free_units(session, day)
        if not free:
            silent = await letters.still_silent(session, day, people, but_not_in=units)
            sight.silent |= {(one, text) for one in silent}
            sight.earlier |= await entries.with_earlier(session, set(silent), day)
    said = {int(one.period) for one in claimed if one.kind in {BROADCAST, REPORT}}
    if said:
        sight.broadcasts = await broadcasts.by_keys(session, said)
    passing = [one for one in claimed if one.kind in dealings.KINDS]
    if passing:
        sight.dealings = await dealings.look(session, passing, now)
    written = [one for one in claimed if one.kind in guidance.KINDS]
    if written:
        sight.guidance = await guidance.look(session, written, now)
    for letter in claimed:
        broadcast = sight.broadcasts.get(int(letter.period)) if letter.kind == REPORT else None
        if broadcast is not None:
            sight.standings[broadcast.id or 0] = await standing(session, broadcast)
    return sight
