"""The words of the scheduled letters beside the prompt: each a text with its buttons."""

import datetime as dt
from collections.abc import Sequence

from markupsafe import Markup

from bot.actions.cards import Ending, Missed, Planned, Recap, Unplanned
from bot.i18n import Translator
from bot.ui.keyboards import Button
from bot.ui.keys import key
from bot.ui.receipts import cut

Part = tuple[Markup, list[Button]]

DAYS_SHOWN = 5
ITEM_TEXT = 60
LABEL = 22


def stamp(day: dt.date) -> int:
    """Write a day as the buttons of a prompt carry it."""
    return int(f"{day:%Y%m%d}")


def missed(t: Translator, card: Missed) -> Part:
    """List the working days of the last week that have no entry."""
    days = card.days
    head = t.nhtml(
        "<b>{count} working day</b> of the last week has no entry:",
        "<b>{count} working days</b> of the last week have no entry:",
        len(days),
        count=len(days),
    )
    lines = [missed_line(t, day, items) for day, items in days[:DAYS_SHOWN]]
    first = days[0][0] if days else None
    how = t.html(
        "Write one sentence that begins with the day; it is marked as a <i>late entry</i>."
    )
    buttons = [Button(t.gettext("Catch up"), key("missed"), style="success")]
    if first:
        buttons.append(Button(t.gettext("Leave/Trip"), key("away", stamp(first))))
    return Markup("\n").join([head, *lines, how]), buttons


def missed_line(t: Translator, day: dt.date, items: Sequence[Planned]) -> Markup:
    """Name a day without an entry, and what was planned for it."""
    if not items:
        return t.html("• {day}", day=t.day(day))
    return t.html("• {day} – your plan: {plan}", day=t.day(day), plan=cut(items[0].text, ITEM_TEXT))


def ending(t: Translator, card: Ending) -> Part:
    """Tell how long a month still lasts, and exactly what it lacks."""
    lines = [
        t.html("<b>{month} ends today.</b> Still missing:", month=t.month(card.month))
        if card.left <= 1
        else t.nhtml(
            "<b>{month} ends in {count} working day.</b> Still missing:",
            "<b>{month} ends in {count} working days.</b> Still missing:",
            card.left,
            month=t.month(card.month),
            count=card.left,
        )
    ]
    if card.missed:
        shown = ", ".join(t.day_short(day) for day in card.missed[:DAYS_SHOWN])
        lines.append(
            t.nhtml(
                "• {count} working day without an entry: {days}",
                "• {count} working days without an entry: {days}",
                len(card.missed),
                count=len(card.missed),
                days=f"{shown}, …" if len(card.missed) > DAYS_SHOWN else shown,
            )
        )
    if card.unlinked:
        lines.append(
            t.nhtml(
                "• {count} entry linked to no RHK",
                "• {count} entries linked to no RHK",
                card.unlinked,
                count=card.unlinked,
            )
        )
    if card.idle:
        numbers = ", ".join(map(str, card.idle))
        lines.append(t.html("• nothing logged this month for RHK {numbers}", numbers=numbers))
    buttons = [
        Button(t.gettext("Open history"), key("history", 0)),
        Button(t.gettext("My SKP"), key("skp", 0)),
    ]
    return Markup("\n").join(lines), buttons


def unplanned(t: Translator, card: Unplanned) -> Part:
    """Name the RHK that have no rencana aksi for the month."""
    text = t.html(
        "<b>{month}</b>: no rencana aksi yet for RHK {numbers}. With one, your evidence and figures"
        " have their place in e-Kinerja.",
        month=t.month(card.month),
        numbers=", ".join(map(str, card.numbers)),
    )
    return text, [Button(t.gettext("My SKP"), key("skp", 0))]


def recap(t: Translator, card: Recap) -> Part:
    """Sum up a week for whoever worked it."""
    lines = [
        t.html(
            "<b>Your week, {first} to {last}</b>",
            first=t.day_short(card.first),
            last=t.day_short(card.last),
        ),
        t.nhtml(
            "{logged} of {worked} working days logged, {count} entry.",
            "{logged} of {worked} working days logged, {count} entries.",
            card.entries,
            logged=card.logged,
            worked=card.worked,
            count=card.entries,
        ),
    ]
    lines += [
        t.nhtml(
            "• RHK {number}: {count} entry",
            "• RHK {number}: {count} entries",
            count,
            number=number,
            count=count,
        )
        for number, count in card.results[:DAYS_SHOWN]
    ]
    return Markup("\n").join(lines), [Button(t.gettext("Open history"), key("history", 0))]


def ask_plan(t: Translator, name: str, day: dt.date) -> Part:
    """Ask in the morning what is planned."""
    text = t.html(
        "{name}, what do you plan for today? In the evening each line is logged by one tap.",
        name=name,
    )
    button = Button(t.gettext("Write my plan"), key("plan-write", stamp(day)), style="success")
    return text, [button]


def offer_help(t: Translator) -> Part:
    """Ask what would help whoever leaves prompts unanswered, and promise to keep still."""
    text = t.html(
        "The last three reminders stayed without an answer. What would help? Until you choose or"
        " log something I keep still."
    )
    buttons = [
        Button(t.gettext("Change the hour"), key("prompt-hour"), style="success"),
        Button(t.gettext("Pause for 1 week"), key("remind-pause", 7)),
        Button(t.gettext("Ask for help"), key("remind-help")),
    ]
    return text, buttons


def welcome(t: Translator, step: int) -> Part:
    """Tell a newcomer one useful thing at a time."""
    if step == 0:
        text = t.html(
            "<b>Good to know:</b> send a photo, a file or a link with one sentence, and it becomes"
            " the evidence of that entry."
        )
        return text, [Button(t.gettext("Help"), key("help"))]
    if step == 1:
        text = t.html(
            "<b>Good to know:</b> everything can be changed. Each receipt has the taps for it, and"
            " /riwayat shows all your entries."
        )
        return text, [Button(t.gettext("Open history"), key("history", 0))]
    text = t.html(
        "<b>Good to know:</b> tell me <i>cuti sampai Jumat</i> and I keep still until you are back."
        " /pengingat shows what comes when, and changes it."
    )
    return text, [Button(t.gettext("Other reminders"), key("remind-list"))]


def guidance(t: Translator, article_id: str, title: str, summary: str) -> Part:
    """Show the week's article."""
    text = t.html("<b>Guidance of the week: {title}</b>\n{summary}", title=title, summary=summary)
    return text, [Button(t.gettext("Read"), key("article", article_id, 0), style="success")]


def quiz(t: Translator) -> Part:
    """Offer the week's quiz."""
    text = t.html(
        "<b>Quiz of the week:</b> five questions, two minutes. Only you see your answers."
    )
    return text, [Button(t.gettext("Begin"), key("quiz"), style="success")]


def tick_label(text: str) -> str:
    """Name one thing of a plan on a button."""
    return f"☐ {cut(text, LABEL - 2)}"
