"""The line of sight: from the goal down to what was done today."""

from decimal import Decimal
from typing import Any

from markupsafe import Markup

from bot.actions.contributions import Climb, Rung
from bot.i18n import Translator
from bot.skp.plans import Direction
from bot.ui.bars import at_most
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]


def climb_screen(t: Translator, climb: Climb) -> Screen:
    """Show the goal first, then each level below it, and the entry at the foot."""
    lines = [*(rung_line(t, one) for one in climb.rungs), entry_line(t, climb)]
    parts = [t.html("<b>What your work contributes to</b>"), Markup("\n↑ ").join(lines)]
    if len(climb.rungs) == 1:
        parts.append(t.html("This RHK is not linked to one of your superior's yet."))
    parts.append(t.html("All figures come from entries kept here; nobody else is named."))
    return Markup("\n\n").join(parts), inline(
        Button(t.gettext("Details"), key("skp-result", climb.result_id, 0)),
        Button(t.gettext("My SKP"), key("skp", 0)),
    )


def rung_line(t: Translator, one: Rung) -> Markup:
    """Write one level: who, what for, and how far."""
    values = {"place": one.place, "text": cut(one.text), "standing": standing(t, one)}
    if one.own:
        return t.html("<b>Your RHK {number}</b>: {text} – {standing}", number=one.number, **values)
    return t.html("<b>{place}</b>: {text} – {standing}", **values)


def standing(t: Translator, one: Rung) -> str:
    """Say what is done of the target, as far as that may be told and is known."""
    if one.target is None:
        return t.gettext("no target yet")
    target = amount(t, one, one.target)
    if one.few:
        return t.gettext("target {target}; too few people for a sum", target=target)
    if one.done is None:
        return t.gettext("target {target}; no figure yet", target=target)
    done = t.percent(one.done / 100) if one.in_percent else t.number(one.done)
    if one.direction is Direction.DOWN:
        return at_most(t, done, target)
    share = t.whole_percent(one.share) if one.share is not None else "–"
    return t.gettext("{done} of {target} ({percent})", done=done, target=target, percent=share)


def amount(t: Translator, one: Rung, value: Decimal) -> str:
    """Write a figure with its unit."""
    return t.percent(value / 100) if one.in_percent else f"{t.number(value)} {one.unit}"


def entry_line(t: Translator, climb: Climb) -> Markup:
    """Write the entry at the foot: today's, or the newest with its day."""
    text = cut(climb.text, 70)
    if climb.quantity is not None:
        text = f"{t.number(climb.quantity)} {climb.unit or ''}".strip() + f", {text}"
    if climb.is_today:
        return t.html("<b>Today</b>: {text}", text=text)
    return t.html("<b>{day}</b>: {text}", day=t.day_short(climb.day), text=text)


def nothing(t: Translator) -> Screen:
    """Say that no entry is linked yet, and what to do."""
    text = t.html(
        "None of your entries is linked to an RHK yet. Write what you did in one sentence, and I"
        " will show what it contributes to."
    )
    return text, inline(
        Button(t.gettext("My SKP"), key("skp", 0), "success"),
        Button(t.gettext("History"), key("history", 0)),
    )
