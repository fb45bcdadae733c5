"""`pulihkan`: bring a backup back."""

import asyncio
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from bot.cli.backups import Terms, restore
from bot.cli.clock import Clock
from bot.cli.reaching import reached
from bot.cli.speaking import fail, operator_translator, say, settings_or_fail
from bot.config import Settings
from bot.documents.backups import BackupReader, Manifest
from bot.i18n import Translator
from bot.refusal import Refusal
from db import migrating
from db.backups import Waiting


def command(
    *,
    file: Annotated[Path, typer.Argument(help="The backup.", metavar="FILE", show_default=False)],
    ganti: Annotated[
        bool, typer.Option("--ganti", help="Replace everything that the database holds.")
    ] = False,
    pindahan: Annotated[
        bool,
        typer.Option(
            "--pindahan",
            help="For a move: the bot stood still since the backup, so what waits is still sent.",
        ),
    ] = False,
) -> None:
    """Bring a backup back into an empty database, of either kind. Stop the bot first.

    Everything is checked before anything is written, and all of it comes back or nothing. What
    was waiting to be sent is let go, as it may have been sent after the backup was made; with
    --pindahan it is kept.
    """
    t = operator_translator()
    settings = settings_or_fail()
    terms = Terms(Clock(settings.clock_file).now(), replace=ganti, moved=pindahan)
    with opened(file, t) as stream:
        try:
            backup = BackupReader(stream)
            backup.check()
            waiting = asyncio.run(work(settings, backup, terms))
        except Refusal as refusal:
            why = t.gettext(refusal.message, **refusal.values)
            fail(t.gettext("{path}: {reason}", path=file, reason=why))
    tell(backup.manifest, waiting, settings, t)


def opened(path: Path, t: Translator) -> BinaryIO:
    """Open the file."""
    try:
        return path.open("rb")
    except OSError as error:
        fail(t.gettext("{path} cannot be read: {reason}", path=path, reason=error.strerror))


async def work(settings: Settings, backup: BackupReader, terms: Terms) -> Waiting:
    """Restore, then bring the schema up as at every upgrade."""
    async with reached(settings) as database:
        waiting = await restore(database, backup, settings.data_dir, terms)
        await migrating.upgrade(database)
    return waiting


def tell(manifest: Manifest, waiting: Waiting, settings: Settings, t: Translator) -> None:
    """Tell what came back, and what becomes of what was waiting."""
    moment = manifest.moment.astimezone(settings.zone)
    say(
        t.gettext(
            "Restored as of {day}, {hour}: {rows} rows and {files} files.",
            day=t.day(moment.date()),
            hour=t.clock(moment, settings.timezone),
            rows=t.number(manifest.rows),
            files=t.number(manifest.files),
        )
    )
    if waiting.answers + waiting.letters:
        count = waiting.answers + waiting.letters
        let_go = t.ngettext(
            "{n} message that was waiting to be sent is let go, as it may have been sent since.",
            "{n} messages that were waiting to be sent are let go, as they may have been sent"
            " since.",
            count,
            n=t.number(count),
        )
        say(let_go)
    if waiting.arrivals:
        handled = t.ngettext(
            "{n} message that was received but not yet handled is handled when the bot starts.",
            "{n} messages that were received but not yet handled are handled when the bot starts.",
            waiting.arrivals,
            n=t.number(waiting.arrivals),
        )
        say(handled)
