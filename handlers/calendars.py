"""The days off and Ramadan, which an admin keeps."""

import datetime as dt

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions import calendars
from bot.actions.staff import admin_only
from bot.context import Answering, Context, reads
from bot.ui import calendars as screens
from bot.ui.keys import numbers, pattern, tapped
from bot.understanding.asked_days import asked_days

STEP = "calendars.ramadan"


async def calendar(update: Update, context: Context) -> None:
    """Show the days off to come, or add the one that is written behind the command."""
    del update
    admin_only(context.employee)
    words = context.args or []
    new = None
    if words:
        day, name = calendars.read_day(" ".join(words), context.today())
        await calendars.add_holiday(context.session, context.employee, day, name, now=context.now)
        new = (day, name)
    await show(context, 0, new)


async def turn(update: Update, context: Context) -> None:
    """Show another page in the same message."""
    (page,) = numbers(tapped(update), 1)
    await show(context, page)


async def show(context: Context, page: int, new: tuple[dt.date, str] | None = None) -> None:
    """Show the days off to come."""
    seen = await calendars.almanac(context.session, context.employee, today=context.today())
    context.edit(*screens.almanac(context.t, seen, page, new))


async def drop(update: Update, context: Context) -> None:
    """Let a day be worked after all."""
    (holiday_id,) = numbers(tapped(update), 1)
    gone = await calendars.remove_holiday(
        context.session, context.employee, holiday_id, now=context.now
    )
    context.edit(*screens.dropped(context.t, gone.day, gone.name))


async def confirm(update: Update, context: Context) -> None:
    """Confirm the dates of Ramadan as they are reckoned."""
    (ramadan_id,) = numbers(tapped(update), 1)
    known = await calendars.confirm_ramadan(
        context.session, context.employee, ramadan_id, now=context.now
    )
    context.edit(*screens.confirmed(context.t, known))


async def ask_dates(update: Update, context: Context) -> None:
    """Ask for the dates of Ramadan in words."""
    (ramadan_id,) = numbers(tapped(update), 1)
    admin_only(context.employee)
    await context.begin(STEP, ramadan=ramadan_id)
    context.edit(screens.ask_ramadan(context.t))


async def take_dates(update: Update, context: Context) -> None:
    """Confirm the dates that were typed."""
    draft, message = context.draft, update.effective_message
    days = asked_days((message.text if message else None) or "", context.today())
    if draft is None or days is None:
        context.reply(context.t.gettext("The date could not be read. Example: 24 Nov"))
        return
    known = await calendars.confirm_ramadan(
        context.session,
        context.employee,
        int(draft.data["ramadan"]),
        now=context.now,
        days=days,
    )
    await context.end()
    context.reply(*screens.confirmed(context.t, known))


reads(turn)

handlers = [
    CommandHandler("kalender", calendar, filters.ChatType.PRIVATE),
    CallbackQueryHandler(turn, pattern("calendar")),
    CallbackQueryHandler(drop, pattern("holiday-drop")),
    CallbackQueryHandler(confirm, pattern("ramadan-yes")),
    CallbackQueryHandler(ask_dates, pattern("ramadan-change")),
    MessageHandler(Answering(STEP) & filters.TEXT & ~filters.COMMAND, take_dates),
]
