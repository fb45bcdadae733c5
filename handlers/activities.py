"""The taps under the receipt of several activities: open one, take all back, make one of all."""

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.actions import activities, retellings
from bot.actions.activities import Hold, subject
from bot.actions.receipts import Told
from bot.context import Context, reads
from bot.ui.activities import choose_one, merged
from bot.ui.keys import numbers, pattern, tapped
from bot.ui.receipts import receipt
from handlers.corrections import held
from handlers.entries import present

Deed = Callable[..., Awaitable[Told]]


async def overview(update: Update, context: Context) -> None:
    """Show the receipt of all that a message told of."""
    (arrival_id,) = numbers(tapped(update), 1)
    shown = await look(context, arrival_id)
    if shown.only is not None:
        # The others are deleted, so there is nothing to lead back to.
        context.edit(*receipt(context.t, shown.only), about=subject(shown))
    else:
        present(context, shown)


async def open_one(update: Update, context: Context) -> None:
    """Give a number for each entry, to open its own receipt."""
    (arrival_id,) = numbers(tapped(update), 1)
    shown = await look(context, arrival_id)
    if shown.only is not None:
        present(context, shown)
    else:
        context.edit(*choose_one(context.t, shown), about=subject(shown))


async def look(context: Context, arrival_id: int) -> Told:
    """Load what an arrival of the person's own has made."""
    hold = Hold(arrival_id, None, context.now, context.agency.edit_days)
    return await activities.look(context.session, context.employee, hold)


async def undo(update: Update, context: Context) -> None:
    """Take all entries back."""
    present(context, await done(update, context, activities.undo))


async def restore(update: Update, context: Context) -> None:
    """Bring all entries back."""
    present(context, await done(update, context, activities.restore))


async def merge(update: Update, context: Context) -> None:
    """Make one entry of all, and offer the way back."""
    shown = await done(update, context, retellings.merge)
    if shown.stale or shown.only is None:
        present(context, shown)
    else:
        context.edit(*merged(context.t, shown.only), about=subject(shown))


async def done(update: Update, context: Context, deed: Deed) -> Told:
    """Do something to all entries of a message."""
    arrival_id, version = numbers(tapped(update), 2)
    hold = Hold(arrival_id, version, context.now, context.agency.edit_days)
    return await deed(context.session, context.employee, hold)


async def split(update: Update, context: Context) -> None:
    """Make an entry of each activity again."""
    grip, _, _ = held(update, context)
    present(context, await retellings.split(context.session, context.employee, grip))


for look_only in (overview, open_one):
    reads(look_only)

handlers = [
    CallbackQueryHandler(overview, pattern("parts")),
    CallbackQueryHandler(open_one, pattern("parts-open")),
    CallbackQueryHandler(undo, pattern("parts-undo")),
    CallbackQueryHandler(restore, pattern("parts-restore")),
    CallbackQueryHandler(merge, pattern("parts-merge")),
    CallbackQueryHandler(split, pattern("entry-split")),
]
