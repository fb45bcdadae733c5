"""The plan of the day: written in the morning, ticked in the evening."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.actions import day_plans
from bot.actions.entries import Typed
from bot.context import Answering, Context
from bot.ui.keys import numbers, pattern, tapped
from bot.ui.receipts import receipt
from bot.ui.reminders import ask_lines, planned

STEP = "day_plans.lines"


async def ask(update: Update, context: Context) -> None:
    """Ask for the lines of today's plan; an old button asks for today's, too."""
    del update
    context.employee  # noqa: B018  # A stranger is refused before being asked.
    await context.begin(STEP)
    context.edit(ask_lines(context.t))


async def take_lines(update: Update, context: Context) -> None:
    """Keep the plan that was written."""
    message = update.effective_message
    text = (message.text if message else None) or ""
    items = await day_plans.write(context.session, context.employee, context.today(), text)
    await context.end()
    context.reply(*planned(context.t, items))


async def tick(update: Update, context: Context) -> None:
    """Log one thing of the plan; the receipt is a message of its own, so that others follow."""
    (item_id,) = numbers(tapped(update), 1)
    typed = Typed("", context.now, arrival_id=context.turn.arrival_id)
    shown = await day_plans.tick(
        context.session, context.employee, item_id, typed, edit_days=context.agency.edit_days
    )
    if shown is None:
        context.toast(context.t.gettext("This is logged already."))
        return
    text, keyboard = receipt(context.t, shown)
    context.reply(text, keyboard, about=f"entry:{shown.entry_id}")


handlers = [
    CallbackQueryHandler(ask, pattern("plan-write")),
    CallbackQueryHandler(tick, pattern("plan-tick")),
    MessageHandler(Answering(STEP) & filters.TEXT & ~filters.COMMAND, take_lines),
]
