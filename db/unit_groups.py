"""Questions about the groups of units."""

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.people import Employee
from db.models.quiz import QuizSending, UnitGroup


async def at(session: AsyncSession, chat_id: int) -> UnitGroup | None:
    """Find the unit's group that a chat is."""
    query = select(UnitGroup).where(col(UnitGroup.chat_id) == chat_id)
    return (await session.exec(query)).first()


async def of_unit(session: AsyncSession, asker: Employee, unit_id: int) -> UnitGroup | None:
    """Find the newest group of a unit, for whoever is in."""
    query = (
        select(UnitGroup)
        .where(col(UnitGroup.unit_id) == unit_id)
        .order_by(col(UnitGroup.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first() if asker.consented_at is not None else None


async def by_key(session: AsyncSession, key: int) -> UnitGroup | None:
    """Load a group for the post, as long as the bot is in it."""
    return await session.get(UnitGroup, key)


async def forget(session: AsyncSession, chat_id: int) -> None:
    """Forget a group that the bot is no longer in."""
    group = await at(session, chat_id)
    if group is None:
        return
    await session.execute(
        update(QuizSending).where(col(QuizSending.group_id) == group.id).values(group_id=None)
    )
    await session.execute(delete(UnitGroup).where(col(UnitGroup.id) == group.id))
