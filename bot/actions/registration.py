"""Coming in: who somebody is, and binding an account to a person."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.invitations import digest
from bot.refusal import Refusal
from bot.skp.phones import international
from bot.skp.plans import Aggregation
from db import invitations, people, plans
from db.models.messages import AuditRecord
from db.models.people import Employee

CONSENT_VERSION = "1"
# A target of about one a week or less is logged one at a time.
WEEKS = 52


@dataclass(frozen=True)
class Identity:
    """What the roster knows of a person, as the person is shown it."""

    name: str
    nip: str
    unit: str | None = None
    position: str | None = None
    supervisor: str | None = None


@dataclass(frozen=True)
class Example:
    """One's own RHK with an amount that a day might bring."""

    text: str
    quantity: int | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Arriving:
    """Who comes in: the person, the account, and by which code, if by one."""

    employee_id: int
    telegram_id: int
    code: str | None = None


@dataclass(frozen=True)
class Chosen:
    """What a person decided about how we speak to them."""

    address: str
    language: str


async def by_own_phone(session: AsyncSession, number: str) -> Employee:
    """Find the person with this number; refuse where there is none or more than one."""
    found = await people.by_phone(session, international(number))
    if not found:
        raise Refusal(
            "This number is not in the personnel data yet. Use an invitation code, or ask your"
            " personnel admin to add the number."
        )
    if len(found) > 1:
        raise Refusal(
            "This number belongs to more than one person in the personnel data, so I cannot tell"
            " who you are. Please use an invitation code from your personnel admin."
        )
    return found[0]


async def identity(session: AsyncSession, employee: Employee, *, on: dt.date) -> Identity:
    """Tell what the roster knows of a person."""
    place = await people.placement_of(session, employee, on=on)
    if place is None:
        return Identity(employee.name, employee.nip)
    placement, unit, supervisor = place
    return Identity(
        employee.name,
        employee.nip,
        unit.name,
        placement.position,
        supervisor.name if supervisor else None,
    )


async def may_come_in(session: AsyncSession, employee: Employee, telegram_id: int) -> None:
    """Refuse a second account for a person, and a second person for an account."""
    if employee.telegram_id is not None and employee.telegram_id != telegram_id:
        raise Refusal(
            "{name} is already in with another Telegram account. To move to this one, ask your"
            " personnel admin to release the old one.",
            name=employee.name,
        )
    holder = await people.by_telegram(session, telegram_id)
    if holder is not None and holder.id != employee.id:
        raise Refusal(
            "This Telegram account already belongs to {name}. One account serves one person; an"
            " admin can release it.",
            name=holder.name,
        )


async def come_in(
    session: AsyncSession, arriving: Arriving, chosen: Chosen, *, now: dt.datetime
) -> Employee:
    """Bind the account to the person, use the code up and record the consent."""
    employee = await session.get(Employee, arriving.employee_id)
    if employee is None:
        raise Refusal("This person is no longer in the roster. Send /start to begin again.")
    await may_come_in(session, employee, arriving.telegram_id)
    if arriving.code is not None:
        invitation = await invitations.of(session, employee)
        if (
            invitation is None
            or invitation.used_at is not None
            or invitation.digest != digest(arriving.code)
        ):
            raise Refusal("This code has been replaced by a newer one. Please use the newest.")
        invitation.used_at = now
        session.add(invitation)
    employee.telegram_id = arriving.telegram_id
    employee.address, employee.language = chosen.address, chosen.language
    employee.consented_at, employee.consent_version = now, CONSENT_VERSION
    employee.unreachable_since = None
    session.add(employee)
    session.add(
        AuditRecord(
            at=now,
            actor_id=employee.id,
            subject_id=employee.id,
            action="consent.given",
            details={
                "version": CONSENT_VERSION,
                "by": "code" if arriving.code else "phone",
                "account": arriving.telegram_id,
            },
        )
    )
    await session.flush()
    return employee


async def example(session: AsyncSession, employee: Employee, *, on: dt.date) -> Example | None:
    """Choose an RHK of one's own to show how little a log needs."""
    outlook = await plans.outlook(session, employee, on=on)
    for result in outlook.results:
        for measure in result.measures:
            if measure.aggregation is Aggregation.SUM:
                return Example(result.text, 1 if measure.target <= WEEKS else 2, measure.unit)
    return Example(outlook.results[0].text) if outlook.results else None
