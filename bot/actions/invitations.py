"""Invitation codes: one open code a person, of which only the digest is kept."""

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.refusal import Refusal
from db import invitations
from db.models.people import CodeTries, Employee, Invitation

DAYS = 14
# Eighteen bytes make twenty-four letters; nobody guesses among 2 to the power of 144.
SECRET_BYTES = 18
CODE = re.compile(r"[A-Za-z0-9_-]{6,64}")
TRIES = 5
WAIT = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Invited:
    """One person's fresh code; it cannot be read from the database again."""

    employee_id: int
    nip: str
    name: str
    code: str
    expires_at: dt.datetime


class Denial(StrEnum):
    """Why a code does not open the door."""

    WAIT = "wait"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"
    TAKEN = "taken"


@dataclass(frozen=True)
class Tried:
    """What became of a code: the person behind it, or why not and until when to wait."""

    employee: Employee | None = None
    denial: Denial | None = None
    wait_until: dt.datetime | None = None


async def invite(
    session: AsyncSession, people: Sequence[Employee], *, now: dt.datetime, days: int = DAYS
) -> list[Invited]:
    """Make a code for each person; it replaces the one they had."""
    inside = [person.name for person in people if person.telegram_id is not None]
    if inside:
        raise Refusal(
            "{name} is already in. To move to another Telegram account, release the present one"
            " first with /pegawai.",
            name=", ".join(inside[:3]),
        )
    await invitations.forget(session, people)
    expires_at = now + dt.timedelta(days=days)
    made = [
        Invited(person.id or 0, person.nip, person.name, new_code(person.nip), expires_at)
        for person in people
    ]
    session.add_all(
        Invitation(employee_id=one.employee_id, digest=digest(one.code), expires_at=expires_at)
        for one in made
    )
    await session.flush()
    return made


def new_code(nip: str) -> str:
    """Draw a code; one that holds the person's NIP or begins like an option is drawn again."""
    while True:
        code = secrets.token_urlsafe(SECRET_BYTES)
        if nip not in code and not code.startswith("-"):
            return code


def digest(code: str) -> str:
    """Give what is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


async def attempt(session: AsyncSession, code: str, *, telegram_id: int, now: dt.datetime) -> Tried:
    """Look whom a code belongs to; a wrong one is counted, and looking does not use it up.

    This never refuses by raising, because the count must stay.
    """
    tries = await invitations.tries_of(session, telegram_id)
    if tries is not None and tries.wait_until is not None and tries.wait_until > now:
        return Tried(denial=Denial.WAIT, wait_until=tries.wait_until)
    code = code.strip()
    found = await invitations.by_digest(session, digest(code)) if CODE.fullmatch(code) else None
    if found is None:
        return await _count_wrong(session, tries, telegram_id, now)
    invitation, employee = found
    if employee.telegram_id is not None and employee.telegram_id != telegram_id:
        return Tried(denial=Denial.TAKEN)
    if invitation.used_at is not None:
        return Tried(denial=Denial.USED)
    if invitation.expires_at <= now:
        return Tried(denial=Denial.EXPIRED)
    if tries is not None:
        await session.delete(tries)
    return Tried(employee)


async def _count_wrong(
    session: AsyncSession, tries: CodeTries | None, telegram_id: int, now: dt.datetime
) -> Tried:
    if tries is None or (tries.wait_until is not None and tries.wait_until <= now):
        tries = await invitations.begin_tries(session, telegram_id, tries)
    tries.wrong += 1
    if tries.wrong >= TRIES:
        tries.wait_until = now + WAIT
    session.add(tries)
    await session.flush()
    if tries.wait_until is not None:
        return Tried(denial=Denial.WAIT, wait_until=tries.wait_until)
    return Tried(denial=Denial.UNKNOWN)
