"""`run`: receive, handle, remind and answer in one process."""

import asyncio
import os
import signal
from typing import NoReturn

import structlog
from telegram.error import BadRequest, InvalidToken

from bot.app import Duty, Service
from bot.cli.clock import Clock
from bot.cli.logs import set_up_logs
from bot.cli.reaching import explained
from bot.cli.speaking import WRONG_USAGE, fail, operator_translator, say, settings_or_fail
from bot.cli.tidying import tidy_seldom
from bot.config import Settings
from bot.i18n import Translator

log = structlog.get_logger()

# A supervisor waits ten seconds before it kills.
LONGEST_END = 8.0


def command() -> None:
    """Run the bot: receive, answer, remind, in one process."""
    served(Duty.RECEIVE | Duty.LEAD)


def served(duty: Duty) -> None:
    """Serve some duties with the settings of the environment, or say what is in the way."""
    t = operator_translator()
    settings = settings_or_fail()
    if settings.bot_token is None:
        tell_how_to_get_a_token(t)
    if duty != Duty.RECEIVE | Duty.LEAD and not settings.database.startswith("postgresql"):
        fail(
            t.gettext(
                "Several processes share PostgreSQL: set DATABASE_URL to one, or use run, which"
                " does everything in one process."
            ),
            WRONG_USAGE,
        )
    if duty is Duty.RECEIVE and settings.webhook_url is None:
        fail(
            t.gettext("web receives by webhook: set WEBHOOK_URL to the address Telegram calls."),
            WRONG_USAGE,
        )
    set_up_logs(settings)
    if settings.clock_file is not None:
        say(t.gettext("The clock is moved by the file {path}.", path=settings.clock_file))
    try:
        with explained():
            asyncio.run(serve(settings, duty))
    except InvalidToken:
        fail(
            t.gettext("Telegram does not know this BOT_TOKEN; ask @BotFather for it with /mybots.")
        )
    except BadRequest as error:
        fail(t.gettext("Telegram does not take WEBHOOK_URL: {reason}", reason=error.message))


def tell_how_to_get_a_token(t: Translator) -> NoReturn:
    """Explain where a token comes from, and end."""
    say(t.gettext("BOT_TOKEN is not set, so Telegram does not know this bot yet."))
    say(
        t.gettext(
            "To get a token: open Telegram, write to @BotFather, send /newbot, answer its two"
            " questions, and put the line it gives you into a file named .env as"
            " BOT_TOKEN=123456:…."
        )
    )
    fail(t.gettext("To try the bot without a token: asisten-asn coba"), WRONG_USAGE)


async def serve(settings: Settings, duty: Duty) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    service = Service(settings, Clock(settings.clock_file).now, duty)
    tidy_seldom()
    running = asyncio.create_task(service.run(stop))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([running, stopping], return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        await asyncio.wait([running], timeout=LONGEST_END)
        if not running.done():
            # Whatever holds it up, nothing is lost: what is unfinished stays in the database.
            log.error("ended late")
            os._exit(0)
    stopping.cancel()
    await running
