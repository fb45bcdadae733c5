"""Which work result a sentence belongs to, and how certain that is."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.phrases import names
from bot.understanding.proposal import Profile
from bot.understanding.scores import heard_in, score
from bot.understanding.shelves import Shelf, plain_terms, shelf_of
from bot.understanding.spelling import Reading
from bot.understanding.terms import terms_of
from bot.understanding.words import Words

LEVEL = 0.93
_HALF = 0.85
_BASE, _BY_STRENGTH, _BY_LEAD, _DOUBT = 0.15, 0.27, 1.17, 0.33
_MOST = 6.0
_MEETINGS = names("rapat rakor koordinasi zoom pertemuan musyawarah")
_TOLD = 0.25
_OPENING, _DOUBLE = 3, 3
_EXPLICIT = re.compile(r"\brhk (?:ke |ke - |nomor |no )?(\d{1,2})\b")
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """The work results nearest to a sentence, best first, and the certainty of the first."""

    nearest: tuple[int, ...]
    certainty: float
    none_fits: bool
    strength: float


def match(reading: Reading, units: Sequence[str], profile: Profile, words: Words) -> Match:
    """Rank the person's work results for a message in which such units were counted."""
    shelf = shelf_of(profile, words)
    if not shelf.results:
        return Match((), 0.0, none_fits=True, strength=0.0)
    numbers = [result.number for result in shelf.results]
    pieces = [token.text for token in reading.tokens]
    heard = heard_in(reading, units, words)
    terms = heard.terms
    scores = [score(heard, shelf, place, words) for place in range(len(numbers))]
    # What nothing speaks for comes last, whatever is likely from the start.
    order = sorted(range(len(numbers)), key=lambda p: (scores[p].said <= 0, -scores[p].whole, p))
    strength = scores[order[0]].said
    lead = scores[order[0]].whole - max((scores[p].whole for p in order[1:]), default=0.0)
    doubts = (_said(terms, shelf.weights[order[0]]) < 2) + _only_met(pieces, shelf, order[0])
    certainty = certainty_of(strength, lead, doubts)
    told = _explicit(pieces, numbers) or _taught(terms, shelf.corrections)
    if told and told[1] is None:
        return Match(tuple(numbers[p] for p in order[:3]), 0.0, none_fits=True, strength=strength)
    if told and told[1] in numbers:
        first = numbers.index(told[1])
        certainty = max(certainty if order[0] == first else 0.0, told[0])
        order = [first, *(place for place in order if place != first)]
    nearest = tuple(numbers[place] for place in order[:3])
    general = certainty < _HALF and _is_everyday(pieces, shelf.weights[order[0]], words)
    # Who counts something tells of the own work, even in words that nobody knows.
    unfit = general or (certainty <= 0 and not units)
    return Match(nearest, certainty, none_fits=unfit, strength=strength)


def _is_everyday(pieces: Sequence[str], weights: Mapping[str, float], words: Words) -> bool:
    """Tell whether a sentence speaks of what everybody does and the work result does not."""
    everyday = [piece for piece in pieces if piece in words.general]
    said = terms_of(everyday, words, flat=True)
    told = max((weight * weights.get(term, 0.0) for term, weight in said.items()), default=0.0)
    return bool(everyday) and told < _TOLD


def _only_met(pieces: Sequence[str], shelf: Shelf, place: int) -> int:
    """Tell whether somebody met about a thing whose work result is not to meet."""
    about = any(piece in _MEETINGS for piece in pieces[:_OPENING])
    return _DOUBLE if about and "=@bermusyawarah" not in shelf.weights[place] else 0


def certainty_of(strength: float, lead: float, doubts: int) -> float:
    """Give the chance that the best is right, as measured on messages of many jobs.

    It is doubted if a single word speaks for it, and twice if people only met about it.
    """
    if strength <= 0:
        return 0.0
    z = _BASE + _BY_STRENGTH * min(strength, _MOST) + _BY_LEAD * min(lead, _MOST) - _DOUBT * doubts
    return 1 / (1 + math.exp(-z))


def _said(terms: Mapping[str, float], weights: Mapping[str, float]) -> int:
    """Count the words and meanings that speak for a work result."""
    return sum(term in weights for term in terms if term[0] not in "~*+" and term[:2] != "=@")


def _explicit(pieces: Sequence[str], numbers: Sequence[int]) -> tuple[float, int | None] | None:
    named = _EXPLICIT.search(" ".join(pieces))
    return (0.99, int(named[1])) if named and int(named[1]) in numbers else None


def _taught(
    terms: Mapping[str, float], corrections: Iterable[tuple[frozenset[str], int | None]]
) -> tuple[float, int | None] | None:
    """Find what the person corrected in the most similar sentence, if one is similar."""
    own = plain_terms(terms)
    best: tuple[float, int | None] | None = None
    for known, number in corrections:
        union = len(own | known)
        likeness = len(own & known) / union if union else 0.0
        if likeness >= _ALIKE and (best is None or 0.5 + likeness / 2 >= best[0]):
            best = (0.5 + likeness / 2, number)
    return best
