"""Who changed what: /audit."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.actions import audit
from bot.actions.staff import Match, admin_only
from bot.context import Context, reads
from bot.ui import audit as screens
from bot.ui import staff as people
from bot.ui.keys import numbers, pattern, tapped


@reads
async def changes(update: Update, context: Context) -> None:
    """Show the newest changes, or those by or about a person."""
    del update
    admin_only(context.employee)
    text = " ".join(context.args or [])
    if not text:
        await show(context, 0, 0)
        return
    found = await audit.changes_about(context.session, context.employee, text)
    if not found:
        context.reply(people.nobody(context.t, text))
    elif len(found) == 1:
        await show(context, found[0][0], 0)
    else:
        matches = [Match(*one) for one in found]
        context.reply(*people.matches(context.t, matches, text, "audit-about"))


async def show(context: Context, about: int, page: int) -> None:
    """Show a page of changes."""
    found = await audit.changes(context.session, context.employee, page, about)
    context.edit(*screens.changes(context.t, found, context.zone))


@reads
async def about(update: Update, context: Context) -> None:
    """Show the changes of one of several people."""
    (employee_id,) = numbers(tapped(update), 1)
    await show(context, employee_id, 0)


@reads
async def turn(update: Update, context: Context) -> None:
    """Show another page."""
    employee_id, page = numbers(tapped(update), 2)
    await show(context, employee_id, page)


handlers = [
    CommandHandler("audit", changes, filters.ChatType.PRIVATE),
    CallbackQueryHandler(turn, pattern("audit")),
    CallbackQueryHandler(about, pattern("audit-about")),
]
