"""The screens of the reminders: what comes when, changed by taps."""

import datetime as dt
from typing import Any

from markupsafe import Markup

from bot.actions.cards import Planned
from bot.actions.reminders import Line, Overview
from bot.i18n import Translator
from bot.skp.reminders import SET, WITH_DAYS, WITH_HOUR, Kind
from bot.skp.zones import abbreviation
from bot.ui.cards import Part
from bot.ui.keyboards import Button, inline, rows
from bot.ui.keys import key

Screen = tuple[Markup, dict[str, Any]]

PROMPT_HOURS = ("14:00", "15:00", "15:45", "16:15", "17:00", "17:30")
HOURS = ("07:30", "08:00", "09:00", "10:00", "13:00", "16:00")
WORKDAYS = "123456"
DAYS = {
    Kind.DIGEST: ("", WORKDAYS),
    Kind.CATCH_UP: ("", WORKDAYS),
    Kind.PLAN: ("", "135"),
    Kind.RECAP: ("", "5"),
    Kind.GUIDANCE: ("1", "2", "3", "4", "5"),
    Kind.QUIZ: ("1", "2", "3", "4", "5"),
}
PAUSE_DAYS = (7, 14)
# A Monday, to name the weekdays by.
MONDAY = dt.date(2026, 1, 5)
WIDE = 3


def settings(t: Translator, seen: Overview) -> Screen:
    """Show what comes when, with the hours of the prompt to choose from."""
    lines = [t.html("<b>Reminders</b> ({zone})", zone=abbreviation(seen.zone))]
    if seen.paused_until is not None:
        lines.append(t.html("Paused until {day}.", day=t.day(seen.paused_until)))
    lines += [Markup("• ") + said(t, line) for line in seen.lines if line.on]
    lines += [*notes(t, seen), off(t, seen)]
    buttons = [
        Button(t.hour(dt.time.fromisoformat(hour)), key("prompt-at", place))
        for place, hour in enumerate(PROMPT_HOURS)
    ]
    hours = [buttons[at : at + WIDE] for at in range(0, len(buttons), WIDE)]
    ways = [Button(t.gettext("Usual hour"), key("prompt-at", len(PROMPT_HOURS)))]
    if seen.of(Kind.PROMPT).on:
        ways.append(Button(t.gettext("Switch off"), key("prompt-off")))
    ways.append(Button(t.gettext("Other reminders"), key("remind-list")))
    shown = [line for line in lines if line]
    return Markup("\n").join(shown), rows(*hours, ways, pausing(t, seen))


def notes(t: Translator, seen: Overview) -> list[Markup]:
    """Say what holds for all of them."""
    found = []
    if seen.learned and seen.of(Kind.PROMPT).on:
        found.append(t.html("The evening's hour follows the hour at which you usually log."))
    if seen.ramadan:
        found.append(t.html("The hours of Ramadan hold."))
    found.append(
        t.nhtml(
            "At most {count} message a day; none on holidays, on leave, in the evening"
            " (18.00–07.00), or once you have logged.",
            "At most {count} messages a day; none on holidays, on leave, in the evening"
            " (18.00–07.00), or once you have logged.",
            seen.most,
            count=seen.most,
        )
    )
    return found


def off(t: Translator, seen: Overview) -> Markup:
    """Name what is switched off."""
    names = [name(t, line.kind) for line in seen.lines if not line.on]
    if not names:
        return Markup()
    return t.html("Switched off: {names}.", names=", ".join(names))


def pausing(t: Translator, seen: Overview) -> list[Button]:
    """Offer a pause, or its end."""
    if seen.paused_until is not None:
        return [Button(t.gettext("Resume reminders"), key("remind-resume"), style="success")]
    return [
        Button(
            t.ngettext("Pause for {count} day", "Pause for {count} days", days, count=days),
            key("remind-pause", days),
        )
        for days in PAUSE_DAYS
    ]


def listed(t: Translator, seen: Overview) -> Screen:
    """List every kind with a number that opens it."""
    lines = [t.html("<b>What may come</b>")]
    buttons = []
    for place, line in enumerate(seen.lines, start=1):
        mark = "✓" if line.on else "–"
        lines.append(t.html("{place}. {mark} {what}", place=place, mark=mark, what=said(t, line)))
        buttons.append(Button(str(place), key("remind", SET.index(line.kind))))
    numbers = [buttons[at : at + 5] for at in range(0, len(buttons), 5)]
    back = [Button(t.gettext("Back"), key("remind-home"))]
    return Markup("\n").join(lines), rows(*numbers, back)


def one(t: Translator, line: Line) -> Screen:
    """Show one kind, with its switch, its hours and its days."""
    place = SET.index(line.kind)
    switch = (
        Button(t.gettext("Switch off"), key("remind-on", place, 0))
        if line.on
        else Button(t.gettext("Switch on"), key("remind-on", place, 1), style="success")
    )
    hours = [
        Button(t.hour(dt.time.fromisoformat(hour)), key("remind-at", place, at))
        for at, hour in enumerate(HOURS)
        if line.kind in WITH_HOUR
    ]
    days = [
        Button(capital(days_name(t, line.kind, some)), key("remind-days", place, at))
        for at, some in enumerate(DAYS.get(line.kind, ()))
        if line.kind in WITH_DAYS
    ]
    state = t.html("Now on.") if line.on else t.html("Now off.")
    if line.required:
        state = t.html("Your agency requires this reminder. You can choose its hour.")
    text = Markup("\n").join([said(t, line), state])
    return text, rows(
        *([] if line.required else [[switch]]),
        *(hours[at : at + WIDE] for at in range(0, len(hours), WIDE)),
        *(days[at : at + 2] for at in range(0, len(days), 2)),
        [Button(t.gettext("Back"), key("remind-list"))],
    )


def capital(text: str) -> str:
    """Begin with a capital and leave the rest."""
    return text[:1].upper() + text[1:]


def name(t: Translator, kind: Kind) -> str:
    """Name a kind in a few plain words."""
    names = {
        Kind.PROMPT: t.gettext("the question in the evening"),
        Kind.FOLLOW_UP: t.gettext("the second question"),
        Kind.HELP: t.gettext("the offer of help"),
        Kind.DIGEST: t.gettext("the summary of your team"),
        Kind.RAMADAN: t.gettext("the dates of Ramadan, as long as they are not confirmed"),
        Kind.CLOSING: t.gettext("what the month still lacks"),
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
        when = t.gettext("3 working days before its end, and on the last")
    elif line.kind is Kind.ACTION_PLAN:
        when = t.gettext("on the first working day of the month")
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
    return {Kind.GUIDANCE: "3", Kind.QUIZ: "4"}.get(kind, "")


def days_name(t: Translator, kind: Kind, days: str) -> str:
    """Name the days of a kind."""
    if days == WORKDAYS or (kind is Kind.PLAN and not days):
        return t.gettext("every working day")
    if not days:
        return t.gettext("first day of the week")
    return ", ".join(t.weekday(MONDAY + dt.timedelta(days=int(day) - 1)) for day in days)


def paused(t: Translator, until: dt.date) -> Screen:
    """Say until when nothing comes."""
    text = t.html("All right, I keep still until {day}. You can log at any time.", day=t.day(until))
    resume = Button(t.gettext("Resume reminders"), key("remind-resume"), style="success")
    return text, inline(resume)


def help_given(t: Translator, admins: int) -> Screen:
    """Say what helps, and whether somebody has been told."""
    lines = [
        t.html(
            "One sentence is enough, for example <i>tadi pagi dampingi 6 balita di posyandu</i>."
            " A voice note or a photo with a caption works, too."
        )
    ]
    if admins:
        lines.append(t.html("The personnel admin has been told and can help you."))
    return Markup("\n").join(lines), inline(
        Button(t.gettext("Help"), key("help"), style="success"),
        Button(t.gettext("Guidance"), key("themes")),
    )


def help_asked(t: Translator, person: str, employee_id: int) -> Part:
    """Tell an admin that somebody asks for help."""
    text = t.html("<b>{name}</b> asks for help with logging the daily work.", name=person)
    return text, [Button(t.gettext("Open the card"), key("staff", employee_id))]


def ask_lines(t: Translator) -> Markup:
    """Ask for the lines of a plan."""
    return t.html("Write what you plan for today, one line for each thing.")


def planned(t: Translator, items: tuple[Planned, ...]) -> Screen:
    """Show the plan of a day."""
    lines = [t.html("<b>Your plan for today</b>")]
    lines += [
        t.html("☑ {text}", text=item.text) if item.done else t.html("☐ {text}", text=item.text)
        for item in items
    ]
    lines.append(t.html("In the evening each line is logged by one tap."))
    change = Button(t.gettext("Write it anew"), key("plan-write"))
    return Markup("\n").join(lines), inline(change)
