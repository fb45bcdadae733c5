"""What a question asks for: its telling stems, with synonyms, old words and slips put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from bot.guidance.index import Index, pairs
from bot.guidance.words import faint_words, lines, nearest, stem, stopwords, tokens

LONGEST_PHRASE = 5
GUESSED = 0.8
"""What a mistyped word counts once it has been put right."""
BESIDE = 0.7
"""What helps to rank an answer but was not asked for in so many words counts less."""

Phrase: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """Hold one thing asked for: what it counts in ranking, and what is missed where it is absent."""

    stem: str
    weight: float = 1.0
    share: float = 0.0


@dataclass(frozen=True)
class Query:
    """Hold what a question asks for; `wordings` are its telling stems, as said and as meant."""

    terms: tuple[Term, ...]
    wordings: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class _Word:
    root: str
    sure: float
    telling: bool


@cache
def synonyms() -> dict[Phrase, Phrase]:
    """Give what people say → what the articles say, both as stems."""
    return _table("synonyms.txt")


@cache
def intents() -> dict[Phrase, Phrase]:
    """Give ways of asking → the word that marks articles answering so, both as stems."""
    return _table("intents.txt")


def _table(name: str) -> dict[Phrase, Phrase]:
    table: dict[Phrase, Phrase] = {}
    for line in lines(name):
        meant, _, said = line.partition(":")
        target = tuple(_root(word) for word in tokens(meant) if _telling(word))
        for phrase in said.split(","):
            table[tuple(_root(word) for word in tokens(phrase))] = target
    return table


def _root(word: str) -> str:
    return word if word in stopwords() else stem(word)


def _telling(word: str) -> bool:
    return word not in stopwords() and (len(word) > 1 or word.isdigit())


def read_question(question: str, index: Index) -> Query:
    """Read a question into the terms to look for."""
    words = [_mend(word, index) for word in tokens(question)]
    found = list(_expand(words, index))
    asked = [term.stem for term in found if term.share]
    found.extend(Term(pair, GUESSED) for pair in pairs(asked))
    found.extend(_intent([word.root for word in words]))
    unique = {term.stem: term for term in reversed(found)}
    said = frozenset(word.root for word in words if word.telling)
    meant = frozenset(term.stem for term in found if term.weight != BESIDE and " " not in term.stem)
    return Query(tuple(reversed(unique.values())), (said, meant) if said != meant else (said,))


def _mend(word: str, index: Index) -> _Word:
    root = _root(word)
    if word in stopwords() or root in index.postings or (root,) in synonyms():
        return _Word(root, 1.0, _telling(word))
    meant = nearest(word, index.vocabulary.get(word[0], ()))
    if meant is None:
        return _Word(root, 1.0, _telling(word))
    return _Word(_root(meant), GUESSED, _telling(meant))


def _expand(words: list[_Word], index: Index) -> Iterator[Term]:
    table = synonyms()
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
            said = words[place : place + length]
            target = table.get(tuple(word.root for word in said))
            if target is not None:
                sure = min(word.sure for word in said)
                yield from (Term(root, sure, 1 / len(target)) for root in target)
                yield from (Term(word.root, BESIDE) for word in said if word.telling)
                place += length
                break
        else:
            word = words[place]
            if word.telling:
                yield Term(word.root, word.sure, _share(word.root, index))
            place += 1


def _share(root: str, index: Index) -> float:
    odd = not root.isalpha() and (root.isdigit() or root not in index.postings)
    return 0.0 if odd or root in faint_words() else 1.0


def _intent(words: list[str]) -> Iterator[Term]:
    table = intents()
    for start in range(len(words)):
        for length in range(1, LONGEST_PHRASE):
            target = table.get(tuple(words[start : start + length]), ())
            yield from (Term(root, BESIDE) for root in (*target, *pairs(target)))
