"""Kill the bot at random instants under load, and see what is lost and what is done twice.

Run `python -m tests.bench.chaos [--kills 300] [--database sqlite] [--receive polling] [--seed 1]`.
Without a database or a way to receive, all four combinations share the kills. Telegram is the
sandbox in its own process; it also refuses, delays and cuts some calls. Every line of `faults` is
something that must not be. The last line is JSON with the same figures.
"""

import argparse
import asyncio
import functools
import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tests.bench.plot import Outcome, Plot
from tests.bench.storm import Storm
from tests.databases import KINDS, Templates, templates

RECEIVERS = ("polling", "webhook")
COLUMNS = (
    "database", "receive", "kills", "messages", "taps", "answered_amid",
    "reminders", "doubled", "in_flight",
    "answers_lost_on_the_way", "reminders_doubled", "seconds",
)  # fmt: skip
say: Callable[[str], object] = functools.partial(print, flush=True)


def storm(plot: Plot, stock: Templates, folder: Path) -> Outcome:
    """Run one combination in a folder of its own."""
    home = folder / f"{plot.database}-{plot.receive}"
    home.mkdir()
    found = asyncio.run(Storm(plot, home, stock.copy(plot.database)).run())
    log = home / "log.txt"
    if found.faults and log.exists():
        say(f"  the bot's last words: {log.read_text()[-2000:]}")
    return found


def table(outcomes: list[Outcome]) -> None:
    """Print the figures for people."""
    say("\n" + "  ".join(name.replace("answers_lost_on_the_way", "cut") for name in COLUMNS))
    for one in outcomes:
        told = asdict(one)
        say("  ".join(f"{told[name]:>{len(name) if name[0] != 'a' else 3}}" for name in COLUMNS))
        for fault in one.faults[:20]:
            say(f"    MUST NOT BE: {fault}")


def main() -> int:
    """Run the storms, print, and fail when anything was lost or done twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--database", choices=KINDS, action="append")
    parser.add_argument("--receive", choices=RECEIVERS, action="append")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    pairs = [(d, r) for d in given.database or KINDS for r in given.receive or RECEIVERS]
    kills = -(-given.kills // len(pairs))
    outcomes = []
    with tempfile.TemporaryDirectory() as name, templates(Path(name)) as stock:
        for at, (database, receive) in enumerate(pairs):
            seed = given.seed + at
            say(f"{database}, {receive}: {kills} kills with seed {seed} ...")
            outcomes.append(storm(Plot(database, receive, kills, seed), stock, Path(name)))
    table(outcomes)
    good = not any(one.faults for one in outcomes)
    told = {"bench": "chaos", "kills": sum(one.kills for one in outcomes), "ok": good}
    say(json.dumps(told | {"figures": [asdict(one) for one in outcomes]}))
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
