"""The weighted roots, pairs and meanings by which a sentence and a work result are compared."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.understanding.slips import canonical
from bot.understanding.stems import stem
from bot.understanding.words import Words

MEANING = 1.0
DEED = 0.4
PAIR = 0.6
COUNTED = 0.7
PLACE = 0.7
LATER = 0.75
EARLY = 5
SHORTENED = 0.9
BRIEF = 0.5
# A word of the same root as a single derived word of the lists: `rumah` for `perumahan`.
RELATED = 0.6
APART, NEAR = 4, 2
LOOSE = 0.9
BEGINNING = 0.3
COMMON = 0.4
LABEL = 0.3
SHARED = 0.5
_BEGINS = 5
_TO_PLACE = frozenset({"di", "ke", "dari"})

Phrase = tuple[tuple[str, ...], tuple[str, ...], float, str]
Meanings = Mapping[str, tuple[tuple[str, ...], str]]


def terms_of(pieces: Sequence[str], words: Words, *, flat: bool = False) -> dict[str, float]:
    """Weigh roots, pairs (+), beginnings (~), short forms (*) and meanings (=) of standard words.

    What is done is told first: later words, places and what is merely counted weigh less,
    unless `flat` asks for even weights.
    """
    terms: dict[str, float] = {}
    roots = [stem(piece, words) for piece in pieces]
    shares = [1.0] * len(pieces) if flat else _shares(pieces, words)
    before = ""
    for piece, root, share in zip(pieces, roots, shares, strict=True):
        if len(piece) < 2 or not piece[0].isalpha() or piece in words.stop:
            continue
        plain = share * plainness(root, words)
        if terms.get(root, 0.0) < plain:
            terms[root] = plain
        if len(root) > _BEGINS:
            terms["~" + root[:_BEGINS]] = BEGINNING * plain
        if not flat and len(piece) < 12 and piece not in words.roots:
            terms["*" + piece] = (SHORTENED if len(piece) > 2 else BRIEF) * plain
        if before and before != root:
            terms[f"+{before} {root}"] = PAIR * plain
        before = root
    _add_meanings(terms, pieces, roots, shares, words)
    _add_loose_meanings(terms, roots, APART if flat else NEAR, words)
    return terms


def _add_meanings(
    terms: dict[str, float],
    pieces: Sequence[str],
    roots: Sequence[str],
    shares: Sequence[float],
    words: Words,
) -> None:
    phrases = _phrases(words)
    for place, root in enumerate(roots):
        pair = " ".join(roots[place : place + 2])
        for form, names, weight, said in (*phrases.get(root, ()), *phrases.get(pair, ())):
            if len(form) > 2 and tuple(roots[place : place + len(form)]) != form:
                continue
            related = RELATED if said and pieces[place] != said else 1.0
            _raise(terms, names, weight * shares[place] * related)


def _raise(terms: dict[str, float], names: Sequence[str], weight: float) -> None:
    """Give terms a weight unless they have a higher one."""
    for name in names:
        if terms.get(name, 0.0) < weight:
            terms[name] = weight


def _add_loose_meanings(
    terms: dict[str, float], roots: Sequence[str], apart: int, words: Words
) -> None:
    """Find terms whose words stand a little apart, as in `pendataan dan pemutakhiran objek`."""
    phrases = _phrases(words)
    for place, root in enumerate(roots):
        for near in roots[place + 2 : place + 2 + apart]:
            for form, names, weight, _ in phrases.get(f"{root} {near}", ()):
                if len(form) == 2:
                    _raise(terms, names, weight * LOOSE)


def _shares(pieces: Sequence[str], words: Words) -> list[float]:
    """Give each word its share of attention."""
    shares: list[float] = []
    said = 0
    place = False
    before = ""
    for number, piece in enumerate(pieces):
        share = 1.0 if said < EARLY else LATER
        after = pieces[number + 1] if number + 1 < len(pieces) else ""
        if after[:1].isdigit() and piece in words.labels:
            share *= LABEL
        if before in _TO_PLACE or place:
            place = before in _TO_PLACE
            share *= PLACE
        if before[:1].isdigit():
            share *= COUNTED
        said += piece[:1].isalpha() and piece not in words.stop
        shares.append(share)
        before = piece
    return shares


@lru_cache(maxsize=4)
def _phrases(words: Words) -> Mapping[str, Sequence[Phrase]]:
    """Map the first one or two roots of each term to all, its meanings, their weight, its word.

    The word is given where a term is a single derived one, so that it can be told from its kin.
    """
    phrases: dict[str, list[Phrase]] = {}
    for meanings, most in ((_meanings(words), MEANING), (_deeds(words), DEED)):
        for form, (names, said) in meanings.items():
            roots = tuple(form.split())
            if form in words.plain and most == MEANING:
                continue
            weight = (
                most if len(roots) > 1 else most * plainness(form, words) / len(names) ** SHARED
            )
            phrases.setdefault(" ".join(roots[:2]), []).append((roots, names, weight, said))
    return phrases


@lru_cache(maxsize=4)
def _meanings(words: Words) -> Meanings:
    return _by_roots(words.glossary, "=", words)


@lru_cache(maxsize=4)
def _deeds(words: Words) -> Meanings:
    return _by_roots(words.deeds, "=@", words)


def _by_roots(glossary: Mapping[str, tuple[str, ...]], sign: str, words: Words) -> Meanings:
    """Map the roots of each term to its meanings, with a sign so that they are no words."""
    meanings: dict[str, list[str]] = {}
    derived: dict[str, str] = {}
    for term, names in glossary.items():
        pieces = [piece for part in term.split() for piece in canonical(part, words).split()]
        # What is also short for a common word (psn: pasien) is meant only where it is a name.
        if term in words.short:
            pieces = [term]
        form = " ".join(stem(piece, words) for piece in pieces)
        if form:
            meanings.setdefault(form, []).extend(f"{sign}{name}" for name in names)
            said = pieces[0] if len(pieces) == 1 and pieces[0] != form else ""
            derived[form] = said if derived.get(form, said) == said else ""
    return {form: (tuple(dict.fromkeys(names)), derived[form]) for form, names in meanings.items()}


@lru_cache(maxsize=50_000)
def plainness(root: str, words: Words) -> float:
    """Weigh a root less the more fields speak of it: `periksa` says little, `antenatal` much."""
    return 1 / (1 + COMMON * math.log1p(_fields(words).get(root, 0)))


@lru_cache(maxsize=4)
def _fields(words: Words) -> dict[str, int]:
    """Count in how many meanings of the glossary each root occurs."""
    fields: dict[str, set[str]] = {}
    for form, (names, _) in _meanings(words).items():
        for root in form.split():
            fields.setdefault(root, set()).update(names)
    return {root: len(names) for root, names in fields.items()}


def short_forms(plain: Sequence[str], words: Words) -> set[str]:
    """Form the initials and blends by which staff would shorten some words: kgb, parpol."""
    full = [w for w in plain if w.isalpha() and len(w) > 2 and w not in words.stop]
    forms: set[str] = set()
    for start in range(len(full)):
        for length in (2, 3, 4, 5):
            window = full[start : start + length]
            if len(window) < length:
                break
            forms.add("".join(w[0] for w in window))
            if length < 4:
                forms.update(_blends(window))
    return {f"*{form}" for form in forms}


def _blends(window: Sequence[str]) -> set[str]:
    blends = {""}
    for word in window:
        blends = {blend + word[:size] for blend in blends for size in (2, 3, 4)}
    return blends
