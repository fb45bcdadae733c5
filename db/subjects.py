"""What a message of ours is about, so that a reply to it is understood."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db import entries
from db.models.messages import Letter
from db.models.people import Employee


async def subject_at(session: AsyncSession, chat_id: int, message_id: int) -> str | None:
    """Tell what an answer or a letter in a private chat is about: `entry:7`, `feedback:3`."""
    about = await entries.about_at(session, chat_id, message_id)
    if about is not None:
        return about
    query = (
        select(Letter.kind, Letter.period)
        .join(Employee, col(Employee.id) == col(Letter.employee_id))
        .where(col(Employee.telegram_id) == chat_id, col(Letter.message_id) == message_id)
        .limit(1)
    )
    found = (await session.exec(query)).first()
    return f"{found[0]}:{found[1]}" if found else None
