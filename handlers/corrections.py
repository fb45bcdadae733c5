"""The taps under a receipt: another RHK, another amount, day or sentence; undo and bring back."""

import dataclasses
from collections.abc import Awaitable, Callable
from functools import partial

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.actions import corrections, entries
from bot.actions.corrections import Grip
from bot.actions.receipts import Receipt, results_to_choose
from bot.actions.typed_values import read_amount, read_days
from bot.context import Answering, Context
from bot.refusal import Refusal
from bot.ui.corrections import choose_change, choose_result, confirm_delete
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from bot.ui.receipts import ALONE, receipt
from handlers.entries import WORDS, about, refresh, said, typed, ways_on, words_of

AMOUNT, DAY, SENTENCE = "entry.amount", "entry.day", "entry.text"
PAGE = 8

# A deed of `corrections` whose last value is already given: session, person and grip are left.
Deed = Callable[..., Awaitable[Receipt]]


def held(update: Update, context: Context, more: int = 0) -> tuple[Grip, int, list[int]]:
    """Read a tap on an entry: what it holds, where the entry was opened, and what else it says."""
    entry_id, version, origin, *rest = numbers(tapped(update), 3 + more)
    grip = Grip(entry_id, version, context.now, context.agency.edit_days)
    return grip, max(origin, ALONE), rest


def present(context: Context, shown: Receipt, origin: int) -> None:
    """Show an entry in place of the message that was tapped; an old button says so."""
    if shown.stale:
        context.toast(context.t.gettext("This button no longer works."))
    text, keyboard = receipt(context.t, shown, origin)
    context.edit(text, keyboard, about=about(shown))


async def current(context: Context, grip: Grip, origin: int) -> Receipt | None:
    """Load the entry a screen is about; an old button opens the current view instead."""
    shown = await corrections.look(context.session, context.employee, grip)
    if shown.stale:
        present(context, shown, origin)
        return None
    if not shown.changeable:
        raise Refusal("This entry can no longer be changed. It stays in your record as it is.")
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
    context.edit(text, keyboard, about=about(shown))


async def pick(update: Update, context: Context) -> None:
    """Link the entry to the RHK that was tapped."""
    grip, origin, (result_id,) = held(update, context, 1)
    shown = await corrections.relink(context.session, context.employee, grip, result_id)
    present(context, shown, origin)


async def back(update: Update, context: Context) -> None:
    """Go back to the receipt, leaving what was being changed."""
    grip, origin, _ = held(update, context)
    shown = await corrections.look(context.session, context.employee, grip)
    if context.draft is not None and context.draft.step in {AMOUNT, DAY, SENTENCE}:
        await context.end()
    present(context, shown, origin)


async def change(update: Update, context: Context) -> None:
    """Ask what is to change."""
    grip, origin, _ = held(update, context)
    shown = await current(context, grip, origin)
    if shown is not None:
        context.edit(*choose_change(context.t, shown, origin), about=about(shown))


async def ask_amount(update: Update, context: Context) -> None:
    """Ask for another amount."""
    question = context.t.html("Which amount is right? For example <i>6 balita</i> or <i>75%</i>.")
    await ask(update, context, AMOUNT, question)


async def ask_day(update: Update, context: Context) -> None:
    """Ask for another day."""
    question = context.t.html("Which day was it? For example <i>24 Nov</i> or <i>kemarin</i>.")
    await ask(update, context, DAY, question)


async def ask_text(update: Update, context: Context) -> None:
    """Ask for another sentence."""
    await ask(update, context, SENTENCE, context.t.html("Write the sentence as it should stand."))


async def ask(update: Update, context: Context, step: str, question: Markup) -> None:
    """Begin to change one thing of an entry."""
    grip, origin, _ = held(update, context)
    shown = await current(context, grip, origin)
    if shown is None:
        return
    query = update.callback_query
    place = query.message.message_id if query and query.message else None
    await context.begin(step, entry=shown.entry_id, origin=origin, message=place)
    context.edit(question, inline(way_back(context, shown, origin)), about=about(shown))


def way_back(context: Context, shown: Receipt, origin: int) -> Button:
    """Give the button that leaves the question."""
    return Button(
        context.t.gettext("Back"), key("entry-show", shown.entry_id, shown.version, origin)
    )


async def take_amount(update: Update, context: Context) -> None:
    """Put the amount that was typed into the entry."""
    amount = read_amount(said(update).text or "")
    if amount is None:
        unread(context, context.t.gettext("The amount could not be read. Example: 6 balita"))
        return
    await settle(context, partial(corrections.set_amount, amount=amount))


async def take_day(update: Update, context: Context) -> None:
    """Put the day that was typed into the entry."""
    days = read_days(said(update).text or "", context.local_now())
    if days is None:
        unread(context, context.t.gettext("The date could not be read. Example: 24 Nov"))
        return
    await settle(context, partial(corrections.set_days, days=days))


async def take_text(update: Update, context: Context) -> None:
    """Put the sentence that was typed into the entry."""
    message = said(update)
    given = typed(context, message, message.text or "")
    await settle(context, partial(corrections.set_text, typed=given))


async def settle(context: Context, deed: Deed) -> None:
    """Change the entry the dialogue is about and answer with its new receipt."""
    draft = context.draft
    if draft is None:
        raise Refusal("This button no longer works.")
    data = draft.data
    grip = Grip(int(data["entry"]), None, context.now, context.agency.edit_days)
    shown = await deed(context.session, context.employee, grip)
    await context.end()
    if data["message"] is not None:
        below = context.t.gettext("Changed. The new receipt is below.")
        context.edit_message(int(data["message"]), below)
    text, keyboard = receipt(context.t, shown, int(data["origin"]))
    context.reply(text, keyboard, about=about(shown))


def unread(context: Context, sentence: str) -> None:
    """Say kindly that an answer could not be read; what was typed can still become an entry."""
    context.reply(sentence, inline(*ways_on(context)))


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
        context.edit(*confirm_delete(context.t, shown, origin), about=about(shown))


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
        return
    t = context.t
    given = dataclasses.replace(typed(context, message, text), sent_at=context.now)
    found = await entries.edited(
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


TAPS = {
    "entry-link": link,
    "entry-pick": pick,
    "entry-show": back,
    "entry-change": change,
    "entry-amount": ask_amount,
    "entry-day": ask_day,
    "entry-text": ask_text,
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
    MessageHandler(Answering(AMOUNT) & WORDS, take_amount),
    MessageHandler(Answering(DAY) & WORDS, take_day),
    MessageHandler(Answering(SENTENCE) & WORDS, take_text),
]
