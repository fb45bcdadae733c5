import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import verbs
from tests.sandbox.client import World

COMMAND = str(Path(sys.executable).with_name("asisten-asn"))
VERBS = ("run", "coba", "impor", "undang", "ekspor", "migrasi", "periksa")
SECRET = "123456:geheim-7Q"


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DATA_DIR": str(folder / "data"),
        **more,
    }


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Let the command do a verb, with nothing of this machine's settings."""
    return verbs.run(folder, *words, surroundings=environment(folder, **more))


def start(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Call the installed command as an operator does."""
    return subprocess.run(
        [COMMAND, *words],
        cwd=folder,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(tmp_path, verb):
    told = start(tmp_path, verb, "--help")

    assert (told.returncode, told.stderr) == (0, "")
    assert verb in told.stdout


@pytest.mark.parametrize(
    ("language", "words"),
    [("id_ID.UTF-8", "Cara mendapat token"), ("en_GB.UTF-8", "To get a token")],
)
def test_a_start_without_a_token_tells_how_to_get_one(tmp_path, language, words):
    told = start(tmp_path, "run", LANG=language)

    assert told.returncode == 2
    assert words in told.stderr
    assert "@BotFather" in told.stderr
    assert "asisten-asn coba" in told.stderr
    assert told.stdout == ""


def test_every_mistake_of_the_settings_is_told_at_once(tmp_path):
    told = run(
        tmp_path, "run", BOT_TOKEN="geheim", TIMEZONE="Mars", DATABASE_URL="mysql://a:geheim@b/c"
    )

    assert told.returncode == 2
    lines = told.stderr.splitlines()
    assert [line.split()[1] for line in lines[1:]] == ["BOT_TOKEN", "DATABASE_URL", "TIMEZONE"]
    assert "geheim" not in told.stderr


@pytest.mark.parametrize(
    ("verb", "url"),
    [
        ("run", "postgresql://a:geheim@127.0.0.1:9/asn"),
        ("migrasi", "postgresql://a:geheim@127.0.0.1:9/asn"),
        ("periksa", "sqlite:////nowhere/at/all/asn.db"),
    ],
)
def test_a_database_that_is_away_is_told_in_one_sentence(tmp_path, verb, url):
    told = run(tmp_path, verb, BOT_TOKEN=SECRET, DATABASE_URL=url)

    assert told.returncode == 1
    assert "tidak dapat dihubungi" in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert "geheim" not in told.stderr


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    told = run(tmp_path, "run", BOT_TOKEN=SECRET, LANG="en")

    assert told.returncode == 1
    assert told.stderr.startswith(f"{tmp_path}/data cannot be used")
    assert len(told.stderr.splitlines()) == 1


async def test_a_token_that_telegram_does_not_know_is_told_and_not_repeated(tmp_path):
    async with World(limits=False) as world:
        told = run(tmp_path, "run", BOT_TOKEN=SECRET, BOT_API_URL=world.url, LANG="en")

    assert told.returncode == 1
    assert "Telegram does not know this BOT_TOKEN" in told.stderr
    assert "Traceback" not in told.stderr
    assert "Unclosed" not in told.stderr
    assert "geheim" not in told.stderr + told.stdout


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_well_also_while_telegram_is_away(tmp_path, sign):
    log = tmp_path / "log"
    with log.open("w") as stderr:
        running = subprocess.Popen(
            [COMMAND, "run"],
            cwd=tmp_path,
            env=environment(tmp_path, BOT_TOKEN=SECRET, BOT_API_URL="http://127.0.0.1:9"),
            stderr=stderr,
        )
    deadline = time.monotonic() + 30
    while "Telegram is away" not in log.read_text():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    running.send_signal(sign)

    assert running.wait(10) == 0
    assert "Traceback" not in log.read_text()
    assert "geheim" not in log.read_text()
