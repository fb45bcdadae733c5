"""What an admin sees of changes: who changed what, page by page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.staff import admin_only
from db import audit, staff
from db.models.people import Employee

PAGE = 8


@dataclass(frozen=True)
class ChangeLine:
    """One change as plain values."""

    at: dt.datetime
    actor: str | None
    action: str
    subject: str | None
    details: dict[str, Any]


@dataclass(frozen=True)
class Changes:
    """A page of changes, the newest first; `about` is the one person they are about, or 0."""

    page: int
    lines: tuple[ChangeLine, ...]
    older: bool
    about: int


async def changes_about(
    session: AsyncSession, admin: Employee, text: str
) -> list[tuple[int, str, str]]:
    """List the people whose changes a text may ask for: key, name, NIP."""
    admin_only(admin)
    return [(one.id or 0, one.name, one.nip) for one in await staff.search(session, admin, text)]


async def changes(session: AsyncSession, admin: Employee, page: int, about: int = 0) -> Changes:
    """Show a page of changes; a page that is not there is the first."""
    admin_only(admin)
    page = max(page, 0)
    people = [about] if about else []
    skip, limit = page * PAGE, PAGE + 1
    found = await audit.changes(session, admin, about=people, skip=skip, limit=limit)
    if not found and page:
        return await changes(session, admin, 0, about)
    lines = tuple(
        ChangeLine(one.at, one.actor, one.action, one.subject, one.details) for one in found[:PAGE]
    )
    return Changes(page, lines, len(found) > PAGE, about)
