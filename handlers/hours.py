"""Name the hours that e-Kinerja's form asks for, entry after entry."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot.actions.copying import Pack
from bot.actions.corrections import Grip
from bot.actions.hours import read_hours, set_hours
from bot.context import Answering, Context
from bot.refusal import Refusal
from bot.ui import copying as screens
from bot.ui.keyboards import inline
from bot.ui.keys import numbers, pattern, tapped
from handlers.copying import pack_of
from handlers.entries import WORDS, said, ways_on
from handlers.teams import view_of

HOURS = "copy.hours"


async def ask(update: Update, context: Context) -> None:
    """Ask for the hours of the first entry without them, or of the one after a skipped one."""
    scale, day, skipped = numbers(tapped(update), 3)
    pack = await pack_of(context, view_of(context, scale, day))
    context.edit(*await next_screen(context, pack, skipped))


async def next_screen(context: Context, pack: Pack, skipped: int) -> screens.Screen:
    """Ask about the entry that follows; after the last one show what is copied."""
    left = pack.timeless
    if skipped in left:
        left = left[left.index(skipped) + 1 :]
    if not left:
        await leave(context)
        return screens.copy_screen(context.t, pack, 0)
    entry = next(one for one in pack.entries if one.id == left[0])
    scale, day = int(pack.view.scale), pack.view.day.toordinal()
    after = skipped if skipped in pack.timeless else 0
    await context.begin(HOURS, scale=scale, day=day, entry=entry.id, after=after)
    return screens.ask_hours(context.t, pack, entry)


async def take(update: Update, context: Context) -> None:
    """Put the hours that were typed into the entry and ask for the next."""
    draft = context.draft
    if draft is None:
        raise Refusal("This button no longer works.")
    hours = read_hours(said(update).text or "")
    if hours is None:
        context.reply(
            context.t.gettext("The hours could not be read. Example: 09.00-11.00"),
            inline(*ways_on(context)),
        )
        return
    data = draft.data
    grip = Grip(int(data["entry"]), None, context.now, context.agency.edit_days)
    await set_hours(context.session, context.employee, grip, hours)
    pack = await pack_of(context, view_of(context, int(data["scale"]), int(data["day"])))
    context.reply(*await next_screen(context, pack, int(data["after"])))


async def end(update: Update, context: Context) -> None:
    """Go back to what is copied."""
    scale, day = numbers(tapped(update), 2)
    pack = await pack_of(context, view_of(context, scale, day))
    await leave(context)
    context.edit(*screens.copy_screen(context.t, pack, 0))


async def leave(context: Context) -> None:
    """End the question, if it is the open one."""
    if context.draft is not None and context.draft.step == HOURS:
        await context.end()


handlers = [
    CallbackQueryHandler(ask, pattern("hours")),
    CallbackQueryHandler(end, pattern("hours-end")),
    MessageHandler(Answering(HOURS) & WORDS, take),
]
