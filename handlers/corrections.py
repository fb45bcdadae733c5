"""The taps under a receipt: another RHK, undo and bring back, delete; an edited message."""

import dataclasses

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.actions import corrections, retellings
from bot.actions.activities import subject_of
from bot.actions.corrections import Grip
from bot.actions.receipts import Receipt, results_to_choose
from bot.context import Context
from bot.refusal import Refusal
from bot.ui.corrections import choose_result, confirm_delete
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from bot.ui.receipts import receipt
from db import entries as questions
from handlers.entries import refresh, said, typed, ways_on, words_of

PAGE = 8


def held(update: Update, context: Context, more: int = 0) -> tuple[Grip, int, list[int]]:
    """Read a tap on an entry: what it holds, where the entry was opened, and what else it says."""
    entry_id, version, origin, *rest = numbers(tapped(update), 3 + more)
    grip = Grip(entry_id, version, context.now, context.agency.edit_days)
    return grip, origin, rest


def present(context: Context, shown: Receipt, origin: int) -> None:
    """Show an entry in place of the message that was tapped; an old button says so."""
    if shown.stale:
        context.toast(context.t.gettext("This button no longer works."))
    text, keyboard = receipt(context.t, shown, origin)
    context.edit(text, keyboard, about=subject_of(shown))


async def current(context: Context, grip: Grip, origin: int) -> Receipt | None:
    """Load the entry a screen is about; an old button opens the current view instead."""
    shown = await corrections.look(context.session, context.employee, grip)
    if shown.stale:
        present(context, shown, origin)
        return None
    if not shown.changeable:
        raise Refusal(
            "This entry can no longer be changed. It stays in your record as it is.", way="history"
        )
    return shown


async def link(update: Update, context: Context) -> None:
    """List the person's RHK to choose another one."""
    grip, origin, (page,) = held(update, context, 1)
    shown = await current(context, grip, origin)
    if shown is None:
        return
    results = await results_to_choose(context.session, context.employee, shown.day)
    pages = max(1, -(-len(results) // PAGE))
    page = min(max(page, 0), pages - 1)
    part = results[page * PAGE : (page + 1) * PAGE]
    text, keyboard = choose_result(context.t, shown, part, (origin, page, pages))
    context.edit(text, keyboard, about=subject_of(shown))


async def pick(update: Update, context: Context) -> None:
    """Link the entry to the RHK that was tapped."""
    grip, origin, (result_id,) = held(update, context, 1)
    shown = await corrections.relink(context.session, context.employee, grip, result_id)
    present(context, shown, origin)


async def undo(update: Update, context: Context) -> None:
    """Take the entry back."""
    grip, origin, _ = held(update, context)
    present(context, await corrections.undo(context.session, context.employee, grip), origin)


async def restore(update: Update, context: Context) -> None:
    """Bring the entry back."""
    grip, origin, _ = held(update, context)
    present(context, await corrections.restore(context.session, context.employee, grip), origin)


async def delete(update: Update, context: Context) -> None:
    """Ask once before deleting."""
    grip, origin, _ = held(update, context)
    shown = await current(context, grip, origin)
    if shown is not None:
        context.edit(*confirm_delete(context.t, shown, origin), about=subject_of(shown))


async def delete_now(update: Update, context: Context) -> None:
    """Delete the entry for good."""
    grip, origin, _ = held(update, context)
    shown = await corrections.delete(context.session, context.employee, grip)
    if shown.stale:
        present(context, shown, origin)
        return
    t = context.t
    context.edit(
        t.gettext("The entry is deleted."),
        inline(Button(t.gettext("History"), key("history", max(0, origin - 1)))),
    )


async def follow_edit(update: Update, context: Context) -> None:
    """Let an entry follow its message when that is edited in Telegram."""
    message = said(update)
    text = words_of(message)
    if not text:
        await keep_words(context, message)
        return
    t = context.t
    given = dataclasses.replace(typed(context, message, text), sent_at=context.now)
    found = await retellings.edited(
        context.session, context.employee, given, edit_days=context.agency.edit_days
    )
    if found is None:
        context.reply(
            t.gettext("The message you changed is not an entry."), inline(*ways_on(context))
        )
        return
    shown, stands = found
    if shown.changeable:
        refresh(context, shown, stands)
        return
    context.reply(
        t.gettext("This entry can no longer be changed. It stays in your record as it is.")
    )


async def keep_words(context: Context, message: Message) -> None:
    """Say that an entry stays when the words of its message were edited away."""
    made = await questions.of_message(
        context.session, context.employee, message.chat_id, message.message_id
    )
    if any(one.text for one in made):
        t = context.t
        context.reply(
            t.gettext("Your entry keeps its words. To take it back, tap [Undo] on its receipt."),
            inline(Button(t.gettext("History"), key("history", 0))),
        )


TAPS = {
    "entry-link": link,
    "entry-pick": pick,
    "entry-undo": undo,
    "entry-restore": restore,
    "entry-delete": delete,
    "entry-delete-now": delete_now,
}

EDITED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE

handlers = [
    # First of all: an edited message is no answer to a question that is open by chance.
    MessageHandler(EDITED, follow_edit),
    *(CallbackQueryHandler(tap, pattern(verb)) for verb, tap in TAPS.items()),
]
