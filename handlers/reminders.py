"""The evening prompt: its answers, and its hour."""

import datetime as dt
from zoneinfo import ZoneInfo

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions import reminders, repeats
from bot.context import Context
from bot.refusal import Refusal
from bot.skp.workdays import default_prompt
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from db import letters
from handlers.entries import present
from handlers.repeats import tap

HOURS = ("14:00", "15:00", "15:45", "16:15", "17:00", "17:30")


async def settings(update: Update, context: Context) -> None:
    """Show when the prompt comes, and the hours to choose from."""
    del update
    context.reply(*settings_screen(context))


def settings_screen(context: Context) -> tuple[Markup, dict[str, object]]:
    """Write the reminder's screen."""
    t, employee = context.t, context.employee
    zone = context.local_now().tzname()
    usual = employee.prompt_at or default_prompt(context.today(), employee.week, employee.leave_at)
    text = (
        t.html(
            "<b>Reminder</b>\nOn working days without an entry I ask once at <b>{hour} {zone}</b>."
            " Never on holidays, on leave or in the evening.",
            hour=t.hour(usual),
            zone=zone,
        )
        if employee.prompts_on
        else t.html("<b>Reminder</b>\nIt is switched off. I keep still until you choose an hour.")
    )
    buttons = [
        Button(t.hour(dt.time.fromisoformat(hour)), key("prompt-at", place))
        for place, hour in enumerate(HOURS)
    ]
    buttons.append(Button(t.gettext("Usual hour"), key("prompt-at", len(HOURS))))
    if employee.prompts_on:
        buttons.append(Button(t.gettext("Switch off"), key("prompt-off")))
    return text, inline(*buttons, wide=3)


async def choose_hour(update: Update, context: Context) -> None:
    """Let the prompt come at the chosen hour."""
    (place,) = numbers(tapped(update), 1)
    if not 0 <= place <= len(HOURS):
        raise Refusal("This button no longer works.")
    hour = dt.time.fromisoformat(HOURS[place]) if place < len(HOURS) else None
    reminders.set_hour(context.employee, hour)
    context.session.add(context.employee)
    context.edit(*settings_screen(context))


async def switch_off(update: Update, context: Context) -> None:
    """Keep still until the person chooses an hour again."""
    del update
    context.employee.prompts_on = False
    context.session.add(context.employee)
    context.edit(*settings_screen(context))


async def snooze(update: Update, context: Context) -> None:
    """Ask again in an hour."""
    day = day_of(update)
    t = context.t
    if day != context.today():
        raise Refusal("This button belongs to an earlier day. Write one sentence to log your work.")
    due = await reminders.snooze(context.session, context.employee, day, now=context.now)
    hour = t.clock(due, str(ZoneInfo(context.employee.zone)))
    context.edit(t.html("All right, I ask again at {hour}.", hour=hour))


async def same_as_yesterday(update: Update, context: Context) -> None:
    """Log again what the last logged day held."""
    day = day_of(update)
    if day != context.today():
        raise Refusal("This button belongs to an earlier day. Write one sentence to log your work.")
    if await letters.has_logged(context.session, context.employee, day):
        raise Refusal("There is an entry for today already. Write one sentence to add another.")
    shown = await repeats.same_as_before(
        context.session,
        context.employee,
        tap(update, context),
        edit_days=context.agency.edit_days,
    )
    present(context, shown)


def day_of(update: Update) -> dt.date:
    """Read the day a prompt's button belongs to."""
    (stamp,) = numbers(tapped(update), 1)
    try:
        return dt.datetime.strptime(str(stamp), "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        raise Refusal("This button no longer works.") from None


handlers = [
    CommandHandler("pengingat", settings),
    CallbackQueryHandler(choose_hour, pattern("prompt-at")),
    CallbackQueryHandler(switch_off, pattern("prompt-off")),
    CallbackQueryHandler(snooze, pattern("snooze")),
    CallbackQueryHandler(same_as_yesterday, pattern("same")),
]
