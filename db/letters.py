"""Questions about what is said unasked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal, or_, update
from sqlalchemy import select as columns
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.entries import EntryState
from db.keys import among
from db.models.entries import Absence, Entry
from db.models.messages import SOUGHT, Letter
from db.models.people import Employee
from db.states import LetterState, Priority

LEASE = dt.timedelta(minutes=2)
# Telegram takes about thirty messages a second from one bot.
PER_SECOND = 29

# What became of a letter that was dropped.
BLOCKED = "blocked"
# It is said by another letter, with which it met.
BUNDLED = "bundled"
# A change has made it due long after its hour.
TOO_LATE = "too late"
# The bot is no longer in the group.
GROUP_GONE = "group gone"
STOPPED = "stopped"
UNCERTAIN = "uncertain"
UNWANTED = "no longer wanted"
# What is alike of a letter to many, in the table's words; a new one waits to be carried.
ALIKE = ("kind", "period", "priority", "data", "due_at", "state", "error")


@dataclass(slots=True)
class Written:
    """One letter before it is in the post; of many at once, rows would be slow to make."""

    employee_id: int
    kind: str
    period: str
    due_at: dt.datetime
    priority: int = Priority.PERSON
    data: dict[str, Any] = field(default_factory=dict)
    state: LetterState = LetterState.DUE
    error: str | None = None


async def zones(session: AsyncSession) -> Sequence[str]:
    """List the zones in which people live."""
    query = select(Employee.zone).where(col(Employee.telegram_id).is_not(None)).distinct()
    return (await session.exec(query)).all()


def logged(day: dt.date) -> Any:
    """Match people with an entry on a day."""
    return exists().where(
        col(Entry.employee_id) == Employee.id,
        col(Entry.state) == EntryState.KEPT,
        or_(
            col(Entry.day) == day,
            and_(col(Entry.day) < day, col(Entry.last_day) >= day),
        ),
    )


def away(day: dt.date) -> Any:
    """Match people who are away on a day."""
    return exists().where(
        col(Absence.employee_id) == Employee.id,
        col(Absence.first) <= day,
        col(Absence.last) >= day,
    )


def sought(kind: str, period: Any) -> ColumnElement[bool]:
    """Match the letters of a kind that speak of something, whomever they go to."""
    return and_(SOUGHT, col(Letter.kind) == kind, col(Letter.period) == period)


async def put(session: AsyncSession, letters: Sequence[Letter | Written]) -> None:
    """Put letters into the post; one that is there already stays as it is.

    What is said alike to many is one statement: row by row, thousands take their time.
    """
    alike: dict[tuple[object, ...], list[Letter | Written]] = defaultdict(list)
    for letter in letters:
        said = (letter.kind, letter.period, letter.priority, letter.due_at)
        data = repr(letter.data) if letter.data else ""
        alike[*said, letter.state, letter.error, data].append(letter)
    for some in alike.values():
        people = among(col(Employee.id), [letter.employee_id for letter in some])
        await spread(session, some[0], people)


async def spread(
    session: AsyncSession, letter: Letter | Written, *people: ColumnElement[bool]
) -> None:
    """Put what one letter says into the post for all of some people; the database writes it."""
    table = Letter.__table__.c  # type: ignore[attr-defined]  # Every table has its columns.
    rows = columns(
        col(Employee.id),
        *(literal(getattr(letter, name), table[name].type) for name in ALIKE),
        literal(0),
    ).where(*people)
    build = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    await session.execute(
        build(Letter)
        .from_select(["employee_id", *ALIKE, "attempts"], rows, include_defaults=False)
        .on_conflict_do_nothing(index_elements=["employee_id", "kind", "period"])
    )


async def waiting(
    session: AsyncSession, employee: Employee, kind: str, day: dt.date
) -> Letter | None:
    """Find a person's letter of a day that is still to be carried."""
    query = select(Letter).where(
        col(Letter.employee_id) == employee.id,
        col(Letter.kind) == kind,
        col(Letter.state) == LetterState.DUE,
        col(Letter.period).startswith(day.isoformat()),
    )
    return (await session.exec(query)).first()


async def with_letter(
    session: AsyncSession, ids: Collection[int], kind: str, period: str
) -> set[int]:
    """Tell who of some people has such a letter, carried or not."""
    query = select(Letter.employee_id).where(
        col(Letter.kind) == kind,
        col(Letter.period) == period,
        among(col(Letter.employee_id), ids),
    )
    return set(await session.exec(query))


async def periods(
    session: AsyncSession, ids: Collection[int], kind: str, *, since: dt.datetime
) -> list[str]:
    """Tell what the letters of a kind that some people have got since then speak of."""
    query = select(Letter.period).where(
        among(col(Letter.employee_id), ids),
        col(Letter.kind) == kind,
        col(Letter.due_at) >= since,
    )
    return list(await session.exec(query))


async def was_sent(session: AsyncSession, employee_id: int, kind: str, period: str) -> bool:
    """Tell whether a letter has gone out, or may have."""
    query = select(Letter.state).where(
        col(Letter.employee_id) == employee_id,
        col(Letter.kind) == kind,
        col(Letter.period) == period,
    )
    return (await session.exec(query)).first() in {LetterState.SENT, LetterState.CLAIMED}


def is_due(now: dt.datetime) -> Any:
    """Match letters whose time has come."""
    return and_(col(Letter.state) == LetterState.DUE, col(Letter.due_at) <= now)


def is_left(now: dt.datetime) -> Any:
    """Match letters whose taker has died."""
    return and_(col(Letter.state) == LetterState.CLAIMED, col(Letter.lease_until) <= now)


async def any_due(session: AsyncSession, *, now: dt.datetime) -> bool:
    """Tell whether there is anything to claim; each priority is one step into the index."""
    urgent = and_(is_due(now), col(Letter.priority).in_([int(one) for one in Priority]))
    for found in (urgent, is_left(now)):
        if (await session.exec(select(Letter.id).where(found).limit(1))).first() is not None:
            return True
    return False


async def give_up(session: AsyncSession, kinds: Collection[str], *, now: dt.datetime) -> int:
    """Drop letters whose taker has died and that must not be sent twice; count them."""
    uncertain = update(Letter).where(is_left(now), col(Letter.kind).in_(kinds))
    dropped = await (await session.connection()).execute(
        uncertain.values(state=LetterState.DROPPED, error=UNCERTAIN, lease_until=None)
    )
    return dropped.rowcount


async def claim(session: AsyncSession, *, now: dt.datetime, most: int) -> list[Letter]:
    """Take letters that are due, also those whose taker has died, for two minutes.

    The most urgent come first, and of these the oldest. Both questions walk along the index of
    state, priority and due time, so that a long queue costs no more than a short one.
    """
    keys: list[int | None] = []
    for found in (is_left(now), is_due(now)):
        query = (
            select(Letter.id)
            .where(found)
            .order_by(col(Letter.priority), col(Letter.due_at))
            .limit(most - len(keys))
        )
        if session.get_bind().dialect.name == "postgresql":
            query = query.with_for_update(skip_locked=True)
        keys += (await session.exec(query)).all()
    if not keys:
        return []
    await session.execute(
        update(Letter)
        .where(col(Letter.id).in_(keys))
        .values(
            state=LetterState.CLAIMED, lease_until=now + LEASE, attempts=col(Letter.attempts) + 1
        )
    )
    mine = select(Letter).where(col(Letter.id).in_(keys))
    order = (col(Letter.priority), col(Letter.due_at), col(Letter.id))
    return list(await session.exec(mine.order_by(*order)))


async def has_logged(session: AsyncSession, employee: Employee, day: dt.date) -> bool:
    """Tell whether a person has an entry on a day."""
    query = select(Employee.id).where(col(Employee.id) == employee.id, logged(day))
    return (await session.exec(query)).first() is not None
