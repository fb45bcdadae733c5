"""What must hold of a simulated month: every message accounted for, and sent with manners."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.skp.reminders import OWN, Kind
from db.letters import BLOCKED
from db.models.messages import Letter
from db.states import LetterState
from tests.bench.month import DAY, FIRST, Life, Manner
from tests.bench.simulated import Heard, Month

QUIET = (dt.time(7), dt.time(18))
MOST = 2
UNANSWERED = 3
READ_BY = dt.timedelta(minutes=30)
SNOOZE = "snooze"
ASKING = {Kind.PROMPT, Kind.FOLLOW_UP, Kind.HELP, SNOOZE}


@dataclass
class Report:
    """What became of a month."""

    people: int
    days: int
    ticks: int
    messages: int
    letters: dict[str, int]
    blocked: int
    dropped: dict[str, int]
    days_asked: int
    faults: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Said:
    """A letter that went out: to whom, about which day, and when."""

    life: Life
    letter: Letter
    at: dt.datetime

    @property
    def about(self) -> dt.date:
        return dt.date.fromisoformat(self.letter.period[:10])

    @property
    def local(self) -> dt.datetime:
        return self.life.local(self.at)


def judge(month: Month, days: int) -> Report:
    """Look at every message of a month."""
    sent = [one for one in month.letters if one.state is LetterState.SENT]
    by_number = {(heard.chat, heard.number): heard for heard in month.heard}
    said = [
        Said(month.people[one.employee_id], one, heard.at)
        for one in sent
        if (heard := by_number.get(key_of(month, one))) is not None
    ]
    report = Report(
        len(month.people),
        days,
        month.ticks,
        len(month.heard),
        dict(Counter(one.kind for one in sent)),
        len(month.turned_away),
        dict(Counter(str(one.error) for one in month.letters if one.state is LetterState.DROPPED)),
        sum(one.letter.kind in {Kind.PROMPT, Kind.HELP} for one in said),
    )
    found = [*accounts(month, sent, by_number), *alone(said), *together(said)]
    found += unasked(month, said, days)
    report.faults = dict(Counter(fault for fault, _ in found))
    report.examples = [f"{fault}: {what}" for fault, what in found[:10]]
    return report


Fault = tuple[str, str]


def key_of(month: Month, letter: Letter) -> tuple[int, int]:
    """Tell which of the messages a letter became."""
    return month.people[letter.employee_id].chat, letter.message_id or 0


def accounts(
    month: Month, sent: list[Letter], by_number: dict[tuple[int, int], Heard]
) -> Iterator[Fault]:
    """Compare what was sent with what came: each message is one letter, none is under way."""
    keys = Counter(key_of(month, one) for one in sent)
    yield from (("sent, not heard", str(key)) for key in keys if key not in by_number)
    yield from (("heard, not sent", str(key)) for key in by_number if key not in keys)
    yield from (("sent as one", str(key)) for key, count in keys.items() if count > 1)
    for one in month.letters:
        if one.state not in {LetterState.SENT, LetterState.DROPPED}:
            yield "left in the post", f"{one.employee_id} {one.kind} {one.period}"
    turned_away = Counter(chat for _, chat in month.turned_away)
    yield from (("asked after a block", str(one)) for one, n in turned_away.items() if n > 1)
    refused = Counter(
        month.people[one.employee_id].chat for one in month.letters if one.error == BLOCKED
    )
    yield from (("block not noted", str(one)) for one in turned_away if not refused[one])


def alone(said: list[Said]) -> Iterator[Fault]:
    """Look at each message by itself."""
    for one in said:
        life, day, kind = one.life, one.local.date(), one.letter.kind
        what = f"{life.id} {life.zone} {kind} of {one.about} at {one.local:%d %H:%M}"
        if not QUIET[0] <= one.local.time() < QUIET[1]:
            yield "in quiet hours", what
        if life.is_away(day, one.at) or life.is_away(one.about, one.at):
            yield "on leave", what
        # A night's work is asked for when it is over.
        if not life.works(one.about, one.at) or (one.about != day and not after_night(one)):
            yield "on a day off", what
        if kind in ASKING and life.logged.get(one.about, one.at) < one.at:
            yield "after a log", what
        if life.manner is Manner.MUTED and kind in ASKING - {SNOOZE}:
            yield "switched off", what


def after_night(one: Said) -> bool:
    """Tell whether a message of the morning asks for the night before."""
    shift = one.life.shifts.get(one.about)
    return shift is not None and shift[1] < shift[0] and one.local.date() == one.about + DAY


def together(said: list[Said]) -> Iterator[Fault]:
    """Look at what one person got on one day, and at those who never answer."""
    days: dict[tuple[int, dt.date], list[Said]] = defaultdict(list)
    people: dict[int, list[Said]] = defaultdict(list)
    for one in said:
        days[one.life.id, one.local.date()].append(one)
        people[one.life.id].append(one)
    for (person, day), some in days.items():
        if sum(one.letter.kind != SNOOZE for one in some) > MOST:
            yield "more than two a day", f"{person} {day}"
        yield from follow_ups(some)
    for some in people.values():
        yield from stillness(some)


def follow_ups(some: list[Said]) -> Iterator[Fault]:
    """Look at the second questions of one person's day."""
    asked = {one.about: one for one in some if one.letter.kind == Kind.PROMPT}
    for one in some:
        if one.letter.kind != Kind.FOLLOW_UP:
            continue
        what = f"{one.life.id} at {one.local:%d %H:%M}"
        prompt = asked.get(one.about)
        if prompt is None or one.at - prompt.at < READ_BY:
            yield "follow-up too soon", what
        if one.life.snoozed.get(one.about, one.at) < one.at:
            yield "follow-up beside a snooze", what


def stillness(some: list[Said]) -> Iterator[Fault]:
    """Look at whether the bot keeps still after three prompts without an answer."""
    lost, still = 0, False
    for one in sorted(some, key=lambda each: each.at):
        kind, life = one.letter.kind, one.life
        if life.manner is not Manner.IGNORES or life.away:
            continue
        if still and kind in OWN:
            yield "not still", f"{life.id} {kind} at {one.local:%d %H:%M}"
        if kind == Kind.HELP:
            if lost < UNANSWERED:
                yield "help too soon", f"{life.id} at {one.local:%d %H:%M}"
            still = True
        lost += kind == Kind.PROMPT
        if lost > UNANSWERED:
            yield "help too late", f"{life.id} at {one.local:%d %H:%M}"


def unasked(month: Month, said: list[Said], days: int) -> Iterator[Fault]:
    """Look for whoever worked a day, logged nothing of it and was not asked."""
    asked = {(one.life.id, one.about) for one in said if one.letter.kind in ASKING}
    helped = {one.life.id: one.at for one in said if one.letter.kind == Kind.HELP}
    for life in month.people.values():
        if life.manner in {Manner.MUTED, Manner.BLOCKS} or life.shifts:
            continue
        for day in (FIRST + n * DAY for n in range(days - 1)):
            evening = dt.datetime.combine(day, QUIET[1], dt.timezone(offset(life, day)))
            silent = life.logged.get(day, evening) >= evening
            left_alone = life.id in helped and helped[life.id] < evening
            if (
                silent
                and life.works(day, evening)
                and not life.is_away(day, evening)
                and not left_alone
                and (life.id, day) not in asked
            ):
                yield "not asked", f"{life.id} {life.manner} on {day}"


def offset(life: Life, day: dt.date) -> dt.timedelta:
    """Give how far a person's clock is from UTC."""
    return life.local(dt.datetime.combine(day, dt.time(), dt.UTC)).utcoffset() or dt.timedelta(0)
