"""The words of what is said unasked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.actions.cards import Planned
from bot.i18n import Translator
from bot.ui.cards import Part, stamp, tick_label
from bot.ui.keyboards import MOST_BUTTONS, Button, inline
from bot.ui.keys import key
from db.models.people import Employee

# As many buttons as a screen has; a letter that says several things shows two of each.
OF_EACH = 2
TICKS = 3


@dataclass(frozen=True)
class Poll:
    """A question as Telegram's own, and what its answers belong to."""

    params: dict[str, Any]
    about: str


@dataclass(frozen=True)
class Speech:
    """A text and its buttons, or a question; without a chat it goes to its person's own."""

    text: Markup
    keyboard: dict[str, Any] | None = None
    silent: bool = False
    chat_id: int = 0
    poll: Poll | None = None


@dataclass(frozen=True)
class Asked:
    """What a prompt can offer: the day it asks for, its plan, and whether one can repeat."""

    day: dt.date
    today: bool
    plan: tuple[Planned, ...] = ()
    repeats: bool = False


def prompt(t: Translator, employee: Employee, asked: Asked) -> Part:
    """Ask for the day's entry, with the answers beside it; only what exists can be repeated."""
    name = employee.address or employee.name
    if not asked.today:
        # A night's work is asked for in the morning; today's answers do not fit it.
        return night(t, name, asked.day)
    text = t.html(
        "{name}, there is no entry for today yet. Write one sentence, or choose:", name=name
    )
    return with_plan(t, text, asked), answers(t, asked)


def night(t: Translator, name: str, day: dt.date) -> Part:
    """Ask in the morning for the work of the night."""
    text = t.html(
        "{name}, there is no entry yet for your shift of {day}. Write one sentence, for example"
        " <i>tadi malam jaga bangsal, 12 pasien</i>.",
        name=name,
        day=t.day(day),
    )
    return text, [away(t, day)]


def nudge(t: Translator, employee: Employee, asked: Asked) -> Part:
    """Ask for the day's entry because the leader does."""
    text = t.html(
        "{name}, your superior asks how the day goes. One sentence is enough, or choose:",
        name=employee.address or employee.name,
    )
    return with_plan(t, text, asked), answers(t, asked)


def once_more(t: Translator, employee: Employee, asked: Asked) -> Part:
    """Ask once more, and promise that it is the last time today."""
    text = t.html(
        "{name}, still no entry for today. One sentence is enough; I do not ask again today.",
        name=employee.address or employee.name,
    )
    return with_plan(t, text, asked), [*likely(t, asked), away(t, asked.day)]


def with_plan(t: Translator, text: Markup, asked: Asked) -> Markup:
    """Say that what was planned can be ticked."""
    if not any(not item.done for item in asked.plan):
        return text
    return Markup("\n").join([text, t.html("Done as planned? One tap logs it.")])


def answers(t: Translator, asked: Asked) -> list[Button]:
    """Give the answers to a prompt, the most likely first."""
    later = Button(t.gettext("In 1 hour"), key("snooze", stamp(asked.day)))
    obstacle = Button(t.gettext("An obstacle"), key("obstacle"))
    return [*likely(t, asked), later, away(t, asked.day), obstacle]


def likely(t: Translator, asked: Asked) -> list[Button]:
    """Give what logs by one tap: the things that were planned, or what was logged before."""
    ticks = [
        Button(tick_label(item.text), key("plan-tick", item.id))
        for item in [one for one in asked.plan if not one.done][:TICKS]
    ]
    if ticks or not asked.repeats:
        return ticks
    same = key("same", stamp(asked.day))
    return [Button(t.gettext("Same as yesterday"), same, style="success")]


def away(t: Translator, day: dt.date) -> Button:
    """Offer to note that the day was one away."""
    return Button(t.gettext("Leave/Trip"), key("away", stamp(day)))


def bundle(parts: Sequence[Part], *, silent: bool) -> Speech:
    """Say several things in one message; alone, a thing shows all its buttons."""
    texts = [text for text, _ in parts]
    buttons = [button for _, own in parts for button in (own if len(parts) == 1 else own[:OF_EACH])]
    unlike = {button.key: button for button in buttons}
    shown = list(unlike.values())[:MOST_BUTTONS]
    return Speech(Markup("\n\n").join(texts), inline(*shown) if shown else None, silent=silent)
