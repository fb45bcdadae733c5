"""Questions about half-finished dialogues."""

import datetime as dt
from typing import Any

from sqlalchemy import and_, bindparam, literal
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.messages import Draft
from db.models.people import Employee

LIFE = dt.timedelta(hours=24)


ONE = select(literal(1).label("one")).subquery()
# Asked at every arrival: a question that is put together once is answered much quicker.
WHO = (
    select(Employee, Draft)
    .select_from(ONE)
    .join(Employee, col(Employee.telegram_id) == bindparam("user"), isouter=True)
    .join(
        Draft,
        and_(
            col(Draft.chat_id) == bindparam("chat"),
            col(Draft.user_id) == bindparam("user"),
            col(Draft.expires_at) > bindparam("now"),
        ),
        isouter=True,
    )
)


async def who_speaks(
    session: AsyncSession, place: tuple[int, int], *, now: dt.datetime
) -> tuple[Employee | None, Draft | None]:
    """Find the person and the open dialogue of a chat and an account (their two numbers)."""
    chat_id, user_id = place
    found = await session.exec(WHO, params={"chat": chat_id, "user": user_id, "now": now})
    employee, draft = found.one()
    return employee, draft


async def find(session: AsyncSession, place: tuple[int, int], *, now: dt.datetime) -> Draft | None:
    """Find the open dialogue of a chat and a person (their two numbers)."""
    chat_id, user_id = place
    query = select(Draft).where(
        col(Draft.chat_id) == chat_id, col(Draft.user_id) == user_id, col(Draft.expires_at) > now
    )
    return (await session.exec(query)).first()


async def put(
    session: AsyncSession,
    place: tuple[int, int],
    step: str,
    data: dict[str, Any],
    *,
    now: dt.datetime,
) -> Draft:
    """Begin a dialogue or take it a step further; its version counts the steps."""
    chat_id, user_id = place
    query = select(Draft).where(col(Draft.chat_id) == chat_id, col(Draft.user_id) == user_id)
    draft = (await session.exec(query)).first()
    if draft is None:
        draft = Draft(chat_id=chat_id, user_id=user_id, step=step, expires_at=now + LIFE)
    else:
        draft.version += 1
    draft.step, draft.data, draft.expires_at = step, data, now + LIFE
    session.add(draft)
    await session.flush()
    return draft
