"""Look again at letters that were claimed: many at a time, in one transaction that only reads."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import occasions
from bot.actions.broadcasts import standing
from bot.actions.occasions import NUDGE, SNOOZE
from bot.actions.rhythms import Person, Watch, people_of, silent_now, together, watch
from bot.guidance.library import Library
from bot.post import dealings, gatherings, guidance, lessons
from bot.post.kinds import Sight, asks_of
from bot.post.saying import Told, say
from bot.skp.reminders import Habits, Kind
from db import broadcasts, entries, rhythms, settling, silences
from db.broadcasts import BROADCAST, REPORT
from db.models.messages import Letter


@dataclass(frozen=True)
class Means:
    """What the post speaks from: the agency's habits, and the library where there is one."""

    habits: Habits = field(default_factory=Habits)
    library: Library | None = None


SCHEDULED = {*(kind.value for kind in Kind), SNOOZE, NUDGE}


async def look(
    session: AsyncSession,
    claimed: Sequence[Letter],
    now: dt.datetime,
    means: Means,
) -> Sight:
    """Gather what is true now of the letters' people and of what is to be said."""
    sight = Sight(now, await settling.addressees(session, {one.employee_id for one in claimed}))
    for zone in {one.zone for one in sight.people.values()}:
        mine = [one for one in claimed if lives_in(sight, one, zone)]
        if mine:
            seen = await watch(session, zone, now, means.habits)
            await look_at_zone(session, sight, mine, (seen, means.library))
    said = {int(one.period) for one in claimed if one.kind in {BROADCAST, REPORT}}
    if said:
        sight.broadcasts = await broadcasts.by_keys(session, said)
    passing = [one for one in claimed if one.kind in dealings.KINDS]
    if passing:
        sight.dealings = await dealings.look(session, passing, now)
    written = [one for one in claimed if one.kind in guidance.KINDS]
    if written:
        sight.guidance = await guidance.look(session, written, now, means.library)
    taught = [one for one in claimed if one.kind in lessons.KINDS]
    if taught:
        sight.lessons = await lessons.look(session, taught, now, means.library)
    public = [one for one in claimed if one.kind in gatherings.KINDS]
    if public:
        sight.gatherings = await gatherings.look(session, public, now)
    for letter in claimed:
        broadcast = sight.broadcasts.get(int(letter.period)) if letter.kind == REPORT else None
        if broadcast is not None:
            sight.standings[broadcast.id or 0] = await standing(session, broadcast)
    return sight


def lives_in(sight: Sight, letter: Letter, zone: str) -> bool:
    """Tell whether a letter, other than a broadcast, goes to a zone."""
    person = sight.people.get(letter.employee_id)
    return person is not None and person.zone == zone and letter.kind not in {BROADCAST, REPORT}


async def look_at_zone(
    session: AsyncSession,
    sight: Sight,
    mine: Sequence[Letter],
    around: tuple[Watch, Library | None],
) -> None:
    """Find out what is still wanted of the letters to one zone, and put it into words."""
    seen, library = around
    looked = await rhythms.looked_at(session, {one.employee_id for one in mine})
    people = await people_of(session, seen, looked)
    sight.off_duty |= {key for key, one in people.items() if silent_now(seen, one)}
    asked = {
        (letter.employee_id, ask)
        for letter in mine
        if letter.kind in SCHEDULED and letter.employee_id in people
        for ask in asks_of(letter)
        if stands(people[letter.employee_id], ask)
    }
    wanted = await occasions.wanted(
        session, seen, people, together([(key, as_asked(ask)) for key, ask in asked])
    )
    left = [(key, ask) for key, ask in asked if key in wanted.get(as_asked(ask), ())]
    earlier, planned = await what_helps(session, left)
    met: dict[int, set[str]] = defaultdict(set)
    for key, (kind, _) in left:
        met[key].add(kind)
    for key, ask in left:
        told = Told(
            sight.people[key],
            people[key],
            seen,
            library,
            repeats=key in earlier,
            planned=key in planned,
            met=frozenset(met[key]),
        )
        part = await say(session, told, ask)
        if part is not None:
            sight.parts[key, ask] = part


def stands(person: Person, ask: tuple[str, str]) -> bool:
    """Tell whether something still stands in a person's day.

    A snooze, and a leader's question, stand where a prompt may.
    """
    kind, about = ask
    day = dt.date.fromisoformat(about)
    if kind in {SNOOZE, NUDGE}:
        return person.looked.prompts_on and person.calendar.is_working(day)
    name = Kind.PROMPT if kind == Kind.HELP else kind
    return any(slot.kind == name and slot.about == day for slot in person.slots)


def as_asked(ask: tuple[str, str]) -> tuple[Kind, dt.date]:
    """Give the question of a letter; a snooze and a leader ask what a prompt asks."""
    kind, about = ask
    return Kind.PROMPT if kind in {SNOOZE, NUDGE} else Kind(kind), dt.date.fromisoformat(about)


async def what_helps(
    session: AsyncSession, left: Sequence[tuple[int, tuple[str, str]]]
) -> tuple[set[int], set[int]]:
    """Tell who of the asked has an earlier entry to repeat, and who a plan to tick."""
    days: dict[str, set[int]] = defaultdict(set)
    for key, (kind, about) in left:
        if kind in {Kind.PROMPT, Kind.FOLLOW_UP, SNOOZE, NUDGE}:
            days[about].add(key)
    earlier: set[int] = set()
    planned: set[int] = set()
    for about, keys in days.items():
        day = dt.date.fromisoformat(about)
        earlier |= await entries.with_earlier(session, keys, day)
        planned |= await silences.planned_on(session, keys, day)
    return earlier, planned
