"""The screen of one RHK: every IKI, the rencana aksi, the newest entries, and what may change."""

from typing import Any

from markupsafe import Markup, escape

from bot.actions.plan_status import Status
from bot.actions.plan_views import Line, Milestone, ResultDetails, ResultView
from bot.i18n import Translator
from bot.skp.periods import named
from bot.skp.plans import Direction, PlanState
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.plans import aspect_name, marks, standings
from bot.ui.receipts import cut
from bot.understanding.plan_targets import Target

Screen = tuple[Markup, dict[str, Any]]

QUARTERS = ("I", "II", "III", "IV")


def result_screen(t: Translator, shown: ResultDetails, status: Status, page: int) -> Screen:
    """Show one RHK with every IKI, its rencana aksi and its newest entries."""
    result = shown.view
    name = t.html("<b>RHK {number}</b>", number=result.number)
    title = Markup(" ").join([name, *marks(t, result, status)])
    parts = [Markup("\n").join([title, escape(result.text)])]
    parts += wish(t, result, status)
    parts += [
        t.html(
            "<i>{aspect}</i>: {text}\n{standing}",
            aspect=aspect_name(t, one.stand.aspect),
            text=cut(one.stand.text),
            standing=Markup("\n").join(
                standings(t, one, result.carried if one is result.leading else None)
            ),
        )
        for one in result.progress
    ]
    if shown.milestones:
        steps = [milestone_line(t, one) for one in shown.milestones]
        parts.append(Markup("\n").join([t.html("<b>Rencana aksi</b>"), *steps]))
    if shown.lines:
        newest = [t.html("<b>Latest entries</b>"), *(entry_line(t, one) for one in shown.lines)]
        parts.append(Markup("\n").join(newest))
    else:
        parts.append(t.html("No entries under this RHK yet."))
    return Markup("\n\n").join(parts), inline(*changes(t, result, status, page))


def wish(t: Translator, result: ResultView, status: Status) -> list[Markup]:
    """Say what the RHK is to become once that is approved."""
    wished = status.wishes.get(result.id)
    if wished is None:
        return []
    lines = [t.html("<b>Proposed change</b>, not approved yet:")]
    if wished.text:
        lines.append(t.html("Sentence: {text}", text=cut(wished.text)))
    if wished.target is not None:
        lines.append(t.html("Target: {target}", target=wished_words(t, result, wished.target)))
    return [Markup("\n").join(lines)]


def wished_words(t: Translator, result: ResultView, target: Target) -> str:
    """Write a wished target; one that says no direction keeps the one that is approved."""
    words = f"{t.number(target.value)} {target.unit}".strip()
    now = result.leading.stand.direction if result.leading else Direction.UP
    if target.falls or (now is Direction.DOWN and not target.rises):
        return t.gettext("at most {target}", target=words)
    return words


def changes(t: Translator, result: ResultView, status: Status, page: int) -> list[Button]:
    """Give what may be changed about an RHK as it stands."""
    state, waits = status.states.get(result.id), status.waiting is not None
    buttons = []
    if state is PlanState.DRAFT or not waits:
        buttons.append(Button(t.gettext("Change"), key("plan-change", result.id, page)))
    if state is PlanState.DRAFT:
        remove = Button(t.gettext("Delete"), key("plan-remove", result.id, page), "danger")
        buttons.append(remove)
    if result.id in status.wishes and not waits:
        drop = key("plan-wish-drop", result.id, page)
        buttons.append(Button(t.gettext("Drop the change"), drop))
    return [*buttons, Button(t.gettext("Back"), key("skp", page))]


def milestone_line(t: Translator, one: Milestone) -> Markup:
    """Write one rencana aksi: its month or quarter, what it is, and how far it is."""
    values = {"period": period_words(t, one.name), "text": cut(one.text, 60)}
    if one.target is None:
        return t.nhtml(
            "• {period}: {text} – {n} entry",
            "• {period}: {text} – {n} entries",
            one.entries,
            n=t.number(one.entries),
            **values,
        )
    return t.html(
        "• {period}: {text} – <b>{done} of {target} {unit}</b>",
        done=t.number(one.done),
        target=t.number(one.target),
        unit=one.unit or "",
        **values,
    )


def period_words(t: Translator, name: str) -> str:
    """Name a month, a quarter or a year."""
    start = named(name).start
    if name.isdecimal():
        return t.gettext("The year {year}", year=name)
    if "TW" not in name:
        return t.month(start)
    quarter = QUARTERS[(start.month - 1) // 3]
    return t.gettext("Quarter {quarter} {year}", quarter=quarter, year=str(start.year))


def entry_line(t: Translator, one: Line) -> Markup:
    """Write an entry in one line."""
    day = t.day_short(one.day)
    if one.quantity is None:
        return t.html("• {day}: {text}", day=day, text=cut(one.text, 70))
    amount = f"{t.number(one.quantity)} {one.unit or ''}".strip()
    return t.html(
        "• {day}: <b>{amount}</b>, {text}", day=day, amount=amount, text=cut(one.text, 70)
    )
