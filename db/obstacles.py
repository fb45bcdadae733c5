"""Questions about what holds people up."""

from collections.abc import Collection, Sequence

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.keys import among
from db.models.dealings import Obstacle
from db.models.people import Employee
from db.team_questions import KEYS


async def own_open(session: AsyncSession, employee: Employee) -> list[Obstacle]:
    """List a person's own obstacles that are not over, the oldest first."""
    query = (
        select(Obstacle)
        .where(col(Obstacle.employee_id) == employee.id, col(Obstacle.closed_at).is_(None))
        .order_by(col(Obstacle.id))
    )
    return list(await session.exec(query))


async def own(
    session: AsyncSession, employee: Employee, obstacle_id: int, *, change: bool = False
) -> Obstacle | None:
    """Find one of a person's own obstacles; a change holds its row."""
    query = select(Obstacle).where(
        col(Obstacle.id) == obstacle_id, col(Obstacle.employee_id) == employee.id
    )
    return (await session.exec(query.with_for_update() if change else query)).first()


# Asked at every summary, so it is put together once.
OPEN = (
    select(Obstacle)
    .where(among(col(Obstacle.employee_id), KEYS), col(Obstacle.closed_at).is_(None))
    .order_by(col(Obstacle.id))
)


async def open_of(session: AsyncSession, employee_ids: Collection[int]) -> list[Obstacle]:
    """List what holds some people up, the oldest first."""
    return list(await session.exec(OPEN, params={"keys": list(employee_ids)}))


async def of_person(
    session: AsyncSession, employee_id: int, obstacle_id: int, *, change: bool = False
) -> Obstacle | None:
    """Find an obstacle of a person whom the caller leads; a change holds its row."""
    query = select(Obstacle).where(
        col(Obstacle.id) == obstacle_id, col(Obstacle.employee_id) == employee_id
    )
    return (await session.exec(query.with_for_update() if change else query)).first()


async def count_open(session: AsyncSession, employee_ids: Collection[int]) -> dict[int, int]:
    """Count what holds some people up, by person."""
    query = (
        select(col(Obstacle.employee_id), func.count())
        .where(among(col(Obstacle.employee_id), employee_ids), col(Obstacle.closed_at).is_(None))
        .group_by(col(Obstacle.employee_id))
    )
    return dict((await session.exec(query)).all())


async def by_keys(session: AsyncSession, keys: Collection[int]) -> Sequence[Obstacle]:
    """Load obstacles for the post, which has no one who asks."""
    return (await session.exec(select(Obstacle).where(col(Obstacle.id).in_(keys)))).all()
