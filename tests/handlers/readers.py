"""Readers of the other language, for conversations in both."""

from sqlmodel import select

from db.models.people import Employee


async def reads(agora, account: int, language: str) -> None:
    """Let a person who is in read another language."""
    async with agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == account)
        (await session.exec(query)).one().language = language
