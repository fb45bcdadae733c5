"""The root of an Indonesian word, formal or spoken.

The list of roots is PySastrawi's; its stemmer needs about a millisecond for a word it has not
seen, which is the whole budget of a message, so the affixes are taken off here.
"""

from collections.abc import Iterator
from functools import lru_cache

from bot.understanding.words import Words

_SUFFIXES = ("nya", "an", "kan", "i", "in", "ku", "mu", "lah", "kah", "pun")
_VOWELS = "aeiou"
# Which letters a prefix goes before, and which first letter of the root it may have swallowed.
_PREFIXES = (
    ("meng", "aeioughk", "k"), ("peng", "aeioughk", "k"), ("meny", "", "s"), ("peny", "", "s"),
    ("mem", "bfpv", "p"), ("pem", "bfpv", "p"), ("men", "cdjtzs", "t"), ("pen", "cdjtzs", "t"),
    ("nge", "", ""), ("ng", "aeioughk", "k"), ("ny", "", "sc"), ("me", "lrmnwy", ""),
    ("per", "", ""), ("ber", "", ""), ("ter", "", ""),
    ("pe", "", ""), ("be", "", ""), ("te", "", ""), ("di", "", ""), ("ke", "", ""), ("se", "", ""),
    ("n", "", "t"), ("m", "", "p"),
)  # fmt: skip
_ANY = frozenset({"nge", "per", "ber", "ter", "pe", "be", "te", "di", "ke", "se"})
_SHORTEST = 3


def _without_suffix(word: str) -> Iterator[str]:
    yield word
    for first in _SUFFIXES:
        if not word.endswith(first):
            continue
        once = word[: -len(first)]
        yield once
        for second in ("an", "kan", "i", "in"):
            if once.endswith(second):
                yield once[: -len(second)]


def _without_prefix(word: str) -> Iterator[str]:
    for prefix, before, swallowed in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest == word or not rest:
            continue
        if prefix in _ANY or rest[0] in before:
            yield rest
        if rest[0] in _VOWELS:
            yield from (letter + rest for letter in swallowed)


def _roots_of(word: str, roots: frozenset[str]) -> Iterator[str]:
    """Yield the known roots that a word may have, the likelier first."""
    bares = list(dict.fromkeys(_without_suffix(word)))
    onces = [once for bare in bares for once in (bare, *_without_prefix(bare))]
    yield from (once for once in onces if len(once) >= _SHORTEST and once in roots)
    for once in onces:
        if len(once) > _SHORTEST:
            yield from (
                twice
                for twice in _without_prefix(once)
                if len(twice) > _SHORTEST and twice in roots
            )


@lru_cache(maxsize=50_000)
def stem(word: str, words: Words) -> str:
    """Give the root of a word, or the word itself when no root is known."""
    if word in words.stems:
        return words.stems[word]
    if word in words.roots or len(word) <= _SHORTEST or not word.isalpha():
        return word
    first = ""
    for root in _roots_of(word, words.roots):
        if root in words.common:
            return root
        first = first or root
    return first or (word.removesuffix("nya") if len(word) > 6 else word)
