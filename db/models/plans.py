"""What people set out to do: SKP, RHK, IKI, rencana aksi and themes."""

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import JSON, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.skp.plans import Aggregation, Aspect, Direction, PlanState, ResultKind
from db.columns import Quantity, choice, key, no_members, ref


class Theme(SQLModel, table=True):
    """A theme of the agency; themes are data, so an agency adds its own."""

    code: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=120)
    aliases: list[str] = Field(default_factory=no_members, sa_type=JSON)


class Plan(SQLModel, table=True):
    """A year's SKP; the rater belongs to it, because people move."""

    __table_args__: ClassVar = (UniqueConstraint("employee_id", "year"),)

    id: int | None = key()
    employee_id: int = ref("employee.id")
    year: int = Field(index=True)
    rater_id: int | None = ref("employee.id", null=True, index=True)
    adviser_id: int | None = ref("employee.id", null=True)
    state: PlanState = choice(PlanState, PlanState.APPROVED)


class WorkResult(SQLModel, table=True):
    """One RHK, numbered within its plan."""

    __tablename__ = "work_result"
    __table_args__: ClassVar = (UniqueConstraint("plan_id", "number"),)

    id: int | None = key()
    plan_id: int = ref("plan.id")
    employee_id: int = ref("employee.id", index=True)
    number: int
    kind: ResultKind = choice(ResultKind, ResultKind.MAIN)
    # An RHK of one's own is a draft; it is used at once, also before anybody has approved it.
    state: PlanState = choice(PlanState, PlanState.APPROVED, filled=True)
    text: str = Field(max_length=500)
    parent_id: int | None = ref("work_result.id", null=True, index=True)
    themes: list[str] = Field(default_factory=no_members, sa_type=JSON)
    keywords: list[str] = Field(default_factory=no_members, sa_type=JSON)


class FormerParent(SQLModel, table=True):
    """Which RHK another one supported up to (not including) a day, until its owner moved."""

    __tablename__ = "former_parent"
    __table_args__: ClassVar = (UniqueConstraint("work_result_id", "until"),)

    id: int | None = key()
    work_result_id: int = ref("work_result.id")
    parent_id: int | None = ref("work_result.id", null=True, index=True)
    until: dt.date


class Indicator(SQLModel, table=True):
    """One IKI with its annual target."""

    __table_args__: ClassVar = (UniqueConstraint("work_result_id", "text"),)

    id: int | None = key()
    work_result_id: int = ref("work_result.id")
    aspect: Aspect = choice(Aspect, Aspect.QUANTITY)
    text: str = Field(max_length=500)
    target: Decimal = Field(sa_type=Quantity)
    unit: str = Field(max_length=60)
    aggregation: Aggregation = choice(Aggregation, Aggregation.SUM)
    direction: Direction = choice(Direction, Direction.UP, filled=True)


class ActionPlan(SQLModel, table=True):
    """One rencana aksi of a month or a quarter ("2026-11", "2026-TW4")."""

    __tablename__ = "action_plan"
    __table_args__: ClassVar = (UniqueConstraint("work_result_id", "period", "text"),)

    id: int | None = key()
    work_result_id: int = ref("work_result.id")
    period: str = Field(max_length=10)
    text: str = Field(max_length=500)
    target: Decimal | None = Field(default=None, sa_type=Quantity)
    unit: str | None = Field(default=None, max_length=60)


class Holiday(SQLModel, table=True):
    """A day off for all or for one unit and what lies below it."""

    id: int | None = key()
    day: dt.date = Field(index=True)
    name: str = Field(max_length=200)
    unit_id: int | None = ref("unit.id", null=True)
    # The date is reckoned and not decreed yet.
    estimated: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
