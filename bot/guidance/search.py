"""Rank the library's articles for a question as people ask it.

`search_index(index, question, job=…, themes=…)` gives at most three article numbers with their
scores; `Library.search` is what callers use.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from heapq import nsmallest
from itertools import chain
from typing import TypeVar

from bot.guidance.article import Article
from bot.guidance.index import STRONG, Index, stems
from bot.guidance.query import Query, read_question
from bot.guidance.themes import theme_names
from bot.guidance.words import faint_words, required_words

Key = TypeVar("Key", bound=Hashable)

MOST = 3
ENOUGH = 0.65
"""The share of what was asked that an article must speak of. Measured on the questions of the
tests: below it, questions from outside the library begin to find something."""
ENOUGH_ANCHORED = 0.25
"""The same where the question names one of the library's own subjects: people wrap it in talk."""
MORE_THAN_ONE = 1.2
"""One word among others, none of the library's own subjects, is no sign that an article fits."""
NAMED = 1.5
"""From this weight on a lone word is named by the article's short fields, not only mentioned."""
RELATIVE = 0.45
"""An article further behind the best than this is no answer to the same question."""
FAR_AHEAD = 1.3
"""An article so far before the next is the answer, not one of several."""
BY_NAME = 3.0
"""What asking in just the words of a title or another name adds."""
FOR_THE_CALLING = 1.3
OFF_THEME = 0.6
WHAT_IT_IS = ("definisi",)
A_JOBS_PART = ("contoh", "jabat")
OTHERS_JOB = 0.5
"""What one job's example counts for a question that names no job."""
FOR_THE_JOB = 0.12
FOR_THE_THEME = 0.08


@dataclass(frozen=True)
class Hit:
    """Hold an article that answers a question, and how well compared with the others."""

    article: Article
    score: float
    answers: bool = False
    """Whether the question asks what something is, and this is clearly the article that says so."""


@dataclass(frozen=True)
class Reader:
    """Know about the asking person what may gently move an article up."""

    job: str | None = None
    themes: Collection[str] = ()


def rank(
    index: Index, articles: tuple[Article, ...], question: str, reader: Reader
) -> tuple[Hit, ...]:
    """Give at most three articles that answer the question, the best first; none if none does."""
    query = read_question(question, index)
    job = frozenset(stems(reader.job or "")) - faint_words()
    theirs = _found(index.callings, job)
    scores = _scores(index, query)
    for number in scores:
        favour = 1.0
        favour += FOR_THE_THEME if index.themes[number] in reader.themes else 0.0
        favour += FOR_THE_JOB if job & index.jobs[number] else 0.0
        favour += FOR_THE_JOB if number in theirs else 0.0
        scores[number] *= favour
    best = nsmallest(MOST, scores, key=lambda number: (-scores[number], articles[number].id))
    hits = [Hit(articles[number], scores[number]) for number in best]
    near = [hit for hit in hits if hit.score >= RELATIVE * hits[0].score]
    if near and WHAT_IT_IS in query.ways and _leads(index, articles, query, near):
        near[0] = replace(near[0], answers=True)
    return tuple(near)


def _leads(index: Index, articles: tuple[Article, ...], query: Query, near: Sequence[Hit]) -> bool:
    """Tell whether the first article is named by the question, or far ahead of the next."""
    named = {articles[number].id for number in _found(index.phrases, query.wordings)}
    alone = len(near) == 1 or near[0].score >= FAR_AHEAD * near[1].score
    return near[0].article.id in named or alone


def _scores(index: Index, query: Query) -> dict[int, float]:
    named = _found(index.phrases, query.wordings)
    scores = dict.fromkeys({*_speaking(index, query), *named}, 0.0)
    for term in query.terms:
        weight = term.weight
        for number, strength in index.strengths(term.stem).items():
            if number in scores:
                scores[number] += strength * weight
    for number in named:
        scores[number] += BY_NAME
    claimed = claimed_themes(query.wordings)
    called = _found(index.callings, chain.from_iterable(query.wordings))
    called = {number for number in called if not claimed or index.themes[number] in claimed}
    general = WHAT_IT_IS in query.ways or (query.ways and A_JOBS_PART not in query.ways)
    general = general or not (called or claimed)
    others = index.examples if general else frozenset()
    for number in scores.keys() & (called | others):
        scores[number] *= FOR_THE_CALLING if number in called else OTHERS_JOB
    for number in scores:
        if claimed and index.themes[number] not in claimed:
            scores[number] *= OFF_THEME
    return scores


def _speaking(index: Index, query: Query) -> list[int]:
    """List the articles that speak of enough of what was asked."""
    covered: dict[int, float] = defaultdict(float)
    for term in query.terms:
        if term.share:
            for number, weight in index.postings.get(term.stem, {}).items():
                covered[number] += term.share * min(1.0, 0.3 + weight / STRONG)
    for stem in (term.stem for term in query.terms if term.stem in required_words()):
        speaking = index.postings.get(stem, {})
        covered = {n: share for n, share in covered.items() if speaking.get(n, 0) >= STRONG}
    wanted = sum(term.share for term in query.terms)
    naming = [term for term in query.terms if term.ours]
    sure = [term for term in naming if not term.doubtful]
    ours = [index.postings.get(term.stem, {}) for term in sure or naming]
    if not ours:
        enough = min(max(wanted * ENOUGH, MORE_THAN_ONE), wanted)
        found = [number for number, share in covered.items() if share >= enough]
        return found if wanted > 1 else [number for number in found if _names(index, query, number)]
    subject = set().union(*ours)
    enough = min(wanted * ENOUGH_ANCHORED, 1.0)
    return [n for n, share in covered.items() if share >= enough and n in subject]


def _names(index: Index, query: Query, number: int) -> bool:
    """Tell whether an article is about the one thing asked for, not merely mentions it."""
    asked = (term.stem for term in query.terms if term.share)
    return any(index.postings.get(stem, {}).get(number, 0) >= NAMED for stem in asked)


@cache
def claims() -> dict[frozenset[str], str]:
    """Give the words that claim a theme, as sets of stems → its code."""
    names = theme_names().items()
    return {frozenset(stems(claim)): code for code, name in names for claim in name.claims}


def claimed_themes(wordings: Iterable[frozenset[str]]) -> frozenset[str]:
    """Tell which themes a question asks for by name."""
    said = frozenset().union(*wordings)
    return frozenset(code for claim, code in claims().items() if claim <= said)


def _found(table: Mapping[Key, set[int]], keys: Iterable[Key]) -> set[int]:
    return set().union(*(table.get(key, ()) for key in keys))
