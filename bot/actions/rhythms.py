"""What the clock knows of some people of one zone at one moment, and what of it is wanted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.periods import month_of, year_of
from bot.skp.reminders import OWN, Habits, Kind, Wishes, choices_of
from bot.skp.seasons import Season
from bot.skp.timetables import Slot, timetable
from bot.skp.workdays import ONE_DAY, WorkCalendar
from db import calendars, rhythms, silences
from db.calendars import FreeDays
from db.rhythms import Looked

# Whoever came in longer ago is no newcomer.
NEWCOMER = dt.timedelta(days=14)
# How far back the cards speak of: a week, and the week before it where they come after one.
BACK = dt.timedelta(days=14)

Ask = tuple[Kind, dt.date]


@dataclass
class Watch:
    """One zone at one moment, with what all its people share."""

    zone: str
    local: dt.datetime
    habits: Habits
    free: FreeDays
    seasons: tuple[Season, ...]
    # People with the same hours and wishes have the same timetable.
    timetables: dict[object, tuple[WorkCalendar, list[Slot]]] = field(default_factory=dict)

    @property
    def day(self) -> dt.date:
        """Give the day that it is in the zone."""
        return self.local.date()


@dataclass(frozen=True)
class Person:
    """One person as the clock sees them today."""

    looked: Looked
    came_in: dt.date
    calendar: WorkCalendar
    slots: Sequence[Slot]

    @property
    def id(self) -> int:
        """Give the person's key."""
        return self.looked.id


async def watch(session: AsyncSession, zone: str, now: dt.datetime, habits: Habits) -> Watch:
    """Begin to watch a zone."""
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    month = month_of(local.date())
    # What a year lacks is counted before it ends.
    first = min(year_of(local.date()).start, local.date() - BACK)
    free = await calendars.free_days(session, first=first, end=month.end + BACK)
    return Watch(zone, local, habits, free, tuple(await calendars.seasons(session)))


def utc(seen: Watch) -> dt.datetime:
    """Give the watch's moment in UTC."""
    return seen.local.replace(tzinfo=ZoneInfo(seen.zone)).astimezone(dt.UTC)


async def people_of(
    session: AsyncSession, seen: Watch, looked: Sequence[Looked]
) -> dict[int, Person]:
    """Give each person a calendar and today's timetable."""
    ids = [one.id for one in looked]
    month = month_of(seen.day)
    shifts = await calendars.shifts_of(
        session, ids, first=min(month.start, seen.day - BACK), end=month.end
    )
    units = await rhythms.units_of(session, ids, seen.day) if seen.free.own else {}
    return {one.id: person_of(seen, one, units.get(one.id), shifts.get(one.id)) for one in looked}


def person_of(
    seen: Watch,
    looked: Looked,
    unit_id: int | None,
    shifts: dict[dt.date, tuple[dt.time, dt.time]] | None,
) -> Person:
    """Bring together what is known of one person; what is alike is worked out once."""
    came_in = looked.consented_at.astimezone(ZoneInfo(seen.zone)).date()
    newcomer = came_in if seen.day - came_in <= NEWCOMER else None
    own_unit = unit_id if unit_id in seen.free.own else None
    alike = (*looked[1:6], str(looked.reminders), newcomer, own_unit)
    known = seen.timetables.get(alike) if shifts is None else None
    if known is None:
        calendar = WorkCalendar(
            looked.week, seen.free.of(own_unit), shifts or {}, looked.leave_at, seen.seasons
        )
        slots = timetable(seen.day, calendar, wishes_of(looked), seen.habits, newcomer)
        known = calendar, slots
        if shifts is None:
            seen.timetables[alike] = known
    return Person(looked, came_in, *known)


def wishes_of(looked: Looked) -> Wishes:
    """Give what a person wishes."""
    return Wishes(
        prompts_on=looked.prompts_on,
        prompt_at=looked.prompt_at,
        learned_at=looked.learned_at,
        choices=choices_of(looked.reminders),
    )


async def welcome_back(
    session: AsyncSession, looked: Sequence[Looked]
) -> tuple[list[Looked], set[int]]:
    """Ask again of those who have logged since they were left in peace; tell who they are."""
    still = [one.id for one in looked if one.still_since is not None]
    back = await silences.heard_of(session, still) if still else set()
    return [one._replace(still_since=None) if one.id in back else one for one in looked], back


async def may_hear(
    session: AsyncSession, seen: Watch, people: Mapping[int, Person], asks: Mapping[Ask, set[int]]
) -> dict[Ask, set[int]]:
    """Keep of each question only those who may hear it at all today.

    Nobody does who is away or has left; whoever paused or is left in peace hears only what is
    said to them as a leader.
    """
    ids = {key for some in asks.values() for key in some}
    if not ids:
        return {}
    out = await rhythms.out_on(session, ids, seen.day)
    paused = {key for key in ids if is_paused(people[key].looked, seen.day)}
    still = {key for key in ids if people[key].looked.still_since is not None}
    resting = {kind: paused | still if kind in OWN else set() for kind in Kind}
    # Whoever is left in peace is still asked what would help.
    resting[Kind.HELP] = paused
    resting |= {kind: set() for kind in seen.habits.required}
    return {
        (kind, about): left
        for (kind, about), some in asks.items()
        if (left := some - out - resting[kind])
    }


def is_paused(looked: Looked, day: dt.date) -> bool:
    """Tell whether somebody has asked for silence on a day."""
    return looked.paused_until is not None and day < looked.paused_until


def together(pairs: Collection[tuple[int, Ask]]) -> dict[Ask, set[int]]:
    """Put people with the same question together."""
    found: dict[Ask, set[int]] = defaultdict(set)
    for key, ask in pairs:
        found[ask].add(key)
    return found


def silent_now(seen: Watch, person: Person) -> bool:
    """Tell whether a message should make no sound: outside the person's working hours."""
    for day in (seen.day - ONE_DAY, seen.day):
        if person.calendar.is_working(day):
            start, end = person.calendar.hours(day)
            if start <= seen.local < end:
                return False
    return True
