"""Review what another widyaiswara has written: read, publish or return: /tinjau."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions import guidance as desk
from bot.context import Answering, Context, reads
from bot.guidance.checking import check_text
from bot.refusal import Refusal
from bot.ui import guidance_reviews as screens
from bot.ui.guidance import pages_of
from bot.ui.guidance_drafts import mend
from bot.ui.keys import numbers, page_in, pattern, tapped
from handlers.entries import WORDS, said

REASON = "guidance.reason"


async def review(update: Update, context: Context) -> None:
    """List what waits for this person's review."""
    waiting = await desk.queue(context.session, context.employee)
    context.edit(*screens.queue(context.t, waiting, page_in(tapped(update))))


async def open_one(update: Update, context: Context) -> None:
    """Show an article that waits page by page, exactly as readers will see it."""
    version_id, page = numbers(tapped(update), 2)
    version = await desk.to_review(context.session, context.employee, version_id)
    article, _ = check_text(version.text, await context.library(), context.today())
    if article is None or page < 0:
        raise Refusal("This button no longer works.")
    pages = pages_of(article, context.t, context.today())
    page = min(page, len(pages) - 1)
    context.edit(pages[page], screens.page_keys(context.t, version, page, len(pages)))


async def publish(update: Update, context: Context) -> None:
    """Publish an article in which nothing is to be mended."""
    version_id, handed_in = numbers(tapped(update), 2)
    version = await desk.to_review(context.session, context.employee, version_id)
    _, flaws = check_text(version.text, await context.library(), context.today())
    if flaws:
        context.edit(mend(context.t, flaws), screens.page_keys(context.t, version, 0, 2))
        return
    read = (version_id, handed_in)
    version = await desk.publish(context.session, context.employee, read, now=context.now)
    context.edit(*screens.published(context.t, version))


async def ask_reason(update: Update, context: Context) -> None:
    """Ask why an article is returned."""
    (version_id,) = numbers(tapped(update), 1)
    version = await desk.to_review(context.session, context.employee, version_id)
    await context.begin(REASON, version=version_id)
    context.reply(screens.ask_reason(context.t, version))


async def take_reason(update: Update, context: Context) -> None:
    """Return an article with the reason that was typed."""
    draft = context.draft
    if draft is None:
        raise Refusal("This button no longer works.")
    version_id = int(draft.data["version"])
    await context.end()
    version = await desk.give_back(
        context.session, context.employee, version_id, said(update).text or "", now=context.now
    )
    context.reply(*screens.returned(context.t, version))


for look in (review, open_one):
    reads(look)

handlers = [
    CommandHandler("tinjau", review, filters.ChatType.PRIVATE),
    CallbackQueryHandler(review, pattern("review")),
    CallbackQueryHandler(open_one, pattern("review-open")),
    CallbackQueryHandler(publish, pattern("review-yes")),
    CallbackQueryHandler(ask_reason, pattern("review-no")),
    MessageHandler(Answering(REASON) & WORDS, take_reason),
]
