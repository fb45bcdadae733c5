"""Advice that fits a log: found for its receipt, read, and switched off or on."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.actions import corrections, tips
from bot.actions.activities import subject_of
from bot.actions.corrections import Grip
from bot.actions.entries import Heard
from bot.actions.receipts import Told
from bot.context import Context, reads
from bot.guidance.article import Article
from bot.guidance.tips import Work
from bot.skp.manuscripts import Use
from bot.ui.guidance import article_keys, judging, pages_of
from bot.ui.keyboards import inline
from bot.ui.keys import numbers, pattern, tapped, words
from bot.ui.receipts import receipt
from bot.ui.tips import switched
from handlers.guidance import old_button


async def fitting(context: Context, told: Told, heard: Heard) -> Article | None:
    """Find the article that surely helps with what was logged, at most one a day.

    The search needs no database; only what it has found is looked up in the library as it is now.
    """
    employee, today = context.employee, context.today()
    shown = tips.place_for(employee, told, today=today)
    if shown is None:
        return None
    linked = heard.outlook.known(shown.result.id) if shown.result else None
    work = Work(
        text=shown.text,
        job=heard.outlook.position,
        result=linked.text if linked else "",
        themes=linked.themes if linked else (),
    )
    passed = tips.lately(employee, today=today)
    if context.agency.library.tip(work, passed) is None:
        return None
    found = (await context.library()).tip(work, passed)
    if found is None or not await tips.take(context.session, employee, found.id, today=today):
        return None
    return found


@reads
async def read(update: Update, context: Context) -> None:
    """Open the article in a message of its own; the receipt stays."""
    name = (words(tapped(update)) or [""])[0]
    found = (await context.library()).article(name)
    if found is None:
        await old_button(context)
        return
    context.count(Use.READ, found.id)
    t, pages = context.t, pages_of(found, context.t, context.today())
    keys = [*article_keys(found, 0, len(pages), t), *judging(found, 0, t)]
    context.reply(pages[0], inline(*keys))


async def switch_off(update: Update, context: Context) -> None:
    """Give no more advice; the receipt stays without it."""
    entry_id, version = numbers(tapped(update), 2)
    grip = Grip(entry_id, version, context.now, context.agency.edit_days)
    shown = await corrections.look(context.session, context.employee, grip)
    tips.switch(context.employee, on=False)
    context.session.add(context.employee)
    context.toast(switched(context.t, on=False))
    context.edit(*receipt(context.t, shown), about=subject_of(shown))


handlers = [
    CallbackQueryHandler(read, pattern("tip")),
    CallbackQueryHandler(switch_off, pattern("tip-off")),
]
