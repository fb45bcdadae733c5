"""`periksa`: is everything well?"""

import asyncio
import datetime as dt
import json
import os
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.cli.clock import Clock
from bot.cli.reaching import reached
from bot.cli.speaking import FAILED, operator_translator, say, settings_or_fail
from bot.config import Settings
from bot.i18n import Translator
from bot.wire.transport import AiohttpRequest
from db import health, migrating
from db.engine import Database

LATE = dt.timedelta(minutes=5)


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
            findings.append(await backlog(database, settings, t))
    return [*findings, files(settings, t), await telegram(settings, t)]


async def schema(database: Database, t: Translator) -> Finding:
    """Is the schema this version's?"""
    now, newest = await migrating.state(database)
    if now == newest:
        return Finding("database", True, t.gettext("The database is there and up to date."))
    return Finding(
        "database", False, t.gettext("The schema is not up to date; run: asisten-asn migrasi")
    )


async def backlog(database: Database, settings: Settings, t: Translator) -> Finding:
    """Does anything wait too long, or lie aside?"""
    now = Clock(settings.clock_file).now()
    async with database.reading() as session:
        waiting = await health.backlog(session)
    if waiting.aside:
        sentence = t.ngettext(
            "{count} message could not be handled and lies aside: {error}",
            "{count} messages could not be handled and lie aside; the last: {error}",
            waiting.aside,
            count=waiting.aside,
            error=waiting.error or "-",
        )
        return Finding("backlog", False, sentence)
    if waiting.oldest is not None and now - waiting.oldest > LATE:
        sentence = t.ngettext(
            "{count} message waits, since {minutes} minutes; is the bot running?",
            "{count} messages wait, the oldest since {minutes} minutes; is the bot running?",
            waiting.count,
            count=waiting.count,
            minutes=int((now - waiting.oldest).total_seconds() // 60),
        )
        return Finding("backlog", False, sentence)
    return Finding("backlog", True, t.gettext("Nothing waits to be handled."))


def files(settings: Settings, t: Translator) -> Finding:
    """Can evidence be stored?"""
    well = os.access(settings.data_dir, os.W_OK)
    sentence = (
        t.gettext("Files are kept in {path}.", path=settings.data_dir)
        if well
        else t.gettext("DATA_DIR cannot be written: {path}", path=settings.data_dir)
    )
    return Finding("files", well, sentence)


async def telegram(settings: Settings, t: Translator) -> Finding:
    """Does Telegram know the bot?"""
    if settings.bot_token is None:
        return Finding("telegram", False, t.gettext("BOT_TOKEN is not set."))
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
    except InvalidToken:
        return Finding("telegram", False, t.gettext("Telegram does not know this BOT_TOKEN."))
    except TelegramError:
        return Finding("telegram", False, t.gettext("Telegram cannot be reached."))
    finally:
        await request.shutdown()
    return Finding(
        "telegram", True, t.gettext("Telegram knows the bot as @{name}.", name=me.username)
    )
