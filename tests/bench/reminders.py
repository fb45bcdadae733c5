"""Let 300 people live a month with the bot's own clock, and see what it says to them.

Run `python -m tests.bench.reminders [--people 300] [--days 30] [--seed 5] [--planned 100000]
[--kind sqlite]`. The clock is handed in and moves five minutes at a time; planning, post and
wire are the bot's own, and Telegram is a process that answers on this machine. Then it measures
one tick's planning with a few due and with all. The last line is JSON with the same figures.
"""

import argparse
import asyncio
import functools
import json
import logging
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import structlog

from tests.bench.fanout import Planning, plan
from tests.bench.manners import Report, judge
from tests.bench.simulated import World, simulate
from tests.databases import KINDS, templates

SEED = 5
# What is due, as a part of all, and how many seconds one tick may take for it.
BUDGETS = ((100, 1.0), (1, 10.0))
# How much more memory all due may need than a hundredth of them.
MOST_MEMORY_MIB = 64
say: Callable[[str], object] = functools.partial(print, flush=True)


async def lived(url: str, folder: Path, world: World) -> Report:
    """Simulate a month, and judge it."""
    return judge(await simulate(url, folder, world), world.days)


def table(kind: str, report: Report) -> None:
    """Print a month for people."""
    say(f"\n{kind}: {report.people} people, {report.days} days, {report.ticks} ticks")
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(report.letters.items()))
    gone = ", ".join(f"{error} {count}" for error, count in sorted(report.dropped.items()))
    say(f"  messages heard    {report.messages:>7}  ({kinds})")
    say(f"  turned away       {report.blocked:>7}")
    say(f"  let go            {sum(report.dropped.values()):>7}  ({gone})")
    say(f"  faults            {sum(report.faults.values()):>7}  {report.faults or ''}")
    for example in report.examples:
        say(f"    {example}")


def planned(kind: str, make: Callable[[], str], people: int) -> list[Planning]:
    """Measure one tick's planning with a few due and with all."""
    found = []
    for part, budget in BUDGETS:
        due = people // part
        say(f"{kind}: planning for {people:,} with {due:,} due ...")
        found.append(asyncio.run(plan(kind, make(), people, due, budget)))
        one = found[-1]
        over = "" if one.kept else "  over budget"
        say(f"  {one.seconds} s of {budget}, {one.grown_mib} MiB more memory{over}")
    return found


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--planned", type=int, default=100_000)
    parser.add_argument("--kind", choices=KINDS, action="append")
    return parser.parse_args()


def main() -> int:
    """Live, judge, measure, and fail when anything was rude, lost or too slow."""
    given = options()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    months, plans = {}, []
    with tempfile.TemporaryDirectory() as name, templates(Path(name)) as stock:
        for kind in given.kind or KINDS:
            say(f"{kind}: {given.people} people live {given.days} days ...")
            begin = time.monotonic()
            world = World(given.people, given.days, given.seed)
            months[kind] = asyncio.run(lived(stock.copy(kind), Path(name), world))
            table(kind, months[kind])
            say(f"  took {time.monotonic() - begin:.0f} s")
            if given.planned:
                plans += planned(kind, functools.partial(stock.copy, kind), given.planned)
    good = not any(one.faults for one in months.values()) and all(
        one.kept and one.grown_mib <= MOST_MEMORY_MIB for one in plans
    )
    told = {"bench": "reminders", "ok": good, "seed": given.seed}
    told |= {"months": {kind: asdict(one) for kind, one in months.items()}}
    say(json.dumps(told | {"planning": [asdict(one) for one in plans]}))
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
