"""The screens of a team: the summary, its people, one person, the units below."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.actions.teams import Below, Person, Presence, Scale, Team, View
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline, rows
from bot.ui.keys import key
from bot.ui.plans import standing
from bot.ui.receipts import cut
from bot.ui.team_attention import attention
from bot.ui.team_words import (
    counts,
    local_day,
    person_state,
    place_and_time,
    stretch,
    within,
)

Screen = tuple[Markup, dict[str, Any]]

SUMMARY_LIMIT = 1000
# What stands below a picture may be a little longer than a summary.
CAPTION_LIMIT = 1024
PEOPLE_A_PAGE = 8
LABEL = 22
ENTRY_TEXT = 70
RESULT_TEXT = 60
RESULTS_SHOWN = 5


def summary(t: Translator, team: Team, now: dt.datetime, zone: str) -> Screen:
    """Write how the team stands, the result first and then what needs attention."""
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
    below = below_line(t, team.below)
    if below:
        lines.append(below)
    return within(lines, SUMMARY_LIMIT), summary_buttons(t, team, local_day(now, zone))


def summary_buttons(t: Translator, team: Team, today: dt.date) -> dict[str, Any]:
    """Offer the people, the units below, and the other stretches as summaries of their own."""
    at = grip(team.view)
    buttons = [Button(t.gettext("People in detail"), key("team-people", *at, 0))]
    if team.below:
        buttons.append(Button(t.gettext("Units in detail"), key("team-units", *at)))
    buttons += [button for scale, button in stretches(t, today).items() if scale != team.view.scale]
    return inline(*buttons)


def stretches(t: Translator, today: dt.date) -> dict[Scale, Button]:
    """Give the button of each stretch that lasts today."""
    labels = {
        Scale.DAY: t.gettext("Today"),
        Scale.WEEK: t.gettext("This week"),
        Scale.MONTH: t.gettext("This month"),
    }
    return {
        scale: Button(label, key("team-new", scale.value, today.toordinal()))
        for scale, label in labels.items()
    }


def which_stretch(t: Translator, today: dt.date) -> Screen:
    """Say which stretches can be asked for, with a button for each."""
    text = t.html("Write /tim, /tim minggu for the week or /tim bulan for the month.")
    return text, inline(*stretches(t, today).values())


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
    return t.html(
        "Progress this year {share}, expected by now {expected};"
        " {known} of {total} people have figures.",
        share=t.whole_percent(progress.share),
        expected=t.whole_percent(progress.expected),
        known=progress.people,
        total=len(team.lines),
    )


def below_line(t: Translator, below: Sequence[Below]) -> Markup | None:
    """Sum up the units below, as far as their numbers may be told."""
    told = [unit for unit in below if unit.logged is not None]
    if not told:
        return None
    return t.html(
        "Units below: {logged} of {people} people logged.",
        logged=sum(unit.logged or 0 for unit in told),
        people=sum(unit.people for unit in told),
    )


def people(t: Translator, team: Team, page: int) -> Screen:
    """List the people a page at a time; who has not logged comes first."""
    order = list(Presence)
    lines = sorted(team.lines, key=lambda line: order.index(line.presence))
    pages = (len(lines) - 1) // PEOPLE_A_PAGE
    page = min(max(page, 0), pages)
    shown = lines[page * PEOPLE_A_PAGE : (page + 1) * PEOPLE_A_PAGE]
    head = t.html("<b>{unit}</b>, {when}", unit=team.unit, when=stretch(t, team.view))
    numbered = list(enumerate(shown, page * PEOPLE_A_PAGE + 1))
    texts = [
        t.html(
            "{number}. {name} – {state}",
            number=number,
            name=cut(line.member.name, 50),
            state=person_state(t, line, team.view),
        )
        for number, line in numbered
    ]
    at = grip(team.view)
    openings = [
        Button(label(number, line.member.name), key("team-one", *at, line.member.id, page))
        for number, line in numbered
    ]
    turning = []
    if page > 0:
        turning.append(Button(t.gettext("Previous"), key("team-people", *at, page - 1)))
    if page < pages:
        turning.append(Button(t.gettext("Next"), key("team-people", *at, page + 1)))
    back = [Button(t.gettext("Back"), key("team", *at))]
    pairs = [openings[i : i + 2] for i in range(0, len(openings), 2)]
    keyboard = rows(*pairs, *([turning] if turning else []), back)
    return within([head, *texts], CAPTION_LIMIT), keyboard


def label(number: int, name: str) -> str:
    """Name a person on a button; the number tells those apart whose names are cut alike."""
    return name if len(name) <= LABEL else cut(f"{number} {name}", LABEL)


def person(t: Translator, shown: Person, page: int) -> Screen:
    """Show one person: the entries of the stretch and where the RHK stand."""
    line = shown.line
    lines = [
        t.html(
            "<b>{name}</b>, {position}",
            name=cut(line.member.name, 80),
            position=cut(line.member.position, 80),
        ),
        t.html(
            "{when}: {state}.",
            when=stretch(t, shown.view),
            state=person_state(t, line, shown.view),
        ),
        *entry_lines(t, shown),
        *result_lines(t, shown),
    ]
    back = Button(t.gettext("Back"), key("team-people", *grip(shown.view), page))
    return within(lines, CAPTION_LIMIT), inline(back)


def entry_lines(t: Translator, shown: Person) -> list[Markup]:
    """Write the newest entries, with their RHK and the late mark."""
    lines = []
    for entry, number in shown.entries:
        words = {"text": cut(entry.text, ENTRY_TEXT)}
        if number is None:
            said = t.html("“{text}”", **words)
        else:
            said = t.html("“{text}” → RHK {number}", number=number, **words)
        if entry.late:
            said = t.html("{entry} (late entry)", entry=said)
        if shown.view.scale is not Scale.DAY:
            said = t.html("{day}: {entry}", day=t.day_short(entry.day), entry=said)
        lines.append(Markup("• ") + said)
    more = shown.line.entries - len(shown.entries)
    if shown.entries and more > 0:
        lines.append(t.nhtml("{count} more entry.", "{count} more entries.", more, count=more))
    return lines


def result_lines(t: Translator, shown: Person) -> list[Markup]:
    """Write where the RHK stand, two lines each, and what could be expected by now."""
    results, year = shown.line.results, shown.line.year
    if not results:
        return [t.html("No SKP for {year} yet.", year=shown.view.day.year)]
    head = t.html(
        "<b>RHK {year}</b> (expected by now {expected})",
        year=shown.view.day.year,
        expected=t.whole_percent(year.expected),
    )
    lines = [head]
    for result in results[:RESULTS_SHOWN]:
        view = result.view
        lines.append(
            t.html("{number}. {text}", number=view.number, text=cut(view.text, RESULT_TEXT))
        )
        leading = view.leading
        lines.append(standing(t, leading) if leading else t.html("No indicator yet."))
    rest = len(results) - RESULTS_SHOWN
    if rest > 0:
        lines.append(t.nhtml("{count} more RHK.", "{count} more RHK.", rest, count=rest))
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
    return within(lines, CAPTION_LIMIT), inline(back)


def unit_line(t: Translator, unit: Below) -> Markup:
    """Write one unit's sum; who is away is told only when somebody is."""
    words = {"name": cut(unit.name, 60), "logged": unit.logged, "people": unit.people}
    if not unit.away:
        return t.html("• {name}: {logged} of {people} logged", **words)
    return t.html("• {name}: {logged} of {people} logged, {away} away", away=unit.away, **words)


def grip(view: View) -> tuple[int, int]:
    """Give what a button carries of a view."""
    return view.scale.value, view.day.toordinal()
