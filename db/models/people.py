"""Who works where, and how the bot reaches them."""

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.skp.people import ActingKind, EmploymentKind
from db.columns import choice, key, no_members, ref

REACHED = "telegram_id IS NOT NULL AND unreachable_since IS NULL"


class Unit(SQLModel, table=True):
    """A unit kerja, with the hours its people keep."""

    id: int | None = key()
    code: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=200)
    parent_id: int | None = ref("unit.id", null=True, index=True)
    zone: str | None = Field(default=None, max_length=40)
    week: int | None = None
    leave_at: dt.time | None = None


class Employee(SQLModel, table=True):
    """A pegawai; the zone and the week are the effective ones, worked out at import."""

    __table_args__: ClassVar = (
        # Who is to be looked at next; whoever cannot be written to is not in it.
        Index(
            "ix_employee_zone_look_at",
            "zone",
            "look_at",
            sqlite_where=text(REACHED),
            postgresql_where=text(REACHED),
        ),
    )

    id: int | None = key()
    nip: str = Field(max_length=18, unique=True)
    name: str = Field(max_length=200)
    address: str | None = Field(default=None, max_length=60)
    roster_address: str | None = Field(default=None, max_length=60)
    rank: str | None = Field(default=None, max_length=100)
    kind: EmploymentKind = choice(EmploymentKind, EmploymentKind.PNS)
    phone: str | None = Field(default=None, max_length=20, index=True)
    email: str | None = Field(default=None, max_length=200)
    roles: list[str] = Field(default_factory=no_members, sa_type=JSON)
    themes: list[str] = Field(default_factory=no_members, sa_type=JSON)
    own_week: int | None = None
    zone: str = Field(default="Asia/Jakarta", max_length=40)
    week: int = 5
    leave_at: dt.time | None = None
    language: str = Field(default="id", max_length=5)
    telegram_id: int | None = Field(default=None, sa_type=BigInteger, unique=True)
    consented_at: dt.datetime | None = None
    consent_version: str | None = Field(default=None, max_length=20)
    prompt_at: dt.time | None = None
    prompts_on: bool = True
    unreachable_since: dt.datetime | None = None
    # The minute of the person's own clock at which the clock looks at them next, "2026-11-24T15:45"
    # (no database knows a time of somebody's own); empty means at once.
    look_at: str = Field(default="", max_length=16, sa_column_kwargs={"server_default": ""})
    # What is chosen of the kinds of reminders beside the prompt.
    reminders: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    # Whether advice may follow a log, the last day on which it did, and which articles were seen on
    # which day; only to show nothing twice, and forgotten after some weeks.
    tips_on: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    tipped_on: dt.date | None = None
    articles_seen: dict[str, str] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    learned_at: dt.time | None = None
    paused_until: dt.date | None = None
    still_since: dt.date | None = None


class Placement(SQLModel, table=True):
    """Who sits where under whom, from a day up to (not including) another."""

    id: int | None = key()
    employee_id: int = ref("employee.id", index=True)
    unit_id: int = ref("unit.id", index=True)
    supervisor_id: int | None = ref("employee.id", null=True, index=True)
    position: str = Field(max_length=200)
    since: dt.date
    until: dt.date | None = None
    recorded_on: dt.date | None = None


class Acting(SQLModel, table=True):
    """Who leads in a leader's place (Plt, Plh), from a day up to (not including) another."""

    __table_args__: ClassVar = (UniqueConstraint("leader_id", "employee_id", "since"),)

    id: int | None = key()
    leader_id: int = ref("employee.id")
    employee_id: int = ref("employee.id", index=True)
    kind: ActingKind = choice(ActingKind, ActingKind.PLH)
    since: dt.date
    until: dt.date | None = None


class Shift(SQLModel, table=True):
    """One day's working hours of a person who works in shifts."""

    __table_args__: ClassVar = (UniqueConstraint("employee_id", "day"),)

    id: int | None = key()
    employee_id: int = ref("employee.id")
    day: dt.date
    start: dt.time
    end: dt.time


class Invitation(SQLModel, table=True):
    """The one open invitation of a person; only the code's digest is kept."""

    id: int | None = key()
    employee_id: int = ref("employee.id", unique=True)
    digest: str = Field(max_length=64, unique=True)
    expires_at: dt.datetime
    used_at: dt.datetime | None = None


class CodeTries(SQLModel, table=True):
    """How often one Telegram account gave a wrong code, and until when it waits."""

    telegram_id: int = Field(primary_key=True, sa_type=BigInteger)
    wrong: int = 0
    wait_until: dt.datetime | None = None
