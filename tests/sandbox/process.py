"""Start and end the sandbox as its own process."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "4242424242:sandbox-token-for-tests-only"


class Process:
    """Be one running sandbox: url, token, page; `with Process() as process:`."""

    def __init__(
        self,
        *,
        limits: bool = True,
        clock_file: Path | None = None,
        people_file: Path | None = None,
        token: str = TOKEN,
        arguments: tuple[str, ...] = (),
    ) -> None:
        self._command = [
            sys.executable,
            "-m",
            "bot.sandbox",
            "--end-with-stdin",
            *("--token", token),
            "--strict-limits" if limits else "--no-limits",
            *(("--clock-file", str(clock_file)) if clock_file else ()),
            *(("--people", str(people_file)) if people_file else ()),
            *arguments,
        ]
        self.url = self.token = self.page = ""

    def __enter__(self) -> Self:
        self.running = subprocess.Popen(
            self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.running.stdout is not None
        line = self.running.stdout.readline()
        if not line:
            self.__exit__()
            raise RuntimeError("The sandbox did not start.")
        said = json.loads(line)
        self.url, self.token, self.page = said["url"], said["token"], said["page"]
        return self

    def __exit__(self, *_: object) -> None:
        self.running.terminate()
        try:
            self.running.wait(5)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
        for pipe in (self.running.stdin, self.running.stdout):
            if pipe is not None:
                pipe.close()
