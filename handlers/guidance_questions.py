"""Ask a widyaiswara what the library does not know, and answer: /pertanyaan."""

import json

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions import guidance as desk
from bot.actions import guidance_questions as questions
from bot.context import Answering, Context, ReplyingTo, reads
from bot.guidance.writing import begin, manuscript_of, put
from bot.refusal import Refusal
from bot.ui import guidance_questions as screens
from bot.ui.keys import numbers, page_in, pattern, tapped, words
from db import entries
from handlers.entries import WORDS, said
from handlers.guidance_drafts import overview

ANSWER = "guidance.answer"


async def ask(update: Update, context: Context) -> None:
    """Ask which theme the question that found nothing is about."""
    data = tapped(update)
    # The first time no page is named yet.
    arrival_id, page, *_ = [*numbers(data, len(words(data))), 0, 0]
    context.employee  # noqa: B018  A stranger is refused before being asked.
    text = await earlier(context, arrival_id)
    themes = (await context.library()).themes()
    context.edit(*screens.choose_theme(context.t, text, themes, arrival_id, page))


async def earlier(context: Context, arrival_id: int) -> str:
    """Give what this person asked in an earlier message."""
    arrival = await entries.said(context.session, context.chat_id, arrival_id)
    update = Update.de_json(json.loads(arrival.payload), context.bot) if arrival else None
    message = update.effective_message if update else None
    text = ((message.text or "") if message else "").strip()
    if text.startswith("/"):
        text = text.partition(" ")[2].strip()
    if not text:
        raise Refusal("This button no longer works.")
    return text


async def send(update: Update, context: Context) -> None:
    """Send a question to the widyaiswara of a theme."""
    arrival_id, at = numbers(tapped(update), 2)
    employee = context.employee
    text = await earlier(context, arrival_id)
    themes = (await context.library()).themes()
    if not 0 <= at < len(themes):
        raise Refusal("This button no longer works.")
    kept, people = await questions.ask(
        context.session, employee, text, themes[at].code, now=context.now
    )
    context.edit(*screens.asked(context.t, kept, people))


async def list_waiting(update: Update, context: Context) -> None:
    """List what waits for an answer."""
    found = await questions.waiting(context.session, context.employee)
    context.edit(*screens.waiting(context.t, found, page_in(tapped(update))))


async def open_one(update: Update, context: Context) -> None:
    """Show one question."""
    (question_id,) = numbers(tapped(update), 1)
    found = await questions.seen(context.session, context.employee, question_id)
    context.edit(*screens.card(context.t, found))


async def ask_answer(update: Update, context: Context) -> None:
    """Ask for the answer to a question."""
    (question_id,) = numbers(tapped(update), 1)
    found = await questions.seen(context.session, context.employee, question_id)
    if found.answer is not None:
        context.edit(*screens.card(context.t, found))
        return
    await context.begin(ANSWER, question=question_id)
    context.reply(screens.ask_answer(context.t, found))


async def take_answer(update: Update, context: Context) -> None:
    """Send the answer that was typed."""
    draft = context.draft
    if draft is None:
        raise Refusal("This button no longer works.")
    question_id = int(draft.data["question"])
    await context.end()
    await answer(update, context, question_id)


async def take_reply(update: Update, context: Context) -> None:
    """Send words that reply to the letter with a question as its answer."""
    await answer(update, context, context.subject_id)


async def answer(update: Update, context: Context, question_id: int) -> None:
    """Answer a question and confirm it."""
    text = said(update).text or ""
    session, employee, now = context.session, context.employee, context.now
    found = await questions.answer(session, employee, question_id, text, now=now)
    context.reply(*screens.answered(context.t, found))


async def make_article(update: Update, context: Context) -> None:
    """Begin an article of a question and its answer."""
    (question_id,) = numbers(tapped(update), 1)
    session, employee = context.session, context.employee
    found = await questions.seen(session, employee, question_id)
    library = await context.library()
    if found.answer is None or found.theme is None:
        raise Refusal("This button no longer works.")
    taken = {one.id for one in library.articles()}
    text = put(begin(found.theme, context.today()), "title", found.text, taken)
    text = put(text, "first", found.answer, taken)
    version = await desk.begin(session, employee, manuscript_of(text), now=context.now)
    context.edit(*await overview(context, version))


for look in (ask, list_waiting, open_one):
    reads(look)

handlers = [
    CommandHandler("pertanyaan", list_waiting, filters.ChatType.PRIVATE),
    CallbackQueryHandler(ask, pattern("ask-guide")),
    CallbackQueryHandler(send, pattern("ask-theme")),
    CallbackQueryHandler(list_waiting, pattern("question-list")),
    CallbackQueryHandler(open_one, pattern("question-open")),
    CallbackQueryHandler(ask_answer, pattern("question-answer")),
    CallbackQueryHandler(make_article, pattern("question-article")),
    MessageHandler(ReplyingTo("guidance-question") & WORDS, take_reply),
    MessageHandler(Answering(ANSWER) & WORDS, take_answer),
]
