"""Where an RHK stands: what its entries add up to, as its indicator wants it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp import pace
from bot.skp.plans import Aggregation, Aspect, Direction
from db import entries
from db.entries import Amount
from db.plans import Measure, Outcome

PERCENT = "persen"


@dataclass(frozen=True)
class Stand:
    """What is done of one IKI's target; without a share nothing is known yet."""

    text: str
    aspect: Aspect
    unit: str
    aggregation: Aggregation
    done: Decimal
    target: Decimal | None
    share: Decimal | None
    direction: Direction = Direction.UP

    @property
    def known(self) -> bool:
        """Tell whether there is a figure; no data is not zero."""
        return self.share is not None or self.done != 0

    @property
    def in_percent(self) -> bool:
        """Tell whether the figure is a percentage."""
        return pace.same_unit(self.unit, PERCENT)


def stand(measure: Measure, amounts: Iterable[Amount]) -> Stand:
    """Bring the amounts of one RHK, the oldest first, together for one of its IKI."""
    found = pace.standing(
        measure.aggregation, values(measure, amounts), measure.target, measure.direction
    )
    return Stand(
        text=measure.text,
        aspect=measure.aspect,
        unit=measure.unit,
        aggregation=measure.aggregation,
        done=found.done,
        target=found.target,
        share=found.share,
        direction=measure.direction,
    )


async def gathered(session: AsyncSession, results: Collection[Outcome]) -> dict[int, list[Amount]]:
    """Gather what the entries of some RHK add: sums where only sums count, else one by one."""
    ordered = [one.id for one in results if any(in_order(each) for each in one.measures)]
    summed = [one.id for one in results if one.id not in ordered]
    found: dict[int, list[Amount]] = {one.id: [] for one in results}
    rows = [
        *(await entries.amounts(session, ordered) if ordered else []),
        *(await entries.totals(session, summed) if summed else []),
    ]
    for one in rows:
        found[one.work_result_id].append(one)
    return found


def in_order(measure: Measure) -> bool:
    """Tell whether an IKI needs its entries one by one: the latest counts, or a percentage."""
    return measure.aggregation is not Aggregation.SUM or pace.same_unit(measure.unit, PERCENT)


def values(measure: Measure, amounts: Iterable[Amount]) -> list[Decimal]:
    """Pick what counts: quantities in the IKI's own unit, or percents where it is in percent."""
    if pace.same_unit(measure.unit, PERCENT):
        percents = (
            one.percent if one.percent is not None else counted(one, measure) for one in amounts
        )
        return [value for value in percents if value is not None]
    unit = measure.unit
    return [
        one.quantity for one in amounts if one.quantity is not None and pace.adds_to(one.unit, unit)
    ]


def counted(amount: Amount, measure: Measure) -> Decimal | None:
    """Give an amount's quantity when it adds to what the IKI counts."""
    return amount.quantity if pace.adds_to(amount.unit, measure.unit) else None


def measure_for(result: Outcome, unit: str | None, percent: Decimal | None) -> Measure | None:
    """Choose the IKI an entry speaks of: the one in its unit, else the leading one."""
    wanted = unit if unit is not None or percent is None else PERCENT
    fitting = [one for one in result.measures if pace.adds_to(wanted, one.unit)]
    own = (one for one in fitting if pace.same_unit(one.unit, wanted))
    return next(own, next(iter([*fitting, *result.measures]), None))
