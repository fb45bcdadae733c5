"""Say something to everyone or to a unit: written, shown, sent by a tap, stopped by another."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions import broadcasts
from bot.actions.staff import admin_only
from bot.context import Answering, Context, reads
from bot.refusal import Refusal
from bot.ui import broadcasts as screens
from bot.ui.keys import numbers, pattern, tapped

TEXT, UNIT = "broadcast.text", "broadcast.unit"


async def begin(update: Update, context: Context) -> None:
    """Take the text after the command, or ask for it."""
    admin_only(context.employee)
    parts = said(update).split(maxsplit=1)
    if len(parts) > 1:
        await keep(context, parts[1], None)
        return
    await context.begin(TEXT, broadcast=None)
    context.reply(screens.ask_text(context.t))


def said(update: Update) -> str:
    """Give the words of a message."""
    message = update.effective_message
    return (message.text if message else None) or ""


async def take_text(update: Update, context: Context) -> None:
    """Keep the text that was written; a changed one keeps its addressees."""
    draft = context.draft
    changed = draft.data.get("broadcast") if draft is not None else None
    await keep(context, said(update), int(changed) if changed is not None else None)


async def keep(context: Context, text: str, changed: int | None) -> None:
    """Keep a text; ask whom it goes to, unless that is known."""
    session, admin = context.session, context.employee
    unit_id = None
    if changed is not None:
        unit_id = (await broadcasts.loaded(session, admin, changed)).unit_id
    number = await broadcasts.write(session, admin, text, now=context.now, unit_id=unit_id)
    if changed is None:
        await ask_addressees(context, number)
        return
    await context.end()
    shown = await broadcasts.preview(session, admin, number, now=context.now)
    context.reply(*screens.preview(context.t, shown))


async def ask_addressees(context: Context, number: int) -> None:
    """Ask whom a broadcast goes to, by a tap or by a name."""
    await context.begin(UNIT, broadcast=number)
    units = await broadcasts.places(context.session, context.employee)
    context.edit(*screens.ask_addressees(context.t, number, units))


async def take_unit(update: Update, context: Context) -> None:
    """Offer the units that fit what was written."""
    if context.draft is None:
        raise Refusal("This button no longer works.")
    number, text = int(context.draft.data["broadcast"]), said(update).strip()
    await broadcasts.loaded(context.session, context.employee, number)
    units = await broadcasts.places(context.session, context.employee, text)
    context.reply(*screens.found(context.t, number, units, text))


async def choose(update: Update, context: Context) -> None:
    """Choose the addressees that were tapped, and show what would go out."""
    number, unit_id = numbers(tapped(update), 2)
    await broadcasts.address(context.session, context.employee, number, unit_id or None)
    await context.session.flush()
    await leave(context)
    shown = await broadcasts.preview(context.session, context.employee, number, now=context.now)
    context.edit(*screens.preview(context.t, shown))


async def leave(context: Context) -> None:
    """End the dialogue about a broadcast, if there is one."""
    if context.draft is not None and context.draft.step in {TEXT, UNIT}:
        await context.end()


async def change(update: Update, context: Context) -> None:
    """Ask for another text."""
    (number,) = numbers(tapped(update), 1)
    await broadcasts.preview(context.session, context.employee, number, now=context.now)
    await context.begin(TEXT, broadcast=number)
    context.edit(screens.ask_text(context.t))


async def change_addressees(update: Update, context: Context) -> None:
    """Ask for other addressees."""
    (number,) = numbers(tapped(update), 1)
    await broadcasts.preview(context.session, context.employee, number, now=context.now)
    await ask_addressees(context, number)


async def drop(update: Update, context: Context) -> None:
    """Let a draft go."""
    (number,) = numbers(tapped(update), 1)
    await broadcasts.drop(context.session, context.employee, number)
    await leave(context)
    context.edit(context.t.gettext("Cancelled. Nothing was sent."))


async def send(update: Update, context: Context) -> None:
    """Send, but wait for the morning wherever it is night."""
    await go(update, context, at_once=False)


async def send_now(update: Update, context: Context) -> None:
    """Send to all at once, also in the quiet hours."""
    await go(update, context, at_once=True)


async def go(update: Update, context: Context, *, at_once: bool) -> None:
    """Put the broadcast into the post, and show its receipt."""
    (number,) = numbers(tapped(update), 1)
    standing = await broadcasts.send(
        context.session, context.employee, number, now=context.now, at_once=at_once
    )
    await leave(context)
    context.edit(*screens.receipt(context.t, standing))


async def stop(update: Update, context: Context) -> None:
    """Stop what has not gone out yet."""
    (number,) = numbers(tapped(update), 1)
    standing = await broadcasts.stop(context.session, context.employee, number, now=context.now)
    context.edit(*screens.receipt(context.t, standing))


async def view(update: Update, context: Context) -> None:
    """Show how far it is."""
    (number,) = numbers(tapped(update), 1)
    standing = await broadcasts.look(context.session, context.employee, number)
    context.edit(*screens.receipt(context.t, standing))


reads(view)

WORDS = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND

handlers = [
    CommandHandler("siaran", begin, filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE),
    CallbackQueryHandler(choose, pattern("broadcast-to")),
    CallbackQueryHandler(change, pattern("broadcast-edit")),
    CallbackQueryHandler(change_addressees, pattern("broadcast-whom")),
    CallbackQueryHandler(drop, pattern("broadcast-drop")),
    CallbackQueryHandler(send, pattern("broadcast-send")),
    CallbackQueryHandler(send_now, pattern("broadcast-now")),
    CallbackQueryHandler(stop, pattern("broadcast-stop")),
    CallbackQueryHandler(view, pattern("broadcast-view")),
    MessageHandler(WORDS & Answering(TEXT), take_text),
    MessageHandler(WORDS & Answering(UNIT), take_unit),
]
