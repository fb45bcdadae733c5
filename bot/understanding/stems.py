"""The root of an Indonesian word, formal or spoken.

The list of roots is PySastrawi's; its stemmer needs about a millisecond for a word it has not
seen, which is the whole budget of a message, so the affixes are taken off here.
"""

from collections.abc import Iterator
from functools import lru_cache

from bot.understanding.words import Words

_SUFFIXES = ("nya", "kan", "an", "i", "in", "ku", "mu", "lah", "kah", "pun")
_NASAL = (
    ("meng", ("", "k")), ("peng", ("", "k")), ("meny", ("s",)), ("peny", ("s",)),
    ("mem", ("", "p")), ("pem", ("", "p")), ("men", ("", "t")), ("pen", ("", "t")),
    ("me", ("",)), ("pe", ("",)), ("nge", ("",)), ("ng", ("", "k")), ("ny", ("s", "c")),
    ("ber", ("",)), ("bel", ("",)), ("be", ("",)), ("ter", ("",)), ("te", ("",)),
    ("per", ("",)), ("pel", ("",)), ("di", ("",)), ("ke", ("",)), ("se", ("",)),
    ("n", ("t",)), ("m", ("p",)),
)  # fmt: skip
_SHORTEST = 3


def _without_suffix(word: str) -> Iterator[str]:
    yield word
    for first in _SUFFIXES:
        if not word.endswith(first):
            continue
        once = word[: -len(first)]
        yield once
        for second in ("kan", "an", "i", "in"):
            if once.endswith(second):
                yield once[: -len(second)]


def _without_prefix(word: str) -> Iterator[str]:
    for prefix, starts in _NASAL:
        if word.startswith(prefix):
            for start in starts:
                yield start + word[len(prefix) :]


@lru_cache(maxsize=50_000)
def stem(word: str, words: Words) -> str:
    """Give the root of a word, or the word itself when no root is known."""
    roots = words.roots
    if word in roots or len(word) <= _SHORTEST or not word.isalpha():
        return word
    for bare in _without_suffix(word):
        if len(bare) >= _SHORTEST and bare in roots:
            return bare
        for once in _without_prefix(bare):
            if len(once) < _SHORTEST:
                continue
            if once in roots:
                return once
            for twice in _without_prefix(once):
                if len(twice) > _SHORTEST and twice in roots:
                    return twice
    return word.removesuffix("nya") if len(word) > 6 else word
