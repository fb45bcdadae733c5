"""Which sentences a person writes again and again."""

import re
from collections.abc import Iterable

# How often, in how many days, and how many are offered at once.
LEAST = 3
DAYS = 60
MOST = 4
WORD = re.compile(r"\w+")


def favourites(sentences: Iterable[tuple[int, str]]) -> list[int]:
    """Choose the most frequent sentences; each is named by the key of its newest entry.

    The sentences come with their keys, the newest first. Capitals, marks and spaces do not matter.
    """
    found: dict[str, list[int]] = {}
    for key, text in sentences:
        normal = " ".join(WORD.findall(text.casefold()))
        if normal:
            found.setdefault(normal, []).append(key)
    frequent = [keys for keys in found.values() if len(keys) >= LEAST]
    return [keys[0] for keys in sorted(frequent, key=len, reverse=True)[:MOST]]
