"""The kinds of what is said unasked by the clock, and what an agency and a person wish of each."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median_low
from typing import Any

from bot.skp.quiet import LATEST

# A prompt before noon would ask for a day that has hardly begun.
EARLIEST_LEARNED = dt.time(12, 0)
QUARTER = 15
FEWEST_DAYS = 5
MOST_A_DAY = 2


class Kind(StrEnum):
    """Name a kind of scheduled letter; where several meet, they stand in this order."""

    PROMPT = "prompt"
    FOLLOW_UP = "follow-up"
    HELP = "help"
    DIGEST = "digest"
    WAITING = "waiting"
    RAMADAN = "ramadan"
    CLOSING = "closing"
    CATCH_UP = "catch-up"
    ACTION_PLAN = "action-plan"
    PLAN = "plan"
    RECAP = "recap"
    WELCOME = "welcome"
    GUIDANCE = "guidance"
    QUIZ = "quiz"


class Group(StrEnum):
    """Name kinds that a person looks for in one place."""

    DAY = "day"
    PERIOD = "period"
    GUIDANCE = "guidance"
    TEAM = "team"


GROUPS = {
    Group.DAY: (Kind.PROMPT, Kind.FOLLOW_UP, Kind.PLAN),
    Group.PERIOD: (Kind.CATCH_UP, Kind.RECAP, Kind.ACTION_PLAN, Kind.CLOSING),
    Group.GUIDANCE: (Kind.GUIDANCE, Kind.QUIZ, Kind.WELCOME),
    Group.TEAM: (Kind.DIGEST, Kind.WAITING, Kind.RAMADAN),
}
ORDER = {kind: place for place, kind in enumerate(Kind)}
# What a person can set; the offer of help comes by itself, once, after prompts without an answer.
SET = tuple(kind for kind in Kind if kind is not Kind.HELP)
# What asks of a person, and so keeps still for whoever has left it without an answer.
OWN = frozenset(Kind) - {Kind.DIGEST, Kind.WAITING, Kind.RAMADAN}
# The hours of these may be chosen; the others come with the evening.
WITH_HOUR = frozenset(SET) - {Kind.PROMPT, Kind.FOLLOW_UP}
# The days of these may be chosen; those of the others lie in what they speak of.
WITH_DAYS = frozenset(
    {
        Kind.DIGEST, Kind.WAITING, Kind.CATCH_UP, Kind.PLAN, Kind.RECAP, Kind.GUIDANCE, Kind.QUIZ,
    }
)  # fmt: skip
USUALLY_ON = frozenset(
    {
        Kind.PROMPT,
        Kind.FOLLOW_UP,
        Kind.DIGEST,
        Kind.WAITING,
        Kind.RAMADAN,
        Kind.CLOSING,
        Kind.CATCH_UP,
        Kind.WELCOME,
    }
)


@dataclass(frozen=True)
class Habits:
    """What the agency has decided: which kinds are on by themselves, and how much is enough.

    A kind that is required comes to everybody; only the closing of a period can be.
    """

    on: frozenset[Kind] = USUALLY_ON
    most: int = MOST_A_DAY
    required: frozenset[Kind] = frozenset()


@dataclass(frozen=True)
class Choice:
    """What a person has chosen for one kind; where nothing is chosen, the agency's habit holds.

    The days are weekdays by their numbers, Monday is 1: "135".
    """

    on: bool | None = None
    at: dt.time | None = None
    days: str = ""

    def kept(self) -> dict[str, Any]:
        """Write the choice as it is kept."""
        said = {"on": self.on, "at": self.at and f"{self.at:%H:%M}", "days": self.days}
        return {name: value for name, value in said.items() if value not in (None, "")}


NO_CHOICE = Choice()


@dataclass(frozen=True)
class Wishes:
    """What one person wishes of all kinds, and when they are used to log."""

    prompts_on: bool = True
    prompt_at: dt.time | None = None
    learned_at: dt.time | None = None
    choices: Mapping[Kind, Choice] = field(default_factory=dict)

    def of(self, kind: Kind) -> Choice:
        """Give the choice for a kind."""
        return self.choices.get(kind, NO_CHOICE)

    def is_on(self, kind: Kind, habits: Habits) -> bool:
        """Tell whether a kind comes; the follow-up and the offer of help go with the prompt."""
        if kind in habits.required:
            return True
        if kind in (Kind.PROMPT, Kind.FOLLOW_UP, Kind.HELP) and not self.prompts_on:
            return False
        if kind in (Kind.PROMPT, Kind.HELP):
            return Kind.PROMPT in habits.on or self.of(Kind.PROMPT).on is True
        chosen = self.of(kind).on
        return kind in habits.on if chosen is None else chosen


def choices_of(kept: Mapping[str, Mapping[str, Any]]) -> dict[Kind, Choice]:
    """Read what is kept of a person's choices; what a later version has added is passed over."""
    return {
        kind: Choice(
            on=said.get("on"),
            at=dt.time.fromisoformat(said["at"]) if said.get("at") else None,
            days=str(said.get("days", "")),
        )
        for kind in Kind
        if (said := kept.get(kind.value)) is not None
    }


def group_of(kind: Kind) -> Group:
    """Tell where a person looks for a kind."""
    return next(group for group, kinds in GROUPS.items() if kind in kinds)


def usual_hour(hours: Sequence[dt.time]) -> dt.time | None:
    """Tell when somebody usually logs: the middle of the days; of few days nothing is learned."""
    return median_low(hours) if len(hours) >= FEWEST_DAYS else None


def learned_prompt(usual: dt.time) -> dt.time:
    """Tell when to ask whoever usually logs at an hour: at the quarter of an hour before it."""
    quarter = usual.replace(minute=usual.minute // QUARTER * QUARTER, second=0, microsecond=0)
    return min(max(quarter, EARLIEST_LEARNED), LATEST)
