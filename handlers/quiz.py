"""A quiz for oneself: five questions as Telegram's own polls, then what to read: /kuis."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, PollAnswerHandler, filters

from bot.actions import quiz
from bot.actions.quiz import Asking, Nothing, Result
from bot.context import Context, Reply
from bot.guidance.quiz import offers, questions_of
from bot.guidance.search import Reader
from bot.refusal import Refusal
from bot.ui import quiz as screens
from bot.ui.keys import pattern
from db import plans
from db.quiz import ASKED
from handlers.guidance import reader


async def begin(update: Update, context: Context) -> None:
    """Begin a round; words behind the command choose a theme."""
    del update
    employee, library = context.employee, await context.library()
    named = " ".join(context.args or [])
    theme = library.theme_code(named) if named else None
    if named and theme is None:
        raise Refusal(
            "There is no theme “{name}”. Send /kuis for questions of all themes.", name=named[:60]
        )
    today = context.today()
    offered = offers(library, await close_to(context), today, theme)
    found = await quiz.begin(context.session, employee, offered, now=context.now, today=today)
    await go_on(context, found)


async def close_to(context: Context) -> Reader:
    """Tell the person's job, and the themes they look after or work on."""
    job, themes = await reader(context)
    outlook = await plans.outlook(context.session, context.employee, on=context.today())
    worked_on = {theme for result in outlook.results for theme in result.themes}
    return Reader(job, {*themes, *worked_on})


async def answered(update: Update, context: Context) -> None:
    """Take what was chosen in a poll of one's own, and go on; anything else is passed over."""
    told = update.poll_answer
    if told is None or not told.option_ids or context.newcomer:
        return
    found = await quiz.answer(
        context.session,
        context.employee,
        (told.poll_id, told.option_ids[0]),
        now=context.now,
        today=context.today(),
    )
    if found is not None:
        await go_on(context, found)


async def go_on(context: Context, found: Asking | Result | Nothing) -> None:
    """Put the next question, or say how the round went."""
    library = await context.library()
    questions = questions_of(library)
    if isinstance(found, Asking):
        question = questions.get(found.question)
        if question is None:
            context.reply(*screens.gone(context.t))
            return
        params = screens.poll(context.t, question, found)
        context.turn.answers.append(Reply("sendPoll", params, f"{ASKED}:{found.id}"))
    elif isinstance(found, Result):
        known = {one.id: one for one in library.articles()}
        read = screens.articles_of(found, questions, known)
        context.reply(*screens.summary(context.t, found, read))
    else:
        context.edit(*screens.nothing(context.t, found, context.today()))


handlers = [
    CommandHandler("kuis", begin, filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE),
    CallbackQueryHandler(begin, pattern("quiz")),
    PollAnswerHandler(answered),
]
