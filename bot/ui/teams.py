"""The screens of a team: the summary, and the units below."""

import datetime as dt
from collections.abc import Sequence

from markupsafe import Markup

from bot.actions.leading import OWN, Led
from bot.actions.team_views import Presence, Scale, View
from bot.actions.teams import Below, Team
from bot.i18n import Translator
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, rows
from bot.ui.keys import key
from bot.ui.receipts import cut
from bot.ui.team_attention import attention, waiting
from bot.ui.team_words import (
    CAPTION_LIMIT,
    Screen,
    counts,
    grip,
    place_and_time,
    stretch,
    stretch_grip,
    within,
)

SUMMARY_LIMIT = 1000


def summary(
    t: Translator,
    team: Team,
    moment: tuple[dt.datetime, str],
    led: Sequence[Led] = (),
    *ways: Button,
) -> Screen:
    """Write how the team stands, the result first and then what needs attention.

    The moment is a time and the zone it is told in. The other teams that the reader leads, too,
    are one tap away; further ways stand last.
    """
    now, zone = moment
    head = t.html(
        "<b>{place}</b> – {counts}.",
        place=place_and_time(t, team, now, zone),
        counts=counts(t, team),
    )
    lines = [head]
    if team.free is not None and team.view.scale is Scale.DAY:
        lines.append(free_day(t, team))
    lines.append(year_line(t, team))
    needs = attention(t, team)
    if needs:
        lines += [t.html("<b>Needs attention</b>"), *needs]
    elif any(line.presence is not Presence.OFF for line in team.lines):
        lines.append(t.html("Nothing needs special attention."))
    lines += waiting(t, team)
    lines += below_lines(t, team)
    others = [other_team(one, team.view) for one in led if one.of != team.view.of]
    room = MOST_BUTTONS - len(others) - len(ways)
    buttons = summary_buttons(t, team, room)
    pairs = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    return within(lines, SUMMARY_LIMIT), rows(*pairs, *filter(None, (others, ways)))


def other_team(led: Led, view: View) -> Button:
    """Lead to another team; in whose place says what it is."""
    unit = cut(led.unit, 16)
    at = grip(View(view.scale, view.day, led.of))
    if led.kind is None:
        return Button(unit, key("team-new", *at))
    return Button(f"{led.kind.value.capitalize()} {unit}", key("team-new", *at))


def summary_buttons(t: Translator, team: Team, room: int) -> list[Button]:
    """Offer what waits for the leader, then the people, the units below, the other stretches.

    No more than there is room for: where there is much else, one stretch leads to the next, or
    the units' screen leads to them.
    """
    at = grip(team.view)
    buttons = []
    if team.open.waiting:
        label = t.gettext("Respond ({count})", count=team.open.waiting)
        buttons.append(Button(label, key("respond"), "success"))
    if team.open.obstacles:
        buttons.append(Button(t.gettext("Open obstacles"), key("team-obstacles", *at)))
    buttons.append(Button(t.gettext("People in detail"), key("team-people", *at, 0)))
    if team.below:
        buttons.append(Button(t.gettext("Units in detail"), key("team-units", *at)))
    if len(buttons) < room:
        buttons.append(for_all(t, team))
    others = other_stretches(t, team)
    if len(buttons) + len(others) > room:
        others = [others[team.view.scale % len(others)]] if len(buttons) < room else []
    return [*buttons, *others]


def for_all(t: Translator, team: Team) -> Button:
    """Lead to what the leader can say to the whole team."""
    return Button(t.gettext("For the whole team"), key("team-all", *grip(team.view)))


def other_stretches(t: Translator, team: Team) -> list[Button]:
    """Give the buttons of the stretches that are not shown."""
    of = stretches(t, team.view.of)
    return [button for scale, button in of.items() if scale != team.view.scale]


def stretches(t: Translator, of: int = OWN) -> dict[Scale, Button]:
    """Give the button of each stretch that lasts on the day of the tap."""
    labels = {
        Scale.DAY: t.gettext("Today"),
        Scale.WEEK: t.gettext("This week"),
        Scale.MONTH: t.gettext("This month"),
    }
    return {
        scale: Button(label, key("team-now", stretch_grip(scale, of)))
        for scale, label in labels.items()
    }


def which_stretch(t: Translator) -> Screen:
    """Say which stretches can be asked for, with a button for each."""
    text = t.html("Write /tim, /tim minggu for the week or /tim bulan for the month.")
    return text, inline(*stretches(t).values())


def free_day(t: Translator, team: Team) -> Markup:
    """Say that the day is not worked, and why."""
    day = t.day_short(team.view.day)
    if team.free:
        return t.html("{day} is not a working day: {name}.", day=day, name=team.free)
    return t.html("{day} is not a working day.", day=day)


def year_line(t: Translator, team: Team) -> Markup:
    """Write the progress of the year against what could be expected, and how much is known."""
    if not any(line.results for line in team.lines):
        return t.html("Nobody in this team has an SKP for {year} yet.", year=team.view.day.year)
    progress = team.progress
    if progress is None:
        return t.html("No figures for the progress of the year yet.")
    values = {
        "share": t.whole_percent(progress.share),
        "expected": t.whole_percent(progress.expected),
        "known": progress.people,
        "total": len(team.lines),
    }
    if progress.before is None:
        return t.html(
            "Progress this year {share}, expected by now {expected};"
            " {known} of {total} people have figures.",
            **values,
        )
    return t.html(
        "Progress this year {share} ({when} {before}), expected by now {expected};"
        " {known} of {total} people have figures.",
        when=t.gettext("last month") if team.view.scale is Scale.MONTH else t.gettext("last week"),
        before=t.whole_percent(progress.before),
        **values,
    )


def below_lines(t: Translator, team: Team) -> list[Markup]:
    """Sum up the units below, as far as their numbers may be told, and what holds them up."""
    told = [unit for unit in team.below if unit.logged is not None]
    lines = []
    if told:
        lines.append(
            t.html(
                "Units below: {logged} of {people} people logged.",
                logged=sum(unit.logged or 0 for unit in told),
                people=sum(unit.people for unit in told),
            )
        )
    held_up = team.open.obstacles_below
    if held_up:
        lines.append(
            t.nhtml(
                "Units below: {count} person has an open obstacle.",
                "Units below: {count} people have open obstacles.",
                held_up,
                count=held_up,
            )
        )
    return lines


def units(t: Translator, team: Team) -> Screen:
    """Show the units below by their sums; nobody is named."""
    head = t.html("<b>Units below {unit}</b>, {when}", unit=team.unit, when=stretch(t, team.view))
    lines = [head]
    for unit in team.below:
        if unit.logged is None:
            lines.append(
                t.nhtml(
                    "• {name}: {count} person, too few to tell numbers",
                    "• {name}: {count} people, too few to tell numbers",
                    unit.people,
                    name=cut(unit.name, 60),
                    count=unit.people,
                )
            )
            continue
        lines.append(unit_line(t, unit))
    back = Button(t.gettext("Back"), key("team", *grip(team.view)))
    buttons = [for_all(t, team), *other_stretches(t, team), back]
    return within(lines, CAPTION_LIMIT), inline(*buttons)


def unit_line(t: Translator, unit: Below) -> Markup:
    """Write one unit's sum; who is away is told only when somebody is."""
    words = {"name": cut(unit.name, 60), "logged": unit.logged, "people": unit.people}
    if not unit.away:
        return t.html("• {name}: {logged} of {people} logged", **words)
    return t.html("• {name}: {logged} of {people} logged, {away} away", away=unit.away, **words)
