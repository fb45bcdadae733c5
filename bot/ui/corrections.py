"""The screens that put an entry right."""

from markupsafe import Markup

from bot.actions.receipts import Receipt, ResultLine
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline, rows
from bot.ui.receipts import EXCERPT, Screen, cut, day_words, grip, what


def choose_result(
    t: Translator, shown: Receipt, results: tuple[ResultLine, ...], more: tuple[int, int, int]
) -> Screen:
    """List the person's RHK to choose from; `more` is origin, page and number of pages."""
    origin, page, pages = more
    head = t.html("Which RHK does <b>{what}</b> belong to?", what=what(t, shown))
    lines = [t.html('{number}. "{text}"', number=one.number, text=cut(one.text)) for one in results]
    choices = [
        Button(f"RHK {one.number}", grip("entry-pick", shown, origin, one.id)) for one in results
    ]
    turning = []
    if page > 0:
        turning.append(Button(t.gettext("Previous"), grip("entry-link", shown, origin, page - 1)))
    if page + 1 < pages:
        turning.append(Button(t.gettext("Next"), grip("entry-link", shown, origin, page + 1)))
    last = [
        Button(t.gettext("Additional task"), grip("entry-pick", shown, origin, 0)),
        Button(t.gettext("Back"), grip("entry-show", shown, origin)),
    ]
    pairs = [choices[i : i + 2] for i in range(0, len(choices), 2)]
    return Markup("\n").join([head, *lines]), rows(*pairs, turning, last)


def choose_change(t: Translator, shown: Receipt, origin: int) -> Screen:
    """Ask what is to change."""
    head = t.html("What should change?\n<i>{text}</i>", text=cut(shown.text, EXCERPT))
    return head, inline(
        Button(t.gettext("Amount"), grip("entry-amount", shown, origin)),
        Button(t.gettext("Day"), grip("entry-day", shown, origin)),
        Button(t.gettext("Sentence"), grip("entry-text", shown, origin)),
        Button(t.gettext("Back"), grip("entry-show", shown, origin)),
    )


def confirm_delete(t: Translator, shown: Receipt, origin: int) -> Screen:
    """Ask once before what cannot be undone."""
    text = t.html(
        "Delete this entry for good?\n<i>{day}: {text}</i>",
        day=day_words(t, shown),
        text=cut(shown.text, EXCERPT),
    )
    return text, inline(
        Button(t.gettext("Delete"), grip("entry-delete-now", shown, origin), "danger"),
        Button(t.gettext("Back"), grip("entry-show", shown, origin)),
    )
