"""What people ask the widyaiswara, and what comes back."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.guidance import held, widyaiswara_only
from bot.actions.words import clipped
from bot.refusal import Refusal
from db import guidance, guidance_questions, letters
from db.models.guidance import LONGEST_ANSWER, GuidanceQuestion
from db.models.messages import Letter
from db.models.people import Employee

ASKED, ANSWERED = "guidance-question", "guidance-answer"
MOST_OPEN = 5


@dataclass(frozen=True)
class Question:
    """One question as plain values; whose it is stays unsaid."""

    id: int
    text: str
    theme: str | None
    answer: str | None


def plain(question: GuidanceQuestion) -> Question:
    """Turn a question into plain values."""
    return Question(question.id or 0, question.text, question.theme, question.answer)


async def can_ask(session: AsyncSession) -> bool:
    """Tell whether there is anybody to ask."""
    return bool(await guidance.minders(session, None))


async def ask(
    session: AsyncSession, employee: Employee, text: str, theme: str, *, now: dt.datetime
) -> tuple[Question, int]:
    """Keep a question and tell the widyaiswara of its theme; give how many those are."""
    words = clipped(text)
    if words is None:
        raise Refusal("Write the question in one sentence.")
    known = await guidance_questions.open_of(session, employee)
    same = next((one for one in known if one.text == words), None)
    if same is not None:
        raise Refusal("This question is with the widyaiswara already. The answer comes here.")
    if len(known) >= MOST_OPEN:
        raise Refusal("There are {count} open questions of yours already.", count=MOST_OPEN)
    people = [one for one in await guidance.minders(session, theme) if one.id != employee.id]
    if not people:
        raise Refusal("The roster names no widyaiswara who is here yet.")
    question = GuidanceQuestion(
        employee_id=employee.id or 0, text=words, theme=theme, created_at=now
    )
    session.add(question)
    await session.flush()
    period = str(question.id)
    told = [
        Letter(employee_id=one.id or 0, kind=ASKED, period=period, due_at=now) for one in people
    ]
    await letters.put(session, told)
    return plain(question), len(people)


async def waiting(session: AsyncSession, widyaiswara: Employee) -> list[Question]:
    """List what waits for an answer."""
    widyaiswara_only(widyaiswara)
    return [plain(one) for one in await guidance_questions.waiting(session, widyaiswara)]


async def seen(session: AsyncSession, widyaiswara: Employee, question_id: int) -> Question:
    """Show a widyaiswara a question."""
    return plain(await _found(session, widyaiswara, question_id))


async def _found(
    session: AsyncSession, widyaiswara: Employee, question_id: int, *, change: bool = False
) -> GuidanceQuestion:
    loading = guidance_questions.one_of(session, widyaiswara, question_id, change=change)
    return await held(widyaiswara, loading)


async def answer(
    session: AsyncSession, widyaiswara: Employee, question_id: int, text: str, *, now: dt.datetime
) -> Question:
    """Answer a question; the answer goes to who asked at once."""
    words = text.strip()
    if not words:
        raise Refusal("Write the answer in a few sentences.")
    if len(words) > LONGEST_ANSWER:
        raise Refusal(
            "The answer is longer than {most} characters. Shorten it, or make it an article.",
            most=LONGEST_ANSWER,
        )
    question = await _found(session, widyaiswara, question_id, change=True)
    if question.answered_at is not None:
        raise Refusal("Somebody has answered this question already.")
    question.answer, question.answerer_id, question.answered_at = words, widyaiswara.id, now
    session.add(question)
    await session.flush()
    letter = Letter(
        employee_id=question.employee_id, kind=ANSWERED, period=str(question.id), due_at=now
    )
    await letters.put(session, [letter])
    return plain(question)
