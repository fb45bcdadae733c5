"""A question in words about one's own RHK or days is answered as /skp and /riwayat answer."""

from telegram import Message, Update
from telegram.ext import MessageHandler
from telegram.ext.filters import MessageFilter

from bot.actions.asked_views import read_view
from bot.actions.histories import result_numbered
from bot.actions.history_places import Place
from bot.context import Answering, Context
from bot.ui.histories import history_screen
from bot.ui.keyboards import in_closing
from bot.understanding.own_questions import days_asked, result_asked
from handlers.entries import CAPTION, SENTENCE, WORDS, log, said, ways_on
from handlers.history import found_at
from handlers.plans import opened


class OfOneself(MessageFilter):
    """Match words that ask for an RHK or for the entries of some days."""

    def filter(self, message: Message) -> bool:
        """Tell whether these words are such a question."""
        text = message.text or ""
        return result_asked(text) is not None or days_asked(text) is not None


async def ask(update: Update, context: Context) -> None:
    """Answer what is there; what is not is taken as any other words are."""
    text = said(update).text or ""
    if not (await answered_result(context, text) or await answered_days(context, text)):
        await log(update, context)


async def answered_result(context: Context, text: str) -> bool:
    """Open the RHK that is asked for."""
    number = result_asked(text)
    result_id = await result_numbered(
        context.session, context.employee, f"rhk {number}", today=context.today()
    )
    if number is None or result_id is None:
        return False
    shown, keyboard = await opened(context, result_id, 0)
    context.reply(shown, in_closing(keyboard, ways_on(context)[0]))
    return True


async def answered_days(context: Context, text: str) -> bool:
    """Show the entries of the days that are asked for."""
    words = days_asked(text)
    view = read_view(words, context.local_now()) if words else None
    if view is None:
        return False
    shown, keyboard = history_screen(context.t, await found_at(context, Place.of(view)))
    context.reply(shown, in_closing(keyboard, ways_on(context)[0]))
    return True


handlers = [
    MessageHandler(WORDS & ~Answering(SENTENCE, CAPTION) & OfOneself(), ask),
]
