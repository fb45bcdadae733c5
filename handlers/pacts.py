"""The agency's own Pakta Integritas: to read, to mark as read, and to set: /pakta."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions import pacts
from bot.actions.staff import admin_only
from bot.context import Answering, Context, reads
from bot.refusal import Refusal
from bot.ui import pacts as screens
from bot.ui.keys import numbers, pattern, tapped
from bot.ui.rosters import received
from db.staff import is_admin
from handlers.entries import WORDS, said
from handlers.rosters import PRIVATE, checked

TEXT = "pact.text"
SUFFIXES = (".md", ".markdown", ".txt")


@reads
async def begin(update: Update, context: Context) -> None:
    """Show the first page of the text that holds now."""
    del update
    await show(context, 0)


@reads
async def turn(update: Update, context: Context) -> None:
    """Show another page in the same message."""
    (page,) = numbers(tapped(update), 1)
    await show(context, page)


async def show(context: Context, page: int) -> None:
    """Show a page, or say that there is no text yet."""
    seen = await pacts.look(context.session, context.employee, today=context.today())
    if seen is None:
        context.edit(*screens.none_yet(context.t, admin=is_admin(context.employee)))
        return
    context.edit(*screens.pact(context.t, seen, page, context.zone))


async def mark(update: Update, context: Context) -> None:
    """Keep that the present version was read."""
    (version_id,) = numbers(tapped(update), 1)
    await pacts.mark_read(context.session, context.employee, version_id, now=context.now)
    seen = await pacts.look(context.session, context.employee, today=context.today())
    if seen is not None:
        last = len(screens.pages_of(seen.text)) - 1
        context.edit(*screens.pact(context.t, seen, last, context.zone))


async def ask(update: Update, context: Context) -> None:
    """Ask an admin for the text."""
    del update
    admin_only(context.employee)
    await context.begin(TEXT)
    context.reply(screens.ask_text(context.t))


async def take_text(update: Update, context: Context) -> None:
    """Take the text that was written, and show it as everybody would see it."""
    text = said(update).text or ""
    found = await pacts.write(context.session, context.employee, text, now=context.now)
    await context.end()
    context.reply(*screens.preview(context.t, found, 0))


async def take_file(update: Update, context: Context) -> None:
    """Acknowledge a file at once; it is read after the commit, and the preview follows."""
    admin_only(context.employee)
    document = checked(update)
    name = document.file_name or "pakta.md"
    if not name.lower().endswith(SUFFIXES):
        raise Refusal(
            "I can read the text from a message, or from a file that ends with .md or .txt."
        )
    await context.begin(
        pacts.SENT, file_id=document.file_id, name=name, arrival=context.turn.arrival_id
    )
    context.reply(received(context.t, name))


async def preview(update: Update, context: Context) -> None:
    """Show another page of what is about to be published."""
    version_id, page = numbers(tapped(update), 2)
    found = await pacts.preview(context.session, context.employee, version_id)
    context.edit(*screens.preview(context.t, found, page))


async def publish(update: Update, context: Context) -> None:
    """Let a text hold, and ask everybody anew."""
    (version_id,) = numbers(tapped(update), 1)
    found = await pacts.publish(context.session, context.employee, version_id, now=context.now)
    context.edit(*screens.published(context.t, *found))


async def drop(update: Update, context: Context) -> None:
    """Let a draft go."""
    (version_id,) = numbers(tapped(update), 1)
    await pacts.drop(context.session, context.employee, version_id)
    context.edit(context.t.gettext("Cancelled. What held before still holds."))


handlers = [
    CommandHandler("pakta", begin, filters.ChatType.PRIVATE),
    CallbackQueryHandler(turn, pattern("pact")),
    CallbackQueryHandler(mark, pattern("pact-read")),
    CallbackQueryHandler(ask, pattern("pact-new")),
    CallbackQueryHandler(preview, pattern("pact-preview")),
    CallbackQueryHandler(publish, pattern("pact-publish")),
    CallbackQueryHandler(drop, pattern("pact-drop")),
    MessageHandler(Answering(TEXT) & WORDS, take_text),
    MessageHandler(Answering(TEXT) & PRIVATE & filters.Document.ALL, take_file),
]
