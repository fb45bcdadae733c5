"""The recap of a week or a month, on one phone screen."""

import datetime as dt
from typing import Any

from markupsafe import Markup

from bot.actions.exports import ExportedEntry
from bot.actions.recaps import Recap, RecapLine
from bot.actions.team_views import Scale, View
from bot.i18n import Translator
from bot.skp.workdays import ONE_DAY
from bot.ui.bars import done_of_target
from bot.ui.copying import copy_key, xlsx_button
from bot.ui.histories import stretch_words, where
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipts import EXCERPT, cut

Screen = tuple[Markup, dict[str, Any]]

# A screen holds so many RHK in a thousand characters.
SHOWN = 6
TEXT = 48


def recap_screen(t: Translator, found: Recap, today: dt.date) -> Screen:
    """Write a recap: the days, the RHK, what was additional, what lacks."""
    lines = [
        t.html("<b>Draft recap</b> · {stretch}", stretch=stretch_words(t, found.view)),
        days_line(t, found),
        *(result_line(t, one) for one in found.lines[:SHOWN]),
        *rest_lines(t, found),
        lacks_line(t, found),
    ]
    return Markup("\n").join(lines), inline(*buttons(t, found, today))


def days_line(t: Translator, found: Recap) -> Markup:
    """Count the days; away and empty are different things."""
    days = found.days
    return t.nhtml(
        "{n} day logged · {away} leave/trip · {empty} empty.",
        "{n} days logged · {away} leave/trip · {empty} empty.",
        days.logged,
        n=t.number(days.logged),
        away=t.number(days.away),
        empty=t.number(days.empty),
    )


def result_line(t: Translator, one: RecapLine) -> Markup:
    """Write what was added to an RHK, and where it stands; without figures count the entries."""
    values = {"number": one.number, "text": cut(one.text, TEXT)}
    if one.added is None or one.year is None or not one.added.done:
        return t.nhtml(
            "<b>RHK {number}</b> {text}: {n} entry.",
            "<b>RHK {number}</b> {text}: {n} entries.",
            one.entries,
            n=t.number(one.entries),
            **values,
        )
    return t.html(
        "<b>RHK {number}</b> {text}: <b>{added}</b>; the year: {standing}.",
        added=amount(t, one),
        standing=done_of_target(t, one.year, named=False),
        **values,
    )


def amount(t: Translator, one: RecapLine) -> str:
    """Write what a stretch added, with its unit."""
    if one.added is None:
        return ""
    if one.added.in_percent:
        return t.percent(one.added.done / 100)
    return f"{t.number(one.added.done)} {one.added.unit}"


def rest_lines(t: Translator, found: Recap) -> list[Markup]:
    """Count what has no line of its own."""
    hidden = len(found.lines) - SHOWN
    counts = [
        (hidden, t.gettext("other RHK {n}", n=t.number(max(hidden, 0)))),
        (found.additional, t.gettext("additional tasks {n}", n=t.number(found.additional))),
        (found.unlinked, t.gettext("not linked {n}", n=t.number(found.unlinked))),
        (found.quiet, t.gettext("RHK without activity {n}", n=t.number(found.quiet))),
    ]
    named = [words for count, words in counts if count > 0]
    return [t.html("Also: {counts}.", counts=" · ".join(named))] if named else []


def lacks_line(t: Translator, found: Recap) -> Markup:
    """Say what still lacks for e-Kinerja."""
    if not found.pack.entries:
        return t.html("Nothing is logged yet. Write one sentence, for example about yesterday.")
    counts = [
        (len(found.unproven), t.gettext("evidence {n}", n=t.number(len(found.unproven)))),
        (found.timeless, t.gettext("hours {n}", n=t.number(found.timeless))),
    ]
    named = [words for count, words in counts if count]
    if not named:
        return t.html("Evidence and hours are complete.")
    return t.html("Entries that lack something: {counts}.", counts=" · ".join(named))


def buttons(t: Translator, found: Recap, today: dt.date) -> list[Button]:
    """Offer to complete, to copy and to download, and the stretch before or after."""
    view = found.view
    offered = []
    if found.unproven:
        label = t.gettext("Complete evidence")
        offered.append(Button(label, copy_key(view, "recap-evidence"), "success"))
    if found.pack.entries:
        offered.append(Button(t.gettext("Copy into e-Kinerja"), copy_key(view, "copy", 0)))
        offered.append(xlsx_button(t, view))
    before = View(view.scale, view.whole.start - ONE_DAY)
    if before.day.year >= today.year - 1:
        offered.append(Button(f"‹ {brief(t, before)}", copy_key(before, "recap")))
    if view.whole.end <= today:
        after = View(view.scale, min(View(view.scale, view.whole.end).whole.end - ONE_DAY, today))
        offered.append(Button(f"› {brief(t, after)}", copy_key(after, "recap")))
    return offered


def brief(t: Translator, view: View) -> str:
    """Name a stretch on a button."""
    if view.scale is Scale.MONTH:
        return t.month(view.day)
    first, last = view.whole.start, view.whole.end - ONE_DAY
    if view.scale is Scale.DAY:
        return t.day_short(view.day)
    return t.gettext("{first} to {last}", first=t.day_of_month(first), last=t.day_of_month(last))


def evidence_screen(t: Translator, found: Recap, index: int) -> Screen:
    """Ask for the evidence of one entry; a reply to this message brings it."""
    index = min(max(index, 0), len(found.unproven) - 1)
    one = found.unproven[index]
    text = t.html(
        "<b>Evidence {place} of {n}</b>\n{day} · {where}\n<blockquote>{text}</blockquote>\n"
        "Reply to this message with a photo, a file or a link.",
        place=index + 1,
        n=len(found.unproven),
        day=t.day(one.day),
        where=where(t, one.number, additional=one.additional),
        text=cut(one.text, EXCERPT),
    )
    ways = []
    if index > 0:
        ways.append(Button(t.gettext("Previous"), turned(found, index - 1)))
    if index + 1 < len(found.unproven):
        ways.append(Button(t.gettext("Next"), turned(found, index + 1)))
    return text, inline(*ways, Button(t.gettext("Menu"), key("menu")))


def turned(found: Recap, index: int) -> str:
    """Write the key of another entry without evidence."""
    return copy_key(found.view, "recap-page", index)


def unproven_at(found: Recap, index: int) -> ExportedEntry:
    """Give the entry that a page asks about."""
    return found.unproven[min(max(index, 0), len(found.unproven) - 1)]
