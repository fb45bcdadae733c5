"""What came in, what goes out, and what is half said."""

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.columns import choice, key, no_details, ref
from db.states import AnswerState, ArrivalState, BroadcastState, LetterState, Priority

# Letters that are looked for by what they speak of, whomever they go to. An index over those of the
# clock, too, seems to lead to a person's letter of today as long as the database has not counted
# how many there are today, and then leads through all of them.
SOUGHT = text("kind IN ('broadcast', 'guidance-due', 'plan-submitted')")


class Arrival(SQLModel, table=True):
    """An update as Telegram sent it, kept before Telegram is told that we have it."""

    __table_args__: ClassVar = (
        Index("ix_arrival_state_chat_id_id", "state", "chat_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = key()
    update_id: int = Field(sa_type=BigInteger, unique=True)
    chat_id: int = Field(sa_type=BigInteger)
    payload: str
    state: ArrivalState = choice(ArrivalState, ArrivalState.NEW)
    attempts: int = 0
    error: str | None = None
    received_at: dt.datetime
    done_at: dt.datetime | None = Field(default=None, index=True)


class Answer(SQLModel, table=True):
    """One thing an arrival is answered with, in order; a paper as the data it is drawn from."""

    __table_args__: ClassVar = (
        Index("ix_answer_state_chat_id_id", "state", "chat_id", "id"),
        Index("ix_answer_chat_id_message_id", "chat_id", "message_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = key()
    arrival_id: int = ref("arrival.id", index=True)
    chat_id: int = Field(sa_type=BigInteger)
    method: str = Field(max_length=40)
    params: dict[str, Any] = Field(sa_type=JSON)
    about: str | None = Field(default=None, max_length=60)
    state: AnswerState = choice(AnswerState, AnswerState.NEW)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    created_at: dt.datetime


class Letter(SQLModel, table=True):
    """Something said unasked; unique per person, kind and period."""

    __table_args__: ClassVar = (
        UniqueConstraint("employee_id", "kind", "period"),
        # What the postman claims, in the order in which it goes out.
        Index("ix_letter_state_priority_due_at", "state", "priority", "due_at"),
        Index(
            "ix_letter_sought_kind_period_state",
            "kind",
            "period",
            "state",
            sqlite_where=SOUGHT,
            postgresql_where=SOUGHT,
        ),
    )

    id: int | None = key()
    employee_id: int = ref("employee.id")
    kind: str = Field(max_length=40)
    period: str = Field(max_length=40)
    priority: int = Field(default=Priority.PERSON, sa_column_kwargs={"server_default": "0"})
    data: dict[str, Any] = Field(default_factory=no_details, sa_type=JSON)
    due_at: dt.datetime
    state: LetterState = choice(LetterState, LetterState.DUE)
    lease_until: dt.datetime | None = None
    attempts: int = 0
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    sent_at: dt.datetime | None = None
    error: str | None = None


class Broadcast(SQLModel, table=True):
    """What an admin says to many at once; its letters carry its key as their period."""

    # A key that is used again would let the button of a deleted draft send another text.
    __table_args__: ClassVar = ({"sqlite_autoincrement": True},)

    id: int | None = key()
    author_id: int = ref("employee.id", index=True)
    unit_id: int | None = ref("unit.id", null=True)
    text: str
    state: BroadcastState = choice(BroadcastState, BroadcastState.DRAFT)
    # Quiet hours are passed over.
    at_once: bool = False
    created_at: dt.datetime
    sent_at: dt.datetime | None = None
    stopped_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None


class Draft(SQLModel, table=True):
    """A half-finished dialogue of one person in one chat; it survives a restart."""

    __table_args__: ClassVar = (UniqueConstraint("chat_id", "user_id"),)

    id: int | None = key()
    chat_id: int = Field(sa_type=BigInteger)
    user_id: int = Field(sa_type=BigInteger)
    step: str = Field(max_length=60)
    data: dict[str, Any] = Field(default_factory=no_details, sa_type=JSON)
    version: int = 1
    expires_at: dt.datetime


class AuditRecord(SQLModel, table=True):
    """Who changed what, and who looked at whom."""

    __tablename__ = "audit_record"

    id: int | None = key()
    at: dt.datetime = Field(index=True)
    actor_id: int | None = ref("employee.id", null=True, index=True)
    action: str = Field(max_length=40)
    subject_id: int | None = ref("employee.id", null=True, index=True)
    details: dict[str, Any] = Field(default_factory=no_details, sa_type=JSON)
