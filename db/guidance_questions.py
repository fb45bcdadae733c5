"""Questions about what people ask the widyaiswara."""

from collections.abc import Collection
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.guidance import is_widyaiswara
from db.models.guidance import GuidanceQuestion
from db.models.people import Employee


async def waiting(session: AsyncSession, widyaiswara: Employee) -> list[GuidanceQuestion]:
    """List what nobody has answered yet, the own themes first, the oldest on top."""
    query = (
        select(GuidanceQuestion).where(*answerable(widyaiswara)).order_by(col(GuidanceQuestion.id))
    )
    if not is_widyaiswara(widyaiswara):
        return []
    found = list(await session.exec(query))
    return sorted(found, key=lambda one: one.theme not in widyaiswara.themes)


def answerable(widyaiswara: Employee) -> tuple[Any, ...]:
    """Match what waits for an answer; nobody answers the own question."""
    return (
        col(GuidanceQuestion.answered_at).is_(None),
        col(GuidanceQuestion.employee_id) != widyaiswara.id,
    )


async def one_of(
    session: AsyncSession, widyaiswara: Employee, question_id: int, *, change: bool = False
) -> GuidanceQuestion | None:
    """Find somebody's question for a widyaiswara, answered or not; a change holds its row."""
    query = select(GuidanceQuestion).where(
        col(GuidanceQuestion.id) == question_id,
        col(GuidanceQuestion.employee_id) != widyaiswara.id,
    )
    if not is_widyaiswara(widyaiswara):
        return None
    return (await session.exec(query.with_for_update() if change else query)).first()


async def open_of(session: AsyncSession, employee: Employee) -> list[GuidanceQuestion]:
    """List what a person has asked and nobody has answered."""
    query = select(GuidanceQuestion).where(
        col(GuidanceQuestion.employee_id) == employee.id,
        col(GuidanceQuestion.answered_at).is_(None),
    )
    return list(await session.exec(query))


async def asked_by(session: AsyncSession, employee: Employee) -> list[GuidanceQuestion]:
    """List all that a person has asked, answered or not."""
    query = (
        select(GuidanceQuestion)
        .where(col(GuidanceQuestion.employee_id) == employee.id)
        .order_by(col(GuidanceQuestion.id))
    )
    return list(await session.exec(query))


async def by_keys(session: AsyncSession, keys: Collection[int]) -> list[GuidanceQuestion]:
    """Load questions for the post, which has no one who asks."""
    query = select(GuidanceQuestion).where(col(GuidanceQuestion.id).in_(keys))
    return list(await session.exec(query))
