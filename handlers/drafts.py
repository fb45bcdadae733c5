"""Leave a half-finished dialogue, and take it up again."""

from typing import Any

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.context import Context
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from db import arrivals
from handlers.menu import menu_screen

PAUSED = "paused"


async def cancel(update: Update, context: Context) -> None:
    """Leave the dialogue; what was typed stays for a day."""
    del update
    t = context.t
    draft = context.draft
    if draft is None or draft.step == PAUSED:
        context.reply(
            t.gettext("There is nothing half done. Write one sentence to log your work."),
            inline(Button(t.gettext("Menu"), key("menu"))),
        )
        return
    await context.begin(PAUSED, step=draft.step, data=draft.data)
    until = draft.expires_at.astimezone(context.zone)
    context.reply(
        t.html(
            "Cancelled. What you began is kept until {day}, {hour}.",
            day=t.day_short(until.date()),
            hour=t.clock(draft.expires_at, str(context.zone)),
        ),
        inline(
            Button(t.gettext("Continue"), key("resume", draft.version), style="success"),
            Button(t.gettext("Delete draft"), key("forget", draft.version), style="danger"),
            Button(t.gettext("Menu"), key("menu")),
        ),
    )


async def resume(update: Update, context: Context) -> None:
    """Go on where the dialogue was left, and repeat its question."""
    left = paused(update, context)
    if left is None:
        await show_menu(context)
        return
    data = dict(left["data"])
    query = update.callback_query
    if "message" in data and query is not None and query.message is not None:
        # What the answer changes is from now on the message that asks again.
        data["message"] = query.message.message_id
    asked = await arrivals.last_words(context.session, context.chat_id, int(data.get("asked", 0)))
    await context.begin(str(left["step"]), **data)
    if asked is None:
        context.edit(
            context.t.gettext("Go on where you were: send your answer to my last question.")
        )
        return
    question = Markup(asked.params["text"])  # noqa: S704  # Our own question as it was sent.
    context.edit(question, asked.params.get("reply_markup"), about=asked.about)


async def forget(update: Update, context: Context) -> None:
    """Delete the dialogue."""
    if paused(update, context) is None:
        await show_menu(context)
        return
    await context.end()
    t = context.t
    context.edit(t.gettext("The draft is deleted."), inline(Button(t.gettext("Menu"), key("menu"))))


def paused(update: Update, context: Context) -> dict[str, Any] | None:
    """Give the paused dialogue this button belongs to; nothing when it is over."""
    (version,) = numbers(tapped(update), 1)
    draft = context.draft
    if draft is None or draft.step != PAUSED or draft.version != version:
        return None
    return draft.data


async def show_menu(context: Context) -> None:
    """Answer an old button, and open the menu in its place."""
    context.toast(context.t.gettext("This button no longer works."))
    context.edit(*await menu_screen(context))


handlers = [
    CommandHandler("batal", cancel),
    CallbackQueryHandler(resume, pattern("resume")),
    CallbackQueryHandler(forget, pattern("forget")),
]
