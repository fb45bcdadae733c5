"""A leader turns to the whole team: thanks to each, and in the unit's group."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.actions import team_thanks
from bot.context import Context, reads
from bot.refusal import Refusal
from bot.ui import team_thanks as screens
from bot.ui.keys import numbers, pattern, tapped
from bot.ui.team_groups import posted
from handlers.teams import own_team, view_of


@reads
async def whole_team(update: Update, context: Context) -> None:
    """Show what the leader can say to all of the team, before it goes out."""
    scale, day = numbers(tapped(update), 2)
    view = view_of(context, scale, day)
    team = await own_team(context, view)
    found = await team_thanks.offer(context.session, context.employee, team, today=context.today())
    context.edit(*screens.whole_team(context.t, found, view))


async def thank(update: Update, context: Context) -> None:
    """Thank all of the team, or those who logged this week."""
    scale, day, whom = numbers(tapped(update), 3)
    if whom not in {screens.EVERYONE, screens.LOGGED}:
        raise Refusal("This button no longer works.")
    view = view_of(context, scale, day)
    team = await own_team(context, view)
    done = await team_thanks.send(
        context.session,
        context.employee,
        team,
        logged_only=whom == screens.LOGGED,
        now=context.now,
    )
    context.edit(*screens.thanked(context.t, done, view))


async def thank_in_group(update: Update, context: Context) -> None:
    """Say the thanks in the unit's group, too."""
    scale, day = numbers(tapped(update), 2)
    view = view_of(context, scale, day)
    team = await own_team(context, view)
    done = await team_thanks.tell_group(context.session, context.employee, team, now=context.now)
    context.edit(*posted(context.t, done, view))


handlers = [
    CallbackQueryHandler(whole_team, pattern("team-all")),
    CallbackQueryHandler(thank, pattern("team-thank")),
    CallbackQueryHandler(thank_in_group, pattern("team-thank-group")),
]
