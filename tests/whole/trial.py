"""The trial as a process of its own, as a newcomer starts it."""

import os
import queue
import re
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, Self

import aiohttp

from bot.cli.coba import TOKEN
from tests.sandbox.client import Message, World
from tests.whole.running import COMMAND

BEGIN = "2026-11-24T15:20"
PATIENCE = 60.0


class Trial:
    """Run `asisten-asn coba` in a home of its own; what it says is kept in `said`."""

    def __init__(self, home: Path, *words: str, language: str = "id_ID.UTF-8") -> None:
        self.home = home
        self.said: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(
            [str(COMMAND), "coba", "--tanpa-peramban", *words],
            env={**os.environ, "HOME": str(home), "TMPDIR": str(home), "LC_ALL": language},
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(line.rstrip())
        self._lines.put(None)

    def hear(self, words: str, within: float = PATIENCE) -> str:
        """Wait for a line that holds these words."""
        deadline = time.monotonic() + within
        while True:
            line = self._lines.get(timeout=max(0.01, deadline - time.monotonic()))
            assert line is not None, f"it ended without {words!r}: {self.said}"
            self.said.append(line)
            if words in line:
                return line

    def address(self) -> str:
        """Wait for the page and give its address without the slash at the end."""
        found = re.search(r"(http://127\.0\.0\.1:\d+)/", self.hear("http://"))
        assert found is not None
        return found[1]

    def silence(self, within: float) -> list[str]:
        """Wait until nobody holds the line any more: neither the trial nor a child of it."""
        deadline = time.monotonic() + within
        while (line := self._lines.get(timeout=max(0.01, deadline - time.monotonic()))) is not None:
            self.said.append(line)
        return self.said

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(15)
        if self.process.stderr is not None:
            self.process.stderr.close()


class Visit(World):
    """Act in a trial that runs, without making it forget anything."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.token, self.page = url, TOKEN, f"{url}/"

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.close()

    async def person(self, note: str, *, place: int = 0) -> dict[str, Any]:
        """Find somebody by what the list says of them; whoever is in comes before newcomers."""
        people = (await self.look("state"))["people"]
        found = [one for one in people if note in one["note"]]
        return sorted(found, key=lambda one: not one["started"])[place]

    async def newcomer(self) -> dict[str, Any]:
        people = (await self.look("state"))["people"]
        return next(one for one in people if one["start"] and not one["started"])

    async def heard(self, chat: int, words: str, within: float = 20, *, after: int = 0) -> Message:
        """Wait until the bot's chat shows these words below a message, and give theirs."""
        deadline = time.monotonic() + within
        version = 0
        while True:
            view = await self.look(f"chats/{chat}", since=version, wait=1)
            version = view["version"]
            said = [Message(one) for one in view["messages"] if not one.get("deleted")]
            for message in reversed(said):
                shown = "\n".join([message.text, *message.buttons])
                if message.from_bot and message.id > after and words in shown:
                    return message
            assert time.monotonic() < deadline, f"{words!r} was not heard: {said[-3:]}"
