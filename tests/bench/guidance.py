"""Score the guidance search on questions: `python -m tests.bench.guidance [FILE]`.

FILE holds one JSON object a line with `q`, perhaps `job`, and either `ok` (article ids) or `must`
(regular expressions, one of which must occur in the article's text, in small letters and without
markup). An empty list means that nothing should fit. `theme` and `kind` group the table.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.guidance.article import Article
from bot.guidance.library import Library
from bot.guidance.rendering import blocks

FOLDER = Path(__file__).parents[2] / "locale" / "id" / "guidance"
QUESTIONS = Path(__file__).parents[1] / "guidance" / "questions.jsonl"
CROWD = 500


@dataclass(frozen=True)
class Outcome:
    """Hold how one question went; `place` counts from 1, None where the right one is missing."""

    line: dict[str, Any]
    outside: bool
    found: tuple[str, ...]
    place: int | None
    milliseconds: float

    @property
    def first(self) -> bool:
        return not self.found if self.outside else self.place == 1

    @property
    def among_three(self) -> bool:
        return not self.found if self.outside else self.place is not None


def plain(article: Article) -> str:
    """Give the text a reader sees, in small letters and without markup."""
    shown = (str(block.striptags()) for block in blocks(article.body()))
    return "\n".join([article.title, article.summary, *shown]).lower()


def fits(line: dict[str, Any], article: Article) -> bool:
    """Tell whether an article is a right answer to the question."""
    if "ok" in line:
        return article.id in line["ok"]
    text = plain(article)
    return any(re.search(pattern, text) for pattern in line["must"])


def ask(library: Library, line: dict[str, Any]) -> Outcome:
    """Put one question to the library."""
    started = time.perf_counter()
    hits = library.search(line["q"], job=line.get("job"))
    spent = (time.perf_counter() - started) * 1000
    places = (place for place, hit in enumerate(hits, 1) if fits(line, hit.article))
    outside = not line.get("ok", line.get("must"))
    return Outcome(line, outside, tuple(h.article.id for h in hits), next(places, None), spent)


def crowd(folder: Path, target: Path) -> None:
    """Fill a folder with as many articles as the budget speaks of, by copying under new names."""
    originals = sorted(folder.glob("*.md"))
    (target / "sources.yaml").write_text((folder / "sources.yaml").read_text("utf-8"), "utf-8")
    for number in range(CROWD):
        text = originals[number % len(originals)].read_text("utf-8")
        name = f"salinan-{number}"
        renamed = re.sub(r"^id: .*$", f"id: {name}", text, count=1, flags=re.MULTILINE)
        (target / f"{name}.md").write_text(renamed, "utf-8")


def speed(questions: list[str]) -> dict[str, float]:
    """Measure loading and asking with a crowd of articles, in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crowd(FOLDER, folder)
        started = time.perf_counter()
        library = Library.load(folder)
        loaded = time.perf_counter()
        library.search("apa itu skp")
        ready = time.perf_counter()
        spent = []
        for question in questions:
            begun = time.perf_counter()
            library.search(question)
            spent.append((time.perf_counter() - begun) * 1000)
    return {
        "load_500_ms": round((loaded - started) * 1000, 1),
        "index_500_ms": round((ready - loaded) * 1000, 1),
        "search_500_median_ms": round(statistics.median(spent), 3),
        "search_500_p95_ms": round(statistics.quantiles(spent, n=20)[-1], 3),
    }


def share(outcomes: list[Outcome], name: str) -> float:
    """Give the share of outcomes that are right by the named measure."""
    return sum(getattr(one, name) for one in outcomes) / len(outcomes) if outcomes else 1.0


def table(outcomes: list[Outcome], key: str) -> str:
    """Write the shares grouped by a key of the lines."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        groups[str(one.line.get(key, "-"))].append(one)
    rows = [f"{key:<22}{'n':>5}{'first':>9}{'in three':>10}"]
    for name, group in sorted(groups.items()):
        first, three = share(group, "first"), share(group, "among_three")
        rows.append(f"{name:<22}{len(group):>5}{first:>9.1%}{three:>10.1%}")
    return "\n".join(rows)


def main() -> None:
    """Score a file of questions and print a table, the misses and one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "file", type=Path, nargs="?", default=QUESTIONS, help="one JSON object a line"
    )
    parser.add_argument("--fast", action="store_true", help="leave out the crowd of 500 articles")
    chosen = parser.parse_args()
    text = chosen.file.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    say = sys.stdout.write
    say(f"Loading the library and asking {len(lines)} questions …\n")
    library = Library.load(FOLDER)
    library.search("apa itu skp")
    outcomes = [ask(library, line) for line in lines]
    inside = [one for one in outcomes if not one.outside]
    outside = [one for one in outcomes if one.outside]
    say("\n".join(("", table(outcomes, "theme"), "", table(outcomes, "kind"), "", "Misses:", "")))
    for one in outcomes:
        if not one.first:
            wanted = one.line.get("ok", one.line.get("must"))
            found = ", ".join(one.found) or "nothing"
            say(f"  {one.line['q']}\n    wanted {wanted or 'nothing'}, found {found}\n")
    figures: dict[str, Any] = {
        "articles": len(library.articles()),
        "questions": len(inside),
        "first": round(share(inside, "first"), 4),
        "among_three": round(share(inside, "among_three"), 4),
        "outside": len(outside),
        "nothing_said": round(share(outside, "first"), 4),
        "search_ms": round(statistics.median(one.milliseconds for one in outcomes), 3),
    }
    if not chosen.fast:
        say(f"\nMeasuring with {CROWD} articles …\n")
        figures |= speed([line["q"] for line in lines])
    say(f"\n{json.dumps(figures)}\n")


if __name__ == "__main__":
    main()
