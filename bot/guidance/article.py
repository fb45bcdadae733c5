"""What one article of the library is, and how it is read from Markdown with front matter."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import yaml

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
SECTION = re.compile(r"^## +(.+?) *$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\(panduan:([^)\s]+)\)")

REQUIRED = ("id", "title", "title_en", "summary", "summary_en", "theme", "reviewed", "review_due")


class Flaw:
    """Say in a sentence of the catalogue, with its values, what is to be mended in a text."""

    def __init__(self, message: str, /, **values: object) -> None:
        self.message = message
        self.values = values

    @property
    def text(self) -> str:
        """Give the sentence in English, for the build."""
        return self.message.format(**self.values)


class ArticleError(ValueError):
    """Say in one sentence why a text cannot stand in the library."""

    def __init__(self, message: str, /, **values: object) -> None:
        self.flaw = Flaw(message, **values)
        super().__init__(self.flaw.text if values else message)


class Status(StrEnum):
    """Tell whether what the article explains is still the rule."""

    IN_FORCE = "berlaku"
    SUPERSEDED = "diganti"
    UNSETTLED = "belum-pasti"


@dataclass(frozen=True)
class Source:
    """Name where a fact was read; `page` is the words of the link to `url`."""

    name: str
    page: str = ""
    url: str = ""


@dataclass(frozen=True)
class Section:
    """Hold one `##` part of an article below its first screen, as Markdown."""

    heading: str
    text: str


@dataclass(frozen=True)
class Article:
    """Hold one article: `first` is the first phone screen as Markdown, `details` what follows."""

    id: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    theme: str
    first: str
    details: tuple[Section, ...]
    sources: tuple[Source, ...]
    jobs: tuple[str, ...]
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    related: tuple[str, ...]
    data_year: int | None
    status: Status
    reviewed: dt.date
    review_due: dt.date
    overdue: str = ""
    """Why the article still stands although its review date has passed; empty while it has not."""

    def title_in(self, language: str) -> str:
        """Give the title in the reader's language."""
        return self.title_en if language == "en" else self.title

    def summary_in(self, language: str) -> str:
        """Give the one-line summary in the reader's language."""
        return self.summary_en if language == "en" else self.summary

    def needs_review(self, today: dt.date) -> bool:
        """Tell whether the review date has passed."""
        return today > self.review_due

    def stale(self, today: dt.date) -> bool:
        """Tell whether the review date has passed and nobody has said why the text still stands."""
        return self.needs_review(today) and not self.overdue

    def body(self) -> str:
        """Give the whole Markdown text, first screen and details."""
        parts = [self.first, *(f"## {part.heading}\n\n{part.text}" for part in self.details)]
        return "\n\n".join(parts)

    def links(self) -> tuple[str, ...]:
        """List the ids of the articles that the text or the front matter points to."""
        return (*self.related, *(target for _, target in LINK.findall(self.body())))


def read_article(text: str, sources: Mapping[str, Source]) -> Article:
    """Read an article from its Markdown, looking its source keys up in the register of sources."""
    found = FRONT_MATTER.match(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    if found is None:
        raise ArticleError("The article does not begin with front matter between two lines of ---.")
    matter = read_yaml(found[1])
    missing = [key for key in REQUIRED if not matter.get(key)]
    if missing:
        raise ArticleError("The front matter lacks {names}.", names=", ".join(missing))
    first, details = split_body(found[2])
    return Article(
        id=str(matter["id"]),
        title=str(matter["title"]),
        title_en=str(matter["title_en"]),
        summary=str(matter["summary"]),
        summary_en=str(matter["summary_en"]),
        theme=str(matter["theme"]),
        first=first,
        details=details,
        sources=tuple(_source(entry, sources) for entry in matter.get("sources") or ()),
        jobs=_words(matter, "jobs"),
        tags=_words(matter, "tags"),
        aliases=_words(matter, "aliases"),
        related=_words(matter, "related"),
        data_year=_year(matter.get("data_year")),
        status=_status(matter.get("status", Status.IN_FORCE)),
        reviewed=_date(matter, "reviewed"),
        review_due=_date(matter, "review_due"),
        overdue=str(matter.get("overdue") or ""),
    )


def read_yaml(text: str) -> dict[str, Any]:
    """Read a YAML mapping, every value as it is written.

    Composing nodes and reading them here takes half the time of the library's own constructor.
    """
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        # What stands for other text may stand for far more of it than anybody has written.
        if "*" in text and any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(text)):
            raise ArticleError("The front matter is not valid YAML.")
        value = _plain(yaml.compose(text, Loader=loader))
    except (yaml.YAMLError, RecursionError) as error:
        raise ArticleError("The front matter is not valid YAML.") from error
    if not isinstance(value, dict):
        raise ArticleError("The front matter is not a list of names and values.")
    return value


def _plain(node: object) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(item) for key, item in node.value}
    return None


def split_body(text: str) -> tuple[str, tuple[Section, ...]]:
    """Split a body into its first screen and the sections that begin with `## `."""
    first, *rest = SECTION.split(text)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return first.strip(), tuple(Section(heading, part.strip()) for heading, part in pairs)


def read_sources(text: str) -> dict[str, Source]:
    """Read the register of sources: key → name, page and url."""
    return {str(key): _listed(value) for key, value in read_yaml(text).items()}


def _listed(value: object) -> Source:
    if isinstance(value, str) and value:
        return Source(value)
    if isinstance(value, dict) and value.get("name"):
        return Source(str(value["name"]), str(value.get("page") or ""), str(value.get("url") or ""))
    raise ArticleError("A source has no name.")


def _source(entry: object, register: Mapping[str, Source]) -> Source:
    if not isinstance(entry, str):
        return _listed(entry)
    if entry not in register:
        raise ArticleError("The source {name} is not in the register of sources.", name=entry)
    return register[entry]


def _words(matter: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = matter.get(key) or []
    if not isinstance(value, list):
        raise ArticleError("{name} is not a list.", name=key)
    return tuple(str(word) for word in value)


def _year(value: object) -> int | None:
    if not value:
        return None
    if isinstance(value, str) and re.fullmatch(r"(?:19|20)\d\d", value):
        return int(value)
    raise ArticleError("data_year is not a year.")


def _status(value: object) -> Status:
    try:
        return Status(str(value))
    except ValueError as error:
        raise ArticleError(
            "The status {value} is not one of {names}.", value=value, names=", ".join(Status)
        ) from error


def _date(matter: Mapping[str, Any], key: str) -> dt.date:
    try:
        return dt.date.fromisoformat(matter[key])
    except (TypeError, ValueError) as error:
        raise ArticleError("{name} is not a date such as 2026-11-24.", name=key) from error
