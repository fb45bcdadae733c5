"""The screens that put a closed entry right."""

from markupsafe import Markup

from bot.actions.late_corrections import Field
from bot.actions.receipts import Receipt
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipts import EXCERPT, Screen, cut, grip


def choose_field(t: Translator, shown: Receipt, origin: int) -> Screen:
    """Ask what of a closed entry is to be put right."""
    labels = {
        Field.AMOUNT: t.gettext("Amount"),
        Field.DAY: t.gettext("Day"),
        Field.SENTENCE: t.gettext("Sentence"),
        Field.RESULT: "RHK",
    }
    if not shown.planned:
        del labels[Field.RESULT]
    text = t.html(
        "What should be corrected? I ask for the reason first; it stays in the record.\n"
        "<i>{text}</i>",
        text=cut(shown.text, EXCERPT),
    )
    buttons = [
        Button(label, grip("late-field", shown, origin, field)) for field, label in labels.items()
    ]
    return text, inline(*buttons, back(t, shown.entry_id, origin))


def ask_reason(t: Translator, entry_id: int, origin: int) -> Screen:
    """Ask why."""
    text = t.html("Why is it corrected now? One sentence is enough; it stays in the record.")
    return text, inline(back(t, entry_id, origin))


def ask_value(t: Translator, field: Field) -> Markup:
    """Ask what is right."""
    if field is Field.AMOUNT:
        return t.html("What is the correct amount? For example <i>6 balita</i> or <i>75%</i>.")
    if field is Field.DAY:
        return t.html("Which day was it? For example <i>24 Nov</i> or <i>kemarin</i>.")
    if field is Field.SENTENCE:
        return t.html("Write the sentence as it should read.")
    return t.html("Which RHK does it belong to? Write its number; 0 is an additional task.")


def unread(t: Translator, field: Field) -> str:
    """Say kindly that an answer could not be read."""
    if field is Field.AMOUNT:
        return t.gettext("The amount could not be read. Example: 6 balita")
    if field is Field.DAY:
        return t.gettext("The date could not be read. Example: 24 Nov")
    return t.gettext("You have no RHK with this number. Write the number as it stands in /skp.")


def back(t: Translator, entry_id: int, origin: int) -> Button:
    """Give the way back to the entry."""
    return Button(t.gettext("Back"), key("late-back", entry_id, origin))
