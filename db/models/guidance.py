"""The guidance that the agency's own widyaiswara write, what they are asked, and what is read."""

import datetime as dt
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.skp.manuscripts import Use, VersionState
from db.columns import choice, key, ref

LIVE = "state = 'published'"
LONGEST_WORDS = 1000
LONGEST_ANSWER = 3000


class GuidanceVersion(SQLModel, table=True):
    """One version of an article; its number is given when it is published."""

    __tablename__ = "guidance_version"
    # A key that is used again would let an old button publish another text.
    __table_args__: ClassVar = (
        UniqueConstraint("slug", "number"),
        Index(
            "uq_guidance_version_slug_published",
            "slug",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index("ix_guidance_version_state_id", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = key()
    slug: str = Field(max_length=60)
    number: int | None = None
    title: str = Field(max_length=200)
    theme: str = Field(max_length=40)
    text: str
    review_due: dt.date | None = None
    author_id: int = ref("employee.id", index=True)
    state: VersionState = choice(VersionState, VersionState.DRAFT)
    reviewer_id: int | None = ref("employee.id", null=True)
    reason: str | None = Field(default=None, max_length=LONGEST_WORDS)
    created_at: dt.datetime
    submitted_at: dt.datetime | None = None
    decided_at: dt.datetime | None = None


class GuidanceEdition(SQLModel, table=True):
    """The one row that counts what was published and withdrawn, so that every process notices."""

    __tablename__ = "guidance_edition"

    id: int | None = key()
    number: int = 0


class GuidanceQuestion(SQLModel, table=True):
    """What somebody asked the widyaiswara because the library had no answer."""

    __tablename__ = "guidance_question"
    __table_args__: ClassVar = (
        Index(
            "ix_guidance_question_open_id",
            "id",
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = key()
    employee_id: int = ref("employee.id", index=True)
    theme: str | None = Field(default=None, max_length=40)
    text: str = Field(max_length=LONGEST_WORDS)
    created_at: dt.datetime
    answerer_id: int | None = ref("employee.id", null=True)
    answer: str | None = Field(default=None, max_length=LONGEST_ANSWER)
    answered_at: dt.datetime | None = None


class GuidanceUse(SQLModel, table=True):
    """How often something was done on a day; of an article, or (empty) of the search."""

    __tablename__ = "guidance_use"
    __table_args__: ClassVar = (UniqueConstraint("article", "kind", "day"),)

    id: int | None = key()
    article: str = Field(default="", max_length=60)
    kind: Use = choice(Use)
    day: dt.date = Field(index=True)
    times: int = 0
