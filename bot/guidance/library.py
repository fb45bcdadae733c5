"""The library of guidance: articles in Markdown files, found again by id, theme or question.

    library = Library.load(folder)             # e.g. locale/id/guidance
    library.themes()                           # tuple[Theme(code, name, name_en, articles)]
    library.by_theme("stunting")               # tuple[Article, ...]; or its name or alias
    library.article("skp-apa-itu-rhk-iki")     # Article | None
    library.search("apa itu rhk?", job="Bidan", themes=("stunting",))   # tuple[Hit, ...]
                                               # Hit(article, score), at most three, may be empty
    render(article.first)                      # bot.guidance.rendering → tuple[Markup, ...]

`library.refresh()` takes in new, changed and removed files; a file that cannot be read is left out
and named in `library.problems`. What an agency publishes and withdraws is laid over the files.
Both put a whole new shelf in the place of the old, so they may work in a thread while others read.
"""

import datetime as dt
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from bot.guidance.article import Article, ArticleError, Source, read_article, read_sources
from bot.guidance.asking import ImpactAsked, impact_asked
from bot.guidance.chains import Chains, chains_in
from bot.guidance.index import Index, build_index
from bot.guidance.search import MOST, Hit, Reader, rank
from bot.guidance.themes import ThemeName, theme_names
from bot.guidance.tips import Work, chosen

SOURCES = "sources.yaml"
TICK = 50_000_000
SETTLING = 2_000_000_000
AT_LEAST = 60_000_000_000
"""Nanoseconds: within one tick of its clock the file system may hide a second change of a folder;
a new file may be half written for a while; and a change inside a file does not show on the folder,
so the files are looked at once a minute."""


@dataclass(frozen=True)
class Theme:
    """Name a theme and count its articles."""

    code: str
    name: str
    name_en: str
    articles: int
    label: str = ""
    label_en: str = ""

    def label_in(self, language: str) -> str:
        """Give the name as a button has room for it, in the reader's language."""
        label = self.label_en if language == "en" else self.label
        return label or self.name_in(language)

    def name_in(self, language: str) -> str:
        """Give the name in the reader's language."""
        return self.name_en if language == "en" else self.name


@dataclass(frozen=True)
class Problem:
    """Say what is wrong with a file of the library."""

    file: str
    text: str


@dataclass(frozen=True)
class _Kept:
    stamp: tuple[int, int]
    article: Article | Problem


@dataclass(frozen=True)
class _Shelf:
    """Hold the articles that are read at a time; their index is made when it is first needed."""

    articles: Mapping[str, Article]

    @cached_property
    def listed(self) -> tuple[Article, ...]:
        return tuple(self.articles.values())

    @cached_property
    def index(self) -> Index:
        return build_index(self.listed)

    @property
    def indexed(self) -> bool:
        return "index" in vars(self)

    def make_index(self) -> Index:
        return self.index


class Library:
    """Hold the articles of one folder and answer questions from them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: tuple[Problem, ...] = ()
        self._files: dict[str, _Kept] = {}
        self._sources: dict[str, Source] = {}
        self._sources_stamp: tuple[int, int] = (0, 0)
        self._seen = -1
        self._look_again = 0
        self._shelf = _Shelf({})
        self._over: dict[str, Article | None] = {}
        self.edition = 0
        self._renewing = threading.Lock()
        self._names: dict[str, ThemeName] = theme_names()

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read all articles of a folder."""
        library = cls(folder)
        library.refresh()
        return library

    def lay_over(self, edition: int, texts: Mapping[str, str | None]) -> None:
        """Lay an edition of texts over the files, by id; nothing where one was withdrawn."""
        self.refresh()
        with self._renewing:
            over: dict[str, Article | None] = {}
            for article_id, text in texts.items():
                over[article_id] = read_article(text, self._sources) if text is not None else None
            self._over = over
            self._arrange()
            # Last, since others take it as the sign that the shelf is new.
            self.edition = edition

    def outdated(self) -> bool:
        """Tell whether it is time to look at the files, or the index is still to be made."""
        changed, now = self.folder.stat().st_mtime_ns, time.time_ns()
        return not (self._shelf.indexed and changed == self._seen and now < self._look_again)

    def renew(self, edition: int, texts: Mapping[str, str | None] | None) -> None:
        """Take in what has changed and index it, as a whole; for a thread, since it takes long."""
        if texts is None:
            self.refresh()
        elif edition != self.edition:
            self.lay_over(edition, texts)
        self._shelf.make_index()

    def sources(self) -> Mapping[str, Source]:
        """Give the register of sources."""
        return self._sources

    def articles(self) -> tuple[Article, ...]:
        """List all articles by id."""
        return self._shelf.listed

    def article(self, article_id: str) -> Article | None:
        """Find an article by its id."""
        return self._shelf.articles.get(article_id)

    def overdue(self, today: dt.date) -> tuple[Article, ...]:
        """List the articles of the folder whose review is overdue; the agency's own have a desk."""
        over = self._over
        return tuple(one for one in self.articles() if one.id not in over and one.stale(today))

    def by_theme(self, theme: str) -> tuple[Article, ...]:
        """List a theme's articles by title; the theme may be given by code, name or alias."""
        code = self.theme_code(theme)
        shelf = (article for article in self.articles() if article.theme == code)
        return tuple(sorted(shelf, key=lambda article: article.title.lower()))

    def theme_code(self, theme: str) -> str | None:
        """Find a theme's code by code, name or alias."""
        wanted = theme.strip().lower().replace("_", "-")
        for code, name in self._names.items():
            if wanted in name.spellings(code):
                return code
        return None

    def themes(self) -> tuple[Theme, ...]:
        """List the themes that have articles, in the order of the themes file."""
        articles = self.articles()
        counts = {code: sum(a.theme == code for a in articles) for code in self._names}
        return tuple(
            Theme(code, name.name, name.name_en, counts[code], name.label, name.label_en)
            for code, name in self._names.items()
            if counts[code]
        )

    def search(
        self, question: str, job: str | None = None, themes: Collection[str] = ()
    ) -> tuple[Hit, ...]:
        """Give at most three articles that answer a question; none when nothing fits."""
        shelf = self._shelf
        return rank(shelf.index, shelf.listed, question, Reader(job, themes))

    def tip(self, work: Work, passed: Collection[str] = ()) -> Article | None:
        """Give the article that surely helps with some work, if there is one not passed before.

        Nothing waits for it: while there is no index yet, there is no advice.
        """
        themes = work.led_to(self.chains()) if self._shelf.indexed else ()
        if not themes:
            return None
        hits = self.search(work.text, job=work.job, themes=themes)
        return chosen(hits, work, themes, passed)

    def three(
        self, question: str, job: str | None = None, themes: Collection[str] = ()
    ) -> tuple[Article, ...]:
        """Give three articles on a question: what answers it, then what that points to."""
        found = [hit.article for hit in self.search(question, job, themes)]
        more = (self.article(one) for article in tuple(found) for one in article.related)
        shelf = self.by_theme(found[0].theme) if found else ()
        unique = {one.id: one for one in (*found, *more, *shelf) if one is not None}
        return tuple(unique.values())[:MOST]

    def chains(self) -> Chains:
        """Give for each theme how the work of some jobs reaches it."""
        return chains_in(self.folder)

    def impact_asked(self, question: str) -> ImpactAsked | None:
        """Tell whether a question asks how one's own work matters for a theme."""
        return impact_asked(question, self._shelf.index, self.chains())

    def refresh(self) -> None:
        """Take in what has changed in the folder since the last look."""
        with self._renewing:
            changed, now = self.folder.stat().st_mtime_ns, time.time_ns()
            if changed == self._seen and now < self._look_again:
                return
            self._read_files()
            age = now - changed
            self._look_again = now + (AT_LEAST if age > SETTLING else SETTLING)
            self._seen = changed if age > TICK else -1

    def _read_files(self) -> None:
        self._read_sources()
        found = {path.name: path for path in sorted(self.folder.glob("*.md"))}
        files = {name: self._keep(name, path) for name, path in found.items()}
        if files == self._files and self._shelf.articles:
            return
        self._files = files
        self._arrange()

    def _arrange(self) -> None:
        """Put the articles together by id."""
        kept = [entry.article for entry in self._files.values()]
        self.problems = tuple(entry for entry in kept if isinstance(entry, Problem))
        found = {entry.id: entry for entry in kept if isinstance(entry, Article)}
        laid = sorted({**found, **self._over}.items())
        shelf = _Shelf({key: one for key, one in laid if one is not None})
        if self._shelf.indexed:
            # Made before the old shelf goes, so that no search ever waits for it.
            shelf.make_index()
        self._shelf = shelf

    def _read_sources(self) -> None:
        path = self.folder / SOURCES
        stamp = _stamp(path) if path.exists() else (0, 0)
        if stamp == self._sources_stamp:
            return
        self._sources = read_sources(path.read_text(encoding="utf-8")) if stamp[0] else {}
        self._sources_stamp = stamp
        self._files = {}

    def _keep(self, name: str, path: Path) -> _Kept:
        stamp = _stamp(path)
        kept = self._files.get(name)
        if kept is not None and kept.stamp == stamp:
            return kept
        try:
            article = read_article(path.read_text(encoding="utf-8"), self._sources)
        except (ArticleError, UnicodeDecodeError) as error:
            return _Kept(stamp, Problem(name, str(error)))
        if article.id != path.stem:
            return _Kept(stamp, Problem(name, f"The id {article.id} is not the file's name."))
        return _Kept(stamp, article)


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size
