"""Questions about the guidance that the agency's own widyaiswara write."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import String, cast, exists, func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.manuscripts import VersionState
from bot.skp.people import Role
from db.letters import sought
from db.models.guidance import GuidanceEdition, GuidanceVersion
from db.models.messages import SOUGHT, Letter
from db.models.people import Employee

ONLY = 1
DUE = "guidance-due"
UNFINISHED = (VersionState.DRAFT, VersionState.RETURNED)
UNDECIDED = (*UNFINISHED, VersionState.SUBMITTED)
STOOD = (VersionState.PUBLISHED, VersionState.WITHDRAWN)


def is_widyaiswara(person: Employee) -> bool:
    """Tell whether a person writes and reviews guidance."""
    return Role.WIDYAISWARA in person.roles


# Asked at every search.
EDITION = select(GuidanceEdition.number).where(col(GuidanceEdition.id) == ONLY)


async def edition(session: AsyncSession) -> int:
    """Tell how often the published guidance has changed."""
    return (await session.exec(EDITION)).first() or 0


async def raise_edition(session: AsyncSession) -> None:
    """Let every process notice that the published guidance has changed."""
    build = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = build(GuidanceEdition).values(id=ONLY, number=1)
    counted = {"number": col(GuidanceEdition.number) + 1}
    await (await session.connection()).execute(
        statement.on_conflict_do_update(index_elements=["id"], set_=counted)
    )


async def laid_over(session: AsyncSession) -> dict[str, str | None]:
    """Give each article's published text by its id; nothing for one that was withdrawn."""
    query = select(GuidanceVersion).where(col(GuidanceVersion.state).in_(STOOD))
    texts: dict[str, str | None] = {}
    for version in await session.exec(query):
        if version.state is VersionState.PUBLISHED:
            texts[version.slug] = version.text
        else:
            texts.setdefault(version.slug, None)
    return texts


async def own(session: AsyncSession, author: Employee) -> list[GuidanceVersion]:
    """List what a person writes and nobody has decided about, the newest first."""
    query = (
        select(GuidanceVersion)
        .where(
            col(GuidanceVersion.author_id) == author.id,
            col(GuidanceVersion.state).in_(UNDECIDED),
        )
        .order_by(col(GuidanceVersion.id).desc())
    )
    return list(await session.exec(query)) if is_widyaiswara(author) else []


async def own_one(
    session: AsyncSession, author: Employee, version_id: int, *, change: bool = False
) -> GuidanceVersion | None:
    """Find what a person writes; a change holds its row."""
    query = select(GuidanceVersion).where(
        col(GuidanceVersion.id) == version_id,
        col(GuidanceVersion.author_id) == author.id,
        col(GuidanceVersion.state).in_(UNDECIDED),
    )
    return await _one(session, author, query, change=change)


async def own_unfinished(
    session: AsyncSession, author: Employee, slug: str
) -> GuidanceVersion | None:
    """Find a person's own unfinished version of an article."""
    query = select(GuidanceVersion).where(
        col(GuidanceVersion.slug) == slug,
        col(GuidanceVersion.author_id) == author.id,
        col(GuidanceVersion.state).in_(UNFINISHED),
    )
    return await _one(session, author, query, change=True)


async def queue(session: AsyncSession, reviewer: Employee) -> list[GuidanceVersion]:
    """List what waits for a second widyaiswara, the oldest first; never one's own."""
    query = (
        select(GuidanceVersion)
        .where(*reviewable(reviewer))
        .order_by(col(GuidanceVersion.submitted_at), col(GuidanceVersion.id))
    )
    return list(await session.exec(query)) if is_widyaiswara(reviewer) else []


async def to_review(
    session: AsyncSession, reviewer: Employee, version_id: int, *, change: bool = False
) -> GuidanceVersion | None:
    """Find what a person may review; a change holds its row."""
    query = select(GuidanceVersion).where(
        col(GuidanceVersion.id) == version_id, *reviewable(reviewer)
    )
    return await _one(session, reviewer, query, change=change)


def reviewable(reviewer: Employee) -> tuple[Any, ...]:
    """Match what waits for review and was written by somebody else."""
    return (
        col(GuidanceVersion.state) == VersionState.SUBMITTED,
        col(GuidanceVersion.author_id) != reviewer.id,
    )


async def standing(session: AsyncSession, reader: Employee) -> list[GuidanceVersion]:
    """List the published articles for a widyaiswara, those to be reviewed first on top."""
    query = (
        select(GuidanceVersion)
        .where(col(GuidanceVersion.state) == VersionState.PUBLISHED)
        .order_by(col(GuidanceVersion.review_due), col(GuidanceVersion.id))
    )
    return list(await session.exec(query)) if is_widyaiswara(reader) else []


async def stood(
    session: AsyncSession, person: Employee, version_id: int, *, change: bool = False
) -> GuidanceVersion | None:
    """Find for a widyaiswara what is or was published."""
    query = select(GuidanceVersion).where(
        col(GuidanceVersion.id) == version_id, col(GuidanceVersion.number).is_not(None)
    )
    return await _one(session, person, query, change=change)


async def versions(session: AsyncSession, slug: str) -> list[tuple[GuidanceVersion, Employee]]:
    """List every version of an article that was published, the newest first, with its author."""
    query = (
        select(GuidanceVersion, Employee)
        .join(Employee, col(Employee.id) == col(GuidanceVersion.author_id))
        .where(col(GuidanceVersion.slug) == slug, col(GuidanceVersion.number).is_not(None))
        .order_by(col(GuidanceVersion.number).desc())
    )
    return list(await session.exec(query))


async def put_aside(session: AsyncSession, slug: str) -> int:
    """Let the present version of an article be replaced; give the number of the next."""
    await session.execute(
        update(GuidanceVersion)
        .where(
            col(GuidanceVersion.slug) == slug,
            col(GuidanceVersion.state).in_(STOOD),
        )
        .values(state=VersionState.REPLACED)
    )
    query = select(func.max(GuidanceVersion.number)).where(col(GuidanceVersion.slug) == slug)
    return ((await session.exec(query)).one() or 0) + 1


async def expiring(session: AsyncSession, *, until: dt.date) -> list[GuidanceVersion]:
    """List the published articles whose review is due until a day and of which nobody was told."""
    told = exists().where(sought(DUE, cast(col(GuidanceVersion.id), String)))
    query = select(GuidanceVersion).where(
        col(GuidanceVersion.state) == VersionState.PUBLISHED,
        col(GuidanceVersion.review_due) <= until,
        ~told,
    )
    return list(await session.exec(query))


async def told_of(session: AsyncSession, periods: Collection[str]) -> set[str]:
    """Tell on which of some occasions a review that is due was spoken of."""
    query = select(Letter.period).where(
        SOUGHT, col(Letter.kind) == DUE, col(Letter.period).in_(periods)
    )
    return set(await session.exec(query))


async def minders(session: AsyncSession, theme: str | None) -> list[Employee]:
    """List the widyaiswara who look after a theme; when nobody does, all of them."""
    # The roles are a small list kept as JSON, which both databases can read as text.
    query = (
        select(Employee)
        .where(
            cast(col(Employee.roles), String).like(f'%"{Role.WIDYAISWARA.value}"%'),
            col(Employee.telegram_id).is_not(None),
        )
        .order_by(col(Employee.id))
    )
    everybody = list(await session.exec(query))
    return [one for one in everybody if theme in one.themes] or everybody


async def by_keys(
    session: AsyncSession, keys: Collection[int]
) -> list[tuple[GuidanceVersion, Employee]]:
    """Load versions with their authors for the post, which has no one who asks."""
    query = (
        select(GuidanceVersion, Employee)
        .join(Employee, col(Employee.id) == col(GuidanceVersion.author_id))
        .where(col(GuidanceVersion.id).in_(keys))
    )
    return list(await session.exec(query))


async def _one(
    session: AsyncSession, person: Employee, query: Any, *, change: bool
) -> GuidanceVersion | None:
    if not is_widyaiswara(person):
        return None
    found: GuidanceVersion | None = (
        await session.exec(query.with_for_update() if change else query)
    ).first()
    return found
