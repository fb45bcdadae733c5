"""`periksa`: is everything well?"""

import asyncio
import datetime as dt
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.actions.health import Health, Queue, Waiting
from bot.actions.health import look as look_at_queues
from bot.cli.clock import Clock
from bot.cli.logs import scrub, secrets_of
from bot.cli.reaching import reached
from bot.cli.speaking import FAILED, operator_translator, say, settings_or_fail
from bot.config import Settings
from bot.i18n import Translator
from bot.wire.transport import AiohttpRequest
from db import health, migrating
from db.engine import Database

MEGABYTE = 1_000_000
ROOM = 500 * MEGABYTE
# The newest evidence comes from whichever machine fetched it.
LOOKED_AT = 50
RECENT = dt.timedelta(minutes=15)
LONGEST = 200


@dataclass(frozen=True)
class Finding:
    """One thing looked at, and what was seen in a sentence."""

    what: str
    well: bool
    sentence: str


def command(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Check the database, Telegram, the files and the backlog."""
    t = operator_translator()
    settings = settings_or_fail()
    findings = asyncio.run(look(settings, t))
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))  # noqa: T201  # For programs.
    else:
        for finding in findings:
            say(f"{'✓' if finding.well else '✗'} {finding.sentence}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(FAILED)


async def look(settings: Settings, t: Translator) -> list[Finding]:
    """Look at every part."""
    async with reached(settings) as database:
        findings = [await schema(database, t)]
        if findings[0].well:
            findings += await inside(database, settings, t)
    return [*findings, files(settings, t), space(settings, t), *await telegram(settings, t)]


async def schema(database: Database, t: Translator) -> Finding:
    """Is the schema this version's?"""
    now, newest = await migrating.state(database)
    if now == newest:
        return Finding("database", True, t.gettext("The database is there and up to date."))
    return Finding(
        "database", False, t.gettext("The schema is not up to date; run: asisten-asn migrasi")
    )


async def inside(database: Database, settings: Settings, t: Translator) -> list[Finding]:
    """Look at what the database holds."""
    now = Clock(settings.clock_file).now()
    async with database.reading() as session:
        found = await look_at_queues(session, now=now)
        stored = await health.stored_paths(session, limit=LOOKED_AT)
    queues = [
        aside(found, t) if one.queue is Queue.ARRIVALS and found.aside else queue(one, now, t)
        for one in found.waiting
    ]
    return [*queues, await asyncio.to_thread(volume, settings.data_dir, stored, t)]


def aside(found: Health, t: Translator) -> Finding:
    """Tell what could not be handled, without what it holds."""
    newest = found.newest_aside[0]
    sentence = t.ngettext(
        "{count} message could not be handled and lies aside; look into the log for arrival"
        " {number} ({error}).",
        "{count} messages could not be handled and lie aside; look into the log, first for arrival"
        " {number} ({error}).",
        found.aside,
        count=found.aside,
        number=newest.code.removeprefix("A"),
        error=newest.error,
    )
    return Finding("backlog", False, sentence)


def queue(waiting: Waiting, now: dt.datetime, t: Translator) -> Finding:
    """Does anything wait too long?"""
    what = "backlog" if waiting.queue is Queue.ARRIVALS else waiting.queue.value
    if not waiting.late or waiting.oldest is None:
        well = {
            Queue.ARRIVALS: t.gettext("Nothing waits to be handled."),
            Queue.ANSWERS: t.gettext("No answer waits long to be sent."),
            Queue.LETTERS: t.gettext("No scheduled message is overdue."),
            Queue.EVIDENCE: t.gettext("No evidence waits long to be stored."),
        }
        return Finding(what, True, well[waiting.queue])
    return Finding(what, False, too_long(waiting, now - waiting.oldest, t))


def too_long(waiting: Waiting, age: dt.timedelta, t: Translator) -> str:
    """Say what waits too long, and what to look at."""
    count = waiting.count
    words = {"count": count, "minutes": int(age.total_seconds() // 60)}
    sentences = {
        Queue.ARRIVALS: t.ngettext(
            "{count} message waits, since {minutes} minutes; is the bot running?",
            "{count} messages wait, the oldest since {minutes} minutes; is the bot running?",
            count,
            **words,
        ),
        Queue.ANSWERS: t.ngettext(
            "{count} answer waits to be sent, since {minutes} minutes; does the bot run and reach"
            " Telegram?",
            "{count} answers wait to be sent, the oldest since {minutes} minutes; does the bot run"
            " and reach Telegram?",
            count,
            **words,
        ),
        Queue.LETTERS: t.ngettext(
            "{count} scheduled message is overdue, since {minutes} minutes; does the bot run and"
            " reach Telegram?",
            "{count} scheduled messages are overdue, the oldest since {minutes} minutes; does the"
            " bot run and reach Telegram?",
            count,
            **words,
        ),
        Queue.EVIDENCE: t.ngettext(
            "{count} file of evidence waits to be stored, since {minutes} minutes; does the bot"
            " run and reach Telegram, and is there room in DATA_DIR?",
            "{count} files of evidence wait to be stored, the oldest since {minutes} minutes; does"
            " the bot run and reach Telegram, and is there room in DATA_DIR?",
            count,
            **words,
        ),
    }
    return sentences[waiting.queue]


def files(settings: Settings, t: Translator) -> Finding:
    """Can evidence be stored?"""
    well = os.access(settings.data_dir, os.W_OK)
    sentence = (
        t.gettext("Files are kept in {path}.", path=settings.data_dir)
        if well
        else t.gettext("DATA_DIR cannot be written: {path}", path=settings.data_dir)
    )
    return Finding("files", well, sentence)


def space(settings: Settings, t: Translator, *, room: int = ROOM) -> Finding:
    """Is there room for more evidence, in bytes?"""
    free = shutil.disk_usage(settings.data_dir).free
    megabytes = t.number(free // MEGABYTE)
    if free >= room:
        return Finding("space", True, t.gettext("{megabytes} MB are free.", megabytes=megabytes))
    sentence = t.gettext(
        "Only {megabytes} MB are free at {path}; make room, else evidence cannot be stored.",
        megabytes=megabytes,
        path=settings.data_dir,
    )
    return Finding("space", False, sentence)


def volume(data_dir: Path, stored: Sequence[tuple[str, int | None]], t: Translator) -> Finding:
    """Is what any machine has stored also here, as it is when all share one volume?"""
    missing = sum(not same_file(data_dir / path, size) for path, size in stored)
    if not stored:
        sentence = t.gettext(
            "No evidence is stored yet, so it does not show whether all machines share DATA_DIR."
        )
    elif not missing:
        sentence = t.gettext(
            "The newest files of evidence are here ({count} looked at).", count=len(stored)
        )
    else:
        sentence = t.gettext(
            "{missing} of the newest {count} files of evidence are not in {path}; let all machines"
            " share DATA_DIR as one volume, or restore the files too.",
            missing=missing,
            count=len(stored),
            path=data_dir,
        )
    return Finding("volume", not missing, sentence)


def same_file(path: Path, size: int | None) -> bool:
    """Tell whether a file is there, whole."""
    return path.is_file() and size in {None, path.stat().st_size}


async def telegram(settings: Settings, t: Translator) -> list[Finding]:
    """Does Telegram know the bot, and do updates reach it?"""
    if settings.bot_token is None:
        return [Finding("telegram", False, t.gettext("BOT_TOKEN is not set."))]
    request = AiohttpRequest(seconds=10)
    bot = Bot(
        settings.bot_token.get_secret_value(),
        base_url=settings.api_base,
        base_file_url=settings.file_base,
        request=request,
        get_updates_request=AiohttpRequest(),
    )
    try:
        await request.initialize()
        me = await bot.get_me()
        hook = await bot.get_webhook_info()
    except InvalidToken:
        sentence = t.gettext("Telegram does not know this BOT_TOKEN.")
        return [Finding("telegram", False, sentence)]
    except TelegramError:
        return [Finding("telegram", False, t.gettext("Telegram cannot be reached."))]
    finally:
        await request.shutdown()
    knows = t.gettext("Telegram knows the bot as @{name}.", name=me.username)
    return [Finding("telegram", True, knows), webhook(hook, settings, t)]


def webhook(hook: WebhookInfo, settings: Settings, t: Translator) -> Finding:
    """Does Telegram deliver updates in the way that the settings say?"""
    if settings.webhook_url is None:
        sentence = (
            t.gettext(
                "Telegram still delivers updates to a webhook, and polling gets none; start the"
                " bot, which removes it, or set WEBHOOK_URL."
            )
            if hook.url
            else t.gettext("No webhook is set; updates are fetched by polling.")
        )
        return Finding("webhook", not hook.url, sentence)
    if hook.url != settings.webhook_url:
        sentence = t.gettext(
            "Telegram does not deliver updates to WEBHOOK_URL; start the bot, which sets it."
        )
        return Finding("webhook", False, sentence)
    failed = hook.last_error_date
    if failed is not None and Clock(settings.clock_file).now() - failed < RECENT:
        sentence = t.gettext(
            "Telegram could not deliver at {time}: {error}; {count} wait. Look at the proxy and"
            " whether the bot runs.",
            time=t.clock(failed, settings.timezone),
            error=scrub(hook.last_error_message or "-", secrets_of(settings))[:LONGEST],
            count=hook.pending_update_count,
        )
        return Finding("webhook", False, sentence)
    sentence = t.gettext(
        "Telegram delivers updates to WEBHOOK_URL; {count} wait.", count=hook.pending_update_count
    )
    return Finding("webhook", True, sentence)
