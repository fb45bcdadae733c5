"""What is said unasked: its answers, and what comes when."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions import reminders, repeats, tips
from bot.context import Context, reads
from bot.refusal import Refusal
from bot.skp.reminders import GROUPS, SET, Group, Kind, group_of
from bot.ui import reminders as screens
from bot.ui.keys import numbers, pattern, tapped, words
from bot.ui.reminders import DAYS, PAUSE_DAYS
from bot.ui.tips import switched
from db import letters
from handlers.entries import present
from handlers.repeats import tap

Chosen = TypeVar("Chosen")
OFF_WORDS = {"mati", "matikan", "off", "stop", "berhenti"}
ON_WORDS = {"nyala", "nyalakan", "hidup", "hidupkan", "aktif", "aktifkan", "on"}


async def settings(update: Update, context: Context) -> None:
    """Show what comes when; from a button in the same message."""
    del update
    context.edit(*screens.settings(context.t, await seen(context)))


async def switch_daily(update: Update, context: Context) -> None:
    """Switch the daily question off or on as the word after /pengingat says; else show them."""
    word = " ".join(context.args or []).casefold()
    if word in OFF_WORDS | ON_WORDS:
        habits, on = context.agency.habits, word in ON_WORDS
        for kind in (Kind.PROMPT, Kind.FOLLOW_UP):
            reminders.switch(context.employee, kind, habits, on=on)
        context.session.add(context.employee)
    await settings(update, context)


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
    context.reply(*screens.hours(context.t, (await seen(context)).of(Kind.PROMPT), 0))


async def open_group(update: Update, context: Context) -> None:
    """Show some kinds that belong together."""
    place, page = numbers(tapped(update), 2)
    group = one_of(tuple(GROUPS), place)
    context.edit(*screens.grouped(context.t, await seen(context), group, page))


async def flip(update: Update, context: Context) -> None:
    """Switch a kind on or off, and show those beside it as they stand now."""
    kind, on = kind_and_number(update)
    reminders.switch(context.employee, kind, context.agency.habits, on=bool(on))
    context.session.add(context.employee)
    shown = await seen(context)
    group = group_of(shown.of(kind).kind)
    show_group(context, shown, group, f"remind-flip:{kind.value}:")


def show_group(context: Context, shown: reminders.Overview, group: Group, at: str) -> None:
    """Show some kinds as they stand now, on the page where a switch was tapped."""
    page = screens.page_with(context.t, shown, group, at)
    context.edit(*screens.grouped(context.t, shown, group, page))


async def switch_tips(update: Update, context: Context) -> None:
    """Switch the guidance under a log off or on, beside the other guidance."""
    (on,) = numbers(tapped(update), 1)
    tips.switch(context.employee, on=bool(one_of((False, True), on)))
    context.session.add(context.employee)
    context.toast(switched(context.t, on=bool(on)))
    show_group(context, await seen(context), screens.WITH_TIPS, "tips:")


async def ask_which(update: Update, context: Context) -> None:
    """Ask of which kind the hour or the days are to change."""
    group = group_at(update)
    context.edit(*screens.times(context.t, await seen(context), group))


async def open_kind(update: Update, context: Context) -> None:
    """Show one kind."""
    await show(context, kind_of(words(tapped(update))))


async def switch(update: Update, context: Context) -> None:
    """Switch a kind on or off, on its own screen."""
    kind, on = kind_and_number(update)
    reminders.switch(context.employee, kind, context.agency.habits, on=bool(on))
    await show(context, kind)


async def offer_hours(update: Update, context: Context) -> None:
    """Offer the hours of a kind."""
    kind, page = kind_and_number(update)
    one_of(screens.hours_of(kind), 0)
    context.edit(*screens.hours(context.t, (await seen(context)).of(kind), page))


async def choose_hour(update: Update, context: Context) -> None:
    """Let a kind come at the chosen hour; the prompt may also come at its usual one."""
    kind, place = kind_and_number(update)
    chosen = one_of(screens.hours_of(kind), place)
    hour = dt.time.fromisoformat(chosen) if chosen else None
    if kind is Kind.PROMPT:
        reminders.set_hour(context.employee, hour)
    elif hour is not None:
        reminders.choose_hour(context.employee, kind, hour)
    await show(context, kind)


async def offer_days(update: Update, context: Context) -> None:
    """Offer the days of a kind."""
    kind, page = kind_and_number(update)
    one_of(DAYS.get(kind, ()), 0)
    context.edit(*screens.week(context.t, (await seen(context)).of(kind), page))


async def choose_days(update: Update, context: Context) -> None:
    """Let a kind come on the chosen days."""
    kind, place = kind_and_number(update)
    reminders.choose_days(context.employee, kind, one_of(DAYS.get(kind, ()), place))
    await show(context, kind)


async def show(context: Context, kind: Kind) -> None:
    """Show a kind as it stands now."""
    context.session.add(context.employee)
    context.edit(*screens.one(context.t, (await seen(context)).of(kind)))


def kind_and_number(update: Update) -> tuple[Kind, int]:
    """Read the kind and the number that a button stands for."""
    kind, *number = words(tapped(update)) or [""]
    if len(number) != 1 or not number[0].isdecimal():
        raise Refusal("This button no longer works.")
    return kind_of([kind]), int(number[0])


def kind_of(said: list[str]) -> Kind:
    """Give the kind a button stands for."""
    found = next((kind for kind in SET if [kind.value] == said), None)
    if found is None:
        raise Refusal("This button no longer works.")
    return found


def group_at(update: Update) -> Group:
    """Give the kinds a button stands for."""
    (place,) = numbers(tapped(update), 1)
    return one_of(tuple(GROUPS), place)


def one_of(choices: Sequence[Chosen], place: int) -> Chosen:
    """Give what a button stands for among some choices."""
    if not 0 <= place < len(choices):
        raise Refusal("This button no longer works.")
    return choices[place]


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


for look in (settings, open_group, ask_which, open_kind, offer_hours, offer_days):
    reads(look)

handlers = [
    CommandHandler("pengingat", switch_daily, has_args=True),
    CommandHandler("pengingat", settings),
    CallbackQueryHandler(settings, pattern("remind-home")),
    CallbackQueryHandler(change_hour, pattern("prompt-hour")),
    CallbackQueryHandler(open_group, pattern("remind-group")),
    CallbackQueryHandler(flip, pattern("remind-flip")),
    CallbackQueryHandler(switch_tips, pattern("tips")),
    CallbackQueryHandler(ask_which, pattern("remind-times")),
    CallbackQueryHandler(open_kind, pattern("remind")),
    CallbackQueryHandler(switch, pattern("remind-on")),
    CallbackQueryHandler(offer_hours, pattern("remind-hours")),
    CallbackQueryHandler(choose_hour, pattern("remind-at")),
    CallbackQueryHandler(offer_days, pattern("remind-week")),
    CallbackQueryHandler(choose_days, pattern("remind-days")),
    CallbackQueryHandler(pause, pattern("remind-pause")),
    CallbackQueryHandler(go_on, pattern("remind-resume")),
    CallbackQueryHandler(ask_help, pattern("remind-help")),
    CallbackQueryHandler(snooze, pattern("snooze")),
    CallbackQueryHandler(same_as_yesterday, pattern("same")),
]
