"""What a question asks for: its telling stems, with synonyms, old words and slips put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.guidance.index import Index, pairs
from bot.guidance.words import faint_words, lines, nearest, stem, stopwords, tokens

LONGEST_PHRASE = 5
GUESSED = 0.8
"""What a mistyped word counts once it has been put right."""


@dataclass(frozen=True)
class Term:
    """Hold one thing asked for; an `extra` helps to rank but is not missed where it is absent."""

    stem: str
    weight: float = 1.0
    extra: bool = False


@cache
def synonyms() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Give what people say → what the articles say, both as stems."""
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in lines("synonyms.txt"):
        meant, _, said = line.partition(":")
        target = tuple(stem(word) for word in tokens(meant))
        for phrase in said.split(","):
            table[tuple(stem(word) for word in tokens(phrase))] = target
    return table


def terms_of(question: str, index: Index) -> list[Term]:
    """Read a question into the terms to look for."""
    words = [_mend(word, index) for word in tokens(question)]
    found = list(_expand(words))
    chain = [term.stem for term in found if not term.extra]
    found.extend(Term(pair, 0.8, extra=True) for pair in pairs(chain))
    unique = {(term.stem, term.extra): term for term in reversed(found)}
    return list(reversed(unique.values()))


def _mend(word: str, index: Index) -> tuple[str, float]:
    root = stem(word)
    if word in stopwords() or root in index.postings or (root,) in synonyms():
        return root if word not in stopwords() else word, 1.0
    meant = nearest(word, index.vocabulary.get(word[0], ()))
    return (root, 1.0) if meant is None else (stem(meant), GUESSED)


def _expand(words: list[tuple[str, float]]) -> Iterator[Term]:
    table = synonyms()
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
            said = words[place : place + length]
            target = table.get(tuple(stem(root) for root, _ in said))
            if target is not None:
                weight = min(sure for _, sure in said)
                yield from (Term(root, weight) for root in target)
                yield from (Term(root, 0.7, extra=True) for root, _ in said if _telling(root))
                place += length
                break
        else:
            root, weight = words[place]
            if _telling(root):
                yield Term(root, weight, extra=root in faint_words() or root.isdigit())
            place += 1


def _telling(root: str) -> bool:
    return len(root) > 1 and root not in stopwords()
