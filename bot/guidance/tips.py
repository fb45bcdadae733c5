"""Which article helps with the work that a log tells of; none where that is not sure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from bot.guidance.article import Article
from bot.guidance.index import EXAMPLE_OF_A_JOB, stems
from bot.guidance.search import Hit, claimed_themes
from bot.guidance.words import faint_words

SURE = 10.0
"""How much must speak for an article. Measured on the logs of many jobs: below it about every
third tip is beside the work."""
BEHIND_THE_WORK = frozenset({"angka", "aturan", "dasar hukum", "definisi", "mitos"})
"""Tags of articles that say what is so; who does the work wants to know how."""
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
    return claimed_themes([frozenset(stems(text))])


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
