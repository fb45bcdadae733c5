"""The way on from a refusal."""

from bot.i18n import Translator
from bot.refusal import Way
from bot.ui.keyboards import Button
from bot.ui.keys import key


def way_on(t: Translator, way: Way | None) -> Button | None:
    """Give the button that leads on from a refusal, if one does."""
    ways = {
        "menu": (t.gettext("Menu"), key("menu")),
        "help": (t.gettext("Help"), key("help")),
        "history": (t.gettext("History"), key("history", 0)),
        "skp": (t.gettext("My SKP"), key("skp", 0)),
    }
    return Button(*ways[way]) if way else None
