"""Fill a fresh database with an invented agency and a year of its work."""

import datetime as dt
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import invitations
from bot.actions.trial_roster import AGENCY, Sample
from bot.skp.entries import EntryState
from bot.skp.people import AbsenceKind
from db import calendars
from db.models.entries import Absence, Entry
from db.models.people import Employee, Placement, Unit
from db.models.plans import Indicator, WorkResult

FIRST_ACCOUNT = 1001
STRANGERS = 4
SILENT_SHARE = 0.12
BUSY_SHARE = 0.25
UNLINKED_SHARE = 0.06
SELDOM = 15.0
ENTRIES_A_YEAR = 260.0
PACES = (0.65, 1.15)


@dataclass(frozen=True)
class Player:
    """One invented person with an invented Telegram account."""

    account: int
    name: str
    phone: str
    note: str
    code: str | None


async def people_come_in(session: AsyncSession, sample: Sample, *, now: dt.datetime) -> list[Player]:
    """Let most people in; the last few get a code instead, to try coming in."""
    found = (
        await session.exec(
            select(Employee, Placement, Unit)
            .join(Placement, Placement.employee_id == Employee.id)  # type: ignore[arg-type]  # A column.
            .join(Unit, Unit.id == Placement.unit_id)  # type: ignore[arg-type]  # The same.
        )
    ).all()
    by_nip = {employee.nip: (employee, placement, unit) for employee, placement, unit in found}
    players = []
    for place, post in enumerate(sample.posts):
        employee, placement, unit = by_nip[post.nip]
        account = FIRST_ACCOUNT + place
        outside = place % 11 == 10 and len([one for one in players if one.code]) < STRANGERS  # Every eleventh.
        code = None
        if outside:
            (invited,) = await invitations.invite(session, [employee], now=now)
            code = invited.code
        else:
            employee.telegram_id = account
            employee.consented_at = now - dt.timedelta(days=300)
            employee.consent_version = "1"
            session.add(employee)
        roles = ", ".join(role for role in employee.roles if role != "pegawai")
        note = f"{placement.position} – {unit.name}" + (f" ({roles})" if roles else "")
        players.append(Player(account, employee.name, employee.phone or "", note, code))
    await session.flush()
    return players


async def a_year_of_work(
    session: AsyncSession, sample: Sample, *, now: dt.datetime, seed: int
) -> int:
    """Write believable entries from January until yesterday; tell how many."""
    dice = random.Random(seed)  # noqa: S311  # Invention, not secrecy.
    jobs = {post.nip: AGENCY["jobs"][post.job] for post in sample.posts}
    results: dict[int, dict[int, tuple[int, str, Decimal]]] = {}
    rows = await session.exec(
        select(WorkResult, Indicator).join(Indicator, Indicator.work_result_id == WorkResult.id)  # type: ignore[arg-type]  # A column.
    )
    for result, indicator in rows:
        owned = results.setdefault(result.employee_id, {})
        owned[result.number] = (result.id or 0, indicator.unit, indicator.target)
    entries: list[dict[str, Any]] = []
    absences: list[dict[str, Any]] = []
    for employee in (await session.exec(select(Employee))).all():
        writer = Writer(employee, jobs[employee.nip], results.get(employee.id or 0, {}), dice)
        calendar = await calendars.calendar_of(session, employee, on=now.date())
        day, today = dt.date(now.year, 1, 2), now.astimezone(ZoneInfo(employee.zone)).date()
        away_until = day
        while day < today:
            if calendar.is_working(day) and day >= away_until:
                if dice.random() < 0.012:  # About three absences a year.
                    away_until = day + dt.timedelta(days=dice.randrange(1, 4))
                    absences.append(writer.absence(day, away_until))
                else:
                    entries += writer.day(day)
            day += dt.timedelta(days=1)
    if entries:
        await session.execute(insert(Entry), entries)
    if absences:
        await session.execute(insert(Absence), absences)
    return len(entries)


@dataclass
class Writer:
    """One invented person who logs."""

    employee: Employee
    job: dict[str, Any]
    results: dict[int, tuple[int, str, Decimal]]
    dice: random.Random
    pace: dict[int, float] = field(default_factory=dict)

    def absence(self, first: dt.date, after: dt.date) -> dict[str, Any]:
        """Be away for some days."""
        kind = self.dice.choice(list(AbsenceKind))
        return {
            "employee_id": self.employee.id,
            "kind": kind,
            "first": first,
            "last": after - dt.timedelta(days=1),
        }

    def day(self, day: dt.date) -> list[dict[str, Any]]:
        """Log a day's work, often one thing, sometimes two, now and then nothing."""
        if self.dice.random() < SILENT_SHARE:
            return []
        count = 2 if self.dice.random() < BUSY_SHARE else 1
        return [self.entry(day, place) for place in range(count)]

    def entry(self, day: dt.date, place: int) -> dict[str, Any]:
        """Log one thing; how often an RHK comes up follows from its target."""
        lines = self.job["log"]
        weights = [self.yearly(line) for line in lines]
        errands = max(0.0, ENTRIES_A_YEAR - sum(weights))
        line = self.dice.choices([*lines, None], weights=[*weights, errands])[0]
        moment = dt.datetime.combine(
            day, dt.time(14 + place, self.dice.randrange(60)), ZoneInfo(self.employee.zone)
        ).astimezone(dt.UTC)
        return {
            "employee_id": self.employee.id,
            "day": day,
            **(self.errand() if line is None else self.work(line)),
            "state": EntryState.KEPT,
            "late": False,
            "part": place,
            "nearest": [],
            "version": 1,
            "created_at": moment,
            "changed_at": moment,
        }

    def work(self, line: list[Any]) -> dict[str, Any]:
        """Do something for an RHK."""
        text, number, amount = line
        quantity = Decimal(self.dice.randint(*amount)) if amount else None
        result_id, unit, _ = self.results[number]
        linked = self.dice.random() > UNLINKED_SHARE
        return {
            "text": text.format(
                n=quantity or self.dice.randint(2, 9), place=self.dice.choice(AGENCY["places"])
            ),
            "quantity": quantity,
            "unit": unit if quantity else None,
            "work_result_id": result_id if linked else None,
            "additional": False,
        }

    def errand(self) -> dict[str, Any]:
        """Do one of the many things that stand in no plan."""
        return {
            "text": self.dice.choice(AGENCY["errands"]),
            "quantity": None,
            "unit": None,
            "work_result_id": None,
            "additional": True,
        }

    def yearly(self, line: list[Any]) -> float:
        """Tell how often a kind of work comes up in a year, at this person's own pace."""
        _, number, amount = line
        if amount is None or number not in self.results:
            return SELDOM
        pace = self.pace.setdefault(number, self.dice.uniform(*PACES))
        return pace * float(self.results[number][2]) / (sum(amount) / 2)
