"""Run a month through the bot's own clock and postman, against the lean Telegram."""

import contextlib
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import col, select

from bot.actions import absences, calendars, reminders
from bot.app import Service
from bot.config import Settings
from bot.post.postman import Postman
from bot.post.sorting import Means
from bot.refusal import Refusal
from bot.skp.people import AbsenceKind
from db.engine import Database
from db.models.entries import Entry
from db.models.messages import Letter
from db.models.people import Employee, Placement, Shift, Unit
from tests.bench.month import ADDED, ADDED_AT, DAY, FIRST, LEADS, Deed, Life, Manner, deeds, lives
from tests.bench.office import TOKEN, Telegram
from tests.factories import LONG_AGO

# Real seconds are not waited for: the pace is another bench's matter.
PACE = 5000
STEP = dt.timedelta(minutes=5)
# In which hours, UTC, somebody of the three zones may be written to; outside them ticks are rarer.
BUSY = (dt.time(21, 30), dt.time(11, 30))
RARE = dt.timedelta(hours=1)


@dataclass(frozen=True)
class World:
    """How many people live how many days, by which dice, and how often the clock ticks."""

    people: int
    days: int
    seed: int
    step: dt.timedelta = STEP


@dataclass(frozen=True)
class Heard:
    """One message as Telegram had it, and when it was by the simulated clock."""

    at: dt.datetime
    chat: int
    number: int


@dataclass
class Month:
    """What a month was, and what was said in it."""

    people: dict[int, Life]
    heard: list[Heard] = field(default_factory=list)
    turned_away: list[tuple[dt.datetime, int]] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    ticks: int = 0


class Clock:
    """Stand still until it is moved."""

    def __init__(self) -> None:
        self.at = dt.datetime.combine(FIRST - DAY, dt.time(16), dt.UTC)

    def now(self) -> dt.datetime:
        return self.at


async def simulate(url: str, folder: Path, world: World) -> Month:
    """Let people live their days; give everything that happened."""
    month = Month({one.id: one for one in lives(world.people, world.days, world.seed)})
    todo = [d for one in month.people.values() for d in deeds(one, world.days, world.seed)]
    todo.sort(key=lambda deed: (deed.at, deed.person), reverse=True)
    clock = Clock()
    with Telegram() as telegram:
        async with standing(url, folder, telegram.url, clock) as service:
            await settle_in(service.database, list(month.people.values()))
            end = clock.at + world.days * DAY
            while clock.at < end:
                before = clock.at
                clock.at += world.step if is_busy(before) else RARE
                await catch_up(service, month, (todo, telegram), (before, clock.at))
                # A process lives an hour: nothing may hang on what one remembers.
                if clock.at.hour != before.hour:
                    service.postman = postman(service)
                await tick(service, month, telegram)
            async with service.database.reading() as session:
                month.letters = list(await session.exec(select(Letter).order_by(col(Letter.id))))
    return month


async def tick(service: Service, month: Month, telegram: Telegram) -> None:
    """Plan and carry as the bot does at a tick, and hear what came of it."""
    await service.postman.plan()
    while await service.postman.carry():
        pass
    told, now = telegram.do("drain"), service.now()
    month.heard += [Heard(now, chat, number) for chat, number in told["said"]]
    month.turned_away += [(now, chat) for chat in told["turned_away"]]
    month.ticks += 1


def postman(service: Service) -> Postman:
    """Begin a postman anew, at a pace that is no measure here."""
    means = Means(service.agency.habits, service.agency.library)
    return Postman(service.bot, service.database, service.now, per_second=PACE, means=means)


@contextlib.asynccontextmanager
async def standing(url: str, folder: Path, api: str, clock: Clock) -> AsyncIterator[Service]:
    """Make the bot as it runs, and leave its clock and post to be driven by hand."""
    settings = Settings(
        bot_token=TOKEN, bot_api_url=api, data_dir=folder, database_url=url, _env_file=None
    )
    service = Service(settings, clock.now)
    service.postman = postman(service)
    await service.request.initialize()
    await service.application.initialize()
    try:
        yield service
    finally:
        await service.application.shutdown()
        await service.request.shutdown()
        await service.database.close()


def is_busy(at: dt.datetime) -> bool:
    """Tell whether anybody may be written to at an hour."""
    return at.time() >= BUSY[0] or at.time() <= BUSY[1]


async def settle_in(database: Database, people: list[Life]) -> None:
    """Let everybody be in, with the teams, the shifts and the year's holidays."""
    begun = dt.datetime.combine(FIRST - 60 * DAY, dt.time(), dt.UTC)
    async with database.writing() as session:
        await calendars.ensure_holidays(session, FIRST.year)
        session.add(Unit(id=1, code="GIZI", name="Seksi Gizi", zone=people[0].zone, week=5))
        await session.flush()
        await session.execute(insert(Employee), [as_employee(one, begun) for one in people])
        for one in people:
            above = None if one.leads else one.id - (one.id - 1) % LEADS
            session.add(
                Placement(
                    employee_id=one.id, unit_id=1, supervisor_id=above, position="Analis Contoh",
                    since=LONG_AGO,
                )
            )  # fmt: skip
            session.add_all(
                Shift(employee_id=one.id, day=day, start=start, end=end)
                for day, (start, end) in one.shifts.items()
            )


def as_employee(one: Life, begun: dt.datetime) -> dict[str, object]:
    """Write a person as a row; the first also keeps the calendar."""
    usual = {
        name: column.get_default(call_default_factory=True)
        for name, column in Employee.model_fields.items()
        if not column.is_required() and name != "id"
    }
    return usual | {
        "id": one.id,
        "nip": f"19900101{one.id:010}",
        "name": f"Orang Contoh {one.id}",
        "roles": ["pegawai", "admin"] if one.id == 1 else ["pegawai"],
        "zone": one.zone,
        "week": one.week,
        "telegram_id": one.chat,
        "consented_at": begun,
        "consent_version": "1",
        "prompts_on": one.manner is not Manner.MUTED,
    }


async def catch_up(
    service: Service,
    month: Month,
    coming: tuple[list[Deed], Telegram],
    span: tuple[dt.datetime, dt.datetime],
) -> None:
    """Let everything happen whose time has come; the deeds are the bot's own."""
    (todo, telegram), (before, now) = coming, span
    while todo and todo[-1].at <= now:
        deed = todo.pop()
        life = month.people[deed.person]
        if deed.what == "block":
            telegram.do("block", chat=life.chat)
            life.blocked = deed.at
        else:
            await do(service.database, life, deed)
    if before < ADDED_AT <= now:
        async with service.database.writing() as session:
            admin = await session.get_one(Employee, 1)
            await calendars.add_holiday(session, admin, ADDED, "Hari jadi contoh", now=now)


async def do(database: Database, life: Life, deed: Deed) -> None:
    """Log a day, note days away, or put a prompt off."""
    async with database.writing() as session:
        person = await session.get_one(Employee, life.id)
        if deed.what == "log" and not life.is_away(deed.first, deed.at):
            values = {"text": "posyandu", "created_at": deed.at, "changed_at": deed.at}
            session.add(Entry(employee_id=life.id, day=deed.first, **values))
            life.logged.setdefault(deed.first, deed.at)
        elif deed.what == "away":
            by = absences.By(person, deed.at)
            days = (deed.first, deed.last)
            await absences.note(session, person, AbsenceKind.LEAVE, days, by)
            span = range((deed.last - deed.first).days + 1)
            life.away |= {deed.first + n * DAY: deed.at for n in span}
        elif deed.what == "snooze" and deed.first not in life.logged:
            with contextlib.suppress(Refusal):
                await reminders.snooze(session, person, deed.first, now=deed.at)
                life.snoozed[deed.first] = deed.at
