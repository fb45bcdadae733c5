"""The inverted index that a question is answered from."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from bot.guidance.article import Article
from bot.guidance.themes import theme_names
from bot.guidance.words import exceptions, faint_words, roots, stem, stopwords, tokens

SATURATION = 1.2
LENGTH_SHARE = 0.35
STRONG = 1.0
"""From this weighted frequency on, a term is what the article is about, not merely in it."""
NAMING = 3.0
"""Fields of this weight name the article."""

EXAMPLE_OF_A_JOB = "contoh jabatan"

Field: TypeAlias = tuple[float, str]


def telling_fields(article: Article) -> list[Field]:
    """List the short fields that say what an article is about, each with the weight of a word."""
    return [
        (3.0, article.title),
        *((3.0, alias) for alias in article.aliases),
        *((2.5, tag) for tag in article.tags),
        (2.0, article.theme.replace("-", " ")),
        (1.6, article.summary),
        *((4.8 / max(4, len(article.jobs)), job) for job in article.jobs),
        (1.0, article.title_en),
    ]


def plain_fields(article: Article) -> list[Field]:
    """List the running text of an article, each part with the weight of a word."""
    return [
        (0.6, article.summary_en),
        (0.5, article.first),
        (0.8, " ".join(part.heading for part in article.details)),
        (0.15, " ".join(part.text for part in article.details)),
    ]


def stems(text: str) -> list[str]:
    """Reduce a text to the stems of its telling words, in order."""
    idle = stopwords()
    return [stem(word) for word in tokens(text) if word not in idle]


def pairs(row: Sequence[str]) -> Iterable[str]:
    """Join neighbouring stems, so that `gizi buruk` weighs more than `gizi` and `buruk` apart."""
    return (f"{one} {two}" for one, two in pairwise(row))


@dataclass
class Index:
    """Hold for each term the articles it stands in, by number, with its weighted frequency."""

    size: int
    postings: dict[str, dict[int, float]] = field(default_factory=dict)
    rooms: list[float] = field(default_factory=list)
    """How much weight an article takes until a term is half saturated: more in a long one."""
    phrases: dict[frozenset[str], set[int]] = field(default_factory=dict)
    """Titles and other names as sets of stems: asking in just these words is a sure sign."""
    jargon: set[str] = field(default_factory=set)
    """Words of titles and tags that are no common Indonesian words: they name our own subjects."""
    themes: list[str] = field(default_factory=list)
    jobs: list[frozenset[str]] = field(default_factory=list)
    """For each article the stems of the jobs it speaks to."""
    callings: dict[str, set[int]] = field(default_factory=dict)
    """Words for a job → the articles written for it: those that name it in their title."""
    examples: set[int] = field(default_factory=set)
    """The articles that hold the example of one job."""
    vocabulary: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By first letter, the written words of the telling fields: what a slip may have meant."""
    _strengths: dict[str, dict[int, float]] = field(default_factory=dict)

    def rarity(self, term: str) -> float:
        """Weigh a term: the fewer articles have it, the more it says."""
        found = len(self.postings.get(term, ()))
        return math.log(1 + (self.size - found + 0.5) / (found + 0.5))

    def strengths(self, term: str) -> dict[int, float]:
        """Score a term in every article that has it; worked out when first asked for."""
        kept = self._strengths.get(term)
        if kept is None:
            rarity = self.rarity(term) * (SATURATION + 1)
            kept = {
                number: rarity * weight / (weight + self.rooms[number])
                for number, weight in self.postings.get(term, {}).items()
            }
            self._strengths[term] = kept
        return kept


def build_index(articles: Sequence[Article]) -> Index:
    """Index the articles by their stems, and by neighbouring stems of the telling fields."""
    index, idle = Index(len(articles)), stopwords()
    written: set[str] = set()
    totals: list[float] = []
    for number, article in enumerate(articles):
        weights: defaultdict[str, float] = defaultdict(float)
        for weight, text in telling_fields(article):
            words = tokens(text)
            written.update(words)
            row = [stem(word) for word in words if word not in idle]
            for term in (*row, *pairs(row)):
                weights[term] += weight
            if text in article.tags or text == article.title:
                index.jargon.update(_jargon(text, row))
            if row and weight >= NAMING:
                index.phrases.setdefault(frozenset(row), set()).add(number)
        for weight, text in plain_fields(article):
            for word, times in Counter(tokens(text)).items():
                if word not in idle:
                    weights[stem(word)] += weight * times
        _add_jobs(index, article)
        totals.append(sum(weights.values()))
        for term, weight in weights.items():
            index.postings.setdefault(term, {})[number] = weight
    average = sum(totals) / len(totals) if totals else 1
    index.rooms = [
        SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * total / average) for total in totals
    ]
    index.vocabulary = _by_letter(written)
    index.jargon -= faint_words()
    return index


def _add_jobs(index: Index, article: Article) -> None:
    jobs = frozenset(stems(" ".join(article.jobs)))
    # In the theme of malnutrition `gizi` names the subject, not the job of an `ahli gizi`.
    subject = _subject(article.theme)
    for calling in jobs.intersection(stems(article.title)).difference(subject):
        index.callings.setdefault(calling, set()).add(len(index.jobs))
    if EXAMPLE_OF_A_JOB in article.tags:
        index.examples.add(len(index.jobs))
    index.jobs.append(jobs)
    index.themes.append(article.theme)


def _jargon(text: str, row: Sequence[str]) -> Iterable[str]:
    """Pick the words that are no common ones; short ones only where written as a code: `4K`."""
    rare = (term for term in row if term not in roots() and term not in exceptions())
    return (term for term in rare if len(term) > 2 or text.isupper())


@cache
def _subject(theme: str) -> frozenset[str]:
    name = theme_names().get(theme)
    words = (theme.replace("-", " "), *(name.claims if name else ()))
    return frozenset(stems(" ".join(words)))


def _by_letter(written: set[str]) -> dict[str, tuple[str, ...]]:
    shelves: dict[str, list[str]] = {}
    for word in sorted(written):
        if not word.isdigit():
            shelves.setdefault(word[0], []).append(word)
    return {letter: tuple(shelf) for letter, shelf in shelves.items()}
