"""See a week or a month drafted as a recap, and complete what lacks."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions.asked_views import read_view
from bot.actions.recaps import Recap, recap
from bot.actions.team_views import Scale, View
from bot.context import Context, reads
from bot.ui import recaps as screens
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from handlers.teams import view_of


async def rekap(update: Update, context: Context) -> None:
    """Draft the recap of this month, or of the week or month named after /rekap."""
    del update
    context.employee  # noqa: B018  A stranger is refused before being asked.
    words, t = " ".join(context.args or []), context.t
    view = View(Scale.MONTH, context.today())
    if words:
        asked = read_view(words, context.local_now())
        if asked is None:
            text = t.html(
                "The week or month could not be read. For example <code>/rekap minggu</code>,"
                " <code>/rekap bulan</code>, <code>/rekap oktober</code>."
            )
            context.reply(text, inline(Button(t.gettext("Menu"), key("menu"))))
            return
        view = asked
    found = await drafted(context, view)
    context.reply(*screens.recap_screen(t, found, context.today()))


async def drafted(context: Context, view: View) -> Recap:
    """Draft the recap of the person's own entries."""
    return await recap(
        context.session,
        context.employee,
        view,
        today=context.today(),
        edit_days=context.agency.edit_days,
    )


async def turn(update: Update, context: Context) -> None:
    """Show the recap of another stretch in the same message."""
    scale, day = numbers(tapped(update), 2)
    found = await drafted(context, view_of(context, scale, day))
    context.edit(*screens.recap_screen(context.t, found, context.today()))


async def complete(update: Update, context: Context) -> None:
    """Ask for the first missing evidence in a message of its own, to which one replies."""
    scale, day = numbers(tapped(update), 2)
    found = await drafted(context, view_of(context, scale, day))
    if not found.unproven:
        context.toast(context.t.gettext("Every entry has evidence."))
        context.edit(*screens.recap_screen(context.t, found, context.today()))
        return
    entry = screens.unproven_at(found, 0)
    context.reply(*screens.evidence_screen(context.t, found, 0), about=f"entry:{entry.id}")


async def turn_evidence(update: Update, context: Context) -> None:
    """Ask for the evidence of another entry in the same message."""
    scale, day, index = numbers(tapped(update), 3)
    found = await drafted(context, view_of(context, scale, day))
    if not found.unproven:
        context.edit(*screens.recap_screen(context.t, found, context.today()))
        return
    entry = screens.unproven_at(found, index)
    context.edit(*screens.evidence_screen(context.t, found, index), about=f"entry:{entry.id}")


for look in (rekap, turn, complete, turn_evidence):
    reads(look)

handlers = [
    CommandHandler("rekap", rekap),
    CallbackQueryHandler(turn, pattern("recap")),
    CallbackQueryHandler(complete, pattern("recap-evidence")),
    CallbackQueryHandler(turn_evidence, pattern("recap-page")),
]
