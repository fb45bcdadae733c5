"""Column types and habits that every table shares."""

import enum
import json
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Dialect,
    Enum,
    Integer,
    SQLColumnExpression,
    String,
    bindparam,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine
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


class Keys(TypeDecorator[Collection[int]]):
    """Carry many keys as one value: an array on PostgreSQL, JSON on SQLite."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose what the database takes."""
        kind = ARRAY(BigInteger) if dialect.name == "postgresql" else String()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        """Write the keys as the database takes them."""
        keys = list(value or ())
        return keys if dialect.name == "postgresql" else json.dumps(keys)


class Among(FunctionElement[bool]):
    """A column whose value is one of many keys.

    It has no type: of one that is boolean SQLite would be asked whether it is 1, without its index.
    """

    inherit_cache = True


@compiles(Among)
def compile_any(element: Among, compiler: SQLCompiler, **named: Any) -> str:
    """Write it for PostgreSQL."""
    column, keys = (compiler.process(one, **named) for one in element.clauses)
    return f"{column} = ANY ({keys})"


@compiles(Among, "sqlite")
def compile_each(element: Among, compiler: SQLCompiler, **named: Any) -> str:
    """Write it for SQLite."""
    column, keys = (compiler.process(one, **named) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"  # noqa: S608  Written by SQLAlchemy.


def among(column: SQLColumnExpression[Any], keys: Collection[int]) -> ColumnElement[bool]:
    """Match the rows of hundreds of keys.

    They travel as one value: to write each of them into the statement, as `in_` does, costs more
    than to answer it.
    """
    return Among(column, bindparam("keys", keys, type_=Keys(), unique=True))


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
