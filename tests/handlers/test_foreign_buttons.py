import dataclasses
import datetime as dt
import re

import pytest
from sqlmodel import select
from telegram.ext import CallbackQueryHandler

import handlers
from bot.skp.entries import EvidenceKind, EvidenceState
from bot.skp.people import AbsenceKind
from db.models.days import PlanItem, Ramadan
from db.models.entries import Absence, Entry, Evidence
from db.models.messages import Broadcast, Draft, Letter
from db.models.people import Employee, Invitation, Placement
from db.models.plans import Holiday, Indicator, Plan, WorkResult
from tests.factories import a_team, employee

SECRET = "menyelesaikan perkara rahasia"
TODAY = dt.date(2026, 11, 24)
DAY = TODAY.toordinal()
KEPT = (Employee, Placement, Entry, Evidence, Absence, Invitation, Letter, Draft)
KEPT += (Plan, WorkResult, Indicator, Broadcast, PlanItem)
# What belongs to the whole agency changes by nobody but its admins.
SHARED = (Holiday, Ramadan)
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
    "entry-text": "entry-text:{entry}:1:0",
    "entry-undo": "entry-undo:{entry}:1:0",
    "entry-restore": "entry-restore:{entry}:1:0",
    "entry-delete": "entry-delete:{entry}:1:1",
    "entry-delete-now": "entry-delete-now:{entry}:1:1",
    "entry-keep": "entry-keep:{arrival}",
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
    "away": "away:20261124",
    "away-kind": f"away-kind:0:{DAY}",
    "away-days": f"away-days:0:{DAY}:{DAY}",
    "away-other": "away-other:0",
    "away-undo": "away-undo:{absence}",
    "team-away": "team-away:0",
    "team-away-for": "team-away-for:{person}",
    "team-away-kind": f"team-away-kind:{{person}}:0:{DAY}",
    "team-away-days": f"team-away-days:{{person}}:0:{DAY}:{DAY}",
    "team-away-other": "team-away-other:{person}:0",
    "team-away-undo": "team-away-undo:{person}:{absence}",
    "prompt-at": "prompt-at:0",
    "prompt-off": "prompt-off",
    "prompt-hour": "prompt-hour",
    "remind": "remind:0",
    "remind-home": "remind-home",
    "remind-list": "remind-list",
    "remind-on": "remind-on:0:0",
    "remind-at": "remind-at:4:1",
    "remind-days": "remind-days:4:1",
    "remind-pause": "remind-pause:7",
    "remind-resume": "remind-resume",
    "remind-help": "remind-help",
    "plan-write": "plan-write:20261124",
    "plan-tick": "plan-tick:{item}",
    "calendar": "calendar:0",
    "holiday-drop": "holiday-drop:{holiday}",
    "ramadan-yes": "ramadan-yes:{ramadan}",
    "ramadan-change": "ramadan-change:{ramadan}",
    "snooze": "snooze:20261124",
    "same": "same:20261124",
    "invite": "invite:{person}",
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
}
# What an office allows: a leader sees the own team, an admin the roster, no one the entries else.
LEADS = {verb for verb in KEYS if verb.startswith("team")}
KEEPS_THE_ROSTER = {verb for verb in KEYS if verb.startswith(("staff", "invite"))}
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
    item: int = 0
    holiday: int = 0
    ramadan: int = 0


@pytest.fixture
async def owned(agora) -> Owned:
    """Give a person a plan, an entry with evidence, an absence, and a dialogue half done."""
    _, (person, *_) = await a_team(agora.database)
    owner = agora.chat(OWNER)
    await owner.say(f"dampingi 6 balita berisiko stunting, {SECRET}")
    await owner.say(f"bagaimana {SECRET}?")
    await owner.tap("Simpan sebagai catatan")
    await owner.say("/cuti")
    await owner.tap("Cuti")
    await owner.tap(owner.last.labels[0])
    await owner.say("/catat")
    found = Owned(person)
    async with agora.database.writing() as session:
        session.add(employee(7, name="Admin Contoh", roles=["pegawai", "admin"]))
        entries = list(await session.exec(select(Entry).order_by(Entry.id)))
        found.entry, found.arrival = entries[0].id, entries[-1].arrival_id
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
        item = PlanItem(employee_id=person, day=TODAY, place=1, text=SECRET)
        holiday = Holiday(day=TODAY, name="Hari contoh")
        ramadan = Ramadan(first=TODAY, last=TODAY + dt.timedelta(days=28))
        session.add_all([announced, item, holiday, ramadan])
        await session.flush()
        found.broadcast, found.item = announced.id, item.id
        found.holiday, found.ramadan = holiday.id, ramadan.id
    assert absence.kind is AbsenceKind.LEAVE
    return found


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
    wrong = []

    agency = await shared(agora)
    for verb in [verb for verb in KEYS if verb not in allowed]:
        toast = await chat.press(KEYS[verb].format(**values), chat.last)
        seen = "\n".join([toast, *(message.text for message in chat.messages)])
        if "rahasia" in seen or "Sari Contoh 1" in seen:
            wrong.append(f"{verb} shows: {seen}")
        if await kept(agora, owned.person) != before:
            wrong.append(f"{verb} changes")
            before = await kept(agora, owned.person)

    assert not wrong
    assert await shared(agora) == agency
    assert [(one.id, one.html) for one in agora.chat(OWNER).messages] == owner_reads


async def test_the_owners_own_presses_do_change_something(agora, owned):
    owner = agora.chat(OWNER)
    before = await kept(agora, owned.person)

    await owner.press(f"history-entry:{owned.entry}:0", owner.last)
    assert "rahasia" in owner.last.text
    await owner.press(f"entry-undo:{owned.entry}:1:0", owner.last)
    assert await kept(agora, owned.person) != before
