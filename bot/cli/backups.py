"""Back everything up while the bot works, and bring it back whole or not at all."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from shutil import disk_usage
from typing import BinaryIO

from sqlalchemy import Table
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.documents.backups import BackupReader, BackupWriter, FileFigures, Manifest, is_safe
from bot.refusal import Refusal
from db import backups
from db.engine import Database

HANDFUL = 1000
# Files that dialogues name lie here, under their bare names.
PASSING = Path("workbooks")


@dataclass(frozen=True)
class Occasion:
    """Who writes a backup, and when."""

    program: str
    now: dt.datetime


@dataclass(frozen=True)
class Made:
    """What a backup holds, and the files that the database names but nobody has."""

    manifest: Manifest
    missing: list[str]


@dataclass(frozen=True)
class Terms:
    """How to restore: when, over what is there, and whether all stood still since the backup."""

    now: dt.datetime
    replace: bool = False
    moved: bool = False


async def back_up(database: Database, stream: BinaryIO, data_dir: Path, occasion: Occasion) -> Made:
    """Write every table as it stands at one moment, then every file that the rows name.

    A file is on the disk before a row says so; what is gone after the moment, with its row, is
    not missed.
    """
    writer = BackupWriter(stream, occasion.now)
    try:
        return await write(writer, database, data_dir, occasion)
    except BaseException:
        writer.abandon()
        raise


async def write(
    writer: BackupWriter, database: Database, data_dir: Path, occasion: Occasion
) -> Made:
    """Write the rows of one moment, then the files."""
    async with backups.snapshot(database) as connection:
        revision = await backups.revision(connection)
        if revision is None:
            raise Refusal("The database holds nothing yet, so there is nothing to back up.")
        tables = await backups.tables(connection, revision)
        last = await backups.last_keys(connection)
        for table in tables:
            with writer.table(table.name, last.get(table.name)) as put:
                async for part in backups.rows(connection, table):
                    put(part)
        lasting, passing = await backups.named_files(connection, tables)
    passing = {(PASSING / name).as_posix() for name in passing} - lasting
    missing = add_files(writer, data_dir, sorted(lasting))
    add_files(writer, data_dir, sorted(passing))
    if missing:
        async with backups.snapshot(database) as connection:
            still, _ = await backups.named_files(connection, tables)
        missing = [name for name in missing if name in still]
    return Made(writer.finish(program=occasion.program, revision=revision), missing)


def add_files(writer: BackupWriter, data_dir: Path, names: Iterable[str]) -> list[str]:
    """Add the files that are there; list those that are not."""
    missing = []
    for name in names:
        try:
            content = (data_dir / name).open("rb") if is_safe(name) else None
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            content = None
        if content is None:
            missing.append(name)
            continue
        with content:
            writer.file(name, content)
    return missing


async def restore(
    database: Database, backup: BackupReader, data_dir: Path, terms: Terms
) -> backups.Waiting:
    """Put a checked backup in the place of what is there, in one transaction.

    Its rows come into the schema of its own revision; whoever opened the database brings that up
    afterwards, as at every upgrade.
    """
    known = backups.revisions()
    if backup.manifest.revision not in known:
        raise Refusal(
            "This backup has the schema {revision}, and this program knows only up to {newest};"
            " please upgrade the program first. Nothing was changed.",
            revision=backup.manifest.revision,
            newest=known[-1],
        )
    places = places_of(backup.files, data_dir, database)
    undo: dict[Path, Path | None] = {}
    try:
        # SQLite looks at references only when it commits.
        with taken():
            async with database.writing() as session:
                connection = await session.connection()
                await refuse_to_harm(connection, known, terms)
                waiting = await fill(connection, backup, terms)
                store_files(backup, places, undo)
    except BaseException:
        put_back(undo)
        raise
    for kept in undo.values():
        if kept is not None:
            kept.unlink(missing_ok=True)
    return waiting


async def refuse_to_harm(connection: AsyncConnection, known: list[str], terms: Terms) -> None:
    """Refuse a database of a newer program, or one that is in use, unless told to replace it."""
    now = await backups.revision(connection)
    if now is not None and now not in known:
        raise Refusal(
            "The database has the schema {revision}, which is newer than this program;"
            " please upgrade the program first. Nothing was changed.",
            revision=now,
        )
    if not terms.replace and await backups.is_occupied(connection):
        raise Refusal(
            "The database already holds people or messages. Add --ganti to replace everything in"
            " it. Nothing was changed."
        )


async def fill(connection: AsyncConnection, backup: BackupReader, terms: Terms) -> backups.Waiting:
    """Empty the database, give it the backup's schema and its rows."""
    await backups.empty(connection)
    await backups.walk_to(connection, backup.manifest.revision)
    tables = await backups.tables(connection, backup.manifest.revision)
    if {table.name for table in tables} != backup.manifest.tables.keys():
        raise Refusal(
            "This backup holds other tables than its schema has, so it is not one of this"
            " program. Nothing was changed."
        )
    with taken():
        async with backups.in_any_order(connection, tables):
            for table in tables:
                await fill_table(connection, table, backup)
        if terms.moved:
            return backups.Waiting(await backups.unhandled(connection), 0, 0)
        return await backups.let_go(connection, now=terms.now)


async def fill_table(connection: AsyncConnection, table: Table, backup: BackupReader) -> None:
    """Add a table's rows, a handful at a time."""
    rows = backup.rows(table.name, backups.shape(table))
    while part := [*islice(rows, HANDFUL)]:
        await backups.put(connection, table, part)
    await backups.count_on(connection, table, backup.manifest.tables[table.name].last_key)


@contextmanager
def taken() -> Iterator[None]:
    """Refuse rows that the database does not take; a database that is away is no refusal."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, OperationalError) or error.connection_invalidated:
            raise
        raise Refusal(
            "The database does not take what this backup holds: {reason}. Nothing was changed.",
            reason=str(error.orig).partition("\n")[0],
        ) from None


def places_of(
    files: Iterable[FileFigures], data_dir: Path, database: Database
) -> dict[FileFigures, Path]:
    """Find where each file goes; refuse what leads out of the data folder or over the database."""
    data_dir.mkdir(parents=True, exist_ok=True)
    root, kept = data_dir.resolve(), database.engine.url.database
    own = str(Path(kept).resolve()) if database.sqlite and kept else None
    places, wanted = {}, 0
    for one in files:
        place = (root / one.path).resolve()
        if not place.is_relative_to(root) or (own and str(place).startswith(own)):
            raise Refusal(
                "The file {path} of this backup would not lie in the data folder. Nothing was"
                " changed.",
                path=one.path,
            )
        places[one] = place
        wanted += one.size
    if wanted > disk_usage(root).free:
        raise Refusal("The disk has no room for the files of this backup. Nothing was changed.")
    return places


def store_files(
    backup: BackupReader, places: dict[FileFigures, Path], undo: dict[Path, Path | None]
) -> None:
    """Write each file whole or not at all, and note where the one that was there before is kept."""
    for one, place in places.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_name(f"{place.name}.half")
        try:
            with half.open("wb") as copy:
                for chunk in backup.content(one):
                    copy.write(chunk)
            # No file of a backup has such a name.
            before = place.with_name(f"{place.name}~before")
            if place.is_file():
                undo[place] = before
                place.replace(before)
            elif not place.exists():
                undo[place] = None
            half.replace(place)
        finally:
            half.unlink(missing_ok=True)


def put_back(undo: dict[Path, Path | None]) -> None:
    """Leave the files as they were."""
    for place, before in undo.items():
        if before is None:
            place.unlink(missing_ok=True)
        elif before.exists():
            before.replace(place)
