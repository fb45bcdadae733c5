"""The rater's screens: what waits, one thing with all that is asked, and what was decided."""

import datetime as dt
from typing import Any

from markupsafe import Markup

from bot.actions.plan_approvals import Asked, Case, Goal, Waiting
from bot.i18n import Translator
from bot.skp.pace import same_unit
from bot.skp.plans import ResultKind, SubmissionState
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipts import LABEL, cut

Screen = tuple[Markup, dict[str, Any]]

# Four things to open, and one button for the others; of one thing so many RHK at a time.
PAGE, SHOWN = 4, 5
AMOUNTS = 120


def queue_screen(t: Translator, found: list[Waiting], zone: dt.tzinfo, page: int) -> Screen:
    """List what waits, the oldest first."""
    if not found:
        return nothing(t)
    pages = -(-len(found) // PAGE)
    page = min(max(page, 0), pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    head = t.nhtml(
        "<b>{n} SKP</b> waits for you.",
        "<b>{n} SKP</b> wait for you.",
        len(found),
        n=t.number(len(found)),
    )
    lines = [line(t, one, zone) for one in shown]
    buttons = [Button(cut(one.name, LABEL), key("approval", one.id, 0)) for one in shown]
    if pages > 1:
        buttons.append(Button(t.gettext("Next"), key("approvals", (page + 1) % pages)))
    return Markup("\n").join([head, *lines]), inline(*buttons)


def nothing(t: Translator) -> Screen:
    """Say that nothing waits."""
    return t.html("Nothing waits for your approval."), inline(
        Button(t.gettext("Menu"), key("menu"))
    )


def line(t: Translator, one: Waiting, zone: dt.tzinfo) -> Markup:
    """Write one thing that waits."""
    values = {"name": one.name, "day": t.day_short(one.since.astimezone(zone).date())}
    if one.revises:
        return t.html("• {name}: a revision, since {day}", **values)
    return t.html("• {name}: SKP {year}, since {day}", year=str(one.year), **values)


def case_screen(t: Translator, case: Case, zone: dt.tzinfo, page: int) -> Screen:
    """Show all that is asked, with the two decisions."""
    if not case.waits:
        return decided(t, case)
    day = t.day_short(case.since.astimezone(zone).date())
    head = t.html("<b>{name}</b>, SKP {year}, {day}", name=case.name, year=str(case.year), day=day)
    parts = [head]
    if case.reason:
        parts.append(t.html("Reason for the revision: “{reason}”", reason=case.reason))
    pages = max(1, -(-len(case.results) // SHOWN))
    page = min(max(page, 0), pages - 1)
    parts += [asked(t, one) for one in case.results[page * SHOWN : (page + 1) * SHOWN]]
    buttons = [
        Button(t.gettext("Approve"), key("approval-yes", case.id), "success"),
        Button(t.gettext("Return"), key("approval-no", case.id)),
        Button(t.gettext("Back"), key("approvals", 0)),
    ]
    if pages > 1:
        further = t.gettext("RHK, page {page} of {pages}", page=(page + 1) % pages + 1, pages=pages)
        buttons.append(Button(further, key("approval", case.id, (page + 1) % pages)))
    return Markup("\n\n").join(parts), inline(*buttons)


def asked(t: Translator, one: Asked) -> Markup:
    """Write one RHK that is to be approved."""
    name = t.html("<b>{number}.</b> {text}", number=one.number, text=cut(one.text, 160))
    first = [name]
    if one.kind is ResultKind.ADDITIONAL:
        first.append(t.html("<i>(additional)</i>"))
    lines = [Markup(" ").join(first)]
    if one.targets:
        amounts = "; ".join(amount(t, target) for target in one.targets)
        lines.append(t.html("Target: <b>{amounts}</b>", amounts=cut(amounts, AMOUNTS)))
    elif not one.changes:
        lines.append(t.html("No target yet."))
    if one.steps and not one.changes:
        lines.append(t.html("Rencana aksi: {n}", n=t.number(one.steps)))
    if one.new_text:
        lines.append(t.html("→ new sentence: {text}", text=cut(one.new_text, 160)))
    if one.new_target:
        lines.append(t.html("→ new target: <b>{amount}</b>", amount=amount(t, one.new_target)))
    return Markup("\n").join(lines)


def amount(t: Translator, goal: Goal) -> str:
    """Write a target; one that is to fall says so."""
    if same_unit(goal.unit, "persen"):
        target = t.percent(goal.value / 100)
    else:
        target = f"{t.number(goal.value)} {goal.unit}".strip()
    return t.gettext("at most {target}", target=target) if goal.falls else target


def decided(t: Translator, case: Case) -> Screen:
    """Say what was decided; the person is told at once."""
    if case.state is SubmissionState.APPROVED:
        text = t.html(
            "Approved. {name} is told. SKP {year} holds from now on.",
            name=case.name,
            year=str(case.year),
        )
    elif case.state is SubmissionState.RETURNED:
        text = t.html(
            "Returned to {name} with your reason: “{answer}”",
            name=case.name,
            answer=case.answer or "",
        )
    else:
        text = t.html("{name} has taken it back.", name=case.name)
    return text, inline(Button(t.gettext("Next one"), key("approvals", 0)))


def ask_reason(t: Translator, case: Case) -> Screen:
    """Ask for the reason of a return."""
    text = t.html(
        "What is to be mended? One sentence; {name} reads it as you write it.", name=case.name
    )
    return text, inline(Button(t.gettext("Back"), key("approval", case.id, 0)))


def ask_revision_reason(t: Translator) -> Screen:
    """Ask why an approved plan is revised."""
    text = t.html(
        "Your SKP is approved already, so this is a revision. Why? One sentence, which your"
        " superior reads."
    )
    return text, inline(Button(t.gettext("Back"), key("skp", 0)))


def submitted_letter(t: Translator, name: str, submission_id: int, *, revises: bool) -> Screen:
    """Tell a rater that something was handed in."""
    text = (
        t.html("<b>{name}</b> asks you to approve a revision of the SKP.", name=name)
        if revises
        else t.html("<b>{name}</b> asks you to approve the SKP.", name=name)
    )
    return text, inline(Button(t.gettext("Open"), key("approval", submission_id, 0), "success"))


def decided_letter(t: Translator, name: str, answer: str | None) -> Screen:
    """Tell a person what the rater decided."""
    text = (
        t.html("{name} has approved your SKP.", name=name)
        if answer is None
        else t.html(
            "{name} has returned your SKP: “{answer}” Your drafts are still there; change them and"
            " submit again.",
            name=name,
            answer=answer,
        )
    )
    return text, inline(Button(t.gettext("My SKP"), key("skp", 0), "success"))
