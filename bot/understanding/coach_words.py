"""The coach's word lists as patterns, and a sentence made ready for them."""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.understanding.links import links_of, without_links
from bot.understanding.spelling import Reading, read
from bot.understanding.words import HERE, Words, load_words

_LIST = "coach.json"
_SIGNS = {
    "≤": " paling lama ",
    "<=": " paling lama ",
    "≥": " paling sedikit ",
    ">=": " paling sedikit ",
}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_WILD = {"*": "[a-z-]*", "?": "[a-z]", "_": r"\d[\d.,]*"}


@dataclass(frozen=True)
class Draft:
    """A sentence under the coach's eye: as typed, and as one line of standard words."""

    text: str
    reading: Reading
    linked: bool

    @property
    def line(self) -> str:
        """Give the line of standard words."""
        return self.reading.line

    @property
    def head(self) -> str:
        """Give the line from its first telling word on."""
        return opening().sub("", self.line, count=1)

    def typed(self, words: str) -> str:
        """Give some words of the line as the person typed them, where they stand there."""
        loose = r"[\s–-]*".join(map(re.escape, words.split()))
        found = re.search(loose, self.text, re.IGNORECASE)
        return found[0] if found else words


def draft(text: str, words: Words | None = None) -> Draft:
    """Read a sentence; signs of comparison become words."""
    plain = _SIGN.sub(lambda found: _SIGNS[found[0]], without_links(text))
    return Draft(" ".join(text.split()), read(plain, words or load_words()), bool(links_of(text)))


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """Read the word lists."""
    table = json.loads((HERE / _LIST).read_text(encoding="utf-8"))
    return {name: tuple(phrases) for name, phrases in table.items()}


def spelled(*names: str) -> str:
    """Write some lists as alternatives of a regular expression, the longest phrases first."""
    phrases = {phrase for name in names for phrase in lists()[name]}
    return "(?:" + "|".join(map(wild, sorted(phrases, key=lambda one: (-len(one), one)))) + ")"


@lru_cache(maxsize=64)
def pattern(*names: str) -> re.Pattern[str]:
    """Make one pattern of some lists; `*` stands for any letters."""
    return re.compile(rf"(?<![\w-]){spelled(*names)}(?![\w-])")


def wild(phrase: str) -> str:
    """Write a phrase as a regular expression: `*` any letters, `?` one letter, `_` a number."""
    return "".join(_WILD.get(sign, re.escape(sign)) for sign in phrase)


@cache
def opening() -> re.Pattern[str]:
    """Give the pattern of what may stand before a sentence: its label and its number."""
    return re.compile(rf"^(?:{spelled('skip')}\b|\d+(?= [.)/-])|[^\w]| )+")


def found(text: str, *names: str) -> str:
    """Give the first words of some lists that stand in a text, or nothing."""
    hit = pattern(*names).search(text)
    return hit[0] if hit else ""
