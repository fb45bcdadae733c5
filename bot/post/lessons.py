"""What is sent to be learned or read: a widyaiswara's quiz, and a new Pakta Integritas."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.pacts import NEW
from bot.actions.quiz import Asking
from bot.guidance.library import Library
from bot.guidance.quiz import Question, Questions, questions_of
from bot.i18n import Translator
from bot.post.dealings import at_work, key_of
from bot.post.letters import Poll, Speech
from bot.ui import pacts as pact_screens
from bot.ui import quiz_sendings as screens
from bot.ui.quiz import as_poll
from db import pacts, people, quiz_sendings
from db.models.messages import Letter
from db.models.quiz import QuizGroupPoll, QuizSending, UnitGroup
from db.quiz import IN_GROUP
from db.quiz_sendings import SENT

KINDS = (NEW, SENT, IN_GROUP)


@dataclass(frozen=True)
class Lesson:
    """What one letter brings; the pact's number, or a quiz with its author and its theme."""

    silent: bool
    pact: int | None = None
    sending: QuizSending | None = None
    author: str = ""
    theme: tuple[str, str] = ("", "")
    # In a group: its number, and the question, unless it is the greeting.
    chat_id: int = 0
    asked: tuple[QuizGroupPoll, Question] | None = None

    def theme_in(self, language: str) -> str:
        """Name the theme in the reader's language."""
        return self.theme[1] if language == "en" else self.theme[0]


async def look(
    session: AsyncSession, claimed: Sequence[Letter], now: dt.datetime, library: Library | None
) -> dict[tuple[int, str, str], Lesson]:
    """Load what some letters bring, as it is now; what is over is left out."""
    found = {}
    for letter in claimed:
        reader = await people.by_id(session, letter.employee_id)
        if reader is None:
            continue
        silent = not await at_work(session, reader, now)
        if letter.kind == NEW:
            lesson = await of_pact(session, letter, silent=silent)
        else:
            lesson = await of_quiz(session, letter, library, silent=silent)
        if lesson is not None:
            found[letter.employee_id, letter.kind, letter.period] = lesson
    return found


async def of_pact(session: AsyncSession, letter: Letter, *, silent: bool) -> Lesson | None:
    """Tell of a version while it holds and this person has not read it."""
    version = await pacts.present(session)
    if version is None or version.id != key_of(letter):
        return None
    if letter.employee_id in await pacts.read_by(session, version.id, {letter.employee_id}):
        return None
    return Lesson(silent, pact=version.number)


async def of_quiz(
    session: AsyncSession, letter: Letter, library: Library | None, *, silent: bool
) -> Lesson | None:
    """Bring a quiz to a person, or one of its questions into a group that is still there."""
    sending = await quiz_sendings.by_id(session, key_of(letter))
    author = await people.by_id(session, sending.author_id) if sending else None
    if sending is None or author is None or library is None:
        return None
    theme = next((one for one in library.themes() if one.code == sending.theme), None)
    lesson = Lesson(
        silent,
        sending=sending,
        author=author.address or author.name,
        theme=(theme.name, theme.name_en) if theme else (sending.theme, sending.theme),
    )
    if letter.kind == SENT:
        return lesson
    return await in_group(session, letter, lesson, questions_of(library))


async def in_group(
    session: AsyncSession, letter: Letter, lesson: Lesson, questions: Questions
) -> Lesson | None:
    """Bring the greeting, or one question, into the group that a quiz goes to."""
    sending = lesson.sending
    group = await session.get(UnitGroup, sending.group_id) if sending and sending.group_id else None
    if sending is None or group is None:
        return None
    there = replace(lesson, chat_id=group.chat_id)
    place = int(letter.period.partition(":")[2])
    if not place:
        return there
    polls = {one.place: one for one in await quiz_sendings.polls(session, sending.id or 0)}
    poll = polls.get(place)
    question = questions.get(poll.question) if poll else None
    if poll is None or question is None:
        return None
    return replace(there, asked=(poll, question))


def speech(t: Translator, lesson: Lesson) -> Speech:
    """Write a letter in its reader's language."""
    if lesson.pact is not None:
        return Speech(*pact_screens.told_new(t, lesson.pact), silent=lesson.silent)
    sending = lesson.sending
    if sending is None:
        raise ValueError("a lesson is a pact or a quiz")
    count, theme = len(sending.questions), lesson.theme_in(t.language)
    if not lesson.chat_id:
        shown = screens.told(t, lesson.author, theme, sending.id or 0, count)
        return Speech(*shown, silent=lesson.silent)
    if lesson.asked is None:
        text = screens.greeting(t, lesson.author, theme, count)
        return Speech(text, silent=lesson.silent, chat_id=lesson.chat_id)
    poll, question = lesson.asked
    asking = Asking(poll.id or 0, question.id, poll.right, poll.place, count)
    params = as_poll(t, question, asking) | {"is_anonymous": True}
    return Speech(
        Markup(), silent=True, chat_id=lesson.chat_id, poll=Poll(params, f"{IN_GROUP}:{poll.id}")
    )
