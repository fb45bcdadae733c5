import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlmodel import or_, select
from telegram.ext import CallbackQueryHandler

import handlers
from bot.skp.dealings import FeedbackKind
from bot.skp.entries import EvidenceKind, EvidenceState
from bot.skp.people import AbsenceKind
from bot.skp.plans import PlanState
from db.models.approvals import Proposal, Submission
from db.models.days import PlanItem, Ramadan
from db.models.dealings import Feedback, Obstacle
from db.models.entries import Absence, Entry, Evidence
from db.models.guidance import GuidanceQuestion, GuidanceVersion
from db.models.messages import Broadcast, Draft, Letter
from db.models.pacts import PactReading, PactVersion
from db.models.people import Acting, Employee, Invitation, Placement
from db.models.plans import Holiday, Indicator, Plan, Theme, WorkResult
from db.models.quiz import QuizAsked, QuizSending
from tests.factories import a_team, employee
from tests.handlers.buttons import KEYS, TODAY

SECRET = "menyelesaikan perkara rahasia"
KEPT = (Employee, Placement, Entry, Evidence, Absence, Invitation, Letter, Draft)
KEPT += (Plan, WorkResult, Indicator, Broadcast, Submission, Proposal, PlanItem)
# What belongs to the whole agency changes by nobody but its admins.
SHARED = (Holiday, Ramadan)
KEPT += (Feedback, Obstacle, Acting, GuidanceVersion, GuidanceQuestion)
NAMES = {model.__tablename__ for model in KEPT}
WRITING = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM) +\"?(\w+)")
KEPT += (QuizSending, QuizAsked, PactVersion, PactReading)
OWNER = 101

# What an office allows: a leader sees the own team, an admin the roster, no one the entries else.
LEADING = ("team", "approval", "across", "cascade", "respond")
LEADS = {verb for verb in KEYS if verb.startswith(LEADING)}
LEADS |= {"obstacle-open", "obstacle-help", "obstacle-guide"}
KEEPS_THE_ROSTER = {
    verb for verb in KEYS if verb.startswith(("staff", "invite", "acting", "audit"))
}
KEEPS_THE_CALENDAR = {verb for verb in KEYS if verb.startswith(("holiday", "ramadan"))}
PRESSERS = [
    pytest.param(102, set(), id="another-employee"),
    pytest.param(100, LEADS, id="the-leader"),
    pytest.param(999, set(), id="a-stranger"),
    pytest.param(107, KEEPS_THE_ROSTER | KEEPS_THE_CALENDAR, id="an-admin"),
]


def verbs() -> set[str]:
    """Give every verb that a handler knows."""
    known: set[str] = set()
    for handler in handlers.IN_ORDER:
        if isinstance(handler, CallbackQueryHandler) and isinstance(handler.pattern, re.Pattern):
            known |= set(re.fullmatch(r"\^\(\?:(.+?)\)\(.*", handler.pattern.pattern)[1].split("|"))
    return known


@dataclasses.dataclass
class Owned:
    """The keys of what belongs to the owner."""

    person: int
    entry: int = 0
    result: int = 0
    absence: int = 0
    arrival: int = 0
    draft: int = 1
    broadcast: int = 0
    several: int = 0
    drafted: int = 0
    submission: int = 0
    feedback: int = 0
    obstacle: int = 0
    evidence: int = 1
    leader: int = 0
    acting: int = 1
    item: int = 0
    holiday: int = 0
    ramadan: int = 0
    written: int = 1
    question: int = 1
    sending: int = 1
    pact: int = 1


@pytest.fixture
async def owned(agora) -> Owned:
    """Give a person a plan, an entry with evidence, an absence, and a dialogue half done."""
    leader, (person, *_) = await a_team(agora.database)
    owner = agora.chat(OWNER)
    await owner.say(f"dampingi 6 balita berisiko stunting, {SECRET}")
    await owner.say(f"dampingi 2 balita {SECRET}\ndampingi 3 balita {SECRET}")
    await owner.say(f"bagaimana {SECRET}?")
    await owner.tap("Simpan sebagai catatan")
    await owner.say("/cuti")
    await owner.tap("Cuti")
    await owner.tap(owner.last.labels[0])
    await owner.say("/catat")
    found = Owned(person, leader=leader)
    async with agora.database.writing() as session:
        session.add(employee(7, name="Admin Contoh", roles=["pegawai", "admin"]))
        session.add(Theme(code="stunting", name="Penurunan stunting"))
        entries = list(await session.exec(select(Entry).order_by(Entry.id)))
        found.entry, found.arrival = entries[0].id, entries[-1].arrival_id
        found.several = next(one.arrival_id for one in entries if one.part == 2)
        absence = (await session.exec(select(Absence))).one()
        found.absence, found.result = absence.id, entries[0].work_result_id
        found.draft = (await session.exec(select(Draft))).one().version
        session.add(
            Evidence(
                entry_id=entries[0].id,
                employee_id=person,
                kind=EvidenceKind.LINK,
                state=EvidenceState.STORED,
                title=SECRET,
                url="https://contoh.example/rahasia",
                created_at=agora.now,
            )
        )
        announced = Broadcast(author_id=person, text=SECRET, created_at=agora.now)
        word = Feedback(
            entry_id=entries[0].id,
            employee_id=person,
            author_id=leader,
            kind=FeedbackKind.GUIDANCE,
            text=SECRET,
            created_at=agora.now,
        )
        hindrance = Obstacle(employee_id=person, text=SECRET, created_at=agora.now)
        stands_in = Acting(leader_id=leader, employee_id=person, since=TODAY)
        item = PlanItem(employee_id=person, day=TODAY, place=1, text=SECRET)
        holiday = Holiday(day=TODAY, name="Hari contoh")
        ramadan = Ramadan(first=TODAY, last=TODAY + dt.timedelta(days=28))
        article = GuidanceVersion(
            slug="rahasia",
            title=SECRET,
            theme="stunting",
            text=SECRET,
            author_id=person,
            created_at=agora.now,
        )
        question = GuidanceQuestion(employee_id=person, text=SECRET, created_at=agora.now)
        session.add_all([announced, word, hindrance, stands_in, item, holiday, ramadan])
        session.add_all([article, question])
        quiz = QuizSending(
            author_id=person, theme="stunting", questions=["rahasia"], created_at=agora.now
        )
        pact = PactVersion(text=SECRET, author_id=person, created_at=agora.now)
        session.add_all([quiz, pact])
        await session.flush()
        found.broadcast = announced.id
        found.drafted, found.submission = await put_before_the_rater(session, agora, found)
        found.broadcast, found.feedback, found.obstacle = announced.id, word.id, hindrance.id
        found.item, found.holiday, found.ramadan = item.id, holiday.id, ramadan.id
    assert absence.kind is AbsenceKind.LEAVE
    return found


async def put_before_the_rater(session, agora, found: Owned) -> tuple[int, int]:
    """Give the owner a draft RHK, a wish and something handed in; give the keys of two."""
    plan = (await session.exec(select(Plan).where(Plan.employee_id == found.person))).one()
    drafted = WorkResult(
        plan_id=plan.id, employee_id=found.person, number=9, text=SECRET, state=PlanState.DRAFT
    )
    wish = Proposal(work_result_id=found.result, employee_id=found.person, text=SECRET)
    waiting = Submission(
        plan_id=plan.id, employee_id=found.person, reason=SECRET, submitted_at=agora.now
    )
    session.add_all([drafted, wish, waiting])
    await session.flush()
    return drafted.id, waiting.id


async def kept(agora, person: int) -> list[tuple[str, str]]:
    """Read everything that belongs to somebody; it is read often, so as plain rows."""
    rows: list[tuple[str, str]] = []
    async with agora.database.reading() as session:
        connection = await session.connection()
        for model in KEPT:
            table = model.__table__
            key = "id" if model is Employee else "employee_id"
            whose = {key: person, "author_id": person, "user_id": OWNER}
            mine = [table.c[name] == value for name, value in whose.items() if name in table.c]
            asked = select(table).where(or_(*mine)) if mine else select(table)
            ordered = asked.order_by(*table.primary_key)
            rows += [(table.name, repr(row)) for row in await connection.execute(ordered)]
    return rows


@contextmanager
def written(agora) -> Iterator[list[str]]:
    """Collect the names of the tables in which rows were put, changed or deleted."""
    found: list[str] = []

    def note(_connection, _cursor, statement, *_: object) -> None:
        found.extend(WRITING.findall(statement))

    engine = agora.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def shared(agora) -> list[str]:
    """Read what belongs to the whole agency."""
    async with agora.database.reading() as session:
        return [
            repr(row.model_dump()) for model in SHARED for row in await session.exec(select(model))
        ]


def test_every_verb_has_a_key_here():
    assert verbs() == set(KEYS)


@pytest.mark.parametrize(("presser", "allowed"), PRESSERS)
async def test_nothing_of_somebody_else_is_shown_or_changed(agora, owned, presser, allowed):
    chat = agora.chat(presser)
    await chat.say("/menu")
    values = dataclasses.asdict(owned)
    before = await kept(agora, owned.person)
    owner_reads = [(one.id, one.html) for one in agora.chat(OWNER).messages]
    wrong, heard = [], set()

    agency = await shared(agora)
    for verb in [verb for verb in KEYS if verb not in allowed]:
        with written(agora) as tables:
            toast = await chat.press(KEYS[verb].format(**values), chat.last)
        fresh = [one for one in chat.messages if (one.id, one.html) not in heard]
        heard |= {(one.id, one.html) for one in fresh}
        seen = "\n".join([toast, *(one.text for one in fresh)])
        if "rahasia" in seen or "Sari Contoh 1" in seen:
            wrong.append(f"{verb} shows: {seen}")
        # What nothing was written to is as it was; reading it takes longer than the press.
        if NAMES & set(tables) and await kept(agora, owned.person) != before:
            wrong.append(f"{verb} changes")
            before = await kept(agora, owned.person)

    assert not wrong
    assert await kept(agora, owned.person) == before
    assert await shared(agora) == agency
    assert [(one.id, one.html) for one in agora.chat(OWNER).messages] == owner_reads


async def test_the_owners_own_presses_do_change_something(agora, owned):
    owner = agora.chat(OWNER)
    before = await kept(agora, owned.person)

    await owner.press(f"history-entry:{owned.entry}:0", owner.last)
    assert "rahasia" in owner.last.text
    await owner.press(f"entry-undo:{owned.entry}:1:0", owner.last)
    assert await kept(agora, owned.person) != before
