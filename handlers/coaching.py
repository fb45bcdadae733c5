"""Check the sentence of an RHK, an IKI or a log, and word it better."""

import json

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions import coaching
from bot.context import Answering, Context, reads
from bot.refusal import Refusal
from bot.ui.coaching import KINDS, advice_screen
from bot.ui.keys import numbers, pattern, tapped
from bot.understanding.coach import Kind
from bot.understanding.coach_kinds import guess
from db import entries

STEP = "coaching.sentence"


async def check(update: Update, context: Context) -> None:
    """Check the words after /cekrhk; without words ask for some."""
    text = words_of(update.effective_message)
    if text:
        context.reply(*await screen(context, text, guess(text), context.turn.arrival_id))
        return
    t = context.t
    if context.newcomer:
        # What a stranger writes is about coming in, so the command takes the words.
        context.reply(
            t.html(
                "Write <code>/cekrhk</code> and the sentence in one message, for example"
                " <code>/cekrhk Mengikuti rapat koordinasi stunting</code>."
            )
        )
        return
    await context.begin(STEP)
    context.reply(
        t.html(
            "Which sentence shall I check? Send an RHK, an IKI or a log, for example"
            " <i>Mengikuti rapat koordinasi stunting</i>."
        )
    )


async def take(update: Update, context: Context) -> None:
    """Check the sentence that /cekrhk asked for."""
    await context.end()
    text = words_of(update.effective_message)
    context.reply(*await screen(context, text, guess(text), context.turn.arrival_id))


async def check_as(update: Update, context: Context) -> None:
    """Check the same sentence as another kind."""
    place, arrival_id = numbers(tapped(update), 2)
    arrival = await entries.said(context.session, context.chat_id, arrival_id)
    earlier = Update.de_json(json.loads(arrival.payload), context.bot) if arrival else None
    text = words_of(earlier.effective_message if earlier else None)
    if not text or not 0 <= place < len(KINDS):
        raise Refusal("This button no longer works.")
    context.edit(*await screen(context, text, KINDS[place], arrival_id))


async def screen(
    context: Context, text: str, kind: Kind, arrival_id: int
) -> tuple[str, dict[str, object]]:
    """Check a sentence for whoever asks."""
    employee = None if context.newcomer else context.employee
    advice = await coaching.check(context.session, employee, kind, text, on=context.today())
    return advice_screen(context.t, advice, arrival_id)


def words_of(message: Message | None) -> str:
    """Give the sentence of a message, without the command before it."""
    text = (message.text or "") if message else ""
    if not text.startswith("/"):
        return text.strip()
    command, *rest = text.split(maxsplit=1)
    return "".join(rest).strip() if command.partition("@")[0] == "/cekrhk" else ""


reads(check_as)

WORDS = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND

handlers = [
    CommandHandler("cekrhk", check),
    CallbackQueryHandler(check_as, pattern("coach-as")),
    MessageHandler(Answering(STEP) & WORDS, take),
]
