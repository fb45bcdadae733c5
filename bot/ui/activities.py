"""One receipt for all that a message told of, with the way to each entry's own."""

from collections import Counter
from typing import Any

from markupsafe import Markup

from bot.actions.receipts import Receipt, Told
from bot.i18n import Translator
from bot.skp.entries import EvidenceKind
from bot.ui import receipts as lone
from bot.ui.keyboards import Button, inline, rows
from bot.ui.keys import key
from bot.ui.plausibility import copied_line
from bot.ui.receipt_lines import counted, misdated, window
from bot.ui.receipts import (
    ALONE,
    SENTENCE,
    Screen,
    amount_words,
    cut,
    day_words,
    doubt,
    grip,
    home,
    receipt,
)
from bot.ui.warnings import warning

# As many as find room beside the other taps; more are opened from a list.
AT_HAND = 3
WIDE = 3
# So many letters are left for the lines of one screen; each has its number, its day and its RHK.
LETTERS = 395
BESIDE, BESIDE_A_DAY = 23, 37
DATED = 5
AMOUNT, LEAST = 30, 10


def told(t: Translator, shown: Told) -> Screen:
    """Write the receipt of what a message told of."""
    if shown.only is not None:
        return receipt(t, shown.only, home(shown.only))
    return Markup("\n").join(summary(t, shown)), taps(t, shown)


def summary(t: Translator, shown: Told) -> list[Markup]:
    """Say what is saved, a line for each activity."""
    ones = shown.receipts
    days = {(one.day, one.last_day) for one in ones}
    day = day_words(t, ones[0]) if len(days) == 1 else None
    dated = day is None and len(ones) <= DATED
    room = LETTERS // len(ones) - (BESIDE_A_DAY if dated else BESIDE)
    lines = [line(t, place, one, (room, dated)) for place, one in enumerate(ones, start=1)]
    if shown.undone:
        return [headline(t, shown, day), *lines]
    first = marked(shown)
    careful = warning(t, first.marks) if first else []
    unsure = asking(shown)
    careful += copied_line(t, copied=any(one.copied for one in ones))
    careful += doubt(t, unsure) if unsure and not first else []
    close = window(t, earliest(shown))
    wrong = next((misdated(t, one) for one in ones if one.misdated), [])
    return [headline(t, shown, day), *lines, *wrong, *evidence_line(t, shown), *careful, close]


def marked(shown: Told) -> Receipt | None:
    """Give the first entry that holds what had better be left out."""
    return next((one for one in shown.receipts if one.marks), None)


def asking(shown: Told) -> Receipt | None:
    """Give the first entry whose figure is asked about."""
    return next((one for one in shown.receipts if one.asks), None)


def headline(t: Translator, shown: Told, day: str | None) -> Markup:
    """Write the first line: how many entries, and on which day if it is the same."""
    n = len(shown.receipts)
    if shown.undone:
        return t.nhtml("<b>{n} entry</b> – undone.", "<b>{n} entries</b> – undone.", n, n=n)
    if day is None:
        return t.nhtml("Saved: <b>{n} entry</b>.", "Saved: <b>{n} entries</b>.", n, n=n)
    return t.nhtml(
        "Saved, {day}: <b>{n} entry</b>.", "Saved, {day}: <b>{n} entries</b>.", n, day=day, n=n
    )


def line(t: Translator, place: int, one: Receipt, more: tuple[int, bool]) -> Markup:
    """Write one activity; `more` is the room for its words, and whether its day is to be named."""
    room, dated = more
    what = words(t, one, room)
    if dated:
        what = Markup("{} · {}").format(t.day_short(one.day), what)
    values = {"place": place, "what": what, "where": where(t, one)}
    if one.undone:
        return t.html("{place}. <s>{what} → {where}</s>", **values)
    return t.html("{place}. {what} → {where}", **values)


def words(t: Translator, one: Receipt, room: int) -> Markup:
    """Write the amount and the sentence; where there is no room for both, the sentence tells it."""
    amount = cut(amount_words(t, one), AMOUNT)
    left = room - len(amount)
    if amount and left >= LEAST:
        return Markup("<b>{}</b> · <i>{}</i>").format(amount, cut(one.text, min(left, SENTENCE)))
    return Markup("<b>{}</b>").format(cut(one.text, min(room, SENTENCE)))


def where(t: Translator, one: Receipt) -> str:
    """Say where an entry is linked."""
    if one.result is not None:
        return f"RHK {one.result.number}"
    return t.gettext("additional task") if one.additional else t.gettext("not linked")


def evidence_line(t: Translator, shown: Told) -> list[Markup]:
    """Say what proves the entries."""
    kinds = proof_words(t, shown)
    return [t.html("Evidence: {kinds}.", kinds=kinds)] if kinds else []


def proof_words(t: Translator, shown: Told) -> str:
    """Count what proves the entries; a file that proves them all is one file."""
    total: Counter[EvidenceKind] = Counter()
    for one in shown.receipts:
        for kind, count in one.evidence:
            shared = kind is not EvidenceKind.LINK
            total[kind] = max(total[kind], count) if shared else total[kind] + count
    return ", ".join(counted(t, kind, count) for kind, count in sorted(total.items()))


def earliest(shown: Told) -> Receipt:
    """Give the entry that closes first."""
    return min(shown.receipts, key=lambda one: one.closes)


def taps(t: Translator, shown: Told) -> dict[str, Any]:
    """Lay out the taps: open one, take all back, make one of all."""
    hold = (shown.arrival_id, shown.version)
    if shown.undone:
        bring = Button(t.gettext("Bring all back"), key("parts-restore", *hold), "success")
        return inline(*([bring] if shown.changeable else []))
    opening = (
        numbered(shown)
        if len(shown.receipts) <= AT_HAND
        else [Button(t.gettext("Open one"), key("parts-open", shown.arrival_id))]
    )
    if not shown.changeable:
        return inline(*opening)
    undo = Button(t.gettext("Undo all"), key("parts-undo", *hold))
    careful = marked(shown)
    if careful is not None:
        change = Button(t.gettext("Change"), grip("entry-change", careful, home(careful)))
        return inline(*opening, undo, change)
    unsure = asking(shown)
    if unsure is not None:
        return inline(*asking_keys(t, shown, unsure), undo)
    merge = Button(t.gettext("Merge into one"), key("parts-merge", *hold))
    whole = not any(one.undone for one in shown.receipts)
    return inline(*opening, undo, *([merge] if whole else []))


def asking_keys(t: Translator, shown: Told, unsure: Receipt) -> list[Button]:
    """Offer to put the figure of one entry right, to leave it, or to open one."""
    return [
        Button(t.gettext("Change amount"), grip("entry-amount", unsure, home(unsure))),
        Button(t.gettext("That is correct"), key("parts", shown.arrival_id)),
        Button(t.gettext("Open one"), key("parts-open", shown.arrival_id)),
    ]


def numbered(shown: Told) -> list[Button]:
    """Give a button for each entry's own receipt."""
    return [
        Button(str(place), grip("entry-show", one, home(one)))
        for place, one in enumerate(shown.receipts, start=1)
    ]


def choose_one(t: Translator, shown: Told) -> Screen:
    """List the entries with a number for each."""
    buttons = numbered(shown)
    threes = [buttons[i : i + WIDE] for i in range(0, len(buttons), WIDE)]
    back = Button(t.gettext("Back"), key("parts", shown.arrival_id))
    return Markup("\n").join(summary(t, shown)), rows(*threes, [back])


def merged(t: Translator, shown: Receipt) -> Screen:
    """Write the receipt of what was made one, with the way back."""
    apart = Button(t.gettext("Split again"), grip("entry-split", shown, ALONE))
    lines = lone.taps(t, shown, ALONE)["inline_keyboard"]
    text = Markup("\n").join(lone.saved(t, shown))
    return text, {"inline_keyboard": [*lines, [apart.shape()]]}
