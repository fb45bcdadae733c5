"""A backup as one ZIP: every table as JSON lines, every file, and a manifest that vouches for both.

Nothing in a file that comes from outside is believed: names, sizes, digests and types are checked.
"""

import datetime as dt
import hashlib
import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.documents.backup_rows import Row, Shape, damaged, line_of, row_of
from bot.refusal import Refusal

FORMAT = 1
MANIFEST, LISTING = "manifest.json", "files.jsonl"
CHUNK = 1 << 20
LONGEST_MANIFEST = 16 << 20
LONGEST_LINE = 64 << 20
LARGEST_FILE = 2 << 30
PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,119}")
LEVEL = 4


class TableFigures(BaseModel):
    """How many rows a table has, their digest, and the highest key it ever gave out."""

    model_config = ConfigDict(strict=True, frozen=True)

    rows: int
    sha256: str
    last_key: int | None = None


class FileFigures(BaseModel):
    """A file's place below the data folder, its size in bytes and its digest."""

    model_config = ConfigDict(strict=True, frozen=True)

    path: str
    size: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds, of which moment and schema, and which program wrote it."""

    model_config = ConfigDict(frozen=True)

    format: int
    program: str
    revision: str
    moment: dt.datetime
    tables: dict[str, TableFigures]
    files: int
    bytes: int
    listing: str

    @property
    def rows(self) -> int:
        """Count the rows of all tables."""
        return sum(table.rows for table in self.tables.values())


class BackupWriter:
    """Write a backup as it comes; only names and digests are held in memory."""

    def __init__(self, stream: BinaryIO, moment: dt.datetime) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self._moment = moment
        self._tables: dict[str, TableFigures] = {}
        self._files: list[FileFigures] = []

    @contextmanager
    def table(self, name: str, last_key: int | None) -> Iterator[Callable[[Iterable[Row]], None]]:
        """Open a table; what is put into it becomes lines."""
        digest, rows = hashlib.sha256(), 0
        with self._zip.open(self._entry(table_entry(name)), "w", force_zip64=True) as member:

            def put(part: Iterable[Row]) -> None:
                nonlocal rows
                lines = [line_of(row) for row in part]
                rows += len(lines)
                content = b"".join(lines)
                digest.update(content)
                member.write(content)

            yield put
        self._tables[name] = TableFigures(rows=rows, sha256=digest.hexdigest(), last_key=last_key)

    def file(self, path: str, content: BinaryIO) -> None:
        """Add a file; photos and papers are compressed already, so it is stored as it is."""
        entry = self._entry(file_entry(path), zipfile.ZIP_STORED)
        digest, size = hashlib.sha256(), 0
        with self._zip.open(entry, "w", force_zip64=True) as member:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                member.write(chunk)
        self._files.append(FileFigures(path=path, size=size, sha256=digest.hexdigest()))

    def finish(self, *, program: str, revision: str) -> Manifest:
        """Write the list of files and the manifest, and close."""
        listing = b"".join(b"%s\n" % one.model_dump_json().encode() for one in self._files)
        manifest = Manifest(
            format=FORMAT,
            program=program,
            revision=revision,
            moment=self._moment,
            tables=self._tables,
            files=len(self._files),
            bytes=sum(one.size for one in self._files),
            listing=hashlib.sha256(listing).hexdigest(),
        )
        self._zip.writestr(self._entry(LISTING), listing)
        self._zip.writestr(self._entry(MANIFEST), manifest.model_dump_json(indent=1).encode())
        self._zip.close()
        return manifest

    def abandon(self) -> None:
        """Leave the file as it is; else it would be ended once more when it is forgotten."""
        self._zip.fp = None

    def _entry(self, name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._moment.timetuple()[:6])
        entry.compress_type = method
        entry.external_attr = (stat.S_IFREG | 0o600) << 16
        return entry


class BackupReader:
    """Read a backup; whatever is wrong with it is a refusal, never a surprise."""

    def __init__(self, stream: BinaryIO) -> None:
        with whole():
            self._zip = zipfile.ZipFile(stream)
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self.manifest = self._read_manifest()
        self.files = [*self._read_listing()]

    def check(self) -> None:
        """Refuse a backup that holds more, less or something else than its manifest says."""
        tables = self.manifest.tables
        wanted = {MANIFEST, LISTING, *map(table_entry, tables)}
        wanted |= {file_entry(one.path) for one in self.files}
        if self._entries.keys() != wanted or len(wanted) != len(self._zip.infolist()):
            raise damaged()
        for entry in self._entries.values():
            # A link or a folder is never ours, nor is a way of packing that we do not use.
            if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG} or (
                entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
            ):
                raise damaged()
        for name, table in tables.items():
            digest, lines, _ = self._measure(table_entry(name))
            if (digest, lines) != (table.sha256, table.rows):
                raise damaged()
        for one in self.files:
            digest, _, size = self._measure(file_entry(one.path))
            if (digest, size) != (one.sha256, one.size):
                raise damaged()

    def rows(self, name: str, shape: Shape) -> Iterator[dict[str, Any]]:
        """Read a table's rows, each value of the type that its column has."""
        with whole(), self._zip.open(table_entry(name)) as member:
            lines = io.BufferedReader(member, CHUNK)  # type: ignore[type-var]  # It reads into, as asked.
            while line := lines.readline(LONGEST_LINE):
                yield row_of(line, shape)

    def content(self, one: FileFigures) -> Iterator[bytes]:
        """Read a file piece by piece."""
        with whole(), self._zip.open(file_entry(one.path)) as member:
            while chunk := member.read(CHUNK):
                yield chunk

    def _read_manifest(self) -> Manifest:
        entry = self._entries.get(MANIFEST)
        if entry is None or entry.file_size > LONGEST_MANIFEST:
            raise foreign()
        with whole():
            content = json.loads(self._zip.read(entry))
            if isinstance(content, dict) and content.get("format") not in {None, FORMAT}:
                raise Refusal(
                    "This backup was written in a newer form; please upgrade the program first."
                    " Nothing was changed."
                )
            manifest = Manifest.model_validate(content)
            if manifest.moment.utcoffset() is None:
                raise damaged()
        return manifest

    def _read_listing(self) -> Iterator[FileFigures]:
        digest = hashlib.sha256()
        with whole(), self._zip.open(LISTING) as member:
            lines = io.BufferedReader(member, CHUNK)  # type: ignore[type-var]  # As above.
            while line := lines.readline(CHUNK):
                digest.update(line)
                one = FileFigures.model_validate_json(line)
                if not is_safe(one.path) or not 0 <= one.size <= LARGEST_FILE:
                    raise Refusal(
                        "This backup names a file that does not belong into the data folder."
                        " Nothing was changed."
                    )
                yield one
        if digest.hexdigest() != self.manifest.listing:
            raise damaged()

    def _measure(self, name: str) -> tuple[str, int, int]:
        """Tell the digest, the lines and the bytes of a member without holding it."""
        digest, lines, size = hashlib.sha256(), 0, 0
        with whole(), self._zip.open(name) as member:
            while chunk := member.read(CHUNK):
                digest.update(chunk)
                lines += chunk.count(b"\n")
                size += len(chunk)
        return digest.hexdigest(), lines, size


def is_safe(path: str) -> bool:
    """Tell whether a name leads into a folder of the data folder and nowhere else."""
    parts = path.split("/")
    return len(parts) > 1 and len(path) <= 300 and all(map(PART.fullmatch, parts))


def table_entry(name: str) -> str:
    """Name a table's member."""
    return f"tables/{name}.jsonl"


def file_entry(path: str) -> str:
    """Name a file's member."""
    return f"files/{path}"


def foreign() -> Refusal:
    """Say that a file is not ours."""
    return Refusal("This is no backup of Asisten ASN, or only a part of one. Nothing was changed.")


@contextmanager
def whole() -> Iterator[None]:
    """Refuse a file whose bytes are not what they were."""
    try:
        yield
    except zipfile.BadZipFile as error:
        raise (foreign() if "not a zip" in str(error) else damaged()) from None
    # An encrypted member is a RuntimeError, an unknown way of packing a NotImplementedError.
    except (zlib.error, EOFError, ValueError, KeyError, RuntimeError, ValidationError):
        raise damaged() from None
