"""The advice under a receipt."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.keyboards import Button, rows
from bot.ui.keys import key
from bot.ui.receipts import Screen, cut

TITLE = 80


def with_tip(t: Translator, screen: Screen, entry: tuple[int, int], tip: tuple[str, str]) -> Screen:
    """Put advice under a receipt: the entry's key and version, the article's key and title."""
    text, keyboard = screen
    article, title = tip
    line = t.html("Guidance on this: <b>{title}</b>", title=cut(title, TITLE))
    ways = [
        Button(t.gettext("Read"), key("tip", article)),
        Button(t.gettext("No more tips"), key("tip-off", *entry)),
    ]
    lines = [*keyboard["inline_keyboard"], *rows(ways)["inline_keyboard"]]
    return Markup("\n").join([text, line]), {"inline_keyboard": lines}


def switched(t: Translator, *, on: bool) -> str:
    """Say what was switched, and where it is switched again."""
    if on:
        return t.gettext("Fitting guidance may stand under a log again, once a day at most.")
    return t.gettext("No more tips. /pengingat brings them back.")
