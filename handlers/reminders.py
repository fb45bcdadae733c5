"""What is said unasked: its answers, and what comes when."""

import datetime as dt
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions import reminders, repeats
from bot.context import Context, reads
from bot.refusal import Refusal
from bot.skp.reminders import SET, Kind
from bot.ui import reminders as screens
from bot.ui.keys import numbers, pattern, tapped
from bot.ui.reminders import DAYS, HOURS, PAUSE_DAYS, PROMPT_HOURS
from db import letters
from handlers.entries import present
from handlers.repeats import tap


async def settings(update: Update, context: Context) -> None:
    """Show what comes when; from a button in the same message."""
    del update
    context.edit(*screens.settings(context.t, await seen(context)))


async def seen(context: Context) -> reminders.Overview:
    """Look at what comes to whoever asks."""
    return await reminders.overview(
        context.session, context.employee, context.agency.habits, now=context.now
    )


async def change_hour(update: Update, context: Context) -> None:
    """Show the hours in a message of their own, below the question what would help."""
    del update
    reminders.heard(context.employee)
    context.session.add(context.employee)
    context.reply(*screens.settings(context.t, await seen(context)))


async def choose_hour(update: Update, context: Context) -> None:
    """Let the prompt come at the chosen hour."""
    (place,) = numbers(tapped(update), 1)
    if not 0 <= place <= len(PROMPT_HOURS):
        raise Refusal("This button no longer works.")
    usual = place == len(PROMPT_HOURS)
    hour = None if usual else dt.time.fromisoformat(PROMPT_HOURS[place])
    reminders.set_hour(context.employee, hour)
    context.session.add(context.employee)
    context.edit(*screens.settings(context.t, await seen(context)))


async def switch_off(update: Update, context: Context) -> None:
    """Ask nothing in the evening until the person chooses an hour again."""
    del update
    reminders.switch(context.employee, Kind.PROMPT, context.agency.habits, on=False)
    context.session.add(context.employee)
    context.edit(*screens.settings(context.t, await seen(context)))


async def list_kinds(update: Update, context: Context) -> None:
    """List every kind."""
    del update
    context.edit(*screens.listed(context.t, await seen(context)))


async def open_kind(update: Update, context: Context) -> None:
    """Show one kind."""
    (place,) = numbers(tapped(update), 1)
    await show(context, kind_at(place))


async def switch(update: Update, context: Context) -> None:
    """Switch a kind on or off."""
    place, on = numbers(tapped(update), 2)
    kind = kind_at(place)
    reminders.switch(context.employee, kind, context.agency.habits, on=bool(on))
    await show(context, kind)


async def choose_kind_hour(update: Update, context: Context) -> None:
    """Let a kind come at the chosen hour."""
    place, hour = numbers(tapped(update), 2)
    kind = kind_at(place)
    if not 0 <= hour < len(HOURS):
        raise Refusal("This button no longer works.")
    reminders.choose_hour(context.employee, kind, dt.time.fromisoformat(HOURS[hour]))
    await show(context, kind)


async def choose_kind_days(update: Update, context: Context) -> None:
    """Let a kind come on the chosen days."""
    place, days = numbers(tapped(update), 2)
    kind = kind_at(place)
    choices = DAYS.get(kind, ())
    if not 0 <= days < len(choices):
        raise Refusal("This button no longer works.")
    reminders.choose_days(context.employee, kind, choices[days])
    await show(context, kind)


async def show(context: Context, kind: Kind) -> None:
    """Show a kind as it stands now."""
    context.session.add(context.employee)
    context.edit(*screens.one(context.t, (await seen(context)).of(kind)))


def kind_at(place: int) -> Kind:
    """Give the kind a button stands for."""
    if not 0 <= place < len(SET):
        raise Refusal("This button no longer works.")
    return SET[place]


async def pause(update: Update, context: Context) -> None:
    """Keep still for some days."""
    (days,) = numbers(tapped(update), 1)
    if days not in PAUSE_DAYS:
        raise Refusal("This button no longer works.")
    until = reminders.pause(context.employee, days, today=context.today())
    context.session.add(context.employee)
    context.edit(*screens.paused(context.t, until))


async def go_on(update: Update, context: Context) -> None:
    """End the pause."""
    reminders.go_on(context.employee)
    context.session.add(context.employee)
    await settings(update, context)


async def ask_help(update: Update, context: Context) -> None:
    """Say what helps, and tell the admins."""
    del update
    admins = await reminders.ask_help(context.session, context.employee, now=context.now)
    context.session.add(context.employee)
    context.edit(*screens.help_given(context.t, admins))


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


for look in (settings, list_kinds, open_kind):
    reads(look)

handlers = [
    CommandHandler("pengingat", settings),
    CallbackQueryHandler(settings, pattern("remind-home")),
    CallbackQueryHandler(change_hour, pattern("prompt-hour")),
    CallbackQueryHandler(choose_hour, pattern("prompt-at")),
    CallbackQueryHandler(switch_off, pattern("prompt-off")),
    CallbackQueryHandler(list_kinds, pattern("remind-list")),
    CallbackQueryHandler(open_kind, pattern("remind")),
    CallbackQueryHandler(switch, pattern("remind-on")),
    CallbackQueryHandler(choose_kind_hour, pattern("remind-at")),
    CallbackQueryHandler(choose_kind_days, pattern("remind-days")),
    CallbackQueryHandler(pause, pattern("remind-pause")),
    CallbackQueryHandler(go_on, pattern("remind-resume")),
    CallbackQueryHandler(ask_help, pattern("remind-help")),
    CallbackQueryHandler(snooze, pattern("snooze")),
    CallbackQueryHandler(same_as_yesterday, pattern("same")),
]
