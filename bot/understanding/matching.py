"""Which work result a sentence belongs to, and how certain that is."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.phrases import names
from bot.understanding.proposal import Correction, Profile, Result
from bot.understanding.spelling import Reading, read
from bot.understanding.terms import SHORTENED, short_forms, terms_of
from bot.understanding.words import Words

LEVEL = 0.8
_K1, _B = 1.2, 0.3
_KEYWORD = 1.5
_PLAN = 0.6
_AFTER_PLACE = 0.7
_SAME_UNIT, _VAGUE_UNIT, _LIKE_UNIT = 1.0, 0.5, 0.2
_VAGUE = names("kegiatan laporan dokumen orang layanan kali data unit berkas paket")
_ALIKE_GROUPS = frozenset({"orang", "keluarga", "kendaraan"})
_BASE, _BY_SCORE, _BY_LEAD, _DOUBT = -2.2, 0.75, 3.0, 0.3
_MEETINGS = names("rapat rakor koordinasi zoom pertemuan musyawarah")
_TOLD = 0.25
_OPENING, _DOUBLE = 3, 3
_EXPLICIT = re.compile(r"\brhk (?:ke |ke - |nomor |no )?(\d{1,2})\b")
_ALIKE = 0.6
_DULL = names(
    "laksana sedia capai wujud susun tingkat kelola selenggara tangani proses tahun persen jumlah "
    "sesuai"
)


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


def match(reading: Reading, units: Sequence[str], profile: Profile, words: Words) -> Match:
    """Rank the person's work results for a message in which such units were counted."""
    shelf = shelf_of(profile, words)
    if not shelf.results:
        return Match((), 0.0, none_fits=True, strength=0.0)
    numbers = [result.number for result in shelf.results]
    pieces = [token.text for token in reading.tokens]
    terms = terms_of(pieces, words) | _short_as_typed(reading)
    scores = [
        _score(terms, shelf, place)
        + max((_unit_bonus(unit, result.unit, words) for unit in units), default=0.0)
        for place, result in enumerate(shelf.results)
    ]
    order = sorted(range(len(numbers)), key=lambda place: (-scores[place], place))
    strength = scores[order[0]]
    second = scores[order[1]] if len(order) > 1 else 0.0
    doubts = (_said(terms, shelf.weights[order[0]]) < 2) + _only_met(pieces, shelf, order[0])
    certainty = certainty_of(strength, second, doubts)
    told = _explicit(pieces, numbers) or _taught(terms, shelf.corrections)
    if told and told[1] is None:
        return Match(tuple(numbers[p] for p in order[:3]), 0.0, none_fits=True, strength=strength)
    if told and told[1] in numbers:
        first = numbers.index(told[1])
        certainty = max(certainty if order[0] == first else 0.0, told[0])
        order = [first, *(place for place in order if place != first)]
    nearest = tuple(numbers[place] for place in order[:3])
    general = certainty < LEVEL and _is_everyday(pieces, shelf.weights[order[0]], words)
    return Match(nearest, certainty, none_fits=general or certainty <= 0, strength=strength)


def _is_everyday(pieces: Sequence[str], weights: Mapping[str, float], words: Words) -> bool:
    """Tell whether a sentence speaks of what everybody does and the work result does not."""
    everyday = [piece for piece in pieces if piece in words.general]
    said = terms_of(everyday, words, flat=True)
    told = max((weight * weights.get(term, 0.0) for term, weight in said.items()), default=0.0)
    return bool(everyday) and told < _TOLD


def _short_as_typed(reading: Reading) -> dict[str, float]:
    """Keep a short form as it was typed, which may be short for the person's own words."""
    heard = {token.text for token in reading.tokens}
    return {"*" + word: SHORTENED for word in reading.typed - heard if len(word) > 2}


def _score(terms: Mapping[str, float], shelf: Shelf, place: int) -> float:
    weights = shelf.weights[place]
    norm = _K1 * (1 - _B + _B * shelf.lengths[place])
    return sum(
        weight * shelf.rarity[term] * weights[term] * (_K1 + 1) / (weights[term] + norm)
        for term, weight in terms.items()
        if term in weights
    )


def _unit_bonus(unit: str, wanted: str | None, words: Words) -> float:
    if not wanted:
        return 0.0
    known = words.units.get(wanted.lower())
    own = words.units.get(unit)
    if unit == wanted.lower() or (known and own and own.meaning == known.meaning):
        return _VAGUE_UNIT if unit in _VAGUE else _SAME_UNIT
    alike = known and own and own.group == known.group and own.group in _ALIKE_GROUPS
    return _LIKE_UNIT if alike else 0.0


def _only_met(pieces: Sequence[str], shelf: Shelf, place: int) -> int:
    """Tell whether somebody met about a thing whose work result is not to meet."""
    about = any(piece in _MEETINGS for piece in pieces[:_OPENING])
    return _DOUBLE if about and "=@bermusyawarah" not in shelf.weights[place] else 0


def certainty_of(best: float, second: float, doubts: int) -> float:
    """Give the chance that the best is right, as measured on messages of many jobs.

    It is doubted if a single word speaks for it, and twice if people only met about it.
    """
    if best <= 0:
        return 0.0
    z = _BASE + _BY_SCORE * best + _BY_LEAD * (best - second) / best - _DOUBT * doubts
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
    own = _plain(terms)
    best: tuple[float, int | None] | None = None
    for known, number in corrections:
        union = len(own | known)
        likeness = len(own & known) / union if union else 0.0
        if likeness >= _ALIKE and (best is None or 0.5 + likeness / 2 >= best[0]):
            best = (0.5 + likeness / 2, number)
    return best


def _plain(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(term for term in terms if term[0] not in "=+~*")


@lru_cache(maxsize=2048)
def shelf_of(profile: Profile, words: Words) -> Shelf:
    """Make a person's work results ready for searching; kept, since people write every day."""
    weights = tuple(_weights(result, words) for result in profile.results)
    sizes = [sum(v for t, v in w.items() if t[0] != "*") for w in weights]
    mean = sum(sizes) / len(sizes) if sizes else 1.0
    total = len(weights)
    spread: dict[str, int] = {}
    for terms in weights:
        for term in terms:
            spread[term] = spread.get(term, 0) + 1
    return Shelf(
        profile.results,
        weights,
        tuple(size / mean if mean else 1.0 for size in sizes),
        {t: math.log(1 + (total - n + 0.5) / (n + 0.5)) for t, n in spread.items()},
        tuple(_lesson(correction, words) for correction in profile.corrections),
    )


_PLACE = re.compile(r" (?:bagi|di|pada|melalui|untuk|kepada|sesuai|tepat|dalam|oleh|dengan) ")


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
    return _plain(terms_of(pieces, words)), correction.number
