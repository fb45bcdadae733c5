"""The bare bot that a load is compared with: python-telegram-bot with its defaults, an echo."""

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll until told to stop."""
    base = os.environ["BOT_API_URL"]
    application = (
        Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{base}/bot").build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()
