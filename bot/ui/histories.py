"""The screens of a person's entries."""

from typing import Any

from markupsafe import Markup

from bot.actions.histories import HistoryLine, HistoryPage, Proof
from bot.actions.receipts import Receipt
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline, rows
from bot.ui.keys import key
from bot.ui.receipts import cut, headline, taps, undone, window, wordless

Screen = tuple[Markup, dict[str, Any]]

WIDE = 3
LONGEST_TEXT = 3000
PROOFS = 8


def history_screen(t: Translator, found: HistoryPage) -> Screen:
    """List entries, each with a number that opens it."""
    if not found.lines:
        text = t.html("No entries yet. Write one sentence to log your work.")
        return text, inline(Button(t.gettext("Menu"), key("menu")))
    lines = [history_line(t, place, one) for place, one in enumerate(found.lines, start=1)]
    buttons = [
        Button(str(place), key("history-entry", one.entry_id, found.page))
        for place, one in enumerate(found.lines, start=1)
    ]
    turning = []
    if found.page > 0:
        turning.append(Button(t.gettext("Newer"), key("history", found.page - 1)))
    if found.older:
        turning.append(Button(t.gettext("Older"), key("history", found.page + 1)))
    threes = [buttons[i : i + WIDE] for i in range(0, len(buttons), WIDE)]
    head = t.html("<b>History</b>")
    return Markup("\n").join([head, *lines]), rows(*threes, *([turning] if turning else []))


def history_line(t: Translator, place: int, one: HistoryLine) -> Markup:
    """Write an entry in one line: the day, the RHK, the words."""
    day = t.day_short(one.day)
    if one.last_day is not None:
        day = t.gettext("{first} to {last}", first=day, last=t.day_short(one.last_day))
    values = {
        "place": place,
        "day": day,
        "where": where(t, one),
        "text": cut(one.text, 70) or t.gettext("(no words yet)"),
    }
    if one.undone:
        return t.html("{place}. <s>{day} · {where} · {text}</s>", **values)
    return t.html("{place}. <b>{day}</b> · {where} · {text}", **values)


def where(t: Translator, one: HistoryLine) -> str:
    """Say where an entry is linked."""
    if one.number is not None:
        return f"RHK {one.number}"
    return t.gettext("additional task") if one.additional else t.gettext("not linked")


def entry_screen(t: Translator, shown: Receipt, proofs: list[Proof], page: int) -> Screen:
    """Show an entry whole: the receipt's first line, the words, the proof, the window."""
    origin = page + 1
    if shown.undone:
        return undone(t, shown, origin)
    if not shown.text:
        return wordless(t, shown, origin)
    parts = [headline(t, shown), t.html("<blockquote>{text}</blockquote>", text=whole(shown.text))]
    if shown.start is not None and shown.end is not None:
        parts.append(t.html("{start}–{end}", start=t.hour(shown.start), end=t.hour(shown.end)))
    if shown.late:
        parts.append(t.html("Marked <i>late entry</i>."))
    parts += [proof_line(t, one) for one in proofs[:PROOFS]]
    parts.append(window(t, shown))
    return Markup("\n").join(parts), taps(t, shown, origin)


def whole(text: str) -> str:
    """Give the words as they were typed, as far as a message holds them."""
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def proof_line(t: Translator, one: Proof) -> Markup:
    """Write one bukti dukung in a line."""
    if one.url is not None:
        return t.html('🔗 <a href="{url}">{title}</a>', url=one.url, title=cut(one.title))
    if one.stored:
        return t.html("📎 {title}", title=cut(one.title))
    return t.html("📎 {title} <i>(being fetched)</i>", title=cut(one.title))
