"""Plan what is to be said: pure sums over a zone's own hour."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.skp.workdays import default_prompt
from db.letters import Moment

PROMPT = "prompt"
SNOOZE = "snooze"


def moment_in(zone: str, now: dt.datetime) -> Moment:
    """Tell the day and the hour of a zone."""
    local = now.astimezone(ZoneInfo(zone))
    return Moment(zone, local.date(), local.time().replace(tzinfo=None))


def due_hours(
    moment: Moment, kept: Iterable[tuple[int, dt.time | None]]
) -> list[tuple[int, dt.time | None]]:
    """Choose the weeks and closing hours whose prompt is due at this moment."""
    return [
        (week, leave)
        for week, leave in kept
        if moment.day.weekday() < week and default_prompt(moment.day, week, leave) <= moment.time
    ]
