"""The words of what is said unasked."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from db.models.messages import Letter
from db.models.people import Employee


@dataclass(frozen=True)
class Speech:
    """A text and its buttons."""

    text: Markup
    keyboard: dict[str, Any] | None = None
    silent: bool = False


def prompt(t: Translator, employee: Employee, letter: Letter, *, repeats: bool) -> Speech:
    """Ask for the day's entry, with the answers beside it; only what exists can be repeated."""
    day = dt.date.fromisoformat(letter.period[:10])
    text = t.html(
        "{name}, there is no entry for today yet. Write one sentence, or choose:",
        name=employee.address or employee.name,
    )
    stamp = int(day.strftime("%Y%m%d"))
    buttons = [
        Button(t.gettext("In 1 hour"), key("snooze", stamp)),
        Button(t.gettext("Leave/Trip"), key("away", stamp)),
        Button(t.gettext("An obstacle"), key("obstacle")),
    ]
    if repeats:
        same = Button(t.gettext("Same as yesterday"), key("same", stamp), style="success")
        buttons.insert(0, same)
    return Speech(text, inline(*buttons))
