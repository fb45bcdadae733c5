"""What an operator may read of a failure, and what nobody may."""

import asyncio
import json
import logging
from collections.abc import Callable
from urllib.parse import quote

import aiohttp
import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.cli.logs import secrets_of, set_up_logs, told
from bot.config import Settings
from bot.wire.webhook import Listener, webhook_secret
from tests.factories import a_team
from tests.wire.commands import QUICK, on

WORDS = "dampingi Ibu Melati, rujuk ke puskesmas"
PASSWORD = "s3cr@t/pw"
DATABASE = f"postgresql://asn:{quote(PASSWORD, safe='')}@127.0.0.1:9/asn"


def settings(**more) -> Settings:
    return Settings(_env_file=None, **{"bot_token": "123456:geheim-7Q+rahasia", **more})


@pytest.fixture
def logged(capsys):
    """Set up the logs as the command does; give what is logged from then on."""
    kept, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []

    def begin(chosen: Settings) -> Callable[[], str]:
        set_up_logs(chosen)
        return lambda: capsys.readouterr().err

    yield begin
    root.handlers = handlers
    root.setLevel(level)
    structlog.configure(**kept)


async def refused_by_the_database(update, context) -> None:
    """Leave out columns that must be there: PostgreSQL then shows the whole row."""
    await context.session.execute(
        text("INSERT INTO unit (code) VALUES (:code)"), {"code": update.message.text}
    )


async def not_bound(update, context) -> None:
    """Give the driver a value that it cannot take: it shows the value."""
    await context.session.execute(
        text("SELECT id FROM unit WHERE code = CAST(:code AS VARCHAR)"), {"code": [WORDS]}
    )


async def read_wrongly(update, context) -> None:
    int(update.message.text)


async def two_lines(update, context) -> None:
    raise ValueError(f"odd\n{update.message.text}")


async def one_out_of_another(update, context) -> None:
    try:
        int(update.message.text)
    except ValueError as error:
        raise KeyError(update.message.text) from error


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        (refused_by_the_database, "IntegrityError"),
        (not_bound, "Error"),
        (read_wrongly, "ValueError"),
        (two_lines, "ValueError: odd"),
        (one_out_of_another, "KeyError"),
    ],
)
async def test_a_failing_handler_tells_where_and_never_what_was_written(
    agora, logged, handler, kind
):
    await a_team(agora.database)
    agora.worker.lanes.pace = QUICK
    on(agora, "rusak", handler)
    read = logged(settings())
    await agora.chat(101).say(f"/rusak {WORDS}")
    said = read()

    assert "Melati" not in said
    assert "rujuk" not in said
    events = [json.loads(line) for line in said.splitlines()]
    failures = [one for one in events if one["event"] == "handling failed"]
    assert failures
    for one in failures:
        assert kind in one["exception"].splitlines()[-1]
        assert f"in {handler.__name__}" in one["exception"]
        assert one["level"] == "error"
        assert one["arrival"]


async def test_what_led_to_an_error_is_told_first(agora, logged):
    await a_team(agora.database)
    agora.worker.lanes.pace = QUICK
    on(agora, "rusak", one_out_of_another)
    read = logged(settings())
    await agora.chat(101).say(f"/rusak {WORDS}")
    exception = json.loads(read().splitlines()[-1])["exception"]

    assert 0 < exception.index("ValueError: invalid literal") < exception.index("KeyError: …")


def open_nothing(name: str) -> None:
    raise OSError(f"no way to {name} from here")


async def test_no_secret_is_logged_in_any_spelling(logged):
    chosen = settings(database_url=DATABASE)
    token = chosen.bot_token.get_secret_value()
    derived = webhook_secret(chosen)
    spelt = [token, quote(token), quote(token, safe=""), token.partition(":")[2], derived]
    spelt += [PASSWORD, quote(PASSWORD, safe="")]
    read = logged(chosen)
    log = structlog.get_logger()
    for one in spelt:
        log.warning("calling", url=f"http://127.0.0.1:9/bot{one}/getMe", more={"at": [one]})
        logging.getLogger("library").warning("calling %s now", one)
        try:
            open_nothing(one)
        except OSError:
            log.exception("failed")
            logging.getLogger("library").exception("failed")
    said = read()

    assert len(said.splitlines()) > 4 * len(spelt)
    assert [one for one in spelt if one in said] == []
    assert "geheim" not in said


async def test_a_call_that_fails_does_not_log_its_address(logged):
    chosen = settings()
    token = chosen.bot_token.get_secret_value()
    read = logged(chosen)
    listener = Listener([], "127.0.0.1", 0)
    await listener.start()
    url = f"http://127.0.0.1:{listener.port}/bot{token}/getMe"
    async with aiohttp.ClientSession(raise_for_status=True) as client:
        with pytest.raises(aiohttp.ClientResponseError, match="geheim") as failed:
            await client.get(url)
    error = failed.value
    structlog.get_logger().error("calling failed", error=error, url=url, exc_info=error)
    await listener.stop()
    said = json.loads(read())

    assert "geheim" not in json.dumps(said)
    assert said["error"].startswith("ClientResponseError: 404")


async def test_an_error_that_nobody_waits_for_is_told_without_its_words(logged):
    read = logged(settings())

    async def lost() -> None:
        raise ValueError(WORDS)

    task = asyncio.create_task(lost())
    await asyncio.wait([task])
    del task
    said = read()

    assert "exception was never retrieved" in said
    assert "ValueError" in said
    assert "in lost" in said


def test_a_chosen_webhook_secret_and_the_derived_one_are_secrets():
    own = settings(webhook_secret="milik-kita")

    assert "milik-kita" in secrets_of(own)
    assert webhook_secret(settings()) in secrets_of(settings())
    assert secrets_of(settings(bot_token=None)) == []
    assert "x" not in secrets_of(settings(bot_token="1:x"))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            ValueError("invalid literal for int() with base 10: 'halo'"),
            "invalid literal for int() with base 10: …",
        ),
        (ValueError("'a' is not 'b' at all"), "… at all"),
        (ValueError("can't open 'berkas' now"), "can't open … now"),
        (ValueError("it begins 'but never ends"), "it begins …"),
        (ValueError("column name at 12"), "column name at 12"),
        (ValueError("nip 199001012015012002"), "nip …"),
        (ValueError(f"a{'b' * 300}"), "a" + "b" * 199),
        (KeyError("halo"), "…"),
        (
            IntegrityError("INSERT", {"a": WORDS}, ValueError("UNIQUE failed: unit.code")),
            "UNIQUE failed: unit.code",
        ),
    ],
)
def test_of_an_errors_words_stays_what_nobody_wrote(error, words):
    assert told(error) == f"{type(error).__name__}: {words}"
