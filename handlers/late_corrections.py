"""Put a closed entry right: what, why, and the right value."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot.actions import corrections
from bot.actions.corrections import Grip
from bot.actions.histories import opened_entry
from bot.actions.late_corrections import Correction, Field, correct, read_reason
from bot.actions.receipts import Receipt
from bot.context import Answering, Context, reads
from bot.refusal import Refusal
from bot.ui.histories import Screen, entry_screen
from bot.ui.keyboards import inline
from bot.ui.keys import numbers, pattern, tapped
from bot.ui.late_corrections import ask_reason, ask_value, choose_field, unread
from handlers.entries import WORDS, said, typed, ways_on

REASON, VALUE = "late.reason", "late.value"


async def choose(update: Update, context: Context) -> None:
    """Ask what is to be put right."""
    entry_id, version, origin = numbers(tapped(update), 3)
    shown = await held(context, entry_id, version)
    context.edit(*choose_field(context.t, shown, origin), about=f"entry:{entry_id}")


async def ask_why(update: Update, context: Context) -> None:
    """Ask for the reason before anything else."""
    entry_id, version, origin, field = numbers(tapped(update), 4)
    await held(context, entry_id, version)
    if field not in set(Field):
        raise Refusal("This button no longer works.")
    await context.begin(REASON, entry=entry_id, origin=origin, field=field)
    context.edit(*ask_reason(context.t, entry_id, origin), about=f"entry:{entry_id}")


async def take_reason(update: Update, context: Context) -> None:
    """Keep the reason, and ask for the right value."""
    draft = open_draft(context)
    reason = read_reason(said(update).text or "")
    await context.begin(VALUE, **draft, reason=reason)
    context.reply(ask_value(context.t, Field(draft["field"])))


async def take_value(update: Update, context: Context) -> None:
    """Put the value that was typed into the entry, and show the entry."""
    draft, message = open_draft(context), said(update)
    given = typed(context, message, message.text or "")
    asked = Correction(draft["entry"], Field(draft["field"]), str(draft["reason"]), given)
    if not await correct(context.session, context.employee, asked):
        context.reply(unread(context.t, asked.field), inline(*ways_on(context)))
        return
    await context.end()
    screen = await entry_shown(context, asked.entry_id, draft["origin"])
    context.reply(*screen, about=f"entry:{asked.entry_id}")


async def back(update: Update, context: Context) -> None:
    """Go back to the entry, leaving what was being corrected."""
    entry_id, origin = numbers(tapped(update), 2)
    screen = await entry_shown(context, entry_id, origin)
    if context.draft is not None and context.draft.step in {REASON, VALUE}:
        await context.end()
    context.edit(*screen, about=f"entry:{entry_id}")


async def entry_shown(context: Context, entry_id: int, origin: int) -> Screen:
    """Show the person's own entry as the history does."""
    found = await opened_entry(
        context.session,
        context.employee,
        entry_id,
        today=context.today(),
        edit_days=context.agency.edit_days,
    )
    if found is None:
        raise Refusal("This button no longer works.")
    return entry_screen(context.t, found, max(0, origin - 1))


async def held(context: Context, entry_id: int, version: int) -> Receipt:
    """Load the person's own entry as the button knew it."""
    grip = Grip(entry_id, version, context.now, context.agency.edit_days)
    shown = await corrections.look(context.session, context.employee, grip)
    if shown.stale or shown.undone:
        raise Refusal("This button no longer works.")
    return shown


def open_draft(context: Context) -> dict[str, int]:
    """Give what the dialogue holds."""
    if context.draft is None:
        raise Refusal("This button no longer works.")
    return context.draft.data


reads(choose)

handlers = [
    CallbackQueryHandler(choose, pattern("late")),
    CallbackQueryHandler(ask_why, pattern("late-field")),
    CallbackQueryHandler(back, pattern("late-back")),
    MessageHandler(Answering(REASON) & WORDS, take_reason),
    MessageHandler(Answering(VALUE) & WORDS, take_value),
]
