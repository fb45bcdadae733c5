"""`impor`: take a roster workbook in."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.actions import rosters
from bot.actions.roster_comparison import Comparison
from bot.cli.clock import Clock
from bot.cli.reaching import reached
from bot.cli.speaking import (
    FAILED,
    WRONG_USAGE,
    fail,
    operator_translator,
    say,
    settings_or_fail,
)
from bot.config import Settings
from bot.documents.roster_reading import read_roster
from bot.documents.roster_writing import write_template
from bot.documents.workbook import WorkbookUnreadable
from bot.i18n import Translator
from bot.refusal import Refusal
from bot.skp.complaints import Problem
from db import migrating

SHOWN = 20


@dataclass(frozen=True)
class Outcome:
    """What became of a file; without a comparison it could not be read as a whole."""

    comparison: Comparison
    applied: bool


def command(
    *,
    file: Annotated[
        Path | None, typer.Argument(help="The roster workbook (XLSX).", metavar="FILE")
    ] = None,
    terapkan: Annotated[
        bool, typer.Option("--terapkan", help="Apply it; without this nothing is written.")
    ] = False,
    templat: Annotated[
        Path | None, typer.Option("--templat", help="Write an empty workbook to this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Compare a roster workbook with the database, and apply it when told to."""
    t = operator_translator()
    if templat is not None:
        save_template(templat, t)
        if file is None:
            return
    if file is None:
        fail(t.gettext("Name a workbook, or write an empty one with --templat FILE."), WRONG_USAGE)
    data = content(file, t)
    settings = settings_or_fail()
    outcome = asyncio.run(work(data, settings, t, apply=terapkan))
    if as_json:
        print(json.dumps(as_data(outcome.comparison, t), ensure_ascii=False))  # noqa: T201  # For programs.
    tell(outcome, t)
    if outcome.comparison.problems:
        raise typer.Exit(FAILED)


def save_template(path: Path, t: Translator) -> None:
    """Write an empty workbook."""
    try:
        path.write_bytes(write_template())
    except OSError as error:
        fail(t.gettext("{path} cannot be written: {reason}", path=path, reason=error.strerror))
    say(t.gettext("The empty workbook is ready: {path}", path=path))


def content(path: Path, t: Translator) -> bytes:
    """Read the file's bytes."""
    try:
        return path.read_bytes()
    except OSError as error:
        fail(t.gettext("{path} cannot be read: {reason}", path=path, reason=error.strerror))


async def work(data: bytes, settings: Settings, t: Translator, *, apply: bool) -> Outcome:
    """Read, compare and, when told to and nothing is wrong, apply."""
    now = Clock(settings.clock_file).now()
    today = now.astimezone(settings.zone).date()
    zone = settings.timezone
    async with reached(settings) as database:
        await migrating.upgrade(database)
        try:
            roster = read_roster(data, this_year=today.year)
            if apply and not roster.problems:
                occasion = rosters.Occasion(now, today, zone)
                found = await rosters.take_in(database, roster, occasion)
                return Outcome(found, applied=not found.problems)
            async with database.reading() as session:
                found = await rosters.compare(session, roster, today=today, agency_zone=zone)
        except WorkbookUnreadable as refusal:
            found = unreadable(refusal)
        except Refusal as refusal:
            fail(t.gettext(refusal.message, **refusal.values))
    return Outcome(found, applied=False)


def unreadable(refusal: WorkbookUnreadable) -> Comparison:
    """Give a file that cannot be read at all as one problem without a place."""
    values = {name: str(value) for name, value in refusal.values.items()}
    return Comparison(rows=0, problems=(Problem("", 0, "", refusal.message, "", values),))


def as_data(comparison: Comparison, t: Translator) -> dict[str, object]:
    """Give a comparison as other programs read it."""
    return {
        "rows": comparison.rows,
        "created": comparison.created,
        "updated": comparison.updated,
        "unchanged": comparison.unchanged,
        "problems": [line(problem, t) for problem in comparison.problems],
        "notes": [line(note, t) for note in comparison.notes],
    }


def line(problem: Problem, t: Translator) -> dict[str, object]:
    """Give one problem with its sentences."""
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "problem": t.gettext(problem.problem, **problem.values),
        "mend": t.gettext(problem.mend, **problem.values) if problem.mend else "",
    }


def tell(outcome: Outcome, t: Translator) -> None:
    """Tell the operator what was found and what was done."""
    found = outcome.comparison
    for problem in found.problems[:SHOWN]:
        say(sentence(problem, t))
    if len(found.problems) > SHOWN:
        say(t.gettext("… and {count} more; --json lists all.", count=len(found.problems) - SHOWN))
    for note in found.notes[:SHOWN]:
        say(t.gettext("Note: {sentence}", sentence=sentence(note, t)))
    counts = {
        name: t.number(getattr(found, name)) for name in ("rows", "created", "updated", "unchanged")
    }
    if found.problems:
        said = t.ngettext(
            "{rows} rows, {n} problem. Nothing was changed.",
            "{rows} rows, {n} problems. Nothing was changed.",
            len(found.problems),
            rows=counts["rows"],
            n=t.number(len(found.problems)),
        )
        say(said)
    elif outcome.applied:
        say(
            t.gettext(
                "{rows} rows: {created} created, {updated} updated, {unchanged} unchanged.",
                **counts,
            )
        )
    else:
        say(
            t.gettext(
                "{rows} rows: {created} would be created, {updated} updated, {unchanged} stay as"
                " they are. Nothing was written; add --terapkan to apply.",
                **counts,
            )
        )


def sentence(problem: Problem, t: Translator) -> str:
    """Write one problem with its place and mend on a line."""
    what = t.gettext(problem.problem, **problem.values)
    if not problem.sheet:
        return what
    mend = t.gettext(problem.mend, **problem.values)
    if not problem.column:
        return t.gettext(
            "{sheet}, row {row}: {what} {mend}",
            sheet=problem.sheet,
            row=problem.row,
            what=what,
            mend=mend,
        )
    return t.gettext(
        "{sheet}, row {row}, {column}: {what} {mend}",
        sheet=problem.sheet,
        row=problem.row,
        column=problem.column,
        what=what,
        mend=mend,
    )
