"""See one's entries, open one, change or delete it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions.histories import history_page, opened_entry
from bot.context import Context, reads
from bot.refusal import Refusal
from bot.ui.histories import entry_screen, history_screen
from bot.ui.keys import numbers, pattern, tapped


async def history(update: Update, context: Context) -> None:
    """Show the newest entries."""
    del update
    found = await history_page(context.session, context.employee, 0)
    context.reply(*history_screen(context.t, found))


async def turn(update: Update, context: Context) -> None:
    """Show another page in the same message."""
    (page,) = numbers(tapped(update), 1)
    found = await history_page(context.session, context.employee, page)
    context.edit(*history_screen(context.t, found))


async def open_entry(update: Update, context: Context) -> None:
    """Show one entry whole, with its proof and its taps."""
    entry_id, page = numbers(tapped(update), 2)
    found = await opened_entry(
        context.session,
        context.employee,
        entry_id,
        today=context.today(),
        edit_days=context.agency.edit_days,
    )
    if found is None:
        raise Refusal("This button no longer works.")
    context.edit(*entry_screen(context.t, *found, page), about=f"entry:{entry_id}")


for look in (history, turn, open_entry):
    reads(look)

handlers = [
    CommandHandler("riwayat", history),
    CallbackQueryHandler(turn, pattern("history")),
    CallbackQueryHandler(open_entry, pattern("history-entry")),
]
