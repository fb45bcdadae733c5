"""How much speaks for a work result: words, meanings, units, and what is said first.

The weights were fitted on messages of well over a hundred jobs, each set judged by the others.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.phrases import names
from bot.understanding.shelves import Shelf, pieces_of
from bot.understanding.spelling import Reading
from bot.understanding.stems import stem
from bot.understanding.terms import SHORTENED, terms_of
from bot.understanding.words import Words

_K1, _B = 1.2, 0.3
_ROOT, _MEANING, _DEED, _PAIR, _BEGINNING, _SHORT = 0.9, 1.6, 0.75, 0.1, 0.15, 1.15
_BY_SIGN = {"=": _MEANING, "+": _PAIR, "~": _BEGINNING, "*": _SHORT}
_SAME_UNIT, _VAGUE_UNIT, _LIKE_UNIT, _UNIT_SAID = 0.75, 0.9, 0.5, 0.8
_LEAD, _ALIKE, _FIRST, _LONG = 0.7, 0.45, 0.35, 0.6
_VAGUE = names("kegiatan laporan dokumen orang layanan kali data unit berkas paket")
_ALIKE_GROUPS = frozenset({"orang", "keluarga", "kendaraan"})


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message says, as it is compared with work results."""

    terms: Mapping[str, float]
    lead: str
    pieces: frozenset[str]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How much speaks for a work result: by its words and units alone, and with all else."""

    said: float
    whole: float


def heard_in(reading: Reading, units: Sequence[str], words: Words) -> Heard:
    """Gather what of a message is compared."""
    texts = [token.text for token in reading.tokens]
    terms = terms_of(texts, words) | _short_as_typed(reading)
    telling = (
        text
        for text in texts
        if len(text) > 1
        and text[0].isalpha()
        and text not in words.stop
        and text not in words.status
        and text not in words.numbers
    )
    lead = stem(next(telling, ""), words)
    return Heard(terms, lead, pieces_of(" ".join(texts)), tuple(units))


def score(heard: Heard, shelf: Shelf, place: int, words: Words) -> Score:
    """Weigh what speaks for the work result at a place."""
    weights = shelf.weights[place]
    norm = _K1 * (1 - _B + _B * shelf.lengths[place])
    worded = sum(
        _sign(term) * weight * shelf.rarity[term] * weights[term] * (_K1 + 1)
        / (weights[term] + norm)
        for term, weight in heard.terms.items()
        if term in weights
    )  # fmt: skip
    said = worded + _by_unit(heard, shelf, place, words)
    alike = sum(shelf.piece_rarity[p] for p in heard.pieces & shelf.pieces[place])
    whole = (
        said
        + (_LEAD if heard.lead in weights else 0.0)
        + _ALIKE * alike / math.sqrt(len(heard.pieces) + 1)
        # What somebody does most stands first, as a rule.
        + (_FIRST if place == 0 else 0.0)
        - _LONG * (shelf.lengths[place] - 1)
    )
    return Score(said, whole)


def _sign(term: str) -> float:
    return _DEED if term[:2] == "=@" else _BY_SIGN.get(term[0], _ROOT)


def _by_unit(heard: Heard, shelf: Shelf, place: int, words: Words) -> float:
    wanted = shelf.results[place].unit
    counted = max((_bonus(unit, wanted, words) for unit in heard.units), default=0.0)
    if counted:
        return counted
    return _UNIT_SAID if any(root in heard.terms for root in shelf.units[place]) else 0.0


def _bonus(unit: str, wanted: str | None, words: Words) -> float:
    if not wanted:
        return 0.0
    known = words.units.get(wanted.lower())
    own = words.units.get(unit)
    if unit == wanted.lower() or (known and own and own.meaning == known.meaning):
        return _VAGUE_UNIT if unit in _VAGUE else _SAME_UNIT
    alike = known and own and own.group == known.group and own.group in _ALIKE_GROUPS
    return _LIKE_UNIT if alike else 0.0


def _short_as_typed(reading: Reading) -> dict[str, float]:
    """Keep a short form as it was typed, which may be short for the person's own words."""
    heard = {token.text for token in reading.tokens}
    return {"*" + word: SHORTENED for word in reading.typed - heard if len(word) > 2}
