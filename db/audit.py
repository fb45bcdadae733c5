"""Questions about who changed what, and who looked at whom."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from db.models.messages import AuditRecord
from db.models.people import Employee
from db.staff import is_admin
from db.team_questions import rows

LOOKS = ("looked", "staff.viewed")


@dataclass(frozen=True)
class Change:
    """One change: when, who, what, about whom, and its few details."""

    at: dt.datetime
    actor: str | None
    action: str
    subject: str | None
    details: dict[str, Any]


@dataclass(frozen=True)
class Looker:
    """Who looked at a person how often, and when last."""

    name: str
    as_admin: bool
    times: int
    last: dt.datetime


async def changes(
    session: AsyncSession, admin: Employee, *, about: Collection[int], skip: int, limit: int
) -> list[Change]:
    """List changes, the newest first; only those by or about some people when any are named.

    Who looked at whom is the person's own matter and is not among them.
    """
    if not is_admin(admin):
        return []
    actor, subject = aliased(Employee), aliased(Employee)
    query = (
        columns(
            col(AuditRecord.at),
            col(actor.name),
            col(AuditRecord.action),
            col(subject.name),
            col(AuditRecord.details),
        )
        .select_from(AuditRecord)
        .join(actor, col(actor.id) == col(AuditRecord.actor_id), isouter=True)
        .join(subject, col(subject.id) == col(AuditRecord.subject_id), isouter=True)
        .where(col(AuditRecord.action).not_in(LOOKS))
        .order_by(col(AuditRecord.id).desc())
        .offset(skip)
        .limit(limit)
    )
    if about:
        query = query.where(
            or_(col(AuditRecord.actor_id).in_(about), col(AuditRecord.subject_id).in_(about))
        )
    return [Change(*row) for row in await rows(session, query)]


async def lookers(session: AsyncSession, employee: Employee, *, since: dt.datetime) -> list[Looker]:
    """List who has looked at a person since a moment, who looked most first."""
    action = col(AuditRecord.action)
    query = (
        columns(
            col(Employee.name),
            action,
            func.count(),
            func.max(col(AuditRecord.at)),
        )
        .select_from(AuditRecord)
        .join(Employee, col(Employee.id) == col(AuditRecord.actor_id))
        .where(
            col(AuditRecord.subject_id) == employee.id,
            col(AuditRecord.actor_id) != employee.id,
            action.in_(LOOKS),
            col(AuditRecord.at) >= since,
        )
        .group_by(col(Employee.id), col(Employee.name), action)
        .order_by(func.count().desc(), col(Employee.name))
    )
    return [
        Looker(name, what == "staff.viewed", times, last)
        for name, what, times, last in await rows(session, query)
    ]
