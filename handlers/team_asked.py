"""A question in words about the team, a theme or a person is answered as /tim and /tema answer."""

import datetime as dt

from telegram import Message, Update
from telegram.ext import MessageHandler
from telegram.ext.filters import MessageFilter

from bot.actions.leading import teams_led
from bot.actions.sights import Span
from bot.actions.team_asked import excused, named
from bot.actions.team_views import View
from bot.actions.teams import Team, look
from bot.actions.themes import find_theme
from bot.context import Answering, Context
from bot.ui import theme_views
from bot.ui.keyboards import in_closing
from bot.ui.team_people import person, which_person, who_is_away, who_is_missing
from bot.ui.team_words import Screen
from bot.understanding.team_questions import Asked, Stretch, TeamQuestion, team_question
from handlers.entries import CAPTION, SENTENCE, WORDS, log, said, ways_on
from handlers.team_details import led_by, looked
from handlers.teams import SCALES, first_team, pictured
from handlers.themes import first_team as place_of
from handlers.themes import seen

ANY_DAY = dt.date(2000, 1, 1)


class OfOthers(MessageFilter):
    """Match words that ask of others, whoever writes them."""

    def filter(self, message: Message) -> bool:
        """Tell whether a leader would be answered as by /tim or /tema."""
        return team_question(message.text or "", ANY_DAY) is not None


async def ask(update: Update, context: Context) -> None:
    """Answer whoever leads; from anybody else these are words as any others."""
    question = team_question(said(update).text or "", context.today())
    if question is None or not await answered(context, question):
        await log(update, context)


async def answered(context: Context, question: TeamQuestion) -> bool:
    """Answer if it can be answered; the very words can still be saved as an entry."""
    if question.asked is Asked.THEME and await answered_theme(context, question):
        return True
    shown = await first_team(context, View(SCALES[question.stretch], question.day))
    if shown is None:
        return False
    if question.asked in {Asked.THEME, Asked.PERSON}:
        return await answered_person(context, question, shown[0])
    keep, _ = ways_on(context)
    if question.asked in {Asked.PEOPLE, Asked.AWAY}:
        text, keyboard = await people_screen(context, question, shown[0])
        context.reply(text, in_closing(keyboard, keep))
        return True
    drawn, words = pictured(context, *shown, keep)
    context.paper(*drawn, **words)
    return True


async def people_screen(context: Context, question: TeamQuestion, team: Team) -> Screen:
    """Write who has not logged, or who is excused."""
    if question.asked is Asked.PEOPLE:
        return who_is_missing(context.t, team)
    return who_is_away(context.t, team, await excused(context.session, team))


async def answered_person(context: Context, question: TeamQuestion, team: Team) -> bool:
    """Open the card of whom a name means in the own team, who can see later who looked."""
    found, keep = named(team, question.theme), ways_on(context)[0]
    if not found:
        return False
    if len(found) > 1:
        text, keyboard = which_person(context.t, team, [(one.id, one.name) for one in found])
        context.reply(text, in_closing(keyboard, keep))
        return True
    leader = await led_by(context, team.view)
    card = await look(context.session, leader, found[0].id, team.view, today=context.today())
    looked(context, found[0].id)
    text, keyboard = person(context.t, card, 0)
    context.reply(text, in_closing(keyboard, keep))
    return True


async def answered_theme(context: Context, question: TeamQuestion) -> bool:
    """Answer a question about a theme to whoever leads, or looks after it."""
    theme = await find_theme(context.session, question.theme)
    if theme is None:
        return False
    led = await teams_led(context.session, context.employee, on=context.today())
    if not led and theme.code not in context.employee.themes:
        return False
    span = Span(question.day, question.stretch is Stretch.MONTH)
    of = await place_of(context)
    text, keyboard = theme_views.overview(context.t, await seen(context, theme, span, of), of)
    context.reply(text, in_closing(keyboard, ways_on(context)[0]))
    return True


handlers = [
    MessageHandler(WORDS & ~Answering(SENTENCE, CAPTION) & OfOthers(), ask),
]
