"""Check the library as the build does: `check(library, today)` lists what is wrong."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias

from bot.guidance.article import Article, Source
from bot.guidance.library import Library, Problem
from bot.guidance.rendering import blocks
from bot.guidance.words import lines

FIRST_SCREEN = 900
LONGEST_ID = 40
LONGEST_TITLE = 70
LONGEST_SUMMARY = 140
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){15}")
STATISTIC = re.compile(
    r"\d\s?(?:%|persen\b|juta\b|ribu\b|miliar\b|triliun\b|poin\b)"
    r"|\bRp\s?\d|\bUSD\s?\d|\b\d{1,3}(?:\.\d{3})+(?! (?:HPK|hari))"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
EXAMPLE = re.compile(r"\b(?:contoh|ilustrasi|misalnya|misal)\b", re.IGNORECASE)
REGULATION = re.compile(r"\b(?:UU|PP|Perpres|Inpres|Permen\w+|PMK|SE|Kep\w*|Peraturan)\b")

Finding: TypeAlias = Iterator[str]


def check(library: Library, today: dt.date) -> tuple[Problem, ...]:
    """List everything wrong with the library on a day, an empty tuple when all is well."""
    articles = library.articles()
    ids = {article.id for article in articles}
    found = list(library.problems)
    for article in articles:
        texts = [text for one in CHECKS for text in one(article)]
        texts.extend(f"It points to {link}, which is not there." for link in _dead(article, ids))
        texts.extend(_review(article, today))
        if library.theme_code(article.theme) != article.theme:
            texts.append(f"The theme {article.theme} is not in the list of themes.")
        found.extend(Problem(f"{article.id}.md", text) for text in texts)
    return tuple(found)


def _dead(article: Article, ids: set[str]) -> list[str]:
    return [link for link in article.links() if link not in ids]


def _review(article: Article, today: dt.date) -> Finding:
    if article.reviewed > today:
        yield "It was reviewed in the future."
    if article.review_due <= article.reviewed:
        yield "The next review is not after the last one."
    if article.needs_review(today) and not article.overdue:
        yield "Its review date has passed; review it, or say under `overdue` why it still stands."


def _names(article: Article) -> Finding:
    if not ID.fullmatch(article.id) or len(article.id) > LONGEST_ID:
        yield f"The id is not made of at most {LONGEST_ID} small letters, digits and hyphens."
    for name in ("title", "title_en"):
        if len(getattr(article, name)) > LONGEST_TITLE:
            yield f"The {name} is longer than {LONGEST_TITLE} characters."
    for name in ("summary", "summary_en"):
        if len(getattr(article, name)) > LONGEST_SUMMARY:
            yield f"The {name} is longer than {LONGEST_SUMMARY} characters."


def _lengths(article: Article) -> Finding:
    shown = sum(len(block.striptags()) for block in blocks(article.first))
    if shown > FIRST_SCREEN:
        yield f"The first screen has {shown} characters, more than {FIRST_SCREEN}."
    if not article.first:
        yield "The first screen is empty."
    if not article.details:
        yield "Nothing stands behind the first screen."
    if not article.sources:
        yield "It names no source."


def _citations(article: Article) -> Finding:
    for source in article.sources:
        if why := _unciteable(source):
            yield f"The source {source.name} cannot be shown: {why}"


def _unciteable(source: Source) -> str:
    if source.url and not re.match(r"https?://[^\s]+\.[^\s]+", source.url):
        return "its address is no web address."
    if source.url and not source.page:
        return "its address has no words to stand for it."
    if not source.url and not REGULATION.search(source.name):
        return "it has neither an address nor the name of a regulation."
    return ""


def _private(article: Article) -> Finding:
    for found in LONG_NUMBER.findall(article.body()):
        yield f"{found} looks like a NIK or NIP."


def _facts(article: Article) -> Finding:
    """Ask of every statistic that its block names a year and an authority, or is an example."""
    for heading, text in [("", article.first), *((p.heading, p.text) for p in article.details)]:
        for block in blocks(text):
            words = str(block.striptags())
            if not STATISTIC.search(words) or EXAMPLE.search(f"{heading} {words}"):
                continue
            if article.data_year is None:
                yield f"A figure without data_year: {words[:80]}"
            if not YEAR.search(words):
                yield f"A figure without its year: {words[:80]}"
            if not authorities().search(words):
                yield f"A figure without its source: {words[:80]}"


def _unconfirmed(article: Article) -> Finding:
    texts = (article.title, article.summary, article.body())
    for pattern, why in unconfirmed():
        for text in texts:
            if found := pattern.search(text):
                yield f"“{found[0]}” is not confirmed: {why}"


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
