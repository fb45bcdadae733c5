"""Several activities of one message, when its words change."""

from collections.abc import Sequence
from difflib import SequenceMatcher


def paired(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Tell for each new sentence which old one it follows: the most alike, each only once.

    An old sentence that nothing follows is gone; a new one that follows none is new.
    """
    likeness = sorted(
        (-SequenceMatcher(None, was, now, autojunk=False).ratio(), abs(n - o), n, o)
        for n, now in enumerate(new)
        for o, was in enumerate(old)
    )
    found: list[int | None] = [None] * len(new)
    taken: set[int] = set()
    for _, _, n, o in likeness:
        if found[n] is None and o not in taken:
            found[n] = o
            taken.add(o)
    return found
