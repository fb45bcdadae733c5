"""What one invented person logs, day by day."""

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.actions.trial_roster import AGENCY
from bot.skp.entries import EntryState
from bot.skp.people import AbsenceKind
from db.models.people import Employee

SILENT_SHARE = 0.08
BUSY_SHARE = 0.3
UNLINKED_SHARE = 0.04
ERRAND_SHARE = 0.08
STUCK_SHARE = 0.06
PACES = (0.92, 1.12)
SLOW_PACES = (0.55, 0.8)
# About three absences a year.
AWAY_CHANCE = 0.012
AWAY_DAYS = (1, 3)
# For how many days a stuck RHK has stood still, and after how many quiet days one is taken up.
STUCK_DAYS = (14, 40)
QUIET_DAYS = 6
FIRST_HOUR, LAST_HOUR = dt.time(8, 0), dt.time(16, 0)


@dataclass
class Goal:
    """One RHK of a year, and how far its owner has come with it."""

    id: int
    unit: str
    target: float
    pace: float
    stops: dt.date
    done: float = 0.0
    last: dt.date = dt.date.min


@dataclass(frozen=True)
class Shown:
    """One RHK with its indicator's unit and target, as the database has it."""

    id: int
    unit: str
    target: Decimal


@dataclass(frozen=True)
class Moment:
    """The present, as far as an inventor of pasts needs it."""

    now: dt.datetime
    today: dt.date


class Worker:
    """One invented person who logs, at an own pace that is kept through the year."""

    def __init__(self, employee: Employee, job: dict[str, Any], moment: Moment, seed: str) -> None:
        self.employee = employee
        self.away_until = dt.date.min
        self._job = job
        self._moment = moment
        self._goals: dict[int, Goal] = {}
        # Each person has dice of their own, so that they stay who they are on any day.
        self._dice = random.Random(f"{seed} {employee.nip}")  # noqa: S311  # Invention, not secrecy.
        self._pace = self._dice.uniform(*PACES)

    def slow_down(self) -> None:
        """Be one of those who stay behind the pace of the year."""
        self._pace = self._dice.uniform(*SLOW_PACES)

    def begin(self, shown: dict[int, Shown]) -> None:
        """Set out for a year's RHK."""
        self._goals = {}
        for number, one in shown.items():
            stuck = self._dice.random() < STUCK_SHARE
            days = self._dice.randint(*STUCK_DAYS) if stuck else 0
            self._goals[number] = Goal(
                one.id,
                one.unit,
                float(one.target),
                self._pace * self._dice.uniform(0.95, 1.03),
                self._moment.today - dt.timedelta(days=days),
            )

    def is_leaving(self) -> bool:
        """Tell, by chance, whether an absence begins."""
        return self._dice.random() < AWAY_CHANCE

    def leave(self, first: dt.date, days: int = 0) -> dict[str, Any]:
        """Be away for so many days, or for a few."""
        days = days or self._dice.randint(*AWAY_DAYS)
        self.away_until = first + dt.timedelta(days=days)
        return {
            "employee_id": self.employee.id,
            "kind": self._dice.choice(list(AbsenceKind)),
            "first": first,
            "last": self.away_until - dt.timedelta(days=1),
        }

    def work(self, day: dt.date, share: float, *, silent: float = SILENT_SHARE) -> list[Any]:
        """Log a day's work: often one thing, sometimes two, now and then nothing.

        The share is how much of the year's working days is gone.
        """
        if self._dice.random() < silent:
            return []
        count = 2 if self._dice.random() < BUSY_SHARE else 1
        return [self._entry(day, share, place) for place in range(count)]

    def _entry(self, day: dt.date, share: float, place: int) -> dict[str, Any]:
        moment = self._hour(day)
        return {
            "employee_id": self.employee.id,
            "day": day,
            **self._deed(day, share),
            "state": EntryState.KEPT,
            "late": False,
            "part": place,
            "nearest": [],
            "version": 1,
            "created_at": moment,
            "changed_at": moment,
        }

    def _hour(self, day: dt.date) -> dt.datetime:
        """Choose when an entry was written: in working hours, and never in the future."""
        zone = ZoneInfo(self.employee.zone)
        first = dt.datetime.combine(day, FIRST_HOUR, zone)
        last = min(dt.datetime.combine(day, LAST_HOUR, zone), self._moment.now)
        return (first + self._dice.random() * (last - first)).astimezone(dt.UTC)

    def _deed(self, day: dt.date, share: float) -> dict[str, Any]:
        """Do what has waited the longest, or one of the many things that stand in no plan."""
        lines = [line for line in self._job["log"] if day <= self._goals[line[1]].stops]
        urgent = [(self._urgency(line, day, share), place) for place, line in enumerate(lines)]
        pressing, place = max(urgent, default=(0.0, 0))
        if pressing <= 0 or self._dice.random() < ERRAND_SHARE:
            return {
                "text": self._dice.choice(AGENCY["errands"]),
                "quantity": None,
                "unit": None,
                "work_result_id": None,
                "additional": True,
            }
        return self._done(lines[place], day)

    def _urgency(self, line: list[Any], day: dt.date, share: float) -> float:
        """Tell how many entries of this kind are missing by now, give or take a little."""
        _, number, amount = line
        goal = self._goals[number]
        whim = self._dice.uniform(-0.3, 0.3)
        if amount is None:
            return (day - goal.last).days / QUIET_DAYS - 1 + whim
        missing = goal.pace * goal.target * share - goal.done
        return missing / (float(sum(amount)) / 2) - 0.5 + whim

    def _done(self, line: list[Any], day: dt.date) -> dict[str, Any]:
        """Do something for an RHK; some entries are never linked, as in life."""
        text, number, amount = line
        goal = self._goals[number]
        quantity = self._dice.randint(*amount) if amount else None
        linked = self._dice.random() >= UNLINKED_SHARE
        if linked:
            goal.last = day
            goal.done += quantity or 0
        return {
            "text": text.format(n=quantity, place=self._dice.choice(AGENCY["places"])),
            "quantity": None if quantity is None else Decimal(quantity),
            "unit": goal.unit if quantity is not None else None,
            "work_result_id": goal.id if linked else None,
            "additional": False,
        }
