"""Whole tables out of one moment, and back into an empty database.

The tables are asked from the database itself and not from the models, so that a schema of any
revision can be read and filled; values are those that are stored, whatever a model makes of them.
"""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    ForeignKeyConstraint,
    MetaData,
    String,
    Table,
    cast,
    func,
    insert,
    inspect,
    null,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import sort_tables_and_constraints
from sqlmodel import col

from db import metadata as models
from db import migrating
from db.engine import Database
from db.models.messages import Answer, Arrival, Letter
from db.models.people import Employee
from db.states import AnswerState, ArrivalState, LetterState

SCHEMA = "alembic_version"
HANDFUL = 1000
# What a column or an object's field is called that names a file below the data folder.
PATH = "path"


@dataclass(frozen=True)
class Waiting:
    """What a restored database has still to do, and what of it was let go."""

    arrivals: int
    answers: int
    letters: int


@asynccontextmanager
async def snapshot(database: Database) -> AsyncIterator[AsyncConnection]:
    """Open a transaction that sees one moment and changes nothing; nobody waits for it."""
    seen: dict[str, Any] = (
        {"reading": True}
        if database.sqlite
        else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    )
    async with database.engine.connect() as connection:
        await connection.execution_options(**seen)
        async with connection.begin():
            yield connection


async def revision(connection: AsyncConnection) -> str | None:
    """Tell the schema's revision; None when there is no schema."""
    return await connection.run_sync(migrating.revision)


def revisions() -> list[str]:
    """List the revisions that this program knows, the oldest first."""
    return sorted(path.name[:4] for path in (migrating.SCRIPTS / "versions").glob("[0-9]*.py"))


def newest() -> str:
    """Give the revision of the models."""
    return revisions()[-1]


async def tables(connection: AsyncConnection, at: str | None) -> list[Table]:
    """List our tables at a revision, each after those to which it refers.

    A schema of today holds the models' tables and perhaps a neighbour's, which are not ours; an
    older one may hold some of ours that are gone since.
    """
    found = MetaData()
    names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    ours = [
        name
        for name in names
        if name != SCHEMA and (at != newest() or name in models.metadata.tables)
    ]
    await connection.run_sync(lambda sync: found.reflect(sync, only=ours, resolve_fks=False))
    return [
        table
        for table, _ in sort_tables_and_constraints(found.tables.values())  # type: ignore[no-untyped-call]  # It has no types.
        if table is not None
    ]


def shape(table: Table) -> dict[str, type]:
    """Tell which type the values of each column have."""
    return {column.name: column.type.python_type for column in table.columns}


async def rows(
    connection: AsyncConnection, table: Table
) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
    """Read a table a handful of rows at a time, in the order of its keys."""
    query = select(table).order_by(*table.primary_key)
    found = await connection.stream(query, execution_options={"yield_per": HANDFUL})
    async for part in found.mappings().partitions():
        yield [dict(row) for row in part]


async def last_keys(connection: AsyncConnection) -> dict[str, int]:
    """Tell the highest key that each table ever gave out, also when its row is gone since."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, seq FROM sqlite_sequence"
    else:
        query = """
            SELECT owner.relname, pg_sequence_last_value(counter.oid)
            FROM pg_class counter
            JOIN pg_depend owned ON owned.objid = counter.oid AND owned.deptype IN ('a', 'i')
            JOIN pg_class owner ON owner.oid = owned.refobjid
            WHERE counter.relkind = 'S'
              AND owner.relnamespace = current_schema()::regnamespace
        """
    found = (await connection.execute(text(query))).all()
    return {name: last for name, last in found if last is not None}


async def named_files(
    connection: AsyncConnection, tables: Iterable[Table]
) -> tuple[set[str], set[str]]:
    """List the files that rows name: those that must be there, and those that come and go.

    A column called `path` names a file for good; an object's field only for as long as a dialogue
    lasts.
    """
    lasting: set[str] = set()
    passing: set[str] = set()
    for table in tables:
        for column in table.columns:
            if column.name == PATH:
                query = select(column).where(column.is_not(None)).distinct()
                lasting.update(await connection.scalars(query))
            elif isinstance(column.type, JSON):
                query = select(column).where(cast(column, String).contains(f'"{PATH}"'))
                for data in await connection.scalars(query):
                    named = data.get(PATH) if isinstance(data, dict) else None
                    passing.update([named] if isinstance(named, str) else [])
    return lasting, passing


async def is_occupied(connection: AsyncConnection) -> bool:
    """Tell whether the database holds people or messages."""
    names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    for model in (Employee, Arrival):
        if str(model.__tablename__) in names:
            found = await connection.execute(select(1).select_from(model).limit(1))
            if found.first() is not None:
                return True
    return False


async def empty(connection: AsyncConnection) -> None:
    """Take every row out of our tables, inside the open transaction."""
    found = await tables(connection, await revision(connection))
    if connection.dialect.name == "sqlite":
        await connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in reversed(found):
            await connection.execute(table.delete())
    elif found:
        quote = connection.dialect.identifier_preparer.format_table
        names = ", ".join(map(quote, found))
        await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))


async def walk_to(connection: AsyncConnection, target: str) -> None:
    """Bring the emptied schema up or down to a revision, inside the open transaction."""
    now = await revision(connection)
    if now == target:
        return
    from alembic import command  # noqa: PLC0415  # It is slow to load and seldom needed.

    way = command.downgrade if now is not None and now > target else command.upgrade
    await connection.run_sync(lambda sync: way(migrating.configuration(sync), target))


@asynccontextmanager
async def in_any_order(connection: AsyncConnection, tables: Sequence[Table]) -> AsyncIterator[None]:
    """Let rows refer to rows that come later; when the block ends, all must be there.

    SQLite can put its checks off by itself; in PostgreSQL a constraint must allow it, and it is
    allowed for as long as this transaction lasts.
    """
    if connection.dialect.name == "sqlite":
        await connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        yield
        return
    for constraint in against_the_order(tables):
        await alter(connection, constraint, "DEFERRABLE INITIALLY DEFERRED")
    yield
    await connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for constraint in against_the_order(tables):
        await alter(connection, constraint, "NOT DEFERRABLE")


def against_the_order(tables: Sequence[Table]) -> list[ForeignKeyConstraint]:
    """List the references of a table to itself or to one that is filled later."""
    places = {table.name: place for place, table in enumerate(tables)}
    return [
        constraint
        for table in tables
        for constraint in table.foreign_key_constraints
        if places[constraint.elements[0].target_fullname.split(".")[-2]] >= places[table.name]
    ]


async def alter(connection: AsyncConnection, constraint: ForeignKeyConstraint, how: str) -> None:
    """Change when a reference is checked."""
    prepare = connection.dialect.identifier_preparer
    table, name = prepare.format_table(constraint.table), prepare.quote(str(constraint.name))
    await connection.execute(text(f"ALTER TABLE {table} ALTER CONSTRAINT {name} {how}"))


async def put(connection: AsyncConnection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows as they were stored."""
    naive = [
        column.name
        for column in table.columns
        if isinstance(column.type, DateTime) and not column.type.timezone
    ]
    # Else JSON would keep its own null, which is no missing value.
    absent = [
        column.name for column in table.columns if isinstance(column.type, JSON) and column.nullable
    ]
    for row in rows:
        for name in naive:
            row[name] = row[name] and row[name].astimezone(dt.UTC).replace(tzinfo=None)
        for name in absent:
            row[name] = null() if row[name] is None else row[name]
    await connection.execute(insert(table), rows)


async def count_on(connection: AsyncConnection, table: Table, last: int | None) -> None:
    """Let a table give out keys only above its rows and above what it ever gave out."""
    keys = [column for column in table.primary_key if column.type.python_type is int]
    if len(keys) != 1:
        return
    highest = (await connection.execute(select(func.max(keys[0])))).scalar() or 0
    reached = max(highest, last or 0)
    if reached < 1:
        return
    values = {"name": table.name, "key": keys[0].name, "last": reached}
    if connection.dialect.name == "postgresql":
        sequence = "pg_get_serial_sequence(quote_ident(:name), :key)"
        await connection.execute(text(f"SELECT setval({sequence}, :last)"), values)
        return
    counts = "SELECT 1 FROM sqlite_master WHERE name = :name AND sql LIKE '%AUTOINCREMENT%'"
    if (await connection.execute(text(counts), values)).first() is not None:
        await connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
        await connection.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), values)


async def let_go(connection: AsyncConnection, *, now: dt.datetime) -> Waiting:
    """Drop what was to be sent by now: it may have been sent after the backup was made."""
    answers = await connection.execute(
        update(Answer).where(col(Answer.state) == AnswerState.NEW).values(state=AnswerState.DROPPED)
    )
    letters = await connection.execute(
        update(Letter)
        .where(
            col(Letter.state).in_((LetterState.DUE, LetterState.CLAIMED)),
            col(Letter.due_at) <= now,
        )
        .values(state=LetterState.DROPPED, lease_until=None, error="restored")
    )
    return Waiting(await unhandled(connection), answers.rowcount, letters.rowcount)


async def unhandled(connection: AsyncConnection) -> int:
    """Count the messages that were received and are still to be handled."""
    query = select(func.count()).where(col(Arrival.state) == ArrivalState.NEW)
    return (await connection.execute(query.select_from(Arrival))).scalar_one()
