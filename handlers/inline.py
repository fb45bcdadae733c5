"""Answer in any chat what is typed behind the bot's name, with guidance to share there."""

from typing import Any

from telegram import Update
from telegram.ext import InlineQueryHandler

from bot.context import Context, reads
from bot.guidance.article import Article
from bot.ui.guidance import pages_of
from bot.ui.keyboards import Button, inline
from handlers.guidance import reader

# Telegram shows kept cards without asking: what is withdrawn must not stay for long.
KEPT_SECONDS = 30
# What is offered before anything is typed.
BASICS = ("skp-apa-itu-rhk-iki", "skp-rhk-berdampak", "ekinerja-menulis-catatan")


async def share(update: Update, context: Context) -> None:
    """Offer three articles on what was typed; they can be sent into the chat as they are."""
    question = update.inline_query.query.strip() if update.inline_query else ""
    library = await context.library()
    if question:
        job, followed = await reader(context)
        found = library.three(question, job=job, themes=followed)
    else:
        found = tuple(filter(None, map(library.article, BASICS)))
    context.offer([card(context, one) for one in found], seconds=KEPT_SECONDS)


def card(context: Context, article: Article) -> dict[str, Any]:
    """Write an article as a card; its button leads to a private chat, where there is more."""
    t = context.t
    address = f"https://t.me/{context.bot.username}"
    return {
        "type": "article",
        "id": article.id,
        "title": article.title_in(t.language),
        "description": article.summary_in(t.language),
        "input_message_content": {
            "message_text": str(pages_of(article, t, context.today())[0]),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
        "reply_markup": inline(Button(t.gettext("Ask me in private"), url=address)),
    }


reads(share)

handlers = [InlineQueryHandler(share)]
