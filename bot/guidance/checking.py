"""Check the library as the build does: `check(library, today)` lists what is wrong."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias

from bot.guidance.article import Article, ArticleError, Flaw, read_article
from bot.guidance.library import Library, Problem
from bot.guidance.rendering import blocks
from bot.guidance.words import lines
from bot.skp.complaints import N_

FIRST_SCREEN = 900
LONGEST_ID = 40
LONGEST_TITLE = 70
LONGEST_SUMMARY = 140
LONGEST_TEXT = 20_000
TOO_LONG = N_("The {name} is longer than {most} characters.")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){15}")
STATISTIC = re.compile(
    r"\d\s?(?:%|persen\b|juta\b|ribu\b|miliar\b|triliun\b|poin\b)"
    r"|\bRp\s?\d|\bUSD\s?\d|\b\d{1,3}(?:\.\d{3})+(?! (?:HPK|hari))"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
EXAMPLE = re.compile(r"\b(?:contoh|ilustrasi|misalnya|misal)\b", re.IGNORECASE)
REGULATION = re.compile(r"\b(?:UU|PP|Perpres|Inpres|Permen\w+|PMK|SE|Kep\w*|Peraturan)\b")

Finding: TypeAlias = Iterator[Flaw]


def check(library: Library, today: dt.date) -> tuple[Problem, ...]:
    """List everything wrong with the library on a day, an empty tuple when all is well."""
    articles = library.articles()
    ids = {article.id for article in articles}
    found = list(library.problems)
    for article in articles:
        flaws = _flaws(article, ids, library, today)
        found.extend(Problem(f"{article.id}.md", flaw.text) for flaw in flaws)
    return tuple(found)


def check_text(
    text: str, library: Library, today: dt.date
) -> tuple[Article | None, tuple[Flaw, ...]]:
    """Read a text that somebody has sent, and list what is to be mended as the build would."""
    if len(text) > LONGEST_TEXT:
        return None, (Flaw("The text is longer than {most} characters.", most=LONGEST_TEXT),)
    try:
        article = read_article(text, library.sources())
    except ArticleError as error:
        return None, (error.flaw,)
    ids = {article.id, *(one.id for one in library.articles())}
    return article, tuple(_flaws(article, ids, library, today))


def _flaws(article: Article, ids: set[str], library: Library, today: dt.date) -> Finding:
    for one in CHECKS:
        yield from one(article)
    for link in article.links():
        if link not in ids:
            yield Flaw("It points to {link}, which is not there.", link=link)
    yield from _review(article, today)
    if library.theme_code(article.theme) != article.theme:
        yield Flaw("The theme {theme} is not in the list of themes.", theme=article.theme)


def _review(article: Article, today: dt.date) -> Finding:
    if article.reviewed > today:
        yield Flaw("It was reviewed in the future.")
    if article.review_due <= article.reviewed:
        yield Flaw("The next review is not after the last one.")
    if article.needs_review(today) and not article.overdue:
        yield Flaw(
            "Its review date has passed; review it, or say under `overdue` why it still stands."
        )


def _names(article: Article) -> Finding:
    if not ID.fullmatch(article.id) or len(article.id) > LONGEST_ID:
        yield Flaw(
            "The id is not made of at most {most} small letters, digits and hyphens.",
            most=LONGEST_ID,
        )
    for name in ("title", "title_en"):
        if len(getattr(article, name)) > LONGEST_TITLE:
            yield Flaw(TOO_LONG, name=name, most=LONGEST_TITLE)
    for name in ("summary", "summary_en"):
        if len(getattr(article, name)) > LONGEST_SUMMARY:
            yield Flaw(TOO_LONG, name=name, most=LONGEST_SUMMARY)
    if article.summary_en == article.summary:
        yield Flaw("The English summary is the Indonesian one.")


def _lengths(article: Article) -> Finding:
    shown = sum(len(block.striptags()) for block in blocks(article.first))
    if shown > FIRST_SCREEN:
        yield Flaw(
            "The first screen has {count} characters, more than {most}.",
            count=shown,
            most=FIRST_SCREEN,
        )
    if not article.first:
        yield Flaw("The first screen is empty.")
    if not article.details:
        yield Flaw("Nothing stands behind the first screen.")
    if not article.sources:
        yield Flaw("It names no source.")


def _citations(article: Article) -> Finding:
    for source in article.sources:
        if source.url and not re.match(r"https?://[^\s]+\.[^\s]+", source.url):
            yield Flaw(
                "The source {name} cannot be shown: its address is no web address.",
                name=source.name,
            )
        elif source.url and not source.page:
            yield Flaw(
                "The source {name} cannot be shown: its address has no words to stand for it.",
                name=source.name,
            )
        elif not source.url and not REGULATION.search(source.name):
            yield Flaw(
                "The source {name} cannot be shown: it has neither an address nor the name of a"
                " regulation.",
                name=source.name,
            )


def _private(article: Article) -> Finding:
    names = (article.title, article.title_en, article.summary, article.summary_en)
    for found in LONG_NUMBER.findall("\n".join([*names, article.body()])):
        yield Flaw("{number} looks like a NIK or NIP.", number=found)


def _facts(article: Article) -> Finding:
    """Ask of every statistic that its block names a year and an authority, or is an example."""
    for heading, text in [("", article.first), *((p.heading, p.text) for p in article.details)]:
        for block in blocks(text):
            words = str(block.striptags())
            if not STATISTIC.search(words) or EXAMPLE.search(f"{heading} {words}"):
                continue
            if article.data_year is None:
                yield Flaw("A figure without data_year: {words}", words=words[:80])
            if not YEAR.search(words):
                yield Flaw("A figure without its year: {words}", words=words[:80])
            if not authorities().search(words):
                yield Flaw("A figure without its source: {words}", words=words[:80])


def _unconfirmed(article: Article) -> Finding:
    texts = (article.title, article.summary, article.body())
    for pattern, why in unconfirmed():
        for text in texts:
            if found := pattern.search(text):
                yield Flaw("“{words}” is not confirmed: {why}", words=found[0], why=why)


@cache
def authorities() -> re.Pattern[str]:
    """Give the names of surveys, offices and rules that a figure may be said to come from."""
    return re.compile(rf"\b(?:{'|'.join(lines('authorities.txt'))})")


@cache
def unconfirmed() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give what no source has confirmed, as patterns, each with what it is."""
    pairs = (line.split(" => ") for line in lines("unconfirmed.txt"))
    return tuple((re.compile(pattern, re.IGNORECASE), why) for pattern, why in pairs)


CHECKS: tuple[Callable[[Article], Finding], ...] = (
    _names,
    _lengths,
    _citations,
    _private,
    _facts,
    _unconfirmed,
)
