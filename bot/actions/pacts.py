"""The agency's own Pakta Integritas: set by an admin, read and marked as read by everyone."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.broadcasts import waits
from bot.actions.staff import admin_only
from bot.refusal import Refusal
from db import letters, pacts
from db.letters import Written
from db.models.messages import AuditRecord
from db.models.pacts import PactReading, PactVersion
from db.models.people import Employee
from db.staff import is_admin
from db.states import Priority

# A text that came as a file and is still to be read.
SENT = "pact.sent"
# Everybody is told that there is a new version.
NEW = "pact-new"
LONGEST = 20_000


@dataclass(frozen=True)
class Pact:
    """One version as a person sees it: the day it was read, and what is theirs to count."""

    id: int
    number: int
    text: str
    published_at: dt.datetime
    read_at: dt.datetime | None = None
    # Of everybody who is in, for an admin: how many have read it, of how many.
    reach: tuple[int, int] | None = None
    # Of the own team, for its leader: how many have not read it, of how many.
    team: tuple[int, int] | None = None


@dataclass(frozen=True)
class Preview:
    """What an admin is about to publish."""

    id: int
    text: str
    number: int


async def look(session: AsyncSession, employee: Employee, *, today: dt.date) -> Pact | None:
    """Show a person the version that holds now; nothing while there is none."""
    version = await pacts.present(session)
    if version is None:
        return None
    reading = await pacts.reading_of(session, employee, version)
    unread, members = await pacts.unread_in_team(session, employee, version, on=today)
    return Pact(
        id=version.id or 0,
        number=version.number or 0,
        text=version.text,
        published_at=version.published_at or version.created_at,
        read_at=reading.read_at if reading else None,
        reach=await pacts.reach(session, employee, version) if is_admin(employee) else None,
        team=(unread, members) if members else None,
    )


async def mark_read(
    session: AsyncSession, employee: Employee, version_id: int, *, now: dt.datetime
) -> None:
    """Keep that a person has read the present version; a second tap changes nothing."""
    version = await pacts.present(session)
    if version is None or version.id != version_id:
        raise Refusal("There is a newer version. Send /pakta to read it.")
    if await pacts.reading_of(session, employee, version) is None:
        row = PactReading(employee_id=employee.id or 0, version_id=version_id, read_at=now)
        session.add(row)
        await session.flush()


async def write(session: AsyncSession, admin: Employee, text: str, *, now: dt.datetime) -> Preview:
    """Keep a text as the admin's one draft, which nobody else sees yet."""
    admin_only(admin)
    words = text.replace("\x00", "").strip()
    if not words:
        raise Refusal("The text is empty. Send the agency's own Pakta Integritas.")
    if len(words) > LONGEST:
        raise Refusal("The text is longer than {most} characters.", most=LONGEST)
    await pacts.forget_drafts(session, admin)
    version = PactVersion(text=words, author_id=admin.id or 0, created_at=now)
    session.add(version)
    await session.flush()
    return await _preview(session, version)


async def preview(session: AsyncSession, admin: Employee, version_id: int) -> Preview:
    """Show an admin the own draft."""
    return await _preview(session, await _draft(session, admin, version_id))


async def _preview(session: AsyncSession, version: PactVersion) -> Preview:
    present = await pacts.present(session)
    number = (present.number or 0) + 1 if present else 1
    return Preview(version.id or 0, version.text, number)


async def _draft(session: AsyncSession, admin: Employee, version_id: int) -> PactVersion:
    admin_only(admin)
    version = await pacts.draft_of(session, admin, version_id)
    if version is None:
        raise Refusal("This button no longer works.")
    return version


async def publish(
    session: AsyncSession, admin: Employee, version_id: int, *, now: dt.datetime
) -> tuple[int, int]:
    """Let a draft hold from now on, and ask everybody anew; give its number and how many."""
    version = await _draft(session, admin, version_id)
    version.number, version.published_at = (await _preview(session, version)).number, now
    session.add(version)
    told = {"version": version_id, "number": version.number}
    session.add(AuditRecord(at=now, actor_id=admin.id, action="pact.published", details=told))
    await session.flush()
    people = await pacts.asked(session)
    due = {zone: waits(zone, now) or now for _, zone in people}
    written = [
        Written(one, NEW, str(version_id), due[zone], Priority.BROADCAST) for one, zone in people
    ]
    await letters.put(session, written)
    return version.number, len(people)


async def drop(session: AsyncSession, admin: Employee, version_id: int) -> None:
    """Let a draft go."""
    await session.delete(await _draft(session, admin, version_id))
