"""Which groups are too small to be told of: a sum of few people tells what each of them did."""

from collections.abc import Sequence

FEW = 3


def too_small(sizes: Sequence[int]) -> frozenset[int]:
    """Choose the places of the groups whose figures stay untold, beside a total that is told.

    Of nobody there is nothing to tell. Where the small groups together are still few, what they
    did could be worked out from the total; then the next larger group stays untold with them.
    """
    hidden = {place for place, size in enumerate(sizes) if 0 < size < FEW}
    larger = sorted((size, place) for place, size in enumerate(sizes) if size >= FEW)
    for _, place in larger:
        if not 0 < sum(sizes[one] for one in hidden) < FEW:
            break
        hidden.add(place)
    return frozenset(hidden)
