"""A month of invented people: who works when, who logs when, and who keeps away."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from tests.bench.crowd import FIRST_CHAT

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
# From a Monday with two holidays behind it, through the first weeks of Ramadan.
FIRST = dt.date(2026, 2, 16)
FREE = {dt.date(2026, 2, 16), dt.date(2026, 2, 17)}
# The agency's own day off, added on the morning of the day itself.
ADDED = dt.date(2026, 3, 4)
ADDED_AT = dt.datetime(2026, 3, 3, 22, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
# Two days of work, a night, and two days of rest, again and again.
ROUND = ((dt.time(7), dt.time(14)), (dt.time(14), dt.time(21)), (dt.time(21), dt.time(7)))
LONG_ROUND = 5
LEADS = 10


class Manner(StrEnum):
    """How somebody takes to logging."""

    EARLY = "early"
    LATE = "late"
    EVENING = "evening"
    NOW_AND_THEN = "now and then"
    IGNORES = "ignores"
    SNOOZES = "snoozes"
    BLOCKS = "blocks"
    MUTED = "muted"


WEIGHTS = {
    Manner.EARLY: 30,
    Manner.LATE: 24,
    Manner.EVENING: 8,
    Manner.NOW_AND_THEN: 14,
    Manner.IGNORES: 10,
    Manner.SNOOZES: 6,
    Manner.BLOCKS: 5,
    Manner.MUTED: 3,
}


@dataclass(frozen=True)
class Deed:
    """Something that somebody does at a moment: log a day, go away, put off, block."""

    at: dt.datetime
    person: int
    what: str
    first: dt.date
    last: dt.date


@dataclass
class Life:
    """One person's month."""

    id: int
    zone: str
    week: int
    manner: Manner
    leads: bool
    shifts: dict[dt.date, tuple[dt.time, dt.time]] = field(default_factory=dict)
    # When days away were noted, by day.
    away: dict[dt.date, dt.datetime] = field(default_factory=dict)
    # When an entry for a day was made first.
    logged: dict[dt.date, dt.datetime] = field(default_factory=dict)
    snoozed: dict[dt.date, dt.datetime] = field(default_factory=dict)
    blocked: dt.datetime | None = None

    @property
    def chat(self) -> int:
        """Give the person's chat."""
        return FIRST_CHAT + self.id

    def works(self, day: dt.date, at: dt.datetime) -> bool:
        """Tell whether a day is one of work, as is known at a moment."""
        if self.shifts:
            return day in self.shifts
        free = FREE | ({ADDED} if at >= ADDED_AT else set())
        return day.isoweekday() <= self.week and day not in free

    def is_away(self, day: dt.date, at: dt.datetime) -> bool:
        """Tell whether somebody is away on a day, as is known at a moment."""
        return day in self.away and self.away[day] <= at

    def local(self, at: dt.datetime) -> dt.datetime:
        """Give a moment by the person's own clock."""
        return at.astimezone(ZoneInfo(self.zone))


def lives(people: int, days: int, seed: int) -> list[Life]:
    """Invent people; every tenth leads those after, and some of the east work in shifts."""
    dice = Random(seed)
    manners = list(WEIGHTS)
    found = []
    for n in range(1, people + 1):
        zone = ZONES[dice.choice((0, 0, 1, 1, 2))]
        leads = n % LEADS == 1
        manner = dice.choices(manners, list(WEIGHTS.values()))[0]
        life = Life(n, zone, dice.choice((5, 5, 5, 6)), Manner.EARLY if leads else manner, leads)
        if zone == ZONES[2] and not leads and dice.random() < 0.3:
            at = dice.randrange(LONG_ROUND)
            turns = ((FIRST + k * DAY, (k + at) % LONG_ROUND) for k in range(-3, days + 3))
            life.shifts = {day: ROUND[turn] for day, turn in turns if turn < len(ROUND)}
        found.append(life)
    return found


def deeds(life: Life, days: int, seed: int) -> Iterator[Deed]:
    """Tell what somebody does in a month, in no order."""
    dice = Random(f"{seed} {life.id}")
    if dice.random() < 0.3:
        first = FIRST + dice.randrange(days) * DAY
        last = first + dice.choice((0, 0, 1, 2, 4, 9)) * DAY
        # Some are noted days before, some on the morning itself, some as late as at noon.
        noted = dice.choice((first - 2 * DAY, first, first))
        yield Deed(moment(life, noted, dice, 6 * 60, 12 * 60), life.id, "away", first, last)
    if life.manner is Manner.BLOCKS:
        day = FIRST + dice.randrange(days) * DAY
        yield Deed(moment(life, day, dice, 0, 24 * 60), life.id, "block", day, day)
    for day in (FIRST + n * DAY for n in range(days)):
        if life.works(day, ADDED_AT - DAY) and (at := logs_at(life, day, dice)) is not None:
            yield Deed(at, life.id, "log", day, day)
        if life.manner is Manner.SNOOZES and dice.random() < 0.7:
            yield Deed(moment(life, day, dice, 950, 980), life.id, "snooze", day, day)


def logs_at(life: Life, day: dt.date, dice: Random) -> dt.datetime | None:
    """Tell when somebody logs a day, if they do."""
    usual = {
        Manner.EARLY: (0.97, 9 * 60, 15 * 60),
        Manner.LATE: (0.9, 15 * 60 + 20, 18 * 60 + 30),
        Manner.EVENING: (0.9, 18 * 60 + 30, 22 * 60),
        Manner.NOW_AND_THEN: (0.5, 8 * 60, 22 * 60),
        Manner.SNOOZES: (0.8, 16 * 60 + 30, 18 * 60),
        Manner.BLOCKS: (0.6, 9 * 60, 20 * 60),
        Manner.MUTED: (0.5, 9 * 60, 17 * 60),
    }
    if life.manner not in usual:
        return None
    share, first, last = usual[life.manner]
    return moment(life, day, dice, first, last) if dice.random() < share else None


def moment(life: Life, day: dt.date, dice: Random, first: int, last: int) -> dt.datetime:
    """Choose a moment between two minutes of a person's own day."""
    start = dt.datetime.combine(day, dt.time(), ZoneInfo(life.zone)).astimezone(dt.UTC)
    return start + dt.timedelta(minutes=dice.randrange(first, last), seconds=dice.randrange(60))
