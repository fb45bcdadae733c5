"""How often guidance is read, searched and found helpful; never by whom."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeAlias

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.manuscripts import Use
from db.models.guidance import GuidanceUse

# What was done, with which article, on which day.
Counted: TypeAlias = tuple[str, Use, dt.date]


async def count(session: AsyncSession, done: Iterable[Counted]) -> None:
    """Count what was done; always in the same order, so that no two wait for each other."""
    rows: dict[Counted, int] = {}
    for one in done:
        rows[one] = rows.get(one, 0) + 1
    build = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    connection = await session.connection()
    for (article, kind, day), times in sorted(rows.items()):
        statement = build(GuidanceUse).values(article=article, kind=kind, day=day, times=times)
        more = {"times": col(GuidanceUse.times) + statement.excluded.times}
        await connection.execute(
            statement.on_conflict_do_update(index_elements=["article", "kind", "day"], set_=more)
        )


async def sums(session: AsyncSession, *, since: dt.date) -> dict[tuple[str, Use], int]:
    """Sum up what was done since a day, by article and kind."""
    query = (
        select(GuidanceUse.article, GuidanceUse.kind, func.sum(GuidanceUse.times))
        .where(col(GuidanceUse.day) >= since)
        .group_by(col(GuidanceUse.article), col(GuidanceUse.kind))
    )
    return {(article, Use(kind)): int(times) for article, kind, times in await session.exec(query)}
