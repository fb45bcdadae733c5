"""What a leader's own RHK come to with all that is done below them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.cascades import Board, board_on, grown
from bot.actions.plan_views import Carried, Progress, ResultView
from bot.actions.standings import Stand
from bot.skp.pace import expectation, pace, share_of
from bot.skp.periods import year_of
from bot.skp.plans import Aspect
from bot.skp.workdays import ONE_DAY, WorkCalendar
from db import calendars, cascades, teams
from db.cascades import Goal
from db.models.people import Employee


async def with_below(
    session: AsyncSession, employee: Employee, results: Sequence[ResultView], *, today: dt.date
) -> list[ResultView]:
    """Add to a leader's RHK what they come to with all that stands on them.

    Only a leader may know it: it is made of what the people below have logged.
    """
    if not results or not await teams.leads(session, employee, on=today):
        return list(results)
    shown = {one.id for one in results}
    own = await cascades.goals_of(session, employee, year=today.year)
    roots = {one.id: one for one in own if one.id in shown}
    forest = await grown(session, roots.values())
    if len(forest.goals) == len(roots):
        return list(results)
    board = await board_on(session, forest, roots, cuts=[today + ONE_DAY])
    calendar = await calendars.calendar_of(session, employee, on=today)
    return [
        replace(one, carried=carried(board, roots[one.id], calendar)) if one.id in roots else one
        for one in results
    ]


def carried(board: Board, goal: Goal, calendar: WorkCalendar) -> Carried | None:
    """Tell what a goal comes to; one that nobody else carries comes to what its owner did."""
    measure = goal.leading
    if measure is None or not board.owners(goal.id) - {goal.owner}:
        return None
    rolled, today = board.rolled(goal.id), board.cuts[0] - ONE_DAY
    share = None
    if rolled.done is not None:
        share = share_of(rolled.done, measure.target, measure.direction)
    stand = Stand(
        text=measure.text,
        aspect=measure.aspect,
        unit=measure.unit,
        aggregation=measure.aggregation,
        done=rolled.done or Decimal(0),
        target=measure.target,
        share=share,
        direction=measure.direction,
    )
    keeps = None
    if measure.aspect is Aspect.QUANTITY:
        expected = expectation(measure, today, year_of(today), calendar)
        keeps = pace(share, expected, measure.direction)
    return Carried(Progress(stand, keeps), rolled.known, rolled.people)
