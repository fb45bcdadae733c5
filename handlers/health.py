"""Show an admin how the bot is."""

from typing import Any

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.actions import health
from bot.context import Context, reads
from bot.ui.health import screen
from bot.ui.keys import pattern


async def look(context: Context) -> tuple[Markup, dict[str, Any]]:
    """Look, and draw what is seen."""
    found = await health.shown(
        context.session, context.employee, context.turn.arrival_id, now=context.now
    )
    return screen(context.t, found, context.zone)


async def show(update: Update, context: Context) -> None:
    """Show what waits and what lies aside."""
    del update
    context.reply(*await look(context))


async def refresh(update: Update, context: Context) -> None:
    """Look again, in the same message."""
    del update
    context.edit(*await look(context))
    clock = context.t.clock(context.now, context.zone.key)
    context.toast(context.t.gettext("As of {clock}", clock=clock))


for handler in (show, refresh):
    reads(handler)

handlers = [
    CommandHandler("kesehatan", show, filters.ChatType.PRIVATE),
    CallbackQueryHandler(refresh, pattern("health")),
]
