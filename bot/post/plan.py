"""Plan what is to be said: whom the clock looks at, and what of it is put into the post."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import occasions
from bot.actions.calendars import ensure_holidays
from bot.actions.learning import learn
from bot.actions.occasions import Crowd
from bot.actions.rhythms import (
    Ask,
    Person,
    Watch,
    people_of,
    together,
    utc,
    watch,
    welcome_back,
)
from bot.post.counters import PLANNED
from bot.skp.quiet import is_quiet
from bot.skp.reminders import Habits, Kind
from bot.skp.timetables import Slot, next_look, push, too_late
from bot.skp.workdays import ONE_DAY
from db import letters, rhythms
from db.engine import Database
from db.letters import Written
from db.rhythms import SAID, Said, minute
from db.states import LetterState, Priority

# So few at once that whoever writes meanwhile waits for a twentieth of a second at most.
AT_ONCE = 500
# A follow-up waits until the prompt was there for a while, and looks for it now and then.
READ_BY = dt.timedelta(minutes=30)
LOOK_AGAIN = dt.timedelta(minutes=15)
# Clocks are put right by seconds; more is a jump.
JUMP = dt.timedelta(minutes=1)
# What one kind says already needs no saying by another in the same message.
COVERED = {Kind.CLOSING: {Kind.CATCH_UP}}
PRIORITIES = {Kind.PROMPT: Priority.PERSON, Kind.FOLLOW_UP: Priority.PERSON}


@dataclass(frozen=True)
class Choice:
    """What goes out to somebody now, what is too late for it, and when to look again."""

    missed: Sequence[Slot]
    chosen: Sequence[Slot]
    again: str


@dataclass
class Outcome:
    """What looking at some people has brought: letters, and when to look again."""

    letters: list[Written] = field(default_factory=list)
    times: dict[int, str] = field(default_factory=dict)
    choices: dict[tuple[object, ...], Choice] = field(default_factory=dict)


class Planner:
    """Look at people whose time has come; planned twice, a letter is there once."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], dt.datetime],
        habits: Habits,
        *,
        per_minute: int,
    ) -> None:
        self._database = database
        self._now = now
        self._habits = habits
        self._per_minute = per_minute
        self._last: dt.datetime | None = None

    async def plan(self) -> None:
        """Put what is due into the post, a handful of people at a time."""
        now = self._now()
        await self._mind_jumps(now)
        async with self._database.reading() as session:
            zones = await letters.zones(session)
        put = 0
        for zone in zones:
            local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            if is_quiet(local.time()):
                continue
            put += await self._plan_zone(zone, now, put)

    async def _mind_jumps(self, now: dt.datetime) -> None:
        """Look at everybody again when the clock was put back, or another year begins."""
        back = self._last is not None and now < self._last - JUMP
        new_year = self._last is not None and now.year != self._last.year
        self._last = now
        if not back and not new_year:
            return
        async with self._database.writing() as session:
            if new_year:
                await ensure_holidays(session, now.year, now.year + 1)
            await rhythms.look_again(session)

    async def _plan_zone(self, zone: str, now: dt.datetime, put: int) -> int:
        """Look at all people of a zone who wait for it; count what is put into the post."""
        before = put
        async with self._database.reading() as session:
            local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            waiting = await rhythms.who_waits(session, zone, local)
            if not waiting:
                return 0
            seen = await watch(session, zone, now, self._habits)
        for start in range(0, len(waiting), AT_ONCE):
            some = waiting[start : start + AT_ONCE]
            async with self._database.writing() as session:
                looked = await rhythms.take(session, some, zone, seen.local)
                found = await look_at(session, seen, looked)
                for letter in found.letters:
                    # A minute's letters fall due at once, the next minute's in a minute.
                    late = dt.timedelta(minutes=put // self._per_minute)
                    letter.due_at = now + late
                    put += letter.state is LetterState.DUE
                await letters.put(session, found.letters)
                await rhythms.look_next(session, found.times)
            for kind, count in Counter(letter.kind for letter in found.letters).items():
                PLANNED.labels(kind).inc(count)
            # Whoever writes comes in between.
            await asyncio.sleep(0)
        return put - before


async def look_at(session: AsyncSession, seen: Watch, looked: Sequence[rhythms.Looked]) -> Outcome:
    """Choose what is said to some people now, and when to look at them again."""
    looked, back = await welcome_back(session, looked)
    await learn(session, seen, [one.id for one in looked])
    people = await people_of(session, seen, looked)
    due = {
        key: slots
        for key, one in people.items()
        if (slots := [slot for slot in one.slots if slot.at <= seen.local.time()])
    }
    said = await said_today(session, seen, due)
    open_ = {key: unsaid(slots, said.get(key, ())) for key, slots in due.items()}
    asks = together(
        [(key, (slot.kind, slot.about)) for key, slots in open_.items() for slot in slots]
    )
    wanted = await occasions.wanted(session, seen, people, asks)
    found = Outcome()
    for key, person in people.items():
        left = [
            slot for slot in open_.get(key, ()) if key in wanted.get((slot.kind, slot.about), ())
        ]
        decide(seen, person, left, said.get(key, ()), found)
    await offer_help(session, seen, people, found)
    if back:
        await rhythms.speak_again(session, sorted(back))
    return found


async def said_today(
    session: AsyncSession, seen: Watch, due: Mapping[int, Sequence[Slot]]
) -> dict[int, list[Said]]:
    """Give what the clock has said to people today, for whom something is due."""
    if not due:
        return {}
    periods = [seen.day.isoformat(), (seen.day - ONE_DAY).isoformat()]
    return await rhythms.said_on(session, due, list(Kind), periods)


def unsaid(slots: Sequence[Slot], said: Sequence[Said]) -> list[Slot]:
    """Keep what has not been said; an offer of help takes the place of its prompt."""
    known = {(one.kind, one.period) for one in said}
    known |= {(Kind.PROMPT, period) for kind, period in known if kind == Kind.HELP}
    return [slot for slot in slots if (slot.kind, slot.about.isoformat()) not in known]


def decide(
    seen: Watch, person: Person, wanted: Sequence[Slot], said: Sequence[Said], found: Outcome
) -> None:
    """Write what goes out to one person now, and note when to look again."""
    # Thousands have the same timetable, want the same of it and were told nothing today.
    alike = (id(person.slots), tuple(wanted), person.looked.look_at == rhythms.AT_ONCE)
    choice = found.choices.get(alike) if not said else None
    if choice is None:
        choice = choose(seen, person, wanted, said)
        if not said:
            found.choices[alike] = choice
    found.letters += [
        unsent(as_letter(person, (slot.kind, slot.about), utc(seen)), letters.TOO_LATE)
        for slot in choice.missed
    ]
    found.letters += written(person, choice.chosen, utc(seen))
    found.times[person.id] = choice.again


def choose(seen: Watch, person: Person, wanted: Sequence[Slot], said: Sequence[Said]) -> Choice:
    """Choose what goes out to one person now, and when to look again."""
    again = next_look(seen.local, person.slots)
    missed = missed_by_change(seen, person, wanted)
    ready = []
    for slot in (one for one in wanted if one not in missed):
        if slot.kind is not Kind.FOLLOW_UP:
            ready.append(slot)
            continue
        prompt = sent_prompt(slot, said)
        if prompt is None:
            continue
        if prompt.sent_at is not None and prompt.sent_at <= utc(seen) - READ_BY:
            ready.append(slot)
        else:
            again = min(again, seen.local + LOOK_AGAIN)
    later = [slot for slot in person.slots if slot.at > seen.local.time()]
    chosen = push(ready, later, seen.habits.most - pushes(seen, said))
    return Choice(missed, chosen, minute(again))


def missed_by_change(seen: Watch, person: Person, wanted: Sequence[Slot]) -> list[Slot]:
    """List what was not due at its hour and is only by a change made long after it.

    Whoever is looked at late because the process slept is told all the same.
    """
    if person.looked.look_at != rhythms.AT_ONCE:
        return []
    return [slot for slot in wanted if too_late(slot, seen.local)]


def sent_prompt(slot: Slot, said: Sequence[Said]) -> Said | None:
    """Find the prompt that a follow-up follows, as long as it was not let go."""
    period = slot.about.isoformat()
    mine = (one for one in said if one.kind == Kind.PROMPT and one.period == period)
    return next((one for one in mine if one.state in SAID), None)


def pushes(seen: Watch, said: Sequence[Said]) -> int:
    """Count the messages of today; what was said by another letter, or let go, is none."""
    zone = ZoneInfo(seen.zone)
    return sum(one.state in SAID and one.due_at.astimezone(zone).date() == seen.day for one in said)


def written(person: Person, chosen: Sequence[Slot], now: dt.datetime) -> list[Written]:
    """Write one letter that says all; the others are kept as what it says."""
    if not chosen:
        return []
    first, *rest = chosen
    covered = {kind for slot in chosen for kind in COVERED.get(slot.kind, ())}
    told = [slot for slot in rest if slot.kind not in covered]
    asked = [[slot.kind.value, slot.about.isoformat()] for slot in told]
    letter = as_letter(person, (first.kind, first.about), now)
    letter.data = {"with": asked} if asked else {}
    return [
        letter,
        *(
            unsent(as_letter(person, (slot.kind, slot.about), now), letters.BUNDLED)
            for slot in rest
        ),
    ]


def as_letter(person: Person, ask: Ask, now: dt.datetime) -> Written:
    """Write one thing that is to be said as a letter."""
    kind, about = ask
    priority = PRIORITIES.get(kind, Priority.DIGEST)
    return Written(person.id, kind.value, about.isoformat(), now, priority)


def unsent(letter: Written, why: str) -> Written:
    """Keep a letter that is not to be sent."""
    letter.state, letter.error = LetterState.DROPPED, why
    return letter


async def offer_help(
    session: AsyncSession, seen: Watch, people: Mapping[int, Person], found: Outcome
) -> None:
    """Ask those who leave prompts unanswered what would help, once, and then keep still."""
    prompts = {one.employee_id: one for one in found.letters if one.kind == Kind.PROMPT}
    if not prompts:
        return
    crowd = Crowd(seen, people, set(prompts), seen.day)
    lost = await occasions.out_of_touch(session, crowd)
    if not lost:
        return
    # It stands alone: whoever is asked what would help is told nothing else.
    found.letters = [
        one
        for one in found.letters
        if one.employee_id not in lost or one is prompts[one.employee_id]
    ]
    for key in lost:
        prompts[key].kind, prompts[key].data = Kind.HELP.value, {}
    await rhythms.keep_still(session, sorted(lost), seen.day)
