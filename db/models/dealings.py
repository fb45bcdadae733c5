"""What passes between a leader and the people of the team."""

import datetime as dt
from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from bot.skp.dealings import FeedbackKind, ObstacleAnswer, Phrase
from db.columns import choice, key, ref

LONGEST_WORDS = 1000


class Feedback(SQLModel, table=True):
    """What a leader said of an entry (umpan balik), and what came back."""

    __table_args__: ClassVar = ({"sqlite_autoincrement": True},)

    id: int | None = key()
    entry_id: int = ref("entry.id", index=True)
    employee_id: int = ref("employee.id", index=True)
    author_id: int = ref("employee.id", index=True)
    kind: FeedbackKind = choice(FeedbackKind)
    phrase: Phrase | None = choice(Phrase, null=True)
    text: str | None = Field(default=None, max_length=LONGEST_WORDS)
    created_at: dt.datetime
    undone_at: dt.datetime | None = None
    thanked_at: dt.datetime | None = None
    reply: str | None = Field(default=None, max_length=LONGEST_WORDS)
    replied_at: dt.datetime | None = None


class Obstacle(SQLModel, table=True):
    """What holds a person up (kendala), until that person says that it is over."""

    __table_args__: ClassVar = (
        Index(
            "ix_obstacle_open_employee_id",
            "employee_id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = key()
    employee_id: int = ref("employee.id")
    text: str = Field(max_length=LONGEST_WORDS)
    created_at: dt.datetime
    answerer_id: int | None = ref("employee.id", null=True)
    answer: ObstacleAnswer | None = choice(ObstacleAnswer, null=True)
    advice: str | None = Field(default=None, max_length=LONGEST_WORDS)
    answered_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
