"""How the library is used, never by whom."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.guidance import widyaiswara_only
from bot.skp.manuscripts import Use
from db import guidance_uses
from db.models.people import Employee

DAYS = 30
MOST = 5


@dataclass(frozen=True)
class ArticleUse:
    """How often an article was read and judged."""

    slug: str
    read: int
    helpful: int
    unhelpful: int


@dataclass(frozen=True)
class LibraryUse:
    """What was searched in the last days, and the articles that were read most."""

    found: int
    missed: int
    articles: tuple[ArticleUse, ...]


async def used(session: AsyncSession, reader: Employee, *, today: dt.date) -> LibraryUse:
    """Sum up for a widyaiswara how the library was used in the last days."""
    widyaiswara_only(reader)
    sums = await guidance_uses.sums(session, since=today - dt.timedelta(days=DAYS - 1))
    slugs = {slug for slug, _ in sums if slug}
    articles = [_of(slug, sums) for slug in slugs]
    articles.sort(key=lambda one: (-one.read, one.slug))
    found, missed = (sums.get(("", use), 0) for use in (Use.FOUND, Use.MISSED))
    return LibraryUse(found, missed, tuple(articles[:MOST]))


async def used_of(
    session: AsyncSession, reader: Employee, slug: str, *, today: dt.date
) -> ArticleUse:
    """Sum up for a widyaiswara how one article was used in the last days."""
    widyaiswara_only(reader)
    sums = await guidance_uses.sums(session, since=today - dt.timedelta(days=DAYS - 1))
    return _of(slug, sums)


def _of(slug: str, sums: dict[tuple[str, Use], int]) -> ArticleUse:
    read, helpful, unhelpful = (
        sums.get((slug, use), 0) for use in (Use.READ, Use.HELPFUL, Use.UNHELPFUL)
    )
    return ArticleUse(slug, read, helpful, unhelpful)
