"""Questions about what waits and what lies aside."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.messages import Arrival
from db.states import ArrivalState


@dataclass(frozen=True)
class Backlog:
    """What waits in the inbox, and what was set aside with its last error."""

    count: int
    oldest: dt.datetime | None
    aside: int
    error: str | None


async def backlog(session: AsyncSession) -> Backlog:
    """Count what waits and what lies aside."""
    waiting = select(func.count(), func.min(Arrival.received_at)).where(
        col(Arrival.state) == ArrivalState.NEW
    )
    count, oldest = (await session.exec(waiting)).one()
    aside = select(Arrival).where(col(Arrival.state) == ArrivalState.ASIDE)
    lying = (await session.exec(aside.order_by(col(Arrival.id).desc()).limit(50))).all()
    return Backlog(count, oldest, len(lying), lying[0].error if lying else None)
