"""RHK of one's own: what a text would add to the plan, and adding it as drafts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.refusal import Refusal
from bot.skp.plans import Aggregation, Aspect, Direction, PlanState, ResultKind
from bot.understanding.plan_lines import PlanLine, plan_lines
from db import people, plan_details
from db.models.messages import AuditRecord
from db.models.people import Employee
from db.models.plans import ActionPlan, Indicator, Plan, WorkResult

LONGEST = 500
# More than that is no plan of one person's.
MOST_RESULTS = 60


@dataclass(frozen=True)
class Foreseen:
    """One RHK as it would be added; a known one is left out, since it is there already."""

    number: int
    line: PlanLine
    known: bool


@dataclass(frozen=True)
class Foresight:
    """What a text would add, and the lines of which nothing is taken."""

    year: int
    results: tuple[Foreseen, ...]
    left: tuple[str, ...]

    @property
    def new(self) -> list[Foreseen]:
        """List what is not there already."""
        return [one for one in self.results if not one.known]


async def foresee(
    session: AsyncSession, employee: Employee, text: str, *, today: dt.date
) -> Foresight:
    """Tell what a text would add to the person's plan; nothing is written."""
    found = plan_lines(text, today)
    plan = await plan_details.plan_of(session, employee, today.year)
    present = await plan_details.results_of(session, plan) if plan else []
    texts = {plain(one.text) for one in present}
    number = max((one.number for one in present), default=0)
    seen = []
    for line in found.lines:
        check(line, number + 1)
        known = plain(line.text) in texts
        texts.add(plain(line.text))
        number += not known
        seen.append(Foreseen(number, line, known))
    if number > MOST_RESULTS:
        raise Refusal("A plan holds at most {most} RHK. Please send fewer.", most=MOST_RESULTS)
    return Foresight(today.year, tuple(seen), found.left)


def check(line: PlanLine, number: int) -> None:
    """Refuse what would have to be cut to be kept."""
    texts = [line.text, line.indicator]
    texts += [one.text for one in line.measures] + [one.text for one in line.steps]
    if max(map(len, texts)) > LONGEST:
        raise Refusal(
            "RHK {number} has a sentence of more than {most} characters. Please shorten it and"
            " send the list again.",
            number=number,
            most=LONGEST,
        )


def plain(text: str) -> str:
    """Give a text without what does not tell it from another."""
    return " ".join(text.casefold().split()).rstrip(" .;")


async def add(
    session: AsyncSession,
    employee: Employee,
    text: str,
    *,
    now: dt.datetime,
    today: dt.date,
) -> list[WorkResult]:
    """Add what a text holds to the plan as drafts, which can be used at once."""
    seen = await foresee(session, employee, text, today=today)
    if not seen.new:
        raise Refusal("There is nothing new to save: these RHK are in your SKP already.")
    plan = await plan_for(session, employee, today=today)
    added = []
    for one in seen.new:
        added.append(await add_one(session, plan, one, f"{today:%Y-%m}"))
        session.add(
            AuditRecord(
                at=now,
                actor_id=employee.id,
                subject_id=employee.id,
                action="plan.added",
                details={"year": plan.year, "rhk": one.number, "text": one.line.text},
            )
        )
    await session.flush()
    return added


async def plan_for(session: AsyncSession, employee: Employee, *, today: dt.date) -> Plan:
    """Find the year's plan or begin it, with today's supervisor as its rater."""
    plan = await plan_details.plan_of(session, employee, today.year, change=True)
    if plan is not None:
        return plan
    place = await people.placement_of(session, employee, on=today)
    plan = Plan(
        employee_id=employee.id or 0,
        year=today.year,
        rater_id=place[0].supervisor_id if place else None,
        state=PlanState.DRAFT,
    )
    session.add(plan)
    await session.flush()
    return plan


async def add_one(session: AsyncSession, plan: Plan, foreseen: Foreseen, period: str) -> WorkResult:
    """Add one RHK with its IKI and rencana aksi; those without a month get the given one."""
    line = foreseen.line
    result = WorkResult(
        plan_id=plan.id or 0,
        employee_id=plan.employee_id,
        number=foreseen.number,
        kind=ResultKind.ADDITIONAL if line.additional else ResultKind.MAIN,
        state=PlanState.DRAFT,
        text=line.text,
        keywords=list(line.keywords),
    )
    session.add(result)
    await session.flush()
    session.add_all(indicators(result, line))
    steps = {(step.period or period, step.text): step.target for step in line.steps}
    session.add_all(
        ActionPlan(
            work_result_id=result.id or 0,
            period=when,
            text=text,
            target=target.value if target else None,
            unit=target.unit if target else None,
        )
        for (when, text), target in steps.items()
    )
    await session.flush()
    return result


def indicators(result: WorkResult, line: PlanLine) -> Sequence[Indicator]:
    """Write the IKI of a line; one that was given no words is named by its unit."""
    named: dict[str, Indicator] = {}
    for one in line.measures:
        leads = one.aspect == Aspect.QUANTITY
        text = one.text or (line.indicator if leads else "") or one.target.unit
        named.setdefault(
            text,
            Indicator(
                work_result_id=result.id or 0,
                aspect=Aspect(one.aspect),
                text=text,
                target=one.target.value,
                unit=one.target.unit,
                aggregation=Aggregation(one.target.counted),
                direction=Direction.DOWN if one.target.falls else Direction.UP,
            ),
        )
    return list(named.values())
