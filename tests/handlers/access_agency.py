"""An agency in which every text tells whose it is, and who may read it."""

import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from bot.skp.dealings import FeedbackKind
from bot.skp.entries import EvidenceKind, EvidenceState
from bot.skp.people import AbsenceKind
from bot.skp.plans import PlanState
from db.models.approvals import Proposal, Submission
from db.models.days import PlanItem, Ramadan
from db.models.dealings import Feedback, Obstacle
from db.models.entries import Absence, Entry, Evidence
from db.models.guidance import GuidanceQuestion, GuidanceVersion
from db.models.messages import Arrival, Broadcast
from db.models.pacts import PactVersion
from db.models.people import Acting, Placement, Unit
from db.models.plans import ActionPlan, Holiday, Indicator, Plan, Theme, WorkResult
from db.models.quiz import QuizSending
from tests.chat import Agora
from tests.factories import LONG_AGO, employee
from tests.handlers.buttons import TODAY

HEAD, LEADER, NEIGHBOUR, MEMBER, COLLEAGUE, FORMER_STAND_IN, STAND_IN = range(7)
MANDATE, ADMIN, COACH, LEFT, STRANGER = range(7, 12)
SPRING, SUMMER = dt.date(2026, 2, 2), dt.date(2026, 6, 1)
MARK = re.compile(r"Zq([a-z]+)(\d\d)")


@dataclass(frozen=True)
class Cast:
    """One person: where, under whom, and what else is known."""

    unit: str
    above: int | None
    more: dict = field(default_factory=dict)


CAST = {
    HEAD: Cast("DINAS", None),
    LEADER: Cast("GIZI", HEAD),
    NEIGHBOUR: Cast("KB", HEAD),
    MEMBER: Cast("GIZI", LEADER),
    COLLEAGUE: Cast("GIZI", LEADER),
    FORMER_STAND_IN: Cast("KB", NEIGHBOUR),
    STAND_IN: Cast("KB", NEIGHBOUR),
    MANDATE: Cast("SETDA", None, {"themes": ["stunting"]}),
    ADMIN: Cast("SETDA", None, {"roles": ["pegawai", "admin"]}),
    COACH: Cast("SETDA", None, {"roles": ["pegawai", "widyaiswara"]}),
    LEFT: Cast("GIZI", LEADER),
}
LED = {
    HEAD: {LEADER, NEIGHBOUR},
    LEADER: {MEMBER, COLLEAGUE},
    NEIGHBOUR: {FORMER_STAND_IN, STAND_IN},
    STAND_IN: {MEMBER, COLLEAGUE},
}
TREE = {HEAD: set(range(7)), STAND_IN: {LEADER, MEMBER, COLLEAGUE}}


GOALS, THEMED = {"hasil", "iki", "konsep"}, {"hasil", "iki"}
# What no leader sees: of an earlier leader's time, the day's plan, drafts and questions.
NOT_OF_WORK = {"lama", "butir", "naskah", "tanya", "kuis", "pakta"}
PUT_BEFORE_A_RATER = {*GOALS, "nama", "alasan", "usul"}


def mark(kind: str, owner: int) -> str:
    """Write a word that tells what a text is and whose."""
    return f"Zq{kind}{owner:02}"


def marks(texts: Iterable[object]) -> set[tuple[str, int]]:
    """Find what some texts tell, and of whom."""
    seen = MARK.findall("\n".join(json.dumps(one, ensure_ascii=False) for one in texts))
    return {(kind, int(owner)) for kind, owner in seen}


def above(person: int | None) -> list[int]:
    """List the leaders over a person, up to the highest."""
    found = []
    while (person := CAST[person].above if person in CAST else None) is not None:
        found.append(person)
    return found


def may_read(reader: int, kind: str, owner: int) -> bool:
    """Tell whether a person may ever be shown a text of this kind of somebody.

    The design says it: entries are for the person, the direct leader and who stands in for that
    one; goals also for who stands on them, and nameless for leaders above and the theme's keeper;
    an admin knows the roster. What was written under an earlier leader stays there. A plan keeps
    its rater when people move, and rater and rated know each other by it.
    """
    if reader == owner:
        return True
    led = owner in LED.get(reader, ())
    if owner == LEFT and reader in {LEADER, STAND_IN} and kind in PUT_BEFORE_A_RATER:
        return True
    if kind in NOT_OF_WORK:
        return (reader, kind) == (COACH, "tanya")
    if kind == "nama":
        return led or reader == ADMIN or owner in known_by_name(reader)
    if kind in GOALS:
        below = TREE.get(reader, LED.get(reader, set()))
        return owner in {*below, *above(reader)} or (reader == MANDATE and kind in THEMED)
    return led


def known_by_name(reader: int) -> set[int]:
    """List whom a person knows by the work itself: the leader, and who stands in for that one."""
    leaders = set(above(reader)[:1])
    stands_in = {STAND_IN} if LEADER in {reader, *leaders} else set()
    stood_for = {LEADER} if reader == STAND_IN else set()
    return leaders | stands_in | stood_for


@dataclass
class Rows:
    """The keys of what belongs to a person, as the buttons carry them."""

    person: int
    leader: int
    nip: str
    draft: int = 1
    entry: int = 0
    result: int = 0
    absence: int = 0
    arrival: int = 0
    several: int = 0
    broadcast: int = 0
    drafted: int = 0
    submission: int = 0
    feedback: int = 0
    obstacle: int = 0
    evidence: int = 0
    acting: int = 0
    item: int = 0
    holiday: int = 0
    ramadan: int = 0
    written: int = 0
    question: int = 0
    sending: int = 0
    pact: int = 0


async def planted(agora: Agora) -> dict[int, Rows]:
    """Plant the agency; give everybody's rows."""
    async with agora.database.writing() as session:
        units: dict[str, int] = {}
        for code, parent in (("DINAS", None), ("GIZI", "DINAS"), ("KB", "DINAS"), ("SETDA", None)):
            unit = Unit(code=code, name=f"Unit {code}", parent_id=units.get(parent or ""))
            units[code] = await kept(session, unit)
        session.add(Theme(code="stunting", name="Penurunan stunting"))
        people = {n: employee(n, name=f"{mark('nama', n)} Contoh", **CAST[n].more) for n in CAST}
        rows = {}
        for n, person in people.items():
            key = await kept(session, person)
            rows[n] = Rows(person=key, leader=0, nip=person.nip)
        for n, cast in CAST.items():
            rows[n].leader = rows[cast.above].person if cast.above is not None else rows[n].person
            await seated(session, n, units[cast.unit], rows)
        for n in CAST:
            await working(session, agora, n, rows)
            await writing_for_all(session, agora, n, rows[n])
        await standing_in(session, rows)
        holiday = await kept(session, Holiday(day=TODAY + dt.timedelta(days=9), name="Hari contoh"))
        fasting = Ramadan(first=TODAY, last=TODAY + dt.timedelta(days=28))
        ramadan = await kept(session, fasting)
        for one in rows.values():
            one.holiday, one.ramadan = holiday, ramadan
    return rows


async def kept(session, row) -> int:
    session.add(row)
    await session.flush()
    return row.id


async def seated(session, n: int, unit: int, rows: dict[int, Rows]) -> None:
    """Seat a person; one worked under somebody else until the summer, and one has left."""
    place = {"employee_id": rows[n].person, "unit_id": unit, "position": "Analis Contoh"}
    over = CAST[n].above
    leader = None if over is None else rows[over].person
    since, until = LONG_AGO, SUMMER if n == LEFT else None
    if n == MEMBER:
        earlier = rows[LEFT].person
        session.add(Placement(**place, supervisor_id=earlier, since=LONG_AGO, until=SUMMER))
        since = SUMMER
    session.add(Placement(**place, supervisor_id=leader, since=since, until=until))
    await session.flush()


async def standing_in(session, rows: dict[int, Rows]) -> None:
    """Let one stand in for a leader now, and another have done so in the spring."""
    for n in CAST:
        until = None if n == STAND_IN else SUMMER
        deputy = n if n in {STAND_IN, FORMER_STAND_IN} else FORMER_STAND_IN
        leader = LEADER if deputy == n else n
        since = SPRING + dt.timedelta(days=n)
        row = Acting(
            leader_id=rows[leader].person,
            employee_id=rows[deputy].person,
            since=since,
            until=until,
        )
        rows[n].acting = await kept(session, row)


async def working(session, agora: Agora, n: int, rows: dict[int, Rows]) -> None:
    """Give a person a plan and all that work leaves behind."""
    own, over = rows[n], CAST[n].above
    rater = None if over is None else rows[over].person
    state = PlanState.SUBMITTED
    plan = await kept(session, Plan(employee_id=own.person, year=2026, rater_id=rater, state=state))
    shared = {"plan_id": plan, "employee_id": own.person}
    above_it = rows[over].result if over is not None else None
    goal = f"{mark('hasil', n)} terlaksananya pendampingan balita"
    own.result = await kept(
        session,
        WorkResult(**shared, number=1, text=goal, parent_id=above_it or None, themes=["stunting"]),
    )
    iki = {"text": f"{mark('iki', n)} jumlah balita", "target": Decimal(40), "unit": "balita"}
    session.add(Indicator(work_result_id=own.result, **iki))
    session.add(
        ActionPlan(work_result_id=own.result, period="2026-11", text=mark("aksi", n) + " timbang")
    )
    own.drafted = await kept(
        session,
        WorkResult(
            **shared, number=9, text=f"{mark('konsep', n)} tersusunnya", state=PlanState.DRAFT
        ),
    )
    session.add(
        Proposal(work_result_id=own.result, employee_id=own.person, text=mark("usul", n) + " ubah")
    )
    own.submission = await kept(
        session,
        Submission(**shared, reason=mark("alasan", n) + " revisi", submitted_at=agora.now),
    )
    await writing(session, agora, n, own)
    await dealing(session, agora, n, rows)


async def writing(session, agora: Agora, n: int, own: Rows) -> None:
    """Give a person entries: of today, of several at once, undone, and of before the summer."""
    said = {"text": f"{mark('catatan', n)} dampingi 2 balita", "message_id": 1, "date": 1}
    said |= {"chat": {"id": 100 + n, "type": "private"}}
    payload = json.dumps({"update_id": 1, "message": said})
    own.arrival, own.several = [
        await kept(
            session,
            Arrival(
                update_id=900_000 + 10 * n + one,
                chat_id=100 + n,
                payload=payload,
                state="done",
                received_at=agora.now,
                done_at=agora.now,
            ),
        )
        for one in range(2)
    ]
    common = {"employee_id": own.person, "created_at": agora.now, "changed_at": agora.now}
    fresh = {**common, "text": said["text"], "quantity": Decimal(2), "unit": "balita"}
    linked = {**fresh, "work_result_id": own.result}
    own.entry = await kept(session, Entry(**linked, day=TODAY))
    for part in (1, 2):
        session.add(Entry(**linked, day=TODAY, arrival_id=own.several, part=part))
    session.add(Entry(**fresh, day=TODAY, state="undone"))
    past = {**linked, "text": f"{mark('lama' if n == MEMBER else 'catatan', n)} musim semi"}
    session.add(Entry(**past, day=SPRING))


async def dealing(session, agora: Agora, n: int, rows: dict[int, Rows]) -> None:
    """Give a person evidence, an absence, feedback, an obstacle and something to announce."""
    own, (common) = rows[n], {"employee_id": rows[n].person, "created_at": agora.now}
    own.evidence = await kept(
        session,
        Evidence(
            **common,
            entry_id=own.entry,
            kind=EvidenceKind.LINK,
            state=EvidenceState.STORED,
            title=mark("bukti", n),
            url=f"https://contoh.example/{mark('bukti', n)}",
        ),
    )
    away = {"kind": AbsenceKind.LEAVE, "first": TODAY + dt.timedelta(days=7)}
    own.absence = await kept(session, Absence(employee_id=own.person, last=away["first"], **away))
    word = {"kind": FeedbackKind.GUIDANCE, "text": mark("umpan", n), "author_id": own.leader}
    own.feedback = await kept(session, Feedback(**common, entry_id=own.entry, **word))
    own.obstacle = await kept(session, Obstacle(**common, text=mark("kendala", n)))
    announced = Broadcast(author_id=own.person, text=mark("siaran", n), created_at=agora.now)
    own.broadcast = await kept(session, announced)


async def writing_for_all(session, agora: Agora, n: int, own: Rows) -> None:
    """Give a person a plan for the day, a question, and drafts of what all are to read."""
    item = PlanItem(employee_id=own.person, day=TODAY, place=1, text=mark("butir", n))
    own.item = await kept(session, item)
    draft = GuidanceVersion(
        slug=f"contoh-{n}",
        title=mark("naskah", n),
        theme="stunting",
        text=mark("naskah", n),
        author_id=own.person,
        created_at=agora.now,
    )
    own.written = await kept(session, draft)
    asked = {"text": mark("tanya", n), "created_at": agora.now}
    own.question = await kept(session, GuidanceQuestion(employee_id=own.person, **asked))
    mine = {"author_id": own.person, "created_at": agora.now}
    quiz = QuizSending(**mine, theme="stunting", questions=[mark("kuis", n)])
    own.sending = await kept(session, quiz)
    own.pact = await kept(session, PactVersion(**mine, text=mark("pakta", n) + " jujur"))


def account(n: int) -> int:
    """Give the Telegram account of a person."""
    return 100 + n
