"""Take a daily record back in: the workbook that /salin gave, or one with the same columns."""

import re

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler
from telegram.ext.filters import UpdateFilter

from bot.actions import batches
from bot.actions.workbooks import TAKING
from bot.context import Context
from bot.ui.keys import numbers, pattern, tapped
from bot.ui.progress_imports import taken_back
from bot.ui.rosters import received
from handlers.rosters import PRIVATE, AWorkbook, checked

NAME = re.compile(r"progress?[-_ ]*harian", re.IGNORECASE)
WORD = re.compile(r"\s*/?impor[a-z]*\b", re.IGNORECASE)


class ADailyRecord(UpdateFilter):
    """Match a workbook by the name that we give, or by the word that asks for it."""

    def filter(self, update: Update) -> bool:
        """Tell whether the message brings a daily record; with other words it is evidence."""
        message = update.effective_message
        if message is None or message.document is None:
            return False
        if message.caption:
            return WORD.match(message.caption) is not None
        return NAME.match(message.document.file_name or "") is not None


async def take(update: Update, context: Context) -> None:
    """Acknowledge a workbook at once; it is read after the commit, and the result follows."""
    context.employee  # noqa: B018  A stranger is refused before anything is fetched.
    document = checked(update)
    name = document.file_name or "progres-harian.xlsx"
    await context.begin(
        TAKING, file_id=document.file_id, name=name, arrival=context.turn.arrival_id
    )
    context.reply(received(context.t, name))


async def undo(update: Update, context: Context) -> None:
    """Take back everything that a workbook has logged."""
    (arrival_id,) = numbers(tapped(update), 1)
    count = await batches.take_back(
        context.session,
        context.employee,
        arrival_id,
        now=context.now,
        edit_days=context.agency.edit_days,
    )
    if not count:
        context.toast(context.t.gettext("This button no longer works."))
        return
    context.edit(*taken_back(context.t, count))


handlers = [
    MessageHandler(PRIVATE & AWorkbook() & ADailyRecord(), take),
    CallbackQueryHandler(undo, pattern("import-undo")),
]
