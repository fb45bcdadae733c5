"""The screen on which an admin sees how the bot is."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.actions.health import Health, Queue, Waiting
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key


def screen(t: Translator, health: Health, zone: ZoneInfo) -> tuple[Markup, dict[str, Any]]:
    """Show how the bot is: the result first, then what waits and what lies aside."""
    lines = [result(t, health), *(line(t, one, zone) for one in health.waiting), aside(t, health)]
    return Markup("\n").join(lines), inline(Button(t.gettext("Refresh"), key("health")))


def result(t: Translator, health: Health) -> Markup:
    """Say in one line whether all is well, or what is not."""
    troubles = len(health.late) + bool(health.aside)
    if not troubles:
        return t.html("Everything is running well.")
    if troubles > 1:
        return t.html("<b>Needs attention:</b> {count} things, in bold below.", count=troubles)
    if not health.late:
        return t.html("<b>Needs attention:</b> some messages could not be handled.")
    sentences = {
        Queue.ARRIVALS: t.html("<b>Needs attention:</b> messages wait too long to be handled."),
        Queue.ANSWERS: t.html("<b>Needs attention:</b> answers wait too long to be sent."),
        Queue.LETTERS: t.html(
            "<b>Needs attention:</b> scheduled messages wait too long to be sent."
        ),
        Queue.EVIDENCE: t.html("<b>Needs attention:</b> evidence waits too long to be stored."),
    }
    return sentences[health.late[0].queue]


def line(t: Translator, waiting: Waiting, zone: ZoneInfo) -> Markup:
    """Write one line about what waits; in bold when it waits too long."""
    count = t.number(waiting.count)
    if waiting.oldest is None:
        return {
            Queue.ARRIVALS: t.html("Messages to handle: {count}", count=count),
            Queue.ANSWERS: t.html("Answers to send: {count}", count=count),
            Queue.LETTERS: t.html("Scheduled messages to send: {count}", count=count),
            Queue.EVIDENCE: t.html("Evidence to store: {count}", count=count),
        }[waiting.queue]
    words = {"count": count, "since": since(t, waiting.oldest, zone)}
    told = {
        Queue.ARRIVALS: t.html("Messages to handle: {count}, the oldest since {since}", **words),
        Queue.ANSWERS: t.html("Answers to send: {count}, the oldest since {since}", **words),
        Queue.LETTERS: t.html(
            "Scheduled messages to send: {count}, the oldest since {since}", **words
        ),
        Queue.EVIDENCE: t.html("Evidence to store: {count}, the oldest since {since}", **words),
    }[waiting.queue]
    return Markup("<b>{}</b>").format(told) if waiting.late else told


def since(t: Translator, moment: dt.datetime, zone: ZoneInfo) -> str:
    """Write a moment with its day."""
    return t.gettext(
        "{day}, {clock}",
        day=t.day_short(moment.astimezone(zone).date()),
        clock=t.clock(moment, zone.key),
    )


def aside(t: Translator, health: Health) -> Markup:
    """Write the line about what lies aside, with the references that people were given."""
    if not health.aside:
        return t.html("Set aside: {count}", count=0)
    return t.html(
        "<b>Set aside: {count}, the newest: {codes}</b>",
        count=t.number(health.aside),
        codes=", ".join(one.code for one in health.newest_aside),
    )
