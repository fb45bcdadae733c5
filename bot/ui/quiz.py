"""The screens of the quiz: a question as Telegram's own poll, and how a round went."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.actions.quiz import Asking, Nothing, Result
from bot.guidance.article import Article
from bot.guidance.quiz import Question
from bot.i18n import Translator
from bot.skp.quiz import turned
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key

Screen = tuple[Markup, dict[str, Any] | None]

# As many articles as a round can teach, and a screen still shows at a glance.
READ = 3


def poll(t: Translator, question: Question, asking: Asking) -> dict[str, Any]:
    """Write a question as a quiz of Telegram's, answered by this person alone."""
    return as_poll(t, question, asking) | {
        "is_anonymous": False,
        # Somebody else's answers to a copy would be nobody's.
        "protect_content": True,
    }


def as_poll(t: Translator, question: Question, asking: Asking) -> dict[str, Any]:
    """Write a question as a quiz of Telegram's, with its reason, source and year."""
    text = t.gettext(
        "{place}/{of}. {question}", place=asking.place, of=asking.of, question=question.question
    )
    options = turned(question.options, question.right, asking.right)
    return {
        "question": text,
        "options": [{"text": option} for option in options],
        "type": "quiz",
        "correct_option_ids": [asking.right],
        "explanation": explained(t, question),
    }


def explained(t: Translator, question: Question) -> str:
    """Say why an answer is right, with its source and the year of its data."""
    if str(question.year) in question.cite:
        return t.gettext("{why} Source: {cite}.", why=question.why, cite=question.cite)
    return t.gettext(
        "{why} Source: {cite}, data of {year}.",
        why=question.why,
        cite=question.cite,
        year=question.year,
    )


def summary(t: Translator, result: Result, articles: Sequence[Article]) -> Screen:
    """Say how many were right, and which article explains what was not."""
    lines = [
        t.html(
            "<b>{right} of {of} right.</b> Only you see this.",
            right=t.number(result.right),
            of=t.number(result.of),
        )
    ]
    shown = articles[:READ]
    if result.wrong:
        lines.append(
            t.nhtml(
                "{n} question comes again tomorrow. Read about it here:",
                "{n} questions come again tomorrow. Read about them here:",
                len(result.wrong),
                n=t.number(len(result.wrong)),
            )
        )
        lines += [
            t.html("{n}. {title}", n=n, title=one.title_in(t.language))
            for n, one in enumerate(shown, start=1)
        ]
    buttons = [Button(t.gettext("Once more"), key("quiz"), style="success")]
    for n, one in enumerate(shown, start=1):
        label = t.gettext("Read") if len(shown) == 1 else t.gettext("Read {n}", n=n)
        buttons.append(Button(label, key("article", one.id, 0)))
    return Markup("\n").join(lines), inline(*buttons)


def articles_of(
    result: Result, questions: Mapping[str, Question], find: Mapping[str, Article]
) -> list[Article]:
    """Give the articles that explain what was wrong, each once."""
    names = [questions[one].article for one in result.wrong if one in questions]
    return [find[name] for name in dict.fromkeys(names) if name in find]


def nothing(t: Translator, found: Nothing, today: dt.date) -> Screen:
    """Say that there is nothing to ask today, and when there is again."""
    ways = inline(Button(t.gettext("Guidance"), key("themes"), style="success"))
    if found.until is None:
        return t.html("There are no questions here yet. Guidance is open to you."), ways
    day = t.day(max(found.until, today + dt.timedelta(days=1)))
    text = t.html("You have answered everything that is due. The next question comes on {day}.",
                  day=day)  # fmt: skip
    return text, ways


def gone(t: Translator) -> Screen:
    """Say that a question was taken out while its round was under way."""
    again = Button(t.gettext("Begin anew"), key("quiz"), style="success")
    return t.html("The next question is no longer in the library."), inline(again)
