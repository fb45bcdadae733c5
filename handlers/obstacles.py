"""What holds a person up, and what the leader answers: /kendala."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions import obstacles
from bot.context import Answering, Context, ReplyingTo
from bot.refusal import Refusal
from bot.ui import obstacles as screens
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from handlers.entries import WORDS, said

SENTENCE, ADVICE = "obstacle.sentence", "obstacle.advice"


async def obstacle(update: Update, context: Context) -> None:
    """Take the words after /kendala as an obstacle; without words ask for them."""
    text = " ".join(context.args or []) if update.callback_query is None else ""
    context.employee  # noqa: B018  A stranger is refused before being asked.
    if text:
        await raise_one(context, text)
        return
    await context.begin(SENTENCE)
    found = await obstacles.own_list(context.session, context.employee, now=context.now)
    context.reply(*screens.own_list(context.t, found))


async def raise_one(context: Context, text: str) -> None:
    """Keep an obstacle and tell whoever leads the person."""
    raised, leaders = await obstacles.raise_one(
        context.session, context.employee, text, now=context.now
    )
    context.reply(*screens.raised(context.t, raised, leaders))


async def take_sentence(update: Update, context: Context) -> None:
    """Take the sentence that was asked for."""
    await context.end()
    await raise_one(context, said(update).text or "")


async def close(update: Update, context: Context) -> None:
    """Close one's own obstacle."""
    (obstacle_id,) = numbers(tapped(update), 1)
    session, employee, now = context.session, context.employee, context.now
    closed = await obstacles.close(session, employee, obstacle_id, now=now)
    if context.draft is not None and context.draft.step == SENTENCE:
        await context.end()
    context.edit(*screens.closed(context.t, closed))


async def reopen(update: Update, context: Context) -> None:
    """Open one's own obstacle again."""
    (obstacle_id,) = numbers(tapped(update), 1)
    session, employee, now = context.session, context.employee, context.now
    opened = await obstacles.reopen(session, employee, obstacle_id, now=now)
    close_it = Button(context.t.gettext("Close it"), key("obstacle-close", obstacle_id))
    context.edit(context.t.html("Open again: “{text}”.", text=opened.text), inline(close_it))


async def open_one(update: Update, context: Context) -> None:
    """Show a leader what holds one of the people up."""
    person_id, obstacle_id = numbers(tapped(update), 2)
    place = (person_id, obstacle_id)
    _, found = await obstacles.seen(context.session, context.employee, place, now=context.now)
    context.reply(*screens.told(context.t, found), about=f"hindrance:{obstacle_id}:{person_id}")


async def help_with(update: Update, context: Context) -> None:
    """Say that the leader helps."""
    person_id, obstacle_id = numbers(tapped(update), 2)
    await answer(context, (person_id, obstacle_id), None)


async def answer(context: Context, place: tuple[int, int], advice: str | None) -> None:
    """Answer an obstacle and confirm it."""
    found = await obstacles.answer(
        context.session, context.employee, place, advice, now=context.now
    )
    context.edit(screens.answered(context.t, found))


async def ask_advice(update: Update, context: Context) -> None:
    """Ask a leader for guidance."""
    person_id, obstacle_id = numbers(tapped(update), 2)
    place = (person_id, obstacle_id)
    _, found = await obstacles.seen(context.session, context.employee, place, now=context.now)
    if found.closed:
        raise Refusal("{name} has closed this obstacle.", name=found.name)
    await context.begin(ADVICE, person=person_id, obstacle=obstacle_id)
    context.reply(screens.ask_advice(context.t, found))


async def take_advice(update: Update, context: Context) -> None:
    """Send the guidance that was typed."""
    draft = context.draft
    if draft is None:
        raise Refusal("This button no longer works.")
    place = (int(draft.data["person"]), int(draft.data["obstacle"]))
    await context.end()
    await answer(context, place, said(update).text)


async def take_reply(update: Update, context: Context) -> None:
    """Send words that reply to the letter with an obstacle as guidance."""
    obstacle_id = context.subject_id
    owner = await obstacles.owner_of(
        context.session, context.employee, obstacle_id, now=context.now
    )
    await answer(context, (owner, obstacle_id), said(update).text)


async def add_words(update: Update, context: Context) -> None:
    """Add words to one's own obstacle by replying to the leader's answer, and tell the leader."""
    session, employee, now = context.session, context.employee, context.now
    text = said(update).text or ""
    found, leaders = await obstacles.add_words(session, employee, context.subject_id, text, now=now)
    context.reply(*screens.raised(context.t, found, leaders))


TAPS = {
    "obstacle": obstacle,
    "obstacle-close": close,
    "obstacle-reopen": reopen,
    "obstacle-open": open_one,
    "obstacle-help": help_with,
    "obstacle-guide": ask_advice,
}

handlers = [
    CommandHandler("kendala", obstacle, filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE),
    *(CallbackQueryHandler(tap, pattern(verb)) for verb, tap in TAPS.items()),
    MessageHandler(ReplyingTo("obstacle", "hindrance") & WORDS, take_reply),
    MessageHandler(ReplyingTo("obstacle-answer") & WORDS, add_words),
    MessageHandler(Answering(SENTENCE) & WORDS, take_sentence),
    MessageHandler(Answering(ADVICE) & WORDS, take_advice),
]
