"""Catch up on working days without an entry."""

import datetime as dt

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.actions import batches, missed_days
from bot.actions.entries import Heard
from bot.actions.missed_days import MissedDay, Tap
from bot.context import Answering, Context, reads
from bot.refusal import Refusal
from bot.ui.keys import numbers, pattern, tapped
from bot.ui.missed_days import ask_sentence, missed_screen, which_away
from bot.understanding.proposal import Intent
from handlers.absences import day_at
from handlers.entries import WORDS, answer, note_absence, said, save, typed
from handlers.evidence import FILES, SENT, enclosed, enclosure_of

SENTENCE = "missed.sentence"


async def missed(update: Update, context: Context) -> None:
    """List the working days without an entry."""
    del update
    context.reply(*missed_screen(context.t, await still_missed(context)))


async def still_missed(context: Context) -> tuple[MissedDay, ...]:
    """Load the person's own missed days."""
    return await missed_days.missed_days(context.session, context.employee, today=context.today())


async def show(update: Update, context: Context) -> None:
    """Go back to the list, leaving the sentence that was asked for."""
    del update
    days = await still_missed(context)
    if context.draft is not None and context.draft.step == SENTENCE:
        await context.end()
    context.edit(*missed_screen(context.t, days))


async def save_one(update: Update, context: Context) -> None:
    """Save the suggestion of a day; an old button shows what is missing now."""
    ordinal, source, key = numbers(tapped(update), 3)
    day, today = day_at(ordinal), context.today()
    wanted = await missed_days.wanted_day(
        context.session, context.employee, day, (source, key), today
    )
    await save_days(context, [wanted] if wanted else [])


async def save_all(update: Update, context: Context) -> None:
    """Save every suggestion, if they are still those that were shown."""
    (mark,) = numbers(tapped(update), 1)
    days = await still_missed(context)
    await save_days(context, days if missed_days.mark(days) == mark else ())


async def save_days(context: Context, wanted: "list[MissedDay] | tuple[MissedDay, ...]") -> None:
    """Save what was shown and list what is left."""
    tap = Tap(context.now, context.turn.arrival_id)
    saved = await missed_days.save(context.session, context.employee, wanted, tap)
    if not saved:
        context.toast(context.t.gettext("This button no longer works."))
    undo = tap.arrival_id if saved else 0
    context.edit(*missed_screen(context.t, await still_missed(context), saved, undo))


async def undo(update: Update, context: Context) -> None:
    """Take back what a tap has saved, and list what is missing again."""
    (arrival_id,) = numbers(tapped(update), 1)
    taken = await batches.take_back(
        context.session,
        context.employee,
        arrival_id,
        now=context.now,
        edit_days=context.agency.edit_days,
    )
    if not taken:
        context.toast(context.t.gettext("This button no longer works."))
    context.edit(*missed_screen(context.t, await still_missed(context)))


async def away(update: Update, context: Context) -> None:
    """Ask on which of the missed days an absence began."""
    del update
    days = await still_missed(context)
    screen = which_away(context.t, days) if days else missed_screen(context.t, days)
    context.edit(*screen)


async def write(update: Update, context: Context) -> None:
    """Ask for a sentence about a missed day; one that is no longer missed shows the list."""
    (ordinal,) = numbers(tapped(update), 1)
    day, days = day_at(ordinal), await still_missed(context)
    if day not in {one.day for one in days}:
        context.toast(context.t.gettext("This button no longer works."))
        context.edit(*missed_screen(context.t, days))
        return
    await context.begin(SENTENCE, day=day.isoformat())
    context.edit(*ask_sentence(context.t, day))


async def take_sentence(update: Update, context: Context) -> None:
    """Log the sentence on the day it was asked for; a question is still a question."""
    message = said(update)
    given = typed(context, message, message.text or "")
    heard = await hear(context, given.text)
    if heard.proposal.intent is Intent.ABSENCE:
        await context.end()
        await note_absence(update, context, heard)
    elif heard.proposal.intent is Intent.LOG:
        await context.end()
        await save(context, given, heard)
        await show_rest(context)
    else:
        await answer(update, context, given, heard)


async def take_file(update: Update, context: Context) -> None:
    """Log a photo or a file with its caption on the day that was asked for."""
    message = said(update)
    enclosure = enclosure_of(context, message)
    if enclosure.too_large or not (message.caption or "").strip():
        await enclosed(update, context)
        return
    given = typed(context, message, message.caption or "", enclosure)
    heard = await hear(context, given.text)
    await context.end()
    await save(context, given, heard)
    await show_rest(context)


async def hear(context: Context, text: str) -> Heard:
    """Understand a sentence as one about the day that was asked for."""
    if context.draft is None:
        raise Refusal("This button no longer works.")
    day = dt.date.fromisoformat(context.draft.data["day"])
    return await missed_days.hear(context.session, context.employee, text, day, context.now)


async def show_rest(context: Context) -> None:
    """List what is left, if anything is."""
    days = await still_missed(context)
    if days:
        context.reply(*missed_screen(context.t, days))


for look in (missed, away):
    reads(look)

handlers = [
    CommandHandler("susulan", missed),
    CallbackQueryHandler(show, pattern("missed")),
    CallbackQueryHandler(save_one, pattern("missed-save")),
    CallbackQueryHandler(save_all, pattern("missed-all")),
    CallbackQueryHandler(undo, pattern("missed-undo")),
    CallbackQueryHandler(away, pattern("missed-away")),
    CallbackQueryHandler(write, pattern("missed-write")),
    MessageHandler(Answering(SENTENCE) & WORDS, take_sentence),
    MessageHandler(Answering(SENTENCE) & SENT & FILES, take_file),
]
