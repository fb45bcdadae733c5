"""What a leader asks of the team: the summary, the people, the units below, the papers."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions.leading import OWN, Led, leader_of, teams_led, teams_stood_in_for
from bot.actions.team_views import Scale, View
from bot.actions.teams import Team, survey
from bot.context import Context, reads
from bot.documents.reports import packed
from bot.refusal import Refusal
from bot.ui import teams as screens
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from bot.ui.obstacles import team_list
from bot.ui.team_charts import chart
from bot.ui.team_groups import PDF, XLSX
from bot.ui.team_people import people
from bot.ui.team_reports import report
from bot.ui.team_words import grip
from db import people as places

FILES = {PDF: "report-pdf", XLSX: "report-xlsx"}
SCALES = {
    "hari": Scale.DAY,
    "day": Scale.DAY,
    "minggu": Scale.WEEK,
    "pekan": Scale.WEEK,
    "week": Scale.WEEK,
    "bulan": Scale.MONTH,
    "month": Scale.MONTH,
}


@reads
async def team(update: Update, context: Context) -> None:
    """Answer how the team stands today, this week or this month."""
    del update
    word = context.args[0].lower() if context.args else "hari"
    if word not in SCALES:
        context.reply(*screens.which_stretch(context.t))
        return
    shown = await first_team(context, View(SCALES[word], context.today()))
    if shown is None:
        no = await no_team(context)
        menu = Button(context.t.gettext("Menu"), key("menu"))
        context.reply(context.t.html(no.message, **no.values), inline(menu))
        return
    drawn, words = pictured(context, *shown)
    context.paper(*drawn, **words)


async def first_team(context: Context, view: View) -> tuple[Team, list[Led]] | None:
    """Load the own team, else one led in another's place, and list those led so."""
    others = await stood_in_for(context)
    found = await team_of(context, view)
    if found is None and others:
        found = await team_of(context, replace(view, of=others[0].of))
    return (found, others) if found is not None else None


async def stood_in_for(context: Context) -> list[Led]:
    """List the teams that the asking person leads in another's place."""
    return await teams_stood_in_for(context.session, context.employee, on=context.today())


@reads
async def new_summary(update: Update, context: Context) -> None:
    """Put another team, or the stretch of another day, into the same message."""
    scale, day = numbers(tapped(update), 2)
    await redraw(context, view_of(context, scale, day))


@reads
async def stretch_now(update: Update, context: Context) -> None:
    """Put the stretch that lasts today into the same message, however old that is."""
    (scale,) = numbers(tapped(update), 1)
    await redraw(context, view_of(context, scale, context.today().toordinal()))


async def redraw(context: Context, view: View) -> None:
    """Put another view into the message that was tapped."""
    found = await own_team(context, view)
    drawn, words = pictured(context, found, await ways(context, found))
    context.redraw(*drawn, **words)


@reads
async def summary(update: Update, context: Context) -> None:
    """Go back to the summary."""
    scale, day = numbers(tapped(update), 2)
    found = await own_team(context, view_of(context, scale, day))
    _, words = pictured(context, found, await ways(context, found))
    context.edit(words["caption"], words["keyboard"])


@reads
async def team_people(update: Update, context: Context) -> None:
    """List the people of the team."""
    scale, day, page = numbers(tapped(update), 3)
    found = await own_team(context, view_of(context, scale, day))
    context.edit(*people(context.t, found, page))


@reads
async def units(update: Update, context: Context) -> None:
    """Show the units below the team by their sums."""
    scale, day = numbers(tapped(update), 2)
    found = await own_team(context, view_of(context, scale, day))
    context.edit(*screens.units(context.t, found))


@reads
async def obstacles(update: Update, context: Context) -> None:
    """List what holds the team up."""
    scale, day = numbers(tapped(update), 2)
    view = view_of(context, scale, day)
    found = await own_team(context, view)
    back = Button(context.t.gettext("Back"), key("team", *grip(view)))
    context.edit(*team_list(context.t, found.open.obstacles, back))


@reads
async def download(update: Update, context: Context) -> None:
    """Send the summary as PDF or as a workbook."""
    scale, day, kind = numbers(tapped(update), 3)
    if kind not in FILES:
        raise Refusal("This button no longer works.")
    found = await own_team(context, view_of(context, scale, day))
    made = report(context.t, found, context.now, context.employee.zone)
    name = f"tim-{found.view.day:%Y-%m-%d}"
    context.paper(FILES[kind], {"name": name, "report": packed(made)})


def pictured(
    context: Context, found: Team, led: Sequence[Led], *ways: Button
) -> tuple[tuple[str, Any], dict[str, Any]]:
    """Give the picture of a team, and the words and buttons below it."""
    t, zone = context.t, context.employee.zone
    caption, keyboard = screens.summary(t, found, (context.now, zone), led, *ways)
    drawn = plain(asdict(chart(t, found, context.now, zone)))
    return ("team-chart", drawn), {"caption": caption, "keyboard": keyboard}


async def ways(context: Context, found: Team) -> list[Led]:
    """List the teams that may be shown instead of one."""
    if found.view.of == OWN:
        return await stood_in_for(context)
    return await teams_led(context.session, context.employee, on=context.today())


async def own_team(context: Context, view: View) -> Team:
    """Load a team of whoever asks; nobody else's is ever loaded."""
    found = await team_of(context, view)
    if found is None:
        raise await no_team(context)
    return found


async def team_of(context: Context, view: View) -> Team | None:
    """Load a team of whoever asks, if there is one."""
    today = context.today()
    leader = await leader_of(context.session, context.employee, view.of, on=today)
    return await survey(context.session, leader, view, today=today)


async def no_team(context: Context) -> Refusal:
    """Say that the account leads nobody."""
    place = await places.placement_of(context.session, context.employee, on=context.today())
    if place is None:
        return Refusal(
            "This account is not known as a supervisor yet, so the summary cannot be opened."
        )
    return Refusal(
        "This account is not known as the supervisor of {unit} yet,"
        " so the summary cannot be opened.",
        unit=place[1].name,
    )


def view_of(context: Context, scale: int, day: int) -> View:
    """Read what a button speaks of; a day that cannot be is from a foreign button."""
    first, last = dt.date(context.today().year - 1, 1, 1), context.today()
    if scale < 0 or not first.toordinal() <= day <= last.toordinal():
        raise Refusal("This button no longer works.")
    of, stretch = divmod(scale, len(Scale))
    return View(Scale(stretch), dt.date.fromordinal(day), of)


def plain(value: Any) -> Any:
    """Turn decimals into text, so that the picture's data can be kept as JSON."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value


handlers = [
    CommandHandler("tim", team),
    CallbackQueryHandler(new_summary, pattern("team-new")),
    CallbackQueryHandler(stretch_now, pattern("team-now")),
    CallbackQueryHandler(summary, pattern("team")),
    CallbackQueryHandler(team_people, pattern("team-people")),
    CallbackQueryHandler(units, pattern("team-units")),
    CallbackQueryHandler(obstacles, pattern("team-obstacles")),
    CallbackQueryHandler(download, pattern("team-file")),
]
