"""A group belongs to the unit of the leader who has brought the bot in."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from db import people, teams, unit_groups
from db.models.messages import AuditRecord
from db.models.people import Employee
from db.models.quiz import UnitGroup


@dataclass(frozen=True)
class Linked:
    """To which unit a group belongs, and whether that is new."""

    unit: str
    new: bool


async def link(
    session: AsyncSession, leader: Employee | None, place: tuple[int, str], *, now: dt.datetime,
    today: dt.date,
) -> Linked | None:  # fmt: skip
    """Give a group (its number and title) to its leader's unit; nobody else's becomes known."""
    if leader is None or not await teams.leads(session, leader, on=today):
        return None
    placed = await people.placement_of(session, leader, on=today)
    if placed is None:
        return None
    chat_id, title = place
    unit = placed[1]
    known = await unit_groups.at(session, chat_id)
    new = known is None or known.unit_id != unit.id
    group = known or UnitGroup(
        chat_id=chat_id, unit_id=unit.id or 0, title="", added_by=leader.id or 0, since=now
    )
    group.unit_id, group.title, group.added_by = unit.id or 0, title[:200], leader.id or 0
    session.add(group)
    if new:
        told = {"unit": unit.id, "title": title[:200]}
        session.add(AuditRecord(at=now, actor_id=leader.id, action="group.linked", details=told))
    await session.flush()
    return Linked(unit.name, new)


async def forget(session: AsyncSession, chat_id: int) -> None:
    """Forget a group that the bot has left."""
    await unit_groups.forget(session, chat_id)
