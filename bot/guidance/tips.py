"""Which article helps with the work that a log tells of; none where that is not sure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from bot.guidance.article import Article
from bot.guidance.index import EXAMPLE_OF_A_JOB, stems
from bot.guidance.search import Hit, claimed_themes, claims
from bot.guidance.words import faint_words, tokens

SURE = 10.0
"""How much must speak for an article. Measured on the logs of many jobs: below it about every
third tip is beside the work."""
BEHIND_THE_WORK = frozenset({"angka", "aturan", "dasar hukum", "definisi", "mitos"})
"""Tags of articles that say what is so; who does the work wants to know how."""
SHORT = 4
"""A root of so few letters is looked for whole: the first one changes in few of them."""
OF_ALL_DAYS = frozenset({"berakhlak"})
"""Themes whose names are common words, such as `kompeten`."""


@dataclass(frozen=True)
class Work:
    """What a log tells of: its words, and the job, the RHK and its themes behind it."""

    text: str
    job: str = ""
    result: str = ""
    themes: Collection[str] = field(default=())

    def led_to(self, known: Collection[str]) -> frozenset[str]:
        """Name those of the known themes that the words, the RHK or the roster speak of."""
        return (_claimed(self.text) | _claimed(self.result) | frozenset(self.themes)) & (
            frozenset(known) - OF_ALL_DAYS
        )


@lru_cache(maxsize=4096)
def _claimed(text: str) -> frozenset[str]:
    """Tell which themes a text names; only words that may name one are worth a stem."""
    telling = (word for word in tokens(text) if any(core in word for core in _cores()))
    return claimed_themes([frozenset(stems(" ".join(telling)))])


@cache
def _cores() -> tuple[str, ...]:
    """Give what stays of each root that names a theme, whatever is put before it or behind it."""
    roots = frozenset().union(*claims())
    return tuple(root if len(root) <= SHORT else root[1:] for root in roots)


def chosen(
    hits: Iterable[Hit], work: Work, themes: Collection[str], passed: Collection[str]
) -> Article | None:
    """Choose what surely helps and was not passed already; the first doubt ends the search."""
    job = frozenset(stems(work.job)) - faint_words()
    for hit in hits:
        article = hit.article
        if hit.score < SURE or article.theme not in themes:
            return None
        jobs = frozenset(stems(" ".join(article.jobs)))
        others = EXAMPLE_OF_A_JOB in article.tags and not job & jobs
        if others or BEHIND_THE_WORK.intersection(article.tags) or article.id in passed:
            continue
        return article
    return None
