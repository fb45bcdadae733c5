"""What an admin does about people of the roster: look, release an account, bind it again."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.registration import Identity, identity
from bot.refusal import Refusal
from db import people, staff
from db.models.messages import AuditRecord
from db.models.people import Employee

RELEASED = "account.released"


@dataclass(frozen=True)
class Match:
    """One person of a search."""

    id: int
    name: str
    nip: str


@dataclass(frozen=True)
class StaffCard:
    """What the roster and the door know of a person; never what they logged."""

    id: int
    identity: Identity
    rank: str | None
    kind: str
    roles: tuple[str, ...]
    phone: str | None
    inside: bool
    consented_at: dt.datetime | None
    invited_until: dt.datetime | None
    disputed_at: dt.datetime | None


def admin_only(person: Employee) -> None:
    """Refuse whoever is no admin."""
    if not staff.is_admin(person):
        raise Refusal("This is for the personnel admin. Please ask them, or open the menu.")


async def loaded(session: AsyncSession, admin: Employee, employee_id: int) -> Employee:
    """Load a person for an admin, or refuse."""
    admin_only(admin)
    person = await staff.member(session, admin, employee_id)
    if person is None:
        raise Refusal("This person is no longer in the roster.")
    return person


async def search(session: AsyncSession, admin: Employee, text: str) -> list[Match]:
    """List the people whose NIP, or part of whose name, this is."""
    admin_only(admin)
    found = await staff.search(session, admin, text)
    return [Match(person.id or 0, person.name, person.nip) for person in found]


async def card(
    session: AsyncSession, admin: Employee, employee_id: int, *, on: dt.date
) -> StaffCard:
    """Show an admin a person's card."""
    person = await loaded(session, admin, employee_id)
    invitation = await staff.invitation_of(session, person)
    dispute = await staff.last_record(session, person, "supervisor.disputed")
    return StaffCard(
        id=person.id or 0,
        identity=await identity(session, person, on=on),
        rank=person.rank,
        kind=person.kind.value.upper(),
        roles=tuple(person.roles),
        phone=person.phone,
        inside=person.telegram_id is not None,
        consented_at=person.consented_at if person.telegram_id is not None else None,
        invited_until=invitation.expires_at if invitation else None,
        disputed_at=dispute.at if dispute else None,
    )


async def release(
    session: AsyncSession, admin: Employee, employee_id: int, *, now: dt.datetime
) -> AuditRecord:
    """Unbind a person's Telegram account; what they logged stays theirs."""
    person = await loaded(session, admin, employee_id)
    if person.telegram_id is None:
        raise Refusal("{name} has no Telegram account here.", name=person.name)
    record = AuditRecord(
        at=now,
        actor_id=admin.id,
        subject_id=person.id,
        action=RELEASED,
        details={"account": person.telegram_id},
    )
    person.telegram_id = None
    session.add_all([person, record])
    await session.flush()
    return record


async def bind_again(
    session: AsyncSession, admin: Employee, employee_id: int, *, now: dt.datetime
) -> None:
    """Take a release back, as long as neither side has moved on."""
    person = await loaded(session, admin, employee_id)
    record = await staff.last_record(session, person, RELEASED)
    if record is None or person.telegram_id is not None:
        raise Refusal("This button no longer works.")
    account = int(record.details["account"])
    if await people.by_telegram(session, account) is not None:
        raise Refusal("That Telegram account has come in as somebody else by now.")
    person.telegram_id = account
    session.add_all(
        [
            person,
            AuditRecord(
                at=now, actor_id=admin.id, subject_id=person.id, action="account.bound-again"
            ),
        ]
    )
    await session.flush()
