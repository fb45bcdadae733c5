"""How a team's day, its people and their states are put into words."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.actions.team_views import Days, Presence, Scale, View
from bot.actions.teams import Line, Team
from bot.i18n import Translator
from bot.skp.workdays import ONE_DAY
from bot.ui.absences import kind_name
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

# What stands below a picture may be a little longer than a summary.
CAPTION_LIMIT = 1024
NAME = 30
UNIT = 60


def called(line: Line, team: Team) -> str:
    """Call a person as they chose, or by the name where two chose alike."""
    address = line.member.address
    alike = sum(other.member.address == address for other in team.lines)
    return cut(address if address and alike == 1 else line.member.name, NAME)


def stretch(t: Translator, view: View) -> str:
    """Name the day, the week or the month of a view."""
    if view.scale is Scale.DAY:
        return t.day_short(view.day)
    if view.scale is Scale.WEEK:
        first, last = view.whole.start, view.whole.end - ONE_DAY
        return t.gettext("{first} to {last}", first=t.day_short(first), last=t.day_short(last))
    return t.month(view.day)


def place_and_time(t: Translator, team: Team, now: dt.datetime, zone: str) -> str:
    """Write whose team it is and of when; the hour only while the day lasts."""
    clock = t.clock(now, zone) if local_day(now, zone) == team.view.day else ""
    return ", ".join(part for part in (unit_name(team), stretch(t, team.view), clock) if part)


def unit_name(team: Team) -> str:
    """Name the unit as short as a head line needs it."""
    return cut(team.unit, UNIT)


def counts(t: Translator, team: Team) -> str:
    """Count who logged, who is away and who has not logged; for longer stretches, the days."""
    parts = day_counts(t, team) if team.view.scale is Scale.DAY else stretch_counts(t, team)
    return " · ".join(parts)


def day_counts(t: Translator, team: Team) -> list[str]:
    """Count people."""
    found = Counter(line.presence for line in team.lines)
    expected = len(team.lines) - found[Presence.OFF]
    parts = []
    if expected:
        logged = found[Presence.LOGGED]
        parts.append(t.gettext("{logged} of {total} logged", logged=logged, total=expected))
    late = sum(bool(line.days.late) for line in team.lines)
    counted = (
        (t.gettext("{count} late", count=late), late),
        (t.gettext("{count} away", count=found[Presence.EXCUSED]), found[Presence.EXCUSED]),
        (t.gettext("{count} off", count=found[Presence.OFF]), found[Presence.OFF]),
        (t.gettext("{count} not yet", count=found[Presence.MISSING]), found[Presence.MISSING]),
    )
    return [*parts, *(words for words, number in counted if number)]


def stretch_counts(t: Translator, team: Team) -> list[str]:
    """Count working days of all people together, and say that they are."""
    days = [line.days for line in team.lines]
    late, away = sum(one.late for one in days), sum(one.excused for one in days)
    empty = sum(one.empty for one in days)
    counted = (
        (t.gettext("{count} late", count=late), late),
        (t.gettext("{count} away", count=away), away),
        (t.gettext("{count} empty", count=empty), empty),
    )
    logged = t.ngettext(
        "{logged} of {due} working days logged ({people} person)",
        "{logged} of {due} working days logged ({people} people together)",
        len(days),
        logged=sum(one.logged for one in days),
        due=sum(one.due for one in days),
        people=len(days),
    )
    return [logged, *(words for words, number in counted if number)]


def person_state(t: Translator, line: Line, view: View) -> str:
    """Say how one person's stretch stands."""
    if view.scale is not Scale.DAY:
        return days_state(t, line)
    if line.presence is Presence.LOGGED:
        words = t.ngettext("{count} entry", "{count} entries", line.entries, count=line.entries)
        return t.gettext("{entries}, entered late", entries=words) if line.days.late else words
    if line.presence is Presence.EXCUSED and line.reason is not None:
        return kind_name(t, line.reason)
    return t.gettext("day off") if line.presence is Presence.OFF else not_yet(t, line)


def not_yet(t: Translator, line: Line) -> str:
    """Say that somebody has not logged, and whether the bot can reach the person at all."""
    if not line.member.in_bot:
        return t.gettext("has not come in yet")
    if not line.member.reachable:
        return t.gettext("cannot be reached")
    return t.gettext("not logged yet")


def days_state(t: Translator, line: Line) -> str:
    """Say how many working days of a stretch are logged, late, excused and empty."""
    days = line.days
    counted = (
        (t.gettext("{count} late", count=days.late), days.late),
        (t.gettext("{count} away", count=days.excused), days.excused),
        (t.gettext("{count} empty", count=days.empty), days.empty),
    )
    return ", ".join([logged_days(t, days), *(words for words, number in counted if number)])


def logged_days(t: Translator, days: Days) -> str:
    """Say how many of the working days are logged."""
    return t.ngettext(
        "{logged} of {due} day",
        "{logged} of {due} days",
        days.due,
        logged=days.logged,
        due=days.due,
    )


def within(lines: Iterable[Markup], limit: int) -> Markup:
    """Put lines together for as long as they fit; what does not is left out, never cut in two."""
    kept: list[Markup] = []
    room = limit
    for line in lines:
        # Telegram counts in UTF-16, where an emoji is two, and counts the text without markup.
        length = len(line.striptags().encode("utf-16-le")) // 2 + 1
        if length > room:
            break
        kept.append(line)
        room -= length
    return Markup("\n").join(kept)


def local_day(now: dt.datetime, zone: str) -> dt.date:
    """Give the day it is in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def grip(view: View) -> tuple[int, int]:
    """Give what a button carries of a view: the stretch, in whose place one looks, and the day."""
    return stretch_grip(view.scale, view.of), view.day.toordinal()


def stretch_grip(scale: Scale, of: int) -> int:
    """Give what a button carries of a stretch, whatever its day, and of whose place it is."""
    return scale + len(Scale) * of
