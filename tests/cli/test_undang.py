import asyncio
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import typer
from sqlmodel import select
from typer.testing import CliRunner

from bot.cli import undang
from db.engine import Database
from db.models.people import Employee, Invitation
from tests.factories import a_team, employee

verb = typer.Typer()
verb.command()(undang.command)
NIPS = [employee(n).nip for n in (1, 2)]


class Telegram(BaseHTTPRequestHandler):
    """Answer getMe and nothing else."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        me = {"id": 1, "is_bot": True, "first_name": "Asisten", "username": "contoh_asn_bot"}
        body = json.dumps({"ok": True, "result": me}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep still."""


@pytest.fixture
def telegram():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Telegram)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def run(database_url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")

    async def fill() -> None:
        database = Database(database_url)
        await a_team(database)
        async with database.writing() as session:
            for person in await session.exec(select(Employee).where(Employee.nip.in_(NIPS))):
                person.telegram_id = None
                session.add(person)
        await database.close()

    asyncio.run(fill())
    return lambda *words: CliRunner().invoke(verb, list(words))


def invitations(database_url) -> list[Invitation]:
    async def read() -> list[Invitation]:
        database = Database(database_url)
        async with database.reading() as session:
            found = list(await session.exec(select(Invitation)))
        await database.close()
        return found

    return asyncio.run(read())


def test_everybody_outside_gets_a_code_and_a_link(run, telegram, monkeypatch, database_url):
    monkeypatch.setenv("BOT_TOKEN", "1:test")
    monkeypatch.setenv("BOT_API_URL", telegram)

    result = run("--json")

    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [one["nip"] for one in told] == NIPS
    assert told[0]["nama"] == "Sari Contoh 1"
    for one in told:
        assert re.fullmatch(r"[A-Za-z0-9_-]{22,64}", one["kode"])
        assert one["tautan"] == f"https://t.me/contoh_asn_bot?start={one['kode']}"
    assert len(invitations(database_url)) == 2
    # Telegram away, the name it gave last still leads to the bot.
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    (one,) = json.loads(run("--nip", NIPS[0], "--json").stdout)
    assert one["tautan"].startswith("https://t.me/contoh_asn_bot?start=")


def test_without_telegram_the_link_is_the_command(run):
    result = run("--nip", NIPS[1], "--nip", NIPS[0], "--json")

    told = json.loads(result.stdout)
    assert [one["nip"] for one in told] == [NIPS[1], NIPS[0]]
    assert told[0]["tautan"] == f"/start {told[0]['kode']}"
    assert "Nama bot belum dapat ditanyakan" in result.stderr


def test_the_days_are_the_operators_choice(run, database_url):
    run("--nip", NIPS[0], "--hari", "3")
    run("--nip", NIPS[1], "--hari", "30")

    short, long = sorted(one.expires_at for one in invitations(database_url))
    assert (long - short).days == 27


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--nip", "123"], 1, "“123” bukan NIP 18 angka."),
        (["--nip", "199001012015011999"], 1, "Tidak ada pegawai dengan NIP 199001012015011999"),
        (["--nip", employee(3).nip], 1, "Sari Contoh 3 sudah masuk."),
        (["--hari", "0"], 2, "--hari"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, database_url, words, code, sentence):
    result = run(*words, "--json")

    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr
    assert invitations(database_url) == []


def test_cards_are_printed(run, tmp_path):
    path = tmp_path / "kartu.pdf"

    result = run("--pdf", str(path))

    assert result.exit_code == 0
    assert path.read_bytes().startswith(b"%PDF")


def test_cards_that_cannot_be_written_are_said_in_a_sentence(run, tmp_path):
    result = run("--pdf", str(tmp_path / "tidak" / "ada.pdf"))

    assert result.exit_code == 1
    assert "tidak dapat ditulis" in result.stderr
