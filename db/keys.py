"""Many keys in one question: as one value, since a place for each costs more than the answer."""

import json
from collections.abc import Collection
from typing import Any, Self

from sqlalchemy import ARRAY, BigInteger, Boolean, ColumnElement, Dialect, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine


class Keys(TypeDecorator[Collection[int]]):
    """Some keys as one value: an array on PostgreSQL, a JSON list on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the database's own type."""
        array = dialect.name == "postgresql"
        return dialect.type_descriptor(ARRAY(BigInteger()) if array else Text())

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        """Write the keys down."""
        found = list(value or ())
        return found if dialect.name == "postgresql" else json.dumps(found)


class Among(FunctionElement[bool]):
    """Hold where a column has one of some keys."""

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: OperatorType | None = None) -> Self:
        """Stand in a condition as it is.

        SQLite has no booleans, so it would be written as `… = 1`, which finds no index.
        """
        del against
        return self


@compiles(Among, "postgresql")
def among_array(element: Among, compiler: SQLCompiler, **more: Any) -> str:
    """Write the condition for PostgreSQL."""
    column, keys = (compiler.process(one, **more) for one in element.clauses)
    return f"{column} = ANY ({keys})"


@compiles(Among, "sqlite")
def among_json(element: Among, compiler: SQLCompiler, **more: Any) -> str:
    """Write the condition for SQLite."""
    column, keys = (compiler.process(one, **more) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"  # noqa: S608  # Nothing typed.


def among(
    column: SQLCoreOperations[Any], keys: Collection[int] | ColumnElement[Any]
) -> ColumnElement[bool]:
    """Match the rows whose column has one of some keys, however many they are."""
    if not isinstance(keys, ColumnElement):
        keys = bindparam(None, keys, type_=Keys())
    return Among(column, keys)
