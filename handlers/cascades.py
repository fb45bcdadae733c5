"""The cascade as a tree, step by step, its health and the Matriks Peran Hasil: /cascading."""

from dataclasses import asdict
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions.cascade_health import health_of
from bot.actions.cascade_matrix import matrix_of
from bot.actions.cascade_views import own_cascade, step
from bot.actions.leading import OWN, leader_of, teams_led
from bot.context import Context, reads
from bot.documents.reports import packed
from bot.ui import cascade_papers as papers
from bot.ui import cascades as screens
from bot.ui.keys import numbers, pattern, tapped
from db.models.people import Employee
from handlers.teams import plain


@reads
async def cascade(update: Update, context: Context) -> None:
    """Answer with the tree of the leader's goals."""
    del update
    led = await teams_led(context.session, context.employee, on=context.today())
    drawn, words = await overview(context, led[0].of if led else OWN)
    context.paper(*drawn, **words)


@reads
async def again(update: Update, context: Context) -> None:
    """Go back to the tree in the same message."""
    (of,) = numbers(tapped(update), 1)
    drawn, words = await overview(context, of)
    context.redraw(*drawn, **words)


@reads
async def goals(update: Update, context: Context) -> None:
    """Turn to more of the goals, below the same picture."""
    of, page = numbers(tapped(update), 2)
    found = await own_cascade(context.session, await led_by(context, of), today=context.today())
    context.edit(*screens.overview(context.t, found, of, page))


async def overview(context: Context, of: int) -> tuple[tuple[str, Any], dict[str, Any]]:
    """Give the picture of the tree, and the words and buttons below it."""
    leader = await led_by(context, of)
    found = await own_cascade(context.session, leader, today=context.today())
    caption, keyboard = screens.overview(context.t, found, of)
    drawn = ("cascade-tree", plain(asdict(papers.tree(context.t, found))))
    return drawn, {"caption": caption, "keyboard": keyboard}


async def led_by(context: Context, of: int) -> Employee:
    """Give the leader in whose place one looks."""
    return await leader_of(context.session, context.employee, of, on=context.today())


@reads
async def go(update: Update, context: Context) -> None:
    """Go to one goal, below the same picture."""
    of, goal_id = numbers(tapped(update), 2)
    await show(context, of, goal_id, 0)


@reads
async def turn(update: Update, context: Context) -> None:
    """Show another page of what stands on a goal."""
    of, goal_id, page = numbers(tapped(update), 3)
    await show(context, of, goal_id, page)


async def show(context: Context, of: int, goal_id: int, page: int) -> None:
    """Show one goal with a page of what stands on it."""
    leader = await led_by(context, of)
    node, above = await step(context.session, leader, goal_id, today=context.today())
    context.edit(*screens.step(context.t, node, above, of, page))


@reads
async def health(update: Update, context: Context) -> None:
    """Show work without a goal, goals without work, and links that do not hold."""
    (of,) = numbers(tapped(update), 1)
    leader = await led_by(context, of)
    found = await health_of(context.session, leader, today=context.today())
    caption, keyboard = screens.health(context.t, found, of)
    data = plain(asdict(papers.health_map(context.t, found)))
    context.redraw("cascade-health", data, caption=caption, keyboard=keyboard)


@reads
async def matrix(update: Update, context: Context) -> None:
    """Show which role each direct report has in the leader's results."""
    (of,) = numbers(tapped(update), 1)
    leader = await led_by(context, of)
    found = await matrix_of(context.session, leader, today=context.today())
    caption, keyboard = screens.matrix(context.t, found, of)
    data = plain(asdict(papers.matrix_picture(context.t, found)))
    context.redraw("cascade-matrix", data, caption=caption, keyboard=keyboard)


@reads
async def download(update: Update, context: Context) -> None:
    """Send the matrix and the checks as a workbook."""
    (of,) = numbers(tapped(update), 1)
    leader, today = await led_by(context, of), context.today()
    found = await matrix_of(context.session, leader, today=today)
    checked = await health_of(context.session, leader, today=today)
    data = packed(papers.workbook(context.t, found, checked))
    context.paper("report-xlsx", {"name": f"matriks-peran-hasil-{found.year}", "report": data})


handlers = [
    CommandHandler("cascading", cascade),
    CallbackQueryHandler(again, pattern("cascade")),
    CallbackQueryHandler(goals, pattern("cascade-goals")),
    CallbackQueryHandler(go, pattern("cascade-step")),
    CallbackQueryHandler(turn, pattern("cascade-turn")),
    CallbackQueryHandler(health, pattern("cascade-health")),
    CallbackQueryHandler(matrix, pattern("cascade-matrix")),
    CallbackQueryHandler(download, pattern("cascade-file")),
]
