"""How the work of a job reaches a theme: from the region's figure down to the evidence.

A chain names the region's impact (which belongs to its head), the unit's result, and the job's
RHK, IKI, daily work and evidence. They stand in `chains/<theme>.yaml` beside the articles.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from bot.guidance.article import ArticleError, read_yaml
from bot.guidance.words import tokens

FOLDER = "chains"
TEXTS = ("job", "title", "unit", "rhk", "work", "evidence")


@dataclass(frozen=True)
class Chain:
    """Hold one job's way to one theme."""

    theme: str
    impact: str
    owner: str
    job: str
    title: str
    jobs: tuple[str, ...]
    unit: str
    rhk: str
    iki: tuple[str, ...]
    work: str
    evidence: str
    article: str = ""


Chains: TypeAlias = dict[str, tuple[Chain, ...]]


def chains_in(folder: Path) -> Chains:
    """Read the chains of all themes; what has changed since is read again."""
    files = sorted((folder / FOLDER).glob("*.yaml"))
    return _read(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=2)
def _read(files: tuple[tuple[Path, int], ...]) -> Chains:
    """Read what can be read; the build's check names the rest."""
    found: Chains = {}
    for path, _ in files:
        try:
            found[path.stem] = read_chains(path.read_text(encoding="utf-8"))
        except (ArticleError, UnicodeDecodeError):
            continue
    return found


def read_chains(text: str) -> tuple[Chain, ...]:
    """Read the chains of one theme."""
    table = read_yaml(text)
    missing = [key for key in ("theme", "impact", "owner", "chains") if not table.get(key)]
    if missing:
        raise ArticleError(f"The chains lack {', '.join(missing)}.")
    return tuple(_chain(table, row) for row in table["chains"])


def _chain(table: dict[str, Any], row: dict[str, Any]) -> Chain:
    missing = [key for key in (*TEXTS, "jobs", "iki") if not row.get(key)]
    if missing:
        raise ArticleError(f"The chain of {row.get('job')} lacks {', '.join(missing)}.")
    return Chain(
        theme=table["theme"],
        impact=table["impact"],
        owner=table["owner"],
        jobs=tuple(row["jobs"]),
        iki=tuple(row["iki"]),
        article=row.get("article") or "",
        **{key: row[key] for key in TEXTS},
    )


def fitting(chains: Sequence[Chain], job: str) -> Chain | None:
    """Find the chain written for a position; the one whose name says most of it wins."""
    # Roots would take a family planner for a planner, and a sub-district for its head.
    said = frozenset(tokens(job))
    best, most = None, 0
    for chain in chains:
        for name in chain.jobs:
            words = frozenset(tokens(name))
            if len(words) > most and words <= said:
                best, most = chain, len(words)
    return best
