"""What is done for a theme across units: /tema."""

import datetime as dt

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions.leading import OWN, leader_of, teams_led
from bot.actions.sights import Span
from bot.actions.theme_views import ThemeView, across
from bot.actions.themes import ThemeName, find_theme, themes_known
from bot.context import Context, reads
from bot.documents.reports import packed
from bot.refusal import Refusal
from bot.ui import theme_views as screens
from bot.ui.keys import numbers, pattern, tapped

MONTHLY = {"bulan", "month"}
WEEKLY = {"minggu", "pekan", "week"}
FILES = {screens.PDF: "report-pdf", screens.XLSX: "report-xlsx"}


@reads
async def theme(update: Update, context: Context) -> None:
    """Show a theme, named by its code, its name or another word for it."""
    del update
    words = list(context.args or [])
    monthly = bool(words) and words[-1].lower() in MONTHLY
    if words and words[-1].lower() in MONTHLY | WEEKLY:
        words.pop()
    context.employee  # noqa: B018  A stranger is refused before anything is looked up.
    day = context.today().toordinal()
    if not words:
        known = await themes_known(context.session)
        context.reply(*screens.which_theme(context.t, known, day))
        return
    found = await find_theme(context.session, " ".join(words))
    if found is None:
        known = await themes_known(context.session)
        context.reply(*screens.unknown_theme(context.t, " ".join(words), known, day))
        return
    of = await first_team(context)
    view = await seen(context, found, Span(context.today(), monthly), of)
    context.reply(*screens.overview(context.t, view, of))


async def first_team(context: Context) -> int:
    """Tell in whose place somebody looks who leads no team of the own."""
    led = await teams_led(context.session, context.employee, on=context.today())
    return led[0].of if led else OWN


async def seen(context: Context, found: ThemeName, span: Span, of: int) -> ThemeView:
    """Load a theme as far as the asking person sees."""
    today = context.today()
    leader = await leader_of(context.session, context.employee, of, on=today)
    return await across(context.session, leader, found, span, today=today)


async def tapped_view(context: Context, number: int, place: int, day: int) -> tuple[ThemeView, int]:
    """Load the view that a button speaks of."""
    of, monthly = divmod(place, 2)
    first, last = dt.date(context.today().year - 1, 1, 1), context.today()
    known = await themes_known(context.session)
    found = next((one for one in known if screens.number_of(one) == number), None)
    if found is None or of < 0 or not first.toordinal() <= day <= last.toordinal():
        raise Refusal("This button no longer works.")
    span = Span(dt.date.fromordinal(day), bool(monthly))
    return await seen(context, found, span, of), of


@reads
async def again(update: Update, context: Context) -> None:
    """Show a theme in the same message."""
    view, of = await tapped_view(context, *numbers(tapped(update), 3))
    context.edit(*screens.overview(context.t, view, of))


@reads
async def choose(update: Update, context: Context) -> None:
    """Show other themes to choose from in the same message."""
    day, page = numbers(tapped(update), 2)
    context.employee  # noqa: B018  A stranger is refused before anything is looked up.
    known = await themes_known(context.session)
    context.edit(*screens.which_theme(context.t, known, day, page))


@reads
async def goals(update: Update, context: Context) -> None:
    """Show a page of a theme's goals."""
    *at, page = numbers(tapped(update), 4)
    view, of = await tapped_view(context, *at)
    context.edit(*screens.goals(context.t, view, of, page))


@reads
async def units(update: Update, context: Context) -> None:
    """Show a theme by unit."""
    view, of = await tapped_view(context, *numbers(tapped(update), 3))
    context.edit(*screens.units(context.t, view, of))


@reads
async def download(update: Update, context: Context) -> None:
    """Send a theme as PDF or as a workbook."""
    *at, kind = numbers(tapped(update), 4)
    if kind not in FILES:
        raise Refusal("This button no longer works.")
    view, _ = await tapped_view(context, *at)
    data = packed(screens.report(context.t, view))
    context.paper(FILES[kind], {"name": f"tema-{view.theme.code}", "report": data})


handlers = [
    CommandHandler("tema", theme),
    CallbackQueryHandler(again, pattern("across")),
    CallbackQueryHandler(choose, pattern("across-themes")),
    CallbackQueryHandler(goals, pattern("across-goals")),
    CallbackQueryHandler(units, pattern("across-units")),
    CallbackQueryHandler(download, pattern("across-file")),
]
