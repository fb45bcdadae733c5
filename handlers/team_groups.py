"""A leader shares how the team stands: as papers, and as totals in the unit's group."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.actions import team_groups
from bot.context import Context, reads
from bot.ui import team_groups as screens
from bot.ui.keys import numbers, pattern, tapped
from handlers.teams import own_team, view_of


@reads
async def share(update: Update, context: Context) -> None:
    """Offer the papers, and show what the unit's group would read."""
    scale, day = numbers(tapped(update), 2)
    view = view_of(context, scale, day)
    team = await own_team(context, view)
    offered = await team_groups.offer(
        context.session, context.employee, team, today=context.today()
    )
    context.edit(*screens.share(context.t, view, offered))


async def tell(update: Update, context: Context) -> None:
    """Put the totals into the unit's group."""
    scale, day = numbers(tapped(update), 2)
    view = view_of(context, scale, day)
    team = await own_team(context, view)
    done = await team_groups.tell_totals(context.session, context.employee, team, now=context.now)
    context.edit(*screens.posted(context.t, done, view))


handlers = [
    CallbackQueryHandler(share, pattern("team-share")),
    CallbackQueryHandler(tell, pattern("team-tell")),
]
