"""What a rater and the owner of a plan are told; from person to person, so at once."""

import datetime as dt
from zoneinfo import ZoneInfo

from bot.i18n import Translator
from bot.post.letters import Speech
from bot.skp.quiet import is_quiet
from bot.ui.approvals import decided_letter, submitted_letter
from db.models.messages import Letter
from db.models.people import Employee


def submitted(t: Translator, employee: Employee, letter: Letter, now: dt.datetime) -> Speech:
    """Tell a rater that a plan was handed in."""
    name, revises = str(letter.data["name"]), bool(letter.data["revises"])
    shown = submitted_letter(t, name, int(letter.period), revises=revises)
    return Speech(*shown, silent=is_free(employee, now))


def decided(t: Translator, employee: Employee, letter: Letter, now: dt.datetime) -> Speech:
    """Tell the owner of a plan what the rater decided."""
    answer = None if letter.data["approved"] else str(letter.data["answer"])
    shown = decided_letter(t, str(letter.data["name"]), answer)
    return Speech(*shown, silent=is_free(employee, now))


def is_free(employee: Employee, now: dt.datetime) -> bool:
    """Tell whether a person does not work at this hour, so that no sound may be made."""
    local = now.astimezone(ZoneInfo(employee.zone))
    return is_quiet(local.time()) or local.weekday() >= employee.week
