"""Which work result a sentence belongs to, and how certain that is."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.proposal import Correction, Profile, Result
from bot.understanding.spelling import canonical, read
from bot.understanding.stems import stem
from bot.understanding.words import Words

LEVEL = 0.80
_K1, _B = 1.2, 0.4
_MEANING = 0.7
_KEYWORD = 1.5
_PLAN = 0.6
_EXPLICIT = re.compile(r"\brhk (?:ke |ke - |nomor |no )?(\d{1,2})\b")
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """The work results nearest to a sentence, best first, and the certainty of the first."""

    nearest: tuple[int, ...]
    certainty: float
    none_fits: bool
    strength: float


@dataclass(frozen=True)
class Shelf:
    """A person's work results, made ready for searching."""

    results: tuple[Result, ...]
    weights: tuple[Mapping[str, float], ...]
    lengths: tuple[float, ...]
    rarity: Mapping[str, float]
    corrections: tuple[tuple[frozenset[str], int | None], ...]


def terms_of(pieces: Sequence[str], words: Words) -> dict[str, float]:
    """Weigh the roots and the meanings of some standard words."""
    terms: dict[str, float] = {}
    roots = [stem(piece, words) for piece in pieces]
    for piece, root in zip(pieces, roots, strict=True):
        if len(piece) > 1 and piece[0].isalpha() and piece not in words.stop:
            terms[root] = 1.0
    meanings = _meanings(words)
    for length, share in ((3, 1.0), (2, 1.0), (1, 0.8)):
        for start in range(len(roots) - length + 1):
            for meaning in meanings.get(" ".join(roots[start : start + length]), ()):
                terms[meaning] = max(terms.get(meaning, 0.0), _MEANING * share)
    return terms


@lru_cache(maxsize=8)
def _meanings(words: Words) -> dict[str, tuple[str, ...]]:
    """Map the roots of each glossary term to its meanings, marked so that they are no words."""
    meanings: dict[str, list[str]] = {}
    for term, names in words.glossary.items():
        pieces = [piece for part in term.split() for piece in canonical(part, words).split()]
        form = " ".join(stem(piece, words) for piece in pieces)
        meanings.setdefault(form, []).extend(f"={name}" for name in names)
    return {form: tuple(dict.fromkeys(names)) for form, names in meanings.items()}


def match(pieces: Sequence[str], unit: str | None, profile: Profile, words: Words) -> Match:
    """Rank the person's work results for a sentence of standard words."""
    shelf = shelf_of(profile, words)
    if not shelf.results:
        return Match((), 0.0, none_fits=True, strength=0.0)
    named = _EXPLICIT.search(" ".join(pieces))
    numbers = [result.number for result in shelf.results]
    terms = terms_of(pieces, words)
    scores = [_score(terms, shelf, place) for place in range(len(numbers))]
    scores = [s + _unit_bonus(unit, r.unit, words) for s, r in zip(scores, shelf.results, strict=True)]
    order = sorted(range(len(numbers)), key=lambda place: (-scores[place], place))
    if named and int(named[1]) in numbers:
        first = numbers.index(int(named[1]))
        order = [first, *(place for place in order if place != first)]
        return Match(tuple(numbers[p] for p in order[:3]), 0.99, none_fits=False, strength=9.0)
    certainty = _certainty(terms, shelf, scores, order)
    taught = _taught(terms, shelf.corrections)
    if taught is not None:
        likeness, number = taught
        if number is None:
            return Match(tuple(numbers[p] for p in order[:3]), 0.0, none_fits=True, strength=scores[order[0]])
        if number in numbers:
            first = numbers.index(number)
            order = [first, *(place for place in order if place != first)]
            certainty = max(certainty if order[0] == first else 0.0, 0.5 + likeness / 2)
    return Match(
        tuple(numbers[p] for p in order[:3]), certainty, none_fits=certainty < 0.12, strength=scores[order[0]]
    )


def _score(terms: Mapping[str, float], shelf: Shelf, place: int) -> float:
    weights = shelf.weights[place]
    norm = _K1 * (1 - _B + _B * shelf.lengths[place])
    return sum(
        weight * shelf.rarity[term] * weights[term] * (_K1 + 1) / (weights[term] + norm)
        for term, weight in terms.items()
        if term in weights
    )


def _unit_bonus(unit: str | None, wanted: str | None, words: Words) -> float:
    if not unit or not wanted:
        return 0.0
    known = words.units.get(wanted.lower())
    if unit == wanted.lower() or (known and unit == known.name):
        return 0.8
    own = words.units.get(unit)
    return 0.25 if known and own and own.group == known.group and own.group in {"orang", "keluarga"} else 0.0


def _certainty(terms: Mapping[str, float], shelf: Shelf, scores: Sequence[float], order: Sequence[int]) -> float:
    best = scores[order[0]]
    second = scores[order[1]] if len(order) > 1 else 0.0
    if best <= 0:
        return 0.0
    lead = (best - second) / best
    z = -2.2 + 0.75 * best + 3.0 * lead
    return 1 / (1 + math.exp(-z))


def _taught(
    terms: Mapping[str, float], corrections: Iterable[tuple[frozenset[str], int | None]]
) -> tuple[float, int | None] | None:
    """Find what the person corrected in the most similar sentence, if one is similar."""
    own = {term for term in terms if not term.startswith("=")}
    best: tuple[float, int | None] | None = None
    for known, number in corrections:
        union = len(own | known)
        likeness = len(own & known) / union if union else 0.0
        if likeness >= _ALIKE and (best is None or likeness >= best[0]):
            best = (likeness, number)
    return best


@lru_cache(maxsize=2048)
def shelf_of(profile: Profile, words: Words) -> Shelf:
    """Make a person's work results ready for searching; kept, since people write every day."""
    weights = tuple(_weights(result, words) for result in profile.results)
    sizes = [sum(w.values()) for w in weights]
    mean = sum(sizes) / len(sizes) if sizes else 1.0
    total = len(weights)
    spread: dict[str, int] = {}
    for terms in weights:
        for term in terms:
            spread[term] = spread.get(term, 0) + 1
    rarity = {t: math.log(1 + (total - n + 0.5) / (n + 0.5)) for t, n in spread.items()}
    return Shelf(
        profile.results,
        weights,
        tuple(size / mean if mean else 1.0 for size in sizes),
        rarity,
        tuple(_lesson(correction, words) for correction in profile.corrections),
    )


def _weights(result: Result, words: Words) -> dict[str, float]:
    weights: dict[str, float] = {}
    sources = [(result.text, 1.0), *((k, _KEYWORD) for k in result.keywords), *((p, _PLAN) for p in result.plans)]
    if result.unit:
        sources.append((result.unit, 0.5))
    for text, share in sources:
        pieces = [token.text for token in read(text, words).tokens]
        for term, weight in terms_of(pieces, words).items():
            weights[term] = max(weights.get(term, 0.0), weight * share)
    for dull in _DULL:
        weights.pop(dull, None)
    return weights


def _lesson(correction: Correction, words: Words) -> tuple[frozenset[str], int | None]:
    pieces = [token.text for token in read(correction.text, words).tokens]
    own = frozenset(term for term in terms_of(pieces, words) if not term.startswith("="))
    return own, correction.number


_DULL = frozenset("laksana sedia capai wujud susun tingkat kelola selenggara tangani proses tahun persen".split())
