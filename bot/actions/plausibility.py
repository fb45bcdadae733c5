"""Ask once about a figure that is hardly meant; the entry is saved as it was said."""

import dataclasses

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.receipts import Receipt
from bot.skp.pace import adds_to
from bot.skp.plans import Direction
from bot.skp.plausible import Oddity, is_far
from bot.understanding.whole import is_broken, is_whole, part_of_whole
from db import entries


async def questioned(session: AsyncSession, shown: Receipt) -> Receipt:
    """Mark a receipt whose figure is odd, so that it asks about it.

    Only what makes an entry calls this, so no entry is asked about again when it is shown later.
    """
    if shown.quantity is None and shown.percent is None:
        said = part_of_whole(shown.text)
        return dataclasses.replace(shown, odd=Oddity.FRACTION, odd_words=said) if said else shown
    if is_broken(shown.quantity) and is_whole(shown.unit):
        return dataclasses.replace(shown, odd=Oddity.FRACTION)
    return await measured(session, shown)


async def measured(session: AsyncSession, shown: Receipt) -> Receipt:
    """Mark a receipt whose figure is far from the target and from what was logged before."""
    goal = shown.stand
    if shown.quantity is None or shown.result is None or goal is None or goal.target is None:
        return shown
    counts = adds_to(shown.unit, goal.unit) and goal.direction is Direction.UP
    # Whatever lies within the target needs no look at what was before.
    if not counts or shown.quantity <= goal.target:
        return shown
    largest = await entries.largest(session, shown.result.id, besides=shown.entry_id)
    before = [value for unit, value in largest if adds_to(unit, goal.unit)]
    if not is_far(shown.quantity, goal.target, before):
        return shown
    return dataclasses.replace(shown, odd=Oddity.FAR)
