"""A person's plan with where each RHK stands, as plain values."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.standings import Stand, gathered, stand
from bot.skp.pace import Pace, adds_to, expectation, pace
from bot.skp.periods import Period, named, year_of
from bot.skp.plans import Aspect, ResultKind
from bot.skp.workdays import WorkCalendar
from db import calendars, entries, plan_details, plans
from db.models.people import Employee
from db.models.plans import ActionPlan
from db.plan_details import Done
from db.plans import Outcome

LAST_ENTRIES = 5
# Of many rencana aksi those are shown that are under way or to come, and what was last before.
STEPS_PAST, STEPS_AHEAD = 2, 4


@dataclass(frozen=True)
class Line:
    """One entry in a list."""

    day: dt.date
    text: str
    quantity: Decimal | None
    unit: str | None


@dataclass(frozen=True)
class Progress:
    """One IKI with where it stands and how that keeps pace with the year."""

    stand: Stand
    pace: Pace | None


@dataclass(frozen=True)
class Carried:
    """What an RHK comes to with all that stands on it, and from how many people that is known."""

    progress: Progress
    known: int
    people: int


@dataclass(frozen=True)
class ResultView:
    """One RHK with all its IKI, the leading one first.

    It is carried where others' RHK stand on it and measure the same.
    """

    id: int
    number: int
    kind: ResultKind
    text: str
    progress: tuple[Progress, ...]
    carried: Carried | None = None

    @property
    def leading(self) -> Progress | None:
        """Give the IKI that stands for the whole RHK."""
        return self.progress[0] if self.progress else None


@dataclass(frozen=True)
class Milestone:
    """One rencana aksi with what was done of it in its own month or quarter.

    Without a target only the entries are counted.
    """

    name: str
    period: Period
    text: str
    target: Decimal | None
    unit: str | None
    done: Decimal
    entries: int


@dataclass(frozen=True)
class ResultDetails:
    """One RHK with its newest entries and its rencana aksi."""

    view: ResultView
    lines: tuple[Line, ...]
    milestones: tuple[Milestone, ...]


async def plan_view(
    session: AsyncSession, employee: Employee, *, today: dt.date
) -> list[ResultView]:
    """Show where each RHK of the year stands; without a plan the list is empty."""
    outlook = await plans.outlook(session, employee, on=today)
    if not outlook.results:
        return []
    calendar = await calendars.calendar_of(session, employee, on=today)
    amounts = await gathered(session, outlook.results)
    return [result_view(one, amounts[one.id], today, calendar) for one in outlook.results]


def result_view(
    result: Outcome,
    amounts: Sequence[entries.Amount],
    today: dt.date,
    calendar: WorkCalendar,
    *,
    most: int | None = None,
) -> ResultView:
    """Bring an RHK's entries together for each of its IKI, or for so many of them at most."""
    found = []
    for measure in result.measures[:most]:
        now = stand(measure, amounts)
        expected = expectation(measure, today, year_of(today), calendar)
        # Only what is counted can be held against the calendar; a deadline or a quality cannot.
        counts = measure.aspect is Aspect.QUANTITY
        keeps = pace(now.share, expected, measure.direction) if counts else None
        found.append(Progress(now, keeps))
    return ResultView(result.id, result.number, result.kind, result.text, tuple(found))


async def result_details(
    session: AsyncSession, employee: Employee, work_result_id: int, *, today: dt.date
) -> ResultDetails | None:
    """Show one of a person's own RHK with its newest entries and its rencana aksi."""
    own = await plans.own_result(session, employee, work_result_id)
    if own is None:
        return None
    shown = await plan_view(session, employee, today=today)
    found = next((one for one in shown if one.id == work_result_id), None)
    if found is None:
        return None
    newest = await entries.last_of_result(session, employee, work_result_id, limit=LAST_ENTRIES)
    lines = [Line(one.day, one.text, one.quantity, one.unit) for one in newest]
    steps = (await plan_details.steps_of(session, [work_result_id])).get(work_result_id, [])
    done = await plan_details.done_under(session, employee, work_result_id) if steps else []
    milestones = [milestone(one, done) for one in steps]
    return ResultDetails(found, tuple(lines), tuple(at_hand(milestones, today)))


def milestone(step: ActionPlan, done: list[Done]) -> Milestone:
    """Tell how far one rencana aksi is: what was counted in its own period, in its own unit."""
    period = named(step.period)
    within = [one for one in done if one.day in period]
    counted = [
        one.quantity for one in within if one.quantity is not None and adds_to(one.unit, step.unit)
    ]
    return Milestone(
        name=step.period,
        period=period,
        text=step.text,
        target=step.target,
        unit=step.unit,
        done=sum(counted, Decimal(0)),
        entries=len(within),
    )


def at_hand(milestones: list[Milestone], today: dt.date) -> list[Milestone]:
    """Choose the rencana aksi that are worth a look: under way, to come, and the last before."""
    ordered = sorted(milestones, key=lambda one: (one.period.end, one.period.start))
    past = [one for one in ordered if one.period.end <= today]
    ahead = [one for one in ordered if one.period.end > today]
    return past[-STEPS_PAST:] + ahead[:STEPS_AHEAD]
