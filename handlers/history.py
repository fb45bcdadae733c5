"""See one's entries: all, of some days, of an RHK or with some words; open one."""

import json

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.actions import feedback_requests
from bot.actions.asked_views import read_view
from bot.actions.histories import HistoryPage, history_page, opened_entry, result_numbered
from bot.actions.history_places import Place, Sought
from bot.actions.receipts import results_to_choose
from bot.actions.team_views import Scale, View
from bot.context import Answering, Context, reads
from bot.refusal import Refusal
from bot.ui.histories import entry_screen, filter_screen, history_screen, results_screen
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from db import entries as questions
from handlers.entries import WORDS, said

SEARCH = "history.search"


async def history(update: Update, context: Context) -> None:
    """Show the newest entries, or those that the words after /riwayat ask for."""
    del update
    words = " ".join(context.args or [])
    place = await place_asked(context, words) if words else Place()
    context.reply(*history_screen(context.t, await found_at(context, place)))


async def place_asked(context: Context, words: str) -> Place:
    """Find out what is asked for: some days, an RHK, or entries with these very words."""
    view = read_view(words, context.local_now())
    if view is not None:
        return Place.of(view)
    result_id = await result_numbered(
        context.session, context.employee, words, today=context.today()
    )
    if result_id is not None:
        return Place(Sought.RESULT, result_id)
    return Place(Sought.WORDS, context.turn.arrival_id)


async def found_at(context: Context, place: Place) -> HistoryPage:
    """Load a page of the person's own entries."""
    words = await words_asked(context, place.value) if place.sought is Sought.WORDS else ""
    return await history_page(
        context.session, context.employee, place, words=words, today=context.today()
    )


async def words_asked(context: Context, arrival_id: int) -> str:
    """Give the words of an earlier search; what came in long ago is forgotten."""
    arrival = await questions.said(context.session, context.chat_id, arrival_id)
    earlier = Update.de_json(json.loads(arrival.payload), context.bot) if arrival else None
    message = earlier.effective_message if earlier else None
    text = (message.text or "") if message else ""
    words = "".join(text.split(maxsplit=1)[1:]) if text.startswith("/") else text
    if not words.strip():
        raise Refusal("This search is too long ago. Please search again with /riwayat.")
    return " ".join(words.split())


async def turn(update: Update, context: Context) -> None:
    """Show another page in the same message."""
    (number,) = numbers(tapped(update), 1)
    found = await found_at(context, Place.at(number))
    context.edit(*history_screen(context.t, found))


async def choose(update: Update, context: Context) -> None:
    """Ask which entries to list; a search that was begun is left."""
    del update
    context.employee  # noqa: B018  A stranger is refused before being asked.
    if context.draft is not None and context.draft.step == SEARCH:
        await context.end()
    context.edit(*filter_screen(context.t, View(Scale.DAY, context.today())))


async def choose_result(update: Update, context: Context) -> None:
    """Ask for the RHK whose entries to list."""
    (page,) = numbers(tapped(update), 1)
    results = await results_to_choose(context.session, context.employee, context.today())
    context.edit(*results_screen(context.t, results, page))


async def ask_words(update: Update, context: Context) -> None:
    """Ask for the words to look for."""
    del update
    context.employee  # noqa: B018  A stranger is refused before being asked.
    await context.begin(SEARCH)
    t = context.t
    back = Button(t.gettext("Back"), key("history-filter"))
    context.edit(t.gettext("Which words should I look for?"), inline(back))


async def search(update: Update, context: Context) -> None:
    """Look for the words that were typed."""
    said(update)
    await context.end()
    place = Place(Sought.WORDS, context.turn.arrival_id)
    context.reply(*history_screen(context.t, await found_at(context, place)))


async def open_entry(update: Update, context: Context) -> None:
    """Show one entry whole, with its proof and its taps."""
    await show_entry(context, *numbers(tapped(update), 2))


async def show_entry(context: Context, entry_id: int, place: int) -> None:
    """Put one of the person's own entries into the message that was tapped."""
    found = await opened_entry(
        context.session,
        context.employee,
        entry_id,
        today=context.today(),
        edit_days=context.agency.edit_days,
    )
    if found is None:
        raise Refusal("This button no longer works.")
    context.edit(*entry_screen(context.t, found, max(0, place)), about=f"entry:{entry_id}")


async def ask_feedback(update: Update, context: Context) -> None:
    """Ask the leader for a word on one's own entry, and show the entry again."""
    entry_id, place = numbers(tapped(update), 2)
    names = await feedback_requests.ask(
        context.session, context.employee, entry_id, now=context.now
    )
    asked = context.t.gettext("Asked for feedback: {names}.", names=", ".join(names))
    context.toast(asked)
    await show_entry(context, entry_id, place)


for look in (history, turn, choose_result, open_entry):
    reads(look)

handlers = [
    CommandHandler("riwayat", history),
    CallbackQueryHandler(turn, pattern("history")),
    CallbackQueryHandler(choose, pattern("history-filter")),
    CallbackQueryHandler(choose_result, pattern("history-results")),
    CallbackQueryHandler(ask_words, pattern("history-search")),
    CallbackQueryHandler(open_entry, pattern("history-entry")),
    CallbackQueryHandler(ask_feedback, pattern("entry-ask")),
    MessageHandler(Answering(SEARCH) & WORDS, search),
]
