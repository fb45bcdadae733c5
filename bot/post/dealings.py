"""What passes between a leader and the people of the team, as letters."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import feedback as said
from bot.actions import obstacles as raised
from bot.actions.feedback import Card, Said
from bot.actions.feedback_requests import still_asked
from bot.actions.leading import local_day
from bot.actions.obstacles import Hindrance
from bot.i18n import Translator
from bot.post.letters import Speech
from bot.skp.workdays import is_worked
from bot.ui import feedback as feedback_screens
from bot.ui import obstacles as obstacle_screens
from db import absences, calendars, feedback, obstacles, people
from db.models.dealings import Obstacle
from db.models.messages import Letter
from db.models.people import Employee

WORDS = (said.FEEDBACK, said.REPLY, said.WITHDRAWN)
OBSTACLES = (raised.RAISED, raised.ANSWERED)
KINDS = (*WORDS, *OBSTACLES, said.ASKED)


@dataclass(frozen=True)
class Dealing:
    """What one letter tells; `other` is who says it, `silent` whether it comes without a sound."""

    said: Said | None
    hindrance: Hindrance | None
    other: str
    silent: bool
    asked: Card | None = None


async def look(
    session: AsyncSession, claimed: Sequence[Letter], now: dt.datetime
) -> dict[tuple[int, str, str], Dealing]:
    """Load what some letters tell, as it is now; what was taken back is left out."""
    words = {key_of(one) for one in claimed if one.kind in WORDS}
    things = {key_of(one) for one in claimed if one.kind in OBSTACLES}
    spoken = {one[0].id: one for one in await feedback.by_keys(session, words)} if words else {}
    held = {one.id: one for one in await obstacles.by_keys(session, things)} if things else {}
    found: dict[tuple[int, str, str], Dealing] = {}
    for letter in claimed:
        place = (letter.employee_id, letter.kind, letter.period)
        reader = await people.by_id(session, letter.employee_id)
        if reader is None:
            continue
        silent = not await at_work(session, reader, now)
        if letter.kind in WORDS and key_of(letter) in spoken:
            given, entry, author, employee = spoken[key_of(letter)]
            if given.undone_at is None or letter.kind == said.WITHDRAWN:
                other = employee.address or employee.name
                found[place] = Dealing(said.as_said(given, entry, author), None, other, silent)
        elif letter.kind in OBSTACLES and key_of(letter) in held:
            obstacle = held[key_of(letter)]
            shown, other = await hindrance_of(session, obstacle, reader, now)
            if not shown.closed:
                found[place] = Dealing(None, shown, other, silent)
        elif letter.kind == said.ASKED:
            today = local_day(reader, now)
            asked = await still_asked(session, reader, key_of(letter), today=today)
            if asked is not None:
                found[place] = Dealing(None, None, "", silent, asked)
    return found


def key_of(letter: Letter) -> int:
    """Read which row a letter is about."""
    return int(letter.period.partition(":")[0])


async def hindrance_of(
    session: AsyncSession, obstacle: Obstacle, reader: Employee, now: dt.datetime
) -> tuple[Hindrance, str]:
    """Show an obstacle with the names of who raised it and who answered."""
    owner = await people.by_id(session, obstacle.employee_id)
    name = (owner.address or owner.name) if owner else ""
    answerer = await people.by_id(session, obstacle.answerer_id) if obstacle.answerer_id else None
    other = (answerer.address or answerer.name) if answerer else ""
    today = local_day(reader, now)
    return raised.plain(obstacle, name, reader, today=today), other


async def at_work(session: AsyncSession, reader: Employee, now: dt.datetime) -> bool:
    """Tell whether a person is at work now, so that a sound does not disturb."""
    local = now.astimezone(ZoneInfo(reader.zone))
    day = local.date()
    calendar = await calendars.calendar_of(session, reader, on=day)
    free = not calendar.is_working(day) or bool(
        await absences.overlapping(session, reader, day, day)
    )
    return is_worked(local, reader.week, reader.leave_at, free=free)


def speech(t: Translator, letter: Letter, found: Dealing) -> Speech:
    """Write a letter in its reader's language."""
    text, keyboard = written(t, letter, found)
    return Speech(text, keyboard, silent=found.silent)


def written(t: Translator, letter: Letter, found: Dealing) -> tuple[Markup, dict[str, Any] | None]:
    """Choose the screen of a letter."""
    if found.said is not None:
        if letter.kind == said.REPLY:
            return feedback_screens.replied(t, found.said, found.other), None
        if letter.kind == said.WITHDRAWN:
            return feedback_screens.withdrawn(t, found.said), None
        return feedback_screens.told(t, found.said)
    if found.asked is not None:
        return feedback_screens.asked_for(t, found.asked)
    if found.hindrance is None:
        raise ValueError("a dealing tells of words, of an obstacle or of a question")
    if letter.kind == raised.ANSWERED:
        return obstacle_screens.answer_told(t, found.hindrance, found.other)
    return obstacle_screens.told(t, found.hindrance)
