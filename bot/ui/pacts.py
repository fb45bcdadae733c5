"""The screens of the agency's own Pakta Integritas."""

import datetime as dt
from typing import Any

from markupsafe import Markup

from bot.actions.pacts import Pact, Preview
from bot.guidance.pieces import pack
from bot.guidance.rendering import blocks
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key

Screen = tuple[Markup, dict[str, Any] | None]

# About one screen of a telephone, with what stands above and below the text.
PAGE = 700


def pages_of(text: str) -> tuple[Markup, ...]:
    """Cut the text into pages."""
    return pack(blocks(text), PAGE) or (Markup(""),)


def pact(t: Translator, seen: Pact, page: int, zone: dt.tzinfo) -> Screen:
    """Show one page; the last one asks whether it was read."""
    pages = pages_of(seen.text)
    page = min(max(page, 0), len(pages) - 1)
    last = page == len(pages) - 1
    head = t.html(
        "<b>Pakta Integritas</b>, version {number} of {day}",
        number=seen.number,
        day=t.day(seen.published_at.astimezone(zone).date()),
    )
    parts = [head, *([counts(t, seen)] if page == 0 and (seen.reach or seen.team) else [])]
    parts += [pages[page], foot(t, seen, (page, len(pages)), zone)]
    buttons = turning(t, "pact", (), page, len(pages))
    if last and seen.read_at is None:
        label = t.gettext("I have read it")
        buttons.insert(0, Button(label, key("pact-read", seen.id), style="success"))
    if seen.reach is not None:
        buttons.append(Button(t.gettext("Replace the text"), key("pact-new")))
    return Markup("\n\n").join(parts), inline(*buttons) if buttons else None


def turning(
    t: Translator, verb: str, values: tuple[int, ...], page: int, pages: int
) -> list[Button]:
    """Give the buttons that turn pages."""
    buttons = []
    if page + 1 < pages:
        buttons.append(Button(t.gettext("Next page"), key(verb, *values, page + 1)))
    if page > 0:
        buttons.append(Button(t.gettext("Previous page"), key(verb, *values, page - 1)))
    return buttons


def foot(t: Translator, seen: Pact, place: tuple[int, int], zone: dt.tzinfo) -> Markup:
    """Say which page it is, whether the text was read, and that signing is not done here."""
    page, pages = place
    lines = []
    if pages > 1:
        lines.append(t.html("Page {page} of {pages}", page=page + 1, pages=pages))
    if seen.read_at is not None:
        lines.append(read(t, seen.read_at, zone))
    elif page + 1 == pages:
        lines.append(t.html("You have not marked this version as read yet."))
    if page + 1 == pages:
        lines.append(unsigned(t))
    return Markup("\n").join(lines)


def read(t: Translator, at: dt.datetime, zone: dt.tzinfo) -> Markup:
    """Say when the text was read."""
    local = at.astimezone(zone)
    return t.html(
        "✓ You read it on {day} at {hour}.", day=t.day(local.date()), hour=t.hour(local.time())
    )


def unsigned(t: Translator) -> Markup:
    """Say plainly that a mark is no signature."""
    return t.html(
        "<i>A mark here says that you have read it; it is no signature. Signing happens outside"
        " this bot, by your agency's rules.</i>"
    )


def counts(t: Translator, seen: Pact) -> Markup:
    """Say how many have read it, and never who."""
    lines = []
    if seen.reach is not None:
        done, people = seen.reach
        lines.append(
            t.html(
                "Read by {n} of {people} people who are in.",
                n=t.number(done),
                people=t.number(people),
            )
        )
    if seen.team is not None:
        unread, people = seen.team
        lines.append(
            t.html(
                "Your team: {n} of {people} have not read this version yet.",
                n=t.number(unread),
                people=t.number(people),
            )
        )
    return Markup("\n").join(lines)


def none_yet(t: Translator, *, admin: bool) -> Screen:
    """Say honestly that there is no text."""
    buttons = [Button(t.gettext("Guidance"), key("theme", "pakta-integritas", 0), "success")]
    if admin:
        buttons.append(Button(t.gettext("Put the text here"), key("pact-new")))
    text = t.html(
        "Your agency has not put its Pakta Integritas here yet. Please ask your personnel admin"
        " for it; the guidance explains what it is."
    )
    return text, inline(*buttons)


def ask_text(t: Translator) -> Markup:
    """Ask an admin for the text."""
    return t.html(
        "Send the agency's own text as it holds: as a message, or as a file (.md or .txt). Nothing"
        " is published yet; you see it first. /batal leaves it."
    )


def preview(t: Translator, found: Preview, page: int) -> Screen:
    """Show an admin what everybody will read."""
    pages = pages_of(found.text)
    page = min(max(page, 0), len(pages) - 1)
    head = t.html("Preview of version {number}. Nobody sees it yet.", number=found.number)
    parts = [head, pages[page]]
    if len(pages) > 1:
        parts.append(t.html("Page {page} of {pages}", page=page + 1, pages=len(pages)))
    buttons = [
        Button(t.gettext("Publish"), key("pact-publish", found.id), "success"),
        Button(t.gettext("Cancel"), key("pact-drop", found.id)),
        *turning(t, "pact-preview", (found.id,), page, len(pages)),
    ]
    return Markup("\n\n").join(parts), inline(*buttons)


def published(t: Translator, number: int, people: int) -> Screen:
    """Say that a version holds now."""
    text = t.nhtml(
        "✓ Version {number} holds from now on. {n} person is asked to read it.",
        "✓ Version {number} holds from now on. {n} people are asked to read it.",
        people,
        number=number,
        n=t.number(people),
    )
    return text, inline(Button(t.gettext("Read"), key("pact", 0)))


def told_new(t: Translator, number: int) -> Screen:
    """Tell somebody that there is a new version."""
    text = t.html(
        "Your agency's Pakta Integritas has a new version ({number}). Please read it when you have"
        " a moment.",
        number=number,
    )
    return text, inline(Button(t.gettext("Read"), key("pact", 0), style="success"))
