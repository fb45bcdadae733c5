"""Who leads in a leader's place (Plt, Plh), as an admin sets it."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.staff import Match, loaded, search
from bot.refusal import Refusal
from bot.skp.people import ActingKind
from db import acting
from db.models.messages import AuditRecord
from db.models.people import Acting, Employee


@dataclass(frozen=True)
class StandIn:
    """One person who leads in another's place."""

    id: int
    name: str
    kind: ActingKind
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True)
class StandIns:
    """Who leads in a leader's place now or soon."""

    leader_id: int
    leader: str
    people: tuple[StandIn, ...]


@dataclass(frozen=True)
class Term:
    """How somebody is to lead in another's place; without an end, until it is ended."""

    kind: ActingKind
    since: dt.date
    until: dt.date | None


async def stand_ins(
    session: AsyncSession, admin: Employee, leader_id: int, *, today: dt.date
) -> StandIns:
    """List who leads in a leader's place."""
    leader = await loaded(session, admin, leader_id)
    people = []
    for one in await acting.of_leader(session, leader, since=today):
        person = await loaded(session, admin, one.employee_id)
        people.append(StandIn(one.id or 0, person.name, one.kind, one.since, one.until))
    return StandIns(leader_id, leader.name, tuple(people))


async def candidates(session: AsyncSession, admin: Employee, text: str) -> list[Match]:
    """List whom a text may mean."""
    return await search(session, admin, text)


async def appoint(
    session: AsyncSession,
    admin: Employee,
    pair: tuple[int, int],
    term: Term,
    *,
    now: dt.datetime,
) -> None:
    """Let a person (leader, person) lead in another's place; the same once more changes the end."""
    leader, person = [await loaded(session, admin, key) for key in pair]
    if leader.id == person.id:
        raise Refusal("Nobody stands in for themselves. Choose another person.")
    if term.until is not None and term.until <= term.since:
        raise Refusal("The last day lies before the first. Write both days again.")
    found = None
    for one in await acting.of_leader(session, leader, since=term.since):
        if one.employee_id == person.id:
            found = one
    if found is None:
        found = Acting(leader_id=leader.id or 0, employee_id=person.id or 0, since=term.since)
    found.kind, found.until = term.kind, term.until
    session.add_all([found, record(admin, "acting.set", leader, person, now)])
    await session.flush()


async def end(
    session: AsyncSession, admin: Employee, acting_id: int, *, now: dt.datetime, today: dt.date
) -> int:
    """End today that somebody leads in another's place, and give the leader's key."""
    one = await acting.by_id(session, acting_id)
    if one is None:
        raise Refusal("This button no longer works.")
    leader = await loaded(session, admin, one.leader_id)
    person = await loaded(session, admin, one.employee_id)
    if one.since >= today:
        await session.delete(one)
    else:
        one.until = min(one.until or today, today)
        session.add(one)
    session.add(record(admin, "acting.ended", leader, person, now))
    await session.flush()
    return one.leader_id


def record(
    admin: Employee, action: str, leader: Employee, person: Employee, now: dt.datetime
) -> AuditRecord:
    """Keep who changed it."""
    details = {"leader": leader.id}
    return AuditRecord(
        at=now, actor_id=admin.id, action=action, subject_id=person.id, details=details
    )
