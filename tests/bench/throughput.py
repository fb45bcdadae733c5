"""Measure how many messages a second are recorded and answered, beside a bot that only echoes.

Run `python -m tests.bench.throughput [--rounds 3] [--messages 3000] [--only sqlite]`. Telegram is
a process of its own for each bot; the rounds go in turns. A bare echo of python-telegram-bot with
its defaults is the measure; `asisten-asn run` is fed the same on SQLite and on PostgreSQL: all
messages at once, the same with 50 ms a call, and a steady 100 a second with 50 ms a call.
`--memory` feeds 100,000 messages and looks at the memory; `--machines` compares two `web` and two
`worker` with one `run` that receives as they do, by webhook, and with one that polls. The last
line is JSON with the same figures.
"""

import argparse
import contextlib
import functools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.office import ROOT, TOKEN, Bot, Office, Telegram, postgresql
from tests.bench.storm import free_port

CHATS = 200
TRIP = 0.05
STEADY = 100
STEADY_SECONDS = 20
START_PATIENCE = 30.0
WARMING = 400
BARE = "bare"
CONTENDERS = (BARE, "sqlite", "postgresql")
ALONE = "run by webhook"
MACHINES = "2 web + 2 worker"
RECEIVING = ("run", "web")
HALF = 20_000
WHOLE = 100_000
MIB_ROUND = 1_000
say: Callable[[str], object] = functools.partial(print, flush=True)


@dataclass
class Contender:
    """One bot with its own Telegram."""

    name: str
    telegram: Telegram
    bot: Bot
    office: Office | None = None
    start_seconds: float = 0.0
    first_mib: float = 0.0
    fed: int = 0


@dataclass
class Figure:
    """What one scene cost one contender; medians over the rounds."""

    scene: str
    bot: str
    rounds: int
    messages: int
    per_second: float
    cpu_us: float
    p50_ms: float
    p99_ms: float
    lost: int
    doubled: int
    disordered: int
    ratio: float | None = None
    cpu_ratio: float | None = None


@dataclass(frozen=True)
class Scene:
    """How messages come; a bare bot waits for each call, so it gets fewer of them."""

    name: str
    trip: float
    messages: int
    rate: float = 0.0
    share_for_bare: float = 1.0


@contextlib.contextmanager
def contender(name: str, folder: Path) -> Iterator[Contender]:
    """Start a bot with its Telegram, and wait until it asks for updates."""
    with contextlib.ExitStack() as stack:
        telegram = stack.enter_context(Telegram())
        office = None
        if name != BARE:
            url = stack.enter_context(postgresql()) if name == "postgresql" else None
            office = Office(folder / name, api=telegram.url, database=url)
            office.admit(CHATS)
        begin = time.time()
        bot = office.start("run") if office else echo(telegram.url)
        stack.callback(bot.stop)
        telegram.wait_for_poll()
        made = Contender(name, telegram, bot, office, telegram.do("count")["first_poll"] - begin)
        made.first_mib = bot.memory_mib()
        feed(made, Scene("warming", 0, WARMING))
        yield made


def echo(url: str) -> Bot:
    """Start the bare bot."""
    environment = {**os.environ, "BOT_API_URL": url, "BOT_TOKEN": TOKEN}
    command = [sys.executable, "-c", "from tests.bench.echo import main; main()"]
    return Bot([subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)])


def feed(one: Contender, scene: Scene) -> dict[str, Any]:
    """Let one round of messages come, and wait for the answers."""
    messages = int(scene.messages * (scene.share_for_bare if one.name == BARE else 1))
    before = one.bot.cpu_seconds()
    one.telegram.do("settings", trip=scene.trip)
    given = {"messages": messages, "chats": CHATS}
    if scene.rate:
        one.telegram.do("steady", rate=scene.rate, **given)
    else:
        one.telegram.do("burst", **given)
    told = one.telegram.wait(messages)
    told["cpu_us"] = (one.bot.cpu_seconds() - before) / messages * 1e6
    told["per_second"] = told["answered"] / told["seconds"] if told["seconds"] else 0.0
    told["lost"] = messages - told["answered"]
    one.fed += messages
    return told


def figure(scene: Scene, name: str, rounds: list[dict[str, Any]]) -> Figure:
    """Bring the rounds together."""

    def middle(key: str) -> float:
        return round(statistics.median(one[key] for one in rounds), 1)

    def total(key: str) -> int:
        return sum(int(one[key]) for one in rounds)

    return Figure(
        scene.name, name, len(rounds), rounds[0]["messages"], middle("per_second"),
        middle("cpu_us"), middle("p50_ms"), middle("p99_ms"), total("lost"), total("doubled"),
        total("disordered"),
    )  # fmt: skip


def compare(figures: list[Figure], to: str) -> None:
    """Set every figure beside the measure's of the same scene."""
    for one in figures:
        for other in figures:
            if other.scene == one.scene and other.bot == to and other.per_second:
                one.ratio = round(one.per_second / other.per_second, 2)
                one.cpu_ratio = round(one.cpu_us / other.cpu_us, 2)


def contest(all_of_them: list[Contender], scenes: list[Scene], rounds: int) -> list[Figure]:
    """Feed everybody in turns, scene by scene."""
    figures = []
    for scene in scenes:
        say(f"{scene.name}: {rounds} rounds in turns ...")
        able = [one for one in all_of_them if not (scene.rate and one.name == BARE)]
        found: dict[str, list[dict[str, Any]]] = {one.name: [] for one in able}
        for _ in range(rounds):
            for one in able:
                found[one.name].append(feed(one, scene))
                last = found[one.name][-1]
                say(f"  {one.name}: {last['per_second']:.0f}/s, {last['cpu_us']:.0f} us each")
        figures += [figure(scene, name, told) for name, told in found.items()]
    compare(figures, BARE)
    return figures


def check(one: Contender) -> dict[str, Any]:
    """Tell what a contender holds in memory, how long it took to start, and its effects."""
    told: dict[str, Any] = {
        "bot": one.name,
        "start_seconds": round(one.start_seconds, 2),
        "first_mib": round(one.first_mib, 1),
        "last_mib": round(one.bot.memory_mib(), 1),
        "fed": one.fed,
    }
    if one.office is not None:
        entries, twice = one.office.effects()
        told |= {"entries": entries, "entries_twice": twice, "entries_lost": one.fed - entries}
    return told


def memory(one: Contender) -> dict[str, Any]:
    """Feed very many messages, and look at the memory on the way."""
    seen = {}
    for at in range(MIB_ROUND, WHOLE + 1, MIB_ROUND):
        feed(one, Scene("memory", 0, MIB_ROUND))
        if at % (10 * MIB_ROUND) == 0:
            seen[at] = round(one.bot.memory_mib(), 1)
            say(f"  {one.name} after {at:,}: {seen[at]} MiB")
    return {"bot": one.name, "mib": seen, "growth": round(seen[WHOLE] / seen[HALF] - 1, 3)}


@contextlib.contextmanager
def hooked(name: str, folder: Path, *verbs: str) -> Iterator[Contender]:
    """Start processes on one database, and let Telegram take turns among those that receive."""
    with Telegram() as telegram, postgresql() as url:
        office = Office(folder / name, api=telegram.url, database=url)
        office.admit(CHATS)
        hook = {"WEBHOOK_URL": f"{telegram.url}/kabar", "WEBHOOK_SECRET": "pretended-secret"}
        ports = {at: free_port() for at, verb in enumerate(verbs) if verb in RECEIVING}
        listening = {at: {"LISTEN": f"127.0.0.1:{port}"} for at, port in ports.items()}
        telegram.do("settings", places=list(ports.values()))
        begin = time.time()
        bot = office.start(
            *verbs, each=tuple(hook | listening.get(at, {}) for at in range(len(verbs)))
        )
        try:
            telegram.wait_for_poll()
            for port in ports.values():
                wait_for_port(port)
            made = Contender(name, telegram, bot, office, time.time() - begin)
            made.first_mib = bot.memory_mib()
            feed(made, Scene("warming", 0, WARMING))
            yield made
        finally:
            bot.stop()


def wait_for_port(port: int) -> None:
    deadline = time.monotonic() + START_PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nobody listens at port {port}")


def table(figures: list[Figure], checks: list[dict[str, Any]]) -> None:
    """Print the figures for people."""
    names = ("per_second", "ratio", "cpu_us", "cpu_ratio", "p50_ms", "p99_ms", "lost", "doubled",
             "disordered")  # fmt: skip
    say(f"\n{'scene':<26}{'bot':<18}" + "".join(f"{name:>12}" for name in names))
    for one in figures:
        told = asdict(one)
        values = "".join(f"{told[name] if told[name] is not None else '–':>12}" for name in names)
        say(f"{one.scene:<26}{one.bot:<18}{values}")
    for one in checks:
        say("  ".join(f"{name}: {value}" for name, value in one.items()))


def kept(figures: list[Figure], checks: list[dict[str, Any]]) -> bool:
    """Tell whether nothing was lost or done twice."""
    clean = not any(one.lost or one.doubled or one.disordered for one in figures)
    return clean and not any(one.get("entries_twice") or one.get("entries_lost") for one in checks)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--messages", type=int, default=3_000)
    parser.add_argument("--only", choices=CONTENDERS, action="append")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--machines", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Measure, print, and fail when anything was lost or done twice."""
    given = options()
    scenes = [
        Scene("burst", 0, given.messages),
        Scene("burst, 50 ms a call", TRIP, given.messages, share_for_bare=0.1),
        Scene("steady 100/s, 50 ms", TRIP, STEADY * STEADY_SECONDS, STEADY),
    ]
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        chosen = given.only or (["postgresql"] if given.machines else CONTENDERS)
        say(f"starting {', '.join(chosen)}{' and the machines' if given.machines else ''} ...")
        there = [stack.enter_context(contender(one, folder)) for one in chosen]
        if given.machines:
            there.append(stack.enter_context(hooked(ALONE, folder, "run")))
            there.append(
                stack.enter_context(hooked(MACHINES, folder, "web", "web", "worker", "worker"))
            )
        grown = [memory(one) for one in there if one.name != BARE] if given.memory else []
        figures = [] if given.memory else contest(there, scenes, given.rounds)
        if given.machines:
            compare(figures, ALONE)
        checks = [check(one) for one in there]
    table(figures, [*checks, *grown])
    good = kept(figures, checks)
    told = {"bench": "throughput", "ok": good, "load": Path("/proc/loadavg").read_text().strip()}
    figures_told = [asdict(one) for one in figures]
    say(json.dumps(told | {"figures": figures_told, "bots": checks, "memory": grown}))
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
