"""The screens of the reminders: what comes when, changed by taps."""

import datetime as dt
from typing import Any

from markupsafe import Markup

from bot.actions.cards import Planned
from bot.actions.reminders import Line, Overview
from bot.i18n import Translator
from bot.skp.reminders import GROUPS, WITH_DAYS, WITH_HOUR, Group, Kind, group_of
from bot.skp.zones import abbreviation
from bot.ui.cards import Part
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, paged
from bot.ui.keys import key
from bot.ui.receipts import capital
from bot.ui.reminder_words import WORKDAYS, days_name, group_name, label, name, said

Screen = tuple[Markup, dict[str, Any]]

# The last of the prompt's hours is the usual one, which the calendar gives.
PROMPT_HOURS = ("15:45", "16:15", "17:00", "17:30", "15:00", "14:00", "")
HOURS = ("07:30", "08:00", "09:00", "10:00", "13:00", "16:00")
DAYS = {
    Kind.DIGEST: ("", WORKDAYS),
    Kind.WAITING: ("", "1", "135"),
    Kind.CATCH_UP: ("", WORKDAYS),
    Kind.PLAN: ("", "135"),
    Kind.RECAP: ("", "5"),
    Kind.GUIDANCE: ("1", "2", "3", "4", "5"),
    Kind.QUIZ: ("1", "2", "3", "4", "5"),
}
PAUSE_DAYS = (7, 14)
ON, OFF = Markup("✓ "), Markup("– ")
# Beside the switches stand the ways to the hours and back.
ROOM = MOST_BUTTONS - 2
# Tips are no message of their own, but are looked for beside the guidance.
WITH_TIPS = Group.GUIDANCE


def hours_of(kind: Kind) -> tuple[str, ...]:
    """List the hours that can be chosen for a kind."""
    if kind is Kind.PROMPT:
        return PROMPT_HOURS
    return HOURS if kind in WITH_HOUR else ()


def settings(t: Translator, seen: Overview) -> Screen:
    """Show what comes when, with a way to each group and to silence."""
    lines = [t.html("<b>Reminders</b> ({zone})", zone=abbreviation(seen.zone))]
    if seen.paused_until is not None:
        lines.append(t.html("Paused until {day}.", day=t.day(seen.paused_until)))
    lines += [Markup("• ") + said(t, line) for line in seen.lines if line.on]
    lines += [*notes(t, seen), off(t, seen)]
    shown = [line for line in lines if line]
    groups = [
        Button(group_name(t, group), key("remind-group", place, 0))
        for place, group in enumerate(GROUPS)
        if lines_of(seen, group)
    ]
    still = pausing(t, seen)[: MOST_BUTTONS - len(groups)]
    return Markup("\n").join(shown), inline(*groups, *still)


def lines_of(seen: Overview, group: Group) -> list[Line]:
    """List what of a group comes to this person."""
    return [line for line in seen.lines if line.kind in GROUPS[group]]


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
    if not seen.tips_on:
        names.append(t.gettext("tips under a log"))
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


def grouped(t: Translator, seen: Overview, group: Group, page: int = 0) -> Screen:
    """Show some kinds that belong together; one tap switches one of them."""
    shown = lines_of(seen, group)
    lines = [Markup("<b>{}</b>").format(group_name(t, group))]
    lines += [(ON if line.on else OFF) + said(t, line) for line in shown]
    lines += [tips_line(t, seen)] if group is WITH_TIPS else []
    lines.append(t.html("A tap switches it on (✓) or off (–)."))
    place = list(GROUPS).index(group)

    def more(turned: int) -> Button:
        return Button(t.gettext("Others"), key("remind-group", place, turned))

    switches = paged(switches_of(t, seen, group), page, more, room=ROOM)
    times = Button(t.gettext("Hours and days"), key("remind-times", place))
    return Markup("\n").join(lines), inline(*switches, times, back(t, "remind-home"))


def switches_of(t: Translator, seen: Overview, group: Group) -> list[Button]:
    """Offer to switch each of some kinds."""
    switches = [
        Button(
            f"{ON if line.on else OFF}{label(t, line.kind)}",
            key("remind-flip", line.kind.value, int(not line.on)),
        )
        for line in lines_of(seen, group)
        if not line.required
    ]
    if group is WITH_TIPS:
        mark = ON if seen.tips_on else OFF
        switches.append(Button(f"{mark}{t.gettext('Tips')}", key("tips", int(not seen.tips_on))))
    return switches


def page_with(t: Translator, seen: Overview, group: Group, tapped: str) -> int:
    """Find the page on which a switch stands; its key begins like that."""
    switches = switches_of(t, seen, group)
    places = [place for place, one in enumerate(switches) if (one.key or "").startswith(tapped)]
    return places[0] // (ROOM - 1) if places and len(switches) > ROOM else 0


def tips_line(t: Translator, seen: Overview) -> Markup:
    """Say what may stand under a log."""
    mark = ON if seen.tips_on else OFF
    return mark + t.html("Tips under a log: guidance that fits it, once a day at most")


def times(t: Translator, seen: Overview, group: Group) -> Screen:
    """Ask of which kind the hour or the days are to change."""
    shown = [line for line in lines_of(seen, group) if hours_of(line.kind)]
    lines = [t.html("<b>Hours and days</b>"), *(Markup("• ") + said(t, line) for line in shown)]
    buttons = [Button(label(t, line.kind), key("remind", line.kind.value)) for line in shown]
    return Markup("\n").join(lines), inline(*buttons, back_to(t, group))


def one(t: Translator, line: Line) -> Screen:
    """Show one kind, with its switch and the ways to its hours and its days."""
    kind = line.kind
    buttons = [] if line.required else [switch(t, line)]
    if hours_of(kind):
        buttons.append(Button(t.gettext("Choose the hour"), key("remind-hours", kind.value, 0)))
    if kind in WITH_DAYS:
        buttons.append(Button(t.gettext("Choose the days"), key("remind-week", kind.value, 0)))
    state = t.html("Now on.") if line.on else t.html("Now off.")
    if line.required:
        state = t.html("Your agency requires this reminder. You can choose its hour.")
    text = Markup("\n").join([said(t, line), state])
    return text, inline(*buttons, back_to(t, group_of(kind)))


def switch(t: Translator, line: Line) -> Button:
    """Offer to switch a kind off, or on."""
    if line.on:
        return Button(t.gettext("Switch off"), key("remind-on", line.kind.value, 0))
    return Button(t.gettext("Switch on"), key("remind-on", line.kind.value, 1), style="success")


def hours(t: Translator, line: Line, page: int) -> Screen:
    """Offer the hours of a kind."""
    kind = line.kind
    choices = [
        Button(
            t.hour(dt.time.fromisoformat(hour)) if hour else t.gettext("Usual hour"),
            key("remind-at", kind.value, place),
        )
        for place, hour in enumerate(hours_of(kind))
    ]
    return said(t, line), chosen(t, kind, choices, ("remind-hours", page))


def week(t: Translator, line: Line, page: int) -> Screen:
    """Offer the days of a kind."""
    kind = line.kind
    choices = [
        Button(capital(days_name(t, kind, some)), key("remind-days", kind.value, place))
        for place, some in enumerate(DAYS[kind])
    ]
    return said(t, line), chosen(t, kind, choices, ("remind-week", page))


def chosen(t: Translator, kind: Kind, choices: list[Button], at: tuple[str, int]) -> dict[str, Any]:
    """Lay choices out with the way back to their kind, and to the other choices."""
    verb, page = at

    def more(turned: int) -> Button:
        return Button(t.gettext("Others"), key(verb, kind.value, turned))

    shown = paged(choices, page, more, room=MOST_BUTTONS - 1)
    return inline(*shown, Button(t.gettext("Back"), key("remind", kind.value)))


def back_to(t: Translator, group: Group) -> Button:
    """Lead back to a group."""
    return Button(t.gettext("Back"), key("remind-group", list(GROUPS).index(group), 0))


def back(t: Translator, verb: str) -> Button:
    """Lead back."""
    return Button(t.gettext("Back"), key(verb))


def paused(t: Translator, until: dt.date) -> Screen:
    """Say until when nothing comes."""
    text = t.html("All right, I keep still until {day}. You can log at any time.", day=t.day(until))
    resume = Button(t.gettext("Resume reminders"), key("remind-resume"), style="success")
    return text, inline(resume)


def help_given(t: Translator, admins: int) -> Screen:
    """Say what helps, and whether somebody has been told."""
    lines = [
        t.html(
            "One sentence is enough, for example <i>tadi pagi menimbang 6 balita di posyandu</i>."
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
