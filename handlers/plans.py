"""See where each RHK stands."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions.plan_views import plan_view, result_details
from bot.context import Context, reads
from bot.refusal import Refusal
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from bot.ui.plans import plan_screen, result_screen, short_lines


async def plan(update: Update, context: Context) -> None:
    """Show the first page of the SKP."""
    del update
    context.reply(*await screen(context, 0))


async def turn(update: Update, context: Context) -> None:
    """Show another page in the same message."""
    (page,) = numbers(tapped(update), 1)
    context.edit(*await screen(context, page))


async def screen(context: Context, page: int) -> tuple[str, dict[str, object]]:
    """Write a page of the SKP; without a plan say what is possible all the same."""
    t, today = context.t, context.today()
    results = await plan_view(context.session, context.employee, today=today)
    if results:
        return plan_screen(t, results, today.year, page)
    text = t.html(
        "There is no SKP for {year} with me yet. Your unit's admin imports it. You can log"
        " already: what you write now is saved and can be linked later.",
        year=str(today.year),
    )
    buttons = (
        Button(t.gettext("History"), key("history", 0)),
        Button(t.gettext("Menu"), key("menu")),
    )
    return text, inline(*buttons)


async def details(update: Update, context: Context) -> None:
    """Show one RHK with its IKI and newest entries."""
    result_id, page = numbers(tapped(update), 2)
    found = await result_details(
        context.session, context.employee, result_id, today=context.today()
    )
    if found is None:
        raise Refusal("This button no longer works.")
    context.edit(*result_screen(context.t, *found, page))


async def standing_in_short(context: Context, *buttons: Button) -> None:
    """Answer a question about one's own record: where the SKP stands, and where to look."""
    t = context.t
    results = await plan_view(context.session, context.employee, today=context.today())
    context.reply(
        short_lines(t, results),
        inline(
            Button(t.gettext("My SKP"), key("skp", 0), "success"),
            Button(t.gettext("History"), key("history", 0)),
            *buttons,
        ),
    )


for look in (plan, turn, details):
    reads(look)

handlers = [
    CommandHandler("skp", plan),
    CallbackQueryHandler(turn, pattern("skp")),
    CallbackQueryHandler(details, pattern("skp-result")),
]
