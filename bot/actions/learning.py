"""Learn the hour at which people usually log, from days on which nobody had to remind them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.rhythms import Watch
from bot.skp.quiet import QUIET_UNTIL
from bot.skp.reminders import Kind, usual_hour
from db import rhythms, silences

# Everybody's hour is worked out on one morning of the week.
EVERY = 7
BACK = dt.timedelta(days=28)
# Whoever logs so soon after a prompt was reminded by it, and tells nothing of their own habit.
REMINDED = dt.timedelta(minutes=45)


async def learn(session: AsyncSession, seen: Watch, employee_ids: Sequence[int]) -> None:
    """Learn the hours of those whose morning it is; of few days nothing is learned or forgotten."""
    if seen.local.hour != QUIET_UNTIL.hour:
        return
    mine = [key for key in employee_ids if (key + seen.day.toordinal()) % EVERY == 0]
    if not mine:
        return
    zone = ZoneInfo(seen.zone)
    hours: dict[int, list[dt.time]] = defaultdict(list)
    for one in await silences.first_entries(session, mine, Kind.PROMPT, seen.day - BACK):
        local = one.at.astimezone(zone)
        reminded = one.asked_at is not None and one.asked_at <= one.at <= one.asked_at + REMINDED
        if local.date() == one.day and not reminded:
            hours[one.employee_id].append(local.time().replace(second=0, microsecond=0))
    found = {key: usual_hour(some) for key, some in hours.items()}
    await rhythms.learn(session, {key: hour for key, hour in found.items() if hour is not None})
