"""What the widyaiswara's desk says unasked, as letters."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import guidance as desk
from bot.actions import guidance_questions as questions
from bot.actions.guidance import Version
from bot.actions.guidance_overdue import Occasion, occasion_in
from bot.actions.guidance_questions import Question
from bot.guidance.library import Library
from bot.i18n import Translator
from bot.post.dealings import at_work, key_of
from bot.post.letters import Speech
from bot.skp.manuscripts import VersionState
from bot.ui import guidance_questions as question_screens
from bot.ui import guidance_reviews as review_screens
from bot.ui.guidance_reviews import Overdue
from db import guidance, guidance_questions, people
from db.models.guidance import GuidanceQuestion
from db.models.messages import Letter
from db.models.people import Employee

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
    overdue: Overdue | None = None


async def look(
    session: AsyncSession, claimed: Sequence[Letter], now: dt.datetime, library: Library | None
) -> dict[tuple[int, str, str], Told]:
    """Load what some letters tell, as it is now; what is over is left out."""
    found = await look_at_shipped(session, claimed, now, library)
    claimed = [one for one in claimed if about_shipped(one) is None]
    versions = {key_of(one) for one in claimed if one.kind in ARTICLES}
    rows = await guidance.by_keys(session, versions) if versions else []
    written = {version.id: desk.plain(version, author) for version, author in rows}
    asked = {key_of(one) for one in claimed if one.kind in QUESTIONS}
    known = await guidance_questions.by_keys(session, asked) if asked else []
    by_key = {one.id: one for one in known}
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


def about_shipped(letter: Letter) -> Occasion | None:
    """Tell of which theme and day a letter speaks, if it is about what came with the bot."""
    return occasion_in(letter.period) if letter.kind == guidance.DUE else None


async def look_at_shipped(
    session: AsyncSession, claimed: Sequence[Letter], now: dt.datetime, library: Library | None
) -> dict[tuple[int, str, str], Told]:
    """Load what is still overdue of the guidance that came with the bot."""
    found: dict[tuple[int, str, str], Told] = {}
    for letter in claimed:
        occasion = about_shipped(letter)
        reader = await people.by_id(session, letter.employee_id) if occasion else None
        if occasion is None or reader is None:
            continue
        overdue = overdue_in(library, occasion, reader, now)
        if overdue is not None:
            silent = not await at_work(session, reader, now)
            key = letter.employee_id, letter.kind, letter.period
            found[key] = Told(None, None, "", silent, overdue)
    return found


def overdue_in(
    library: Library | None, occasion: Occasion, reader: Employee, now: dt.datetime
) -> Overdue | None:
    """Gather what is still overdue of an occasion; nothing once all of it was reviewed."""
    if library is None:
        return None
    code, day = occasion
    articles = [
        one for one in library.overdue(now.date()) if one.theme == code and one.review_due == day
    ]
    theme = next((one for one in library.themes() if one.code == code), None)
    if theme is None or not articles:
        return None
    return Overdue(theme, tuple(articles), day, guidance.is_widyaiswara(reader))


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
    if found.overdue is not None:
        return Speech(*review_screens.told_overdue(t, found.overdue), silent=found.silent)
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
