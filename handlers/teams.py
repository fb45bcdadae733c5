"""What a leader asks of the team: the summary, a person, the units below."""

import datetime as dt
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions.teams import Scale, Team, View, look, survey
from bot.context import Context, reads
from bot.refusal import Refusal
from bot.ui import teams as screens
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from bot.ui.team_charts import chart
from db import people
from db.models.messages import AuditRecord

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
        context.reply(*screens.which_stretch(context.t, context.today()))
        return
    await send(context, View(SCALES[word], context.today()))


@reads
async def new_summary(update: Update, context: Context) -> None:
    """Answer a tap with a summary of its own, since its picture is another one."""
    scale, day = numbers(tapped(update), 2)
    await send(context, view_of(context, scale, day))


@reads
async def summary(update: Update, context: Context) -> None:
    """Go back to the summary."""
    scale, day = numbers(tapped(update), 2)
    found = await own_team(context, view_of(context, scale, day))
    context.edit(*screens.summary(context.t, found, context.now, context.employee.zone))


@reads
async def team_people(update: Update, context: Context) -> None:
    """List the people of the team."""
    scale, day, page = numbers(tapped(update), 3)
    found = await own_team(context, view_of(context, scale, day))
    context.edit(*screens.people(context.t, found, page))


@reads
async def person(update: Update, context: Context) -> None:
    """Look at one person, who can see later who looked."""
    scale, day, employee_id, page = numbers(tapped(update), 4)
    view = view_of(context, scale, day)
    shown = await look(context.session, context.employee, employee_id, view, today=context.today())
    context.record(
        AuditRecord(
            at=context.now,
            actor_id=context.employee.id,
            action="looked",
            subject_id=shown.line.member.id,
        )
    )
    context.edit(*screens.person(context.t, shown, page))


@reads
async def units(update: Update, context: Context) -> None:
    """Show the units below the team by their sums."""
    scale, day = numbers(tapped(update), 2)
    found = await own_team(context, view_of(context, scale, day))
    context.edit(*screens.units(context.t, found))


async def send(context: Context, view: View) -> None:
    """Send the picture with the summary below it; say kindly when there is no team."""
    leader, t = context.employee, context.t
    found = await survey(context.session, leader, view, today=context.today())
    if found is None:
        no = await no_team(context)
        menu = Button(t.gettext("Menu"), key("menu"))
        context.reply(t.html(no.message, **no.values), inline(menu))
        return
    caption, keyboard = screens.summary(t, found, context.now, leader.zone)
    drawn = asdict(chart(t, found, context.now, leader.zone))
    context.paper("team-chart", plain(drawn), caption=caption, keyboard=keyboard)


async def own_team(context: Context, view: View) -> Team:
    """Load the team of whoever asks; nobody else's is ever loaded."""
    found = await survey(context.session, context.employee, view, today=context.today())
    if found is None:
        raise await no_team(context)
    return found


async def no_team(context: Context) -> Refusal:
    """Say that the account leads nobody."""
    place = await people.placement_of(context.session, context.employee, on=context.today())
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
    if scale not in set(Scale) or not first.toordinal() <= day <= last.toordinal():
        raise Refusal("This button no longer works.")
    return View(Scale(scale), dt.date.fromordinal(day))


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
    CallbackQueryHandler(summary, pattern("team")),
    CallbackQueryHandler(team_people, pattern("team-people")),
    CallbackQueryHandler(person, pattern("team-one")),
    CallbackQueryHandler(units, pattern("team-units")),
]
