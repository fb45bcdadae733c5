"""The picture of a team, as the words and figures it is drawn from."""

import datetime as dt
from collections import Counter

from bot.actions.team_views import Presence, Scale, View
from bot.actions.teams import Line, Team
from bot.documents.charts import Bar, Count, TeamChart, Tone
from bot.i18n import Translator
from bot.skp.pace import Pace
from bot.ui.team_words import local_day, logged_days, person_state, stretch

# More bars would make a picture that Telegram shrinks beyond reading.
MOST = 60
TONES: dict[Pace, Tone] = {Pace.AHEAD: "good", Pace.ON: "good", Pace.BEHIND: "warn"}


def chart(t: Translator, team: Team, now: dt.datetime, zone: str) -> TeamChart:
    """Say what the team's picture shows: a bar for each person against the pace of the year."""
    shown = team.lines[:MOST]
    return TeamChart(
        title=team.unit,
        subtitle=when(t, team.view, now, zone),
        bars=tuple(bar(t, line, team.view) for line in shown),
        counts=strip(t, team),
        footer=t.gettext("Average of the counted RHK of {year}", year=team.view.day.year),
        legend=t.gettext("expected by now"),
    )


def when(t: Translator, view: View, now: dt.datetime, zone: str) -> str:
    """Write the day with its hour, or the stretch."""
    words = t.day(view.day) if view.scale is Scale.DAY else stretch(t, view)
    if local_day(now, zone) != view.day:
        return words
    return f"{words}, {t.clock(now, zone)}"


def bar(t: Translator, line: Line, view: View) -> Bar:
    """Draw one person; without figures there is a dash and no bar."""
    pace = line.year.pace
    return Bar(
        label=line.member.name,
        share=line.year.share,
        expected=line.year.expected,
        note=note(t, line, view),
        tone=TONES[pace] if pace is not None else "calm",
    )


def note(t: Translator, line: Line, view: View) -> str:
    """Say how a person's stretch stands, as short as the picture needs it."""
    if view.scale is Scale.DAY:
        return person_state(t, line, view)
    return logged_days(t, line.days)


def strip(t: Translator, team: Team) -> tuple[Count, ...]:
    """Count people for a day, and working days for a longer stretch; what is none is left out."""
    first, *others = all_counts(t, team)
    return (first, *(one for one in others if one.number))


def all_counts(t: Translator, team: Team) -> tuple[Count, ...]:
    """Count the logged, the away and the silent ones, in this order."""
    if team.view.scale is not Scale.DAY:
        days = [line.days for line in team.lines]
        return (
            Count(t.gettext("days logged"), sum(one.logged for one in days), "good"),
            Count(t.gettext("days away"), sum(one.excused for one in days), "calm"),
            Count(t.gettext("days empty"), sum(one.empty for one in days), "warn"),
        )
    found = Counter(line.presence for line in team.lines)
    return (
        Count(t.gettext("logged"), found[Presence.LOGGED], "good"),
        Count(t.gettext("away"), found[Presence.EXCUSED], "calm"),
        Count(t.gettext("not yet"), found[Presence.MISSING], "warn"),
    )
