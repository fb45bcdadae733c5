"""Column types and habits that every table shares."""

import enum
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Enum, Integer
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite counts up by itself only with INTEGER; PostgreSQL's INTEGER is too small for a province.
Id = BigInteger().with_variant(Integer(), "sqlite")

SCALE = 10_000


class Quantity(TypeDecorator[Decimal]):
    """Keep a decimal exactly, as whole ten-thousandths.

    SQLite has no decimals and would keep a float; a whole number sums exactly on both databases.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        """Turn a decimal into ten-thousandths."""
        del dialect
        return None if value is None else int((Decimal(value) * SCALE).to_integral_value())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """Turn ten-thousandths into a decimal."""
        del dialect
        return None if value is None else Decimal(int(value)) / SCALE


def no_details() -> dict[str, Any]:
    """Give an empty JSON object.

    A function of ours is quicker than `dict` itself, whose signature is read at every new row.
    """
    return {}


def no_members() -> list[Any]:
    """Give an empty JSON list, for the same reason."""
    return []


def key() -> Any:
    """Declare a surrogate primary key that is never used twice."""
    return Field(default=None, primary_key=True, sa_type=Id)


def ref(target: str, *, null: bool = False, index: bool = False, unique: bool = False) -> Any:
    """Declare a reference to another table's key."""
    settings: dict[str, Any] = {"default": None} if null else {}
    return Field(
        foreign_key=target, sa_type=Id, nullable=null, index=index, unique=unique, **settings
    )


def choice(
    kind: type[enum.StrEnum],
    default: enum.StrEnum | None = None,
    *,
    filled: bool = False,
    null: bool = False,
) -> Any:
    """Declare a column that holds an enum's value as text, so that a new member needs no ALTER.

    A column that is filled by the database itself needs no value where rows are written in bulk.
    """
    values = Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )
    by_itself = default.value if filled and default else None
    column: Column[Any] = Column(values, nullable=null, server_default=by_itself)
    if default is None and not null:
        return Field(sa_column=column)
    return Field(default=default, sa_column=column)
