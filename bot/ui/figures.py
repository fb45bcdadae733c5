"""Figures of goals against their targets, with how many people they come from."""

from decimal import Decimal

from bot.i18n import Translator
from bot.skp.cascade import Gauge
from bot.skp.plans import Direction
from bot.ui.bars import at_most

MANY = 2


def amount(t: Translator, gauge: Gauge, value: Decimal) -> str:
    """Write a figure in the indicator's own kind."""
    return t.percent(value / 100) if gauge.in_percent else t.number(rounded(value))


def rounded(value: Decimal) -> Decimal:
    """Round an average to what a reader needs."""
    return round(value, 2)


def against(t: Translator, gauge: Gauge, done: Decimal | None, target: Decimal) -> str:
    """Write what is done of a target: 24 of 40 balita; without a figure, that there is none."""
    if done is None:
        if gauge.in_percent:
            return t.gettext("no figure yet of {target}", target=amount(t, gauge, target))
        return t.gettext(
            "no figure yet of {target} {unit}", target=amount(t, gauge, target), unit=gauge.unit
        )
    values = {"done": amount(t, gauge, done), "target": amount(t, gauge, target)}
    if gauge.direction is Direction.DOWN:
        unit = "" if gauge.in_percent else f" {gauge.unit}"
        return at_most(t, values["done"], values["target"] + unit)
    if gauge.in_percent:
        return t.gettext("{done} of {target}", **values)
    return t.gettext("{done} of {target} {unit}", unit=gauge.unit, **values)


def shares(t: Translator, share: Decimal | None, before: Decimal | None, when: str) -> str:
    """Write a share of the target with the one before it; nothing where nothing is known."""
    if share is None:
        return ""
    if before is None:
        return t.whole_percent(share)
    return t.gettext(
        "{share}; {when} {before}",
        share=t.whole_percent(share),
        when=when,
        before=t.whole_percent(before),
    )


def coverage(t: Translator, known: int, people: int) -> str:
    """Say from how many of its people a figure comes; of one alone there is nothing to say."""
    if people < MANY:
        return ""
    return t.ngettext(
        "from {known} of {people} person",
        "from {known} of {people} people",
        people,
        known=known,
        people=people,
    )
