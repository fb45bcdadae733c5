"""Put the parts together: the bot's application and everything that runs beside it."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from telegram.error import InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot
from telegram.request import BaseRequest

import handlers
from bot.actions.calendars import ensure_holidays
from bot.actions.themes import ensure_themes
from bot.config import Settings
from bot.context import TURN, Agency, Context
from bot.guidance.library import Library
from bot.i18n import LOCALE
from bot.post.postman import Postman
from bot.post.ticks import start_clock
from bot.wire.delivery import Delivery
from bot.wire.downloads import Downloads
from bot.wire.inbox import Inbox
from bot.wire.menus import publish_menus
from bot.wire.polling import poll
from bot.wire.transport import AiohttpRequest
from bot.wire.worker import Worker
from db import migrating
from db.engine import Database
from db.models.messages import Arrival

log = structlog.get_logger()

PLANNING_SECONDS = 15.0
TRIAL_SECONDS = 1.0
LONGEST_PAUSE = 30.0


def build_application(
    settings: Settings, request: BaseRequest, updates_request: BaseRequest
) -> Application[Any, Any, Any, Any, Any, Any]:
    """Build the application with every handler; the outside comes in as arguments."""
    if settings.bot_token is None:
        raise ValueError("an application needs a token")
    bot: ExtBot[None] = ExtBot(
        settings.bot_token.get_secret_value(),
        base_url=settings.api_base,
        base_file_url=settings.file_base,
        request=request,
        get_updates_request=updates_request,
    )
    application = (
        ApplicationBuilder()
        .bot(bot)
        .updater(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    application.add_handlers(handlers.IN_ORDER)
    application.add_error_handler(keep_failure)
    return application


async def keep_failure(_update: object, context: Any) -> None:
    """Hand a failure to the worker, which rolls back and answers."""
    TURN.get().failure = context.error


class Service:
    """Everything that runs in one process: receiver, worker, postman, clock."""

    def __init__(self, settings: Settings, now: Callable[[], dt.datetime]) -> None:
        self.settings = settings
        self.now = now
        self.database = Database(settings.database)
        self.agency = Agency(
            zone=settings.timezone,
            data_dir=settings.data_dir,
            edit_days=settings.edit_window_days,
            library=Library.load(LOCALE / "id" / "guidance"),
        )
        self.request = AiohttpRequest()
        self.updates_request = AiohttpRequest(connections=2)
        self.application = build_application(settings, self.request, self.updates_request)
        self.delivery = Delivery(self.application.bot, self.database, self.now)
        self.worker = Worker(self.application, self.database, self.delivery, self.agency, self.now)
        self.inbox = Inbox(self.database, self.now, self._forward)
        self.downloads = Downloads(
            self.application.bot, self.database, self.agency, self.now, self.worker.wake
        )
        self.postman = Postman(self.application.bot, self.database, self.now)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; what was not finished stays in the database."""
        await self._prepare()
        await self.request.initialize()
        await self.updates_request.initialize()
        try:
            await initialized(self.application, stop)
        except InvalidToken:
            await self._close([])
            raise
        if stop.is_set():
            await self._close([])
            return
        await self.worker.resume()
        scheduler = start_clock(
            self.database, self.postman.plan, self.now, seconds=self._tick_seconds()
        )
        log.info("running", bot=self.application.bot.username)
        tasks = [
            asyncio.create_task(work)
            for work in (
                poll(self.application.bot, self.inbox),
                self.delivery.settle_forever(),
                self.downloads.run(),
                self.postman.run(),
                publish_menus(self.application.bot, self.database),
            )
        ]
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait([waiting, tasks[0]], return_when=asyncio.FIRST_COMPLETED)
        scheduler.shutdown(wait=False)
        failed = tasks[0].exception() if tasks[0].done() else None
        waiting.cancel()
        await self._close(tasks)
        if failed is not None:
            raise failed

    def _forward(self, arrivals: Sequence[Arrival]) -> None:
        """Let arrivals be handled, and what they carry be fetched soon after."""
        self.worker.forward(arrivals)
        self.downloads.expect(arrivals)

    def _tick_seconds(self) -> float:
        # Whoever moves the clock by hand wants to see at once what comes of it.
        return PLANNING_SECONDS if self.settings.clock_file is None else TRIAL_SECONDS

    async def _prepare(self) -> None:
        """Bring the schema up and fill what every agency begins with."""
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        await migrating.upgrade(self.database)
        year = self.now().year
        async with self.database.writing() as session:
            await ensure_holidays(session, year - 1, year, year + 1)
            await ensure_themes(session)

    async def _close(self, tasks: list[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.worker.stop()
        await self.delivery.settle()
        await self.application.bot.shutdown()
        await self.request.shutdown()
        await self.updates_request.shutdown()
        await self.database.close()


async def initialized(
    application: Application[Any, Any, Any, Any, Any, Any], stop: asyncio.Event
) -> None:
    """Ask Telegram who we are, for as long as Telegram is away, or until told to stop."""
    stopped = asyncio.create_task(stop.wait())
    pause = 0.5
    while not stop.is_set():
        asking = asyncio.create_task(application.initialize())
        await asyncio.wait([asking, stopped], return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            asking.cancel()
            break
        try:
            await asking
        except InvalidToken:
            raise
        except (NetworkError, RetryAfter) as error:
            log.warning("Telegram is away", error=type(error).__name__)
            await asyncio.wait([stopped], timeout=pause)
            pause = min(LONGEST_PAUSE, pause * 2)
        else:
            break
    stopped.cancel()
