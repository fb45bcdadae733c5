"""The screens of a person's SKP: how far it is, bars, paces and details."""

from decimal import Decimal
from typing import Any

from markupsafe import Markup

from bot.actions.plan_status import Status
from bot.actions.plan_views import Carried, Progress, ResultView
from bot.actions.standings import Stand
from bot.i18n import Translator
from bot.skp.plans import Aggregation, Aspect, Direction, PlanState, ResultKind
from bot.ui.bars import bar, done_of_target, pace_words, shown
from bot.ui.figures import coverage
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, rows
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

# With two buttons for turning pages a screen holds three RHK.
PART = 3
SHORT_LINES = 4


def page_ranges(count: int, actions: int) -> list[range]:
    """Tell which RHK stand on which page, so that no screen has more than five buttons."""
    whole = MOST_BUTTONS - actions
    if count <= whole:
        return [range(count)]
    first = whole - 1
    later = range(first, count, PART)
    return [range(first), *(range(start, min(start + PART, count)) for start in later)]


def plan_screen(t: Translator, results: list[ResultView], status: Status, page: int) -> Screen:
    """Show one page of RHK with their bars, and on the first what can be done about the plan."""
    doing = actions(t, status)
    ranges = page_ranges(len(results), len(doing))
    page = min(max(page, 0), len(ranges) - 1)
    part = [results[place] for place in ranges[page]]
    details = [
        Button(t.gettext("Details {number}", number=one.number), key("skp-result", one.id, page))
        for one in part
    ]
    turning = []
    if page > 0:
        turning.append(Button(t.gettext("Previous"), key("skp", page - 1)))
    if page + 1 < len(ranges):
        turning.append(Button(t.gettext("Next"), key("skp", page + 1)))
    pairs = [details[i : i + 2] for i in range(0, len(details), 2)]
    below = [turning, doing if page == 0 else []]
    lines = [head(t, status, len(results)), *(summary(t, one, status) for one in part)]
    if page == 0 and status.additional:
        lines.append(additional(t, status.additional))
    return Markup("\n\n").join(lines), rows(*pairs, *(line for line in below if line))


def actions(t: Translator, status: Status) -> list[Button]:
    """Give what can be done about the plan as it stands."""
    found = [Button(t.gettext("Add RHK"), key("plan-add"))]
    if status.open:
        found.insert(0, Button(t.gettext("Submit to superior"), key("plan-submit"), "success"))
    elif status.waiting is not None:
        found.insert(0, Button(t.gettext("Take back"), key("plan-withdraw", status.waiting)))
    return found


def head(t: Translator, status: Status, count: int) -> Markup:
    """Write which plan it is, and how far it has come."""
    first = t.html("<b>SKP {year}</b> – {count} RHK", year=str(status.year), count=count)
    return Markup("\n").join([first, *standing_of_plan(t, status)])


def standing_of_plan(t: Translator, status: Status) -> list[Markup]:
    """Say what is to be done about the plan; an approved one needs no word."""
    if status.waiting is not None and status.since is not None:
        day = t.day_short(status.since.date())
        return [t.html("Submitted to {name}, {day}.", name=status.rater or "–", day=day)]
    lines = []
    if status.answer:
        lines.append(t.html("Returned: “{answer}”", answer=status.answer))
    if status.open and status.revises:
        lines.append(t.html("Some changes have not been submitted yet."))
    elif status.open:
        lines.append(t.html("Draft; your logs are already linked to it."))
    return lines


def additional(t: Translator, count: int) -> Markup:
    """Count the additional tasks of the year, which belong to no RHK."""
    return t.nhtml(
        "Additional tasks this year: <b>{n}</b> entry",
        "Additional tasks this year: <b>{n}</b> entries",
        count,
        n=t.number(count),
    )


def empty_screen(t: Translator, status: Status) -> Screen:
    """Say that there is no SKP yet, and what is possible all the same."""
    text = t.html(
        "I do not have your SKP for {year} yet. Type your RHK here, or ask your unit's admin to"
        " import them. You can log already: what you write now is saved and can be linked later.",
        year=str(status.year),
    )
    lines = [text] + ([additional(t, status.additional)] if status.additional else [])
    buttons = (
        Button(t.gettext("Add RHK"), key("plan-add"), "success"),
        Button(t.gettext("History"), key("history", 0)),
        Button(t.gettext("Menu"), key("menu")),
    )
    return Markup("\n\n").join(lines), inline(*buttons)


def summary(t: Translator, result: ResultView, status: Status) -> Markup:
    """Write an RHK in two lines: what it is, and where it stands."""
    name = t.html("<b>{number}.</b> {text}", number=result.number, text=cut(result.text))
    first = Markup(" ").join([name, *marks(t, result, status)])
    if result.leading is None:
        return Markup("\n").join([first, t.html("No indicator yet.")])
    return Markup("\n").join([first, *standings(t, result.leading, result.carried)])


def standings(t: Translator, own: Progress, below: Carried | None) -> list[Markup]:
    """Write where an RHK stands; one that others carry stands where all of them have come to."""
    if below is None:
        return [standing(t, own)]
    covered = coverage(t, below.known, below.people)
    together = Markup(" · ").join(filter(None, (standing(t, below.progress), covered)))
    # Without a word of its own the whole team's figure would pass for the reader's own entries.
    return [together, *shared(t, own)]


def marks(t: Translator, result: ResultView, status: Status) -> list[Markup]:
    """Tell what is special about an RHK."""
    found = []
    if result.kind is ResultKind.ADDITIONAL:
        found.append(t.html("<i>(additional)</i>"))
    state = status.states.get(result.id)
    if state is PlanState.DRAFT:
        found.append(t.html("<i>(draft)</i>"))
    elif state is PlanState.SUBMITTED:
        found.append(t.html("<i>(submitted)</i>"))
    elif result.id in status.wishes:
        found.append(t.html("<i>(change proposed)</i>"))
    return found


def standing(t: Translator, progress: Progress) -> Markup:
    """Write an IKI's bar with percent, done of target, unit and pace."""
    now = progress.stand
    if now.share is None:
        return t.html(
            "{bar} no figure yet · target {target}", bar=bar(None), target=target_words(t, now)
        )
    if now.aggregation is Aggregation.RELEASE:
        # Others publish it, and it may well be meant to fall: a share of it would say nothing.
        done = shown(t, now, now.done)
        return t.html(
            "Latest figure {done} · target {target}", done=done, target=target_words(t, now)
        )
    values = {
        "bar": bar(now.share),
        "percent": t.whole_percent(now.share),
        "standing": done_of_target(t, now, named=True),
    }
    if progress.pace is None:
        return t.html("{bar} {percent} · {standing}", **values)
    return t.html(
        "{bar} {percent} · {standing} · {pace}", pace=pace_words(t, progress.pace), **values
    )


def in_words(t: Translator, now: Stand, value: Decimal) -> str:
    """Write a figure of an IKI with its unit."""
    return shown(t, now, value) + ("" if now.in_percent else f" {now.unit}")


def target_words(t: Translator, now: Stand) -> str:
    """Write an IKI's target with its unit."""
    if now.target is None:
        return "–"
    target = in_words(t, now, now.target)
    if now.direction is Direction.DOWN:
        return t.gettext("at most {target}", target=target)
    return target


def aspect_name(t: Translator, aspect: Aspect) -> str:
    """Name the side of a work result that an IKI measures."""
    names = {
        Aspect.QUANTITY: t.gettext("Quantity"),
        Aspect.QUALITY: t.gettext("Quality"),
        Aspect.TIME: t.gettext("Time"),
        Aspect.COST: t.gettext("Cost"),
    }
    return names[aspect]


def short_lines(t: Translator, results: list[ResultView]) -> Markup:
    """Write where the first RHK stand, a line each."""
    head = t.html("<b>Where your SKP stands</b>")
    lines = [line for one in results[:SHORT_LINES] for line in short_line(t, one)]
    return Markup("\n").join([head, *(lines or [t.html("No figures yet this year.")])])


def short_line(t: Translator, one: ResultView) -> list[Markup]:
    """Write where one RHK stands, if that is known; of a figure that others carry say so."""
    own = one.leading
    leads = one.carried.progress if one.carried else own
    if own is None or leads is None or not leads.stand.known:
        return []
    line = t.html(
        "{number}. {text}: <b>{standing}</b>",
        number=one.number,
        text=cut(one.text, 60),
        standing=done_of_target(t, leads.stand, named=True),
    )
    return [line, *(shared(t, own) if one.carried else [])]


def shared(t: Translator, own: Progress) -> list[Markup]:
    """Say that a figure is not the reader's alone, and what is."""
    if not own.stand.done:
        return [t.html("Includes what others contribute; no figure of your own yet.")]
    amount = in_words(t, own.stand, own.stand.done)
    return [t.html("Includes what others contribute; your own: {amount}.", amount=amount)]
