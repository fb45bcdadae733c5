"""What is kept about a person, who has looked, and all of it to take along."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.feedback import Said, as_said
from bot.skp.dealings import ObstacleAnswer
from bot.skp.entries import EvidenceKind
from bot.skp.people import AbsenceKind
from db import audit, guidance_questions, own_data, pacts, people, quiz
from db.models.people import Employee

LOOK_BACK = dt.timedelta(days=30)


@dataclass(frozen=True)
class Look:
    """Who looked how often in the last days, and when last."""

    name: str
    as_admin: bool
    times: int
    last: dt.datetime


@dataclass(frozen=True)
class Holdings:
    """How much is kept about a person, and who has looked."""

    entries: int
    proofs: int
    consented_at: dt.datetime | None
    looks: tuple[Look, ...]
    # How many questions of the quiz were answered, and which versions of the pact were read when.
    answered: int = 0
    pacts: tuple[tuple[int, dt.datetime], ...] = ()


@dataclass(frozen=True)
class EntryRow:
    """One entry as it is kept."""

    id: int
    day: dt.date
    last_day: dt.date | None
    text: str
    quantity: Decimal | None
    unit: str | None
    percent: Decimal | None
    number: int | None
    late: bool
    created_at: dt.datetime


@dataclass(frozen=True)
class ProofRow:
    """One bukti dukung as it is kept."""

    entry_id: int
    kind: EvidenceKind
    title: str
    url: str | None
    sha256: str | None


@dataclass(frozen=True)
class ObstacleRow:
    """One obstacle with its answer."""

    text: str
    created_at: dt.datetime
    answer: ObstacleAnswer | None
    advice: str | None
    closed_at: dt.datetime | None


@dataclass(frozen=True)
class QuestionRow:
    """One question to the widyaiswara with its answer."""

    asked_at: dt.datetime
    theme: str | None
    text: str
    answer: str | None
    answered_at: dt.datetime | None


@dataclass(frozen=True)
class QuizRow:
    """One answer of the quiz, and when its question comes again."""

    question: str
    right: bool
    answered_at: dt.datetime
    due: dt.date | None


@dataclass(frozen=True)
class Belongings:
    """Everything that is kept about a person."""

    identity: tuple[tuple[str, str], ...]
    entries: tuple[EntryRow, ...]
    proofs: tuple[ProofRow, ...]
    words: tuple[Said, ...]
    obstacles: tuple[ObstacleRow, ...]
    absences: tuple[tuple[AbsenceKind, dt.date, dt.date], ...]
    looks: tuple[Look, ...]
    questions: tuple[QuestionRow, ...]
    articles_seen: tuple[tuple[str, str], ...]
    quizzes: tuple[QuizRow, ...]
    pacts: tuple[tuple[int, dt.datetime], ...]


async def holdings(session: AsyncSession, employee: Employee, *, now: dt.datetime) -> Holdings:
    """Tell how much is kept about a person, and who has looked in the last days."""
    entries, proofs = await own_data.counts(session, employee)
    return Holdings(
        entries,
        proofs,
        employee.consented_at,
        await looks(session, employee, now=now),
        await quiz.answered(session, employee),
        tuple(await pacts.readings(session, employee)),
    )


async def looks(session: AsyncSession, employee: Employee, *, now: dt.datetime) -> tuple[Look, ...]:
    """List who has looked at a person in the last days."""
    found = await audit.lookers(session, employee, since=now - LOOK_BACK)
    return tuple(Look(one.name, one.as_admin, one.times, one.last) for one in found)


async def belongings(
    session: AsyncSession, employee: Employee, *, now: dt.datetime, today: dt.date
) -> Belongings:
    """Gather everything that is kept about a person."""
    place = await people.placement_of(session, employee, on=today)
    entries = await own_data.entries(session, employee)
    by_key = {entry.id: entry for entry, _ in entries}
    return Belongings(
        identity=identity(employee, *(place[:2] if place else (None, None))),
        entries=tuple(
            EntryRow(
                one.id or 0, one.day, one.last_day, one.text, one.quantity, one.unit, one.percent,
                number, one.late, one.created_at,
            )
            for one, number in entries
        ),
        proofs=tuple(
            ProofRow(one.entry_id, one.kind, one.title, one.url, one.sha256)
            for one, _ in await own_data.evidence(session, employee)
        ),
        words=tuple(
            as_said(given, by_key[given.entry_id], author)
            for given, author in await own_data.feedback(session, employee)
            if given.entry_id in by_key
        ),
        obstacles=tuple(
            ObstacleRow(one.text, one.created_at, one.answer, one.advice, one.closed_at)
            for one in await own_data.obstacles(session, employee)
        ),
        absences=tuple(
            (one.kind, one.first, one.last) for one in await own_data.absences(session, employee)
        ),
        looks=await looks(session, employee, now=now),
        questions=tuple(
            QuestionRow(one.created_at, one.theme, one.text, one.answer, one.answered_at)
            for one in await guidance_questions.asked_by(session, employee)
        ),
        articles_seen=tuple(sorted(employee.articles_seen.items(), key=lambda one: one[1])),
        quizzes=await quizzes(session, employee),
        pacts=tuple(await pacts.readings(session, employee)),
    )  # fmt: skip


async def quizzes(session: AsyncSession, employee: Employee) -> tuple[QuizRow, ...]:
    """List what a person has answered in the quiz."""
    due = {one.question: one.due for one in await quiz.cards(session, employee)}
    return tuple(
        QuizRow(
            one.question,
            one.chosen == one.right,
            one.answered_at,
            due.get(one.question),
        )
        for one in await quiz.all_answered(session, employee)
        if one.answered_at is not None
    )


def identity(employee: Employee, placement: object, unit: object) -> tuple[tuple[str, str], ...]:
    """List what the roster says of a person, under the roster's own headings."""
    known = (
        ("NIP", employee.nip),
        ("Nama", employee.name),
        ("Sapaan", employee.address),
        ("Pangkat/Golongan", employee.rank),
        ("Jenis", employee.kind.value.upper()),
        ("Jabatan", getattr(placement, "position", None)),
        ("Unit", getattr(unit, "name", None)),
        ("Telepon", employee.phone),
        ("Surel", employee.email),
        ("Telegram", str(employee.telegram_id or "")),
    )
    return tuple((heading, value) for heading, value in known if value)
