"""Score the sentence coach: `python -m tests.bench.coach [FILE]`.

FILE holds one JSON object a line with `kind` (rhk, iki, log), `text`, perhaps `job`, and `fails`:
which of Hasil, Dalam kendali, Terukur, Selaras, Terbukti a sentence lacks. An RHK is judged by
Hasil and Dalam kendali, an IKI by Terukur and Dalam kendali, a log by Terukur and Terbukti; other
qualities in `fails` are passed over. `half` groups the table: what the rules were written by, and
what they had not seen.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.understanding.coach import CHECKS, Kind, judge

LABELLED = Path(__file__).parents[1] / "guidance" / "coach.jsonl"


@dataclass(frozen=True)
class Outcome:
    """Hold how one sentence went: for each quality whether it was found and whether it is there."""

    line: dict[str, Any]
    said: frozenset[str]
    judged: tuple[str, ...]
    milliseconds: float

    @property
    def wanted(self) -> frozenset[str]:
        return frozenset(self.line["fails"]) & frozenset(self.judged)

    @property
    def agreed(self) -> int:
        return sum((one in self.said) == (one in self.wanted) for one in self.judged)

    @property
    def exact(self) -> bool:
        return self.said == self.wanted


def check(line: dict[str, Any]) -> Outcome:
    """Let the coach judge one sentence."""
    kind = Kind(line["kind"])
    began = time.perf_counter()
    judgement = judge(kind, line["text"], job=line.get("job") or "")
    spent = (time.perf_counter() - began) * 1000
    judged = tuple(str(quality) for quality in CHECKS[kind])
    said = frozenset(str(one.quality) for one in judgement.fails) & frozenset(judged)
    return Outcome(line, said, judged, spent)


def figures(outcomes: list[Outcome]) -> dict[str, Any]:
    """Sum outcomes up."""
    checks = sum(len(one.judged) for one in outcomes)
    good = [one for one in outcomes if not one.wanted]
    flagged = sum(bool(one.said) for one in good)
    return {
        "sentences": len(outcomes),
        "checks": checks,
        "agreement": round(sum(one.agreed for one in outcomes) / checks, 4) if checks else 1.0,
        "exact": round(sum(one.exact for one in outcomes) / len(outcomes), 4) if outcomes else 1.0,
        "good": len(good),
        "good_flagged": flagged,
        "good_flagged_share": round(flagged / len(good), 4) if good else 0.0,
    }


def row(name: str, outcomes: list[Outcome]) -> str:
    """Write one row of the table."""
    sums = figures(outcomes)
    return (
        f"{name:<28}{sums['sentences']:>6}{sums['checks']:>8}{sums['agreement']:>11.1%}"
        f"{sums['exact']:>8.1%}{sums['good_flagged']:>9}/{sums['good']}"
    )


def grouped(outcomes: list[Outcome], name: Callable[[Outcome], str]) -> Iterable[str]:
    """Write a row for each group."""
    for group in dict.fromkeys(map(name, outcomes)):
        yield row(group, [one for one in outcomes if name(one) == group])


def by_quality(outcomes: list[Outcome]) -> Iterable[str]:
    """Write for each quality how often the coach and the label agree, and how they differ."""
    for quality in dict.fromkeys(one for outcome in outcomes for one in outcome.judged):
        asked = [one for one in outcomes if quality in one.judged]
        wrong = sum(quality in one.said and quality not in one.wanted for one in asked)
        missed = sum(quality in one.wanted and quality not in one.said for one in asked)
        share = 1 - (wrong + missed) / len(asked)
        yield f"{quality:<28}{len(asked):>6}{share:>19.1%}   {wrong} wrongly, {missed} missed"


def misses(outcomes: list[Outcome]) -> Iterable[str]:
    """List where the coach and the label differ."""
    for one in outcomes:
        if not one.exact:
            wanted = ", ".join(sorted(one.wanted)) or "nothing"
            said = ", ".join(sorted(one.said)) or "nothing"
            yield f"  {one.line['kind']} ({one.line.get('job', '')}) {one.line['text']}"
            yield f"    labelled {wanted}; the coach says {said}"


def main() -> None:
    """Score a file and print a table, the misses and one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=LABELLED)
    parser.add_argument("--half", help="only the sentences of this half")
    chosen = parser.parse_args()
    text = chosen.file.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    lines = [line for line in lines if chosen.half in (None, line.get("half"))]
    say = sys.stdout.write
    say(f"Judging {len(lines)} sentences …\n\n")
    outcomes = [check(line) for line in lines]
    say(f"{'':<28}{'n':>6}{'checks':>8}{'agreement':>11}{'exact':>8}{'good flagged':>14}\n")
    names = {"rhk": "RHK", "iki": "IKI", "log": "log"}
    rows = [
        *grouped(outcomes, lambda one: names[one.line["kind"]]),
        *grouped(outcomes, lambda one: str(one.line.get("half", "-"))),
        row("all", outcomes),
        "",
        *by_quality(outcomes),
        "",
        "Misses:",
        *misses(outcomes),
    ]
    say("\n".join(rows) + "\n\n")
    spent = statistics.median(one.milliseconds for one in outcomes) if outcomes else 0.0
    say(json.dumps(figures(outcomes) | {"ms": round(spent, 3)}) + "\n")


if __name__ == "__main__":
    main()
