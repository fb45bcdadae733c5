"""Bars made of text blocks, and figures against their targets."""

from decimal import ROUND_DOWN, Decimal

from bot.actions.standings import Stand
from bot.i18n import Translator
from bot.skp.pace import Pace
from bot.skp.plans import Direction

FULL, EMPTY = "█", "░"
WIDTH = 10


def bar(share: Decimal | None, width: int = WIDTH) -> str:
    """Draw a share as blocks; it is full only when the whole is reached, and empty only at zero."""
    if share is None or share <= 0:
        return EMPTY * width
    blocks = int((share * width).to_integral_value(ROUND_DOWN))
    filled = min(width, max(1, blocks))
    return FULL * filled + EMPTY * (width - filled)


def done_of_target(t: Translator, stand: Stand, *, named: bool = False) -> str:
    """Write what is done of a target: 24 of 40; with the unit when it is to be named."""
    done = shown(t, stand, stand.done)
    if stand.target is None:
        return done
    target = shown(t, stand, stand.target)
    named = named and not stand.in_percent
    if stand.direction is Direction.DOWN:
        return at_most(t, done, f"{target} {stand.unit}" if named else target)
    if named:
        return t.gettext("{done} of {target} {unit}", done=done, target=target, unit=stand.unit)
    return t.gettext("{done} of {target}", done=done, target=target)


def at_most(t: Translator, done: str, target: str) -> str:
    """Write a figure that is to fall beside its target, which is not to be passed."""
    return t.gettext("{done}, at most {target}", done=done, target=target)


def shown(t: Translator, stand: Stand, value: Decimal) -> str:
    """Write a figure in the IKI's own kind."""
    return t.percent(value / 100) if stand.in_percent else t.number(value)


def pace_words(t: Translator, pace: Pace) -> str:
    """Say in words how something keeps pace with the year; it rates nobody."""
    if pace is Pace.AHEAD:
        return t.gettext("ahead of schedule")
    if pace is Pace.ON:
        return t.gettext("on track")
    return t.gettext("needs attention")
