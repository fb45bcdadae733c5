"""See what one's work adds to: the entry, its RHK, and every level above."""

from telegram import Update
from telegram.ext import CommandHandler

from bot.actions.contributions import climb_of
from bot.context import Context, reads
from bot.ui import contributions as screens


@reads
async def contribution(update: Update, context: Context) -> None:
    """Let today's entry climb the cascade."""
    del update
    climb = await climb_of(context.session, context.employee, today=context.today())
    shown = screens.climb_screen(context.t, climb) if climb else screens.nothing(context.t)
    context.reply(*shown)


handlers = [CommandHandler("kontribusi", contribution)]
