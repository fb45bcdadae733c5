"""Ask a person five questions, one after the other, and ask again what was wrong."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.quiz import Card, Offer, after, choose, next_day
from db import quiz
from db.models.people import Employee
from db.models.quiz import QuizAsked, QuizCard, QuizRound


@dataclass(frozen=True)
class Asking:
    """A question that is to be put now: its place in the round, and where its answer stands."""

    id: int
    question: str
    right: int
    place: int
    of: int


@dataclass(frozen=True)
class Result:
    """How a round went: how many were right of how many, and which were wrong."""

    right: int
    of: int
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Nothing:
    """There is nothing to ask; the day on which there is again, if any question was answered."""

    until: dt.date | None


async def begin(
    session: AsyncSession, employee: Employee, offers: Sequence[Offer], *, now: dt.datetime,
    today: dt.date,
) -> Asking | Nothing:  # fmt: skip
    """Begin a round of what is due and what is new, and give its first question."""
    known = {one.question: Card(one.place, one.due) for one in await quiz.cards(session, employee)}
    chosen = choose(offers, known, person=employee.id or 0, today=today)
    if not chosen:
        offered = {one.id for one in offers}
        return Nothing(next_day([card for name, card in known.items() if name in offered]))
    by_id = {one.id: one for one in offers}
    return await put(session, employee, [by_id[one] for one in chosen], now=now)


async def put(
    session: AsyncSession, employee: Employee, chosen: Sequence[Offer], *, now: dt.datetime,
    sending_id: int | None = None,
) -> Asking:  # fmt: skip
    """Put some questions to a person as a round, and give the first."""
    begun = QuizRound(employee_id=employee.id or 0, sending_id=sending_id, started_at=now)
    session.add(begun)
    await session.flush()
    for place, offer in enumerate(chosen, start=1):
        card = await quiz.card_of(session, employee, offer.id)
        turn = card.right + card.wrong if card else 0
        asked = QuizAsked(
            round_id=begun.id or 0,
            employee_id=employee.id or 0,
            place=place,
            question=offer.id,
            right=offer.shown_at(turn),
        )
        session.add(asked)
    await session.flush()
    return await _next(session, await quiz.of_round(session, employee, begun.id or 0), now=now)


async def _next(session: AsyncSession, asked: Sequence[QuizAsked], *, now: dt.datetime) -> Asking:
    following = next(one for one in asked if one.asked_at is None)
    following.asked_at = now
    session.add(following)
    await session.flush()
    return Asking(
        following.id or 0, following.question, following.right, following.place, len(asked)
    )


async def answer(
    session: AsyncSession, employee: Employee, told: tuple[str, int], *, now: dt.datetime,
    today: dt.date,
) -> Asking | Result | None:  # fmt: skip
    """Take what a person chose in a poll; give what follows, or nothing where nothing does.

    A poll of somebody else, or one that was answered before, changes nothing; one of an earlier
    round is remembered, but the newest round goes on by itself.
    """
    poll_id, chosen = told
    asked = await quiz.asked_by(session, employee, poll_id)
    if asked is None or asked.answered_at is not None:
        return None
    asked.poll_id, asked.chosen, asked.answered_at = poll_id, chosen, now
    session.add(asked)
    await _learn(session, employee, asked, now=now, today=today)
    await session.flush()
    begun = await quiz.newest_round(session, employee)
    if begun is None or begun.id != asked.round_id:
        return None
    every = await quiz.of_round(session, employee, asked.round_id)
    if any(one.asked_at is None for one in every):
        return await _next(session, every, now=now)
    return result(every)


async def _learn(
    session: AsyncSession, employee: Employee, asked: QuizAsked, *, now: dt.datetime, today: dt.date
) -> None:
    """Remember how well a person knows a question."""
    right = asked.chosen == asked.right
    card = await quiz.card_of(session, employee, asked.question)
    known = Card(card.place, card.due) if card else None
    moved = after(known, right=right, today=today)
    if card is None:
        card = QuizCard(
            employee_id=employee.id or 0,
            question=asked.question,
            place=moved.place,
            due=moved.due,
            answered_at=now,
        )
    card.place, card.due, card.answered_at = moved.place, moved.due, now
    card.right, card.wrong = card.right + right, card.wrong + (not right)
    session.add(card)


def result(asked: Sequence[QuizAsked]) -> Result:
    """Sum up a round."""
    wrong = tuple(one.question for one in asked if one.chosen != one.right)
    return Result(len(asked) - len(wrong), len(asked), wrong)
