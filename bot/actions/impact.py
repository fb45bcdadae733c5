"""Which of somebody's RHK lies on a way to a theme already."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import plan_drafts
from bot.actions.receipts import ResultLine
from bot.understanding.matching import match
from bot.understanding.proposal import Profile, Result
from bot.understanding.spelling import read
from bot.understanding.words import load_words
from db import people, plans
from db.models.people import Employee
from db.plans import Outcome, Outlook

# How much must speak for an RHK that names no theme; measured on the RHK of many jobs.
ENOUGH = 2.2


@dataclass(frozen=True)
class Standing:
    """Where a person stands: whether there are RHK at all, and which one is on the way."""

    planned: bool
    number: int | None = None
    text: str = ""


async def position_of(session: AsyncSession, employee: Employee, *, on: dt.date) -> str:
    """Give a person's position; empty when they have none."""
    placed = await people.placement_of(session, employee, on=on)
    return placed[0].position if placed else ""


async def themes_of(session: AsyncSession, employee: Employee, *, on: dt.date) -> set[str]:
    """Give the themes that a person looks after or has RHK for."""
    outlook = await plans.outlook(session, employee, on=on)
    return {*employee.themes, *(theme for one in outlook.results for theme in one.themes)}


async def standing_on(
    session: AsyncSession, employee: Employee, theme: str, way: str, *, on: dt.date
) -> Standing:
    """Tell which RHK of a person's year is on a way to a theme; `way` says it in a sentence."""
    outlook = await plans.outlook(session, employee, on=on)
    found = nearest(outlook, theme, way)
    if found is None:
        return Standing(planned=bool(outlook.results))
    return Standing(planned=True, number=found.number, text=found.text)


async def propose(
    session: AsyncSession, employee: Employee, sentence: str, theme: str, *, now: dt.datetime
) -> ResultLine:
    """Add the RHK of a way to the person's plan as a draft under its theme.

    Only the sentence is taken: a figure of the region or of an example is nobody's own target.
    """
    today = now.astimezone(ZoneInfo(employee.zone)).date()
    added = await plan_drafts.add(session, employee, sentence, now=now, today=today)
    for one in added:
        one.themes = [theme]
        session.add(one)
    await session.flush()
    return ResultLine(added[0].id or 0, added[0].number, added[0].text)


def nearest(outlook: Outlook, theme: str, way: str) -> Outcome | None:
    """Choose the RHK nearest to a way: among those of its theme, else one that surely fits."""
    themed = [one for one in outlook.results if theme in one.themes]
    results = tuple(
        Result(one.number, one.text, None, keywords=one.keywords)
        for one in themed or outlook.results
    )
    words = load_words()
    ranked = match(read(way, words), (), Profile(outlook.position, results), words)
    if not ranked.nearest or (not themed and ranked.strength < ENOUGH):
        return None
    return outlook.numbered(ranked.nearest[0])
