"""What comes by itself and when, in words."""

import datetime as dt

from markupsafe import Markup

from bot.actions.reminders import Line
from bot.i18n import Translator
from bot.skp.reminders import Group, Kind
from bot.skp.timetables import WEEKLY
from bot.ui.receipts import capital

WORKDAYS = "123456"
# A Monday, to name the weekdays by.
MONDAY = dt.date(2026, 1, 5)


def group_name(t: Translator, group: Group) -> str:
    """Name some kinds that belong together, on a button."""
    names = {
        Group.DAY: t.gettext("Every day"),
        Group.PERIOD: t.gettext("Week and month"),
        Group.GUIDANCE: t.gettext("Guidance"),
        Group.TEAM: t.gettext("My team"),
    }
    return names[group]


def label(t: Translator, kind: Kind) -> str:
    """Name a kind on a button."""
    labels = {
        Kind.PROMPT: t.gettext("Evening question"),
        Kind.FOLLOW_UP: t.gettext("Second question"),
        Kind.HELP: t.gettext("Offer of help"),
        Kind.DIGEST: t.gettext("Team summary"),
        Kind.WAITING: t.gettext("What waits for me"),
        Kind.RAMADAN: t.gettext("Dates of Ramadan"),
        Kind.CLOSING: t.gettext("Before the period ends"),
        Kind.CATCH_UP: t.gettext("Missed days"),
        Kind.ACTION_PLAN: t.gettext("Rencana aksi"),
        Kind.PLAN: t.gettext("Plan of the day"),
        Kind.RECAP: t.gettext("Week in short"),
        Kind.WELCOME: t.gettext("First days"),
        Kind.GUIDANCE: t.gettext("Guidance"),
        Kind.QUIZ: t.gettext("Quiz"),
    }
    return labels[kind]


def name(t: Translator, kind: Kind) -> str:
    """Name a kind in a few plain words."""
    names = {
        Kind.PROMPT: t.gettext("the question in the evening"),
        Kind.FOLLOW_UP: t.gettext("the second question"),
        Kind.HELP: t.gettext("the offer of help"),
        Kind.DIGEST: t.gettext("the summary of your team"),
        Kind.WAITING: t.gettext("plans, obstacles and entries that wait for you"),
        Kind.RAMADAN: t.gettext("the dates of Ramadan, as long as they are not confirmed"),
        Kind.CLOSING: t.gettext("what the month, the quarter or the year still lacks"),
        Kind.CATCH_UP: t.gettext("missed days"),
        Kind.ACTION_PLAN: t.gettext("missing rencana aksi"),
        Kind.PLAN: t.gettext("the plan of the day"),
        Kind.RECAP: t.gettext("your week in short"),
        Kind.WELCOME: t.gettext("tips for newcomers"),
        Kind.GUIDANCE: t.gettext("guidance of the week"),
        Kind.QUIZ: t.gettext("quiz of the week"),
    }
    return names[kind]


def said(t: Translator, line: Line) -> Markup:
    """Say in a line what a kind is and when it comes."""
    if line.kind is Kind.PROMPT:
        return asked(t, line)
    if line.kind is Kind.FOLLOW_UP:
        if line.at is None:
            return t.html("Not once more, since it would be evening")
        return t.html("Once more at {hour}, if there is still none", hour=t.hour(line.at))
    if line.kind is Kind.CLOSING:
        when = t.gettext("in its last working days")
    elif line.kind is Kind.ACTION_PLAN:
        when = t.gettext("on the first working day of the month")
    elif line.kind is Kind.WAITING and not line.days:
        when = t.gettext("weekly, and as soon as something has waited a day")
    elif line.kind is Kind.WELCOME:
        when = t.gettext("three times in your first days")
    else:
        when = days_name(t, line.kind, line.days or usual_days(line.kind))
    return t.html(
        "{what}: {when}, {hour}",
        what=capital(name(t, line.kind)),
        when=when,
        hour=t.hour(line.at or dt.time(8)),
    )


def asked(t: Translator, line: Line) -> Markup:
    """Say when the prompt comes; on Fridays work ends later."""
    hour = t.hour(line.at or dt.time(15, 45))
    if line.friday_at is None:
        return t.html("On working days without an entry I ask at <b>{hour}</b>", hour=hour)
    return t.html(
        "On working days without an entry I ask at <b>{hour}</b>, on Fridays at {friday}",
        hour=hour,
        friday=t.hour(line.friday_at),
    )


def usual_days(kind: Kind) -> str:
    """Give the days on which a kind usually comes, where they are plain weekdays."""
    return str(WEEKLY.get(kind, ""))


def days_name(t: Translator, kind: Kind, days: str) -> str:
    """Name the days of a kind."""
    if kind is Kind.WAITING and not days:
        return t.gettext("as needed")
    if days == WORKDAYS or (kind is Kind.PLAN and not days):
        return t.gettext("every working day")
    if not days:
        return t.gettext("first day of the week")
    return ", ".join(t.weekday(MONDAY + dt.timedelta(days=int(day) - 1)) for day in days)
