import asyncio
import logging
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
import structlog
from aiohttp import web
from telegram.error import NetworkError, TimedOut
from telegram.ext import ExtBot

from bot.cli.logs import secrets_of, set_up_logs
from bot.config import Settings
from bot.wire.transport import AiohttpRequest

TOKEN = "123456:geheim-7Q"
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
async def carrier() -> AsyncIterator[AiohttpRequest]:
    request = AiohttpRequest(seconds=0.5)
    await request.initialize()
    yield request
    await request.shutdown()


@pytest.fixture
async def serve() -> AsyncIterator[Callable]:
    """Give a way to answer calls with a function of one's own."""
    runners = []

    async def start(answer) -> str:
        app = web.Application(client_max_size=10**8)
        app.router.add_route("*", "/{tail:.*}", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


def bot_at(url: str, request: AiohttpRequest) -> ExtBot[None]:
    return ExtBot(
        TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=AiohttpRequest()
    )


async def test_text_and_files_arrive_whole(carrier, serve):
    got = {}

    async def answer(request):
        form = await request.post()
        got.update(form)
        got["document"] = (form["document"].filename, form["document"].file.read())
        message = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}
        return web.json_response({"ok": True, "result": message})

    bot = bot_at(await serve(answer), carrier)
    await bot.send_document(
        5, b"\x00isi\xff", filename="catatan & hasil.pdf", caption="<b>é 😀</b>", parse_mode="HTML"
    )

    assert got["document"] == ("catatan & hasil.pdf", b"\x00isi\xff")
    assert (got["caption"], got["chat_id"]) == ("<b>é 😀</b>", "5")


async def test_a_call_that_takes_too_long_is_timed_out(carrier, serve):
    async def answer(request):
        await asyncio.sleep(0.8)

    with pytest.raises(TimedOut):
        await bot_at(await serve(answer), carrier).get_me()


async def test_a_line_that_is_cut_is_a_network_error_without_the_address(carrier, serve):
    async def answer(request):
        request.transport.abort()

    with pytest.raises(NetworkError) as failure:
        await bot_at(await serve(answer), carrier).get_me()
    assert "geheim" not in str(failure.value)


@pytest.mark.parametrize("url", [NOWHERE, "http://no.such.host.invalid"])
async def test_no_error_holds_the_token(carrier, url, caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(NetworkError) as failure:
        await bot_at(url, carrier).get_me()
    told = logging.Formatter().formatException(
        (type(failure.value), failure.value, failure.value.__traceback__)
    )

    assert "geheim" not in told + repr(failure.value)
    assert "geheim" not in "".join(
        one.getMessage() for one in caplog.records if one.name.startswith(("aiohttp", "asyncio"))
    )


async def test_a_line_that_is_closed_says_so():
    with pytest.raises(NetworkError, match="closed"):
        await AiohttpRequest().do_request(f"{NOWHERE}/x", "POST")


async def test_a_line_can_be_opened_twice_and_closed_twice():
    request = AiohttpRequest()
    for _ in range(2):
        await request.initialize()
    for _ in range(2):
        await request.shutdown()


@pytest.fixture
def logs(monkeypatch):
    """Put everything about logs back afterwards."""
    root = logging.getLogger()
    before, handlers = structlog.get_config(), root.handlers[:]
    root.handlers.clear()
    yield
    structlog.configure(**before)
    root.handlers[:] = handlers


def test_no_log_holds_a_secret(logs, capsys):
    settings = Settings(
        _env_file=None,
        bot_token=TOKEN,
        webhook_secret="hook-7Q",
        database_url="postgresql://asn:s%40ndi-7Q@db/asn",
    )
    set_up_logs(settings)
    log = structlog.get_logger()
    library = logging.getLogger("some.library")
    for secret in (TOKEN, "hook-7Q", "s%40ndi-7Q", "s@ndi-7Q"):
        error = aiohttp.ClientError(f"at https://x/bot{TOKEN}/getMe with {secret}")
        log.error("failed", text=f"{TOKEN} {settings.database}", exc_info=error)
        library.error("failed at %s with %s", TOKEN, settings.database, exc_info=error)
    told = capsys.readouterr().err

    assert told.count("failed") == 8
    assert not any(part in told for part in (TOKEN, "hook-7Q", "s%40ndi-7Q", "s@ndi-7Q"))
    assert TOKEN in secrets_of(settings)
