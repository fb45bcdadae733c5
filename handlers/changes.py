"""Change one thing of an entry: ask for the amount, the day, the hours or the sentence, take it."""

import datetime as dt
from collections.abc import Awaitable, Callable
from functools import partial

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot.actions import corrections
from bot.actions.activities import subject_of
from bot.actions.corrections import Grip
from bot.actions.receipts import Receipt
from bot.actions.typed_values import read_amount, read_days, read_hours
from bot.context import Answering, Context
from bot.refusal import Refusal
from bot.ui import corrections as screens
from bot.ui.keyboards import inline
from bot.ui.keys import pattern
from bot.ui.receipts import receipt
from handlers.corrections import current, held, present
from handlers.entries import WORDS, said, typed, ways_on

AMOUNT, DAY, HOURS, SENTENCE = "entry.amount", "entry.day", "entry.hours", "entry.text"
STEPS = {AMOUNT, DAY, HOURS, SENTENCE}

# A deed of `corrections` whose last value is already given: session, person and grip are left.
Deed = Callable[..., Awaitable[Receipt]]


async def change(update: Update, context: Context) -> None:
    """Ask what is to change."""
    grip, origin, _ = held(update, context)
    shown = await current(context, grip, origin)
    if shown is not None:
        context.edit(*screens.choose_change(context.t, shown, origin), about=subject_of(shown))


async def back(update: Update, context: Context) -> None:
    """Go back to the receipt, leaving what was being changed."""
    grip, origin, _ = held(update, context)
    shown = await corrections.look(context.session, context.employee, grip)
    await leave(context)
    present(context, shown, origin)


async def leave(context: Context) -> None:
    """End the question about an entry, if one is open."""
    if context.draft is not None and context.draft.step in STEPS:
        await context.end()


async def ask_amount(update: Update, context: Context) -> None:
    """Ask for another amount."""
    question = context.t.html(
        "What is the correct amount? For example <i>6 balita</i> or <i>75%</i>."
    )
    await ask(update, context, AMOUNT, question)


async def ask_hours(update: Update, context: Context) -> None:
    """Ask for other hours."""
    question = context.t.html(
        "From when to when, or how long? For example <i>09.00-11.30</i> or <i>2 jam</i>."
    )
    await ask(update, context, HOURS, question)


async def ask_text(update: Update, context: Context) -> None:
    """Ask for another sentence."""
    await ask(update, context, SENTENCE, context.t.html("Write the sentence as it should read."))


async def ask(update: Update, context: Context, step: str, question: Markup) -> None:
    """Begin to change one thing of an entry."""
    found = await begin(update, context, step)
    if found is not None:
        shown, origin = found
        keyboard = inline(screens.way_back(context.t, shown, origin))
        context.edit(question, keyboard, about=subject_of(shown))


async def ask_day(update: Update, context: Context) -> None:
    """Ask for another day; the likely ones take a tap."""
    found = await begin(update, context, DAY)
    if found is not None:
        shown, origin = found
        context.edit(*screens.ask_day(context.t, shown, origin), about=subject_of(shown))


async def begin(update: Update, context: Context, step: str) -> tuple[Receipt, int] | None:
    """Open the dialogue about an entry; an old button opens the current view instead."""
    grip, origin, _ = held(update, context)
    shown = await current(context, grip, origin)
    if shown is None:
        return None
    query = update.callback_query
    place = query.message.message_id if query and query.message else None
    await context.begin(step, entry=shown.entry_id, origin=origin, message=place)
    return shown, origin


async def pick_day(update: Update, context: Context) -> None:
    """Move the entry to the day that was tapped."""
    grip, origin, (ordinal,) = held(update, context, 1)
    try:
        day = dt.date.fromordinal(ordinal)
    except (ValueError, OverflowError):
        raise Refusal("This button no longer works.") from None
    shown = await corrections.set_days(context.session, context.employee, grip, (day, day))
    await leave(context)
    present(context, shown, origin)


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


async def take_hours(update: Update, context: Context) -> None:
    """Put the hours that were typed into the entry."""
    hours = read_hours(said(update).text or "")
    if hours is None:
        unread(context, context.t.gettext("The hours could not be read. Example: 09.00-11.30"))
        return
    await settle(context, partial(corrections.set_hours, hours=hours))


async def take_text(update: Update, context: Context) -> None:
    """Put the sentence that was typed into the entry."""
    message = said(update)
    given = typed(context, message, message.text or "")
    await settle(context, partial(corrections.set_text, typed=given))


async def settle(context: Context, deed: Deed) -> None:
    """Change the entry the dialogue is about, and its receipt where it stands."""
    draft = context.draft
    if draft is None:
        raise Refusal("This button no longer works.")
    data = draft.data
    grip = Grip(int(data["entry"]), None, context.now, context.agency.edit_days)
    shown = await deed(context.session, context.employee, grip)
    await context.end()
    text, keyboard = receipt(context.t, shown, int(data["origin"]))
    if data["message"] is None:
        context.reply(text, keyboard, about=subject_of(shown))
    else:
        context.edit_message(int(data["message"]), text, keyboard, about=subject_of(shown))


def unread(context: Context, sentence: str) -> None:
    """Say kindly that an answer could not be read; what was typed can still become an entry."""
    context.reply(sentence, inline(*ways_on(context)))


TAPS = {
    "entry-show": back,
    "entry-change": change,
    "entry-amount": ask_amount,
    "entry-day": ask_day,
    "entry-day-to": pick_day,
    "entry-hours": ask_hours,
    "entry-text": ask_text,
}

handlers = [
    *(CallbackQueryHandler(tap, pattern(verb)) for verb, tap in TAPS.items()),
    MessageHandler(Answering(AMOUNT) & WORDS, take_amount),
    MessageHandler(Answering(DAY) & WORDS, take_day),
    MessageHandler(Answering(HOURS) & WORDS, take_hours),
    MessageHandler(Answering(SENTENCE) & WORDS, take_text),
]
