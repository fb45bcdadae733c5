"""The screens of one direct report's work: an RHK, an entry with its proof."""

from markupsafe import Markup, escape

from bot.actions.entry_lines import EntryLine
from bot.actions.team_details import Exhibit, OpenEntry, OpenResult
from bot.actions.team_views import View
from bot.i18n import Translator
from bot.ui.feedback import heading, words_of
from bot.ui.histories import where
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, paged
from bot.ui.keys import key
from bot.ui.plans import standing
from bot.ui.receipt_lines import counted
from bot.ui.receipts import cut
from bot.ui.team_words import CAPTION_LIMIT, Screen, grip, within

ENTRY_TEXT = 90
WHOLE_TEXT = 600
PROOFS = 6


def result(t: Translator, shown: OpenResult, view: View, page: int) -> Screen:
    """Show one RHK of a direct report with its newest entries."""
    one, person = shown.result.view, shown.person
    lines = [
        t.html("<b>{name}, RHK {number}</b>", name=cut(person.name, 80), number=one.number),
        escape(cut(one.text, 200)),
        standing(t, one.leading) if one.leading else t.html("No indicator yet."),
    ]
    if shown.result.idle:
        lines.append(
            t.nhtml(
                "No activity for {days} working day.",
                "No activity for {days} working days.",
                shown.result.idle,
                days=shown.result.idle,
            )
        )
    if shown.entries:
        lines.append(t.html("<b>Latest entries</b>"))
        lines += [
            escape(f"{place}. ") + entry_line(t, one)
            for place, one in enumerate(shown.entries, start=1)
        ]
    else:
        lines.append(t.html("No entries under this RHK yet."))
    at = (*grip(view), person.id)
    buttons = [
        Button(
            t.gettext("Entry {place}", place=place),
            key("team-entry", *at, entry.id, one.id, page),
        )
        for place, entry in enumerate(shown.entries, start=1)
    ]
    back = Button(t.gettext("Back"), key("team-one", *at, page))
    return within(lines, CAPTION_LIMIT), inline(*buttons, back)


def entry_line(t: Translator, one: EntryLine) -> Markup:
    """Write an entry in one line."""
    text = cut(one.text, ENTRY_TEXT) or t.gettext("(no words yet)")
    if one.quantity is None:
        return t.html("{day}: {text}", day=t.day_short(one.day), text=text)
    amount = f"{t.number(one.quantity)} {one.unit or ''}".strip()
    day = t.day_short(one.day)
    return t.html("{day}: <b>{amount}</b>, {text}", day=day, amount=amount, text=text)


def entry(
    t: Translator, shown: OpenEntry, view: View, way_back: tuple[int, int], part: int = 0
) -> Screen:
    """Show one entry whole, with its proof and what was said of it.

    The way back leads to the RHK (its key and the page) or, without one, to the person; much
    proof is turned part by part.
    """
    one, at = shown.entry, (*grip(view), shown.person.id)
    opening, first = proofs(t, shown, (*at, one.id, *way_back), part)
    result_id, page = way_back
    target = key("team-result", *at, result_id, page) if result_id else key("team-one", *at, page)
    respond = Button(t.gettext("Respond"), key("respond-new", one.id), "success")
    buttons = inline(*opening, respond, Button(t.gettext("Back"), target))
    return within(entry_lines(t, shown, first), CAPTION_LIMIT), buttons


def proofs(
    t: Translator, shown: OpenEntry, at: tuple[int, ...], part: int
) -> tuple[list[Button], int]:
    """Offer the stored files of one part, and tell the place of the first proof to be named."""
    stored = [place for place, one in enumerate(shown.exhibits, 1) if one.path is not None]
    buttons = [
        Button(
            t.gettext("Evidence {place}", place=place),
            key("team-proof", shown.exhibits[place - 1].id),
        )
        for place in stored
    ]

    def more(other: int) -> Button:
        return Button(t.gettext("Others"), key("team-proofs", *at, other))

    opening = paged(buttons, part, more, room=MOST_BUTTONS - 2)
    if len(shown.exhibits) <= PROOFS or not opening:
        return opening, 1
    return opening, stored[buttons.index(opening[0])] if part else 1


def entry_lines(t: Translator, shown: OpenEntry, first: int) -> list[Markup]:
    """Write an entry, its proof from one on, and what was said of it."""
    one, person = shown.entry, shown.person
    day = t.day_short(one.day)
    if one.last_day is not None:
        day = t.gettext("{first} to {last}", first=day, last=t.day_short(one.last_day))
    lines = [
        t.html("<b>{name}, {day}</b>", name=cut(person.name, 80), day=day),
        t.html("“{text}”", text=cut(one.text, WHOLE_TEXT) or t.gettext("(no words yet)")),
        Markup(" · ").join([where(t, one.number, additional=one.additional), *facts(t, one)]),
        *(
            exhibit_line(t, place, proof)
            for place, proof in enumerate(shown.exhibits, 1)
            if first <= place < first + PROOFS
        ),
    ]
    if not shown.exhibits:
        lines.append(t.html("No evidence yet."))
    for said in shown.words:
        lines.append(heading(t, said))
        words = words_of(t, said)
        if words:
            lines.append(t.html("“{text}”", text=words))
    return lines


def facts(t: Translator, one: EntryLine) -> list[str]:
    """Write the amount and the late mark."""
    found = []
    if one.quantity is not None:
        found.append(f"{t.number(one.quantity)} {one.unit or ''}".strip())
    if one.percent is not None:
        found.append(t.percent(one.percent / 100))
    if one.late:
        found.append(t.gettext("late entry"))
    return found


def exhibit_line(t: Translator, place: int, proof: Exhibit) -> Markup:
    """Write one bukti dukung in a line."""
    if proof.url is not None:
        return t.html(
            '{place}. <a href="{url}">{title}</a>',
            place=place,
            url=proof.url,
            title=cut(proof.title),
        )
    kind = counted(t, proof.kind, 1)
    return t.html("{place}. {kind}: {title}", place=place, kind=kind, title=cut(proof.title))
