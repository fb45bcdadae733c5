"""The screens that put an entry right."""

from markupsafe import Markup

from bot.actions.receipts import Receipt, ResultLine
from bot.i18n import Translator
from bot.skp.workdays import ONE_DAY
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
        way_back(t, shown, origin),
    ]
    pairs = [choices[i : i + 2] for i in range(0, len(choices), 2)]
    return Markup("\n").join([head, *lines]), rows(*pairs, turning, last)


def choose_change(t: Translator, shown: Receipt, origin: int) -> Screen:
    """Ask what is to change."""
    head = t.html("What should change?\n<i>{text}</i>", text=cut(shown.text, EXCERPT))
    return head, inline(
        Button(t.gettext("Amount"), grip("entry-amount", shown, origin)),
        Button(t.gettext("Day"), grip("entry-day", shown, origin)),
        Button(t.gettext("Hours"), grip("entry-hours", shown, origin)),
        Button(t.gettext("Sentence"), grip("entry-text", shown, origin)),
        way_back(t, shown, origin),
    )


def ask_day(t: Translator, shown: Receipt, origin: int) -> Screen:
    """Ask for another day, with the likely ones as buttons; each means its day also tomorrow."""
    likely = (
        (t.gettext("Today"), shown.today),
        (t.gettext("Yesterday"), shown.today - ONE_DAY),
    )
    buttons = [
        Button(label, grip("entry-day-to", shown, origin, day.toordinal()))
        for label, day in likely
        if (shown.day, shown.last_day) != (day, None)
    ]
    question = t.html("Which day was it? For example <i>24 Nov</i> or <i>kemarin</i>.")
    return question, inline(*buttons, way_back(t, shown, origin))


def way_back(t: Translator, shown: Receipt, origin: int) -> Button:
    """Give the button that leads back to the receipt and leaves the question."""
    return Button(t.gettext("Back"), grip("entry-show", shown, origin))


def confirm_delete(t: Translator, shown: Receipt, origin: int) -> Screen:
    """Ask once before what cannot be undone."""
    text = t.html(
        "Delete this entry for good?\n<i>{day}: {text}</i>",
        day=day_words(t, shown),
        text=cut(shown.text, EXCERPT),
    )
    return text, inline(
        Button(t.gettext("Delete"), grip("entry-delete-now", shown, origin), "danger"),
        way_back(t, shown, origin),
    )
