"""The questions of the quiz, as data beside the articles: `quiz/<theme>.yaml`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from bot.guidance.article import ArticleError, read_yaml
from bot.guidance.library import Library
from bot.guidance.search import Reader
from bot.skp.quiz import Offer

FOLDER = "quiz"
REQUIRED = ("id", "question", "options", "right", "why", "cite", "year", "source", "article")


@dataclass(frozen=True)
class Question:
    """Hold one reviewed question; `right` is the place of its one right answer, from 0."""

    id: str
    theme: str
    question: str
    options: tuple[str, ...]
    right: int
    why: str
    cite: str
    year: int
    source: str
    article: str
    reviewed: dt.date
    review_due: dt.date


Questions: TypeAlias = Mapping[str, Question]


def questions_in(folder: Path) -> Questions:
    """Read the questions of all themes by their ids; what has changed since is read again."""
    files = sorted((folder / FOLDER).glob("*.yaml"))
    return _read(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=2)
def _read(files: tuple[tuple[Path, int], ...]) -> dict[str, Question]:
    """Read what can be read; the build's check names the rest."""
    found: dict[str, Question] = {}
    for path, _ in files:
        try:
            some = read_questions(path.read_text(encoding="utf-8"))
        except (ArticleError, UnicodeDecodeError):
            continue
        found |= {one.id: one for one in some}
    return found


def read_questions(text: str) -> tuple[Question, ...]:
    """Read the questions of one theme."""
    table = read_yaml(text)
    missing = [
        key for key in ("theme", "reviewed", "review_due", "questions") if not table.get(key)
    ]
    if missing:
        raise ArticleError(f"The questions lack {', '.join(missing)}.")
    try:
        return tuple(_question(table, row) for row in table["questions"])
    except ValueError as error:
        raise ArticleError(f"The questions cannot be read: {error}") from error


def _question(table: dict[str, Any], row: dict[str, Any]) -> Question:
    missing = [key for key in REQUIRED if not row.get(key)]
    if missing:
        raise ArticleError(f"The question {row.get('id')} lacks {', '.join(missing)}.")
    return Question(
        theme=table["theme"],
        options=tuple(row["options"]),
        right=int(row["right"]) - 1,
        year=int(row["year"]),
        reviewed=dt.date.fromisoformat(table["reviewed"]),
        review_due=dt.date.fromisoformat(table["review_due"]),
        **{key: row[key] for key in ("id", "question", "why", "cite", "source", "article")},
    )


def questions_of(library: Library) -> Questions:
    """Give the questions that stand beside the articles of a library."""
    return questions_in(library.folder)


def standing(library: Library, today: dt.date, theme: str | None = None) -> list[Question]:
    """List the questions that may be asked on a day: whose review has not run out."""
    return [
        one
        for one in questions_of(library).values()
        if today <= one.review_due and theme in (None, one.theme)
    ]


def offers(
    library: Library, reader: Reader, today: dt.date, theme: str | None = None
) -> list[Offer]:
    """List what can be asked of a reader, with how close it is to their job and themes."""
    found = []
    for one in standing(library, today, theme):
        article = library.article(one.article)
        jobs = article.jobs if article else ()
        job = (reader.job or "").casefold()
        fits = any(name.casefold() in job for name in jobs)
        close = one.theme in reader.themes
        found.append(Offer(one.id, one.theme, close, fits, len(one.options), one.right))
    return found
