"""What is asked of a person in quizzes, what a widyaiswara sends, and the groups of units."""

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.columns import key, no_members, ref

LONGEST_QUESTION_ID = 60
# Telegram's numbers of polls are as long as those of accounts, but it calls them texts.
LONGEST_POLL_ID = 64


class UnitGroup(SQLModel, table=True):
    """A group on Telegram that belongs to a unit; a leader of it has brought the bot in."""

    __tablename__ = "unit_group"

    id: int | None = key()
    chat_id: int = Field(sa_type=BigInteger, unique=True)
    unit_id: int = ref("unit.id", index=True)
    title: str = Field(max_length=200)
    added_by: int = ref("employee.id")
    since: dt.datetime


class QuizSending(SQLModel, table=True):
    """A quiz that a widyaiswara sends: into a unit's group, or to people one by one."""

    __tablename__ = "quiz_sending"
    # A key that is used again would let an old button send another quiz.
    __table_args__: ClassVar = ({"sqlite_autoincrement": True},)

    id: int | None = key()
    author_id: int = ref("employee.id", index=True)
    theme: str = Field(max_length=40)
    questions: list[str] = Field(default_factory=no_members, sa_type=JSON)
    unit_id: int | None = ref("unit.id", null=True)
    group_id: int | None = ref("unit_group.id", null=True)
    people: int = 0
    created_at: dt.datetime
    sent_at: dt.datetime | None = None


class QuizGroupPoll(SQLModel, table=True):
    """One anonymous question in a group, with how often each answer was chosen."""

    __tablename__ = "quiz_group_poll"
    __table_args__: ClassVar = (UniqueConstraint("sending_id", "place"),)

    id: int | None = key()
    sending_id: int = ref("quiz_sending.id")
    place: int
    question: str = Field(max_length=LONGEST_QUESTION_ID)
    right: int
    poll_id: str | None = Field(default=None, max_length=LONGEST_POLL_ID, unique=True)
    chosen: list[Any] = Field(default_factory=no_members, sa_type=JSON)


class QuizRound(SQLModel, table=True):
    """One round of questions that a person has begun."""

    __tablename__ = "quiz_round"

    id: int | None = key()
    employee_id: int = ref("employee.id", index=True)
    sending_id: int | None = ref("quiz_sending.id", null=True, index=True)
    started_at: dt.datetime


class QuizAsked(SQLModel, table=True):
    """One question of a round; only the person who was asked ever sees what was chosen."""

    __tablename__ = "quiz_asked"
    __table_args__: ClassVar = (
        UniqueConstraint("round_id", "place"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = key()
    round_id: int = ref("quiz_round.id")
    employee_id: int = ref("employee.id", index=True)
    place: int
    question: str = Field(max_length=LONGEST_QUESTION_ID)
    # Where the right answer stands in the order in which the answers were shown.
    right: int
    poll_id: str | None = Field(default=None, max_length=LONGEST_POLL_ID, unique=True)
    chosen: int | None = None
    asked_at: dt.datetime | None = None
    answered_at: dt.datetime | None = None


class QuizCard(SQLModel, table=True):
    """How well a person knows a question, and when it comes again."""

    __tablename__ = "quiz_card"
    __table_args__: ClassVar = (UniqueConstraint("employee_id", "question"),)

    id: int | None = key()
    employee_id: int = ref("employee.id")
    question: str = Field(max_length=LONGEST_QUESTION_ID)
    place: int
    due: dt.date
    right: int = 0
    wrong: int = 0
    answered_at: dt.datetime
