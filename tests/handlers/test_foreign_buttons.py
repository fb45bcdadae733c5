import dataclasses
import datetime as dt
import re
import zlib

import pytest
from sqlmodel import select
from telegram.ext import CallbackQueryHandler

import handlers
from bot.skp.dealings import FeedbackKind
from bot.skp.entries import EvidenceKind, EvidenceState
from bot.skp.people import AbsenceKind
from bot.skp.plans import PlanState
from db.models.approvals import Proposal, Submission
from db.models.dealings import Feedback, Obstacle
from db.models.entries import Absence, Entry, Evidence
from db.models.messages import Broadcast, Draft, Letter
from db.models.people import Acting, Employee, Invitation, Placement
from db.models.plans import Indicator, Plan, Theme, WorkResult
from tests.factories import a_team, employee

SECRET = "menyelesaikan perkara rahasia"
TODAY = dt.date(2026, 11, 24)
DAY = TODAY.toordinal()
STUNTING = zlib.crc32(b"stunting")
KEPT = (Employee, Placement, Entry, Evidence, Absence, Invitation, Letter, Draft)
KEPT += (Plan, WorkResult, Indicator, Broadcast, Submission, Proposal)
KEPT += (Plan, WorkResult, Indicator, Broadcast, Feedback, Obstacle)
KEPT += (Plan, WorkResult, Indicator, Broadcast, Feedback, Obstacle, Acting)
OWNER = 101

# Every verb with a key as it stands on a button of the owner's; {…} are the owner's own rows.
KEYS = {
    "reg-yes": "reg-yes:{draft}",
    "reg-boss": "reg-boss:{draft}",
    "reg-no": "reg-no:{draft}",
    "reg-form": "reg-form:0:{draft}",
    "reg-own": "reg-own:{draft}",
    "reg-read": "reg-read:{draft}",
    "reg-refuse": "reg-refuse:{draft}",
    "reg-agree": "reg-agree:{draft}",
    "resume": "resume:{draft}",
    "forget": "forget:{draft}",
    "entry-link": "entry-link:{entry}:1:0:0",
    "entry-pick": "entry-pick:{entry}:1:0:{result}",
    "entry-show": "entry-show:{entry}:1:0",
    "entry-change": "entry-change:{entry}:1:0",
    "entry-amount": "entry-amount:{entry}:1:0",
    "entry-day": "entry-day:{entry}:1:0",
    "entry-day-to": f"entry-day-to:{{entry}}:1:0:{DAY - 1}",
    "entry-hours": "entry-hours:{entry}:1:0",
    "entry-text": "entry-text:{entry}:1:0",
    "entry-undo": "entry-undo:{entry}:1:0",
    "entry-restore": "entry-restore:{entry}:1:0",
    "entry-delete": "entry-delete:{entry}:1:1",
    "entry-delete-now": "entry-delete-now:{entry}:1:1",
    "entry-keep": "entry-keep:{arrival}",
    "entry-split": "entry-split:{entry}:1:0",
    "parts": "parts:{several}",
    "parts-open": "parts-open:{several}",
    "parts-undo": "parts-undo:{several}:2",
    "parts-restore": "parts-restore:{several}:2",
    "parts-merge": "parts-merge:{several}:2",
    "repeat": "repeat:{entry}",
    "repeat-day": "repeat-day",
    "history": "history:0",
    "history-entry": "history-entry:{entry}:0",
    "skp": "skp:0",
    "skp-result": "skp-result:{result}:0",
    "health": "health",
    "menu": "menu",
    "help": "help",
    "language": "language:en",
    "themes": "themes",
    "theme": "theme:0",
    "article": "article:0",
    "search": "search",
    "team-new": f"team-new:1:{DAY}",
    "team": f"team:1:{DAY}",
    "team-people": f"team-people:1:{DAY}:0",
    "team-one": f"team-one:1:{DAY}:{{person}}:0",
    "team-units": f"team-units:1:{DAY}",
    "team-obstacles": f"team-obstacles:1:{DAY}",
    "team-file": f"team-file:1:{DAY}:0",
    "team-result": f"team-result:1:{DAY}:{{person}}:{{result}}:0",
    "team-entry": f"team-entry:1:{DAY}:{{person}}:{{entry}}:{{result}}:0",
    "team-proof": "team-proof:{evidence}",
    "respond-new": "respond-new:{entry}",
    "across": f"across:{STUNTING}:0:{DAY}",
    "across-units": f"across-units:{STUNTING}:0:{DAY}",
    "across-file": f"across-file:{STUNTING}:0:{DAY}:1",
    "cascade": "cascade:0",
    "cascade-step": "cascade-step:0:{result}",
    "cascade-health": "cascade-health:0",
    "cascade-matrix": "cascade-matrix:0",
    "cascade-file": "cascade-file:0",
    "respond": "respond",
    "respond-next": "respond-next:999999",
    "respond-card": "respond-card:{entry}",
    "respond-say": "respond-say:{entry}:0",
    "respond-words": "respond-words:{entry}:2:0",
    "respond-undo": "respond-undo:{feedback}",
    "feedback-thank": "feedback-thank:{feedback}",
    "feedback-reply": "feedback-reply:{feedback}",
    "feedback-entry": "feedback-entry:{feedback}",
    "obstacle": "obstacle",
    "obstacle-close": "obstacle-close:{obstacle}",
    "obstacle-reopen": "obstacle-reopen:{obstacle}",
    "obstacle-open": "obstacle-open:{person}:{obstacle}",
    "obstacle-help": "obstacle-help:{person}:{obstacle}",
    "obstacle-guide": "obstacle-guide:{person}:{obstacle}",
    "away": "away:20261124",
    "away-kind": f"away-kind:0:{DAY}",
    "away-now": f"away-now:0:{DAY}",
    "away-days": f"away-days:0:{DAY}:{DAY}",
    "away-other": "away-other:0",
    "away-undo": "away-undo:{absence}",
    "prompt-at": "prompt-at:0",
    "prompt-off": "prompt-off",
    "snooze": "snooze:20261124",
    "same": "same:20261124",
    "invite": "invite:{person}",
    "acting": "acting:{person}",
    "acting-pick": "acting-pick:{person}:{leader}:0:0",
    "acting-end": "acting-end:{acting}",
    "audit": "audit:{person}:0",
    "audit-about": "audit-about:{person}",
    "own": "own",
    "own-looks": "own-looks",
    "own-mend": "own-mend",
    "own-file": "own-file",
    "staff": "staff:{person}",
    "staff-release": "staff-release:{person}",
    "staff-rebind": "staff-rebind:{person}",
    "staff-invite": "staff-invite:{person}",
    "broadcast-to": "broadcast-to:{broadcast}:0",
    "broadcast-edit": "broadcast-edit:{broadcast}",
    "broadcast-whom": "broadcast-whom:{broadcast}",
    "broadcast-drop": "broadcast-drop:{broadcast}",
    "broadcast-send": "broadcast-send:{broadcast}",
    "broadcast-now": "broadcast-now:{broadcast}",
    "broadcast-stop": "broadcast-stop:{broadcast}",
    "broadcast-view": "broadcast-view:{broadcast}",
    "roster-apply": "roster-apply:{draft}",
    "roster-list": "roster-list:{draft}:0:0",
    "roster-back": "roster-back:{draft}",
    "roster-drop": "roster-drop:{draft}",
    "coach-as": "coach-as:0:{arrival}",
    "impact": "impact:stunting",
    "impact-jobs": "impact-jobs:stunting",
    "history-filter": "history-filter",
    "history-results": "history-results",
    "history-search": "history-search",
    "late": "late:{entry}:1:1",
    "late-field": "late-field:{entry}:1:1:0",
    "late-back": "late-back:{entry}:1",
    "missed": "missed",
    "missed-save": f"missed-save:{DAY - 1}:2:{{entry}}",
    "missed-all": "missed-all:0",
    "missed-undo": "missed-undo:{arrival}",
    "missed-away": "missed-away",
    "missed-write": f"missed-write:{DAY - 1}",
    "copy": f"copy:0:{DAY}:0",
    "copy-xlsx": f"copy-xlsx:2:{DAY}",
    "evidence-files": f"evidence-files:2:{DAY}:0",
    "hours": f"hours:0:{DAY}:{{entry}}",
    "hours-end": f"hours-end:0:{DAY}",
    "import-undo": "import-undo:{arrival}",
    "plan-add": "plan-add",
    "plan-save": "plan-save:{arrival}",
    "plan-edit": "plan-edit:{arrival}",
    "plan-drop": "plan-drop:{arrival}",
    "plan-submit": "plan-submit",
    "plan-withdraw": "plan-withdraw:{submission}",
    "plan-change": "plan-change:{drafted}:0",
    "plan-text": "plan-text:{drafted}:0",
    "plan-target": "plan-target:{drafted}:0",
    "plan-keywords": "plan-keywords:{drafted}:0",
    "plan-remove": "plan-remove:{drafted}:0",
    "plan-remove-now": "plan-remove-now:{drafted}:0",
    "plan-wish-drop": "plan-wish-drop:{result}:0",
    "plan-parent": "plan-parent:{drafted}:0",
    "plan-above": "plan-above:{drafted}:{result}:0",
    "approvals": "approvals:0",
    "approval": "approval:{submission}:0",
    "approval-yes": "approval-yes:{submission}",
    "approval-no": "approval-no:{submission}",
    "recap": f"recap:2:{DAY}",
    "recap-evidence": f"recap-evidence:2:{DAY}",
    "recap-page": f"recap-page:2:{DAY}:0",
}
# What an office allows: a leader sees the own team, an admin the roster, no one the entries else.
LEADS = {verb for verb in KEYS if verb.startswith(("team", "approval"))}
LEADS = {verb for verb in KEYS if verb.startswith(("team", "across", "cascade", "respond"))}
LEADS |= {"obstacle-open", "obstacle-help", "obstacle-guide"}
KEEPS_THE_ROSTER = {
    verb for verb in KEYS if verb.startswith(("staff", "invite", "acting", "audit"))
}
PRESSERS = [
    pytest.param(102, set(), id="another-employee"),
    pytest.param(100, LEADS, id="the-leader"),
    pytest.param(999, set(), id="a-stranger"),
    pytest.param(107, KEEPS_THE_ROSTER, id="an-admin"),
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
        session.add_all([announced, word, hindrance, stands_in])
        await session.flush()
        found.broadcast = announced.id
        found.drafted, found.submission = await put_before_the_rater(session, agora, found)
        found.broadcast, found.feedback, found.obstacle = announced.id, word.id, hindrance.id
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
    """Read everything that belongs to somebody."""
    rows: list[tuple[str, str]] = []
    async with agora.database.reading() as session:
        for model in KEPT:
            for row in await session.exec(select(model).order_by(*model.__table__.primary_key)):
                whose = getattr(row, "employee_id", getattr(row, "author_id", None))
                mine = row.id if model is Employee else whose
                if mine == person or getattr(row, "user_id", None) == OWNER:
                    rows.append((model.__name__, repr(row.model_dump())))
    return rows


def test_every_verb_has_a_key_here():
    assert verbs() == set(KEYS)


@pytest.mark.parametrize(("presser", "allowed"), PRESSERS)
async def test_nothing_of_somebody_else_is_shown_or_changed(agora, owned, presser, allowed):
    chat = agora.chat(presser)
    await chat.say("/menu")
    values = dataclasses.asdict(owned)
    before = await kept(agora, owned.person)
    owner_reads = [(one.id, one.html) for one in agora.chat(OWNER).messages]
    wrong = []

    for verb in [verb for verb in KEYS if verb not in allowed]:
        toast = await chat.press(KEYS[verb].format(**values), chat.last)
        seen = "\n".join([toast, *(message.text for message in chat.messages)])
        if "rahasia" in seen or "Sari Contoh 1" in seen:
            wrong.append(f"{verb} shows: {seen}")
        if await kept(agora, owned.person) != before:
            wrong.append(f"{verb} changes")
            before = await kept(agora, owned.person)

    assert not wrong
    assert [(one.id, one.html) for one in agora.chat(OWNER).messages] == owner_reads


async def test_the_owners_own_presses_do_change_something(agora, owned):
    owner = agora.chat(OWNER)
    before = await kept(agora, owned.person)

    await owner.press(f"history-entry:{owned.entry}:0", owner.last)
    assert "rahasia" in owner.last.text
    await owner.press(f"entry-undo:{owned.entry}:1:0", owner.last)
    assert await kept(agora, owned.person) != before
