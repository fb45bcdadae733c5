"""Score the understanding of messages against files of messages with their meaning.

Run `python -m tests.bench.nlu [FILE...] [--noise 0.15 --seed 1] [--wrong]`. The last lines are one
of JSON a file, whose shares run from 0 to 1.
"""

import argparse
import datetime as dt
import itertools
import json
import math
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.understanding.sentence import Profile, Proposal, Result, understand

WANTED_PRECISION = 0.97
SAMPLE = Path(__file__).parents[1] / "understanding" / "other_jobs.jsonl"
_WORD = re.compile(r"https?://\S+|[^\W\d_]{3,}")


@dataclass(frozen=True)
class Case:
    """A message, who sent it, and what it means."""

    id: str
    text: str
    sent_at: dt.datetime
    profile: Profile
    profile_id: str
    gold: dict[str, Any]


@dataclass(frozen=True)
class Marks:
    """What was right in one message; nothing stands for what is not asked there."""

    case: Case
    proposal: Proposal
    right: dict[str, bool]
    top1: bool | None
    top3: bool | None
    linked_right: bool | None


def load(path: Path) -> list[Case]:
    """Read a file of profiles and messages."""
    profiles: dict[str, Profile] = {}
    cases: list[Case] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line) if line.strip() else {}
        if row.get("kind") == "profile":
            results = tuple(
                Result(r["no"], r["text"], r.get("unit"), Decimal(str(r.get("target") or 0)))
                for r in row["rhk"]
            )
            profiles[row["profile"]] = Profile(row["job"], results)
        elif row.get("kind") == "message":
            sent_at = dt.datetime.fromisoformat(row["sent_at"])
            cases.append(
                Case(
                    row["id"],
                    row["text"],
                    sent_at,
                    profiles[row["profile"]],
                    row["profile"],
                    row["gold"],
                )
            )
    return cases


def misspelt(text: str, share: float, chance: random.Random) -> str:
    """Misspell a share of the words, by one slip of the thumb each; links stay."""

    def slip(found: re.Match[str]) -> str:
        word = found[0]
        if word.startswith("http") or chance.random() >= share:
            return word
        place = chance.randrange(len(word) - 1)
        kind = chance.choice(("swap", "drop", "double", "strike"))
        if kind == "swap":
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        if kind == "drop":
            return word[: place + 1] + word[place + 2 :]
        if kind == "double":
            return word[: place + 1] + word[place] + word[place + 1 :]
        return word[: place + 1] + chance.choice("aeinrstlk") + word[place + 2 :]

    return _WORD.sub(slip, text)


def mark(case: Case, proposal: Proposal) -> Marks:
    """Compare what was understood with what was meant."""
    gold = case.gold
    is_log = gold["intent"] == "log"
    right = {"intent": proposal.intent == gold["intent"]}
    if gold["intent"] in {"log", "absence"}:
        right["day"] = _day_right(gold, proposal)
    if is_log:
        right["quantity"] = _same(proposal.quantity, gold.get("quantity")) or any(
            _same(proposal.quantity, other) for other in gold.get("quantity_ok") or ()
        )
        right["percent"] = _near(proposal.percent, gold.get("percent"))
        right["duration"] = proposal.minutes == gold.get("duration_min") or proposal.minutes in (
            gold.get("duration_ok") or ()
        )
        right["links"] = list(proposal.links) == list(gold.get("links") or ())
    right["all_slots"] = all(right.values())
    if is_log and gold.get("quantity") is not None and gold.get("unit"):
        right["unit"] = _unit_right(gold, proposal)
    if not is_log:
        return Marks(case, proposal, right, None, None, None)
    wanted = [gold.get("rhk"), *(gold.get("rhk_ok") or ())]
    guess = None if proposal.additional or not proposal.nearest else proposal.nearest[0]
    offered = [guess, *proposal.nearest]
    linked = None if proposal.result is None else proposal.result in wanted
    return Marks(case, proposal, right, guess in wanted, any(o in wanted for o in offered), linked)


def _day_right(gold: dict[str, Any], proposal: Proposal) -> bool:
    pair = [proposal.day.isoformat(), proposal.last_day.isoformat()]
    wanted = [gold["date_start"], gold["date_end"]]
    if gold.get("date_fuzzy") and wanted[0] <= pair[0] <= wanted[1]:
        return True
    return pair == wanted or pair in [list(p) for p in gold.get("date_ok") or ()]


def _same(value: Decimal | None, wanted: float | None) -> bool:
    if value is None or wanted is None:
        return value is None and wanted is None
    return math.isclose(float(value), float(wanted), rel_tol=1e-9)


def _near(value: Decimal | None, wanted: float | None) -> bool:
    if value is None or wanted is None:
        return value is None and wanted is None
    return abs(float(value) - float(wanted)) <= 0.5


def _unit_right(gold: dict[str, Any], proposal: Proposal) -> bool:
    others = [u for n, u in gold.get("other_quantities") or () if _same(proposal.quantity, n)]
    wanted = {unit.lower() for unit in (gold["unit"], *others) if unit}
    return (proposal.unit or "").lower() in wanted


def score(cases: Sequence[Case], noise: float, seed: int) -> tuple[list[Marks], float]:
    """Understand every message; give the marks and the milliseconds a message took."""
    chance = random.Random(seed)
    texts = [misspelt(case.text, noise, chance) if noise else case.text for case in cases]
    for case in cases:
        understand("hari ini rapatt koordinasi", case.sent_at, case.profile)
    begun = time.process_time()
    proposals = [understand(t, c.sent_at, c.profile) for t, c in zip(texts, cases, strict=True)]
    spent = (time.process_time() - begun) * 1000 / max(1, len(cases))
    return [mark(case, proposal) for case, proposal in zip(cases, proposals, strict=True)], spent


def share(values: Iterable[bool | None]) -> float | None:
    """Give the share of what is right among what is asked."""
    asked = [value for value in values if value is not None]
    return round(sum(asked) / len(asked), 4) if asked else None


def figures(marks: Sequence[Marks], ms: float) -> dict[str, float | None]:
    """Sum up the marks of a file."""
    result: dict[str, float | None] = {"messages": len(marks)}
    for name in ("intent", "day", "quantity", "unit", "percent", "duration", "links", "all_slots"):
        result[name] = share(m.right.get(name) for m in marks)
    logs = [m for m in marks if m.top1 is not None]
    linked = [m for m in logs if m.linked_right is not None]
    return result | {
        "rhk_top1": share(m.top1 for m in logs),
        "rhk_top3": share(m.top3 for m in logs),
        "link_precision": share(m.linked_right for m in linked),
        "link_coverage": round(len(linked) / len(logs), 4) if logs else None,
        "ms": round(ms, 3),
    }


def wilson(right: int, total: int) -> tuple[float, float]:
    """Give the 95 % interval of a share."""
    if not total:
        return 0.0, 1.0
    z, p = 1.96, right / total
    middle = p + z * z / (2 * total)
    spread = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return (middle - spread) / scale, (middle + spread) / scale


def leave_one_out(marks: Sequence[Marks]) -> tuple[int, int, int]:
    """Link each job at the level learnt from the others; count right links, links and logs."""
    logs = [m for m in marks if m.top1 is not None]
    right = linked = 0
    for job in sorted({m.case.profile_id for m in logs}):
        level = _level([m for m in logs if m.case.profile_id != job])
        above = [m for m in logs if m.case.profile_id == job and m.proposal.certainty >= level]
        linked += len(above)
        right += sum(bool(_first_right(m)) for m in above)
    return right, linked, len(logs)


def _first_right(marks: Marks) -> bool:
    gold = marks.case.gold
    return marks.proposal.nearest[:1] in [
        (n,) for n in (gold.get("rhk"), *(gold.get("rhk_ok") or ()))
    ]


def _level(logs: Sequence[Marks]) -> float:
    """Find the lowest certainty above which links are precise enough."""
    best, right = 1.01, 0
    ranked = sorted(logs, key=lambda m: -m.proposal.certainty)
    for count, marks in enumerate(ranked, start=1):
        right += _first_right(marks)
        if right / count >= WANTED_PRECISION:
            best = marks.proposal.certainty
    return best


def calibration(marks: Sequence[Marks]) -> Iterator[str]:
    """Tell how often the first guess is right at each certainty."""
    logs = [m for m in marks if m.top1 is not None]
    for low, high in itertools.pairwise((0.0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.95, 1.01)):
        band = [m for m in logs if low <= m.proposal.certainty < high]
        if band:
            said = sum(m.proposal.certainty for m in band) / len(band)
            yield (
                f"  certainty {low:.2f}-{min(high, 1):.2f}: {len(band):4} logs,"
                f" says {said:.2f}, is {share(map(_first_right, band)):.2f}"
            )


def table(names: Sequence[str], columns: Sequence[dict[str, float | None]]) -> str:
    """Draw the figures of all files side by side."""
    lines = [f"{'':16}" + "".join(f"{name[:18]:>20}" for name in names)]
    for key in columns[0]:
        cells = [c[key] for c in columns]
        shown = [_shown(key, cell) for cell in cells]
        lines.append(f"{key:16}" + "".join(f"{cell:>20}" for cell in shown))
    return "\n".join(lines)


def _shown(key: str, cell: float | None) -> str:
    if cell is None:
        return "-"
    return str(cell) if key in {"messages", "ms"} else f"{cell:.2%}"


def wrong(marks: Sequence[Marks]) -> Iterator[str]:
    """List what was not understood."""
    for m in marks:
        missed = [name for name, fine in m.right.items() if not fine and name != "all_slots"]
        missed += ["rhk"] if m.top1 is False else []
        missed += ["link"] if m.linked_right is False else []
        if not missed:
            continue
        p = m.proposal
        gold = {key: value for key, value in m.case.gold.items() if value not in (None, [], False)}
        yield f"{m.case.id} {','.join(missed)}: {m.case.text!r}, sent {m.case.sent_at}"
        yield f"    meant {gold}"
        yield (
            f"    heard {p.intent} {p.day}..{p.last_day} {p.quantity} {p.unit}, {p.percent} %,"
            f" {p.minutes} minutes, RHK {p.nearest} {p.certainty:.2f} {p.absence or ''}"
        )


def main(say: Callable[[str], object] = print) -> int:
    """Score the files named on the command line."""
    options = _options()
    columns: list[dict[str, float | None]] = []
    every: list[Marks] = []
    for path in options.files:
        say(f"Reading {path} ...")
        cases = load(path)
        say(f"Understanding {len(cases)} messages, {options.noise:.0%} of words misspelt ...")
        marks, ms = score(cases, options.noise, options.seed)
        columns.append(figures(marks, ms))
        every.extend(marks)
        if options.wrong:
            say("\n".join(wrong(marks)))
    say(table([path.stem for path in options.files], columns))
    right, linked, logs = leave_one_out(every)
    low, high = wilson(right, linked)
    say(
        f"Links at the level learnt from all other jobs: {right} of {linked} right"
        f" ({right / max(1, linked):.2%}, 95 % interval {low:.2%} to {high:.2%}),"
        f" coverage {linked / max(1, logs):.2%} of {logs} logs"
    )
    say("\n".join(calibration(every)))
    for column in columns:
        say(json.dumps(column))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[SAMPLE])
    parser.add_argument("--noise", type=float, default=0.0, help="share of words to misspell")
    parser.add_argument("--seed", type=int, default=1, help="which words are misspelt, and how")
    parser.add_argument("--wrong", action="store_true", help="list what was not understood")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
