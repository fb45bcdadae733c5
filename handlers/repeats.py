"""The taps that log again today: a favourite sentence, or what the day before held."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.actions import repeats
from bot.actions.entries import Typed
from bot.actions.receipts import Told
from bot.context import Context
from bot.ui.keys import numbers, pattern, tapped
from handlers.entries import SENTENCE, present


async def again(update: Update, context: Context) -> None:
    """Log a favourite sentence for today."""
    (entry_id,) = numbers(tapped(update), 1)
    session, employee, days = context.session, context.employee, context.agency.edit_days
    shown = await repeats.again(session, employee, entry_id, tap(update, context), edit_days=days)
    await finish(context, shown)


async def same_as_before(update: Update, context: Context) -> None:
    """Log for today what the newest earlier day held."""
    session, employee, days = context.session, context.employee, context.agency.edit_days
    shown = await repeats.same_as_before(session, employee, tap(update, context), edit_days=days)
    await finish(context, shown)


async def finish(context: Context, shown: Told) -> None:
    """Put the receipt in the place of the question, which is answered."""
    if context.draft is not None and context.draft.step == SENTENCE:
        await context.end()
    present(context, shown)


def tap(update: Update, context: Context) -> Typed:
    """Take a tap as what is logged now, and the place of the message it was made on."""
    query = update.callback_query
    place = query.message.message_id if query and query.message else None
    return Typed(
        text="",
        sent_at=context.now,
        arrival_id=context.turn.arrival_id,
        chat_id=context.chat_id,
        message_id=place,
    )


handlers = [
    CallbackQueryHandler(again, pattern("repeat")),
    CallbackQueryHandler(same_as_before, pattern("repeat-day")),
]
