"""Put the parts together: the bot's application and everything that runs beside it."""

import asyncio
import datetime as dt
import enum
from collections.abc import Callable, Coroutine, Sequence
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
from bot.post.sorting import Means
from bot.post.ticks import start_clock
from bot.skp.reminders import Habits, Kind
from bot.understanding.words import use_lists_of
from bot.wire import endpoints
from bot.wire.delivery import Delivery
from bot.wire.downloads import Downloads
from bot.wire.inbox import Inbox
from bot.wire.leading import held, keep, lead
from bot.wire.menus import publish_menus
from bot.wire.outages import Outages
from bot.wire.polling import poll
from bot.wire.transport import AiohttpRequest
from bot.wire.webhook import (
    Listener,
    delete_webhook,
    host_and_port,
    receiver,
    set_webhook,
    webhook_secret,
)
from bot.wire.worker import Worker
from db import migrating
from db.claims import Claims
from db.engine import Database
from db.models.messages import Arrival

log = structlog.get_logger()

PLANNING_SECONDS = 15.0
TRIAL_SECONDS = 1.0
LONGEST_PAUSE = 30.0
# How often the leader takes up what other processes have left.
TAKE_UP_SECONDS = 2.0
INDEX_AFTER_SECONDS = 3.0
# What is younger is left to whoever received it: two that reach for one chat only cost each other.
LEFT_AFTER = dt.timedelta(seconds=5)


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


class Duty(enum.Flag):
    """What a process does; `run` does both, and then has the database for itself."""

    RECEIVE = enum.auto()
    LEAD = enum.auto()


class Service:
    """Everything that runs in one process: receiver, worker, postman, clock."""

    def __init__(
        self,
        settings: Settings,
        now: Callable[[], dt.datetime],
        duty: Duty = Duty.RECEIVE | Duty.LEAD,
    ) -> None:
        self.settings = settings
        self.now = now
        self.duty = duty
        use_lists_of(settings.data_dir / "kata")
        self.database = Database(settings.database)
        self.claims = Claims(self.database)
        self.agency = Agency(
            zone=settings.timezone,
            data_dir=settings.data_dir,
            edit_days=settings.edit_window_days,
            library=Library.load(LOCALE / "id" / "guidance"),
            habits=habits_of(settings),
        )
        self.request = AiohttpRequest()
        self.updates_request = AiohttpRequest(connections=2)
        self.application = build_application(settings, self.request, self.updates_request)
        self.bot: ExtBot[None] = self.application.bot
        self.delivery = Delivery(self.bot, self.database, self.now, settings.data_dir)
        self.worker = Worker(
            self.application,
            self.database,
            self.delivery,
            self.agency,
            self.now,
        )
        if self._among_others:
            self.worker.lanes.share(self.claims)
        self.inbox = Inbox(self.database, self.now, self._forward, Outages(self.bot))
        self.downloads = Downloads(self.bot, self.database, self.agency, self.now, self.worker.wake)
        means = Means(self.agency.habits, self.agency.library)
        self.postman = Postman(self.bot, self.database, self.now, means=means)
        self.listener = self._listener()
        self._stopping = False

    @property
    def _receives(self) -> bool:
        return bool(self.duty & Duty.RECEIVE)

    @property
    def _among_others(self) -> bool:
        return self.duty != Duty.RECEIVE | Duty.LEAD

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; what was not finished stays in the database."""
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        # Whoever starts it hears at once of a database that is away; later it may come and go.
        await self.database.reach()
        place = await unless(stop, held(self.claims, "place", shared=self._among_others))
        if place is None:
            await self._close()
            return
        await self._prepare()
        await self.request.initialize()
        await self.updates_request.initialize()
        try:
            await initialized(self.application, stop)
            if not stop.is_set():
                await self._serve(stop, place)
        finally:
            await self._close()

    async def _serve(self, stop: asyncio.Event, place: int) -> None:
        """Do this process's duties until told to stop, or until the database is another's."""
        if not self._among_others:
            # What an earlier process left comes before whatever comes in now.
            await self.worker.resume()
        if self.listener is not None:
            await self.listener.start()
        settling = asyncio.create_task(self.delivery.settle_forever())
        indexing = asyncio.create_task(self._index())
        tasks = [asyncio.create_task(work) for work in self._works(stop, place)]
        log.info("running", bot=self.bot.username, duty=str(self.duty))
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        failed = [task.exception() for task in tasks if task.done()]
        self._stopping = True
        if self.listener is not None:
            await self.listener.stop()
        await ended(tasks)
        # What the lanes send is to be noted before anybody else may have their chats.
        await self.worker.stop()
        await ended([settling, indexing])
        for error in filter(None, failed):
            raise error

    async def _index(self) -> None:
        """Index the library once the start is over: without an index no log gets advice."""
        await asyncio.sleep(INDEX_AFTER_SECONDS)
        library = self.agency.library
        await asyncio.to_thread(library.renew, library.edition, None)

    def _works(self, stop: asyncio.Event, place: int) -> list[Coroutine[Any, Any, Any]]:
        """List what goes on side by side; when one of them ends, the process does."""
        shared = self._among_others
        works = [stop.wait(), keep(self.claims, "place", place, shared=shared)]
        if self._receives:
            works.append(self._receive())
        if self.duty & Duty.LEAD:
            works.append(lead(self.claims, self._lead))
        return works

    async def _receive(self) -> None:
        """Let updates come in, by webhook where its address is set, else by polling."""
        url = self.settings.webhook_url
        if url is not None:
            await set_webhook(self.bot, url, webhook_secret(self.settings))
            await asyncio.Event().wait()
        await delete_webhook(self.bot)
        await poll(self.bot, self.inbox)

    async def _lead(self) -> None:
        """Do what one process does for all: the clock, the post, the files, what others left."""
        scheduler = start_clock(
            self.database, self.postman.plan, self.now, seconds=self._tick_seconds()
        )
        try:
            async with asyncio.TaskGroup() as group:
                for work in (
                    self.downloads.run(),
                    self.postman.run(),
                    publish_menus(self.bot, self.database),
                    self._take_up(),
                ):
                    group.create_task(work)
        finally:
            scheduler.shutdown(wait=False)

    async def _take_up(self) -> None:
        """Take up, again and again, what a process that has died leaves."""
        while self._among_others:
            await asyncio.sleep(TAKE_UP_SECONDS)
            try:
                await self.worker.resume(save=LEFT_AFTER)
            except Exception:
                # A database that is away comes back.
                log.exception("taking up failed")

    def _listener(self) -> Listener | None:
        """Open a door where one is wanted: for the webhook, or for whoever watches the process."""
        asked = endpoints.routes(self.database, self.now, lambda: self._stopping)
        url = self.settings.webhook_url
        if self._receives and url is not None:
            route = receiver(self.inbox, url, webhook_secret(self.settings))
            return Listener([route, *asked], *host_and_port(self.settings.listen))
        if "listen" in self.settings.model_fields_set:
            return Listener(asked, *host_and_port(self.settings.listen))
        return None

    def _forward(self, arrivals: Sequence[Arrival]) -> None:
        """Let arrivals be handled, and what they carry be fetched soon after."""
        self.worker.forward(arrivals)
        self.downloads.expect(arrivals)

    def _tick_seconds(self) -> float:
        # Whoever moves the clock by hand wants to see at once what comes of it.
        return PLANNING_SECONDS if self.settings.clock_file is None else TRIAL_SECONDS

    async def _prepare(self) -> None:
        """Bring the schema up and fill what every agency begins with, one process at a time."""
        await held(self.claims, "schema")
        await migrating.upgrade(self.database)
        year = self.now().year
        async with self.database.writing() as session:
            await ensure_holidays(session, year - 1, year, year + 1)
            await ensure_themes(session)
        await self.claims.release("schema")

    async def _close(self) -> None:
        await self.delivery.settle()
        await self.bot.shutdown()
        await self.request.shutdown()
        await self.updates_request.shutdown()
        await self.claims.close()
        await self.database.close()


def habits_of(settings: Settings) -> Habits:
    """Give the agency's habits of reminding."""
    required = {Kind.CLOSING} if settings.closing_required else set()
    usual = frozenset(map(Kind, settings.usual_reminders))
    return Habits(usual, settings.reminders_a_day, frozenset(required))


async def ended(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """End tasks and wait until they have."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def unless(stop: asyncio.Event, waiting: Coroutine[Any, Any, int]) -> int | None:
    """Wait for something, or give None when told to stop meanwhile."""
    tasks = [asyncio.create_task(waiting), asyncio.create_task(stop.wait())]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    found = tasks[0].result() if tasks[0].done() else None
    await ended(tasks)
    return found if isinstance(found, int) else None


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
