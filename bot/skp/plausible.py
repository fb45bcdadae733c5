"""Whether a figure can be what was meant; it is kept in any case."""

from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum

# So many times the largest figure of before is no longer a busy day.
FAR = 20
# Where nothing was logged before, only the target is left to compare with, and it may be low.
FAR_FROM_TARGET = 5
# A small figure is counted at a glance, however low the target is.
SMALL = 20


class Oddity(StrEnum):
    """Tell what is odd about a figure."""

    FRACTION = "fraction"
    FAR = "far"


def is_far(quantity: Decimal, target: Decimal, before: Collection[Decimal]) -> bool:
    """Tell whether a figure lies far outside of those before it and of the whole target."""
    if quantity <= max(target, Decimal(SMALL)):
        return False
    largest = max(before, default=Decimal(0))
    return quantity > (largest * FAR if largest else target * FAR_FROM_TARGET)
