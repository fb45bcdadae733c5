"""A person's plan with where each RHK stands, as plain values."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.standings import Stand, gathered, stand
from bot.skp.pace import Pace, expectation, pace
from bot.skp.periods import year_of
from bot.skp.plans import Aspect, ResultKind
from bot.skp.workdays import WorkCalendar
from db import calendars, entries, plans
from db.models.people import Employee
from db.plans import Outcome

LAST_ENTRIES = 5


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
class ResultView:
    """One RHK with all its IKI, the leading one first."""

    id: int
    number: int
    kind: ResultKind
    text: str
    progress: tuple[Progress, ...]

    @property
    def leading(self) -> Progress | None:
        """Give the IKI that stands for the whole RHK."""
        return self.progress[0] if self.progress else None


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
    result: Outcome, amounts: list[entries.Amount], today: dt.date, calendar: WorkCalendar
) -> ResultView:
    """Bring an RHK's entries together for each of its IKI."""
    found = []
    for measure in result.measures:
        now = stand(measure, amounts)
        expected = expectation(measure.aggregation, today, year_of(today), calendar)
        # Only what is counted can be held against the calendar; a deadline or a quality cannot.
        counts = measure.aspect is Aspect.QUANTITY
        found.append(Progress(now, pace(now.share, expected) if counts else None))
    return ResultView(result.id, result.number, result.kind, result.text, tuple(found))


async def result_details(
    session: AsyncSession, employee: Employee, work_result_id: int, *, today: dt.date
) -> tuple[ResultView, list[Line]] | None:
    """Show one of a person's own RHK with its newest entries."""
    own = await plans.own_result(session, employee, work_result_id)
    if own is None:
        return None
    shown = await plan_view(session, employee, today=today)
    found = next((one for one in shown if one.id == work_result_id), None)
    if found is None:
        return None
    newest = await entries.last_of_result(session, employee, work_result_id, limit=LAST_ENTRIES)
    return found, [Line(one.day, one.text, one.quantity, one.unit) for one in newest]
