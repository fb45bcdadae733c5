"""Whether a leader asks of the team, a theme or a person, and of which stretch."""

import datetime as dt
import enum
import json
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.almanac import ONE_DAY
from bot.understanding.intents import opened
from bot.understanding.spelling import read
from bot.understanding.words import HERE, Words, load_words

# A question of this kind is short; what is longer tells of something.
LONGEST = 100
# So many words name a theme at most.
MOST = 4
_MARKS = re.compile(r"[^a-z0-9 -]+")


class Asked(enum.StrEnum):
    """What is asked for: how the team stands, who has logged or is away, a theme, a person."""

    SUMMARY = "summary"
    PEOPLE = "people"
    AWAY = "away"
    PERSON = "person"
    THEME = "theme"


class Stretch(enum.StrEnum):
    """How long a stretch is asked of."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class TeamQuestion:
    """A question about others, of the stretch that ends with the day.

    `theme` holds the words that must name a theme or a person; if they name neither, this is no
    such question.
    """

    asked: Asked
    stretch: Stretch
    day: dt.date
    theme: str = ""


def team_question(text: str, today: dt.date, words: Words | None = None) -> TeamQuestion | None:
    """Read a question about the team or a theme; None when anything else is spoken of, too.

    Each word must be one that such questions are made of, so that no work that was done, no
    question for guidance and nothing about oneself is ever taken for one.
    """
    if len(text) > LONGEST or "\n" in text:
        return None
    known = words or load_words()
    line = " ".join(_MARKS.sub(" ", opened(read(text, known).line, known)).split())
    found, other = _sorted(line)
    stretch, day = _stretch(found, today)
    if other:
        asked = _of_named(found) if len(other) <= MOST else None
    else:
        asked = _of_team(found, asking="?" in text)
    return TeamQuestion(asked, stretch, day, " ".join(other)) if asked else None


def _of_named(found: AbstractSet[str]) -> Asked | None:
    """Tell whether what is named is asked for: by its progress, how it stood, or what it does."""
    if {"who", "lacking", "away", "logging", "obstacle", "own", "perhaps"} & found:
        return None
    if "doing" in found:
        return Asked.PERSON
    timed = _STRETCHES.keys() & found
    return Asked.THEME if "progress" in found or ("how" in found and timed) else None


def _of_team(found: AbstractSet[str], *, asking: bool) -> Asked | None:
    """Tell what is asked of the team; one's own records are not the team's."""
    team = "team" in found
    if "own" in found and not team:
        return None
    if "obstacle" in found:
        # The summary names what holds people up first; without a mark it may be somebody's own.
        alone = not {"lacking", "away", "logging", "own"} & found
        return Asked.SUMMARY if asking and alone and (team or "who" in found) else None
    whom = "who" in found or ("any" in found and (asking or team)) or (team and asking)
    lacks = "lacking" in found or "who" in found or team
    if whom and "logging" in found and lacks:
        return Asked.PEOPLE
    if "away" in found and ("who" in found or ("any" in found and asking)):
        return Asked.AWAY
    if "stuck" in found and {"who", "any"} & found:
        return Asked.SUMMARY
    asks = asking or bool({"how", "progress", "doing"} & found)
    strange = {"who", "lacking", "away", "logging"} & found
    counted = "any" in found and "progress" not in found
    return Asked.SUMMARY if team and asks and not (strange or counted) else None


_STRETCHES = {
    "today": (Stretch.DAY, 0),
    "yesterday": (Stretch.DAY, 1),
    "this week": (Stretch.WEEK, 0),
    "last week": (Stretch.WEEK, 1),
    "this month": (Stretch.MONTH, 0),
    "last month": (Stretch.MONTH, 1),
}


def _stretch(found: AbstractSet[str], today: dt.date) -> tuple[Stretch, dt.date]:
    """Give the stretch that is named, and its last day so far; today unless one is named."""
    stretch, back = next((_STRETCHES[one] for one in _STRETCHES if one in found), (Stretch.DAY, 0))
    if not back:
        return stretch, today
    first = {
        Stretch.DAY: today,
        Stretch.WEEK: today - today.weekday() * ONE_DAY,
        Stretch.MONTH: today.replace(day=1),
    }[stretch]
    return stretch, first - ONE_DAY


def _sorted(line: str) -> tuple[set[str], list[str]]:
    """Sort the words of a line by kind, and list those that are of none."""
    pattern, kinds = _vocabulary()
    found: set[str] = set()
    other: list[str] = []
    rest = line
    while rest:
        match = pattern.match(rest)
        if match is None:
            word, _, rest = rest.partition(" ")
            other.append(word)
            continue
        found |= kinds[match[1]]
        rest = rest[match.end() :]
    return found, other


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """Read the words that such questions are made of, the longest phrases first."""
    lists: dict[str, list[str]] = json.loads((HERE / "team.json").read_text(encoding="utf-8"))
    kinds: dict[str, set[str]] = {}
    for kind, phrases in lists.items():
        for phrase in phrases:
            kinds.setdefault(phrase, set()).add(kind)
    some = "|".join(re.escape(one) for one in sorted(kinds, key=len, reverse=True))
    pattern = re.compile(rf"({some})(?: |$)")
    return pattern, {phrase: frozenset(found) for phrase, found in kinds.items()}
