"""The screens of the calendar: days off, and the dates of Ramadan."""

import datetime as dt
from typing import Any

from markupsafe import Markup

from bot.actions.calendars import Almanac, Fast, FreeDay
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline, rows
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

PAGE = 8
NAME = 60


def almanac(
    t: Translator, seen: Almanac, page: int, new: tuple[dt.date, str] | None = None
) -> Screen:
    """Show the days off to come, a page at a time, and Ramadan with its confirmation.

    `new` is a day that was just added; it may be over and stand on no page.
    """
    pages = max(0, (len(seen.days) - 1) // PAGE)
    page = min(max(page, 0), pages)
    shown = seen.days[page * PAGE : (page + 1) * PAGE]
    lines = [added(t, *new)] if new else []
    lines.append(t.html("<b>Days off to come</b>"))
    numbered = list(enumerate(shown, start=page * PAGE + 1))
    lines += [day_line(t, place, one) for place, one in numbered]
    if not shown:
        lines.append(t.html("None are known."))
    lines += [fast_line(t, one) for one in seen.fasts]
    lines += [undecreed(t, year) for year in seen.undecreed]
    lines.append(
        t.html(
            "To add a day, write for example <code>/kalender 26 Nov Hari jadi kabupaten</code>."
            " Days of one unit alone come with the sheet <i>Libur</i> of the roster."
        )
    )
    drops = [Button(str(place), key("holiday-drop", one.id)) for place, one in numbered]
    fives = [drops[at : at + 5] for at in range(0, len(drops), 5)]
    turning = []
    if page > 0:
        turning.append(Button(t.gettext("Previous"), key("calendar", page - 1)))
    if page < pages:
        turning.append(Button(t.gettext("Next"), key("calendar", page + 1)))
    fasts = [line for one in seen.fasts[:1] for line in [fast_buttons(t, one)]]
    if drops:
        lines.append(t.html("A number takes its day off the list."))
    return Markup("\n").join(lines), rows(*fives, turning, *fasts)


def added(t: Translator, day: dt.date, name: str) -> Markup:
    """Say that a day is free from now on."""
    return t.html("Added: <b>{day}</b>, {name}.", day=t.day(day), name=cut(name, NAME))


def day_line(t: Translator, place: int, one: FreeDay) -> Markup:
    """Write a day off; a reckoned date says so."""
    words = {"place": place, "day": t.day(one.day), "name": cut(one.name, NAME)}
    if one.unit is not None:
        return t.html("{place}. {day}: {name} ({unit} alone)", unit=cut(one.unit, NAME), **words)
    if one.estimated:
        return t.html("{place}. {day}: {name} <i>(estimate)</i>", **words)
    return t.html("{place}. {day}: {name}", **words)


def fast_line(t: Translator, one: Fast) -> Markup:
    """Write a Ramadan; reckoned dates say so."""
    words = {"first": t.day(one.first), "last": t.day(one.last)}
    if one.confirmed:
        return t.html("<b>Ramadan</b>: {first} to {last}, confirmed.", **words)
    return t.html(
        "<b>Ramadan</b>: {first} to {last} <i>(estimate, reckoned back from Idulfitri)</i>.",
        **words,
    )


def fast_buttons(t: Translator, one: Fast) -> list[Button]:
    """Offer to confirm a Ramadan, or to give its days."""
    change = Button(t.gettext("Other dates"), key("ramadan-change", one.id))
    if one.confirmed:
        return [change]
    return [Button(t.gettext("Confirm Ramadan"), key("ramadan-yes", one.id), "success"), change]


def ask_to_confirm(t: Translator, one: Fast) -> tuple[Markup, list[Button]]:
    """Ask an admin to confirm the dates of a Ramadan that is near."""
    text = t.html(
        "<b>Ramadan</b> is reckoned as {first} to {last}. Once the government has announced it,"
        " please confirm: reminders follow the shorter hours.",
        first=t.day(one.first),
        last=t.day(one.last),
    )
    return text, fast_buttons(t, one)


def undecreed(t: Translator, year: int) -> Markup:
    """Say that the days of a year are not decreed."""
    return t.html(
        "For {year} there is no joint decree yet: the dates are estimates, without cuti bersama.",
        year=year,
    )


def dropped(t: Translator, day: dt.date, name: str) -> Screen:
    """Say that a day is worked after all."""
    text = t.html("Taken off the list: <s>{day}: {name}</s>.", day=t.day(day), name=name)
    return text, inline(Button(t.gettext("Back"), key("calendar", 0)))


def confirmed(t: Translator, one: Fast) -> Screen:
    """Say which dates of Ramadan hold now."""
    text = t.html(
        "Ramadan: <b>{first} to {last}</b>. On these days the shorter hours hold, and the reminder"
        " comes earlier.",
        first=t.day(one.first),
        last=t.day(one.last),
    )
    return text, inline(Button(t.gettext("Back"), key("calendar", 0)))


def ask_ramadan(t: Translator) -> Markup:
    """Ask for the first and the last day of Ramadan."""
    return t.html(
        "Write the first and the last day of Ramadan, for example <i>8 Feb sampai 9 Mar</i>."
    )
