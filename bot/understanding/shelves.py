"""A person's work results, made ready for searching."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.phrases import names
from bot.understanding.proposal import Correction, Profile, Result
from bot.understanding.spelling import read
from bot.understanding.stems import stem
from bot.understanding.terms import short_forms, terms_of
from bot.understanding.words import Words

_KEYWORD = 1.5
_PLAN = 0.6
_AFTER_PLACE = 0.7
_DULL = names(
    "laksana sedia capai wujud susun tingkat kelola selenggara tangani proses tahun persen jumlah "
    "sesuai"
)
_PLACE = re.compile(r" (?:bagi|di|pada|melalui|untuk|kepada|sesuai|tepat|dalam|oleh|dengan) ")
_LONG_WORD = re.compile(r"[a-z]{4,}")
_PIECE = 4


@dataclass(frozen=True)
class Shelf:
    """A person's work results with their weighted terms, the roots of their units, their pieces."""

    results: tuple[Result, ...]
    weights: tuple[Mapping[str, float], ...]
    lengths: tuple[float, ...]
    rarity: Mapping[str, float]
    units: tuple[frozenset[str], ...]
    pieces: tuple[frozenset[str], ...]
    piece_rarity: Mapping[str, float]
    corrections: tuple[tuple[frozenset[str], int | None], ...]


@lru_cache(maxsize=2048)
def shelf_of(profile: Profile, words: Words) -> Shelf:
    """Make a person's work results ready for searching; kept, since people write every day."""
    weights = tuple(_weights(result, words) for result in profile.results)
    sizes = [sum(v for t, v in w.items() if t[0] != "*") for w in weights]
    mean = sum(sizes) / len(sizes) if sizes else 1.0
    pieces = tuple(pieces_of(result.text.lower()) for result in profile.results)
    return Shelf(
        profile.results,
        weights,
        tuple(size / mean if mean else 1.0 for size in sizes),
        _rarity(weights),
        tuple(_unit_roots(result, words) for result in profile.results),
        pieces,
        _rarity(pieces),
        tuple(_lesson(correction, words) for correction in profile.corrections),
    )


def plain_terms(terms: Iterable[str]) -> frozenset[str]:
    """Keep only the roots."""
    return frozenset(term for term in terms if term[0] not in "=+~*")


def pieces_of(text: str) -> frozenset[str]:
    """Cut the longer words into pieces of four letters, by which kin and slips are still alike."""
    return frozenset(
        word[start : start + _PIECE]
        for word in (f" {word}" for word in _LONG_WORD.findall(text))
        for start in range(len(word) - _PIECE + 1)
    )


def _rarity(holders: Iterable[Iterable[str]]) -> dict[str, float]:
    """Weigh each term the more, the fewer of the work results hold it."""
    spread: dict[str, int] = {}
    total = 0
    for terms in holders:
        total += 1
        for term in terms:
            spread[term] = spread.get(term, 0) + 1
    return {t: math.log(1 + (total - n + 0.5) / (n + 0.5)) for t, n in spread.items()}


def _unit_roots(result: Result, words: Words) -> frozenset[str]:
    return frozenset(stem(piece, words) for piece in (result.unit or "").lower().split())


def _weights(result: Result, words: Words) -> dict[str, float]:
    weights: dict[str, float] = {}
    head = _PLACE.split(result.text.lower(), maxsplit=1)[0]
    sources = [
        (head, 1.0),
        (result.text, _AFTER_PLACE),
        *((keyword, _KEYWORD) for keyword in result.keywords),
        *((plan, _PLAN) for plan in result.plans),
        (result.unit or "", 0.5),
    ]
    for text, share in sources:
        pieces = [token.text for token in read(text, words).tokens]
        for term, weight in terms_of(pieces, words, flat=True).items():
            weights[term] = max(weights.get(term, 0.0), weight * share)
    for dull in _DULL:
        weights.pop(dull, None)
    for form in short_forms(re.findall(r"[a-z]+", result.text.lower()), words):
        weights[form] = 1.0
    return weights


def _lesson(correction: Correction, words: Words) -> tuple[frozenset[str], int | None]:
    pieces = [token.text for token in read(correction.text, words).tokens]
    return plain_terms(terms_of(pieces, words)), correction.number
