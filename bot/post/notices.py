"""What somebody else has done is told at once: days away noted, a call for help, thanks."""

import datetime as dt
from typing import Any

from bot.i18n import Translator
from bot.skp.people import AbsenceKind
from bot.ui.absences import Known, noted_by_leader, taken_back_by_leader
from bot.ui.cards import Part
from bot.ui.reminders import help_asked
from bot.ui.team_thanks import letter as thanks


def write_absence(t: Translator, data: dict[str, Any]) -> Part:
    """Tell somebody which days away their leader has noted, or taken back."""
    first, last = dt.date.fromisoformat(data["first"]), dt.date.fromisoformat(data["last"])
    one = Known(data["absence"], AbsenceKind(data["kind"]), first, last)
    tell = taken_back_by_leader if data["taken_back"] else noted_by_leader
    return tell(t, data["leader"], one)


def write_help_asked(t: Translator, data: dict[str, Any]) -> Part:
    """Tell an admin who asks for help."""
    return help_asked(t, data["name"], data["person"])


def write_thanks(t: Translator, data: dict[str, Any]) -> Part:
    """Bring a leader's thanks."""
    return thanks(t, data)
