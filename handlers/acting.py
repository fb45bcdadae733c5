"""Who leads in a leader's place (Plt, Plh), set from the leader's card."""

import datetime as dt
import re

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot.actions import acting
from bot.actions.acting import Term
from bot.context import Answering, Context
from bot.refusal import Refusal
from bot.skp.people import ActingKind
from bot.skp.workdays import ONE_DAY
from bot.ui import acting as screens
from bot.ui.keys import numbers, pattern, tapped
from bot.understanding.asked_days import asked_days
from handlers.entries import WORDS, said

WHO = "acting.who"
UNTIL = re.compile(r"\s+(?:sampai dengan|sampai|hingga|s\.?d\.?|until)\s+", re.IGNORECASE)
KIND = re.compile(r"^\s*(plt|plh)\b\.?\s*", re.IGNORECASE)


async def ask(update: Update, context: Context) -> None:
    """List who stands in for a leader, and wait for another name."""
    (leader_id,) = numbers(tapped(update), 1)
    await show(context, leader_id)
    await context.begin(WHO, leader=leader_id)


async def show(context: Context, leader_id: int) -> None:
    """Show who stands in for a leader."""
    found = await acting.stand_ins(
        context.session, context.employee, leader_id, today=context.today()
    )
    context.edit(*screens.stand_ins(context.t, found))


async def take(update: Update, context: Context) -> None:
    """Offer the people that fit the name that was written."""
    draft = context.draft
    if draft is None:
        raise Refusal("This button no longer works.")
    leader_id = int(draft.data["leader"])
    text = said(update).text or ""
    name, *ends = UNTIL.split(text, maxsplit=1)
    until = None
    if ends:
        days = asked_days(ends[0], context.today())
        if days is None:
            context.reply(*screens.unread_day(context.t, leader_id))
            return
        until = days[1] + ONE_DAY
    kind = KIND.match(name)
    wanted = ActingKind(kind[1].lower()) if kind else ActingKind.PLH
    term = Term(wanted, context.today(), until)
    found = await acting.candidates(context.session, context.employee, KIND.sub("", name).strip())
    context.reply(*screens.choose(context.t, leader_id, found, term))


async def pick(update: Update, context: Context) -> None:
    """Let the person that was tapped lead in the leader's place."""
    leader_id, person_id, place, until = numbers(tapped(update), 4)
    if not 0 <= place < len(screens.KINDS) or not 0 <= until <= dt.date.max.toordinal():
        raise Refusal("This button no longer works.")
    term = Term(screens.KINDS[place], context.today(), screens.last_day(until))
    await acting.appoint(
        context.session, context.employee, (leader_id, person_id), term, now=context.now
    )
    await leave(context)
    await show(context, leader_id)


async def leave(context: Context) -> None:
    """Ask no longer who stands in."""
    if context.draft is not None and context.draft.step == WHO:
        await context.end()


async def end(update: Update, context: Context) -> None:
    """End today that somebody stands in."""
    (acting_id,) = numbers(tapped(update), 1)
    leader_id = await acting.end(
        context.session, context.employee, acting_id, now=context.now, today=context.today()
    )
    await leave(context)
    await show(context, leader_id)


handlers = [
    CallbackQueryHandler(ask, pattern("acting")),
    CallbackQueryHandler(pick, pattern("acting-pick")),
    CallbackQueryHandler(end, pattern("acting-end")),
    MessageHandler(Answering(WHO) & WORDS, take),
]
