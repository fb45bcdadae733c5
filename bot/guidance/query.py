"""What a question asks for: its telling stems, with synonyms, old words and slips put right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from bot.guidance.index import Index, pairs
from bot.guidance.words import (
    anchors,
    exceptions,
    faint_words,
    lines,
    nearest,
    roots,
    stem,
    stopwords,
    tokens,
)

LONGEST_PHRASE = 5
GUESSED = 0.8
"""What a mistyped word counts once it has been put right."""
SLANG = 0.6
"""What an unknown word that is no Indonesian root is missed: as often talk as a subject."""
HALF_ASKED = 0.5
"""What two neighbours count of which only one is asked for."""
BESIDE = 0.7
"""What helps to rank an answer but was not asked for in so many words counts less."""

GENERAL = "~"
DOUBTFUL = "?"
"""The marks of synonyms that are common words, and of those that mean another thing, too."""
CODE = 2
"""An unknown word of so few letters is a way of writing, not a subject."""

Phrase: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """Hold one thing asked for.

    `weight` is what it counts in ranking, `share` what is missed where it is absent; `ours` tells
    that it names one of the library's own subjects, `doubtful` that it may mean another thing,
    `beside` that it was said but means the term before.
    """

    stem: str
    weight: float = 1.0
    share: float = 0.0
    ours: bool = False
    doubtful: bool = False
    beside: bool = False


@dataclass(frozen=True)
class Query:
    """Hold what a question asks for.

    `wordings` are its telling stems: as said, without the way of asking, and as meant; `ways` are
    the words that mark articles answering so.
    """

    terms: tuple[Term, ...]
    wordings: tuple[frozenset[str], ...]
    ways: frozenset[Phrase] = frozenset()


@dataclass(frozen=True)
class _Word:
    root: str
    sure: float
    telling: bool


@cache
def synonyms() -> dict[Phrase, Phrase]:
    """Give what people say → what the articles say, both as stems."""
    return _table(line.lstrip(GENERAL + DOUBTFUL) for line in lines("synonyms.txt"))


@cache
def marked_synonyms(mark: str) -> frozenset[Phrase]:
    """Give what people say in the lines with a mark: also outside our subjects, or of others."""
    return frozenset(_table(line[1:] for line in lines("synonyms.txt") if line[0] == mark))


@cache
def intents() -> dict[Phrase, Phrase]:
    """Give ways of asking → the word that marks articles answering so, both as stems."""
    return _table(lines("intents.txt"))


def _table(rows: Iterable[str]) -> dict[Phrase, Phrase]:
    table: dict[Phrase, Phrase] = {}
    for line in rows:
        meant, _, said = line.partition(":")
        target = tuple(_root(word) for word in tokens(meant) if _telling(word))
        table.setdefault(target, target)
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
    spans = list(_spans(words))
    found = [term for span in spans for term in _terms(span, index)]
    found.extend(_pairs(found))
    asking = list(_asking([word.root for word in words]))
    found.extend(Term(root, BESIDE) for row in asking for root in intents()[row])
    found.extend(Term(pair, BESIDE) for row in asking for pair in pairs(intents()[row]))
    unique = {term.stem: term for term in reversed(found)}
    return Query(
        tuple(reversed(unique.values())),
        _wordings(words, spans, frozenset(root for row in asking for root in row)),
        frozenset(intents()[row] for row in asking),
    )


def _pairs(terms: list[Term]) -> list[Term]:
    """Join what stands side by side, when one of the two is asked for: `dialog kinerja`."""
    said = [term for term in terms if not term.beside]
    joined = [(one, two) for one, two in pairwise(said) if one.share or two.share]
    return [Term(f"{one.stem} {two.stem}", _together(one, two)) for one, two in joined]


def _together(one: Term, two: Term) -> float:
    return min(one.weight, two.weight) * (GUESSED if one.share and two.share else HALF_ASKED)


def _wordings(
    words: list[_Word], spans: list[list[_Word]], asking: frozenset[str]
) -> tuple[frozenset[str], ...]:
    said = frozenset(word.root for word in words if word.telling)
    meant: set[str] = set()
    for span in spans:
        plain = (word.root for word in span if word.telling)
        meant.update(synonyms().get(_said(span)) or plain)
    return tuple({wording: None for wording in (said, said - asking, frozenset(meant)) if wording})


def _mend(word: str, index: Index) -> _Word:
    root = _root(word)
    ours = root in index.postings or root in faint_words() or (root,) in synonyms()
    real = root in roots() or word in exceptions() or word in stopwords()
    if ours or real:
        return _Word(root, 1.0, _telling(word))
    meant = nearest(word, index.vocabulary.get(word[0], ()))
    if meant is None:
        return _Word(root, 1.0, _telling(word))
    return _Word(_root(meant), GUESSED, _telling(meant))


def _spans(words: list[_Word]) -> Iterator[list[_Word]]:
    """Cut a question into the longest phrases that have a synonym, and single words."""
    table = synonyms()
    place = 0
    while place < len(words):
        longest = min(LONGEST_PHRASE, len(words) - place)
        sizes = (n for n in range(longest, 0, -1) if _said(words[place : place + n]) in table)
        size = next(sizes, 1)
        yield words[place : place + size]
        place += size


def _terms(span: list[_Word], index: Index) -> Iterator[Term]:
    target = synonyms().get(_said(span))
    if target is None:
        yield from (_plain_term(word, index) for word in span if word.telling)
        return
    sure = min(word.sure for word in span)
    said = _said(span)
    general = said in marked_synonyms(GENERAL)
    telling = tuple(root for root in target if root not in faint_words())
    # Faint words may name a subject together: `anak tidak sekolah`.
    if not (telling or general) and len(target) > 1:
        telling = target
    share = 1 / max(1, len(telling))
    doubtful = said != target and said in marked_synonyms(DOUBTFUL)
    weight = sure / max(1, len(target)) ** 0.5
    for root in target:
        ours = root in telling and (not general or _is_ours(root, index))
        yield Term(root, weight, share if root in telling else 0.0, ours, doubtful)
    yield from (Term(word.root, BESIDE, beside=True) for word in span if word.telling)


def _said(span: list[_Word]) -> Phrase:
    return tuple(word.root for word in span)


def _plain_term(word: _Word, index: Index) -> Term:
    share = _share(word.root, index)
    return Term(word.root, word.sure, share, share > 0 and _is_ours(word.root, index))


def _is_ours(root: str, index: Index) -> bool:
    return root in anchors() or root in index.jargon


def _share(root: str, index: Index) -> float:
    if root.isdigit() or root in faint_words():
        return 0.0
    if root in index.postings or root in roots():
        return 1.0
    return SLANG if root.isalpha() and len(root) > CODE else 0.0


def _asking(words: list[str]) -> Iterator[Phrase]:
    """Find the ways of asking in a question."""
    table = intents()
    for start in range(len(words)):
        for length in range(1, LONGEST_PHRASE):
            row = tuple(words[start : start + length])
            if len(row) == length and row in table:
                yield row
