"""The screens of a person's entries."""

from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.actions.entry_lines import EntryLine
from bot.actions.histories import HistoryPage, OpenedEntry, Proof, Reason
from bot.actions.history_places import Place, Sought
from bot.actions.receipts import Receipt, ResultLine
from bot.actions.team_views import Scale, View
from bot.i18n import Translator
from bot.skp.workdays import ONE_DAY
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, paged, rows
from bot.ui.keys import key
from bot.ui.receipt_lines import window
from bot.ui.receipts import cut, grip, headline, taps, undone, wordless
from bot.ui.warnings import warning

Screen = tuple[Markup, dict[str, Any]]

LONGEST_TEXT = 3000
PROOFS = 8
REASONS = 3


def history_screen(t: Translator, found: HistoryPage) -> Screen:
    """List entries, each with a number that opens it."""
    place = found.place
    if not found.lines and place.sought is Sought.ALL:
        text = t.html("No entries yet. Write one sentence to log your work.")
        return text, inline(Button(t.gettext("Menu"), key("menu")))
    lines = [history_line(t, number, one) for number, one in enumerate(found.lines, start=1)]
    buttons = [
        Button(str(number), key("history-entry", one.id, place.number))
        for number, one in enumerate(found.lines, start=1)
    ]
    text = Markup("\n").join([head(t, found), *(lines or [t.html("No entries here.")])])
    turning = ways(t, found, room=MOST_BUTTONS - len(buttons))
    return text, rows(*([buttons] if buttons else []), turning)


def history_key(place: Place) -> str:
    """Write the key that opens a page of the history."""
    return key("history", place.number)


def head(t: Translator, found: HistoryPage) -> Markup:
    """Say what is listed, and how much of it there is."""
    if found.place.sought is Sought.ALL:
        return t.html("<b>History</b>")
    return t.nhtml(
        "<b>History</b> · {what} · {n} entry",
        "<b>History</b> · {what} · {n} entries",
        found.count,
        what=what_is_sought(t, found),
        n=t.number(found.count),
    )


def what_is_sought(t: Translator, found: HistoryPage) -> str:
    """Name the day, the week, the month, the RHK or the words that are looked for."""
    if found.place.view is not None:
        return stretch_words(t, found.place.view)
    if found.result is not None:
        return f"RHK {found.result.number}"
    if found.place.sought is Sought.WORDS:
        return f"“{cut(found.words, 60)}”"
    if found.place.sought is Sought.ADDITIONAL:
        return t.gettext("additional task")
    return t.gettext("not linked")


def stretch_words(t: Translator, view: View) -> str:
    """Name a day, a week by its first and last day, or a month."""
    if view.scale is Scale.DAY:
        return t.day(view.day)
    if view.scale is Scale.MONTH:
        return t.month(view.day)
    first, last = view.whole.start, view.whole.end - ONE_DAY
    return t.gettext("{first} to {last}", first=t.day_of_month(first), last=t.day(last))


def ways(t: Translator, found: HistoryPage, *, room: int) -> list[Button]:
    """Offer what is newer and older, then a choice of what is listed, and the search.

    The last page of a day, a week or a month leads on to the one before, the first to the next.
    """
    place = found.place
    before, after = place.beside(found.today)
    newer = place.turned(place.page - 1) if place.page > 0 else after
    older = place.turned(place.page + 1) if found.older else before
    offered = [
        *([Button(t.gettext("Newer"), history_key(newer))] if newer else []),
        *([Button(t.gettext("Older"), history_key(older))] if older else []),
        Button(t.gettext("Filter"), key("history-filter")),
        *([Button(t.gettext("Search"), key("history-search"))] if before is None else []),
    ]
    return offered[:room]


def filter_screen(t: Translator, today: View) -> Screen:
    """Ask which entries to list."""
    # Today's entries come first in the whole history; a button for them would be one too many.
    labels = (
        (Scale.WEEK, t.gettext("This week")),
        (Scale.MONTH, t.gettext("This month")),
    )
    buttons = [
        Button(label, history_key(Place.of(View(scale, today.day)))) for scale, label in labels
    ]
    text = t.html(
        "Which entries? You can also type it, for example <code>/riwayat 20 nov</code>,"
        " <code>/riwayat rhk 2</code> or <code>/riwayat posyandu</code>."
    )
    return text, inline(
        *buttons,
        Button(t.gettext("By RHK"), key("history-results", 0)),
        Button(t.gettext("Search"), key("history-search")),
        Button(t.gettext("All entries"), history_key(Place())),
    )


def results_screen(t: Translator, results: tuple[ResultLine, ...], page: int) -> Screen:
    """List the RHK whose entries may be opened."""
    lines = [
        t.html("<b>{number}.</b> {text}", number=one.number, text=cut(one.text)) for one in results
    ]
    buttons = [
        Button(f"RHK {one.number}", history_key(Place(Sought.RESULT, one.id))) for one in results
    ]
    buttons += [
        Button(t.gettext("Additional tasks"), history_key(Place(Sought.ADDITIONAL))),
        Button(t.gettext("Not linked"), history_key(Place(Sought.UNLINKED))),
    ]
    shown = paged(
        buttons,
        page,
        lambda other: Button(t.gettext("Others"), key("history-results", other)),
        room=MOST_BUTTONS - 1,
    )
    back = Button(t.gettext("Back"), key("history-filter"))
    head = t.html("Entries under which RHK?")
    return Markup("\n").join([head, *lines]), inline(*shown, back)


def history_line(t: Translator, place: int, one: EntryLine) -> Markup:
    """Write an entry in one line: the day, the RHK, the words."""
    day = t.day_short(one.day)
    if one.last_day is not None:
        day = t.gettext("{first} to {last}", first=day, last=t.day_short(one.last_day))
    values = {
        "place": place,
        "day": day,
        "where": where(t, one.number, additional=one.additional),
        "text": cut(one.text, 70) or t.gettext("(no words yet)"),
    }
    if one.undone:
        return t.html("{place}. <s>{day} · {where} · {text}</s>", **values)
    return t.html("{place}. <b>{day}</b> · {where} · {text}", **values)


def where(t: Translator, number: int | None, *, additional: bool) -> str:
    """Say where an entry is linked."""
    if number is not None:
        return f"RHK {number}"
    return t.gettext("additional task") if additional else t.gettext("not linked")


def entry_screen(t: Translator, opened: OpenedEntry, place: int) -> Screen:
    """Show an entry whole: the receipt's first line, the words, the proof, the window."""
    shown, origin = opened.receipt, place + 1
    if shown.undone:
        return undone(t, shown, origin)
    if not shown.text:
        return wordless(t, shown, origin)
    parts = [headline(t, shown), t.html("<blockquote>{text}</blockquote>", text=whole(shown.text))]
    if shown.start is not None and shown.end is not None:
        parts.append(t.html("{start}–{end}", start=t.hour(shown.start), end=t.hour(shown.end)))
    if shown.late:
        parts.append(t.html("Marked <i>late entry</i>."))
    parts += [proof_line(t, one) for one in opened.proofs[:PROOFS]]
    parts += [reason_line(t, one, shown) for one in opened.reasons[-REASONS:]]
    parts += [*warning(t, shown.marks), window(t, shown)]
    if opened.asking.asked:
        parts.append(t.html("You have asked for feedback on it."))
    ask = Button(t.gettext("Ask for feedback"), key("entry-ask", shown.entry_id, place))
    asks = [ask] if opened.asking.open else []
    if shown.changeable:
        return Markup("\n").join(parts), taps(t, shown, origin, *asks)
    parts.append(t.html("A correction needs a reason, which stays in the record."))
    return Markup("\n").join(parts), closed_taps(t, shown, place, *asks)


def closed_taps(t: Translator, shown: Receipt, place: int, *asks: Button) -> dict[str, Any]:
    """Lay out what can be done with an entry after its window."""
    return inline(
        Button(t.gettext("Correct it"), grip("late", shown, place + 1)),
        *asks,
        Button(t.gettext("Back"), key("history", place)),
    )


def reason_line(t: Translator, one: Reason, shown: Receipt) -> Markup:
    """Tell when and why an entry was corrected after its window."""
    day = one.at.astimezone(ZoneInfo(shown.zone)).date()
    return t.html("<i>Corrected on {day}: {reason}</i>", day=t.day(day), reason=one.text)


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
