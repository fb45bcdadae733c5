"""What is said about a daily record that came back as a workbook."""

from typing import Any

from markupsafe import Markup

from bot.actions.progress_imports import TakenIn
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.rosters import problem_line

Screen = tuple[Markup, dict[str, Any]]

LISTED = 6


def taken_in(t: Translator, name: str, done: TakenIn, arrival_id: int) -> Screen:
    """Say how much was new, how much was there, and what could not be read."""
    lines = [
        t.nhtml(
            "<b>{name}</b>: {n} new entry; {known} were there already.",
            "<b>{name}</b>: {n} new entries; {known} were there already.",
            done.created,
            name=name,
            n=t.number(done.created),
            known=t.number(done.known),
        )
    ]
    if done.timed:
        lines.append(
            t.nhtml(
                "{n} entry that was there has the hours of the file now.",
                "{n} entries that were there have the hours of the file now.",
                done.timed,
                n=t.number(done.timed),
            )
        )
    if done.links_left:
        lines.append(
            t.nhtml(
                "{n} link was left out: it does not begin with https://.",
                "{n} links were left out: they do not begin with https://.",
                done.links_left,
                n=done.links_left,
            )
        )
    if done.problems:
        lines += problems(t, done)
    buttons = [Button(t.gettext("History"), key("history", 0))]
    if done.created:
        label = t.gettext("Undo {n}", n=t.number(done.created))
        buttons.append(Button(label, key("import-undo", arrival_id)))
    return Markup("\n").join(lines), inline(*buttons)


def problems(t: Translator, done: TakenIn) -> list[Markup]:
    """Name the lines that were not taken in; the whole file may be sent again."""
    count = len(done.problems)
    head = t.nhtml(
        "{n} line was not taken in. Mend it and send the whole file again:",
        "{n} lines were not taken in. Mend them and send the whole file again:",
        count,
        n=t.number(count),
    )
    found = [problem_line(t, one) for one in done.problems[:LISTED]]
    if count > LISTED:
        found.append(t.html("… and {n} more. Mend these first.", n=t.number(count - LISTED)))
    return [head, *found]


def taken_back(t: Translator, count: int) -> Screen:
    """Say that the entries of a workbook are taken back."""
    text = t.nhtml("{n} entry taken back.", "{n} entries taken back.", count, n=t.number(count))
    return text, inline(Button(t.gettext("History"), key("history", 0)))
