"""The screens of a team's people: the list, and one person."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.actions.team_asked import Excused
from bot.actions.team_nudges import Nudged
from bot.actions.team_views import Presence, Scale, View
from bot.actions.teams import Line, Person, Team
from bot.i18n import Translator
from bot.ui.absences import days_text, kind_name
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, paged, rows
from bot.ui.keys import key
from bot.ui.plans import standing
from bot.ui.receipts import cut
from bot.ui.team_words import CAPTION_LIMIT, Screen, grip, person_state, stretch, within

# So many people stand in the text at most; the buttons open them a few at a time.
PEOPLE_LISTED = 9
LABEL = 22
ENTRY_TEXT = 70
RESULT_TEXT = 60
RESULTS_SHOWN = 5


def people(t: Translator, team: Team, page: int) -> Screen:
    """List the people, who has not logged first; a page opens as many as there is room for."""
    order = list(Presence)
    lines = sorted(team.lines, key=lambda line: order.index(line.presence))
    at = grip(team.view)
    ways = [Button(t.gettext("Back"), key("team", *at))]
    missing = sum(may_be_asked(line, team.view) for line in lines)
    if missing:
        words = t.gettext("Ask kindly ({count})", count=missing)
        ways.insert(0, Button(words, key("team-ask", *at, 0)))
    room = MOST_BUTTONS - len(ways)
    size = room if len(lines) <= room else room - 1
    page = min(max(page, 0), (len(lines) - 1) // size)
    openings = [
        Button(label(number, line.member.name), key("team-one", *at, line.member.id, page))
        for number, line in enumerate(lines, 1)
    ]

    def more(other: int) -> Button:
        return Button(t.gettext("Others"), key("team-people", *at, other))

    shown = paged(openings, page, more, room=room)
    return within(people_lines(t, team, lines, page * size, size), CAPTION_LIMIT), inline(
        *shown, *ways
    )


def people_lines(
    t: Translator, team: Team, lines: Sequence[Line], start: int, size: int
) -> list[Markup]:
    """Write the people among whom those of a page stand, so that not each page is another text."""
    block = PEOPLE_LISTED // size * size
    first = start // block * block
    head = t.html("<b>{unit}</b>, {when}", unit=team.unit, when=stretch(t, team.view))
    large = len(lines) > PEOPLE_LISTED
    return [
        head,
        *([hint(t)] if large else []),
        *(
            t.html(
                "{number}. {name} – {state}",
                number=number,
                name=cut(line.member.name, 50),
                state=person_state(t, line, team.view),
            )
            for number, line in enumerate(lines[first : first + block], first + 1)
        ),
    ]


def hint(t: Translator) -> Markup:
    """Tell how somebody without a button is opened."""
    return t.html("Or write whom you mean, for example <i>capaian sari minggu ini</i>.")


def may_be_asked(line: Line, view: View) -> bool:
    """Tell whether a person lacks the entry of a day and can be asked for it."""
    silent = view.scale is Scale.DAY and line.presence is Presence.MISSING
    return silent and line.member.in_bot and line.member.reachable


def nudged(t: Translator, done: Nudged, view: View) -> Screen:
    """Say how many are asked; who they are stays in the list."""
    lines = []
    if done.now:
        lines.append(
            t.nhtml(
                "{count} person is asked kindly for today's entry.",
                "{count} people are asked kindly for today's entry.",
                done.now,
                count=done.now,
            )
        )
    if done.before:
        lines.append(
            t.nhtml(
                "{count} person has been asked today already and is not asked twice.",
                "{count} people have been asked today already and are not asked twice.",
                done.before,
                count=done.before,
            )
        )
    if not lines:
        lines.append(t.html("There is nobody to be asked."))
    back = Button(t.gettext("Back"), key("team-people", *grip(view), 0))
    return Markup(" ").join(lines), inline(back)


def who_is_missing(t: Translator, team: Team) -> Screen:
    """Answer who has not logged and who is away: how many first, then the people."""
    text, keyboard = people(t, team, 0)
    count = sum(line.presence is Presence.MISSING for line in team.lines)
    answer = t.html("Nobody lacks an entry.")
    if count:
        answer = t.nhtml(
            "{count} person lacks an entry.", "{count} people lack an entry.", count, count=count
        )
    away = sum(line.presence is Presence.EXCUSED for line in team.lines)
    if away:
        told = t.nhtml("{count} person is away.", "{count} people are away.", away, count=away)
        answer = Markup(" ").join([answer, told])
    return Markup("\n").join([answer, text]), keyboard


def who_is_away(t: Translator, team: Team, found: Sequence[Excused]) -> Screen:
    """Answer who is excused: how many first, then each with the kind and the days."""
    count = len({one.name for one in found})
    answer = t.html("Nobody is excused.")
    if count:
        answer = t.nhtml(
            "{count} person is excused.", "{count} people are excused.", count, count=count
        )
    head = t.html("<b>{unit}</b>, {when}", unit=team.unit, when=stretch(t, team.view))
    lines = [
        t.html(
            "• {name} – {kind}, {days}",
            name=cut(one.name, 50),
            kind=kind_name(t, one.kind),
            days=days_text(t, one.first, one.last),
        )
        for one in found
    ]
    people = Button(t.gettext("People in detail"), key("team-people", *grip(team.view), 0))
    return within([answer, head, *lines], CAPTION_LIMIT), rows([people])


def which_person(t: Translator, team: Team, found: Sequence[tuple[int, str]]) -> Screen:
    """Ask which of several people of the same name is meant; one more button has room."""
    at = grip(team.view)
    openings = [
        [Button(label(number, name), key("team-one", *at, person_id, 0))]
        for number, (person_id, name) in enumerate(found[: MOST_BUTTONS - 1], start=1)
    ]
    lines = [t.html("Which of them do you mean?")]
    if len(found) > len(openings):
        lines.append(hint(t))
    return Markup("\n").join(lines), rows(*openings)


def label(number: int, name: str) -> str:
    """Name a person on a button; the number tells those apart whose names are cut alike."""
    return name if len(name) <= LABEL else cut(f"{number} {name}", LABEL)


def person(t: Translator, shown: Person, page: int, part: int = 0) -> Screen:
    """Show one person: the entries of the stretch and where the RHK stand.

    What is to be opened is turned part by part; the way back leads to the list's page.
    """
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
    at = (*grip(shown.view), line.member.id)
    entries = [
        Button(
            t.gettext("Entry {place}", place=place), key("team-entry", *at, entry.id or 0, 0, page)
        )
        for place, (entry, _) in enumerate(shown.entries, start=1)
    ]
    results = [
        Button(f"RHK {one.view.number}", key("team-result", *at, one.view.id, page))
        for one in line.results
    ]

    def more(other: int) -> Button:
        return Button(t.gettext("Others"), key("team-more", *at, page, other))

    ways = [Button(t.gettext("Back"), key("team-people", *grip(shown.view), page))]
    if may_be_asked(line, shown.view):
        ways.insert(0, Button(t.gettext("Ask kindly"), key("team-ask", *at)))
    opening = paged([*entries, *results], part, more, room=MOST_BUTTONS - len(ways))
    return within(lines, CAPTION_LIMIT), inline(*opening, *ways)


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
