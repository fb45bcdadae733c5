"""What people did, with its proof, and when they were away."""

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.skp.entries import EntryState, EvidenceKind, EvidenceState
from bot.skp.people import AbsenceKind
from db.columns import Quantity, choice, key, no_members, ref


class Entry(SQLModel, table=True):
    """One catatan harian; the arrival and the part that made it can make it only once."""

    __table_args__: ClassVar = (
        UniqueConstraint("arrival_id", "part"),
        Index("ix_entry_employee_id_day", "employee_id", "day"),
        # Holds all that a sum needs, so that a year of entries is added up without opening them.
        Index(
            "ix_entry_work_result_id_day",
            "work_result_id",
            "day",
            "state",
            "unit",
            "percent",
            "quantity",
            "last_day",
        ),
        Index(
            "ix_entry_employee_id_last_day",
            "employee_id",
            "last_day",
            sqlite_where=text("last_day IS NOT NULL"),
            postgresql_where=text("last_day IS NOT NULL"),
        ),
        Index("ix_entry_chat_id_message_id", "chat_id", "message_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = key()
    employee_id: int = ref("employee.id")
    day: dt.date
    last_day: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    minutes: int | None = None
    text: str
    quantity: Decimal | None = Field(default=None, sa_type=Quantity)
    unit: str | None = Field(default=None, max_length=60)
    percent: Decimal | None = Field(default=None, sa_type=Quantity)
    work_result_id: int | None = ref("work_result.id", null=True)
    additional: bool = False
    late: bool = False
    state: EntryState = choice(EntryState, EntryState.KEPT)
    # Arrivals are pruned after some days, so this is a number and no foreign key.
    arrival_id: int | None = Field(default=None, sa_type=BigInteger)
    # From 1 when the arrival told of several activities, 0 when this is all it told.
    part: int = 0
    chat_id: int | None = Field(default=None, sa_type=BigInteger)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    album_id: str | None = Field(default=None, max_length=64, index=True)
    nearest: list[int] = Field(default_factory=no_members, sa_type=JSON)
    by_hand: bool = False
    version: int = 1
    created_at: dt.datetime
    changed_at: dt.datetime


class Evidence(SQLModel, table=True):
    """One bukti dukung; pending until our own copy is stored."""

    __table_args__: ClassVar = (Index("ix_evidence_state_id", "state", "id"),)

    id: int | None = key()
    entry_id: int = ref("entry.id", index=True)
    employee_id: int = ref("employee.id")
    kind: EvidenceKind = choice(EvidenceKind)
    state: EvidenceState = choice(EvidenceState, EvidenceState.PENDING)
    title: str = Field(max_length=200)
    url: str | None = Field(default=None, max_length=2000)
    file_id: str | None = Field(default=None, max_length=200)
    path: str | None = Field(default=None, max_length=300)
    sha256: str | None = Field(default=None, max_length=64, index=True)
    size: int | None = Field(default=None, sa_type=BigInteger)
    # The arrival that brought it; pruned after some days, so a number and no foreign key.
    arrival_id: int | None = Field(default=None, sa_type=BigInteger)
    tries: int = 0
    next_try_at: dt.datetime | None = None
    created_at: dt.datetime


class Absence(SQLModel, table=True):
    """Days away, the first and the last included."""

    # A key that is used again would let an old button take another absence back.
    __table_args__: ClassVar = (
        UniqueConstraint("employee_id", "first"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = key()
    employee_id: int = ref("employee.id")
    kind: AbsenceKind = choice(AbsenceKind)
    first: dt.date
    last: dt.date = Field(index=True)
