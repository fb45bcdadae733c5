"""Rows around a team for tests: entries, absences, and people elsewhere."""

import datetime as dt
from decimal import Decimal

from sqlmodel import select

from bot.skp.entries import EntryState, EvidenceKind, EvidenceState
from bot.skp.people import AbsenceKind
from db.engine import Database
from db.models.dealings import Obstacle
from db.models.entries import Absence, Entry, Evidence
from db.models.people import Employee, Placement, Unit
from db.models.plans import WorkResult
from tests.chat import Agora
from tests.factories import LONG_AGO, a_team, employee

TODAY = dt.date(2026, 11, 24)


async def logs(database: Database, employee_id: int, day: dt.date = TODAY, **more) -> int:
    """Let a person have an entry; `number` links it to the RHK with that number."""
    async with database.writing() as session:
        number = more.pop("number", None)
        if number is not None:
            query = select(WorkResult.id).where(
                WorkResult.employee_id == employee_id, WorkResult.number == number
            )
            more["work_result_id"] = (await session.exec(query)).one()
        if "quantity" in more:
            more["quantity"] = Decimal(more["quantity"])
        if "percent" in more:
            more["percent"] = Decimal(more["percent"])
        then = dt.datetime.combine(day, dt.time(3), dt.UTC)
        fields = {"text": "Dampingi balita", "state": EntryState.KEPT, **more}
        row = Entry(employee_id=employee_id, day=day, created_at=then, changed_at=then, **fields)
        session.add(row)
        await session.flush()
        return row.id


async def is_away(
    database: Database,
    employee_id: int,
    kind: AbsenceKind = AbsenceKind.DUTY,
    *,
    first=TODAY,
    last=TODAY,
) -> None:
    """Let a person be away."""
    async with database.writing() as session:
        session.add(Absence(employee_id=employee_id, kind=kind, first=first, last=last))


async def a_unit(database: Database, code: str, *, name: str, parent: str | None = None) -> int:
    """Make a unit, below another one if that is named."""
    async with database.writing() as session:
        above = await unit_id(session, parent) if parent else None
        unit = Unit(code=code, name=name, parent_id=above, zone="Asia/Makassar")
        session.add(unit)
        await session.flush()
        return unit.id


async def joins(
    database: Database, n: int, supervisor_id: int | None, *, unit: str = "GIZI", **more
) -> int:
    """Make a person with the account 100 + n under a supervisor."""
    since = more.pop("since", LONG_AGO)
    until = more.pop("until", None)
    async with database.writing() as session:
        person = employee(n, **more)
        session.add(person)
        await session.flush()
        session.add(
            Placement(
                employee_id=person.id,
                unit_id=await unit_id(session, unit),
                supervisor_id=supervisor_id,
                position="Nutrisionis",
                since=since,
                until=until,
            )
        )
        return person.id


async def moves(
    database: Database, employee_id: int, supervisor_id: int | None, *, on: dt.date
) -> None:
    """Let a person work under another supervisor from a day on."""
    async with database.writing() as session:
        query = select(Placement).where(
            Placement.employee_id == employee_id, Placement.until.is_(None)
        )
        old = (await session.exec(query)).one()
        old.until = on
        session.add_all(
            [
                old,
                Placement(
                    employee_id=employee_id,
                    unit_id=old.unit_id,
                    supervisor_id=supervisor_id,
                    position=old.position,
                    since=on,
                ),
            ]
        )


async def change(database: Database, employee_id: int, **values) -> None:
    """Change what is known of a person."""
    async with database.writing() as session:
        person = await session.get(Employee, employee_id)
        for name, value in values.items():
            setattr(person, name, value)
        session.add(person)


async def unit_id(session, code: str) -> int:
    """Find a unit's key."""
    return (await session.exec(select(Unit.id).where(Unit.code == code))).one()


async def a_day(agora: Agora, *, language: str = "id") -> tuple[int, list[int]]:
    """Let three log, one of them two things, one be away and one say nothing."""
    leader, members = await a_team(agora.database, members=5)
    await change(agora.database, leader, language=language)
    for one in members[:3]:
        await logs(agora.database, one, number=1, quantity="480", unit="balita")
    await logs(
        agora.database,
        members[0],
        number=2,
        quantity="40",
        unit="balita",
        text="Dampingi <b>&</b> 😀",
    )
    await is_away(agora.database, members[3], AbsenceKind.LEAVE)
    return leader, members


async def raised(agora: Agora, person: int, text: str, *, days: int = 0) -> None:
    """Let a person have an open obstacle that is some days old."""
    async with agora.database.writing() as session:
        then = agora.now - dt.timedelta(days=days)
        session.add(Obstacle(employee_id=person, text=text, created_at=then))


async def proved(agora: Agora, person: int) -> int:
    """Give the newest entry of a person a stored photo and a link; give the entry's key."""
    agora.agency.data_dir.mkdir(parents=True, exist_ok=True)
    (agora.agency.data_dir / "bukti.jpg").write_bytes(b"\xff\xd8\xff\xe0bukti")
    async with agora.database.writing() as session:
        query = select(Entry.id).where(Entry.employee_id == person).order_by(Entry.id.desc())
        entry = (await session.exec(query)).first()
        for fields in (
            {"kind": EvidenceKind.PHOTO, "title": "Foto <posyandu>", "path": "bukti.jpg"},
            {"kind": EvidenceKind.LINK, "title": "Daftar", "url": "https://contoh.example/a?b=1&c"},
        ):
            session.add(
                Evidence(
                    entry_id=entry,
                    employee_id=person,
                    state=EvidenceState.STORED,
                    created_at=agora.now,
                    **fields,
                )
            )
    return entry
