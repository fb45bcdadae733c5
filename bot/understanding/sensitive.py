"""Find what a sentence or a file's name had better not hold; it is told, never forbidden."""

import enum
import re
from functools import lru_cache
from pathlib import Path

from bot.understanding.links import without_links

WORDS = Path(__file__).parent / "data" / "sensitive.tsv"
# A NIK is sixteen digits, as it is read or as it is typed in groups; eighteen are a NIP.
NIK = re.compile(
    r"(?<!\d)(?:\d{16}|\d{4}([ .-])\d{4}\1\d{4}\1\d{4}|\d{6}([ .-])\d{6}\2\d{4})(?!\d)"
)
SEPARATORS = re.compile(r"[\s_\-]+")


class Mark(enum.StrEnum):
    """What had better be left out, the most delicate first."""

    NIK = "nik"
    CHILD = "child"
    CONFIDENTIAL = "confidential"


def marks_of(*texts: str) -> tuple[Mark, ...]:
    """Tell what some words or names of files seem to hold."""
    words = known()
    found: set[Mark] = set()
    for text in texts:
        plain = without_links(text)
        line = SEPARATORS.sub(" ", plain.casefold())
        if NIK.search(plain):
            found.add(Mark.NIK)
        if words["secret"].search(line):
            found.add(Mark.CONFIDENTIAL)
        if all(words[kind].search(line) for kind in ("child", "health", "whose")):
            found.add(Mark.CHILD)
    return tuple(one for one in Mark if one in found)


@lru_cache(maxsize=1)
def known() -> dict[str, re.Pattern[str]]:
    """Read the word lists, a pattern for each kind."""
    lists: dict[str, list[str]] = {}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, phrase = line.split("\t")
            lists.setdefault(kind, []).append(re.escape(phrase))
    return {
        kind: re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")
        for kind, phrases in lists.items()
    }
