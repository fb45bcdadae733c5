"""The question for a sentence, with what can be logged again by a tap."""

from typing import Any

from markupsafe import Markup

from bot.actions.repeats import Offer
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipts import LABEL, cut


def ask_sentence(t: Translator, offer: Offer) -> tuple[Markup, dict[str, Any] | None]:
    """Ask for one sentence; what the person often writes takes a tap."""
    lines = [
        t.html(
            "What did you work on? One sentence is enough, for example"
            " <i>tadi pagi menimbang 6 balita di posyandu</i>."
        )
    ]
    buttons = [
        Button(cut(text, LABEL), key("repeat", entry_id)) for entry_id, text in offer.favourites
    ]
    if offer.favourites:
        lines.append(t.html("What you often write is logged for today by a tap:"))
    if offer.earlier:
        same = Button(t.gettext("Same as yesterday"), key("repeat-day"), style="success")
        buttons.insert(0, same)
    return Markup("\n").join(lines), inline(*buttons) if buttons else None
