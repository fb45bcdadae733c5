"""`cadangkan`: everything into one file, while the bot works."""

import asyncio
import errno
import json
import os
import tempfile
from collections.abc import Awaitable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.backups import Made, Occasion, back_up
from bot.cli.clock import Clock
from bot.cli.reaching import reached
from bot.cli.speaking import FAILED, fail, operator_translator, say, settings_or_fail
from bot.config import Settings
from bot.i18n import Translator
from bot.refusal import Refusal

SHOWN = 20
FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO}
MEBIBYTE = 1 << 20


def command(
    *,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="The file to write; without it asisten-asn-<moment>.zip in this folder.",
            metavar="FILE",
            show_default=False,
        ),
    ] = None,
    ganti: Annotated[
        bool, typer.Option("--ganti", help="Replace the file if it is there already.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Back everything up into one file: every row of one moment and every file they name.

    The bot may go on working. The file holds personal data and can be read by its owner alone.
    When a file that the database names is missing, the backup is made without it and the exit
    code is 1.
    """
    t = operator_translator()
    settings = settings_or_fail()
    now = Clock(settings.clock_file).now()
    local = now.astimezone(settings.zone)
    target = file or Path(f"asisten-asn-{local:%Y-%m-%dT%H%M}.zip")
    refuse_taken(target, t, replace=ganti)
    try:
        occasion = Occasion(version("asisten-asn"), now)
        made = asyncio.run(work(settings, target, occasion, replace=ganti))
    except Refusal as refusal:
        fail(t.gettext(refusal.message, **refusal.values))
    if as_json:
        print(json.dumps(as_data(made, target), ensure_ascii=False))  # noqa: T201  # For programs.
    tell(made, target, t)
    if made.missing:
        raise typer.Exit(FAILED)


def refuse_taken(target: Path, t: Translator, *, replace: bool) -> None:
    """Refuse to write over something."""
    if target.exists() and not target.is_file():
        fail(t.gettext("{path} is not a file, so no backup can be written there.", path=target))
    if target.exists() and not replace:
        fail(t.gettext("{path} is there already. Add --ganti to replace it.", path=target))


async def work(settings: Settings, target: Path, occasion: Occasion, *, replace: bool) -> Made:
    """Write beside the target first, so that a half-written backup never looks like one."""
    t = operator_translator()
    half: Path | None = None
    folder = os.path.dirname(os.fspath(target)) or os.curdir  # noqa: PTH120  # No disk is asked.
    try:
        handle, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=".half", dir=folder)
        half = Path(name)
        with os.fdopen(handle, "wb") as stream:
            async with reached(settings) as database:
                made = await written(back_up(database, stream, settings.data_dir, occasion), target)
            stream.flush()
            os.fsync(handle)
        refuse_taken(target, t, replace=replace)
        half.replace(target)
    except OSError as error:
        fail(t.gettext("{path} cannot be written: {reason}", path=target, reason=error.strerror))
    finally:
        if half is not None:
            half.unlink(missing_ok=True)
    return made


async def written(making: Awaitable[Made], target: Path) -> Made:
    """Tell a full disk from a database that is away."""
    try:
        return await making
    except OSError as error:
        if error.errno not in FULL:
            raise
        t = operator_translator()
        fail(t.gettext("{path} cannot be written: {reason}", path=target, reason=error.strerror))


def as_data(made: Made, target: Path) -> dict[str, Any]:
    """Give the figures as other programs read them."""
    manifest = made.manifest
    return {
        "file": str(target),
        "size": target.stat().st_size,
        "format": manifest.format,
        "program": manifest.program,
        "revision": manifest.revision,
        "moment": manifest.moment.isoformat(),
        "rows": manifest.rows,
        "tables": {name: table.rows for name, table in manifest.tables.items()},
        "files": manifest.files,
        "bytes": manifest.bytes,
        "missing": made.missing,
    }


def tell(made: Made, target: Path, t: Translator) -> None:
    """Tell what the backup holds, and what it could not hold."""
    for name in made.missing[:SHOWN]:
        say(t.gettext("The database names {path}, but this file is missing.", path=name))
    if len(made.missing) > SHOWN:
        more = t.number(len(made.missing) - SHOWN)
        say(t.gettext("… and {count} more; --json lists all.", count=more))
    say(
        t.gettext(
            "{path} holds {rows} rows and {files} files ({size} MiB).",
            path=target,
            rows=t.number(made.manifest.rows),
            files=t.number(made.manifest.files),
            size=t.number(-(-target.stat().st_size // MEBIBYTE)),
        )
    )
