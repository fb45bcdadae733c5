"""Change RHK of one's own: a draft at once, an approved one as a wish until it is approved."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.plan_drafts import LONGEST
from bot.refusal import Refusal
from bot.skp.plans import Aggregation, Aspect, Direction, PlanState
from bot.understanding.plan_targets import LONGEST_UNIT, Target, read_target, usually_counted
from db import plan_details
from db.models.approvals import Proposal
from db.models.messages import AuditRecord
from db.models.people import Employee
from db.models.plans import Indicator, Plan, WorkResult

MOST_KEYWORDS = 12
LONGEST_KEYWORD = 60
# A wish that says its direction, too, keeps it before the unit; no unit begins with a sign.
FALLING, RISING = "≤ ", "≥ "


@dataclass(frozen=True)
class Grip:
    """Which RHK is changed, and when."""

    result_id: int
    now: dt.datetime


async def loaded(session: AsyncSession, employee: Employee, grip: Grip) -> tuple[WorkResult, Plan]:
    """Load one of the person's own RHK that may change now, or refuse."""
    found = await plan_details.held(session, employee, grip.result_id)
    if found is None:
        raise Refusal("This button no longer works.")
    result, plan = found
    waits = await plan_details.waiting_submission(session, plan) is not None
    if waits and result.state is not PlanState.DRAFT:
        raise Refusal(
            "RHK {number} is with your superior now. Take the submission back first, under /skp.",
            number=result.number,
        )
    return result, plan


async def changeable(session: AsyncSession, employee: Employee, grip: Grip) -> tuple[int, bool]:
    """Tell the number of an RHK that may change now, and whether it is a draft."""
    result, _ = await loaded(session, employee, grip)
    return result.number, result.state is PlanState.DRAFT


def record(
    session: AsyncSession, employee: Employee, grip: Grip, action: str, **details: object
) -> None:
    """Note in the audit what a person changed in the own plan."""
    session.add(
        AuditRecord(
            at=grip.now,
            actor_id=employee.id,
            subject_id=employee.id,
            action=action,
            details=details,
        )
    )


async def set_text(session: AsyncSession, employee: Employee, grip: Grip, text: str) -> None:
    """Put other words into an RHK."""
    result, _ = await loaded(session, employee, grip)
    words = " ".join(text.replace("\x00", "").split())
    if not words or len(words) > LONGEST:
        raise Refusal("An RHK is one sentence of at most {most} characters.", most=LONGEST)
    before = result.text
    if result.state is PlanState.DRAFT:
        result.text = words
        session.add(result)
    else:
        (await wish_for(session, employee, result)).text = words
    change = {"rhk": result.number, "field": "text", "before": before, "after": words}
    record(session, employee, grip, "plan.changed", **change)
    await session.flush()


async def set_target(session: AsyncSession, employee: Employee, grip: Grip, text: str) -> None:
    """Put another target with its unit into the IKI that leads an RHK."""
    result, _ = await loaded(session, employee, grip)
    target = read_target(text)
    if not isinstance(target, Target) or len(kept_unit(target)) > LONGEST_UNIT:
        raise Refusal("The target could not be read. Write it for the whole year: 40 balita")
    measures = await measures_of(session, result)
    before = f"{measures[0].target:f} {measures[0].unit}" if measures else ""
    if result.state is PlanState.DRAFT:
        put_target(session, result, measures, target)
    else:
        wish = await wish_for(session, employee, result)
        wish.target, wish.unit = target.value, kept_unit(target)
    after = f"{target.value:f} {kept_unit(target)}"
    change = {"rhk": result.number, "field": "target", "before": before, "after": after}
    record(session, employee, grip, "plan.changed", **change)
    await session.flush()


def kept_unit(target: Target) -> str:
    """Write the unit of a target as a wish keeps it."""
    return (FALLING if target.falls else RISING if target.rises else "") + target.unit


def wished_target(wish: Proposal) -> Target | None:
    """Read the target that an approved RHK is to have, if another one is wished."""
    if wish.target is None or wish.unit is None:
        return None
    unit = wish.unit.removeprefix(FALLING).removeprefix(RISING)
    falls, rises = wish.unit.startswith(FALLING), wish.unit.startswith(RISING)
    return Target(wish.target, unit, usually_counted(unit), falls, rises)


async def measures_of(session: AsyncSession, result: WorkResult) -> list[Indicator]:
    """List the IKI of an RHK; the one that stands for it comes first: the quantity, if any."""
    found = (await plan_details.indicators_of(session, [result.id or 0])).get(result.id or 0, [])
    return sorted(found, key=lambda one: one.aspect is not Aspect.QUANTITY)


def put_target(
    session: AsyncSession, result: WorkResult, measures: list[Indicator], target: Target
) -> None:
    """Write a target; an IKI that was named by its unit is named by the new one."""
    leading = measures[0] if measures else None
    if leading is None:
        leading = Indicator(
            work_result_id=result.id or 0,
            text=target.unit,
            target=target.value,
            unit=target.unit,
            aggregation=Aggregation(target.counted),
        )
    elif leading.unit != target.unit:
        others = {one.text for one in measures[1:]}
        if leading.text == leading.unit and target.unit not in others:
            leading.text = target.unit
        leading.aggregation = Aggregation(target.counted)
    if target.falls or target.rises:
        leading.direction = Direction.DOWN if target.falls else Direction.UP
    leading.target, leading.unit = target.value, target.unit
    session.add(leading)


async def set_keywords(session: AsyncSession, employee: Employee, grip: Grip, text: str) -> None:
    """Put other keywords beside an RHK; they only help to find it and need no approval."""
    found = await plan_details.held(session, employee, grip.result_id)
    if found is None:
        raise Refusal("This button no longer works.")
    words = [" ".join(one.split()) for one in text.replace("\n", ",").replace(";", ",").split(",")]
    kept = list(dict.fromkeys(one for one in words if one))
    if not kept or len(kept) > MOST_KEYWORDS or max(map(len, kept)) > LONGEST_KEYWORD:
        raise Refusal(
            "Write up to {most} keywords with commas between them, for example: posyandu, balita",
            most=MOST_KEYWORDS,
        )
    result = found[0]
    change = {"rhk": result.number, "field": "keywords", "before": result.keywords, "after": kept}
    record(session, employee, grip, "plan.changed", **change)
    result.keywords = kept
    session.add(result)
    await session.flush()


async def wish_for(session: AsyncSession, employee: Employee, result: WorkResult) -> Proposal:
    """Find what an approved RHK is to become, or begin it."""
    wish = await plan_details.proposal_of(session, result)
    if wish is not None:
        return wish
    wish = Proposal(work_result_id=result.id or 0, employee_id=employee.id or 0)
    session.add(wish)
    return wish


async def drop_wish(session: AsyncSession, employee: Employee, grip: Grip) -> None:
    """Let a wish go that nobody has seen; the RHK stays as it was approved."""
    result, _ = await loaded(session, employee, grip)
    wish = await plan_details.proposal_of(session, result)
    if wish is None:
        raise Refusal("This button no longer works.")
    await session.delete(wish)
    record(session, employee, grip, "plan.wish-dropped", rhk=result.number)
    await session.flush()


async def entries_below(session: AsyncSession, employee: Employee, grip: Grip) -> tuple[int, int]:
    """Tell the number of a draft RHK that may be removed, and how many entries lie under it."""
    result, _ = await loaded(session, employee, grip)
    if result.state is not PlanState.DRAFT:
        raise Refusal("Only a draft can be removed. An approved RHK changes by a revision.")
    return result.number, await plan_details.entries_under(session, result)


async def remove(session: AsyncSession, employee: Employee, grip: Grip) -> int:
    """Remove a draft RHK and tell its number; its entries stay, not linked any more."""
    number, entries = await entries_below(session, employee, grip)
    result, _ = await loaded(session, employee, grip)
    record(session, employee, grip, "plan.removed", rhk=number, text=result.text, entries=entries)
    await session.flush()
    await plan_details.remove(session, result)
    return number
