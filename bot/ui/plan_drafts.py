"""Add RHK and change them: the questions, the preview, and what becomes of it."""

from typing import Any

from markupsafe import Markup

from bot.actions.plan_drafts import Foreseen, Foresight
from bot.actions.receipts import ResultLine
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.plan_results import period_words
from bot.ui.receipts import cut, label
from bot.understanding.plan_lines import PlanLine, Step
from bot.understanding.plan_targets import Target, Unread

Screen = tuple[Markup, dict[str, Any]]

# Of a long list the rencana aksi are only counted, so that every RHK can be seen.
SHOWN, WHOLE, STEPS_SHOWN, LEFT_SHOWN = 12, 6, 3, 3
AMOUNTS = 120
# So much text is worth sending back for mending; more would not fit beside the question.
LONGEST_SHOWN = 3000


def ask_lines(t: Translator, earlier: str = "") -> Screen:
    """Ask for RHK; what was sent before stands there to be copied and mended."""
    text = t.html(
        "Write or paste your RHK, one a line, with the target for the year. For example:\n"
        "<i>1. Mendampingi balita berisiko stunting; 40 balita\n"
        "   - Nov: kunjungan 6 balita\n"
        "2. Pelatihan kader; 2 kegiatan</i>"
    )
    back = inline(Button(t.gettext("Back"), key("skp", 0)))
    if not earlier:
        return text, back
    copy = Markup("<pre>{}</pre>").format(earlier[:LONGEST_SHOWN])
    return Markup("\n\n").join([text, copy]), back


def nothing_read(t: Translator) -> Markup:
    """Say that no RHK was found in what was sent."""
    return t.html(
        "I found no RHK in this. Write one per line, for example: <i>Pelatihan kader; 2"
        " kegiatan</i>"
    )


def preview(t: Translator, found: Foresight, token: int) -> Screen:
    """Show what was understood before anything is saved."""
    new = found.new
    head = t.html(
        "<b>{n} RHK</b> for the SKP of {year}. Is it right?", n=len(new), year=str(found.year)
    )
    parts = [head, *(foreseen(t, one, whole=len(new) <= WHOLE) for one in new[:SHOWN])]
    if len(new) > SHOWN:
        parts.append(t.html("… and {n} more.", n=len(new) - SHOWN))
    known = len(found.results) - len(new)
    if known:
        parts.append(t.html("Already in your SKP and left out: {n}.", n=known))
    if found.left:
        left = ", ".join(cut(one, 40) for one in found.left[:LEFT_SHOWN])
        parts.append(t.html("Not understood: {left}", left=left))
    return Markup("\n\n").join(parts), inline(
        Button(t.gettext("Save"), key("plan-save", token), "success"),
        Button(t.gettext("Change"), key("plan-edit", token)),
        Button(t.gettext("Cancel"), key("plan-drop", token)),
    )


def foreseen(t: Translator, one: Foreseen, *, whole: bool) -> Markup:
    """Write one RHK as it was understood."""
    line = one.line
    name = t.html("<b>{number}.</b> {text}", number=one.number, text=cut(line.text))
    first = [name, t.html("<i>(additional)</i>")] if line.additional else [name]
    lines = [Markup(" ").join(first), targets(t, line)]
    if not whole and line.steps:
        lines.append(t.html("Rencana aksi: {n}", n=t.number(len(line.steps))))
        return Markup("\n").join(lines)
    lines += [step_line(t, step) for step in line.steps[:STEPS_SHOWN]]
    if len(line.steps) > STEPS_SHOWN:
        lines.append(t.html("… and {n} more.", n=len(line.steps) - STEPS_SHOWN))
    return Markup("\n").join(lines)


def targets(t: Translator, line: PlanLine) -> Markup:
    """Write the targets that were understood, or how to write one."""
    if line.measures:
        amounts = "; ".join(amount(t, one.target) for one in line.measures)
        return t.html("Target: <b>{amounts}</b>", amounts=cut(amounts, AMOUNTS))
    if line.unread is Unread.OFTEN:
        return t.html(
            "Target not understood: write it for the whole year, like <i>; 12 laporan</i>"
        )
    if line.unread is Unread.UNIT:
        return t.html("Target not understood: what is counted? Write it like <i>; 40 balita</i>")
    if line.unread is Unread.NUMBER:
        return t.html("Target not understood: write one number, like <i>; 40 balita</i>")
    return t.html("No target yet; add one like <i>; 40 balita</i>")


def amount(t: Translator, target: Target) -> str:
    """Write a target."""
    if target.unit == "persen":
        return t.percent(target.value / 100)
    return f"{t.number(target.value)} {target.unit}"


def step_line(t: Translator, step: Step) -> Markup:
    """Write one rencana aksi as it was understood."""
    text = cut(step.text, 60)
    if step.period is None:
        return t.html("• this month: {text}", text=text)
    return t.html("• {period}: {text}", period=period_words(t, step.period), text=text)


def saved(t: Translator, count: int) -> Markup:
    """Say that RHK are saved and can be used at once."""
    return t.nhtml(
        "Saved: <b>{n} RHK</b> as a draft. Your logs will be linked to it from now on.",
        "Saved: <b>{n} RHK</b> as drafts. Your logs will be linked to them from now on.",
        count,
        n=count,
    )


def ask_change(t: Translator, number: int, result_id: int, page: int, *, draft: bool) -> Screen:
    """Ask what is to change about an RHK."""
    text = (
        t.html("What is to change about RHK {number}?", number=number)
        if draft
        else t.html(
            "What is to change about RHK {number}? It is approved, so another sentence or target"
            " holds only once your superior approves it. Keywords change at once.",
            number=number,
        )
    )
    return text, inline(
        Button(t.gettext("Sentence"), key("plan-text", result_id, page)),
        Button(t.gettext("Target"), key("plan-target", result_id, page)),
        Button(t.gettext("Keywords"), key("plan-keywords", result_id, page)),
        Button(t.gettext("Superior's RHK"), key("plan-parent", result_id, page)),
        Button(t.gettext("Back"), key("skp-result", result_id, page)),
    )


def ask_removal(t: Translator, number: int, entries: int, result_id: int, page: int) -> Screen:
    """Ask once before an RHK is removed."""
    text = t.nhtml(
        "Delete RHK {number}? {n} entry under it stays, but is no longer linked.",
        "Delete RHK {number}? {n} entries under it stay, but are no longer linked.",
        entries,
        n=t.number(entries),
        number=number,
    )
    return text, inline(
        Button(t.gettext("Delete"), key("plan-remove-now", result_id, page), "danger"),
        Button(t.gettext("Back"), key("skp-result", result_id, page)),
    )


def ask_parent(t: Translator, found: list[ResultLine], result_id: int, page: int) -> Screen:
    """Ask which RHK of the superior this one serves."""
    back = Button(t.gettext("Back"), key("skp-result", result_id, page))
    if not found:
        return t.html("Your superior has no RHK here yet; it can be linked later."), inline(back)
    lines = [t.html('{number}. "{text}"', number=one.number, text=cut(one.text)) for one in found]
    head = t.html("Which of your superior's RHK does it support?")
    buttons = [Button(label(one), key("plan-above", result_id, one.id, page)) for one in found]
    return Markup("\n").join([head, *lines]), inline(*buttons, back)
