"""The screens of a cascade: the goals, step by step further down, the health, the matrix."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape

from bot.actions.cascade_health import Health
from bot.actions.cascade_matrix import Matrix
from bot.actions.cascade_views import Cascade, Figure, Node
from bot.i18n import Translator
from bot.skp.pace import Pace
from bot.ui.bars import pace_words
from bot.ui.figures import against, coverage, shares
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, paged
from bot.ui.keys import key
from bot.ui.receipts import cut
from bot.ui.team_words import within

Screen = tuple[Markup, dict[str, Any]]

CAPTION_LIMIT = 1024
TEXT = 70
NAMES = 3


def overview(t: Translator, found: Cascade, of: int, page: int = 0) -> Screen:
    """Show a leader's goals; each number leads a step further down, a page of numbers at a time."""
    head = t.html(
        "<b>Cascade of {unit}, {year}</b>", unit=cut(found.unit, TEXT), year=found.day.year
    )
    lines = [head, *(goal_line(t, one) for one in found.nodes)]
    if not found.nodes:
        lines.append(t.html("There is no RHK of yours this year yet, so nothing can stand on it."))
    ways = papers(t, of)

    def more(other: int) -> Button:
        return Button(t.gettext("Others"), key("cascade-goals", of, other))

    goals = paged(openings(found.nodes, of), page, more, room=MOST_BUTTONS - len(ways))
    return within(lines, CAPTION_LIMIT), inline(*goals, *ways)


def papers(t: Translator, of: int) -> list[Button]:
    """Offer the health map and the matrix."""
    return [
        Button(t.gettext("Health map"), key("cascade-health", of)),
        Button(t.gettext("Role matrix"), key("cascade-matrix", of)),
    ]


def openings(nodes: Iterable[Node], of: int) -> list[Button]:
    """Give a button for each goal that can be opened."""
    return [
        Button(opening(one), key("cascade-step", of, one.id)) for one in nodes if one.id is not None
    ]


def opening(node: Node) -> str:
    """Name a goal on a button: one's own by its number, another's by the owner, too."""
    if not node.whose:
        return f"RHK {node.number}"
    return cut(f"{node.number} {node.whose}", 22)


def step(t: Translator, node: Node, above: Node | None, of: int, page: int = 0) -> Screen:
    """Show one goal with what stands on it, a page at a time."""
    lines = [title(t, node)]
    if node.figure is not None:
        lines.append(figure_line(t, node.figure))
    else:
        lines.append(t.html("No indicator yet."))
    # One button leads up, and where there are more than the others hold, one turns the page.
    size = MOST_BUTTONS - 1 if len(node.below) < MOST_BUTTONS else MOST_BUTTONS - 2
    pages = max(1, -(-len(node.below) // size))
    page = min(max(page, 0), pages - 1)
    shown = node.below[page * size : (page + 1) * size]
    if shown:
        lines.append(t.html("<b>What stands on it</b> ({count})", count=len(node.below)))
        lines += [below_line(t, one) for one in shown]
    else:
        lines.append(t.html("Nothing stands on this goal yet."))
    turning, at = [], (of, node.id or 0)
    if pages > 1:
        turning.append(Button(t.gettext("Others"), key("cascade-turn", *at, (page + 1) % pages)))
    if above is not None and above.id is not None:
        up = Button(t.gettext("One step up"), key("cascade-step", of, above.id))
    else:
        up = Button(t.gettext("Back"), key("cascade", of))
    return within(lines, CAPTION_LIMIT), inline(*openings(shown, of), *turning, up)


def title(t: Translator, node: Node) -> Markup:
    """Name a goal, and whose it is."""
    text = cut(node.text, 2 * TEXT)
    if not node.whose:
        return t.html("<b>RHK {number}</b> {text}", number=node.number, text=text)
    return t.html(
        "<b>{name}, RHK {number}</b> {text}", name=node.whose, number=node.number, text=text
    )


def goal_line(t: Translator, node: Node) -> Markup:
    """Write one of the leader's goals in two lines."""
    head = t.html("<b>{number}.</b> {text}", number=node.number, text=cut(node.text, TEXT))
    told = figure_line(t, node.figure) if node.figure else t.html("No indicator yet.")
    return head + Markup("\n") + told


def figure_line(t: Translator, figure: Figure) -> Markup:
    """Write what a goal comes to, beside last week's share and what could be expected."""
    parts = [against(t, figure.gauge, figure.done, figure.target)]
    share = shares(t, figure.share, figure.last_week, t.gettext("last week"))
    if share:
        parts.append(share)
    if figure.expected is not None:
        parts.append(t.gettext("expected by now {share}", share=t.whole_percent(figure.expected)))
    parts.append(coverage(t, figure.known, figure.people))
    said = escape(" · ".join(filter(None, parts)))
    if figure.pace is Pace.BEHIND:
        return t.html("{line} – <b>{pace}</b>", line=said, pace=pace_words(t, figure.pace))
    return said


def below_line(t: Translator, node: Node) -> Markup:
    """Write what stands on a goal: a person's RHK, or those of a unit together."""
    if node.id is None:
        words = {"unit": cut(node.whose, TEXT), "count": node.goals}
        if node.figure is None:
            return t.nhtml(
                "• {unit}: {count} RHK, no numbers (small groups are protected)",
                "• {unit}: {count} RHK, no numbers (small groups are protected)",
                node.goals,
                **words,
            )
        figure = node.figure
        done = against(t, figure.gauge, figure.done, figure.target)
        covered = coverage(t, figure.known, figure.people)
        return t.nhtml(
            "• {unit}: {count} RHK, {figures}",
            "• {unit}: {count} RHK, {figures}",
            node.goals,
            figures=" · ".join(filter(None, (done, covered))),
            **words,
        )
    told = t.gettext("no indicator")
    if node.figure is not None:
        told = against(t, node.figure.gauge, node.figure.done, node.figure.target)
    return t.html(
        "• {name}, RHK {number} “{text}”: {figures}",
        name=cut(node.whose, 40),
        number=node.number,
        text=cut(node.text, 45),
        figures=told,
    )


def health(t: Translator, found: Health, of: int) -> Screen:
    """Say where the cascade does not hold, the widest gap first."""
    lines = [t.html("<b>Health of the cascade</b>, {month}", month=t.month(found.day))]
    problems = [*work_lines(t, found), *link_lines(t, found), *load_lines(t, found)]
    lines += problems or [t.html("Everything serves a goal, and every goal has work.")]
    buttons = [
        Button(t.gettext("Download Excel"), key("cascade-file", of)),
        Button(t.gettext("Back"), key("cascade", of)),
    ]
    return within(lines, CAPTION_LIMIT), inline(*buttons)


def work_lines(t: Translator, found: Health) -> list[Markup]:
    """Count work without a goal and goals without work, in the units that are told."""
    told = [one for one in found.units if one.told]
    total = sum(one.aligned + one.loose + one.additional + one.unlinked for one in told)
    loose = total - sum(one.aligned for one in told)
    goals, idle = sum(one.goals for one in told), sum(one.idle for one in told)
    lines = []
    if loose:
        lines.append(
            t.html(
                "• Work without a goal: {count} of {total} entries this month"
                " ({additional} additional tasks, {unlinked} not linked)",
                count=loose,
                total=total,
                additional=sum(one.additional for one in told),
                unlinked=sum(one.unlinked for one in told),
            )
        )
    if idle:
        lines.append(
            t.html(
                "• Goals without work: {count} of {total} RHK this month", count=idle, total=goals
            )
        )
    return lines


def link_lines(t: Translator, found: Health) -> list[Markup]:
    """Name links that are missing, and targets that do not add up."""
    lines = []
    orphans = sum(one.count for one in found.orphans)
    if orphans:
        where = ", ".join(f"{cut(one.unit, 30)} {one.count}" for one in found.orphans[:NAMES])
        lines.append(
            t.html("• RHK that serve no goal above: {count} ({units})", count=orphans, units=where)
        )
    if found.uncarried:
        named = listed(t, [goal_name(one.whose, one.number) for one in found.uncarried])
        lines.append(t.html("• RHK that nobody carries: {goals}", goals=named))
    lines += [
        t.html(
            "• {goal}: target {target} {unit}, planned below {planned}",
            goal=goal_name(gap.whose, gap.number),
            target=t.number(gap.target),
            unit=gap.unit,
            planned=t.number(gap.planned),
        )
        for gap in found.gaps[:NAMES]
    ]
    more = len(found.gaps) - NAMES
    if more > 0:
        lines.append(
            t.nhtml(
                "• {count} more RHK whose targets do not add up",
                "• {count} more RHK whose targets do not add up",
                more,
                count=more,
            )
        )
    return lines


def load_lines(t: Translator, found: Health) -> list[Markup]:
    """Name who has very many RHK or none; those who may not be named are counted."""
    loads, lines = found.loads, []
    many = [f"{name} ({count})" for name, count in loads.many]
    if many or loads.many_unnamed:
        lines.append(
            t.html(
                "• Very many RHK at once: {people}",
                people=people(t, many, loads.many_unnamed),
            )
        )
    if loads.none or loads.none_unnamed:
        lines.append(
            t.html(
                "• Without any RHK: {people}",
                people=people(t, list(loads.none), loads.none_unnamed),
            )
        )
    return lines


def people(t: Translator, names: list[str], unnamed: int, width: int = 30) -> str:
    """Name some people and count the rest."""
    shown = ", ".join(cut(name, width) for name in names[:NAMES])
    more = len(names) - NAMES if len(names) > NAMES else 0
    more += unnamed
    if not shown:
        return t.ngettext("{count} person", "{count} people", more, count=more)
    if not more:
        return shown
    return t.ngettext(
        "{names} and {count} more", "{names} and {count} more", more, names=shown, count=more
    )


def listed(t: Translator, names: list[str]) -> str:
    """Name some goals and count the rest."""
    return people(t, names, 0, TEXT)


def goal_name(whose: str, number: int) -> str:
    """Name a goal by its number, and by whose it is."""
    if not whose:
        return f"RHK {number}"
    return f"{whose} RHK {number}"


def matrix(t: Translator, found: Matrix, of: int) -> Screen:
    """Say what the matrix shows."""
    empty = sum(not any(row.cells) for row in found.rows)
    lines = [
        t.html(
            "<b>Matriks Peran Hasil</b>, {unit}, {year}",
            unit=cut(found.unit, TEXT),
            year=found.year,
        ),
        t.html(
            "{people} people, {goals} RHK; {empty} without a role in any of them.",
            people=len(found.rows),
            goals=len(found.columns),
            empty=empty,
        ),
        t.html(
            "Many links at once come in with the roster workbook from an admin: sheet RHK, column"
            " “Induk (NIP/No)”. Each person sets the own ones with /skp."
        ),
    ]
    buttons = [
        Button(t.gettext("Download Excel"), key("cascade-file", of)),
        Button(t.gettext("Back"), key("cascade", of)),
    ]
    return Markup("\n").join(lines), inline(*buttons)
