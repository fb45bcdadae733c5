"""Check a work result (RHK), an indicator (IKI) or a log by five qualities.

    judge(Kind.RESULT, "Mengikuti rapat stunting", job="Perencana")   # Judgement
    judgement.verdicts           # one Verdict a quality that this kind of sentence is judged by
    verdict.flaw, verdict.words  # None when it passes; else why not, and which words say so

The rules are word lists (`data/coach.json`) and the order in which they are asked.
"""

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.coach_control import control_flaw
from bot.understanding.coach_flaws import Finding, Flaw
from bot.understanding.coach_measures import indicator_flaw, log_flaw
from bot.understanding.coach_proof import proof_flaw
from bot.understanding.coach_results import result_flaw
from bot.understanding.coach_words import Draft, draft, found
from bot.understanding.matching import match
from bot.understanding.proposal import Profile, Result
from bot.understanding.words import load_words

# What serves a leader's result is told with less certainty than what a log is linked with.
_ALIGNED = 0.8


class Kind(enum.StrEnum):
    """What a sentence is meant to be."""

    RESULT = "rhk"
    INDICATOR = "iki"
    LOG = "log"


class Quality(enum.StrEnum):
    """What a sentence is judged by; the values are the names that people know."""

    RESULT = "Hasil"
    CONTROL = "Dalam kendali"
    MEASURED = "Terukur"
    ALIGNED = "Selaras"
    PROVEN = "Terbukti"


@dataclass(frozen=True)
class Verdict:
    """Tell whether a quality is there; if not, why, and which words say so."""

    quality: Quality
    flaw: Flaw | None = None
    words: str = ""

    @property
    def passes(self) -> bool:
        """Tell whether the quality is there."""
        return self.flaw is None


@dataclass(frozen=True)
class Judgement:
    """Hold what the coach found; a quality without a verdict cannot be seen in this sentence."""

    kind: Kind
    draft: Draft
    job: str
    verdicts: tuple[Verdict, ...]

    @property
    def fails(self) -> tuple[Verdict, ...]:
        """List the qualities that are missing."""
        return tuple(one for one in self.verdicts if not one.passes)

    @property
    def passes(self) -> tuple[Verdict, ...]:
        """List the qualities that are there."""
        return tuple(one for one in self.verdicts if one.passes)


Check = Callable[[Draft, str], Finding | None]

CHECKS: Mapping[Kind, Mapping[Quality, Check]] = {
    Kind.RESULT: {
        Quality.RESULT: lambda one, _: result_flaw(one),
        Quality.CONTROL: control_flaw,
    },
    Kind.INDICATOR: {
        Quality.CONTROL: control_flaw,
        Quality.MEASURED: lambda one, _: indicator_flaw(one),
    },
    Kind.LOG: {
        Quality.MEASURED: lambda one, _: log_flaw(one),
        Quality.PROVEN: lambda one, _: proof_flaw(one),
    },
}


def judge(kind: Kind, text: str, *, job: str = "", aims: Sequence[str] = ()) -> Judgement:
    """Judge a sentence; `aims` are the results that it should serve, as far as they are known."""
    one = draft(text)
    verdicts = [_verdict(one, quality, check(one, job)) for quality, check in CHECKS[kind].items()]
    if aims or found(one.line, "aim"):
        aligned = found(one.line, "aim") or serves(one, aims)
        verdicts.append(Verdict(Quality.ALIGNED, None if aligned else Flaw.ADRIFT))
    return Judgement(kind, one, job, tuple(verdicts))


def _verdict(one: Draft, quality: Quality, finding: Finding | None) -> Verdict:
    if finding is None:
        return Verdict(quality)
    return Verdict(quality, finding.flaw, one.typed(finding.words))


def serves(one: Draft, aims: Sequence[str]) -> bool:
    """Tell whether a sentence speaks of the same thing as one of the aims."""
    results = tuple(Result(number, aim, None) for number, aim in enumerate(aims, 1))
    return match(one.reading, (), Profile("", results), load_words()).certainty >= _ALIGNED
