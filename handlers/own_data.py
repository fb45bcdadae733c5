"""What is kept about oneself, who has looked, and all of it as a file: /dataku."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.actions.own_data import belongings, holdings
from bot.context import Context, reads
from bot.documents.reports import packed
from bot.ui import own_data as screens
from bot.ui.keys import pattern


@reads
async def own(update: Update, context: Context) -> None:
    """Say what is kept and who has looked."""
    del update
    found = await holdings(context.session, context.employee, now=context.now)
    context.edit(*screens.overview(context.t, found, context.zone))


@reads
async def looks(update: Update, context: Context) -> None:
    """List who has looked."""
    del update
    found = await holdings(context.session, context.employee, now=context.now)
    context.edit(*screens.lookers(context.t, found, context.zone))


@reads
async def mend(update: Update, context: Context) -> None:
    """Say where what is wrong is corrected."""
    del update
    context.employee  # noqa: B018  A stranger is refused.
    context.edit(*screens.mend(context.t))


@reads
async def download(update: Update, context: Context) -> None:
    """Send everything as a workbook."""
    del update
    found = await belongings(
        context.session, context.employee, now=context.now, today=context.today()
    )
    data = packed(screens.workbook(context.t, found, context.zone))
    context.paper("report-xlsx", {"name": f"dataku-{context.today()}", "report": data})


handlers = [
    CommandHandler("dataku", own, filters.ChatType.PRIVATE),
    CallbackQueryHandler(own, pattern("own")),
    CallbackQueryHandler(looks, pattern("own-looks")),
    CallbackQueryHandler(mend, pattern("own-mend")),
    CallbackQueryHandler(download, pattern("own-file")),
]
