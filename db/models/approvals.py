"""What is put before a rater: a plan handed in, and changes to one that is approved."""

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from bot.skp.plans import SubmissionState
from db.columns import Quantity, choice, key, ref

WAITS = "state = 'submitted'"


class Submission(SQLModel, table=True):
    """One handing-in of a plan; with a reason it is a revision of one that was approved."""

    # A key that is used again would let an old button decide about something else.
    __table_args__: ClassVar = (
        Index(
            "uq_submission_plan_id_waiting",
            "plan_id",
            unique=True,
            sqlite_where=text(WAITS),
            postgresql_where=text(WAITS),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = key()
    plan_id: int = ref("plan.id", index=True)
    employee_id: int = ref("employee.id")
    state: SubmissionState = choice(SubmissionState, SubmissionState.SUBMITTED)
    reason: str | None = Field(default=None, max_length=500)
    answer: str | None = Field(default=None, max_length=500)
    submitted_at: dt.datetime
    decided_at: dt.datetime | None = None
    decider_id: int | None = ref("employee.id", null=True)


class Proposal(SQLModel, table=True):
    """What an approved RHK is to become; until that is approved the RHK stays as it is."""

    id: int | None = key()
    work_result_id: int = ref("work_result.id", unique=True)
    employee_id: int = ref("employee.id", index=True)
    text: str | None = Field(default=None, max_length=500)
    target: Decimal | None = Field(default=None, sa_type=Quantity)
    unit: str | None = Field(default=None, max_length=60)
