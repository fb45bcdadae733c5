"""Questions of the clock: whom it looks at now, and what it must know of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from db.keys import among
from db.letters import away, logged
from db.models.messages import Letter
from db.models.people import Employee, Placement
from db.states import LetterState

AT_ONCE = ""
# Nobody is looked at less often than daily: who seems to be was given a time by another clock.
FARTHEST = dt.timedelta(days=2)
# What was let go has not been said.
SAID = (LetterState.DUE, LetterState.CLAIMED, LetterState.SENT)


class Looked(NamedTuple):
    """One person whom the clock looks at, as far as it must know them."""

    id: int
    week: int
    leave_at: dt.time | None
    prompt_at: dt.time | None
    prompts_on: bool
    learned_at: dt.time | None
    paused_until: dt.date | None
    still_since: dt.date | None
    reminders: Mapping[str, Mapping[str, Any]]
    consented_at: dt.datetime
    look_at: str = AT_ONCE
    zone: str = ""


class Said(NamedTuple):
    """One scheduled letter of a day."""

    employee_id: int
    kind: str
    period: str
    state: LetterState
    due_at: dt.datetime
    sent_at: dt.datetime | None


LOOKED = tuple(getattr(Employee, name) for name in Looked._fields)


def minute(local: dt.datetime) -> str:
    """Write a minute of somebody's own clock as it is kept."""
    return f"{local:%Y-%m-%dT%H:%M}"


def reached() -> list[ColumnElement[bool]]:
    """Match people who are in and can be written to."""
    return [
        col(Employee.telegram_id).is_not(None),
        col(Employee.unreachable_since).is_(None),
        col(Employee.consented_at).is_not(None),
    ]


def waiting(zone: str, local: dt.datetime) -> ColumnElement[bool]:
    """Match people of a zone whose time has come, or was set by a clock that ran far ahead."""
    return and_(
        col(Employee.zone) == zone,
        or_(
            col(Employee.look_at) <= minute(local),
            col(Employee.look_at) > minute(local + FARTHEST),
        ),
    )


async def who_waits(session: AsyncSession, zone: str, local: dt.datetime) -> Sequence[int]:
    """List whom to look at, so that nobody is looked for twice, however many wait."""
    query = select(col(Employee.id)).where(waiting(zone, local), *reached())
    return sorted((await session.execute(query)).scalars())


async def take(
    session: AsyncSession, employee_ids: Collection[int], zone: str, local: dt.datetime
) -> list[Looked]:
    """Take those who still wait to be looked at; on PostgreSQL nobody else takes them meanwhile.

    They are found by their keys alone: the index over all who wait would be gone through again.
    """
    query = select(*LOOKED).where(among(col(Employee.id), employee_ids), *reached())
    if session.get_bind().dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True)
    found = [Looked(*row) for row in await session.execute(query)]
    now, farthest = minute(local), minute(local + FARTHEST)
    return [one for one in found if one.zone == zone and not now < one.look_at <= farthest]


async def looked_at(session: AsyncSession, employee_ids: Collection[int]) -> list[Looked]:
    """Give what the clock must know of some people, whenever it looks at them."""
    query = select(*LOOKED).where(among(col(Employee.id), employee_ids), *reached())
    return [Looked(*row) for row in await session.execute(query)]


async def look_next(session: AsyncSession, times: Mapping[int, str]) -> None:
    """Note when to look at people again; those with the same minute at once."""
    together: dict[str, list[int]] = defaultdict(list)
    for employee_id, at in times.items():
        together[at].append(employee_id)
    for at, ids in together.items():
        await session.execute(
            update(Employee)
            .where(among(col(Employee.id), ids))
            .values(look_at=at)
            .execution_options(synchronize_session=False)
        )


async def look_again(session: AsyncSession, employee_ids: Collection[int] | None = None) -> None:
    """Let the clock look at some people, or at everybody, at its next tick."""
    mine = [] if employee_ids is None else [among(col(Employee.id), employee_ids)]
    await session.execute(
        update(Employee)
        .where(col(Employee.look_at) != AT_ONCE, *mine)
        .values(look_at=AT_ONCE)
        .execution_options(synchronize_session=False)
    )


async def said_on(
    session: AsyncSession,
    employee_ids: Collection[int],
    kinds: Collection[str],
    periods: Collection[str],
) -> dict[int, list[Said]]:
    """List the scheduled letters of some people for some days."""
    query = select(
        col(Letter.employee_id),
        col(Letter.kind),
        col(Letter.period),
        col(Letter.state),
        col(Letter.due_at),
        col(Letter.sent_at),
    ).where(
        among(col(Letter.employee_id), employee_ids),
        col(Letter.kind).in_(kinds),
        col(Letter.period).in_(periods),
    )
    found: dict[int, list[Said]] = defaultdict(list)
    for row in await session.execute(query):
        found[row[0]].append(Said(*row))
    return found


async def units_of(
    session: AsyncSession, employee_ids: Collection[int], day: dt.date
) -> dict[int, int]:
    """Give the unit in which each of some people sits on a day."""
    query = (
        select(col(Placement.employee_id), col(Placement.unit_id))
        .where(among(col(Placement.employee_id), employee_ids), in_force(day))
        .order_by(col(Placement.since))
    )
    # The newest placement comes last and stays.
    return {row[0]: row[1] for row in await session.execute(query)}


def in_force(day: dt.date) -> ColumnElement[bool]:
    """Hold for placements that have begun and not ended on a day."""
    return and_(
        col(Placement.since) <= day,
        or_(col(Placement.until).is_(None), col(Placement.until) > day),
    )


async def out_on(session: AsyncSession, employee_ids: Collection[int], day: dt.date) -> set[int]:
    """Tell who is away on a day, or has left every place before it: retired, or moved away.

    Whoever never had a place was never seated, and has not left.
    """
    mine = col(Placement.employee_id) == col(Employee.id)
    left = and_(
        exists().where(mine, col(Placement.since) <= day), ~exists().where(mine, in_force(day))
    )
    query = select(col(Employee.id)).where(
        among(col(Employee.id), employee_ids), or_(away(day), left)
    )
    return set((await session.execute(query)).scalars())


async def logged_on(session: AsyncSession, employee_ids: Collection[int], day: dt.date) -> set[int]:
    """Tell who has an entry on a day."""
    query = select(col(Employee.id)).where(among(col(Employee.id), employee_ids), logged(day))
    return set((await session.execute(query)).scalars())


async def away_on(session: AsyncSession, employee_ids: Collection[int], day: dt.date) -> set[int]:
    """Tell who is away on a day."""
    query = select(col(Employee.id)).where(among(col(Employee.id), employee_ids), away(day))
    return set((await session.execute(query)).scalars())


async def leaders_among(
    session: AsyncSession, employee_ids: Collection[int], day: dt.date
) -> set[int]:
    """Tell who of some people leads anybody on a day."""
    query = (
        select(col(Placement.supervisor_id))
        .where(among(col(Placement.supervisor_id), employee_ids), in_force(day))
        .distinct()
    )
    return set((await session.execute(query)).scalars())


async def keep_still(session: AsyncSession, employee_ids: Sequence[int], since: dt.date) -> None:
    """Ask nothing of some people from a day on, until they are heard of."""
    await session.execute(
        update(Employee)
        .where(among(col(Employee.id), employee_ids))
        .values(still_since=since)
        .execution_options(synchronize_session=False)
    )


async def speak_again(session: AsyncSession, employee_ids: Sequence[int]) -> None:
    """Ask again of people who have been heard of."""
    await session.execute(
        update(Employee)
        .where(among(col(Employee.id), employee_ids))
        .values(still_since=None)
        .execution_options(synchronize_session=False)
    )


async def learn(session: AsyncSession, hours: Mapping[int, dt.time]) -> None:
    """Keep at which hour some people usually log."""
    together: dict[dt.time, list[int]] = defaultdict(list)
    for employee_id, hour in hours.items():
        together[hour].append(employee_id)
    for hour, ids in together.items():
        await session.execute(
            update(Employee)
            .where(among(col(Employee.id), ids))
            .values(learned_at=hour)
            .execution_options(synchronize_session=False)
        )
