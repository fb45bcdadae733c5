"""What holds a person up: raised in a sentence, told the leader, closed by who raised it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.leading import leaders_over, led_person, local_day
from bot.actions.words import clipped
from bot.refusal import Refusal
from bot.skp.dealings import ObstacleAnswer
from db import letters, obstacles
from db.models.dealings import Obstacle
from db.models.messages import Letter
from db.models.people import Employee
from db.teams import Member

RAISED, ANSWERED = "obstacle", "obstacle-answer"
MOST_OPEN = 10


@dataclass(frozen=True)
class Hindrance:
    """One obstacle as plain values; `days` since it was raised."""

    id: int
    text: str
    days: int
    answer: ObstacleAnswer | None
    advice: str | None
    closed: bool
    employee_id: int
    name: str


async def raise_one(
    session: AsyncSession, employee: Employee, text: str, *, now: dt.datetime
) -> tuple[Hindrance, list[str]]:
    """Keep what holds a person up, tell whoever leads the person, and name those."""
    words = clipped(text)
    if words is None:
        raise Refusal("Write in one sentence what holds you up.")
    known = await obstacles.own_open(session, employee)
    if len(known) >= MOST_OPEN:
        raise Refusal("There are {count} open obstacles already. Close one first.", count=MOST_OPEN)
    obstacle = Obstacle(employee_id=employee.id or 0, text=words, created_at=now)
    session.add(obstacle)
    await session.flush()
    names = await tell(session, employee, str(obstacle.id), now=now)
    return shown(obstacle, employee, now), names


async def tell(
    session: AsyncSession, employee: Employee, period: str, *, now: dt.datetime
) -> list[str]:
    """Tell whoever leads a person of an obstacle, and name those."""
    leaders = await leaders_over(session, employee, on=local_day(employee, now))
    found = [
        Letter(employee_id=one.id or 0, kind=RAISED, period=period, due_at=now) for one in leaders
    ]
    await letters.put(session, found)
    return [one.address or one.name for one in leaders]


async def add_words(
    session: AsyncSession, employee: Employee, obstacle_id: int, text: str, *, now: dt.datetime
) -> tuple[Hindrance, list[str]]:
    """Add words to one's own open obstacle and tell the leader again."""
    obstacle = await obstacles.own(session, employee, obstacle_id, change=True)
    if obstacle is None or obstacle.closed_at is not None:
        raise Refusal("This obstacle is closed already. Write /kendala to raise another one.")
    obstacle.text = clipped(f"{obstacle.text}\n{text.strip()}") or obstacle.text
    session.add(obstacle)
    await session.flush()
    names = await tell(session, employee, f"{obstacle.id}:{int(now.timestamp())}", now=now)
    return shown(obstacle, employee, now), names


async def owner_of(
    session: AsyncSession, leader: Employee, obstacle_id: int, *, now: dt.datetime
) -> int:
    """Tell whose an obstacle is; who does not lead that person is refused."""
    for one in await obstacles.by_keys(session, [obstacle_id]):
        if await led_person(session, leader, one.employee_id, on=local_day(leader, now)):
            return one.employee_id
    raise Refusal("This button no longer works.")


async def own_list(
    session: AsyncSession, employee: Employee, *, now: dt.datetime
) -> list[Hindrance]:
    """List a person's own open obstacles."""
    return [shown(one, employee, now) for one in await obstacles.own_open(session, employee)]


async def close(
    session: AsyncSession, employee: Employee, obstacle_id: int, *, now: dt.datetime
) -> Hindrance:
    """Close an obstacle; only who raised it can."""
    obstacle = await obstacles.own(session, employee, obstacle_id, change=True)
    if obstacle is None:
        raise Refusal("This button no longer works.")
    obstacle.closed_at = obstacle.closed_at or now
    session.add(obstacle)
    return shown(obstacle, employee, now)


async def reopen(
    session: AsyncSession, employee: Employee, obstacle_id: int, *, now: dt.datetime
) -> Hindrance:
    """Open a closed obstacle again."""
    obstacle = await obstacles.own(session, employee, obstacle_id, change=True)
    if obstacle is None:
        raise Refusal("This button no longer works.")
    obstacle.closed_at = None
    session.add(obstacle)
    return shown(obstacle, employee, now)


async def seen(
    session: AsyncSession, leader: Employee, place: tuple[int, int], *, now: dt.datetime
) -> tuple[Obstacle, Hindrance]:
    """Load an obstacle (person, obstacle) of somebody one leads, or refuse."""
    person_id, obstacle_id = place
    today = local_day(leader, now)
    member = await led_person(session, leader, person_id, on=today)
    if member is not None:
        obstacle = await obstacles.of_person(session, member.id, obstacle_id, change=True)
        if obstacle is not None:
            return obstacle, plain(obstacle, member.address or member.name, leader, today=today)
    raise Refusal("This button no longer works.")


async def answer(
    session: AsyncSession,
    leader: Employee,
    place: tuple[int, int],
    advice: str | None,
    *,
    now: dt.datetime,
) -> Hindrance:
    """Answer an obstacle, with help or with words; it stays open until who raised it closes it."""
    obstacle, found = await seen(session, leader, place, now=now)
    if obstacle.closed_at is not None:
        raise Refusal("{name} has closed this obstacle.", name=found.name)
    words = clipped(advice)
    kind = ObstacleAnswer.GUIDANCE if words else ObstacleAnswer.HELP
    said = (obstacle.answer, obstacle.advice, obstacle.answerer_id)
    if said != (kind, words, leader.id):
        obstacle.answer, obstacle.advice, obstacle.answerer_id = kind, words, leader.id
        obstacle.answered_at = now
        session.add(obstacle)
        await session.flush()
        letter = Letter(
            employee_id=obstacle.employee_id,
            kind=ANSWERED,
            period=f"{obstacle.id}:{int(now.timestamp())}",
            due_at=now,
        )
        await letters.put(session, [letter])
    return plain(obstacle, found.name, leader, today=local_day(leader, now))


def shown(obstacle: Obstacle, employee: Employee, now: dt.datetime) -> Hindrance:
    """Show a person one of the own obstacles."""
    name = employee.address or employee.name
    return plain(obstacle, name, employee, today=local_day(employee, now))


async def of_team(
    session: AsyncSession, leader: Employee, team: Collection[Member], *, today: dt.date
) -> list[Hindrance]:
    """List what holds the people of a team up, the oldest first."""
    names = {one.id: one.address or one.name for one in team}
    found = await obstacles.open_of(session, names)
    return [plain(one, names[one.employee_id], leader, today=today) for one in found]


def plain(obstacle: Obstacle, name: str, reader: Employee, *, today: dt.date) -> Hindrance:
    """Turn an obstacle into plain values, with its age in days of its reader's clock."""
    raised = local_day(reader, obstacle.created_at)
    return Hindrance(
        id=obstacle.id or 0,
        text=obstacle.text,
        days=(today - raised).days,
        answer=obstacle.answer,
        advice=obstacle.advice,
        closed=obstacle.closed_at is not None,
        employee_id=obstacle.employee_id,
        name=name,
    )
