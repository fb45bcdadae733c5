"""The bot as a process of its own, and its verbs, as an operator uses them."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import xlsxwriter

COMMAND = Path(sys.executable).with_name("asisten-asn")
LEADER = "197505052000031001"
MEMBER = "199001012015032002"

SHEETS = {
    "Unit": [["Kode", "Nama", "Zona"], ["GIZI", "Seksi Gizi", "WITA"]],
    "Pegawai": [
        ["NIP", "Nama", "Sapaan", "Jabatan", "Unit", "Atasan", "Telepon", "Peran"],
        [
            LEADER,
            "Hendra Contoh",
            "Pak Hendra",
            "Kepala Seksi Gizi",
            "GIZI",
            "",
            "0811000001",
            "admin",
        ],
        [MEMBER, "Sari Contoh", "Bu Sari", "Nutrisionis", "GIZI", LEADER, "0811000002", "pegawai"],
    ],
    "RHK": [
        ["NIP", "Tahun", "No", "RHK"],
        [MEMBER, "{year}", "1", "Terlaksananya penyusunan laporan bulanan gizi"],
        [MEMBER, "{year}", "2", "Terlaksananya pendampingan balita di posyandu"],
    ],
    "IKI": [
        ["NIP", "Tahun", "No RHK", "Indikator", "Target", "Satuan"],
        [MEMBER, "{year}", "1", "Laporan yang selesai", "12", "laporan"],
        [MEMBER, "{year}", "2", "Balita yang didampingi", "40", "balita"],
    ],
}


def workbook(path: Path, year: int) -> Path:
    """Write a small roster as a person would."""
    with xlsxwriter.Workbook(path) as book:
        for name, lines in SHEETS.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                for column, value in enumerate(line):
                    sheet.write_string(row, column, value.format(year=year))
    return path


class Installation:
    """One operator's folder and settings."""

    def __init__(self, folder: Path, *, api: str, token: str, database: str | None = None) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "BOT_TOKEN": token,
            "BOT_API_URL": api,
            "DATA_DIR": str(folder / "data"),
            "TIMEZONE": "Asia/Makassar",
            **({"DATABASE_URL": database} if database else {}),
        }
        self._running: subprocess.Popen[bytes] | None = None

    async def verb(self, *words: str, expect: int = 0) -> str:
        """Run a verb to its end; give what it printed for other programs."""
        process = await asyncio.create_subprocess_exec(
            str(COMMAND),
            *words,
            env=self.environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        out, err = await process.communicate()
        assert process.returncode == expect, (words, process.returncode, out, err)
        assert b"Traceback" not in err, err
        return out.decode()

    async def json(self, *words: str, expect: int = 0) -> Any:
        return json.loads(await self.verb(*words, "--json", expect=expect))

    def start(self, verb: str = "run") -> None:
        with (self.folder / "log.txt").open("ab") as log:
            self._running = subprocess.Popen(
                [str(COMMAND), verb], env=self.environment, cwd=self.folder, stderr=log
            )

    async def started(self, verb: str = "run") -> None:
        """Start it and wait until it says that it is running."""
        before = self.times("running")
        self.start(verb)
        for _ in range(600):
            if self.times("running") > before:
                return
            await asyncio.sleep(0.05)
        raise TimeoutError("it does not run")

    def times(self, event: str) -> int:
        """Count how often its log tells of an event."""
        log = self.folder / "log.txt"
        told = log.read_text(errors="replace") if log.exists() else ""
        return told.count(f'"event": "{event}"')

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._running is not None
        self._running.kill()
        self._running.wait()
        self._running = None

    async def stop(self) -> int:
        """End it as an operator does; give its exit code."""
        assert self._running is not None
        self._running.terminate()
        code = await asyncio.to_thread(self._running.wait, 10)
        self._running = None
        return code

    def close(self) -> None:
        if self._running is not None:
            self.kill()
