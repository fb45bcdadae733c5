"""Rank the library's articles for a question as people ask it.

`search_index(index, question, job=…, themes=…)` gives at most three article numbers with their
scores; `Library.search` is what callers use.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from bot.guidance.article import Article
from bot.guidance.index import STRONG, Index, stems
from bot.guidance.query import Query, read_question

MOST = 3
ENOUGH = 0.55
"""The share of what was asked that an article must speak of. Measured on the questions of the
tests: below it, questions from outside the library begin to find something."""
RELATIVE = 0.45
"""An article further behind the best than this is no answer to the same question."""
BY_NAME = 3.0
"""What asking in just the words of a title or another name adds."""
FOR_THE_CALLING = 1.3
FOR_THE_JOB = 0.12
FOR_THE_THEME = 0.08


@dataclass(frozen=True)
class Hit:
    """Hold an article that answers a question, and how well compared with the others."""

    article: Article
    score: float


@dataclass(frozen=True)
class Reader:
    """Know about the asking person what may gently move an article up."""

    job: str | None = None
    themes: Collection[str] = ()

    def favour(self, article: Article) -> float:
        """Give the factor by which an article counts more for this person."""
        factor = 1.0
        if article.theme in self.themes:
            factor += FOR_THE_THEME
        jobs = {word for job in article.jobs for word in stems(job)}
        if self.job and jobs.intersection(stems(self.job)):
            factor += FOR_THE_JOB
        return factor


def rank(
    index: Index, articles: tuple[Article, ...], question: str, reader: Reader
) -> tuple[Hit, ...]:
    """Give at most three articles that answer the question, the best first; none if none does."""
    query = read_question(question, index)
    wanted = sum(term.share for term in query.terms)
    if not wanted:
        return ()
    scores, covered = _weigh(index, query)
    hits = [
        Hit(articles[number], score * reader.favour(articles[number]))
        for number, score in scores.items()
        if covered[number] >= ENOUGH * wanted
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.article.id))
    return tuple(hit for hit in hits[:MOST] if hit.score >= RELATIVE * hits[0].score)


def _weigh(index: Index, query: Query) -> tuple[dict[int, float], dict[int, float]]:
    scores: dict[int, float] = defaultdict(float)
    covered: dict[int, float] = defaultdict(float)
    for term in query.terms:
        for number, weight in index.postings.get(term.stem, {}).items():
            scores[number] += index.strength(term.stem, number) * term.weight
            covered[number] += term.share * term.weight * min(1.0, 0.3 + weight / STRONG)
    for number in {n for wording in query.wordings for n in index.phrases.get(wording, ())}:
        scores[number] += BY_NAME
    for calling in frozenset().union(*query.wordings) & index.callings.keys():
        for number in index.callings[calling]:
            scores[number] *= FOR_THE_CALLING
    return scores, covered
