"""Which of the scheduled letters are wanted, once their hour has come: one rule a kind."""

import datetime as dt
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.rhythms import Ask, Person, Watch, may_hear, utc
from bot.skp.dealings import waiting_since
from bot.skp.periods import Period, month_of, week_of
from bot.skp.reminders import Kind
from bot.skp.timetables import closing
from bot.skp.workdays import ONE_DAY
from db import people, quiz, rhythms, silences, waiting

SNOOZE = "snooze"
# A leader asks for the day's entry.
NUDGE = "nudge"
WEEK = dt.timedelta(days=7)
# How many prompts without an answer are enough, and how far back they are looked for.
UNANSWERED = 3
LOOKED_BACK = 14


@dataclass(frozen=True)
class Crowd:
    """The people to whom one question is put, on the day that it speaks of."""

    seen: Watch
    people: Mapping[int, Person]
    ids: set[int]
    about: dt.date


Rule = Callable[[AsyncSession, Crowd], Awaitable[set[int]]]


async def wanted(
    session: AsyncSession, seen: Watch, people: Mapping[int, Person], asks: Mapping[Ask, set[int]]
) -> dict[Ask, set[int]]:
    """Tell who wants what of the things that are to be said."""
    found = {}
    for (kind, about), ids in (await may_hear(session, seen, people, asks)).items():
        found[kind, about] = await RULES[kind](session, Crowd(seen, people, ids, about))
    return found


async def silent(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want to be asked: whoever has no entry for the day, and was there."""
    there = crowd.ids
    # Who is away today is asked nothing at all.
    if crowd.about != crowd.seen.day:
        there = there - await rhythms.away_on(session, there, crowd.about)
    return there - await rhythms.logged_on(session, there, crowd.about)


async def still_silent(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want to be asked once more: the silent who have not put the question off themselves."""
    left = await silent(session, crowd)
    return left - await silences.snoozed_on(session, left, crowd.about, SNOOZE)


async def leaders(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want a digest: whoever leads anybody."""
    return await rhythms.leaders_among(session, crowd.ids, crowd.about)


async def admins(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want to confirm the dates of Ramadan: whoever keeps the calendar."""
    return crowd.ids & set(await people.admins(session))


async def with_gaps(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want the card of missed days: whoever has some in the last week."""
    period = Period(crowd.about - WEEK, crowd.about)
    return set(await gaps(session, crowd.people, crowd.ids, period))


async def with_loose_ends(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want to be told that a month ends: whoever misses something in it.

    What a quarter or a year lacks is looked up person by person, as it is said.
    """
    month = month_of(crowd.about)
    longer = {
        key
        for key in crowd.ids
        if closing(crowd.about, crowd.people[key].calendar) not in (None, month)
    }
    ids = crowd.ids - longer
    found = set(await gaps(session, crowd.people, ids, Period(month.start, crowd.about)))
    loose = await silences.loose(session, ids - found, month)
    return longer | found | {key for key, one in loose.items() if one.unlinked}


async def with_waiting(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want to hear what waits for their word: leaders for whom something does.

    On a day that nobody has chosen only what holds people up counts: a plan or an obstacle that
    has waited for a whole working day. Entries are spoken of once a week.
    """
    led = await waiting.leaders_of(session, crowd.ids, crowd.about)
    anybody = next(iter(crowd.people.values())).calendar
    yesterday = dt.datetime.combine(anybody.previous_working(crowd.about), dt.time())
    before = yesterday.replace(tzinfo=ZoneInfo(crowd.seen.zone)).astimezone(dt.UTC)
    found = await waiting.held_up(session, led, crowd.about, before=before)
    heard = {key for key in crowd.ids if is_whole(crowd.people[key], crowd.about)}
    whole = {leader for leader, some in led.items() if not heard.isdisjoint(some)}
    if left := whole - found:
        since, now = waiting_since(crowd.about, anybody), utc(crowd.seen)
        found |= await waiting.unanswered(session, left, crowd.about, since=since)
        found |= await waiting.held_up(session, left, crowd.about, before=now)
    return {key for leader in found for key in led[leader]}


def is_whole(person: Person, day: dt.date) -> bool:
    """Tell whether all that waits is spoken of on a day: on chosen ones, else once a week."""
    chosen = person.looked.reminders.get(Kind.WAITING, {}).get("days")
    return bool(chosen) or not person.calendar.working_days(week_of(day).start, day)


async def without_action_plan(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want to hear that a month has no rencana aksi: whoever usually writes some."""
    periods = periods_of(crowd.about)
    return set(await silences.without_action_plan(session, crowd.ids, crowd.about.year, periods))


async def without_plan(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want to be asked what is planned: whoever has neither planned nor logged."""
    left = crowd.ids - await silences.planned_on(session, crowd.ids, crowd.about)
    return left - await rhythms.logged_on(session, left, crowd.about)


async def who_logged(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want the recap of the week before: whoever logged anything in it."""
    return set(await silences.loose(session, crowd.ids, week_of(crowd.about - WEEK)))


async def without_quiz(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want the week's quiz: whoever has not played in this week by themselves."""
    monday = dt.datetime.combine(
        week_of(crowd.about).start, dt.time(), ZoneInfo(crowd.seen.zone)
    ).astimezone(dt.UTC)
    return crowd.ids - await quiz.played_since(session, crowd.ids, monday)


async def everybody(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Want it in any case."""
    del session
    return crowd.ids


RULES: dict[Kind, Rule] = {
    Kind.PROMPT: silent,
    Kind.FOLLOW_UP: still_silent,
    Kind.HELP: silent,
    Kind.DIGEST: leaders,
    Kind.WAITING: with_waiting,
    Kind.RAMADAN: admins,
    Kind.CLOSING: with_loose_ends,
    Kind.CATCH_UP: with_gaps,
    Kind.ACTION_PLAN: without_action_plan,
    Kind.PLAN: without_plan,
    Kind.RECAP: who_logged,
    Kind.WELCOME: everybody,
    Kind.GUIDANCE: everybody,
    Kind.QUIZ: without_quiz,
}


def periods_of(day: dt.date) -> tuple[str, str]:
    """Name the month and the quarter of a day as rencana aksi do."""
    return f"{day:%Y-%m}", f"{day.year}-TW{(day.month - 1) // 3 + 1}"


async def gaps(
    session: AsyncSession, people: Mapping[int, Person], ids: Collection[int], period: Period
) -> dict[int, list[dt.date]]:
    """List the working days of a period without an entry or an absence, of those who have any.

    Days before somebody came in are no gaps.
    """
    found: dict[int, list[dt.date]] = {}
    worked = {key: worked_days(people[key], period) for key in ids}
    for days in {tuple(some) for some in worked.values() if some}:
        alike = [key for key, some in worked.items() if tuple(some) == days]
        left = set(alike) - await silences.fully_logged(session, alike, days)
        covered = await silences.covered(session, left, period) if left else {}
        for key in left:
            missing = [day for day in days if day not in covered.get(key, ())]
            if missing:
                found[key] = missing
    return found


def worked_days(person: Person, period: Period) -> list[dt.date]:
    """List the working days of a period since somebody came in."""
    day, days = max(period.start, person.came_in), []
    while day < period.end:
        if person.calendar.is_working(day):
            days.append(day)
        day += ONE_DAY
    return days


async def out_of_touch(session: AsyncSession, crowd: Crowd) -> set[int]:
    """Tell who has left the last prompts without any answer: no entry, no leave, no snooze."""
    days = [crowd.about - n * ONE_DAY for n in range(1, LOOKED_BACK + 1)]
    prompts = await silences.unanswered(session, crowd.ids, Kind.PROMPT, days, fewest=UNANSWERED)
    if not prompts:
        return set()
    window = Period(min(days), crowd.about)
    away = await silences.covered(session, prompts, window)
    helped = await silences.last_of(session, prompts, Kind.HELP)
    snoozed = {
        day: await silences.snoozed_on(session, prompts, dt.date.fromisoformat(day), SNOOZE)
        for day in {day for some in prompts.values() for day in some}
    }
    return {
        key
        for key, some in prompts.items()
        if sum(
            dt.date.fromisoformat(day) not in away.get(key, ())
            and key not in snoozed[day]
            and day > helped.get(key, "")
            for day in some
        )
        >= UNANSWERED
    }
