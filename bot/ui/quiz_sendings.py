"""The screens of a widyaiswara who sends a quiz, and what its addressees see."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.actions.broadcasts import Place
from bot.actions.quiz_sendings import Sending, Totals
from bot.guidance.library import Theme
from bot.guidance.quiz import Question
from bot.i18n import Translator
from bot.skp.small_groups import FEW
from bot.ui.keyboards import Button, inline, paged
from bot.ui.keys import key
from bot.ui.receipts import cut
from bot.ui.registration import short

Screen = tuple[Markup, dict[str, Any] | None]

SHOWN = 10
LONGEST_LINE = 120


def home(
    t: Translator, themes: Sequence[Theme], sent: Sequence[Sending], page: int, zone: dt.tzinfo
) -> Screen:
    """Ask for the theme of a quiz, and list what was sent last."""
    lines = [t.html("<b>Send a quiz</b>\nFive questions. About which theme?")]
    buttons = paged(
        [Button(one.label_in(t.language), key("quizsend-theme", one.code)) for one in themes],
        page,
        lambda following: Button(t.gettext("Other themes"), key("quizsend", following)),
    )
    for number, one in enumerate(sent, start=1):
        day = t.day_short(one.sent_at.astimezone(zone).date()) if one.sent_at else ""
        lines.append(
            t.html(
                "{number}. {day}: {theme}, {whom}",
                number=number,
                day=day,
                theme=name_of(t, themes, one.theme),
                whom=whom(t, one, themes),
            )
        )
        label = t.gettext("Totals {number}", number=number)
        buttons.append(Button(label, key("quizsend-view", one.id)))
    return Markup("\n").join(lines), inline(*buttons)


def name_of(t: Translator, themes: Sequence[Theme], code: str) -> str:
    """Name a theme in the reader's language."""
    return next((one.name_in(t.language) for one in themes if one.code == code), code)


def whom(t: Translator, one: Sending, themes: Sequence[Theme]) -> str:
    """Name whom a quiz goes to."""
    if one.group is not None:
        return t.gettext("the group “{title}”", title=cut(one.group, 60))
    if one.unit is not None:
        return one.unit
    return t.gettext("people of the theme {theme}", theme=name_of(t, themes, one.theme))


def chosen(t: Translator, one: Sending, questions: Mapping[str, Question]) -> Screen:
    """Show the questions with their right answers, and ask whom they are for."""
    lines = [t.html("<b>{n} questions</b>. For whom?", n=t.number(len(one.questions)))]
    lines += asked(t, one, questions)
    return Markup("\n").join(lines), inline(
        Button(t.gettext("Choose a unit"), key("quizsend-unit", one.id), "success"),
        Button(t.gettext("People of the theme"), key("quizsend-to", one.id, 0)),
        Button(t.gettext("Other questions"), key("quizsend-other", one.id)),
        Button(t.gettext("Cancel"), key("quizsend-drop", one.id)),
    )


def asked(t: Translator, one: Sending, questions: Mapping[str, Question]) -> list[Markup]:
    """List some questions, each with its right answer."""
    return [
        t.html(
            "{number}. {question} – <i>{answer}</i>",
            number=number,
            question=questions[name].question,
            answer=questions[name].options[questions[name].right],
        )
        for number, name in enumerate(one.questions, start=1)
        if name in questions
    ]


def ask_unit(t: Translator) -> Markup:
    """Ask for a unit by its name."""
    return t.html("Write part of the unit's name; the units below it belong to it.")


def found_units(t: Translator, sending_id: int, units: Sequence[Place], text: str) -> Screen:
    """Let the widyaiswara choose among the units that fit."""
    if not units:
        said = t.html("No unit fits “{text}”. Write another part of its name.", text=text[:60])
        return said, None
    if len(units) > SHOWN:
        said = t.html(
            "{n} units fit “{text}”. Please write more of the name.",
            n=t.number(len(units)),
            text=text[:60],
        )
        return said, None
    buttons = [Button(short(one.name), key("quizsend-to", sending_id, one.id)) for one in units]
    said = t.html("Which unit is meant by “{text}”?", text=text[:60])
    return said, inline(*buttons, wide=1)


def preview(
    t: Translator, one: Sending, questions: Mapping[str, Question], themes: Sequence[Theme]
) -> Screen:
    """Show what would go out, to whom, and what comes back."""
    name = whom(t, one, themes)
    if one.group is not None:
        head = t.html(
            "Preview for <b>{whom}</b>: {n} anonymous quizzes.",
            whom=name,
            n=t.number(len(one.questions)),
        )
    else:
        head = t.nhtml(
            "Preview for <b>{whom}, {n} person</b>, one by one.",
            "Preview for <b>{whom}, {n} people</b>, one by one.",
            one.people,
            whom=name,
            n=t.number(one.people),
        )
    promise = t.html("You get totals alone; nobody learns who answered what.")
    return Markup("\n").join([head, *asked(t, one, questions), promise]), inline(
        Button(t.gettext("Send"), key("quizsend-go", one.id), "success"),
        Button(t.gettext("Other questions"), key("quizsend-other", one.id)),
        Button(t.gettext("Choose a unit"), key("quizsend-unit", one.id)),
        Button(t.gettext("Cancel"), key("quizsend-drop", one.id)),
    )


def sent(t: Translator, one: Sending, themes: Sequence[Theme]) -> Screen:
    """Say that a quiz is on its way."""
    text = t.html(
        "✓ The quiz is on its way to <b>{whom}</b>. In the quiet hours it waits for the morning.",
        whom=whom(t, one, themes),
    )
    return text, inline(Button(t.gettext("See the totals"), key("quizsend-view", one.id)))


def totals(
    t: Translator, found: tuple[Sending, Totals], questions: Mapping[str, Question],
    themes: Sequence[Theme],
) -> Screen:  # fmt: skip
    """Tell what came back: sums, and never who answered what."""
    one, back = found
    lines = [t.html("<b>Quiz for {whom}</b>", whom=whom(t, one, themes))]
    if back.few:
        lines.append(
            t.html(
                "Fewer than {n} have answered so far; totals are shown from {n} on, so that nobody"
                " is known by them.",
                n=FEW,
            )
        )
    elif one.group is not None or not one.people:
        lines.append(t.html("{n} have answered.", n=t.number(back.answered)))
    else:
        lines.append(
            t.html("{n} of {of} have answered.", n=t.number(back.answered), of=t.number(one.people))
        )
    for name, (right, every) in back.by_question.items():
        if name in questions:
            share = t.html("{right} of {of} right", right=t.number(right), of=t.number(every))
            lines.append(Markup("• {}: {}").format(line(questions[name].question), share))
    again = Button(t.gettext("Refresh"), key("quizsend-view", one.id))
    return Markup("\n").join(lines), inline(again, Button(t.gettext("Back"), key("quizsend", 0)))


def line(text: str) -> str:
    """Cut a question to a line or two."""
    return cut(text, LONGEST_LINE)


def told(t: Translator, author: str, theme: str, sending_id: int, count: int) -> Screen:
    """Offer a quiz to one person."""
    text = t.html(
        "{author} sends you a quiz about <b>{theme}</b>: {n} questions, two minutes. Only you see"
        " your answers; totals alone go back.",
        author=author,
        theme=theme,
        n=t.number(count),
    )
    return text, inline(Button(t.gettext("Begin"), key("quiz-from", sending_id), "success"))


def greeting(t: Translator, author: str, theme: str, count: int) -> Markup:
    """Announce a quiz in a group."""
    return t.html(
        "{author} sends a quiz about <b>{theme}</b>: {n} questions. Answers are anonymous; only"
        " totals are counted.",
        author=author,
        theme=theme,
        n=t.number(count),
    )
