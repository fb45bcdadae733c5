"""The screens of what people ask the widyaiswara."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.actions.guidance_questions import Question
from bot.guidance.library import Theme
from bot.i18n import Translator
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, paged
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

LABEL = 20
SHOWN = 8
TEXT = 200


def choose_theme(
    t: Translator, question: str, themes: Sequence[Theme], arrival_id: int, page: int
) -> Screen:
    """Ask which theme a question belongs to."""
    buttons = [
        Button(one.label_in(t.language), key("ask-theme", arrival_id, at))
        for at, one in enumerate(themes)
    ]

    def more(following: int) -> Button:
        return Button(t.gettext("Other themes"), key("ask-guide", arrival_id, following))

    text = t.html(
        "Which theme is “{question}” about? Its widyaiswara get the question without your name, and"
        " the answer comes here.",
        question=cut(question, TEXT),
    )
    return text, inline(*paged(buttons, page, more))


def asked(t: Translator, question: Question, people: int) -> Screen:
    """Confirm that a question is on its way."""
    text = t.nhtml(
        "Sent to {count} widyaiswara, without your name: “{text}”. The answer comes here.",
        "Sent to {count} widyaiswara, without your name: “{text}”. The answer comes here.",
        people,
        count=people,
        text=cut(question.text, TEXT),
    )
    return text, inline(Button(t.gettext("See themes"), key("themes")))


def waiting(t: Translator, found: Sequence[Question], page: int) -> Screen:
    """List what waits for an answer, the own themes first."""
    own = Button(t.gettext("My articles"), key("desk"))
    if not found:
        return t.html("No question waits for an answer."), inline(own)
    head = t.nhtml(
        "<b>{count} question waits for an answer</b>",
        "<b>{count} questions wait for an answer</b>",
        len(found),
        count=len(found),
    )
    lines = [Markup("%s. %s") % (at, cut(one.text, 90)) for at, one in numbered(found)]
    opening = [
        Button(cut(f"{at}. {one.text}", LABEL), key("question-open", one.id))
        for at, one in numbered(found)
    ]

    def more(following: int) -> Button:
        return Button(t.gettext("Others"), key("question-list", following))

    shown = paged(opening, page, more, room=MOST_BUTTONS - 1)
    return Markup("\n").join([head, *lines]), inline(*shown, own)


def numbered(found: Sequence[Question]) -> list[tuple[int, Question]]:
    """Number the questions that are shown."""
    return list(enumerate(found[:SHOWN], start=1))


def card(t: Translator, question: Question) -> Screen:
    """Show a question with what can be done about it."""
    back = Button(t.gettext("Questions"), key("question-list"))
    asked_words = t.html("Somebody asks: “{text}”.", text=question.text)
    if question.answer is not None:
        answer = t.html(
            "Answered: <blockquote>{words}</blockquote>", words=cut(question.answer, 800)
        )
        make = Button(t.gettext("Make it an article"), key("question-article", question.id))
        return Markup("\n").join([asked_words, answer]), inline(make, back)
    reply = Button(t.gettext("Answer it"), key("question-answer", question.id), "success")
    return asked_words, inline(reply, back)


def ask_answer(t: Translator, question: Question) -> Markup:
    """Ask for the answer."""
    return t.html(
        "What is your answer to “{text}”? It goes to who asked at once. Name the year and the"
        " source of every figure.",
        text=cut(question.text, TEXT),
    )


def answered(t: Translator, question: Question) -> Screen:
    """Confirm an answer, and offer to make it an article."""
    text = t.html(
        "✓ The answer to “{text}” is on its way. Shall others find it, too?",
        text=cut(question.text, TEXT),
    )
    return text, inline(
        Button(t.gettext("Make it an article"), key("question-article", question.id), "success"),
        Button(t.gettext("Questions"), key("question-list")),
    )


def told_question(t: Translator, question: Question) -> Screen:
    """Tell a widyaiswara of a question; it can be answered by replying."""
    text = t.html(
        "Somebody found no guidance and asks: “{text}”. Answer with the button, or reply here.",
        text=question.text,
    )
    return text, inline(
        Button(t.gettext("Answer it"), key("question-answer", question.id), "success"),
        Button(t.gettext("Questions"), key("question-list")),
    )


def told_answer(t: Translator, question: Question, widyaiswara: str) -> Screen:
    """Bring an answer to who asked."""
    text = t.html(
        "{name} answers your question “{text}”: <blockquote>{words}</blockquote>",
        name=widyaiswara,
        text=cut(question.text, TEXT),
        words=question.answer or "",
    )
    return text, inline(Button(t.gettext("See themes"), key("themes")))
