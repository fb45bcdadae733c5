"""Questions about themes."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.plans import Theme


async def all_themes(session: AsyncSession) -> list[Theme]:
    """List every theme of the agency by name."""
    return list(await session.exec(select(Theme).order_by(col(Theme.name), col(Theme.code))))
