"""What in a team needs attention first, in words."""

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from bot.actions.obstacles import Hindrance
from bot.actions.team_standings import TeamResult
from bot.actions.team_views import Presence, Scale
from bot.actions.teams import Line, Team
from bot.i18n import Translator
from bot.skp.pace import Pace
from bot.ui.obstacles import age
from bot.ui.receipts import cut
from bot.ui.team_words import NAME, called

# From so many working days on, an RHK without activity is named.
IDLE_DAYS = 8
IDLE_SHOWN = 3
NAMES_SHOWN = 4
OBSTACLES_SHOWN = 3
RESULT_TEXT = 45


def attention(t: Translator, team: Team) -> list[Markup]:
    """List what needs attention, the most pressing first."""
    return [
        *held_up(t, team),
        *missing(t, team),
        *idle(t, team),
        *behind(t, team),
        *out_of_reach(t, team),
    ]


def held_up(t: Translator, team: Team) -> list[Markup]:
    """Name the oldest obstacles, and count the rest."""
    found = team.open.obstacles
    lines = [obstacle_line(t, one) for one in found[:OBSTACLES_SHOWN]]
    more = len(found) - OBSTACLES_SHOWN
    if more > 0:
        lines.append(
            t.nhtml("• {count} more obstacle", "• {count} more obstacles", more, count=more)
        )
    return lines


def obstacle_line(t: Translator, one: Hindrance) -> Markup:
    """Write one obstacle with its age and whose it is."""
    return t.html(
        "• Obstacle, {age}: <i>{text}</i>, {person}",
        age=age(t, one),
        text=cut(one.text, RESULT_TEXT),
        person=cut(one.name, NAME),
    )


def waiting(t: Translator, team: Team) -> list[Markup]:
    """Count the entries of a team that wait for the leader's word."""
    return entries_line(t, team.open.waiting)


def entries_line(t: Translator, count: int) -> list[Markup]:
    """Count entries that wait for the leader's word, if there are any."""
    if not count:
        return []
    return [
        t.nhtml(
            "• {count} entry waits for your word",
            "• {count} entries wait for your word",
            count,
            count=count,
        )
    ]


def inside(team: Team) -> list[Line]:
    """Give the people who are in the bot; of others nothing more is said than that they are not."""
    return [line for line in team.lines if line.member.in_bot]


def missing(t: Translator, team: Team) -> list[Markup]:
    """Name who has not logged; for a longer stretch, who has empty days."""
    found = [line for line in inside(team) if line.presence is Presence.MISSING]
    if not found:
        return []
    people = names(t, team, found)
    if team.view.scale is Scale.DAY:
        return [t.html("• Not logged yet: {people}", people=people)]
    return [t.html("• Days without an entry: {people}", people=people)]


def idle(t: Translator, team: Team) -> list[Markup]:
    """Name the RHK for which nothing was done the longest; alike ones of several people are one."""
    alike: dict[str, list[tuple[Line, TeamResult]]] = defaultdict(list)
    for line in inside(team):
        for result in line.results:
            if result.idle >= IDLE_DAYS:
                alike[result.view.text.casefold()].append((line, result))
    groups = sorted(
        alike.values(), key=lambda group: (max(one.idle for _, one in group), len(group))
    )
    groups.reverse()
    lines = [idle_line(t, team, group) for group in groups[:IDLE_SHOWN]]
    more = sum(len(group) for group in groups[IDLE_SHOWN:])
    if more:
        lines.append(
            t.nhtml(
                "• {count} more RHK without activity",
                "• {count} more RHK without activity",
                more,
                count=more,
            )
        )
    return lines


def idle_line(t: Translator, team: Team, group: Sequence[tuple[Line, TeamResult]]) -> Markup:
    """Say for how long nothing was done for an RHK."""
    line, result = max(group, key=lambda pair: pair[1].idle)
    text = cut(result.view.text, RESULT_TEXT)
    if len(group) > 1:
        return t.nhtml(
            "• RHK “{text}”, {count} people: no activity, the longest for {days} working day",
            "• RHK “{text}”, {count} people: no activity, the longest for {days} working days",
            result.idle,
            text=text,
            count=len(group),
            days=result.idle,
        )
    words = {"number": result.view.number, "text": text, "person": called(line, team)}
    if not result.begun:
        return t.html("• RHK {number} “{text}”, {person}: no activity yet this year", **words)
    return t.nhtml(
        "• RHK {number} “{text}”, {person}: no activity for {days} working day",
        "• RHK {number} “{text}”, {person}: no activity for {days} working days",
        result.idle,
        days=result.idle,
        **words,
    )


def behind(t: Translator, team: Team) -> list[Markup]:
    """Name who is behind the pace of the year."""
    found = [line for line in inside(team) if line.year.pace is Pace.BEHIND]
    if not found:
        return []
    return [t.html("• Behind the pace of the year: {people}", people=names(t, team, found))]


def out_of_reach(t: Translator, team: Team) -> list[Markup]:
    """Name whom the bot cannot reach, and who has not come in."""
    lost = [line for line in inside(team) if not line.member.reachable]
    outside = [line for line in team.lines if not line.member.in_bot]
    lines = []
    if lost:
        lines.append(t.html("• Cannot be reached: {people}", people=names(t, team, lost)))
    if outside:
        lines.append(t.html("• Not come in yet: {people}", people=names(t, team, outside)))
    return lines


def names(t: Translator, team: Team, lines: Sequence[Line]) -> str:
    """Name some people and count the rest."""
    shown = ", ".join(called(line, team) for line in lines[:NAMES_SHOWN])
    more = len(lines) - NAMES_SHOWN
    if more <= 0:
        return shown
    return t.ngettext(
        "{names} and {count} more", "{names} and {count} more", more, names=shown, count=more
    )
