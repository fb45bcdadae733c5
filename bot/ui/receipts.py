"""The receipt of an entry and the taps that put it right."""

from typing import Any

from markupsafe import Markup

from bot.actions.receipts import Receipt, ResultLine
from bot.actions.standings import Stand
from bot.i18n import Translator
from bot.skp.pace import same_unit
from bot.ui.bars import done_of_target
from bot.ui.hours import hours_line
from bot.ui.keyboards import MOST_BUTTONS, Button, inline
from bot.ui.keys import key
from bot.ui.plausibility import copied_line, doubt_of
from bot.ui.receipt_lines import evidence_words, misdated, not_added, not_linked, uncounted, window
from bot.ui.warnings import warning

Screen = tuple[Markup, dict[str, Any]]

LABEL = 22
RESULT_TEXT = 90
LINKED_TEXT = 70
NEAR_TEXT = 50
UNIT = 30
EXCERPT = 120
SENTENCE = 80
# Marks that change the direction of writing for whatever follows them.
TURNING = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# A receipt that stands alone. Other origins are pages of the history, counted from 1, and, below
# zero, the arrival whose several activities have one receipt.
ALONE = 0


def receipt(t: Translator, shown: Receipt, origin: int = ALONE) -> Screen:
    """Write an entry's receipt with its taps."""
    if shown.undone:
        return undone(t, shown, origin)
    if not shown.text:
        return wordless(t, shown, origin)
    open_question = not shown.result and not shown.additional and bool(shown.nearest)
    if open_question and shown.changeable and origin <= ALONE:
        return Markup("\n").join(unlinked(t, shown, origin)), nearest_keys(t, shown, origin)
    return Markup("\n").join(saved(t, shown)), taps(t, shown, origin)


def saved(t: Translator, shown: Receipt) -> list[Markup]:
    """Say what is saved, where the RHK stands now, and until when it may change."""
    lines = [headline(t, shown), *sentence(shown)]
    if shown.result is None and not shown.additional:
        lines.append(not_linked(t, shown))
    elif uncounted(shown) and shown.stand is not None and not shown.asks:
        lines.append(not_added(t, shown, cut(shown.stand.unit, UNIT)))
    if shown.stood_on and shown.stand is not None and shown.stand.known:
        lines.append(
            t.html("This figure is your own; /skp also shows what others contribute to it.")
        )
    lines += particulars(t, shown)
    return lines


def headline(t: Translator, shown: Receipt) -> Markup:
    """Write the first line, which is the result."""
    values = {"day": day_words(t, shown), "what": what(t, shown)}
    if shown.result is not None:
        standing = shown.stand
        named = {
            **values,
            "number": shown.result.number,
            "text": cut(shown.result.text, LINKED_TEXT),
        }
        if standing is not None and standing.known:
            return t.html(
                'Saved, {day}. <b>{what}</b> → RHK {number} "{text}" ({standing}).',
                standing=done_of_target(t, standing, named=not in_unit(shown, standing)),
                **named,
            )
        return t.html('Saved, {day}. <b>{what}</b> → RHK {number} "{text}".', **named)
    if shown.additional:
        return t.html("Saved, {day}. <b>{what}</b> → additional task.", **values)
    return t.html("Saved, {day}. <b>{what}</b>", **values)


def sentence(shown: Receipt) -> list[Markup]:
    """Repeat the words of an entry that its amount stands for."""
    if shown.quantity is None and shown.percent is None:
        return []
    return [Markup("<i>{}</i>").format(cut(shown.text, SENTENCE))]


def in_unit(shown: Receipt, standing: Stand) -> bool:
    """Tell whether the entry counts in the unit of the standing, so that it need not be named."""
    return shown.quantity is not None and same_unit(shown.unit, standing.unit)


def unlinked(t: Translator, shown: Receipt, origin: int) -> list[Markup]:
    """Say that no RHK is sure, and name the nearest ones."""
    near = [
        t.html('{number}. "{text}"', number=one.number, text=cut(one.text, NEAR_TEXT))
        for one in offered(shown, origin)
    ]
    asked = t.html("Not linked to an RHK yet. The nearest:")
    return [headline(t, shown), *sentence(shown), asked, *near, *particulars(t, shown)]


def particulars(t: Translator, shown: Receipt) -> list[Markup]:
    """Add a date that cannot be, hours, the late mark, the proof, a warning, the edit window."""
    lines = [*misdated(t, shown), *hours_line(t, shown)]
    if shown.late:
        lines.append(t.html("Marked <i>late entry</i>."))
    if shown.evidence:
        lines.append(t.html("Evidence: {kinds}.", kinds=evidence_words(t, shown)))
    lines += copied_line(t, copied=shown.copied)
    return [*lines, *warning(t, shown.marks), *doubt(t, shown), window(t, shown)]


def doubt(t: Translator, shown: Receipt) -> list[Markup]:
    """Ask about a figure that is hardly meant."""
    if not shown.asks:
        return []
    target = shown.stand.target if shown.stand else None
    what = cut(shown.odd_words or amount_words(t, shown), UNIT)
    return [doubt_of(t, shown.odd, what, target)]


def undone(t: Translator, shown: Receipt, origin: int) -> Screen:
    """Show an entry that was taken back, and how its RHK stands without it."""
    first = [t.html("<s>{what}</s> – undone.", what=what(t, shown))]
    if shown.result and shown.stand and shown.stand.known and not uncounted(shown):
        first.append(
            t.html(
                "RHK {number} is back at {standing}.",
                number=shown.result.number,
                standing=done_of_target(t, shown.stand, named=not in_unit(shown, shown.stand)),
            )
        )
    buttons = [Button(t.gettext("Bring back"), grip("entry-restore", shown, origin), "success")]
    lines = [Markup(" ").join(first), *sentence(shown)]
    last = [deletion(t, shown, origin)] if origin > ALONE and shown.changeable else []
    return Markup("\n").join(lines), inline(*buttons, *back(t, origin), *last)


def wordless(t: Translator, shown: Receipt, origin: int) -> Screen:
    """Ask for a sentence while what was sent is safe."""
    text = t.html(
        "Saved, {day}: {kinds}. Which work is it evidence of? Write one sentence.",
        day=day_words(t, shown),
        kinds=evidence_words(t, shown),
    )
    text = Markup("\n").join([text, *warning(t, shown.marks)])
    buttons = [Button(t.gettext("Undo"), grip("entry-undo", shown, origin))]
    if origin != ALONE or shown.marks:
        buttons.insert(0, Button(t.gettext("Change"), grip("entry-change", shown, origin)))
    return text, inline(*buttons, *back(t, origin))


def taps(t: Translator, shown: Receipt, origin: int, *asks: Button) -> dict[str, Any]:
    """Lay out the taps that put an entry right; undoing and deleting never stand side by side.

    Where the leader may be asked for a word, deleting comes after undoing.
    """
    if not shown.changeable:
        return inline(*back(t, origin))
    if shown.asks:
        return asking_keys(t, shown, origin)
    label = t.gettext("Change RHK") if shown.result else t.gettext("Link RHK")
    link = [Button(label, grip("entry-link", shown, origin, 0))] if shown.planned else []
    change = Button(t.gettext("Change"), grip("entry-change", shown, origin))
    undo = Button(t.gettext("Undo"), grip("entry-undo", shown, origin))
    if origin <= ALONE:
        return inline(*link, *day_key(t, shown, origin), change, undo, *back(t, origin))
    if asks:
        return inline(*link, undo, change, *asks, *back(t, origin))
    return inline(*link, undo, change, *back(t, origin), deletion(t, shown, origin))


def deletion(t: Translator, shown: Receipt, origin: int) -> Button:
    """Give the button that asks before an entry is deleted for good."""
    return Button(t.gettext("Delete"), grip("entry-delete", shown, origin), "danger")


def asking_keys(t: Translator, shown: Receipt, origin: int) -> dict[str, Any]:
    """Offer to put the figure right or to leave it; either brings the other taps back."""
    change = Button(t.gettext("Change"), grip("entry-change", shown, origin))
    undo = Button(t.gettext("Undo"), grip("entry-undo", shown, origin))
    return inline(*figure_keys(t, shown, origin), change, undo, *back(t, origin))


def figure_keys(t: Translator, shown: Receipt, origin: int) -> list[Button]:
    """Give the two answers to the question about the figure."""
    if not shown.asks:
        return []
    return [
        Button(t.gettext("Change amount"), grip("entry-amount", shown, origin)),
        Button(t.gettext("That is correct"), grip("entry-show", shown, origin)),
    ]


def day_key(t: Translator, shown: Receipt, origin: int) -> list[Button]:
    """Offer the days at once where the date in the words could not be kept."""
    if shown.misdated is None:
        return []
    return [Button(t.gettext("Day"), grip("entry-day", shown, origin))]


def nearest_keys(t: Translator, shown: Receipt, origin: int) -> dict[str, Any]:
    """Offer the nearest RHK, an additional task and to undo; to leave it takes no tap."""
    near = [
        Button(label(one), grip("entry-pick", shown, origin, one.id))
        for one in offered(shown, origin)
    ]
    additional = Button(t.gettext("Additional task"), grip("entry-pick", shown, origin, 0))
    undo = Button(t.gettext("Undo"), grip("entry-undo", shown, origin))
    last = [*figure_keys(t, shown, origin), undo, *back(t, origin)]
    change = Button(t.gettext("Change"), grip("entry-change", shown, origin))
    room = bool(shown.marks) or len(near) + len(last) < MOST_BUTTONS - 1
    return inline(*near, additional, *([change] if room else []), *last)


def offered(shown: Receipt, origin: int) -> tuple[ResultLine, ...]:
    """Give the nearest RHK as far as there is room for their buttons."""
    others = 2 + (origin != ALONE) + bool(shown.marks) + 2 * shown.asks
    return shown.nearest[: MOST_BUTTONS - others]


def back(t: Translator, origin: int) -> list[Button]:
    """Give the way back to where the entry was opened."""
    if origin == ALONE:
        return []
    place = key("history", origin - 1) if origin > ALONE else key("parts", -origin)
    return [Button(t.gettext("Back"), place)]


def home(shown: Receipt) -> int:
    """Give where an entry is opened from when nothing else is known."""
    return -(shown.arrival_id or 0) if shown.part else ALONE


def grip(verb: str, shown: Receipt, origin: int, *more: int) -> str:
    """Write the key of a tap on an entry as it is shown."""
    return key(verb, shown.entry_id, shown.version, origin, *more)


def what(t: Translator, shown: Receipt) -> str:
    """Say what was done: the amount if one was named, else the words."""
    amount = amount_words(t, shown)
    return amount or cut(shown.text, SENTENCE) or t.gettext("(no words yet)")


def amount_words(t: Translator, shown: Receipt) -> str:
    """Write the amount as far as one is known."""
    amounts = []
    if shown.quantity is not None:
        number = t.number(shown.quantity)
        amounts.append(f"{number} {shown.unit}" if shown.unit else number)
    if shown.percent is not None:
        amounts.append(t.percent(shown.percent / 100))
    return ", ".join(amounts)


def day_words(t: Translator, shown: Receipt) -> str:
    """Write the entry's day, or its first and last; the year only when it is another one."""
    if shown.last_day is not None:
        first, last = t.day_of_month(shown.day), t.day_of_month(shown.last_day)
        return t.gettext("{first} to {last}", first=first, last=last)
    if shown.day.year != shown.today.year:
        return t.day(shown.day)
    return t.gettext("{weekday} {day}", weekday=t.weekday(shown.day), day=t.day_of_month(shown.day))


def label(result: ResultLine) -> str:
    """Write an RHK as a short button: its number and the words that tell it from others."""
    first, _, rest = result.text.partition(" ")
    words = rest if rest and first.lower().endswith("nya") else result.text
    return cut(f"RHK {result.number} {capital(words)}", LABEL)


def capital(text: str) -> str:
    """Begin with a capital and leave the rest."""
    return text[:1].upper() + text[1:]


def cut(text: str, limit: int = RESULT_TEXT) -> str:
    """Shorten a text at a word, on one line, without marks that would turn the line around."""
    plain = " ".join(text.translate(TURNING).split())
    if len(plain) <= limit:
        return plain
    head, space, _ = plain[: limit - 1].rpartition(" ")
    return f"{head if space else plain[: limit - 1]}…"
