"""The kinds of letters: whether each may repeat, and whether it is still wanted.

A prompt that comes twice, once in many thousands, harms less than one that never comes: when its
carrier dies it is sent again. A broadcast to thousands must not repeat: what became of it then is
uncertain, and its report says so.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from bot.actions.absences import NOTED_BY_LEADER
from bot.actions.broadcasts import Standing, waits
from bot.actions.occasions import NUDGE, SNOOZE
from bot.actions.reminders import HELP_ASKED
from bot.actions.team_thanks import THANKS
from bot.i18n import Translator, translator
from bot.post import approvals
from bot.post.dealings import KINDS as DEALINGS
from bot.post.dealings import Dealing, speech
from bot.post.gatherings import KINDS as GATHERINGS
from bot.post.gatherings import Gathering
from bot.post.gatherings import speech as group_speech
from bot.post.guidance import KINDS as GUIDANCE
from bot.post.guidance import Told, told
from bot.post.lessons import KINDS as LESSONS
from bot.post.lessons import Lesson
from bot.post.lessons import speech as lesson_speech
from bot.post.letters import Speech, bundle
from bot.post.notices import write_absence, write_help_asked, write_thanks
from bot.skp.quiet import is_quiet
from bot.skp.reminders import Kind as Scheduled
from bot.ui.broadcasts import plain, report
from bot.ui.cards import Part
from db.approvals import DECIDED, SUBMITTED
from db.broadcasts import BROADCAST, REPORT
from db.letters import BLOCKED, STOPPED, UNWANTED
from db.models.messages import Broadcast, Letter
from db.models.people import Employee
from db.quiz import IN_GROUP
from db.settling import Fate
from db.states import BroadcastState, LetterState

# What a letter asks or tells: a kind, and the day that it speaks of.
Ask = tuple[str, str]


@dataclass
class Sight:
    """What was true of some letters when they were looked at again."""

    now: dt.datetime
    people: dict[int, Employee] = field(default_factory=dict)
    # What the clock wants to say is still wanted, and in which words it is said.
    parts: dict[tuple[int, Ask], Part] = field(default_factory=dict)
    # Who is outside their working hours.
    off_duty: set[int] = field(default_factory=set)
    broadcasts: dict[int, Broadcast] = field(default_factory=dict)
    standings: dict[int, Standing] = field(default_factory=dict)
    # What passes in a team, by the letter's person, kind and period.
    dealings: dict[tuple[int, str, str], Dealing] = field(default_factory=dict)
    # What the widyaiswara's desk says, likewise.
    guidance: dict[tuple[int, str, str], Told] = field(default_factory=dict)
    # What is sent to be learned or read, likewise.
    lessons: dict[tuple[int, str, str], Lesson] = field(default_factory=dict)
    # What is said in the groups of units, likewise.
    gatherings: dict[tuple[int, str, str], Gathering] = field(default_factory=dict)


Write = Callable[[Translator, Employee, Letter, Sight], Speech | Fate]


@dataclass(frozen=True)
class Kind:
    """How a kind of letter is written, and whether it may be sent again when in doubt."""

    write: Write
    repeats: bool = True


def dropped(error: str) -> Fate:
    """Let a letter go."""
    return Fate(LetterState.DROPPED, error)


def asks_of(letter: Letter) -> list[Ask]:
    """List what a letter says; several things that met are said by one."""
    more = [(str(kind), str(day)) for kind, day in letter.data.get("with", ())]
    return [(letter.kind, letter.period[:10]), *more]


def write_scheduled(
    t: Translator, employee: Employee, letter: Letter, sight: Sight
) -> Speech | Fate:
    """Say what the clock had to say, as far as it is still wanted."""
    del t
    local = sight.now.astimezone(ZoneInfo(employee.zone))
    found = [sight.parts.get((letter.employee_id, ask)) for ask in asks_of(letter)]
    parts = [part for part in found if part is not None]
    if is_quiet(local.time()) or not parts:
        return dropped(UNWANTED)
    return bundle(parts, silent=letter.employee_id in sight.off_duty)


def write_notice(write: Callable[[Translator, dict[str, Any]], Part]) -> Write:
    """Tell at once what somebody else has done, without a sound outside working hours."""

    def written(t: Translator, employee: Employee, letter: Letter, sight: Sight) -> Speech | Fate:
        del employee
        return bundle([write(t, letter.data)], silent=letter.employee_id in sight.off_duty)

    return written


def write_broadcast(
    t: Translator, employee: Employee, letter: Letter, sight: Sight
) -> Speech | Fate:
    """Say what the admin wrote, as it stands; in quiet hours it waits for the morning."""
    del t
    broadcast = sight.broadcasts.get(int(letter.period))
    if broadcast is None or broadcast.state is BroadcastState.STOPPED:
        return dropped(STOPPED)
    if employee.consented_at is None:
        return dropped(UNWANTED)
    local = sight.now.astimezone(ZoneInfo(employee.zone))
    quiet = is_quiet(local.time())
    if quiet and not broadcast.at_once:
        return Fate(LetterState.DUE, due_at=waits(employee.zone, sight.now), counted=False)
    return Speech(plain(broadcast.text), silent=quiet)


def write_report(t: Translator, employee: Employee, letter: Letter, sight: Sight) -> Speech | Fate:
    """Tell an admin what became of a broadcast."""
    standing = sight.standings.get(int(letter.period))
    if standing is None:
        return dropped(UNWANTED)
    quiet = is_quiet(sight.now.astimezone(ZoneInfo(employee.zone)).time())
    return Speech(report(t, standing), silent=quiet)


def write_submitted(
    t: Translator, employee: Employee, letter: Letter, sight: Sight
) -> Speech | Fate:
    """Tell a rater that a plan was handed in; one that was taken back has no letter any more."""
    return approvals.submitted(t, employee, letter, sight.now)


def write_decided(t: Translator, employee: Employee, letter: Letter, sight: Sight) -> Speech | Fate:
    """Tell the owner of a plan what was decided about it."""
    return approvals.decided(t, employee, letter, sight.now)


def write_dealing(t: Translator, employee: Employee, letter: Letter, sight: Sight) -> Speech | Fate:
    """Say what passes in a team; what was taken back or is over is no longer said."""
    found = sight.dealings.get((letter.employee_id, letter.kind, letter.period))
    if found is None or employee.consented_at is None:
        return dropped(UNWANTED)
    return speech(t, letter, found)


def write_guidance(
    t: Translator, employee: Employee, letter: Letter, sight: Sight
) -> Speech | Fate:
    """Say what the widyaiswara's desk has to say; what is over is no longer said."""
    found = sight.guidance.get((letter.employee_id, letter.kind, letter.period))
    if found is None or employee.consented_at is None:
        return dropped(UNWANTED)
    return told(t, letter, found)


def write_lesson(t: Translator, employee: Employee, letter: Letter, sight: Sight) -> Speech | Fate:
    """Bring what is to be learned or read; in quiet hours it waits for the morning."""
    found = sight.lessons.get((letter.employee_id, letter.kind, letter.period))
    if found is None or employee.consented_at is None:
        return dropped(UNWANTED)
    until = waits(employee.zone, sight.now)
    if until is not None:
        return Fate(LetterState.DUE, due_at=until, counted=False)
    return lesson_speech(t, found)


def write_gathering(
    t: Translator, employee: Employee, letter: Letter, sight: Sight
) -> Speech | Fate:
    """Say something in a unit's group; in quiet hours it waits for the morning."""
    found = sight.gatherings.get((letter.employee_id, letter.kind, letter.period))
    if found is None or employee.consented_at is None:
        return dropped(UNWANTED)
    until = waits(employee.zone, sight.now)
    if until is not None:
        return Fate(LetterState.DUE, due_at=until, counted=False)
    return group_speech(t, letter, found)


KINDS = {
    **{kind.value: Kind(write_scheduled) for kind in (*Scheduled,)},
    SNOOZE: Kind(write_scheduled),
    NUDGE: Kind(write_scheduled),
    NOTED_BY_LEADER: Kind(write_notice(write_absence)),
    HELP_ASKED: Kind(write_notice(write_help_asked)),
    THANKS: Kind(write_notice(write_thanks)),
    REPORT: Kind(write_report),
    BROADCAST: Kind(write_broadcast, repeats=False),
    SUBMITTED: Kind(write_submitted),
    DECIDED: Kind(write_decided),
    **dict.fromkeys(DEALINGS, Kind(write_dealing)),
    **dict.fromkeys(GUIDANCE, Kind(write_guidance)),
    # What a whole group reads must not come twice.
    **{kind: Kind(write_lesson, repeats=kind != IN_GROUP) for kind in LESSONS},
    **dict.fromkeys(GATHERINGS, Kind(write_gathering, repeats=False)),
}
ONCE = tuple(name for name, kind in KINDS.items() if not kind.repeats)


def write(letter: Letter, sight: Sight) -> Speech | Fate:
    """Write a letter that is still wanted; tell why another one is not."""
    employee = sight.people.get(letter.employee_id)
    if employee is None or employee.telegram_id is None:
        return dropped(UNWANTED)
    if employee.unreachable_since is not None:
        return dropped(BLOCKED)
    return KINDS[letter.kind].write(translator(employee.language), employee, letter, sight)
