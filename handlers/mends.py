"""A correction in words changes what was just logged, instead of becoming an entry of its own."""

import datetime as dt

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import MessageHandler
from telegram.ext.filters import MessageFilter

from bot.actions.activities import subject, subjects
from bot.actions.corrections import Grip
from bot.actions.mends import Right, just_told, put_right, read_right
from bot.actions.receipts import Told
from bot.context import Answering, Context
from bot.ui.activities import told
from bot.ui.keyboards import below
from db import entries as questions
from handlers.entries import CAPTION, SENTENCE, WORDS, log, said, ways_on
from handlers.evidence import entries_at

ANY_TIME = dt.datetime(2000, 1, 3, 12, tzinfo=dt.UTC)


class PuttingRight(MessageFilter):
    """Match words that may put an entry right, whatever that is."""

    def filter(self, message: Message) -> bool:
        """Tell whether these words read as a correction."""
        replied = message.reply_to_message is not None
        return read_right(message.text or "", ANY_TIME, replied=replied) is not None


async def mend(update: Update, context: Context) -> None:
    """Put right what was replied to, or what was logged last; else these are any words."""
    message = said(update)
    right = await meant(message, context)
    if right is None or not await mended(message, context, right):
        await log(update, context)


async def meant(message: Message, context: Context) -> Right | None:
    """Read what is right; a bare value counts only in a reply to an entry."""
    text, now = message.text or "", context.local_now()
    reply = message.reply_to_message
    about = bool(reply and await entries_at(context, reply.message_id))
    return read_right(text, now, replied=about)


async def mended(message: Message, context: Context, right: Right) -> bool:
    """Change the entry and show its receipt anew, if it is plain which entry is meant."""
    session, employee = context.session, context.employee
    reply = message.reply_to_message
    found = await entries_at(context, reply.message_id) if reply else []
    found = found or await just_told(session, employee, context.now)
    grip = Grip(0, None, context.now, context.agency.edit_days)
    shown = await put_right(session, employee, found, right, grip) if found else None
    if shown is None:
        return False
    await show(context, shown)
    return True


async def show(context: Context, shown: Told) -> None:
    """Say what the entry is now, and let its receipt that stands above say the same."""
    text, keyboard = told(context.t, shown)
    stands = await questions.receipt_at(context.session, context.chat_id, subjects(shown))
    if stands is not None:
        context.edit_message(stands, text, keyboard, about=subject(shown))
    head = context.t.html("Put right; no new entry.")
    keep, _ = ways_on(context)
    context.reply(Markup("\n").join([head, text]), below(keyboard, keep), about=subject(shown))


handlers = [
    MessageHandler(WORDS & ~Answering(SENTENCE, CAPTION) & PuttingRight(), mend),
]
