"""The screens of coming in."""

import datetime as dt
from typing import Any

from markupsafe import Markup

from bot.actions.invitations import Denial
from bot.actions.registration import Example, Identity
from bot.i18n import LANGUAGES, Translator, translator
from bot.skp.nip import mask
from bot.ui.keyboards import Button, ask_contact, inline, rows
from bot.ui.keys import key

Screen = tuple[Markup, dict[str, Any]]

LABEL = 22
EXAMPLE_LENGTH = 90


def welcome(t: Translator, bot_name: str) -> Screen:
    """Say what the bot is for and ask who speaks."""
    text = t.html(
        "Welcome to {bot}. I help you log the progress of your SKP by chatting, about a minute a"
        " day. We begin by matching your phone number with the personnel data.",
        bot=bot_name,
    )
    return text, ask_contact(t.gettext("Share my number"), t.gettext("Use an invitation code"))


def wants_code(text: str) -> bool:
    """Tell whether this is the label of the reply keyboard, which comes back as plain text."""
    labels = {translator(language).gettext("Use an invitation code") for language in LANGUAGES}
    return text.strip() in labels


def ask_code(t: Translator) -> Markup:
    """Ask for a code."""
    return t.html("Send me your invitation code, or open the link that you were given.")


def card(t: Translator, identity: Identity, version: int) -> Screen:
    """Show who the roster says this is, and ask whether it is right."""
    lines = [t.html("Found: <b>{name}</b>, NIP {nip}.", name=identity.name, nip=mask(identity.nip))]
    if identity.unit is not None:
        lines.append(t.html("{position}, {unit}.", position=identity.position, unit=identity.unit))
    buttons = [Button(t.gettext("Correct"), key("reg-yes", version), style="success")]
    if identity.supervisor is not None:
        lines.append(t.html("Supervisor: {name}.", name=identity.supervisor))
        buttons.append(Button(t.gettext("Wrong supervisor"), key("reg-boss", version)))
    lines.append(t.html("Is this right?"))
    buttons.append(Button(t.gettext("Not me"), key("reg-no", version)))
    return Markup("\n").join(lines), inline(*buttons)


def ask_address(t: Translator, forms: list[str], version: int, *, noted: bool = False) -> Screen:
    """Ask how to address the person."""
    question = t.html("How shall we address you?")
    if noted:
        question = Markup("\n").join(
            [
                t.html(
                    "Noted: your supervisor stands wrong in the data. The personnel admin sees"
                    " this and puts it right; you can go on."
                ),
                question,
            ]
        )
    choices = [
        Button(short(form), key("reg-form", place, version)) for place, form in enumerate(forms)
    ]
    return question, inline(*choices, Button(t.gettext("Write my own"), key("reg-own", version)))


def ask_own_address(t: Translator) -> Markup:
    """Ask for a form of address in the person's own words."""
    return t.html("Write how we should address you, at most {limit} letters.", limit=60)


def consent(t: Translator, version: int, *, whole: bool = False) -> Screen:
    """Say what is kept and why, and ask for consent."""
    summary = t.html(
        "What we keep: your personnel identity, your log, your evidence, and who looked at them;"
        " it serves your SKP. You can ask your personnel admin for a copy or for deletion at any"
        " time."
    )
    agree = Button(t.gettext("I agree"), key("reg-agree", version), style="success")
    refuse = Button(t.gettext("No"), key("reg-refuse", version))
    if whole:
        return consent_text(t), rows([agree, refuse])
    return summary, rows([Button(t.gettext("Read"), key("reg-read", version)), agree], [refuse])


def consent_text(t: Translator) -> Markup:
    """Write the whole notice on the processing of personal data."""
    return t.html(
        "<b>Consent to data processing</b> (Law 27 of 2022)\n"
        "• <b>What</b>: name, NIP, position, unit, supervisor, phone number and Telegram account;"
        " what you log with its evidence; when you are away.\n"
        "• <b>What for</b>: your SKP, reminders and the summaries of your team. No rating is ever"
        " made automatically; the official record stays in e-Kinerja BKN.\n"
        "• <b>Who sees it</b>: you and your supervisor. Leaders above see sums."
        " Admins see the roster, not your entries. Each look is recorded.\n"
        "• <b>Where</b>: messages travel through Telegram, whose servers stand abroad. Please never"
        " write names, health or poverty data of citizens; numbers are enough.\n"
        "• <b>Your rights</b>: to see, copy, correct and delete your data and to withdraw this"
        " consent, through your personnel admin."
    )


def thanks(t: Translator, address: str, example: Example | None) -> Markup:
    """Thank, and ask for the first log."""
    return t.html(
        "Thank you, {address}. Try it now: write one thing you did today, for example"
        " <i>{example}</i>.",
        address=address,
        example=example_words(t, example),
    )


def example_words(t: Translator, example: Example | None) -> str:
    """Write an example in the words of an RHK: what was done, and how many."""
    if example is None:
        return t.gettext("wrote the monthly report, 1 report")
    text = activity(example.text)
    if len(text) > EXAMPLE_LENGTH:
        text = text[: EXAMPLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    if example.quantity is None:
        return text
    return f"{text}, {example.quantity} {example.unit}"


def activity(text: str) -> str:
    """Turn a result (Terlaksananya pendampingan) into what is done (pendampingan)."""
    first, _, rest = text.partition(" ")
    return rest.strip() if first.lower().endswith("nya") and rest.strip() else text


def denied(t: Translator, denial: Denial, wait_until: dt.datetime | None, zone: str) -> Markup:
    """Say why a code does not open the door, and what to do."""
    if denial is Denial.WAIT and wait_until is not None:
        return t.html(
            "Five codes did not fit. To keep the codes safe, please try again after {hour}."
            " Meanwhile nothing is lost.",
            hour=t.clock(wait_until, zone),
        )
    return {
        Denial.EXPIRED: t.html(
            "This code was right, but its time is over. Please ask your personnel admin for a new"
            " one."
        ),
        Denial.USED: t.html(
            "This code has been used already. If that was not you, or you use another account"
            " now, please ask your personnel admin."
        ),
        Denial.TAKEN: t.html(
            "The person of this code is already in with another Telegram account. To move to this"
            " one, please ask your personnel admin to release the old one."
        ),
    }.get(
        denial,
        t.html(
            "I do not know this code. Please copy it once more as it stands, or open the link that"
            " you were given."
        ),
    )


def short(label: str) -> str:
    """Fit a label on a button."""
    return label if len(label) <= LABEL else label[: LABEL - 1] + "…"
