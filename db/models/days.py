"""What is known of days beforehand: when Ramadan is, and what somebody means to do."""

import datetime as dt
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from db.columns import key, ref


class Ramadan(SQLModel, table=True):
    """One Ramadan, both days included; reckoned until an admin confirms it."""

    id: int | None = key()
    first: dt.date = Field(unique=True)
    last: dt.date
    confirmed_at: dt.datetime | None = None
    confirmed_by: int | None = ref("employee.id", null=True)


class PlanItem(SQLModel, table=True):
    """One thing somebody means to do on a day; once it is ticked it has made an entry."""

    __tablename__ = "plan_item"
    __table_args__: ClassVar = (UniqueConstraint("employee_id", "day", "place"),)

    id: int | None = key()
    employee_id: int = ref("employee.id")
    day: dt.date
    place: int
    text: str = Field(max_length=500)
    entry_id: int | None = ref("entry.id", null=True)
