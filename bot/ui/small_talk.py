"""Kind answers to what is neither a log nor a question."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.understanding.small_talk import Talk


def kind_answer(t: Translator, talk: Talk, name: str) -> Markup:
    """Meet a greeting with a greeting, and say of what is to come that it is not saved."""
    if talk is Talk.PEACE:
        return t.html(
            "Peace be upon you, too, {name}. What did you do today? Write one sentence and I save"
            " it.",
            name=name,
        )
    if talk is Talk.HELLO:
        return t.html(
            "Hello, {name}. What did you do today? Write one sentence and I save it.", name=name
        )
    if talk is Talk.PLAN:
        return t.html(
            "I have not saved this yet, {name}, for it is still to come. Write it again once it is"
            " done; if it is done already, tap the button.",
            name=name,
        )
    if talk is Talk.REMINDER:
        return t.html(
            "I have not saved this yet, {name}: I cannot remind you of single appointments. What I"
            " remind you of and when, you set with /pengingat.",
            name=name,
        )
    return t.html(
        "Thank you, {name}. Whenever you have done something, write one sentence and I save it.",
        name=name,
    )
