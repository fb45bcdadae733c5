"""What becomes of guidance that a widyaiswara writes, and what is counted of its use."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class VersionState(StrEnum):
    """How far a version of an article is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Use(StrEnum):
    """What is counted of the library, never by whom."""

    READ = "read"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    FOUND = "found"
    MISSED = "missed"


@dataclass(frozen=True)
class Manuscript:
    """Hold the whole text of an article, with what it says of itself."""

    slug: str
    title: str
    theme: str
    text: str
    review_due: dt.date | None = None
