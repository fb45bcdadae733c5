"""What the widyaiswara's desk says unasked, as letters."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import guidance as desk
from bot.actions import guidance_questions as questions
from bot.actions.guidance import Version
from bot.actions.guidance_questions import Question
from bot.i18n import Translator
from bot.post.dealings import at_work, key_of
from bot.post.letters import Speech
from bot.skp.manuscripts import VersionState
from bot.ui import guidance_questions as question_screens
from bot.ui import guidance_reviews as review_screens
from db import guidance, guidance_questions, people
from db.models.guidance import GuidanceQuestion
from db.models.messages import Letter

ARTICLES = (desk.REVIEW, desk.DECIDED, desk.WITHDRAWN, guidance.DUE)
QUESTIONS = (questions.ASKED, questions.ANSWERED)
KINDS = (*ARTICLES, *QUESTIONS)

# In which states a version is still spoken of.
SPOKEN_OF = {
    desk.REVIEW: (VersionState.SUBMITTED,),
    desk.DECIDED: (VersionState.PUBLISHED, VersionState.RETURNED),
    desk.WITHDRAWN: (VersionState.WITHDRAWN,),
    guidance.DUE: (VersionState.PUBLISHED,),
}


@dataclass(frozen=True)
class Told:
    """What one letter tells; `other` is who answered, `silent` whether it comes without a sound."""

    version: Version | None
    question: Question | None
    other: str
    silent: bool


async def look(
    session: AsyncSession, claimed: Sequence[Letter], now: dt.datetime
) -> dict[tuple[int, str, str], Told]:
    """Load what some letters tell, as it is now; what is over is left out."""
    versions = {key_of(one) for one in claimed if one.kind in ARTICLES}
    rows = await guidance.by_keys(session, versions) if versions else []
    written = {version.id: desk.plain(version, author) for version, author in rows}
    asked = {key_of(one) for one in claimed if one.kind in QUESTIONS}
    known = await guidance_questions.by_keys(session, asked) if asked else []
    by_key = {one.id: one for one in known}
    found: dict[tuple[int, str, str], Told] = {}
    for letter in claimed:
        reader = await people.by_id(session, letter.employee_id)
        if reader is None:
            continue
        silent = not await at_work(session, reader, now)
        version, question = written.get(key_of(letter)), by_key.get(key_of(letter))
        say = None
        if letter.kind in ARTICLES and version is not None:
            say = of_article(letter, version, silent=silent)
        elif letter.kind in QUESTIONS and question is not None:
            say = await of_question(session, letter, question, silent=silent)
        if say is not None:
            found[letter.employee_id, letter.kind, letter.period] = say
    return found


def of_article(letter: Letter, version: Version, *, silent: bool) -> Told | None:
    """Tell of an article, while it is as the letter says."""
    spoken_of = version.state in SPOKEN_OF[letter.kind]
    return Told(version, None, "", silent) if spoken_of else None


async def of_question(
    session: AsyncSession, letter: Letter, question: GuidanceQuestion, *, silent: bool
) -> Told | None:
    """Tell of a question while it is open, and of its answer once there is one."""
    answered = question.answered_at is not None
    if answered is not (letter.kind == questions.ANSWERED):
        return None
    answerer = await people.by_id(session, question.answerer_id or 0)
    other = (answerer.address or answerer.name) if answerer else ""
    return Told(None, questions.plain(question), other, silent)


def told(t: Translator, letter: Letter, found: Told) -> Speech:
    """Write a letter in its reader's language."""
    if found.question is not None:
        if letter.kind == questions.ANSWERED:
            screen = question_screens.told_answer(t, found.question, found.other)
        else:
            screen = question_screens.told_question(t, found.question)
        return Speech(*screen, silent=found.silent)
    if found.version is None:
        raise ValueError("a letter of the desk tells of an article or of a question")
    write = {
        desk.REVIEW: review_screens.told_of_review,
        desk.DECIDED: review_screens.told_decision,
        desk.WITHDRAWN: review_screens.told_withdrawal,
        guidance.DUE: review_screens.told_due,
    }[letter.kind]
    return Speech(*write(t, found.version), silent=found.silent)
