"""The agency's own Pakta Integritas, version by version, and who has read which."""

import datetime as dt
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from db.columns import key, ref


class PactVersion(SQLModel, table=True):
    """One version of the text; its number is given when it is published."""

    __tablename__ = "pact_version"
    # A key that is used again would let an old button publish another text.
    __table_args__: ClassVar = ({"sqlite_autoincrement": True},)

    id: int | None = key()
    number: int | None = Field(default=None, unique=True)
    text: str
    author_id: int = ref("employee.id", index=True)
    created_at: dt.datetime
    published_at: dt.datetime | None = None


class PactReading(SQLModel, table=True):
    """When a person marked a version as read; it is no signature."""

    __tablename__ = "pact_reading"
    __table_args__: ClassVar = (UniqueConstraint("employee_id", "version_id"),)

    id: int | None = key()
    employee_id: int = ref("employee.id")
    version_id: int = ref("pact_version.id", index=True)
    read_at: dt.datetime
