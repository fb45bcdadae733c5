"""Check a sentence for somebody: with their position, their RHK and those of their leader."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.understanding.coach import Judgement, Kind, judge
from bot.understanding.coach_wordings import wordings
from db import people, plans
from db.models.people import Employee


@dataclass(frozen=True)
class Advice:
    """What the coach found, and two better wordings where something is missing."""

    judgement: Judgement
    wordings: tuple[str, ...]


async def check(
    session: AsyncSession, employee: Employee | None, kind: Kind, text: str, *, on: dt.date
) -> Advice:
    """Check a sentence; a stranger's is checked without a position."""
    job, aims = await _known(session, employee, kind, on) if employee else ("", [])
    judgement = judge(kind, text, job=job, aims=aims)
    return Advice(judgement, wordings(judgement))


async def _known(
    session: AsyncSession, employee: Employee, kind: Kind, on: dt.date
) -> tuple[str, list[str]]:
    """Give a person's position, and the results that such a sentence should serve."""
    placed = await people.placement_of(session, employee, on=on)
    job = placed[0].position if placed else ""
    if kind is not Kind.LOG:
        return job, await plans.supported(session, employee, year=on.year)
    outlook = await plans.outlook(session, employee, on=on)
    return job, [one.text for one in outlook.results]
