"""The words of the scheduled letters beside the prompt: each a text with its buttons."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.actions.cards import Ending, Missed, Planned, Recap, Unplanned, Waits
from bot.actions.team_views import Scale, View
from bot.i18n import Translator
from bot.ui.approvals import line as approval_line
from bot.ui.copying import copy_key
from bot.ui.keyboards import Button
from bot.ui.keys import key
from bot.ui.plan_results import period_words
from bot.ui.receipts import cut
from bot.ui.team_attention import entries_line, obstacle_line
from bot.ui.team_words import grip

Part = tuple[Markup, list[Button]]

DAYS_SHOWN = 5
RESULTS_SHOWN = 8
WAITING_SHOWN = 3
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
    """Tell how long a period still lasts, and exactly what it lacks."""
    period = period_words(t, card.name)
    lines = [
        t.html("<b>{period} ends today.</b> Still missing:", period=period)
        if card.left <= 1
        else t.nhtml(
            "<b>{period} ends in {count} working day.</b> Still missing:",
            "<b>{period} ends in {count} working days.</b> Still missing:",
            card.left,
            period=period,
            count=card.left,
        )
    ]
    lines += [*lacking(t, card), *unreached(t, card)]
    buttons = [
        Button(t.gettext("Open history"), key("history", 0)),
        Button(t.gettext("My SKP"), key("skp", 0)),
    ]
    return Markup("\n").join(lines), buttons


def lacking(t: Translator, card: Ending) -> list[Markup]:
    """Name the days without an entry, and count the entries without an RHK."""
    lines = []
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
    return lines


def unreached(t: Translator, card: Ending) -> list[Markup]:
    """Name the RHK for which nothing was logged, and those below their target."""
    lines = []
    if card.idle:
        numbers = ", ".join(map(str, card.idle))
        lines.append(
            t.html(
                "• nothing logged in {period} for RHK {numbers}",
                period=period_words(t, card.name),
                numbers=numbers,
            )
        )
    if card.short:
        shown = ", ".join(
            f"{number} ({t.whole_percent(share)})" for number, share in card.short[:RESULTS_SHOWN]
        )
        lines.append(
            t.html(
                "• below the year's target: RHK {results}",
                results=f"{shown}, …" if len(card.short) > RESULTS_SHOWN else shown,
            )
        )
    return lines


def waits(t: Translator, card: Waits, zone: str, today: dt.date) -> Part | None:
    """Tell a leader what waits for a word, what holds people up first; nothing: no words."""
    local = ZoneInfo(zone)
    plans = [approval_line(t, one, local) for one in card.plans]
    held = [obstacle_line(t, one) for one in card.obstacles]
    lines = [*first_of(t, plans), *first_of(t, held), *entries_line(t, card.entries)]
    if not lines:
        return None
    buttons = []
    if card.plans:
        label = t.gettext("Approve ({count})", count=len(card.plans))
        buttons.append(Button(label, key("approvals", 0), "success"))
    if card.obstacles:
        at = grip(View(Scale.DAY, today))
        buttons.append(Button(t.gettext("Open obstacles"), key("team-obstacles", *at)))
    if card.entries:
        label = t.gettext("Respond ({count})", count=card.entries)
        buttons.append(Button(label, key("respond"), None if card.plans else "success"))
    return Markup("\n").join([t.html("<b>Waiting for your word</b>"), *lines]), buttons


def first_of(t: Translator, lines: list[Markup]) -> list[Markup]:
    """Keep the first lines, and count the others."""
    more = len(lines) - WAITING_SHOWN
    if more <= 0:
        return lines
    counted = t.nhtml("• {count} more", "• {count} more", more, count=more)
    return [*lines[:WAITING_SHOWN], counted]


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
    buttons = [
        Button(t.gettext("Copy"), copy_key(View(Scale.WEEK, card.first), "copy", 0), "success"),
        Button(t.gettext("Open history"), key("history", 0)),
    ]
    return Markup("\n").join(lines), buttons


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
    return text, [Button(t.gettext("Reminders"), key("remind-home"))]


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
