"""Free text is a log: saved at once, answered with a receipt; what is no log is answered kindly."""

import dataclasses
import datetime as dt
import json

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions import absences, activities, entries, repeats, retellings
from bot.actions.activities import Hold, subject
from bot.actions.entries import Heard, Typed
from bot.actions.evidence import Enclosure
from bot.actions.receipts import Told
from bot.context import Answering, Context
from bot.guidance.article import Article
from bot.refusal import Refusal
from bot.skp.people import AbsenceKind
from bot.ui.activities import told
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from bot.ui.repeats import ask_sentence
from bot.ui.small_talk import kind_answer
from bot.ui.tips import with_tip
from bot.understanding.proposal import Intent
from bot.understanding.small_talk import talk_of
from db import entries as questions
from handlers import guidance, tips
from handlers.absences import away, show_noted
from handlers.plans import standing_in_short

SENTENCE = "entry.sentence"
CAPTION = "entry.caption"
# Telegram keeps what it could not deliver for a day; an older date comes from another clock.
KEPT_BY_TELEGRAM = dt.timedelta(hours=24)


async def log(update: Update, context: Context) -> None:
    """Take a sentence: save it as an entry, or answer what is no log."""
    message = said(update)
    await take(update, context, typed(context, message, message.text or ""))


async def catat(update: Update, context: Context) -> None:
    """Take the words after /catat as a sentence; without words ask for one, or for a tap."""
    message = said(update)
    text = words_of(message)
    if text:
        await take(update, context, typed(context, message, text))
        return
    offer = await repeats.offer(context.session, context.employee, today=context.today())
    await context.begin(SENTENCE)
    context.reply(*ask_sentence(context.t, offer))


async def take_sentence(update: Update, context: Context) -> None:
    """Take the sentence that /catat asked for."""
    await context.end()
    await log(update, context)


async def take_caption(update: Update, context: Context) -> None:
    """Take the sentence for a photo that came without one; a question is still a question."""
    message = said(update)
    given = typed(context, message, message.text or "")
    heard = await hear(context, given)
    if heard.proposal.intent is not Intent.LOG or context.draft is None:
        await answer(update, context, given, heard)
        return
    entry_id = int(context.draft.data["entry"])
    await context.end()
    shown = await retellings.complete(
        context.session, context.employee, entry_id, given, edit_days=context.agency.edit_days
    )
    if shown is None:
        await save(context, given, heard)
        return
    show(context, shown)


async def take(update: Update, context: Context, given: Typed) -> None:
    """Hear a sentence and do what it asks for."""
    heard = await hear(context, given)
    if heard.proposal.intent is Intent.LOG:
        await save(context, given, heard)
    else:
        await answer(update, context, given, heard)


async def hear(context: Context, given: Typed) -> Heard:
    """Understand a sentence."""
    return await entries.hear(context.session, context.employee, given.text, sent_at=given.sent_at)


async def save(context: Context, given: Typed, heard: Heard | None = None) -> Told:
    """Save what a sentence tells of and answer with its receipt."""
    heard = heard or await hear(context, given)
    shown = await activities.record(
        context.session, context.employee, given, edit_days=context.agency.edit_days, heard=heard
    )
    show(context, shown, await tips.fitting(context, shown, heard))
    return shown


def show(context: Context, shown: Told, advice: Article | None = None) -> None:
    """Answer with the receipt of what was told, and the advice that fits it."""
    t, only = context.t, shown.only
    screen = told(t, shown)
    if advice is not None and only is not None:
        tip = (advice.id, advice.title_in(t.language))
        screen = with_tip(t, screen, (only.entry_id, only.version), tip)
    text, keyboard = screen
    context.reply(text, keyboard, about=subject(shown))


def present(context: Context, shown: Told) -> None:
    """Show what was told in place of the message that was tapped; an old button says so."""
    if shown.stale:
        context.toast(context.t.gettext("This button no longer works."))
    text, keyboard = told(context.t, shown)
    context.edit(text, keyboard, about=subject(shown))


async def answer(update: Update, context: Context, given: Typed, heard: Heard) -> None:
    """Answer what is no log; every answer can still save the words as an entry."""
    proposal = heard.proposal
    if proposal.intent is Intent.ABSENCE:
        await note_absence(update, context, heard)
    elif proposal.intent is Intent.CHAT and context.agency.library.theme_code(given.text):
        await guidance.answer(context, given.text, *ways_on(context))
    elif proposal.intent is Intent.CHAT:
        context.reply(greeting(context, given.text), inline(*ways_on(context)))
    elif proposal.about == "theme" or (await context.library()).impact_asked(given.text):
        await guidance.answer(context, given.text, *ways_on(context))
    elif proposal.about == "own":
        await standing_in_short(context, *ways_on(context))
    else:
        context.reply(
            context.t.html(
                "I log work from one sentence, show where each RHK stands and find guidance."
                " The help says how."
            ),
            inline(
                Button(context.t.gettext("Help"), key("help"), "success"),
                Button(context.t.gettext("Guidance"), key("themes")),
                *ways_on(context),
            ),
        )


def greeting(context: Context, text: str) -> str:
    """Meet small talk kindly."""
    name = context.employee.address or context.employee.name
    return kind_answer(context.t, talk_of(text), name)


def ways_on(context: Context) -> tuple[Button, Button]:
    """Offer to save the very message as an entry, and the menu."""
    t = context.t
    return (
        Button(t.gettext("Save as an entry"), key("entry-keep", context.turn.arrival_id)),
        Button(t.gettext("Menu"), key("menu")),
    )


async def note_absence(update: Update, context: Context, heard: Heard) -> None:
    """Note days away that a sentence names; ask when it names none."""
    absence = heard.proposal.absence
    if absence is None:
        await away(update, context)
        return
    noted = await absences.note(
        context.session,
        context.employee,
        AbsenceKind(absence.kind),
        (absence.first, absence.last),
        absences.By(context.employee, context.now),
    )
    await show_noted(context, noted)


async def keep(update: Update, context: Context) -> None:
    """Save an earlier message as an entry after all; a second tap shows the same entry."""
    (arrival_id,) = numbers(tapped(update), 1)
    session, employee, days = context.session, context.employee, context.agency.edit_days
    hold = Hold(arrival_id, None, context.now, days)
    shown = await activities.made_by(session, employee, hold)
    if shown is None:
        arrival = await questions.said(session, context.chat_id, arrival_id)
        earlier = Update.de_json(json.loads(arrival.payload), context.bot) if arrival else None
        message = earlier.effective_message if earlier else None
        words = words_of(message) if message else ""
        if message is None or not words:
            raise Refusal("This button no longer works.")
        given = dataclasses.replace(typed(context, message, words), arrival_id=arrival_id)
        shown = await activities.record(session, employee, given, edit_days=days)
    present(context, shown)


def refresh(context: Context, shown: Told, stands: int | None) -> None:
    """Change a receipt that stands in the chat; without one answer anew."""
    if stands is None:
        show(context, shown)
        return
    text, keyboard = told(context.t, shown)
    context.edit_message(stands, text, keyboard, about=subject(shown))


def typed(context: Context, message: Message, text: str, *enclosures: Enclosure) -> Typed:
    """Take what a message says, when it was said and where it stands."""
    return Typed(
        text=text,
        sent_at=moment(context, message),
        arrival_id=context.turn.arrival_id,
        chat_id=message.chat_id,
        message_id=message.message_id,
        album_id=message.media_group_id,
        enclosures=enclosures,
    )


def words_of(message: Message) -> str:
    """Give the words of a message that can make an entry; other commands have none."""
    text = message.text or message.caption or ""
    command, *rest = text.split(maxsplit=1) or [""]
    if command.partition("@")[0] == "/catat":
        return "".join(rest).strip()
    return "" if text.startswith("/") else text


def moment(context: Context, message: Message) -> dt.datetime:
    """Tell when a message was sent, unless its clock and ours do not agree."""
    waited = context.now - message.date
    return message.date if dt.timedelta(0) <= waited < KEPT_BY_TELEGRAM else context.now


def said(update: Update) -> Message:
    """Give the message that was sent."""
    message = update.effective_message
    if message is None:
        raise Refusal("This button no longer works.")
    return message


WORDS = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND

handlers = [
    CommandHandler("catat", catat, filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE),
    CallbackQueryHandler(keep, pattern("entry-keep")),
    MessageHandler(Answering(SENTENCE) & WORDS, take_sentence),
    MessageHandler(Answering(CAPTION) & WORDS, take_caption),
    MessageHandler(WORDS, log),
]
