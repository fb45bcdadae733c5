"""Words put right: short forms written out, slips of the thumb mended."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.understanding.phrases import names
from bot.understanding.stems import stem
from bot.understanding.words import Words

TIME = names(
    "senin selasa rabu kamis jumat sabtu ahad januari februari maret april mei juni juli agustus "
    "september oktober november desember kemarin semalam barusan tanggal persen menit lusa "
    "setengah separuh separo seperempat sepertiga pertengahan terakhir depan"
)
# A slip is taken for a number only of the standard words: `Lero` is a place, not `loro`.
_NUMBERS = names(
    "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh seratus "
    "ratus seribu ribu juta"
)
# Short words of which two letters swapped, or one typed twice, make no other word.
_SMALL = TIME | names(
    "besok sampai hari lalu tadi ini izin ijin cuti saya masuk tidak sakit bulan minggu jam sejam "
    "dari mulai nanti bisa smp"
)
_URGENT = TIME | _NUMBERS | names("besok sampai")
_SHORTEST, _LONGEST = 4, 24
_SHORTEST_BASE = 3
_PREFIXES = {"ma": "me", "ba": "ber", "ta": "ter", "pa": "pe"}
_SHORTEST_PREFIXED = 6
_REPEATED = re.compile(r"(.)\1{2,}")


@lru_cache(maxsize=50_000)
def canonical(word: str, words: Words) -> str:
    """Give the standard spelling of a word, which may be several words."""
    bare = word.replace("'", "")
    if bare in words.short:
        return words.short[bare]
    half, hyphen, rest = bare.partition("-")
    if hyphen and half == rest:
        return canonical(half, words)
    if bare not in words.roots and bare not in _core(words):
        base = _without_particle(bare, words)
        # In standard words `nya` makes a noun of what happens: Tersusunnya laporan.
        if base and not (bare.endswith("nya") and stem(bare, words) in words.roots):
            return base
    small = _small(bare, words)
    if small or is_known(bare, words):
        return small or bare
    squeezed = _REPEATED.sub(r"\1", word)
    if squeezed != word and len(squeezed) > 1:
        return canonical(squeezed, words)
    mended = _as_in_indonesian(bare, words) or _nearest(word, words) or word
    return words.short.get(mended, mended)


def _small(word: str, words: Words) -> str | None:
    """Find the short word of which a letter was typed twice, or two were swapped."""
    if len(word) < _SHORTEST_BASE or word in _core(words) or not word.isalpha():
        return None
    if word in words.roots or word in words.names:
        return None
    pairs = range(len(word) - 1)
    once = (word[:i] + word[i + 1 :] for i in pairs if word[i] == word[i + 1])
    swapped = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in pairs)
    tries = [*once] if is_known(word, words) else [*once, *swapped]
    for meant in tries:
        said = words.short.get(meant, meant)
        if said in _SMALL and (len(word) > _SHORTEST_BASE or said == "jam"):
            return said
        if said in words.numbers and len(said) > _SHORTEST:
            return said
    return None


def _without_particle(word: str, words: Words) -> str | None:
    """Take off what regions hang on a word: `apaji`, `dimanaki`, `masukmi`."""
    for particle in ("nya", "lah", "mi", "ji", "ki", "pi", "ka"):
        base = word.removesuffix(particle)
        if base != word and len(base) >= _SHORTEST_BASE:
            if base in words.short:
                return words.short[base]
            if base in _core(words):
                return base
    return None


def _as_in_indonesian(word: str, words: Words) -> str | None:
    """Give a word of Minang, Banjar or Malay speech its Indonesian prefix: `mambatalkan`."""
    prefix = _PREFIXES.get(word[:2])
    if prefix is None or len(word) < _SHORTEST_PREFIXED:
        return None
    said = prefix + word[2:]
    return said if stem(said, words) in words.roots else None


@lru_cache(maxsize=50_000)
def is_known(word: str, words: Words) -> bool:
    """Tell whether a word is in the lists or has a known root."""
    return (
        word in _core(words)
        or word in words.roots
        or word in words.names
        or stem(word, words) in words.roots
    )


@lru_cache(maxsize=4)
def _core(words: Words) -> frozenset[str]:
    """Gather the words to which a misspelt one may be put right."""
    lists: tuple[Iterable[str], ...] = (
        TIME, words.numbers, words.units, words.stop, words.labels, words.cues, words.activity,
        words.glossary, words.deeds, words.status, words.general, words.short.values(),
        *words.speech.values(),
    )  # fmt: skip
    return frozenset(word for entries in lists for entry in entries for word in entry.split())


@lru_cache(maxsize=4)
def _index(words: Words) -> dict[str, tuple[str, ...]]:
    """Map every core word, and it with one letter left out, to the core words behind it."""
    index: dict[str, list[str]] = {}
    informal = {word for word in words.short if len(word) > _SHORTEST}
    for word in sorted(_core(words) | informal):
        if len(word) >= _SHORTEST and word.isalpha():
            for variant in {word, *_with_one_left_out(word)}:
                index.setdefault(variant, []).append(word)
    return {variant: tuple(found) for variant, found in index.items()}


def _with_one_left_out(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _nearest(word: str, words: Words) -> str | None:
    """Find the core word that is a single slip away; short words are mended to times alone."""
    if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
        return None
    index = _index(words)
    found = {
        candidate
        for variant in (word, *_with_one_left_out(word))
        for candidate in index.get(variant, ())
        if OSA.distance(word, candidate, score_cutoff=1) <= 1
    }
    urgent = sorted(w for w in found if words.short.get(w, w) in _URGENT)
    if urgent or len(word) == _SHORTEST:
        return urgent[0] if urgent else None
    # Thumbs leave letters out more often than they add one.
    rank = {w: (w[0] != word[0], w not in words.units, len(w) < len(word), w) for w in found}
    return min(found, key=rank.__getitem__, default=None)
