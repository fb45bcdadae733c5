"""The screens of obstacles: raised, told, answered, closed."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.actions.obstacles import Hindrance
from bot.i18n import Translator
from bot.skp.dealings import ObstacleAnswer
from bot.ui.keyboards import Button, inline, rows
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

TEXT = 200
LABEL = 16
SHOWN = 8


def own_list(t: Translator, found: Sequence[Hindrance]) -> Screen:
    """List a person's open obstacles, and ask for another one."""
    ask = t.html("What holds you up? One sentence is enough, for example <i>alat ukur rusak</i>.")
    if not found:
        return ask, inline(Button(t.gettext("Menu"), key("menu")))
    head = t.html("<b>Open obstacles</b>")
    lines = [head, *(line(t, place, one) for place, one in enumerate(found, start=1)), ask]
    buttons = [
        Button(t.gettext("Close {place}", place=place), key("obstacle-close", one.id))
        for place, one in enumerate(found, start=1)
    ]
    return Markup("\n").join(lines), inline(*buttons)


def line(t: Translator, place: int, one: Hindrance) -> Markup:
    """Write one obstacle with its age and what was answered."""
    said = t.html("{place}. {text} ({age})", place=place, text=cut(one.text, TEXT), age=age(t, one))
    if one.answer is None:
        return said
    return said + Markup(" – ") + answer_words(t, one)


def age(t: Translator, one: Hindrance) -> str:
    """Say how old an obstacle is."""
    if not one.days:
        return t.gettext("today")
    return t.ngettext("{days} day", "{days} days", one.days, days=one.days)


def answer_words(t: Translator, one: Hindrance) -> str:
    """Say what a leader answered."""
    if one.answer is ObstacleAnswer.HELP or one.advice is None:
        return t.gettext("the leader helps")
    return t.gettext("guidance: “{words}”", words=cut(one.advice, TEXT))


def raised(t: Translator, one: Hindrance, leaders: Sequence[str]) -> Screen:
    """Confirm an obstacle, and say who has been told."""
    if leaders:
        text = t.html(
            "Saved, and told to {leaders}: “{text}”. It stays open until you close it.",
            leaders=", ".join(leaders),
            text=cut(one.text, TEXT),
        )
    else:
        text = t.html(
            "Saved: “{text}”. The roster names no leader of yours yet, so nobody has been told.",
            text=cut(one.text, TEXT),
        )
    return text, inline(Button(t.gettext("Close it"), key("obstacle-close", one.id)))


def closed(t: Translator, one: Hindrance) -> Screen:
    """Confirm that an obstacle is over."""
    text = t.html("Closed: <s>{text}</s>.", text=cut(one.text, TEXT))
    return text, inline(Button(t.gettext("Open again"), key("obstacle-reopen", one.id)))


def told(t: Translator, one: Hindrance) -> Screen:
    """Tell a leader what holds a person up, with the two answers."""
    text = t.html("{name} has an obstacle: “{text}”.", name=one.name, text=cut(one.text, 800))
    return text, inline(*answers(t, one))


def answers(t: Translator, one: Hindrance) -> list[Button]:
    """Offer to help, or to give guidance."""
    at = (one.employee_id, one.id)
    return [
        Button(t.gettext("I will help"), key("obstacle-help", *at), "success"),
        Button(t.gettext("Give guidance"), key("obstacle-guide", *at)),
    ]


def ask_advice(t: Translator, one: Hindrance) -> Markup:
    """Ask a leader for guidance in words."""
    return t.html(
        "What is your guidance for {name} on “{text}”? Write it here.",
        name=one.name,
        text=cut(one.text, TEXT),
    )


def answered(t: Translator, one: Hindrance) -> Markup:
    """Confirm a leader's answer."""
    if one.answer is ObstacleAnswer.HELP:
        return t.html(
            "✓ {name} knows that you help with “{text}”. It stays open until {name} closes it.",
            name=one.name,
            text=cut(one.text, TEXT),
        )
    return t.html(
        "✓ Guidance on “{text}” sent to {name}. It stays open until {name} closes it.",
        name=one.name,
        text=cut(one.text, TEXT),
    )


def answer_told(t: Translator, one: Hindrance, leader: str) -> Screen:
    """Tell who raised an obstacle what the leader answered."""
    values = {"leader": leader, "text": cut(one.text, TEXT)}
    if one.answer is ObstacleAnswer.HELP or one.advice is None:
        text = t.html("{leader} will help with “{text}”.", **values)
    else:
        text = t.html(
            "{leader} on “{text}”: <blockquote>{words}</blockquote>", words=one.advice, **values
        )
    return text, inline(Button(t.gettext("Close it"), key("obstacle-close", one.id), "success"))


def team_list(t: Translator, found: Sequence[Hindrance], back: Button) -> Screen:
    """List what holds a team up, each with its own screen."""
    if not found:
        return t.html("Nothing holds the team up."), inline(back)
    head = t.nhtml(
        "<b>{count} open obstacle</b>", "<b>{count} open obstacles</b>", len(found),
        count=len(found),
    )  # fmt: skip
    lines = [head]
    for place, one in enumerate(found[:SHOWN], start=1):
        lines.append(line(t, place, one) + Markup(" · ") + one.name)
    buttons = [
        Button(cut(f"{place} {one.name}", LABEL), key("obstacle-open", one.employee_id, one.id))
        for place, one in enumerate(found[:SHOWN], start=1)
    ]
    pairs = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    return Markup("\n").join(lines), rows(*pairs, [back])
