"""From what was typed to one line of standard words, in bounded time."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.understanding.numerals import number_of, spoken_numbers
from bot.understanding.stems import stem
from bot.understanding.words import Words

_LONGEST = 900
_MOST_TOKENS = 160
_TOKEN = re.compile(
    r"(?P<number>\d{1,40}(?:[.,:]\d{1,12}){0,6})(?P<tail>[a-z]{1,20}\d{0,4})?"
    r"|(?P<word>[a-z]{1,40}(?:['’`][a-z]{1,20}){0,2}(?:-[a-z]{2,30}){0,4})"
    r"(?P<digits>\d[\d.]{0,12}[a-z\d]{0,12})?"
    r"|(?P<mark>[^\w\s])"
)
_SIGNS = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "~": "-", "’": "'", "‘": "'", "`": "'", "⁄": "/", "×": "x"}
)
_ODD = re.compile(r"[^ -~±]")
_TILL = re.compile(r"\bs ?[./] ?d\b\.?")
_BARE_HOSTS = re.compile(
    r"\b(?:[a-z0-9-]{1,40}\.){1,4}(?:com|id|co|net|org|ly|me|gle|link)/\S{1,300}"
)
_SPLIT_HEADS = frozenset("tgl tg jam jm pkl pukul rp no ke total jml hadir ada x".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A standard word, a number or a mark, with its place in the line."""

    text: str
    value: Decimal | None
    start: int
    end: int
    known: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as one line of standard words, with its tokens."""

    line: str
    tokens: tuple[Token, ...]


def flatten(text: str) -> str:
    """Lower the letters and drop what is no letter, digit or common sign; cut what is too long."""
    plain = text[: _LONGEST * 2].lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain).translate(_SIGNS)
    plain = _ODD.sub(lambda found: _folded(found[0]), plain.translate(_SIGNS))
    return _TILL.sub(" sampai ", plain[:_LONGEST])


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in "\n\r\t":
        return " ; " if character == "\n" else " "
    base = unicodedata.normalize("NFKD", character)[0]
    if base.isascii() and base.isalnum():
        return base
    return "" if unicodedata.category(character) in {"Mn", "Cf", "Me"} else " "


def read(text: str, words: Words) -> Reading:
    """Read a message from which the links are already gone."""
    pieces = list(_pieces(_BARE_HOSTS.sub(" ", flatten(text)), words))[:_MOST_TOKENS]
    pieces = spoken_numbers(_in_context(pieces), words)
    tokens: list[Token] = []
    place = 0
    for piece in pieces:
        known = not piece.isalpha() or is_known(piece, words)
        tokens.append(Token(piece, number_of(piece), place, place + len(piece), known))
        place += len(piece) + 1
    return Reading(" ".join(pieces), tuple(tokens))


def _pieces(plain: str, words: Words) -> Iterator[str]:
    for found in _TOKEN.finditer(plain):
        if found["number"]:
            yield from _number(found["number"], found["tail"] or "", words)
        elif found["word"]:
            yield from _word(found["word"], found["digits"] or "", words)
        elif found["mark"] == "%":
            yield "persen"
        elif found["mark"] == "±":
            yield from ("kurang", "lebih")
        else:
            yield found["mark"]


def _number(number: str, tail: str, words: Words) -> Iterator[str]:
    """Part `2jam`, keep `8a` and `3x4` together as the codes they are."""
    clean = number.rstrip(".,:")
    if not tail or tail in {"an", "nya"}:
        yield clean
    elif tail == "x":
        yield from (clean, "kali")
    elif len(tail) == 1 and tail not in {"m"}:
        yield clean + tail
    elif tail == "m":
        yield from (clean, "miliar") if "," in clean else (clean + tail,)
    elif tail in words.units or tail in words.short or tail in words.numbers or len(tail) > 2:
        yield clean
        yield from _spelled(tail, words)
    elif tail in {"jt", "rb", "th", "bl"}:
        yield from (clean, {"jt": "juta", "rb": "ribu", "th": "tahun", "bl": "bulan"}[tail])
    else:
        yield clean + tail


def _word(word: str, digits: str, words: Words) -> Iterator[str]:
    if not digits:
        yield from _spelled(word, words)
    elif digits == "2" and len(word) > 2 and word not in {"rhk", "bab", "pos", "thp"}:
        yield from _spelled(word, words)
    elif (word in _SPLIT_HEADS or word in words.labels) and digits[-1].isdigit():
        yield from _spelled(word, words)
        yield digits.rstrip(".")
    elif word in _SPLIT_HEADS:
        yield from _spelled(word, words)
        yield from _pieces(digits, words)
    else:
        yield word + digits


def _spelled(word: str, words: Words) -> Iterator[str]:
    yield from canonical(word, words).split()


@lru_cache(maxsize=50_000)
def canonical(word: str, words: Words) -> str:
    """Give the standard spelling of a word, which may be several words."""
    word = word.replace("'", "") if word.replace("'", "") in words.short else word
    if word in words.short:
        return words.short[word]
    half, hyphen, rest = word.partition("-")
    if hyphen and half == rest:
        return canonical(half, words)
    if is_known(word, words):
        return word
    squeezed = re.sub(r"(.)\1{2,}", r"\1", word)
    if squeezed != word:
        return canonical(squeezed, words)
    for ending in ("nya", "mi", "lah"):
        if word.endswith(ending) and word[: -len(ending)] in words.short:
            return words.short[word[: -len(ending)]]
    return _nearest(word, words) or word


@lru_cache(maxsize=50_000)
def is_known(word: str, words: Words) -> bool:
    """Tell whether a word is in the lists or has a known root."""
    return (
        word in _core(words)
        or word in words.roots
        or word in words.stop
        or word in words.names
        or stem(word, words) in words.roots
    )


@lru_cache(maxsize=4)
def _core(words: Words) -> frozenset[str]:
    """Gather the words to which a misspelt one may be put right."""
    lists = (
        words.numbers, words.units, words.stop, words.labels, words.cues, words.activity,
        words.glossary, words.status, words.general, words.short.values(), _TIME,
        *words.speech.values(),
    )  # fmt: skip
    return frozenset(w for entries in lists for entry in entries for w in entry.split())


_TIME = tuple(
    "senin selasa rabu kamis jumat sabtu ahad januari februari maret april mei juni juli agustus "
    "september oktober november desember kemarin semalam barusan tanggal persen menit lusa "
    "setengah separuh separo seperempat sepertiga pertengahan terakhir depan".split()
)


@lru_cache(maxsize=4)
def _index(words: Words) -> dict[str, tuple[str, ...]]:
    """Map every core word, and it with one letter left out, to the core words behind it."""
    index: dict[str, list[str]] = {}
    for word in sorted(_core(words)):
        if len(word) < 4 or not word.isalpha():
            continue
        for variant in {word, *_with_one_left_out(word)}:
            index.setdefault(variant, []).append(word)
    return {variant: tuple(found) for variant, found in index.items()}


def _with_one_left_out(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _nearest(word: str, words: Words) -> str | None:
    """Find the one core word that is a single slip away; short words are left as they are."""
    if len(word) < 4 or not word.isalpha() or len(word) > 24:
        return None
    index = _index(words)
    found = {
        candidate
        for variant in (word, *_with_one_left_out(word))
        for candidate in index.get(variant, ())
        if OSA.distance(word, candidate, score_cutoff=1) <= 1
    }
    urgent = [w for w in found if w in _TIME or w in words.numbers]
    if len(word) == 4 and not urgent:
        return None
    best = urgent or sorted(found, key=lambda w: (w[0] != word[0], w not in words.units, w))
    return best[0] if best else None


def _in_context(pieces: list[str]) -> list[str]:
    """Settle short forms that mean one thing before a number and another elsewhere."""
    settled: list[str] = []
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        before = settled[-1] if settled else ""
        if (
            piece in {"sd", "smp"}
            and _is_limit(after)
            and (not after[:1].isdigit() or _is_limit(before))
        ):
            settled.append("sampai")
        elif piece == "pkl" and after[:1].isdigit():
            settled.append("jam")
        elif piece == "tadi" and after[:1].isdigit() and "/" in pieces[place + 2 : place + 3]:
            settled.append("tekanan")
        else:
            settled.append(piece)
    return settled


def _is_limit(piece: str) -> bool:
    return piece[:1].isdigit() or piece in _TIME or piece in _LIMITS


_LIMITS = frozenset(
    "selesai pagi siang sore malam jam sekarang besok minggu hari ini depan tanggal".split()
)
